"""Make the environment of the peers, as far as that is possible, and say what is missing.

    python benchmarks peers.install ENVIRONMENT TRAIN.jsonl

ENVIRONMENT is a folder. Debian packages are installed if we are root, and named if we are not.
TRAIN.jsonl is what JamSpell is trained on, besides titles; see `peers.jamspell`. A peer that cannot
be had is no error here: its row in the benchmark's tables gives the reason.
"""

from __future__ import annotations

import os
import subprocess
import sys
import tarfile
from collections.abc import Sequence
from pathlib import Path
from shutil import rmtree, which
from tempfile import TemporaryDirectory

HERE = Path(__file__).parent
JAMSPELL = "jamspell==0.0.12"
BUILD = "setuptools==84.2.1", "swig==4.5.1", "wheel==0.48.0"
# JamSpell's set-up refuses every SWIG but the third, and its library ends the process where there
# is no American locale; it needs neither.
PATCHES = {
    "setup.py": [(b"find(b'SWIG Version 3') != -1", b"find(b'SWIG Version') != -1")],
    "jamspell/utils.cpp": [(b"en_US.utf-8", b"C.UTF-8"), (b"en_US.UTF-8", b"C.UTF-8")],
}


def run(*command: str | Path, cwd: Path | None = None, **variables: str) -> bool:
    """Run a command with some variables set; show what it says only if it fails."""
    environment = {**os.environ, **variables}
    done = subprocess.run(
        command, cwd=cwd, env=environment, stdout=subprocess.PIPE, stderr=subprocess.STDOUT
    )
    if done.returncode:
        sys.stderr.buffer.write(done.stdout)
    return not done.returncode


def install_programs() -> None:
    """Install hunspell with its Thai dictionary, and a compiler for JamSpell."""
    packages = [] if which("hunspell") and has_dictionary() else ["hunspell", "hunspell-th"]
    packages += [] if which("g++") else ["g++"]
    if not packages:
        return
    if os.geteuid() != 0 or not which("apt-get"):
        say(f"missing: {', '.join(packages)}; on Debian: apt-get install {' '.join(packages)}")
        return
    apt = "apt-get", "-qq", "-y"
    install = "install", "--no-install-recommends", *packages
    if not (run(*apt, "update") and run(*apt, *install, DEBIAN_FRONTEND="noninteractive")):
        say(f"{' '.join(packages)} cannot be installed")


def has_dictionary() -> bool:
    """Tell whether hunspell finds its Thai dictionary."""
    asked = subprocess.run(["hunspell", "-d", "th_TH", "-a"], input=b"", capture_output=True)
    return asked.returncode == 0


def install_packages(pip: Sequence[str | Path]) -> None:
    """Install the packages of requirements.txt one by one: one that fails is no reason for all."""
    for line in (HERE / "requirements.txt").read_text("utf-8").splitlines():
        if not line.startswith("#") and not run(*pip, "install", line):
            say(f"{line} cannot be installed")


def build_jamspell(pip: Sequence[str | Path], environment: Path) -> bool:
    """Build JamSpell from its patched source. Returns whether that worked."""
    path = f"{environment / 'bin'}{os.pathsep}{os.environ['PATH']}"
    with TemporaryDirectory() as folder:
        download = "download", "--no-deps", "--no-build-isolation", "--no-binary", ":all:"
        if not (
            run(*pip, "install", *BUILD)
            and run(*pip, *download, "--dest", folder, JAMSPELL, PATH=path)
        ):
            return False
        with tarfile.open(next(Path(folder).glob("*.tar.gz"))) as archive:
            archive.extractall(folder, filter="data")
        source = next(Path(folder).glob("*/setup.py")).parent
        for name, replacements in PATCHES.items():
            content = (source / name).read_bytes()
            for old, new in replacements:
                content = content.replace(old, new)
            (source / name).write_bytes(content)
        return run(*pip, "install", "--no-build-isolation", source, PATH=path)


def main() -> None:
    """Install what can be installed."""
    environment, pages = Path(sys.argv[1]).absolute(), Path(sys.argv[2]).absolute()
    print("Making the environment of the peers; this takes about two minutes.")
    install_programs()
    rmtree(environment, ignore_errors=True)
    subprocess.run([sys.executable, "-m", "virtualenv", "--quiet", environment], check=True)
    python = environment / "bin" / "python"
    pip = python, "-m", "pip", "--disable-pip-version-check", "--quiet"
    install_packages(pip)
    if not build_jamspell(pip, environment):
        say("JamSpell cannot be built")
        return
    model = environment / "jamspell-thai.bin"
    if not run(python, HERE.parent, "peers.jamspell", model, pages):
        say("JamSpell cannot be trained")


def say(what: str) -> None:
    """Tell the user what is missing, and go on."""
    again = f"rm -r {os.path.relpath(sys.argv[1])}; make bench"
    print(f"{what}. The benchmark goes on without; to try again: {again}", file=sys.stderr)
