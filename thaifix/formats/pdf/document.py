"""PDF as a format: scanned pages are read and corrected, all others stay as they are.

The text layer of a PDF has no places for letters that could be exchanged, and the one that
Tesseract makes of Thai has a space behind nearly every letter. So scanned pages are read once more
by OCRmyPDF and Tesseract, corrected as hOCR, and get a new text layer; an older one goes. A page
with a text of its own, as a word processor prints it, keeps it.
"""

from __future__ import annotations

import subprocess
import tempfile
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

from thaifix.errors import FormatError
from thaifix.formats.base import Format, Skip, ignore
from thaifix.formats.options import FormatOptions
from thaifix.formats.text_stream import TextStream

OWN_TEXT = "a text of its own (--redo reads such pages anew)"
"""Why pages stay as they are."""

_LANGUAGES = ("tha", "eng")
"""What Tesseract reads if nothing else is said: Thai, and English if it is installed."""
_HANDED_ON = 1 << 20
"""Bytes handed on at a time; by judgement."""


class Pdf(Format):
    """PDF; see the module."""

    def correct(
        self,
        chunks: Iterable[bytes],
        texts: TextStream,
        write: Callable[[bytes], object],
        options: FormatOptions,
    ) -> None:
        """Read scanned pages anew, and correct what was read; each page is a document."""
        with _given(chunks, texts.name) as given:
            from thaifix.formats.pdf.engine import correct_page
            from thaifix.formats.pdf.pages import pages_with_text

            own = pages_with_text(given, texts.name)
            scanned = [n for n, has_text in enumerate(own) if options.redo or not has_text]
            for _ in range(len(own) - len(scanned)):
                texts.pass_over(OWN_TEXT)
            result = given
            if scanned:
                result = given.with_name("corrected.pdf")
                _read(
                    given, result, scanned, lambda hocr: correct_page(hocr, texts),
                    name=texts.name, language=options.language, redo=options.redo,
                )  # fmt: skip
            with result.open("rb") as file:
                while chunk := file.read(_HANDED_ON):
                    write(chunk)

    def text(
        self,
        chunks: Iterable[bytes],
        options: FormatOptions,
        *,
        name: str,
        skip: Skip = ignore,
    ) -> Iterator[str]:
        """Give the text of each page, with form feeds between them: its own, or what is read."""
        with _given(chunks, name) as given:
            from thaifix.formats.pdf.engine import text_of_page
            from thaifix.formats.pdf.pages import own_text, pages_with_text

            own = pages_with_text(given, name)
            read: list[str] = []

            def take(hocr: bytes) -> bytes:
                read.append(text_of_page(hocr))
                return hocr

            scanned = [number for number, has_text in enumerate(own) if not has_text]
            if scanned:
                _read(
                    given, given.with_name("read.pdf"), scanned, take,
                    name=name, language=options.language,
                )  # fmt: skip
            pages = iter(read)
            for number, has_text in enumerate(own):
                yield "\f" * bool(number)
                yield own_text(given, name, number) if has_text else next(pages)

    def revert(
        self,
        chunks: Iterable[bytes],
        write: Callable[[bytes], object],
        *,
        field: str | None,
        name: str,
    ) -> None:
        """Refuse: a PDF does not keep what it was.

        Raises:
            FormatError: Always.
        """
        raise FormatError(f"{name}: a corrected PDF has not kept what it was. Keep the original")


@contextmanager
def _given(chunks: Iterable[bytes], name: str) -> Iterator[Path]:
    """Put a PDF into a folder of its own; refuse if OCRmyPDF is missing."""
    try:
        import ocrmypdf  # noqa: F401
    except ImportError as error:
        raise FormatError(
            f"{name}: PDF needs OCRmyPDF and Tesseract with Thai. Install them: "
            "pip install 'thaifix[pdf]', and on Debian apt-get install tesseract-ocr-tha"
        ) from error
    with tempfile.TemporaryDirectory() as folder:
        given = Path(folder, "given.pdf")
        with given.open("wb") as file:
            for chunk in chunks:
                file.write(chunk)
        yield given


def _read(
    given: Path,
    result: Path,
    pages: Sequence[int],
    correct: Callable[[bytes], bytes],
    *,
    name: str,
    language: str | None = None,
    redo: bool = False,
) -> None:
    """Let pages be read, in their order, and give them a text layer.

    Args:
        given, result: The PDF, and where the new one will be.
        pages: Their numbers, from 0.
        correct: Given the hOCR of each, gives the corrected one.
        name: The file's name, for messages.
        language: As Tesseract names it; None for `_LANGUAGES`.
        redo: Whether pages with a text of their own are drawn as pictures and read, too.
    """
    import ocrmypdf
    from ocrmypdf.exceptions import ExitCodeException
    from pikepdf import PdfError

    from thaifix.formats.pdf.plugin import correcting

    languages = _languages(language, name)
    try:
        with correcting(correct):
            ocrmypdf.ocr(
                given,
                result,
                language=languages,
                mode="force" if redo else "redo",
                pages=",".join(str(page + 1) for page in pages),
                output_type="pdf",
                optimize=0,
                jobs=1,  # so that pages come in their order
                use_threads=True,
                progress_bar=False,
                plugins=["thaifix.formats.pdf.plugin"],
            )
    except (ExitCodeException, PdfError) as error:
        said = " ".join(str(error).partition("\n\n")[0].split())
        raise FormatError(
            f"{name}: OCRmyPDF cannot use it: {said or type(error).__name__}"
        ) from error


def _languages(language: str | None, name: str) -> list[str]:
    """Give the languages that Tesseract is to read.

    Args:
        language: As Tesseract names them; None for those of `_LANGUAGES` that it has, the first of
            them in any case.
        name: The file's name, for messages.
    Raises:
        FormatError: If Tesseract lacks one.
    """
    first, *others = _LANGUAGES
    try:
        listed = subprocess.run(
            ["tesseract", "--list-langs"], capture_output=True, check=False, text=True
        ).stdout.split()
    except OSError as error:
        raise FormatError(
            f"{name}: PDF needs Tesseract. Install it, on Debian: apt-get install tesseract-ocr-tha"
        ) from error
    wanted = [first, *(other for other in others if other in listed)]
    if language:
        wanted = [one for one in language.split("+") if one]
    if missing := [one for one in wanted if one not in listed]:
        packages = " ".join(f"tesseract-ocr-{one.lower().replace('_', '-')}" for one in missing)
        raise FormatError(
            f"{name}: Tesseract has no language data for {', '.join(missing)}. Install them, on "
            f"Debian: apt-get install {packages}. It has what `tesseract --list-langs` names"
        )
    return wanted
