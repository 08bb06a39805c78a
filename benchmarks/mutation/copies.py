"""The installed package, copied to a folder that is put in front of Python's path."""

from __future__ import annotations

import hashlib
import shutil
from collections.abc import Iterator
from importlib.metadata import PackageNotFoundError, distribution
from importlib.resources import files
from importlib.util import find_spec
from pathlib import Path

from benchmarks.suite.texts import ROOT

NOT_OF_THE_PACKAGE = "benchmarks", "corpora"
"""Folders of tests/ that test something else, and the package only by the way."""

WITHOUT = shutil.ignore_patterns("__pycache__", "*.c", "*.cpp", "*.pyx", "*.pxd")


def installed() -> Path:
    """The folder of the package that the tests would import."""
    spec = find_spec("thaifix")
    assert spec is not None
    assert spec.origin is not None
    return Path(spec.origin).parent


def copy(folder: Path) -> Path:
    """Copy the installed package, compiled files and data included; give the copy's folder.

    What says that it is installed is copied too, so that the tests find the copy to be installed.
    """
    shutil.rmtree(folder, ignore_errors=True)
    package = folder / "thaifix"
    shutil.copytree(installed(), package, ignore=WITHOUT)
    lexicons = files("thaifix.lexicons")  # elsewhere if the installation is editable
    shutil.copytree(str(lexicons), package / "lexicons", ignore=WITHOUT, dirs_exist_ok=True)
    try:
        about = distribution("thaifix")
    except PackageNotFoundError:
        return package
    for file in about.files or ():
        if file.name == "METADATA":
            source = Path(str(about.locate_file(file))).parent
            shutil.copytree(source, folder / source.name)
    return package


def modules(package: Path) -> Iterator[tuple[str, bytes]]:
    """Yield the path and the source of each module in Python, in order."""
    for path in sorted(package.rglob("*.py")):
        yield str(path.relative_to(package)), path.read_bytes()


def fingerprint() -> str:
    """Stands for the package and its tests; another one after any change."""
    digest = hashlib.sha256()
    for path in *files_of(installed()), *tests():
        digest.update(f"{path.name}\0".encode())
        digest.update(hashlib.sha256(path.read_bytes()).digest())
    return digest.hexdigest()[:12]


def tests() -> Iterator[Path]:
    """Yield the files of the package's tests, data included, in order."""
    folder = ROOT / "tests"
    for path in files_of(folder):
        if path.relative_to(folder).parts[0] not in NOT_OF_THE_PACKAGE:
            yield path


def files_of(folder: Path) -> Iterator[Path]:
    """Yield the files below a folder, in order."""
    for path in sorted(folder.rglob("*")):
        if path.is_file() and "__pycache__" not in path.parts:
            yield path
