"""Make the pages of official-letters: typeset, degrade, read with Tesseract.

    python corpora/make_letters [--images FOLDER] [--jobs N]

Every text of `official-letters/texts` becomes a page of each grade. For each split, the pages are
written as JSON lines, and the layouts of some of them (hOCR and ALTO, as Tesseract wrote them) as a
tar archive; besides, the versions of what made them. Random numbers come from a generator that is
seeded with the page's id: the same versions give the same bytes.
"""

from __future__ import annotations

import argparse
import hashlib
import io
import json
import subprocess
import sys
import tarfile
import tempfile
from collections.abc import Iterable, Iterator
from concurrent.futures import ThreadPoolExecutor
from importlib.metadata import version
from pathlib import Path
from typing import NamedTuple

import numpy as np
from engines import Reading, read
from engines import version as tesseract_version
from fonts import NPM
from grades import GRADES, degrade
from PIL import features
from plan import PlannedPage, documents, pages
from tqdm import tqdm
from typesetting import typeset

CORPUS = Path(__file__).parents[1] / "official-letters"
PACKAGES = ("tesseract-ocr-tha", "tesseract-ocr-script-thai", "fonts-thai-tlwg", "fonts-noto-core")


class MadePage(NamedTuple):
    """A page, the intended text as set, and what the engine read."""

    page: PlannedPage
    intended: str
    reading: Reading


def make(page: PlannedPage, folder: Path) -> MadePage:
    """Make one page; its image is written to the folder."""
    text = (CORPUS / "texts" / f"{page.document.name}.txt").read_text(encoding="utf-8")
    image, intended = typeset(text, page.face)
    seed = int.from_bytes(hashlib.sha256(page.id.encode()).digest()[:8], "big")
    grade = GRADES[page.grade]
    path = folder / f"{page.id.replace('.', '-')}.png"
    degrade(image, grade, np.random.default_rng(seed)).save(path)
    return MadePage(page, intended, read(path, page.engine, grade.dpi))


def record(made: MadePage) -> str:
    """A page as a JSON line."""
    page = made.page
    fields = {
        "id": page.id,
        "source": page.document.name,
        "split": page.document.split,
        "kind": page.document.kind,
        "font": page.face.family,
        "preset": page.grade,
        "engine": page.engine,
        "ocr": made.reading.text,
        "gold": made.intended,
    }
    return json.dumps(fields, ensure_ascii=False) + "\n"


def archive(pages: Iterable[MadePage]) -> bytes:
    """Pack the layouts that are kept, with what is intended; the same bytes each time."""
    held = io.BytesIO()
    with tarfile.open(fileobj=held, mode="w:xz", preset=9) as tar:
        for made in pages:
            if made.page.layout:
                for name, data in _files(made):
                    tar.addfile(_entry(name, len(data)), io.BytesIO(data))
    return held.getvalue()


def _files(made: MadePage) -> Iterator[tuple[str, bytes]]:
    name = made.page.id.replace(".", "-")
    yield f"{name}.hocr", made.reading.hocr
    yield f"{name}.xml", made.reading.alto
    yield f"{name}.txt", made.reading.text.encode()
    yield f"{name}.gold.txt", made.intended.encode()


def _entry(name: str, size: int) -> tarfile.TarInfo:
    entry = tarfile.TarInfo(name)
    entry.size = size
    return entry


def versions() -> str:
    """What made the pages: a line for each program, library and font."""
    lines = [f"tesseract {tesseract_version()}"]
    for package in PACKAGES:
        found = subprocess.run(
            ["dpkg-query", "--show", "--showformat=${Package} ${Version}\n", package],
            capture_output=True, text=True, check=False,
        )  # fmt: skip
        lines.append(found.stdout.strip() or f"{package} (version unknown)")
    sarabun = json.loads((NPM / "@fontsource" / "sarabun" / "package.json").read_bytes())
    lines.append(f"@fontsource/sarabun {sarabun['version']}")
    lines += [f"{name} {version(name)}" for name in ("numpy", "pillow", "pythainlp")]
    lines += [f"{name} {features.version(name)}" for name in ("raqm", "harfbuzz", "freetype2")]
    return "\n".join(lines) + "\n"


def main() -> None:
    """Make all pages and write them."""
    parser = argparse.ArgumentParser(description="Typeset, degrade and read the letters.")
    parser.add_argument("--images", type=Path, help="keep the page images in this folder")
    parser.add_argument("--jobs", type=int, default=2, help="pages made at a time")
    options = parser.parse_args()
    if not features.check("raqm"):
        sys.exit("Pillow lacks Raqm: install libraqm0")
    plan = list(pages(documents(CORPUS / "documents.tsv")))
    with tempfile.TemporaryDirectory() as scratch:
        folder = (options.images or Path(scratch)).resolve()
        folder.mkdir(parents=True, exist_ok=True)
        with ThreadPoolExecutor(options.jobs) as pool:
            work = pool.map(lambda page: make(page, folder), plan)
            made = list(tqdm(work, total=len(plan), unit="page"))
    for split in sorted({one.page.document.split for one in made}):
        mine = [one for one in made if one.page.document.split == split]
        lines = "".join(map(record, mine))
        (CORPUS / f"{split}.jsonl").write_text(lines, encoding="utf-8", newline="\n")
        (CORPUS / f"{split}.layout.tar.xz").write_bytes(archive(mine))
    (CORPUS / "versions.txt").write_text(versions(), encoding="utf-8")


if __name__ == "__main__":
    main()
