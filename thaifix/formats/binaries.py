"""Bytes that are no text in UTF-8: what they are, as far as their beginning shows."""

from __future__ import annotations

import re
from collections.abc import Mapping

from thaifix.formats.compression import COMPRESSIONS
from thaifix.formats.wrapping import wide_encoding

REFUSED: Mapping[str, str] = {
    "image": "is an image. Let an OCR engine read it first",
    "zip": "is a ZIP archive, as .docx, .xlsx, .epub and .odt files are. Save its text as a file",
    "office": "is a document of an office program. Save it as text",
    "archive": "is a packed archive. Unpack it",
    "program": "is a program or a data base, no text",
    "script": "is a script, no text",
    "compressed": "is compressed twice. Unpack it once",
    "binary": "is no text",
    "utf-16": "is text in UTF-16. Give --encoding utf-16, or convert it: iconv -f UTF-16 -t UTF-8",
    "utf-32": "is text in UTF-32. Give --encoding utf-32, or convert it: iconv -f UTF-32 -t UTF-8",
    "thai-8-bit": "is Thai in TIS-620 or Windows-874. Give --encoding cp874, or convert it: "
    "iconv -f CP874 -t UTF-8",
    "8-bit": "is not in UTF-8. Convert it with iconv, or name its encoding (--encoding)",
}
"""What `kind_of` may find, and what to say of it."""

_MAGIC: Mapping[bytes, str] = {
    b"\x89PNG\r\n": "image",
    b"\xff\xd8\xff": "image",
    b"GIF8": "image",
    b"II*\0": "image",
    b"MM\0*": "image",
    b"\0\0\0\x0cjP  ": "image",
    b"AT&TFORM": "image",
    b"RIFF": "image",
    b"PK\3\4": "zip",
    b"PK\5\6": "zip",
    b"\xd0\xcf\x11\xe0": "office",
    b"{\\rtf": "office",
    b"7z\xbc\xaf\x27\x1c": "archive",
    b"Rar!\x1a\7": "archive",
    b"\x7fELF": "program",
    b"MZ\x90\0": "program",
    b"#!/": "script",
    b"SQLite format 3\0": "program",
    **dict.fromkeys(COMPRESSIONS, "compressed"),
}
"""What files begin with, after the specifications of their formats."""
_CONTROL = re.compile(rb"[\0-\x08\x0e-\x1a\x1c-\x1f\x7f]")
_MOST_CONTROLS = 50
"""A text has less than one control character in so many bytes; random bytes have one in nine, the
headers of binary files more. By judgement."""
_FEWEST_CONTROLS = 4
"""Of fewer a short text may consist. By judgement."""
_HIGH = re.compile(rb"[\x80-\xff]")
_FEWEST_HIGH = 8
"""Bytes above ASCII from which they say something of the encoding. By judgement."""
_MOST_PASSING = 0.3
"""Share of bytes that are not UTF-8 up to which a text of another kind passes with them: Western
texts in Latin-1 have less. By judgement."""
_THAI = re.compile(rb"[\xa1-\xda\xdf-\xfb]{3,}")  # letters of TIS-620 in a row
_UNDEFINED = re.compile(rb"[\x81-\x84\x86-\x90\x98-\xa0\xdb-\xde\xfc-\xff]")  # not in Windows-874
_MARKED = re.compile(rb"(?<=[\xa1-\xce\xd1\xd4-\xda\xe7-\xee])[\xd1\xd4-\xda\xe7-\xee]")
_MARK = re.compile(rb"[\xd1\xd4-\xda\xe7-\xee]")
_LEAST_THAI = 0.8
"""Share of bytes above ASCII that are Thai letters in a row, and of marks that stand on a letter,
in Thai text of 8 bits a letter. By judgement."""


def kind_of(head: bytes) -> str | None:
    """Tell what a file is that is no text in UTF-8.

    Args:
        head: Its beginning.
    Returns:
        A key of `REFUSED`; None if it is text, some bytes of which may not be UTF-8.
    """
    for magic, kind in _MAGIC.items():
        if head.startswith(magic):
            return kind
    if wide := wide_encoding(head):
        return wide[:6]
    controls = len(_CONTROL.findall(head))
    if controls >= _FEWEST_CONTROLS and controls * _MOST_CONTROLS > len(head):
        return "binary"
    return _of_eight_bits(head)


def _of_eight_bits(head: bytes) -> str | None:
    """Tell texts of one byte a letter from texts in UTF-8."""
    high = len(_HIGH.findall(head))
    text = head.decode("utf-8", "surrogateescape")
    wrong = sum("\udc80" <= letter <= "\udcff" for letter in text[:-3])
    if wrong < _FEWEST_HIGH or 2 * wrong < high:
        return None
    thai = sum(map(len, _THAI.findall(head)))
    marks = len(_MARK.findall(head))
    if (
        thai >= _LEAST_THAI * high
        and len(_MARKED.findall(head)) >= _LEAST_THAI * marks > 0
        and len(_UNDEFINED.findall(head)) < (1 - _LEAST_THAI) * high
    ):
        return "thai-8-bit"
    return "8-bit" if wrong > _MOST_PASSING * len(head) else None
