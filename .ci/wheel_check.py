"""Check a wheel: what it holds, and that it works with its run-time dependencies alone.

    python -P .ci/wheel_check.py WHEEL

Run it with an interpreter into whose environment the wheel, and nothing else, was installed.
"""

import re
import subprocess
import sys
import tempfile
import tomllib
import zipfile
from pathlib import Path

SETUP = tomllib.loads(Path(__file__).parents[1].joinpath("pyproject.toml").read_text("utf-8"))
COMPILED = [
    extension["name"].replace(".", "/") for extension in SETUP["tool"]["setuptools"]["ext-modules"]
]
HELD = [
    *(rf"{module}\.{suffix}" for module in COMPILED for suffix in (r"[^/]+\.so", "pyi")),
    r"thaifix/model/default\.thaifix",
    r"thaifix/py\.typed",
    r"thaifix/lexicons/__init__\.py",
    r"thaifix/lexicons/[^/]+\.tsv",
    r"thaifix/lexicons/sources\.toml",
    r"thaifix-[^/]+\.dist-info/licenses/LICENSE",
]
NOT_HELD = r".*\.(pyx|pxd|c|cpp)|(tests|benchmarks|corpora|lexicons)/.*"

OBSERVED = "ส\N{THAI CHARACTER NIKHAHIT}\N{THAI CHARACTER SARA AA}นักงาน\n"
INTENDED = "สำนักงาน\n"


def main() -> None:
    """Exit with a message at the first thing that is wrong."""
    names = zipfile.ZipFile(sys.argv[1]).namelist()
    for pattern in HELD:
        if not any(re.fullmatch(pattern, name) for name in names):
            sys.exit(f"not in the wheel: {pattern}")
    if unwanted := [name for name in names if re.fullmatch(NOT_HELD, name)]:
        sys.exit(f"should not be in the wheel: {unwanted}")
    program = f"import thaifix; assert thaifix.correct({OBSERVED!r}) == {INTENDED!r}"
    command = Path(sys.executable).with_name("thaifix")
    with tempfile.TemporaryDirectory() as folder:
        subprocess.run([sys.executable, "-W", "error", "-c", program], cwd=folder, check=True)
        run = subprocess.run([command], input=OBSERVED.encode(), cwd=folder, stdout=subprocess.PIPE)
    if run.returncode or run.stdout.decode() != INTENDED:
        sys.exit(f"the command gave status {run.returncode} and {run.stdout!r}")
    print(f"wheel: {len(names)} files, works alone")


if __name__ == "__main__":
    main()
