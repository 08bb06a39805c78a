"""The plugin with which thaifix itself calls OCRmyPDF: what corrects is set for one call."""

from __future__ import annotations

from collections.abc import Generator, Iterator
from contextlib import contextmanager
from pathlib import Path
from threading import Lock
from typing import TYPE_CHECKING, Any

from ocrmypdf import hookimpl

from thaifix.formats.pdf.engine import CorrectedEngine, CorrectPage
from thaifix.formats.pdf.layer import join_sara_am

if TYPE_CHECKING:
    from ocrmypdf import OcrOptions

_lock = Lock()
_correct: CorrectPage | None = None


@contextmanager
def correcting(correct: CorrectPage) -> Iterator[None]:
    """Let pages be corrected by a function; one call of OCRmyPDF at a time in a process."""
    global _correct
    with _lock:
        _correct = correct
        try:
            yield
        finally:
            _correct = None


@hookimpl(wrapper=True)
def get_ocr_engine(options: OcrOptions | None) -> Generator[None, Any, Any]:
    """Put the correction behind the engine that OCRmyPDF has chosen."""
    engine = yield
    if options is None or engine is None or _correct is None:
        return engine
    return CorrectedEngine(engine, _correct)


@hookimpl(wrapper=True)
def optimize_pdf(input_pdf: Path) -> Generator[None, Any, Any]:
    """Make sara am one letter in what comes out."""
    join_sara_am(input_pdf)
    return (yield)
