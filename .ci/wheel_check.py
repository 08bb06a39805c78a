"""Check a wheel: what it holds, and that it works with its run-time dependencies alone.

    python -P .ci/wheel_check.py WHEEL

Run it with an interpreter into whose environment the wheel, and nothing else, was installed.
What the wheel must hold follows from `pyproject.toml`: packages, compiled modules, data.
"""

from __future__ import annotations

import re
import subprocess
import sys
import tempfile
import tomllib
import zipfile
from collections.abc import Iterator
from importlib.util import find_spec
from pathlib import Path

CHECKOUT = Path(__file__).resolve().parents[1]
SETUP = tomllib.loads((CHECKOUT / "pyproject.toml").read_text("utf-8"))["tool"]["setuptools"]
LICENSE = r"thaifix-[^/]+\.dist-info/licenses/LICENSE"
NOT_HELD = r".*\.(pyx|c|cpp)|(tests|benchmarks|corpora|lexicons)/.*"

OBSERVED = "ส\N{THAI CHARACTER NIKHAHIT}\N{THAI CHARACTER SARA AA}นักงาน\n"
INTENDED = "สำนักงาน\n"


def held() -> Iterator[str]:
    """Yield a pattern for each file that the wheel must hold."""
    yield LICENSE
    for module in SETUP["ext-modules"]:
        yield re.escape(module["name"].replace(".", "/")) + r"\.[^/]+\.(so|pyd)"
    for package in SETUP["packages"]:
        place = package.replace(".", "/")
        folder = CHECKOUT / SETUP["package-dir"].get(package, place)
        for pattern in ["*.py", *SETUP["package-data"].get(package, [])]:
            files = [path for path in folder.glob(pattern) if path.is_file()]
            if not files:
                sys.exit(f"pyproject.toml: {package} has no file {pattern}")
            for path in files:
                yield re.escape(f"{place}/{path.relative_to(folder)}")


def run(*command: str | Path, folder: str, status: int = 0, data: str = "") -> str:
    """Run a program; exit with a message if its status is another. Give what it printed."""
    done = subprocess.run(command, input=data.encode(), cwd=folder, capture_output=True)
    if done.returncode != status:
        sys.exit(f"{' '.join(map(str, command))}: status {done.returncode}, {done.stderr.decode()}")
    return (done.stdout + done.stderr).decode()


def works(folder: str) -> None:
    """See the library, the filter and `archive` work on text."""
    thaifix = Path(sys.executable).with_name("thaifix")
    program = f"import thaifix; assert thaifix.correct({OBSERVED!r}) == {INTENDED!r}"
    run(sys.executable, "-W", "error", "-c", program, folder=folder)
    if (printed := run(thaifix, folder=folder, data=OBSERVED)) != INTENDED:
        sys.exit(f"the filter printed {printed!r}")
    box = Path(folder, "box")
    box.mkdir()
    (box / "a.txt").write_text(OBSERVED, "utf-8")
    run(thaifix, "archive", "box", "--to", "out", "--mets", folder=folder)
    if (copy := Path(folder, "out", "box", "a.txt").read_text("utf-8")) != INTENDED:
        sys.exit(f"the copy holds {copy!r}")
    run(thaifix, "archive", "verify", "out", folder=folder)
    run(thaifix, "archive", "status", "out", folder=folder)
    report = (thaifix, "archive", "report", "out", "--html", "report.html")
    if find_spec("jinja2"):
        run(*report, folder=folder)
    elif "pip install 'thaifix[archive]'" not in run(*report, folder=folder, status=2):
        sys.exit("the report does not say what it needs")


def main() -> None:
    """Exit with a message at the first thing that is wrong."""
    names = zipfile.ZipFile(sys.argv[1]).namelist()
    for pattern in held():
        if not any(re.fullmatch(pattern, name) for name in names):
            sys.exit(f"not in the wheel: {pattern}")
    if unwanted := [name for name in names if re.fullmatch(NOT_HELD, name)]:
        sys.exit(f"should not be in the wheel: {unwanted}")
    with tempfile.TemporaryDirectory() as folder:
        works(folder)
    print(f"wheel: {len(names)} files, works alone")


if __name__ == "__main__":
    main()
