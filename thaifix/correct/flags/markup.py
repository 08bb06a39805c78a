"""Where text is markup: code, formulas, tags, addresses. What looks odd there was written so."""

from __future__ import annotations

import re

from thaifix.text.lazy import pattern

_MARKUP = pattern(  # quick, for each kind begins with a sign of its own
    r"""
      `[^`\n]{1,1000}`                                           # code
    | <[!/?A-Za-z][^<>]{0,1000}>                                 # a tag
    | \$\$[^$]{1,1000}\$\$                                       # formulas
    | \$(?=[^$\n]{0,200}[\\^_={}])[^$\n]{1,200}\$
    | \\\( .{1,400}? \\\) | \\\[ .{1,400}? \\\]
    | \\begin\{(?P<name>[A-Za-z]{1,20}\*?)\} (?:.{0,1500}? \\end\{(?P=name)\})?
    | \\[A-Za-z]{1,30}\*? (?: \[[^\[\]\n]{0,100}\]
                            | \{ (?: [^{}\n] | \{[^{}\n]{0,100}\} ){0,200} \} ){0,4}
    | \{\\[^{}\n]{1,200}\}                                       # of subtitles in ASS
    """,
    re.VERBOSE | re.DOTALL,
)
_ADDRESS = pattern(r"//|www\.|\w@\w|^[A-Za-z]:\\|^\\\\\w")
_TIMES = "-->"  # in the line of a subtitle
_FAR = 200  # code points of an address or a line, to each side


def markup_spans(text: str) -> list[tuple[int, int]]:
    """Spans of code, formulas and tags, in order and apart; linear."""
    return [match.span() for match in _MARKUP.finditer(text)]


def in_address(text: str, start: int, end: int) -> bool:
    """Tell whether a span is part of a web or mail address, a path, or the times of a subtitle."""
    before, after = text[max(0, start - _FAR) : start], text[end : end + _FAR]
    if _TIMES in before.rpartition("\n")[2] or _TIMES in after.partition("\n")[0]:
        return True
    word = text[start:end]
    if before and not before[-1].isspace():
        word = before.split()[-1] + word
    if after and not after[0].isspace():
        word += after.split(None, 1)[0]
    return _ADDRESS.search(word) is not None
