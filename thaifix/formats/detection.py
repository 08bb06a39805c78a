"""Which format a file has, by what is in it."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from itertools import chain

ENOUGH = 4096  # bytes that tell every format
_MAGIC = {
    b"PAR1": "parquet",
    b"ARROW1": "arrow",
    b"\xff\xff\xff\xff": "arrow",  # a stream: the continuation marker of its first message
    b"%PDF-": "pdf",
}
_BOMS = {b"\xef\xbb\xbf": "utf-8", b"\xff\xfe": "utf-16-le", b"\xfe\xff": "utf-16-be"}
_PROLOG = re.compile(
    r"\ufeff?\s*(?:<\?.*?\?>\s*|<!--.*?-->\s*|<!DOCTYPE[^<>\[]*(?:\[.*?\]\s*)?>\s*)*",
    re.DOTALL | re.IGNORECASE,
)
_ROOT = re.compile(r"<(?:[\w.-]+:)?([\w.-]+)")
_ROOTS = {"alto": "alto", "PcGts": "page"}
_HOCR = re.compile(r"""class\s*=\s*["']?[\w\s-]*\bocr_page\b|\bocr-(?:system|capabilities)\b""")
_RECORD = re.compile(r'\ufeff?\s*\{\s*(?:"(?:[^"\\]|\\.)*"\s*:|\})')


def detect(head: bytes) -> str:
    """Tell a format by a file's first bytes; what is nothing else is "text".

    XML is told by its root element, hOCR by the class `ocr_page` or the metadata that the
    specification asks for, JSON lines by a first line that begins a record and, if it is all there,
    is one.

    Args:
        head: `ENOUGH` bytes or more, or the whole file.
    """
    for magic, name in _MAGIC.items():
        if head.startswith(magic):
            return name
    if not _may_be_other(head):
        return "text"
    text = _decode(head)
    if text.lstrip("\ufeff \t\r\n").startswith("{"):
        return "jsonl" if _begins_record(text) else "text"
    prolog = _PROLOG.match(text)
    root = _ROOT.match(text, prolog.end() if prolog else 0)
    if root and root[1] in _ROOTS:
        return _ROOTS[root[1]]
    return "hocr" if _HOCR.search(text) else "text"


def peek(chunks: Iterable[bytes]) -> tuple[str, Iterator[bytes]]:
    """Tell the format of a stream by its beginning.

    Only if its first bytes could be those of another format than text is more waited for than they.

    Returns:
        The format, and the whole stream.
    """
    rest = iter(chunks)
    held = [next(rest, b"")]
    size = len(held[0])
    while 0 < size < ENOUGH and _is_undecided(held[0]):
        if not (chunk := next(rest, b"")):
            break
        held = [b"".join([*held, chunk])]
        size += len(chunk)
    return detect(held[0]), chain(held, rest)


def _is_undecided(head: bytes) -> bool:
    """Tell whether more of a file could show that it is no text; of a record, its line does."""
    line = head.lstrip(b"\xef\xbb\xbf \t\r\n")
    return _may_be_other(head) and not (line.startswith(b"{") and b"\n" in line)


def _may_be_other(head: bytes) -> bool:
    begins = head[:64].lstrip(b"\xef\xbb\xbf\xff\xfe\0 \t\r\n")
    return begins[:1] in (b"<", b"{", b"") or any(
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
