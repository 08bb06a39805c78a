"""How a file of XML or HTML is encoded: what its byte order mark or its declaration says."""

from __future__ import annotations

import codecs
import re

from thaifix.errors import FormatError

_BOMS = {
    codecs.BOM_UTF8: "utf-8",
    codecs.BOM_UTF16_LE: "utf-16-le",
    codecs.BOM_UTF16_BE: "utf-16-be",
}
_HEAD_BYTES = 2048
"""Bytes at the beginning of a file in which its encoding is declared. HTML asks for 1,024."""
_UNMARKED = {b"<\0": "utf-16-le", b"\0<": "utf-16-be"}
_DECLARED = re.compile(
    rb"""\A\s*<\?xml[^>]*?encoding\s*=\s*["']([\w.:-]+)|<meta[^>]+charset\s*=\s*["']?([\w.:-]+)""",
    re.IGNORECASE,
)
_WINDOWS = {"windows-874": "cp874", "tis-620": "tis_620"}


def decode(data: bytes, name: str) -> tuple[str, str]:
    """Decode a file as it says it is encoded; encoding the text again gives its bytes.

    Args:
        data: The whole file.
        name: The file's name, for messages.
    Returns:
        Its text, with its byte order mark, and Python's name of its encoding.
    Raises:
        FormatError: If it is not in the encoding that it declares, or if nobody knows that, or if
            it could not be written the same again.
    """
    encoding = next((known for bom, known in _BOMS.items() if data.startswith(bom)), "")
    if not encoding and not (encoding := _UNMARKED.get(data[:2], "")):
        declared = _DECLARED.search(data[:_HEAD_BYTES])
        encoding = (declared[1] or declared[2]).decode().lower() if declared else "utf-8"
        encoding = _WINDOWS.get(encoding, encoding)
    try:
        text = data.decode(encoding)
        if encoding != "utf-8" and text.encode(encoding) != data:
            raise FormatError(
                f"{name}: bytes in {encoding} that cannot be written the same again. "
                "Convert the file to UTF-8"
            )
    except LookupError as error:
        raise FormatError(
            f"{name}: unknown encoding {encoding!r}. Convert the file to UTF-8, and its declaration"
        ) from error
    except UnicodeError as error:
        at = getattr(error, "start", 0)
        line = data.count(b"\n", 0, at) + 1
        raise FormatError(
            f"{name}, line {line}: byte {at} is not {encoding}. Correct the declaration "
            "or convert the file"
        ) from error
    return text, encoding
