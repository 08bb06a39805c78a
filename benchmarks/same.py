"""Print one checksum a set over all edits and flags: equal before and after a change of structure.

    python benchmarks same [--data FOLDER] [--against FILE]

Each set is corrected by the library in three profiles, by the filter and by `archive`. The
library's checksum covers spans, replacements, margins, confidences, reasons, entries and flags;
those of the filter and of `archive` cover the bytes that they write: text, files and logs. The
stamp, which stands for the options, counts for nothing, and reasons that were renamed count as one.

The sets are those of corpora/; with --data, also the pages, clean text and layout files of a folder
(ocr/*.jsonl, ocr/*.txt, layout/*). With --against, the lines are compared with those of an earlier
run: exit status 1 if one differs.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

from thaifix import Corrector

ROOT = Path(__file__).resolve().parents[1]
PROFILES = ("strict", "normal", "bold")
RENAMED = {"recall": "memory"}
"""Reasons as they were called before, and are called now."""


def sets(data: Path | None) -> Iterator[tuple[str, list[Path]]]:
    """Yield the name and the files of each set."""
    corpora = ROOT / "corpora"
    yield "clean", sorted((corpora / "clean").glob("*.txt"))
    yield "demo", [corpora / "demo.txt"]
    yield "memo", [corpora / "nhrct-memo" / "observed.txt"]
    yield "letters", sorted((corpora / "official-letters").glob("*.jsonl"))
    if data:
        yield "pages", sorted((data / "ocr").glob("*.jsonl"))
        yield "clean text", sorted((data / "ocr").glob("*.txt"))
        layout = (data / "layout").iterdir()
        yield "layout", sorted(path for path in layout if path.suffix in (".hocr", ".xml"))


def documents(path: Path) -> Iterator[str]:
    """Yield the texts of a file: a JSONL's `ocr` fields, or the file as it is."""
    if path.suffix == ".jsonl":
        for line in path.read_text("utf-8").splitlines():
            yield json.loads(line)["ocr"]
    else:
        yield path.read_bytes().decode()


def library(files: list[Path], corrector: Corrector) -> str:
    """Checksum of what the library finds in a set."""
    digest = hashlib.sha256()
    for path in files:
        for text in documents(path):
            found = corrector.correct(text)
            edits = [[*e[:5], RENAMED.get(e[5], e[5]), *e[6:]] for e in found.edits]
            flags = [[*f[:2], RENAMED.get(f[2], f[2]), *f[3:]] for f in found.flags]
            digest.update(json.dumps([edits, flags]).encode("utf-8", "surrogatepass"))
    return digest.hexdigest()


def comparable(data: bytes, stamp: str) -> bytes:
    """What a program wrote, without the stamp and with today's names."""
    data = data.replace(stamp.encode(), b"STAMP")
    for old, new in RENAMED.items():
        data = data.replace(f'"reason": "{old}"'.encode(), f'"reason": "{new}"'.encode())
    return data


def run(*arguments: str) -> bytes:
    """Run the installed program; give its standard output."""
    command = [sys.executable, "-Pm", "thaifix", *arguments]
    return subprocess.run(command, check=True, capture_output=True).stdout


def filtered(files: list[Path], stamp: str) -> str:
    """Checksum of what the filter writes of a set, log included."""
    digest = hashlib.sha256()
    with tempfile.TemporaryDirectory() as folder:
        log = Path(folder, "edits.jsonl")
        for path in files:
            fields = ("--field", "ocr") if path.suffix == ".jsonl" else ()
            for data in run(*fields, "--edits", str(log), str(path)), log.read_bytes():
                written = data.replace(str(path.parent).encode(), b"")
                digest.update(comparable(written, stamp))
    return digest.hexdigest()


def archived(files: list[Path], stamp: str) -> str:
    """Checksum of the copies and logs that `archive` makes of a set."""
    digest = hashlib.sha256()
    with tempfile.TemporaryDirectory() as folder:
        fields = ("--field", "ocr") if files[0].suffix == ".jsonl" else ()
        target = Path(folder, "out")
        run("archive", *map(str, files), *fields, "--to", str(target))
        for path in sorted(target.rglob("*")):
            name = path.relative_to(target)
            if path.is_file() and (name.parts[0] != ".thaifix" or name.parts[1] == "edits"):
                digest.update(str(name).encode() + comparable(path.read_bytes(), stamp))
    return digest.hexdigest()


def lines(data: Path | None) -> Iterator[str]:
    """Yield a line a set and way: set, way, checksum."""
    correctors = {profile: Corrector(profile=profile) for profile in PROFILES}
    stamp = correctors["normal"].stamp
    for name, files in sets(data):
        for profile, corrector in correctors.items() if name != "layout" else ():
            yield f"{name}\tlibrary, {profile}\t{library(files, corrector)[:16]}"
        yield f"{name}\tfilter\t{filtered(files, stamp)[:16]}"
        yield f"{name}\tarchive\t{archived(files, stamp)[:16]}"


def main() -> None:
    """Parse, run, print, compare."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--data", type=Path, metavar="FOLDER")
    parser.add_argument("--against", type=Path, metavar="FILE", help="what an earlier run printed")
    args = parser.parse_args()
    before = args.against.read_text("utf-8").splitlines() if args.against else None
    differ = 0
    for number, line in enumerate(lines(args.data)):
        same = before is None or (number < len(before) and before[number].strip() == line)
        differ += not same
        print(line, "" if same else "\tdiffers", sep="", flush=True)
    if differ:
        sys.exit(1)


if __name__ == "__main__":
    main()
