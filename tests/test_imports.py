"""Imports go downward: the folders of the package are its layers."""

import ast
import re
from collections.abc import Iterator
from graphlib import TopologicalSorter
from pathlib import Path

import pytest

PACKAGE = Path(__file__).parents[1] / "thaifix"

# From the top down. A module may import from lower rows, and from its own folder without circles.
# What stands in one row knows nothing of its neighbours. The package itself, `thaifix`, is for
# users: no module imports it.
ROWS = [
    "__main__",
    "cli",
    "archive curate pipelines training",
    "arrow",
    "correct noise",
    "evaluation",
    "formats model",
    "lexicon",
    "stream",
    "text",
    "html kernel",
    "errors version",
]
FILES = {
    ".".join(path.relative_to(PACKAGE).with_suffix("").parts).removesuffix(".__init__"): path
    for path in sorted(PACKAGE.rglob("*.py*"))
    if path.suffix in (".py", ".pyx")
}


def row(module: str) -> int:
    """The row of the folder that a module lies in."""
    folder = module.partition(".")[0]
    return next(number for number, names in enumerate(ROWS) if folder in names.split())


def may_import(module: str, name: str) -> bool:
    if module == "__init__":
        return True
    if name == "__init__":
        return False
    same = module.partition(".")[0] == name.partition(".")[0]
    return same or row(name) > row(module)


def imported(path: Path) -> Iterator[str]:
    """Name the modules of thaifix that a file imports, anywhere in it."""
    source = path.read_text("utf-8")
    if path.suffix == ".pyx":
        for match in re.finditer(r"^\s*(?:from|cimport|import) (thaifix[.\w]*)", source, re.M):
            yield found(match[1])
        return
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Import):
            names = [alias.name for alias in node.names]
        elif isinstance(node, ast.ImportFrom):
            assert not node.level, f"relative import in line {node.lineno}"
            names = [f"{node.module}.{alias.name}" for alias in node.names]
        else:
            continue
        for name in names:
            if name.partition(".")[0] == "thaifix":
                yield found(name)


def found(name: str) -> str:
    """The module that a dotted name lies in, without `thaifix.`."""
    parts = name.split(".")[1:]
    while parts and ".".join(parts) not in FILES:
        parts.pop()  # a name that is no module is defined in the one before it
    return ".".join(parts) or "__init__"


def test_every_folder_has_a_row() -> None:
    folders = {module.partition(".")[0] for module in FILES} - {"__init__"}
    assert folders == {*" ".join(ROWS).split()}


@pytest.mark.parametrize("module", FILES)
def test_imports_go_downward(module: str) -> None:
    assert [name for name in imported(FILES[module]) if not may_import(module, name)] == []


def test_imports_go_in_no_circle() -> None:
    """A package's `__init__` counts as a module like the others."""
    graph = {module: {*imported(path)} - {module} for module, path in FILES.items()}
    list(TopologicalSorter(graph).static_order())  # raises CycleError, which names the circle


@pytest.mark.parametrize(
    ("source", "modules"),
    [
        ("import thaifix.text.edit", ["text.edit"]),
        ("from thaifix.text import align", ["text.align"]),
        ("from thaifix import __version__", ["__init__"]),
        ("def f():\n    from thaifix.training.language import learn", ["training.language"]),
        ("import thaifix\nimport json", ["__init__"]),
        ("from thaifix.cli import main", ["cli"]),
        ("from thaifix.cli.messages import fail, warn", ["cli.messages"] * 2),
    ],
)
def test_imports_are_found(source: str, modules: list[str], tmp_path: Path) -> None:
    """The check itself sees every way to import."""
    path = tmp_path / "module.py"
    path.write_text(source, "utf-8")
    assert list(imported(path)) == modules


@pytest.mark.parametrize(
    ("module", "name", "may"),
    [
        ("text.edit", "errors", True),
        ("text.edit", "stream.diff", False),
        ("text.edit", "text.align", True),
        ("formats.pdf", "model.bundle", False),
        ("archive.sources", "formats.pdf", True),
        ("cli.text", "__init__", False),
        ("__init__", "cli", True),
    ],
)
def test_rows_are_compared(module: str, name: str, may: bool) -> None:
    assert may_import(module, name) == may
