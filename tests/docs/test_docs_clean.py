"""`make clean` removes what was built, environments and caches included, and nothing else."""

from __future__ import annotations

import shutil
import subprocess
from pathlib import Path

import pytest
from documents import ROOT

BUILT = (
    ".coverage",
    ".hypothesis/examples/a",
    ".mypy_cache/a",
    ".pytest_cache/a",
    ".ruff_cache/a",
    ".venv/bin/python",
    ".venv-peers/ready",
    ".venv-python3.12/dist/built",
    "benchmarks/__pycache__/a.pyc",
    "build/lib/a",
    "dist/a.whl",
    "thaifix.egg-info/PKG-INFO",
    "thaifix/kernel/_kernel.c",
    "thaifix/kernel/_kernel.cpp",
    "thaifix/kernel/_kernel.cpython-311-x86_64-linux-gnu.so",
    "thaifix/text/__pycache__/a.pyc",
)
KEPT = (
    "Makefile",
    ".gitignore",
    "thaifix/kernel/_kernel.pyx",
    "thaifix/kernel/_kernel.pyi",
    "thaifix/__init__.py",
    "corpora/a.c",
    "README.md",
)


@pytest.fixture
def checkout(tmp_path: Path) -> Path:
    for name in (*BUILT, *KEPT):
        path = tmp_path / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.touch()
    for name in "Makefile", ".gitignore":
        shutil.copy(ROOT / name, tmp_path / name)
    return tmp_path


@pytest.mark.skipif(not shutil.which("make"), reason="needs make")
def test_clean(checkout: Path) -> None:
    subprocess.run(["make", "clean"], cwd=checkout, check=True, capture_output=True)
    left = [str(path.relative_to(checkout)) for path in checkout.rglob("*") if path.is_file()]
    assert sorted(left) == sorted(KEPT)


@pytest.mark.skipif(not shutil.which("git"), reason="needs git")
def test_what_is_built_is_ignored(checkout: Path) -> None:
    """By git: all that is removed, and nothing that is kept."""
    subprocess.run(["git", "init", "--quiet"], cwd=checkout, check=True)
    done = subprocess.run(
        ["git", "ls-files", "--others", "--exclude-standard"],
        cwd=checkout,
        check=True,
        capture_output=True,
    )
    assert sorted(done.stdout.decode().split()) == sorted(KEPT)
