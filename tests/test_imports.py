"""Imports go strictly downward."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

PACKAGE = Path(__file__).parent.parent / "thaifix"

# From the top down. A module may import from any lower row, never from its own.
LAYERS = [
    "__main__",
    "cli",
    "archive learn",
    "decisions evaluation",
    "formats",
    "__init__ calibrate lint series",
    "corrector mine",
    "calibrate_terms collection memory",
    "noise terms words",
    "facts merge metrics misreadings phrases search windows",
    "lexicon train views",
    "adapt atoms diff flags names normalize stream",
    "blocks confusion decision edit model ngram protect",
    "_kernel _phrases align errors logistic neighbours options pages script segmenter titles",
]
# A package stands there as one; its modules may import one another by the same rule.
PACKAGES = {
    "archive": [
        "batch",
        "run",
        "plan",
        "provenance report verify work",
        "manifest",
        "walk write",
        "__init__ layout progress replay workers",
    ],
    "cli": [
        "__init__",
        "apply archive correct corrupt evaluate series",
        "filtering lexicon load revert text train",
        "output",
    ],
    "evaluation": [
        "html_report json_report pairing text_report",
        "__init__",
        "comparison reading",
        "breakdown entities outcomes risk significance",
    ],
    "flags": [
        "__init__",
        "dates letters losses noise repeats",
    ],
    "formats": [
        "pdf",
        "alto hocr page",
        "layout",
        "merging",
        "changes spaces",
        "arrow document parquet reading_order",
        "__init__ jsonl markup plain tables undo",
        "detection encoding fields options texts",
    ],
    "noise": [
        "__init__",
        "documents measure",
        "fluent rate spread",
        "letters lines",
        "draws engines planting regions",
    ],
}
MODULES = {*" ".join(LAYERS).split()} - {*PACKAGES} | {
    f"{package}.{module}".removesuffix(".__init__")
    for package, layers in PACKAGES.items()
    for module in " ".join(layers).split()
}
FILES = {
    ".".join(path.relative_to(PACKAGE).with_suffix("").parts).removesuffix(".__init__"): path
    for path in sorted(PACKAGE.rglob("*.py"))
}


def row(name: str, layers: list[str]) -> int:
    return next(number for number, names in enumerate(layers) if name in names.split())


def is_below(name: str, module: str) -> bool:
    """Whether a module may be imported by another."""
    (top, _, inner), (own_top, _, own_inner) = name.partition("."), module.partition(".")
    if top != own_top or top not in PACKAGES:
        return row(top, LAYERS) > row(own_top, LAYERS)
    layers = PACKAGES[top]
    return row(inner or "__init__", layers) > row(own_inner or "__init__", layers)


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
                while module and ".".join(module) not in MODULES:
                    module.pop()  # a name that is no module is defined in the one before it
                yield ".".join(module) or "__init__"


def test_every_module_has_a_row() -> None:
    """A module is added to the tables when it is added to the package."""
    assert sorted(MODULES) == sorted([*FILES, "_kernel", "_phrases"])


@pytest.mark.parametrize("module", FILES)
def test_imports_go_downward(module: str) -> None:
    source = FILES[module].read_text("utf-8")
    assert [name for name in imported(source) if not is_below(name, module)] == []


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


@pytest.mark.parametrize(
    ("name", "module", "below"),
    [
        ("align", "edit", True),
        ("edit", "align", False),
        ("edit", "edit", False),
        ("_kernel", "formats.texts", True),
        ("formats.pdf", "archive.walk", True),
        ("evaluation", "formats.texts", False),
        ("formats.texts", "formats", True),
        ("formats", "formats.pdf", True),
        ("formats.pdf", "formats", False),
        ("noise", "noise", False),
    ],
)
def test_rows_are_compared(name: str, module: str, below: bool) -> None:
    """Within a package by its own table, else by the first."""
    assert is_below(name, module) == below
