"""Where text is markup: code, formulas, tags, addresses. What looks odd there was written so."""

from __future__ import annotations

import re

_FAR = 2000  # code points to each side of a place that are looked at, in its paragraph
_MARKUP = re.compile(
    r"""
      `[^`\n]+`                                                  # code
    | <[!/?A-Za-z][^<>]{0,1000}>                                 # a tag
    | \$\$[^$]{1,1000}\$\$                                       # formulas
    | \$(?=[^$\n]{0,200}[\\^_={}])[^$\n]{1,200}\$
    | \\\( .{1,400}? \\\) | \\\[ .{1,400}? \\\]
    | \\begin\{(?P<name>[A-Za-z]{1,20}\*?)\} (?:.{0,1500}? \\end\{(?P=name)\})?
    | \\[A-Za-z]+\*? (?: \[[^\[\]\n]{0,100}\]
                       | \{ (?: [^{}\n] | \{[^{}\n]{0,100}\} ){0,200} \} )*
    | \{\\[^{}\n]{1,200}\}                                       # of subtitles in ASS
    | (?<!\S)\S{0,200}?(?://|www\.|\w@\w)\S*                     # an address
    | (?:[A-Za-z]:|\\)\\\S+                                      # a path
    | ^[^\n]{0,200}?-->[^\n]*                                    # the times of a subtitle
    """,
    re.VERBOSE | re.DOTALL | re.MULTILINE,
)


def in_markup(text: str, start: int, end: int) -> bool:
    """Tell whether a span is markup or a part of it.

    Time: that of a search in `_FAR` code points to each side, whatever the text.
    """
    low, high = max(0, start - _FAR), min(len(text), end + _FAR)
    first = text.rfind("\n\n", low, start)
    last = text.find("\n\n", end, high)
    low = low if first < 0 else first + 2
    high = high if last < 0 else last
    return any(
        match.start() <= start and end <= match.end() for match in _MARKUP.finditer(text, low, high)
    )
