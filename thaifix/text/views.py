"""Views: what of a text is compared.

Thai can be stored in several ways that look the same. The default view takes them for one, and so
counts misreadings and nothing else; the strict view shows what that hides.
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
    """The default view: variants that look the same are one, and so is white space.

    Characters without width are dropped; NFC; nikhahit and sara aa, with a tone mark between or
    behind them or without, are sara am with the tone mark before it; the marks on a consonant
    stand in their order. Lines are stripped, empty ones dropped, runs of white space within a line
    are one space. Looking twice changes nothing. A doubled mark, or any other letter too many,
    stays an error.
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
    """The strict view: NFC, and CR LF is LF; everything else counts."""
    return unicodedata.normalize("NFC", text.replace("\r\n", "\n"))


def letters(text: str) -> str:
    """The letters-and-marks view: of the default view only what Thai words are spelled with.

    That is U+0E01 to U+0E4E without paiyannoi, baht sign and maiyamok (`script.LETTERS`). Digits,
    spaces, line ends, punctuation and other scripts are dropped.
    """
    return _OTHER.sub("", default(text))


def collapsed(text: str) -> str:
    """The default view without folding: NFC, lines stripped, no blank lines, single spaces.

    Nikhahit and sara aa stay apart from sara am, and marks in the order in which they are stored.
    """
    lines = (line.strip() for line in unicodedata.normalize("NFC", text).split("\n"))
    return "\n".join(_SPACES.sub(" ", line) for line in lines if line)


VIEWS: Mapping[str, Callable[[str], str]] = MappingProxyType(
    {"default": default, "strict": strict, "letters": letters, "collapsed": collapsed}
)
"""What is compared, by name."""
