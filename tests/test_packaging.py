"""What is tested is the installed wheel, and it holds all it needs."""

import subprocess
import sys
import tomllib
from importlib import import_module
from importlib.machinery import EXTENSION_SUFFIXES
from importlib.metadata import PackageNotFoundError, distribution
from importlib.resources import files
from pathlib import Path

import pytest

import thaifix
from thaifix.model.bundle import default_path

try:
    INSTALLED = distribution("thaifix")
except PackageNotFoundError:
    pytest.skip("thaifix is not installed: use `make test`", allow_module_level=True)

KERNEL = sorted(path.stem for path in (Path(__file__).parents[1] / "thaifix/kernel").glob("*.pyx"))


def test_the_installed_package_is_tested() -> None:
    """Not the checkout, whose kernel is not compiled."""
    assert thaifix.__file__ == str(INSTALLED.locate_file("thaifix/__init__.py"))


@pytest.mark.parametrize("name", KERNEL)
def test_kernel_is_compiled(name: str) -> None:
    """Each module of it is, and comes with its types."""
    module = import_module(f"thaifix.kernel.{name}")
    assert str(module.__file__).endswith(tuple(EXTENSION_SUFFIXES))
    assert Path(str(module.__file__)).with_name(f"{name}.pyi").exists()


def test_every_package_is_listed() -> None:
    """A folder of modules that is not named in pyproject.toml would be missing from the wheel."""
    root = Path(__file__).parents[1]
    listed = set(
        tomllib.loads((root / "pyproject.toml").read_text("utf-8"))["tool"]["setuptools"][
            "packages"
        ]
    )
    folders = {path.parent for path in (root / "thaifix").rglob("__init__.py")}
    assert {".".join(folder.relative_to(root).parts) for folder in folders} == listed - {
        "thaifix.lexicons"
    }


def test_version_is_written_once() -> None:
    assert INSTALLED.version == thaifix.__version__


def test_public_names_resolve() -> None:
    """`__all__` holds strings, sorted, and each of them is there."""
    assert sorted(thaifix.__all__) == thaifix.__all__
    assert [name for name in thaifix.__all__ if not hasattr(thaifix, name)] == []


@pytest.mark.parametrize(
    "name",
    [
        "thaifix/model/default.thaifix",
        "thaifix/py.typed",
        "thaifix/html/templates/archive.html",
    ],
)
def test_file_is_installed(name: str) -> None:
    assert INSTALLED.files is not None
    assert name in {str(file) for file in INSTALLED.files}


def test_lexicons_are_installed_as_they_stand_in_the_checkout() -> None:
    checkout = Path(__file__).parent.parent / "lexicons"
    expected = {path.name for path in checkout.iterdir() if path.suffix in {".md", ".toml", ".tsv"}}
    found = {path.name for path in files("thaifix.lexicons").iterdir()}
    assert expected <= found
    assert any(name.endswith(".tsv") for name in found)


def test_model_is_small() -> None:
    """The budget of the bundle: 12 MB."""
    assert default_path().stat().st_size <= 12_000_000


def test_command_is_installed(tmp_path: Path) -> None:
    """The script runs anywhere and says which version it is."""
    command = Path(sys.executable).with_name("thaifix")
    run = subprocess.run([command, "--version"], cwd=tmp_path, capture_output=True, check=True)
    assert thaifix.__version__ in run.stdout.decode()
