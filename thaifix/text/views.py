"""Views: what of a text counts when texts are compared.

One and the same Thai word can be stored in several ways. In the default view these are equal, so
that only misreadings count as errors; the strict view also shows how a text is stored. A view takes
any text, and never fails.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Mapping
from types import MappingProxyType

from thaifix.text.edit import apply
from thaifix.text.normalize import Rule, order_marks, put_tone_before_am
from thaifix.text.script import LETTERS, NIKHAHIT, SARA_AA, SARA_AM, TONE_MARKS, ZERO_WIDTH

_SPACES = re.compile(" +")
_OTHER = re.compile(f"[^{LETTERS}]+")
_NIKHAHIT_AA = re.compile(f"{NIKHAHIT}([{TONE_MARKS}]?){SARA_AA}")
_ZERO_WIDTH = dict.fromkeys(map(ord, ZERO_WIDTH))
_REORDERING: tuple[Rule, ...] = (put_tone_before_am, order_marks)


def default(text: str) -> str:
    """The default view: what looks the same becomes the same.

    - Characters without width are dropped, and the text is brought to Unicode's form NFC.
    - Nikhahit and sara aa become sara am; a tone mark between or behind them comes before it.
    - The marks on a consonant are put in order.
    - Lines lose white space at both ends, and empty lines are dropped. White space within a line,
      however much, becomes one space.

    A doubled mark, or any other letter too many, stays. The view of a view is the view itself.
    Time: linear.
    """
    text = unicodedata.normalize("NFC", text.translate(_ZERO_WIDTH))
    text = _NIKHAHIT_AA.sub(rf"\1{SARA_AM}", text)
    for rule in _REORDERING:
        edits = tuple(e for e in rule(text) if sorted(e.observed) == sorted(e.replacement))
        text = apply(text, edits)
    text = unicodedata.normalize("NFC", text)  # which has an order of its own for phinthu
    lines = (" ".join(line.split()) for line in text.split("\n"))
    return "\n".join(filter(None, lines))


def strict(text: str) -> str:
    """The strict view: CR LF becomes LF, and the text is brought to NFC; all else counts."""
    return unicodedata.normalize("NFC", text.replace("\r\n", "\n"))


def letters(text: str) -> str:
    """The view of letters and marks: of the default view, what Thai words are spelled with.

    These are U+0E01 to U+0E4E without paiyannoi, the baht sign and maiyamok (`script.LETTERS`).
    Digits, spaces, line ends, punctuation and other scripts are dropped.
    """
    return _OTHER.sub("", default(text))


def collapsed(text: str) -> str:
    """The view between both: white space counts little, but how letters are stored counts.

    The text is brought to NFC. Lines lose white space at both ends, empty lines are dropped, and
    several spaces in a row become one. Nikhahit and sara aa stay two letters, marks stay in the
    order in which they are stored, and characters without width stay.
    """
    lines = (line.strip() for line in unicodedata.normalize("NFC", text).split("\n"))
    return "\n".join(_SPACES.sub(" ", line) for line in lines if line)


VIEWS: Mapping[str, Callable[[str], str]] = MappingProxyType(
    {"default": default, "strict": strict, "letters": letters, "collapsed": collapsed}
)
"""The views by their names."""
