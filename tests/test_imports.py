"""Imports go strictly downward."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

PACKAGE = Path(__file__).parent.parent / "thaifix"

# A module may import from any lower row, never from its own.
LAYERS = {
    20: "__main__",
    19: "cli",
    18: "cli.archive",
    17: "archive.batch",
    16: "archive.run",
    15: "formats.pdf archive.plan cli.apply cli.correct cli.corrupt cli.evaluate cli.lexicon "
    "cli.revert cli.series cli.text cli.train",
    14: "cli.filtering cli.load learn archive.work archive.verify archive.report formats.alto "
    "formats.arrow formats.hocr formats.page formats.parquet",
    13: "html_report json_report text_report pairing cli.output decisions formats "
    "formats.jsonl formats.layout formats.tables",
    12: "archive.replay __init__ calibrate series evaluation formats.plain formats.texts",
    11: "stream diff train reading comparison lint mine calibrate_terms",
    10: "metrics corrector collection noise",
    9: "memory words noise.documents",
    8: "entities risk terms facts misreadings names noise.fluent noise.measure",
    7: "phrases windows merge search flags noise.spread noise.rate",
    6: "decision formats.merging noise.letters",
    5: "views outcomes breakdown model lexicon atoms noise.lines noise.regions formats.spaces "
    "formats.changes "
    "flags.dates flags.letters flags.losses flags.noise flags.repeats",
    4: "archive.provenance normalize protect blocks confusion ngram align adapt noise.engines "
    "formats.document formats.reading_order",
    3: "edit archive.manifest formats.markup formats.undo",
    2: "archive.walk archive.write logistic segmenter significance neighbours formats.encoding "
    "formats.fields",
    1: "script titles errors options pages formats.detection formats.options _kernel _phrases "
    "noise.draws noise.planting archive archive.layout archive.progress archive.workers",
}
ROW = {module: row for row, modules in LAYERS.items() for module in modules.split()}
FILES = {
    ".".join(path.relative_to(PACKAGE).with_suffix("").parts).removesuffix(".__init__"): path
    for path in sorted(PACKAGE.rglob("*.py"))
}


def imported(source: str) -> Iterator[str]:
    """Name the modules of thaifix that a source imports, anywhere in it."""
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Import):
            names = [alias.name for alias in node.names]
        elif isinstance(node, ast.ImportFrom):
            assert not node.level, f"relative import in line {node.lineno}"
            names = [f"{node.module}.{alias.name}" for alias in node.names]
        else:
            continue
        for name in names:
            top, *module = name.split(".")
            if top == "thaifix":
                while module and ".".join(module) not in ROW:
                    module.pop()  # a name that is no module is defined in the one before it
                yield ".".join(module) or "__init__"


def test_every_module_has_a_row() -> None:
    """A module is added to the table when it is added to the package."""
    assert sorted(ROW) == sorted([*FILES, "_kernel", "_phrases"])


@pytest.mark.parametrize("module", FILES)
def test_imports_go_downward(module: str) -> None:
    source = FILES[module].read_text("utf-8")
    assert {name for name in imported(source) if ROW[name] >= ROW[module]} == set()


@pytest.mark.parametrize("module", ["_kernel", "_phrases"])
def test_compiled_modules_import_nothing_of_thaifix(module: str) -> None:
    """Each can be read, and used, alone."""
    source = (PACKAGE / f"{module}.pyx").read_text("utf-8")
    assert not re.search(r"^\s*c?(from|import)\b.*\bthaifix\b", source, re.MULTILINE)


@pytest.mark.parametrize(
    ("source", "modules"),
    [
        ("import thaifix.edit", ["edit"]),
        ("from thaifix import align", ["align"]),
        ("from thaifix import __version__", ["__init__"]),
        ("def f():\n    from thaifix.train import learn", ["train"]),
        ("import thaifix\nimport json", ["__init__"]),
        ("from thaifix.cli import main", ["cli"]),
        ("from thaifix.cli import output", ["cli.output"]),
        ("from thaifix.cli.output import fail, warn", ["cli.output"] * 2),
    ],
)
def test_imports_are_found(source: str, modules: list[str]) -> None:
    """The check itself sees every way to import."""
    assert list(imported(source)) == modules
