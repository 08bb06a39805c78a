"""Tesseract: one run gives a page's text, hOCR and ALTO."""

from __future__ import annotations

import os
import subprocess
from pathlib import Path
from typing import NamedTuple

ENGINES = {"tha": "tha", "tha+eng": "tha+eng", "script/Thai": "Thai"}
"""Language models as Tesseract's project names them, and as Debian does."""


class Reading(NamedTuple):
    """What Tesseract gave for a page: text without the form feed at its end, and layouts."""

    text: str
    hocr: bytes
    alto: bytes


def version() -> str:
    """Tesseract's version.

    Raises:
        OSError: If it is not installed.
    """
    done = subprocess.run(["tesseract", "--version"], capture_output=True, text=True, check=True)
    return done.stdout.split()[1]


def read(image: Path, engine: str, dpi: int) -> Reading:
    """Read an image.

    The model script/Thai sets a space between any two clusters unless it is told to keep the
    spaces it sees, as the model tha is by its own configuration.

    Raises:
        RuntimeError: If the language is not installed, or Tesseract fails.
    """
    command = [
        "tesseract", image.name, image.stem, "-l", ENGINES[engine], "--psm", "6", "--dpi", str(dpi),
        "-c", "preserve_interword_spaces=1", "txt", "hocr", "alto",
    ]  # fmt: skip
    # In the image's folder: the layouts name the image as it is named here.
    done = subprocess.run(
        command,
        cwd=image.parent,
        env=dict(os.environ, OMP_THREAD_LIMIT="1"),
        capture_output=True,
        text=True,
        check=False,
    )
    if done.returncode:
        raise RuntimeError(f"{' '.join(command)} failed: {done.stderr.strip()}")
    text, hocr, alto = (image.parent / f"{image.stem}.{kind}" for kind in ("txt", "hocr", "xml"))
    kept = text.read_text(encoding="utf-8").replace("\f", "").rstrip("\n") + "\n"
    return Reading(kept, hocr.read_bytes(), alto.read_bytes())
