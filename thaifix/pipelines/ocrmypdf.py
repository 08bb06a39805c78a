"""The plugin of OCRmyPDF: `ocrmypdf --plugin thaifix -l tha+eng in.pdf out.pdf`.

OCRmyPDF finds this module by its entry point wherever thaifix is installed, and offers its options.
It corrects nothing unless it is asked to: by `--plugin thaifix`, or by one of the options. What the
user's engine reads on a page is corrected as hOCR before OCRmyPDF makes the text layer and the
sidecar of it; each page is a document. In the layer sara am stays one letter (`formats.pdf.layer`).
"""

from __future__ import annotations

import logging
from collections.abc import Generator
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

from ocrmypdf import hookimpl
from ocrmypdf.exceptions import BadArgsError

from thaifix.correct.options import PROFILES
from thaifix.errors import ThaifixError

if TYPE_CHECKING:
    from argparse import ArgumentParser

    from ocrmypdf import OcrOptions
    from ocrmypdf.pluginspec import OcrEngine

    from thaifix.correct.corrector import Corrector

_NAME = "thaifix"
_log = logging.getLogger(__name__)


@hookimpl
def add_options(parser: ArgumentParser) -> None:
    """Add the options to the command line of OCRmyPDF."""
    group = parser.add_argument_group("thaifix", "Correct the Thai text that the engine reads")
    group.add_argument(
        "--thaifix-profile",
        choices=PROFILES,
        help="how sure a change must be (default: normal); corrects also without --plugin thaifix",
    )
    group.add_argument(
        "--thaifix-lexicon",
        action="append",
        metavar="FILE",
        help="further terms; may be repeated",
    )


@hookimpl
def check_options(options: OcrOptions) -> None:
    """Refuse what cannot be corrected, and load what corrects before the first page is read.

    Raises:
        BadArgsError: If the renderer is `sandwich`, or a lexicon cannot be used.
    """
    if not _is_asked(options):
        return
    if options.pdf_renderer == "sandwich":
        from thaifix.formats.pdf.engine import refused

        raise refused("--pdf-renderer sandwich, of which it can correct nothing")
    _corrector(options)


@hookimpl(wrapper=True)
def get_ocr_engine(options: OcrOptions | None) -> Generator[None, Any, Any]:
    """Put the correction behind the engine that OCRmyPDF has chosen."""
    engine: OcrEngine | None = yield
    if options is None or engine is None or not _is_asked(options):
        return engine
    from thaifix.formats.pdf.engine import CorrectedEngine, correct_page
    from thaifix.formats.text_stream import TextStream

    corrector = _corrector(options)

    def correct(hocr: bytes) -> bytes:
        texts = TextStream(corrector, "page", lambda piece: None)
        corrected = correct_page(hocr, texts)
        _log.info("thaifix: %d edits", texts.stats.edits.total())
        return corrected

    return CorrectedEngine(engine, correct)


@hookimpl(wrapper=True)
def generate_pdfa(pdf_pages: list[Path], context: Any) -> Generator[None, Any, Any]:
    """Make sara am one letter before Ghostscript writes the text anew."""
    _join(pdf_pages, context)
    return (yield)


@hookimpl(wrapper=True)
def optimize_pdf(input_pdf: Path, context: Any) -> Generator[None, Any, Any]:
    """Make sara am one letter in what comes out."""
    _join([input_pdf], context)
    return (yield)


def _join(paths: list[Path], context: Any) -> None:
    if _is_asked(context.options):
        from thaifix.formats.pdf.layer import join_sara_am

        for path in paths:
            if path.suffix == ".pdf":
                join_sara_am(path)


def _is_asked(options: OcrOptions) -> bool:
    named = _NAME in map(str, options.plugins or ())
    return named or bool(_option(options, "profile") or _option(options, "lexicon"))


def _option(options: OcrOptions, name: str) -> Any:
    return getattr(options, f"{_NAME}_{name}", None)


def _corrector(options: OcrOptions) -> Corrector:
    try:
        return _load(
            _option(options, "profile") or "normal", tuple(_option(options, "lexicon") or ())
        )
    except ThaifixError as error:
        raise BadArgsError(f"thaifix: {error}") from error


@lru_cache(maxsize=2)
def _load(profile: str, lexicons: tuple[str, ...]) -> Corrector:
    from thaifix.correct.corrector import Corrector

    return Corrector(profile=profile, lexicons=lexicons)
