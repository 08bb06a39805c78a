"""How the tests of the command line run it, in this process or as a process of its own.

What needs no model to be repaired: nikhahit and aa for am, and two sara e for sara ae.
"""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

from click.testing import CliRunner, Result

from thaifix.cli import main

THAIFIX = [sys.executable, "-Pm", "thaifix"]
OBSERVED = "ส\N{THAI CHARACTER NIKHAHIT}าคัญ"
INTENDED = "ส\N{THAI CHARACTER SARA AM}คัญ"
OBSERVED_AE, INTENDED_AE = "\N{THAI CHARACTER SARA E}" * 2 + "ละ", "\N{THAI CHARACTER SARA AE}ละ"


def thaifix(*arguments: str | Path, given: str | bytes = b"") -> Result:
    """Run it in this process."""
    data = given.encode() if isinstance(given, str) else given
    return CliRunner().invoke(main, [str(argument) for argument in arguments], input=data)


def shell(line: str, folder: Path) -> subprocess.CompletedProcess[bytes]:
    """Run a line of shell in a folder; in it, `thaifix` is a process of its own."""
    command = f'thaifix() {{ "{sys.executable}" -Pm thaifix "$@"; }}\n{line}'
    return subprocess.run(["sh", "-c", command], cwd=folder, capture_output=True, check=False)
