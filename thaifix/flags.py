"""Flags: what looks wrong but is not rewritten."""

from __future__ import annotations

import re
from collections.abc import Sequence

from thaifix.edit import Edit, Flag

_THAI = "\u0e01-\u0e3a\u0e40-\u0e4e"
_FOREIGN = re.compile(
    f"(?<=[{_THAI}])[\u0900-\u0dff\u0e80-\u109f\u1780-\u17ff\u3040-\u30ff\u4e00-\u9fff\uac00-\ud7a3]+(?=[{_THAI}])"
)
_NOISE = re.compile(
    rf"^[ \t]*(?=[^\r\n]*[^\s\w{_THAI}])[^\s]{{1,3}}(?:[ \t]+[^\s]{{1,3}}){{1,6}}[ \t]*$", re.M
)
_LETTERS = re.compile(rf"[{_THAI}]{{2}}|[A-Za-z]{{2}}|[0-9\u0e50-\u0e59]{{2}}")


def find_flags(text: str, edits: Sequence[Edit]) -> tuple[Flag, ...]:
    """Flags of a block that no edit covers, in order; spans in code points of `text`.

    Time: O(n).
    """
    if text.isascii():
        return ()
    found = [
        *(Flag(m.start(), m.end(), "foreign_letter", m[0]) for m in _FOREIGN.finditer(text)),
        *(
            Flag(m.start(), m.end(), "margin_noise", m[0].strip())
            for m in _NOISE.finditer(text)
            if not _LETTERS.search(m[0])
        ),
    ]
    changed = [(e.start, e.end) for e in edits]
    return tuple(
        sorted(f for f in found if not any(a < f.end and b > f.start for a, b in changed))
    )
