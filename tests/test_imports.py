"""Imports go strictly downward."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

PACKAGE = Path(__file__).parent.parent / "thaifix"

# A module may import from any lower row, never from its own.
LAYERS = {
    9: "__main__",
    8: "cli",
    7: "__init__ calibrate",
    6: "stream diff train metrics",
    5: "corrector",
    4: "model decision flags lexicon",
    3: "normalize protect blocks confusion ngram align",
    2: "edit",
    1: "script errors _kernel",
}
ROW = {module: row for row, modules in LAYERS.items() for module in modules.split()}
MODULES = sorted(path.stem for path in PACKAGE.glob("*.py"))


def imported(source: str) -> Iterator[str]:
    """Name the modules of thaifix that a source imports, anywhere in it."""
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Import):
            names = [alias.name for alias in node.names]
        elif isinstance(node, ast.ImportFrom) and node.module == "thaifix":
            names = [f"thaifix.{alias.name}" for alias in node.names]
        elif isinstance(node, ast.ImportFrom):
            assert not node.level, f"relative import in line {node.lineno}"
            names = [node.module or ""]
        else:
            continue
        for name in names:
            top, _, module = name.partition(".")
            if top == "thaifix":
                # A name that is no module is defined in the package's __init__.
                yield module.partition(".")[0] if module in ROW else "__init__"


def test_every_module_has_a_row() -> None:
    """A module is added to the table when it is added to the package."""
    assert sorted(ROW) == sorted([*MODULES, "_kernel"])


@pytest.mark.parametrize("module", MODULES)
def test_imports_go_downward(module: str) -> None:
    source = (PACKAGE / f"{module}.py").read_text("utf-8")
    assert {name for name in imported(source) if ROW[name] >= ROW[module]} == set()


def test_kernel_imports_nothing_of_thaifix() -> None:
    """The kernel can be read, and used, alone."""
    source = (PACKAGE / "_kernel.pyx").read_text("utf-8")
    assert not re.search(r"^\s*c?(from|import)\b.*\bthaifix\b", source, re.MULTILINE)


@pytest.mark.parametrize(
    ("source", "modules"),
    [
        ("import thaifix.edit", ["edit"]),
        ("from thaifix import align", ["align"]),
        ("from thaifix import __version__", ["__init__"]),
        ("def f():\n    from thaifix.train import learn", ["train"]),
        ("import thaifix\nimport json", ["__init__"]),
    ],
)
def test_imports_are_found(source: str, modules: list[str]) -> None:
    """The check itself sees every way to import."""
    assert list(imported(source)) == modules
