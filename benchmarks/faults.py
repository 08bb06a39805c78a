"""Kill batches, fill their disk, and measure what they need.

    python benchmarks faults [kills] [disk] [memory] [jobs]

kills   500 files; the batch is killed (SIGKILL) at 50 random moments and run again each time.
disk    a file system of 2 MB that fills up; then there is room. Needs root, for a tmpfs.
memory  one text of 200 MB; the most memory that any process of the batch had, in MB.
jobs    2,000 files with one process and with two; CPU time and the time that passed.

Without arguments: all. The texts are pages of corpora/demo.txt and nhrct-memo; the large one is
mostly made of corpora/clean. The run ends with an AssertionError at the first thing that is not as
it must be.
"""

from __future__ import annotations

import argparse
import hashlib
import os
import random
import signal
import sqlite3
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from contextlib import closing
from pathlib import Path
from resource import RUSAGE_CHILDREN, getrusage

CORPORA = Path(__file__).parent.parent / "corpora"
OCR = CORPORA / "demo.txt", CORPORA / "nhrct-memo" / "observed.txt"
PAGE = 1500
"""Code points of a text; about those of a page of corpora/official-letters."""

THAIFIX = [sys.executable, "-Pm", "thaifix", "archive"]
KILLS = 50
"""How often a batch is killed; by judgement: every step is hit several times."""

FILES = 500
"""Files of a batch; by judgement: it runs for some seconds, so that most kills hit it at work."""

LARGE = 200_000_000
"""Bytes of the large text; by judgement: far above what a process has in memory without it."""


def pages() -> list[str]:
    """Texts as OCR gave them, in pieces of a page."""
    text = "\n".join(path.read_text("utf-8") for path in OCR)
    return [text[start : start + PAGE] for start in range(0, len(text), PAGE)]


def sources(folder: Path, files: int) -> Path:
    """Write files of different content, spread over folders."""
    texts = pages()
    source = folder / "box"
    for i in range(files):
        path = source / f"{i % 7}" / f"page-{i:04}.txt"
        path.parent.mkdir(parents=True, exist_ok=True)
        text = texts[i % len(texts)]
        path.write_text(f"{i}\n{text[i % 50 :]}", "utf-8")
    return source


def start(source: Path, target: Path, *options: str) -> subprocess.Popen[bytes]:
    """Begin a batch."""
    command = [*THAIFIX, str(source), "--to", str(target), *options]
    return subprocess.Popen(command, stderr=subprocess.PIPE)


def finish(source: Path, target: Path, *options: str) -> str:
    """Run a batch to its end, and give what it told."""
    process = start(source, target, *options)
    _, told = process.communicate()
    assert process.returncode == 0, told.decode()
    return told.decode()


def rows(target: Path) -> dict[str, tuple[object, ...]]:
    """What the manifest says is done: by path, run, time, and checksum of the copy."""
    manifest = target / ".thaifix" / "manifest.sqlite"
    if not manifest.exists():
        return {}
    with closing(sqlite3.connect(manifest)) as db:
        assert db.execute("PRAGMA integrity_check").fetchone() == ("ok",)
        if db.execute("PRAGMA user_version").fetchone() == (0,):
            return {}  # killed before there were tables
        query = "SELECT path, run, finished, output_sha256 FROM files WHERE status = 'done'"
        found = {path: tuple(rest) for path, *rest in db.execute(query)}
    for path, (*_, sha256) in found.items():
        assert hashlib.sha256((target / path).read_bytes()).hexdigest() == sha256, path
    return found


def copies(target: Path) -> dict[str, bytes]:
    """All files of a target but what thaifix knows about them."""
    return {
        str(path.relative_to(target)): path.read_bytes()
        for path in sorted(target.rglob("*"))
        if path.is_file() and ".thaifix" not in path.parts
    }


def timed(source: Path, target: Path) -> float:
    """Run a batch with two processes to its end, and give the seconds it took."""
    began = time.monotonic()
    finish(source, target, "--jobs", "2")
    return time.monotonic() - began


def unfinished(target: Path) -> set[str]:
    """Names of the files that are being written, or that a killed run left."""
    folder = target / ".thaifix" / "unfinished"
    return {path.name for path in folder.iterdir()} if folder.exists() else set()


def kills(folder: Path) -> None:
    """Nothing is lost, nothing done twice, and the result is that of a run that was left alone."""
    source = sources(folder, FILES)
    alone, idle = (timed(source, folder / "left-alone") for _ in range(2))
    moments = random.Random(5)
    hits, batches = 0, 0
    while hits < KILLS:
        batches += 1
        target = folder / f"killed-{batches}"
        done: dict[str, tuple[object, ...]] = {}
        while hits < KILLS and len(done) < FILES:
            left = unfinished(target)
            process = start(source, target, "--jobs", "2")
            if moments.random() < 0.2:
                time.sleep(moments.uniform(0.0, idle))  # while it starts
            else:
                while process.poll() is None and unfinished(target) <= left:
                    time.sleep(0.005)
                time.sleep(moments.uniform(0.0, alone / 5))
            process.send_signal(signal.SIGKILL)
            process.communicate()
            hits += process.returncode == -signal.SIGKILL
            now = rows(target)
            assert done.items() <= now.items(), "a file was lost or done again"
            done = now
        finish(source, target, "--jobs", "2")
        assert done.items() <= rows(target).items(), "a file was lost or done again"
        assert copies(target) == copies(folder / "left-alone")
        assert not unfinished(target)
        runs = len({run for run, *_ in done.values()})
        print(
            f"kills: {hits} so far; {len(done)} of {FILES} files were done by {runs} runs that "
            "were killed, none twice; in the end the same bytes as left alone"
        )
        subprocess.run([*THAIFIX, "verify", str(target)], check=True)


def disk(folder: Path) -> None:
    """A full disk ends the run with a message; with room it goes on."""
    if os.geteuid() != 0:
        print("disk: left out, needs root")
        return
    source = sources(folder, FILES)
    target = folder / "small"
    target.mkdir()
    subprocess.run(["mount", "-t", "tmpfs", "-o", "size=2m", "tmpfs", target], check=True)
    try:
        process = start(source, target, "--jobs", "2")
        _, told = process.communicate()
        assert process.returncode == 4, told.decode()
        done = rows(target)
        print(f"disk: {len(done)} of {FILES} files done when it was full")
        print(f"disk: {told.decode().splitlines()[-1]}")
        subprocess.run(["mount", "-o", "remount,size=64m", target], check=True)
        finish(source, target, "--jobs", "2")
        after = rows(target)
        assert done.items() <= after.items()
        assert len(after) == FILES
        print(f"disk: {len(after)} done after there was room")
    finally:
        subprocess.run(["umount", target], check=True)


def memory(folder: Path) -> None:
    """A file that is larger than the memory it may take."""
    clean = [path.read_text("utf-8") for path in sorted((CORPORA / "clean").glob("*.txt"))]
    text = "\n".join([*clean, *pages()[:2]]).encode()  # mostly clean, which is faster
    source = folder / "large" / "text.txt"
    source.parent.mkdir()
    with source.open("wb") as file:
        for _ in range(LARGE // len(text) + 1):
            file.write(text)
    began = time.monotonic()
    process = start(source.parent, folder / "large-copy", "--jobs", "1")
    peak = 0
    while process.poll() is None:
        peak = max([peak, *map(resident, family(process.pid))])
        time.sleep(0.2)
    assert process.returncode == 0
    seconds = time.monotonic() - began
    size = source.stat().st_size
    print(f"memory: {size / 1e6:.0f} MB of text in {seconds:.0f} s, {peak / 1e6:.0f} MB at most")


def family(pid: int) -> list[int]:
    """A process and its children."""
    try:
        children = Path(f"/proc/{pid}/task/{pid}/children").read_text("utf-8")
    except OSError:
        return []
    return [pid, *map(int, children.split())]


def resident(pid: int) -> int:
    """The most memory that a process had so far, in bytes."""
    try:
        status = Path(f"/proc/{pid}/status").read_text("utf-8")
    except OSError:
        return 0
    lines = dict(line.split(":", 1) for line in status.splitlines())
    return 1024 * int(lines.get("VmHWM", "0 kB").split()[0])


def jobs(folder: Path) -> None:
    """Two processes against one; so many files that the start does not count."""
    source = sources(folder, 4 * FILES)
    spent: dict[int, tuple[float, float]] = {}
    for count in 1, 2, 1, 2:
        before, began = getrusage(RUSAGE_CHILDREN), time.monotonic()
        finish(source, folder / f"jobs-{count}-{began}", "--jobs", str(count))
        after = getrusage(RUSAGE_CHILDREN)
        cpu = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
        passed = time.monotonic() - began
        spent[count] = min(spent.get(count, (passed, cpu)), (passed, cpu))
    (one, one_cpu), (two, two_cpu) = spent[1], spent[2]
    print(
        f"jobs: one {one:.2f} s ({one_cpu:.2f} s CPU), two {two:.2f} s ({two_cpu:.2f} s CPU): "
        f"{one / two:.2f} x as fast"
    )


def main() -> None:
    """Run what was asked for."""
    trials: dict[str, Callable[[Path], None]] = {
        "kills": kills,
        "disk": disk,
        "memory": memory,
        "jobs": jobs,
    }
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("trials", nargs="*", choices=[*trials, []], help="default: all")
    parser.add_argument("--in", dest="folder", type=Path, help="where to write; default: /tmp")
    args = parser.parse_args()
    for name in args.trials or trials:
        with tempfile.TemporaryDirectory(dir=args.folder) as folder:
            trials[name](Path(folder))
