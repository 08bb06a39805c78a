"""The record at the end of a corrected file that leads back to the file before.

It is a processing instruction, `<?thaifix-undo 1 SHA256 SPLICES?>`, or in HTML a comment of that
content. SHA256 is the checksum of the file before. SPLICES is a JSON list in the order of the file:
`[start, length, "text"]` says that `text` stood where `length` code points now stand from `start`
on. Code points count from 0, a byte order mark included, in the corrected file up to the record.
"""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Sequence

from thaifix.errors import FormatError
from thaifix.formats.layout.encoding import decode

_RECORD = re.compile(
    r"<(?:\?|!--)thaifix-undo 1 (?P<sha256>[0-9a-f]{64}) (?P<splices>\[.*\])(?:\?|--)>\n", re.DOTALL
)
_START = re.compile(r"<(?:\?|!--)thaifix-undo ")


def record(source: bytes, undo: Sequence[tuple[int, int, str]], *, is_xml: bool) -> str:
    """Write the record.

    Args:
        source: The file before.
        undo: What `thaifix.formats.layout.markup.splice` gave.
        is_xml: Whether the file is XML; else HTML.
    Returns:
        The record, with a line feed, to be put at the end of the corrected file.
    """
    splices = json.dumps(undo, ensure_ascii=False, separators=(",", ":"))
    for letter in "<>-":  # `?>` and `--` would end it
        splices = splices.replace(letter, f"\\u{ord(letter):04x}")
    content = f"thaifix-undo 1 {hashlib.sha256(source).hexdigest()} {splices}"
    return f"<?{content}?>\n" if is_xml else f"<!--{content}-->\n"


def undo(data: bytes, name: str) -> bytes:
    """Give the file before correction back, byte for byte.

    Args:
        data: The corrected file.
        name: Its name, for messages.
    Raises:
        FormatError: If the file has no record, or was changed since.
    """
    text, encoding = decode(data, name)
    starts = [match.start() for match in _START.finditer(text)]
    if not starts:
        raise FormatError(
            f"{name}: has not kept what it was. It is no output of thaifix, or was written with "
            "--no-originals"
        )
    match = _RECORD.fullmatch(text, starts[-1])
    changed = FormatError(
        f"{name}: was changed after thaifix wrote it. Take the file as it was written; what it "
        "said before stands beside each changed place"
    )
    restored = _restore(text, match) if match else None
    if not match or restored is None:
        raise changed
    source = restored.encode(encoding)
    if hashlib.sha256(source).hexdigest() != match["sha256"]:
        raise changed
    return source


def _restore(text: str, record: re.Match[str]) -> str | None:
    """Take a record's splices back; None if they do not fit the text."""
    parts: list[str] = []
    done = 0
    try:
        for start, length, old in json.loads(record["splices"]):
            if not done <= start <= start + length <= record.start():
                return None
            parts += text[done:start], old
            done = start + length
        parts.append(text[done : record.start()])
        return "".join(parts)
    except (ValueError, TypeError):
        return None
