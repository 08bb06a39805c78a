"""Which format a file has, by what is in it.

A file that is neither text nor of a format that thaifix reads must not be corrected as text: where
every letter stands in a row or an element of its own, each letter looks wrong; so does a colon
between quotation marks.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from itertools import chain

from thaifix.errors import FormatError
from thaifix.formats.binaries import REFUSED, kind_of
from thaifix.formats.compression import compression_of, may_be_compressed
from thaifix.formats.wrapping import Wrapping, in_order, unwrapped
from thaifix.text.lazy import pattern
from thaifix.text.script import LETTERS

HEAD_BYTES = 4096
"""Bytes at the beginning of a file that tell nearly every format; by judgement."""
_MAX_HEAD_BYTES = 1 << 22
"""Bytes of XML or HTML that are read at most to find its root or first page; by judgement."""
_LEAD_BYTES = 64
"""Bytes in which the first sign of a file stands, after white space and the like; by judgement."""
_MIN_LETTER_ROWS = 20
"""Lines with Thai letters that a table of letters has at least; by judgement."""
_MAX_LETTERS_A_ROW = 2
"""Thai letters of a row in such a table: Tesseract's words are a letter, or one with a mark."""
UNKNOWN: Mapping[str, str] = {
    **REFUSED,
    "xml": "is XML of a kind that thaifix does not know",
    "abbyy": "is ABBYY FineReader's own XML. Export the page as ALTO, or as text",
    "letters": "has one letter a line, as Tesseract's TSV and box files. Give the page as hOCR, "
    "ALTO or text",
}
"""What `detect` may find that is refused, and what to say of it."""
_MAGIC = {
    b"PAR1": "parquet",
    b"ARROW1": "arrow",
    b"\xff\xff\xff\xff": "arrow",  # a stream: the continuation marker of its first message
    b"%PDF-": "pdf",
}
_BOMS = {b"\xef\xbb\xbf": "utf-8", b"\xff\xfe": "utf-16-le", b"\xfe\xff": "utf-16-be"}
_PROLOG = pattern(
    r"\ufeff?\s*(?:<\?.*?\?>\s*|<!--.*?-->\s*|<!DOCTYPE[^<>\[]*(?:\[.*?\]\s*)?>\s*)*",
    re.DOTALL | re.IGNORECASE,
)
_ROOT = pattern(r"<(?:[\w.-]+:)?([\w.-]+)")
_ROOTS = {"alto": "alto", "PcGts": "page"}
_ABBYY = "abbyy.com/FineReader"
"""Part of the namespace of ABBYY's XML: `http://www.abbyy.com/FineReader_xml/…`."""
_HOCR = pattern(
    r"""class\s*=\s*["']?[\w\s-]*\bocr_page\b|\bocr-(?:system|capabilities)\b""", re.IGNORECASE
)
_STRING = r'"(?:[^"\\]|\\.)*"'
_RECORD = pattern(rf"\ufeff?\s*\{{\s*(?:{_STRING}\s*:|\}})")
_ARRAY = pattern(rf"\ufeff?\s*\[\s*(?:\{{\s*(?:{_STRING}\s*:|\}})|{_STRING}\s*[,\]])")
_THAI = pattern(f"[{LETTERS}]")


def detect(head: bytes) -> str:
    """Tell a file's format by its first bytes.

    XML is told by its root element, hOCR by the class `ocr_page` or the metadata that the
    specification asks for, JSON lines by a first line that begins a record and, if its end is
    there, is one.

    Args:
        head: `HEAD_BYTES` bytes or more, or the whole file.
    Returns:
        One of `thaifix.formats.FORMATS`, or of `UNKNOWN`; "text" for what is nothing else.
    """
    for magic, name in _MAGIC.items():
        if head.startswith(magic):
            return name
    text = _decode(head)
    if not _may_be_other(head):
        return kind_of(head[:HEAD_BYTES]) or ("letters" if _is_letters(text) else "text")
    found = _structured(text)
    return (kind_of(head[:HEAD_BYTES]) or found) if found == "text" else found


def _structured(text: str) -> str:
    """Tell JSON, XML and HTML by their beginning."""
    if text.lstrip("\ufeff \t\r\n").startswith("{"):
        return "jsonl" if _begins_record(text) else "json" if _RECORD.match(text) else "text"
    if _ARRAY.match(text):
        return "json"
    root = _root(text)
    if root in _ROOTS:
        return _ROOTS[root]
    if root == "document" and _ABBYY in text:
        return "abbyy"
    if _HOCR.search(text):
        return "hocr"
    declared = text.lstrip("\ufeff \t\r\n").startswith("<?xml")
    return "xml" if declared and root.lower() != "html" else "text"


def peek(chunks: Iterable[bytes], encoding: str | None = None) -> tuple[str, Iterator[bytes]]:
    """Tell the format of a stream by its beginning.

    A stream is read beyond its first chunk only if that could begin another format than text.

    Args:
        chunks: The stream, in pieces of any size.
        encoding: The encoding of its text, as Python names it, if that is not UTF-8.
    Returns:
        The format's name, with what is around it (`formats.wrapping`), and the whole stream.
    """
    rest = filter(None, chunks)
    first = next(rest, b"")
    while may_be_compressed(first) and (more := next(rest, b"")):
        first += more
    compression = compression_of(first)
    if not (encoding or compression):
        return _peek(first, rest)
    taken = [first]

    def taking() -> Iterator[bytes]:
        yield first
        for chunk in rest:
            taken.append(chunk)
            yield chunk

    try:
        opened = unwrapped(taking(), None, compression, "")
        if encoding:
            start = next(opened, b"")
            encoding = in_order(encoding, start)
            opened = unwrapped(chain((start,), opened), encoding, None, "")
        found, _ = _peek(next(opened, b""), opened)
    except FormatError:  # said of the file when it is read
        found = "text"
    if found in UNKNOWN:
        encoding = compression = None
    return str(Wrapping(found, encoding, compression)), chain(taken, rest)


def _peek(held: bytes, rest: Iterator[bytes]) -> tuple[str, Iterator[bytes]]:
    while held and _is_undecided(held) and (more := next(rest, b"")):
        # Of a long head as much again is read before it is looked over again: linear time.
        wanted = 2 * len(held) if len(held) >= HEAD_BYTES else 0
        held += more
        while len(held) < wanted and (more := next(rest, b"")):
            held += more
    return detect(held), chain((held,), rest)


def _is_undecided(head: bytes) -> bool:
    """Tell whether more of a file could show that it is no text; of a record one line is enough."""
    if not _may_be_other(head):
        return False
    line = head.lstrip(b"\xef\xbb\xbf \t\r\n")
    if len(head) < HEAD_BYTES:
        return not (line.startswith(b"{") and b"\n" in line)
    if len(head) >= _MAX_HEAD_BYTES or b"<" not in head[:_LEAD_BYTES]:
        return False
    text = _decode(head)
    return _root(text).lower() in ("", "html") and not _HOCR.search(text)


def _root(text: str) -> str:
    """Give the name of the root element; "" if it is not there, or not yet."""
    prolog = _PROLOG.match(text)
    root = _ROOT.match(text, prolog.end() if prolog else 0)
    return root[1] if root else ""


def _is_letters(text: str) -> bool:
    """Tell whether most lines with Thai letters have only one or two of them."""
    counts = [count for line in text.splitlines() if (count := len(_THAI.findall(line)))]
    rows = sum(count <= _MAX_LETTERS_A_ROW for count in counts)
    return len(counts) >= _MIN_LETTER_ROWS and 2 * rows > len(counts)


def _may_be_other(head: bytes) -> bool:
    """Tell whether a file could be of another format than text, by its first sign."""
    begins = head[:_LEAD_BYTES].lstrip(b"\xef\xbb\xbf\xff\xfe\0 \t\r\n")
    return begins[:1] in (b"<", b"{", b"[", b"") or any(
        magic.startswith(head[: len(magic)]) for magic in _MAGIC
    )


def _decode(head: bytes) -> str:
    for bom, encoding in _BOMS.items():
        if head.startswith(bom):
            return head.decode(encoding, "replace")
    if head[:2] in (b"<\0", b"\0<"):
        return head.decode("utf-16-le" if head[0] else "utf-16-be", "replace")
    return head.decode("utf-8", "replace")


def _begins_record(text: str) -> bool:
    if not _RECORD.match(text):
        return False
    line, end, _ = text.lstrip("\ufeff \t\r\n").partition("\n")
    if not end:
        return True
    import json

    try:
        return isinstance(json.loads(line), dict)
    except ValueError:
        return False
