"""Broken clusters: sequences of code points that no Thai text has, and what may be meant by them.

A mark behind a space, half a sara am, a tone mark on a following vowel: such a place is damaged for
certain, whatever stands around it. `_KINDS` says of each kind how it comes about. Which reading is
meant, only its context tells (`correct.stages.broken_clusters`); where there is but one, a rule of
`text.normalize` may do.

Text layers of PDF files part and move marks, since their fonts draw them as glyphs of their own;
vision-language engines double them; engines that look at pages lose letters under them.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from functools import cache, lru_cache
from typing import NamedTuple

from thaifix.kernel.pairs import find_pairs
from thaifix.kernel.symbols import encode
from thaifix.text.lazy import pattern
from thaifix.text.script import (
    ABOVE_BELOW_VOWELS,
    CONSONANTS,
    LEADING_VOWELS,
    LETTERS,
    MAI_EK,
    MAI_HAN_AKAT,
    MAI_THO,
    MAITAIKHU,
    MARKS,
    NIKHAHIT,
    PHINTHU,
    SARA_A,
    SARA_AA,
    SARA_AM,
    THANTHAKHAT,
    TONE_MARKS,
    YAMAKKAN,
)

_LIKELY = 2.0  # nats: what the less usual of two usual readings costs more; by judgement
_RARELY = 3.0  # nats: what a rarer reading of a kind costs more; by judgement
_SELDOM = 6.0  # nats: ... and one that hardly ever is meant

_VOWELS = ABOVE_BELOW_VOWELS + MAITAIKHU
_LIKE_TONES = MAI_HAN_AKAT + MAITAIKHU
"""Marks that engines take tone marks for, before all mai tho: `ขึัน` is `ขึ้น`."""

FINALS = "กงดนบมยว"
"""Letters that end most Thai syllables, one a sound."""

_NO_FINALS = SARA_A + SARA_AA + SARA_AM + "อ"
_ON = f"[{MARKS}]"
_TONE = f"[{TONE_MARKS}{THANTHAKHAT}]"
_SPACES = "[ \u00a0]{1,2}"

RESTORE_LETTER = "restore_letter"
"""The reason of a letter put under a mark that has none."""

Reading = tuple[str, float]
"""What may be meant in place of a match, and what it costs more than the likeliest, in nats."""


class Place(NamedTuple):
    """A broken cluster.

    Attributes:
        start: Where it begins, in code points of the text.
        end: Where it ends.
        reason: Name of the kind, for edits.
        readings: What may be meant.
    """

    start: int
    end: int
    reason: str
    readings: tuple[Reading, ...]


class _Kind(NamedTuple):
    """One way in which clusters break."""

    reason: str
    pattern: re.Pattern[str]
    readings: Callable[[re.Match[str]], Iterator[Reading]]


def _split_am(match: re.Match[str]) -> Iterator[Reading]:
    """Half a sara am behind a space: the ring was lost, stands before it or apart.

    With a tone mark behind the space, aa is as likely.
    """
    late = match["late"].replace(NIKHAHIT, "")
    tone = match["tone"] or late
    yield tone + SARA_AM, 0.0
    if not match["ring"] and match["late"] != NIKHAHIT:
        yield tone + SARA_AA, 0.0 if late else _RARELY


def _am_apart(match: re.Match[str]) -> Iterator[Reading]:
    """Sara am behind a space."""
    yield match["tone"] + SARA_AM, 0.0


@lru_cache(maxsize=1)
def _brings_spaces(text: str) -> bool:
    """Whether the glyph of a turned sara am brings a space along: all of a text do, or none. The
    answer for a text is remembered, as it is asked at each of them.
    """
    return not _TURNED_INSIDE.search(text)


def _am_turned(match: re.Match[str]) -> Iterator[Reading]:
    """Aa before its ring; a space behind them may have come with it."""
    am = (match["tone"] or match["late"]) + SARA_AM
    spaces = match["after"]
    if len(spaces) > 1:
        yield am + " ", 0.0
    elif spaces:
        brings = _brings_spaces(match.string)
        yield am + spaces, _LIKELY if brings else 0.0
        yield am, 0.0 if brings else _LIKELY
    else:
        yield am, 0.0


def _doubled_tone(match: re.Match[str]) -> Iterator[Reading]:
    """A doubled tone mark before aa: one too many, or the ring of sara am."""
    yield match["tone"] + SARA_AA, 0.0
    yield match["tone"] + SARA_AM, 0.0


def _parted_mark(match: re.Match[str]) -> Iterator[Reading]:
    """A mark behind a space, and perhaps before one."""
    yield match["marks"] + match["after"], 0.0
    if match["after"]:
        yield match["marks"], _LIKELY


def _tone_on_vowel(match: re.Match[str]) -> Iterator[Reading]:
    """A tone mark on a following vowel: it belongs before it, or nowhere."""
    tone = match["tone"][0]
    if not match["before"]:
        yield tone + match["vowel"], 0.0
    yield match["before"] + match["vowel"], 0.0 if match["before"] else _SELDOM


def _mark_on_leading(match: re.Match[str]) -> Iterator[Reading]:
    """A mark on a leading vowel: it belongs on the consonant behind it, or nowhere."""
    yield match["vowel"] + match["letter"] + match["marks"], 0.0
    yield match["vowel"] + match["letter"], _SELDOM


def _two_marks(match: re.Match[str]) -> Iterator[Reading]:
    """Two marks in one place."""
    yield match["one"], 0.0
    yield match["other"], 0.0


def _two_vowels(match: re.Match[str]) -> Iterator[Reading]:
    """Two vowels in one place, of which one may be a tone mark that was misread."""
    yield from _two_marks(match)
    if match.string.startswith(tuple(MARKS), match.end()):
        return
    one, other = match["one"], match["other"]
    for vowel, mark in ((one, other), (other, one)):
        if mark in _LIKE_TONES and vowel not in _LIKE_TONES:
            yield vowel + MAI_THO, _LIKELY
            yield vowel + MAI_EK, _RARELY


def _no_final(match: re.Match[str]) -> Iterator[Reading]:
    """Mai han-akat without the consonant that must end its syllable: a tone mark was misread, or
    that consonant is lost.
    """
    behind = match["next"] or match["leading"]
    yield MAI_THO + behind, 0.0
    yield MAI_EK + behind, _LIKELY
    if match["leading"]:
        for letter in FINALS:
            yield MAI_HAN_AKAT + letter + behind, _SELDOM


def _lost_letter(match: re.Match[str]) -> Iterator[Reading]:
    """A mark on nothing: its letter is lost."""
    for letter in CONSONANTS:
        yield letter + match["marks"], 0.0


_TURNED_INSIDE = pattern(f"{SARA_AA}{NIKHAHIT}(?=[{LETTERS}])")
_ALONE = f"(?!{_ON})"
_KINDS = (
    _Kind(
        "join_split_am",
        pattern(
            f"(?<=[{CONSONANTS}])(?P<tone>[{TONE_MARKS}]?)(?P<ring>{NIKHAHIT}?){_SPACES}"
            f"(?P<late>[{NIKHAHIT}{TONE_MARKS}]?){SARA_AA}{_ALONE}"
        ),
        _split_am,
    ),
    _Kind(
        "join_split_am",
        pattern(f"(?<=[{CONSONANTS}])(?P<tone>[{TONE_MARKS}]?){_SPACES}{SARA_AM}{_ALONE}"),
        _am_apart,
    ),
    _Kind(
        "turn_am",
        pattern(
            f"(?<=[{CONSONANTS}])(?P<tone>[{TONE_MARKS}]?){SARA_AA}(?P<late>[{TONE_MARKS}]?)"
            f" ?{NIKHAHIT}{_ALONE}(?P<after>(?:  | (?=[{LETTERS}]))?)"
        ),
        _am_turned,
    ),
    _Kind(
        "read_doubled_tone",
        pattern(f"(?<=[{LETTERS}])(?P<tone>[{TONE_MARKS}])(?P=tone){{1,3}}{SARA_AA}"),
        _doubled_tone,
    ),
    _Kind(
        "join_parted_mark",
        pattern(
            f"(?<=[{CONSONANTS}{_VOWELS}]){_SPACES}(?P<marks>{_ON}{{1,2}})"
            f"(?P<after>(?: (?=[{LETTERS}]))?)"
        ),
        _parted_mark,
    ),
    _Kind(
        "move_mark",
        pattern(
            f"(?P<before>{_TONE}?)(?P<vowel>[{SARA_A}{SARA_AA}])(?P<tone>{_TONE}{{1,2}}){_ALONE}"
        ),
        _tone_on_vowel,
    ),
    _Kind(
        "move_mark",
        pattern(
            f"(?P<vowel>[{LEADING_VOWELS}])(?P<marks>{_ON}{{1,2}})(?P<letter>[{CONSONANTS}]){_ALONE}"
        ),
        _mark_on_leading,
    ),
    _Kind(
        "choose_mark",
        pattern(f"(?<=[{CONSONANTS}])(?P<one>[{_VOWELS}])(?!(?P=one))(?P<other>[{_VOWELS}])"),
        _two_vowels,
    ),
    _Kind(
        "choose_mark",
        pattern(
            f"(?<=[{CONSONANTS}{_VOWELS}])(?P<one>{_TONE})(?!(?P=one))(?P<other>{_TONE}){_ALONE}"
        ),
        _two_marks,
    ),
    _Kind(
        "choose_mark",
        pattern(
            f"(?<=[{CONSONANTS}]){MAI_HAN_AKAT}"
            f"(?:(?P<next>[{_NO_FINALS}])|(?P<leading>[{LEADING_VOWELS}]))"
        ),
        _no_final,
    ),
    _Kind(
        RESTORE_LETTER,
        pattern(f"^(?P<marks>{_ON}{{1,2}})(?=[{LETTERS}\\s])", re.MULTILINE),
        _lost_letter,
    ),
)

# Each place of a kind has one of these pairs in it, or is a mark with which the text begins.
_CLASSES = {
    " ": " ", "\n": "\n", "l": LEADING_VOWELS, "a": SARA_A, "A": SARA_AA, "k": SARA_AM, "o": "อ",
    "v": _VOWELS.replace(MAI_HAN_AKAT, ""), "h": MAI_HAN_AKAT, "t": TONE_MARKS + THANTHAKHAT,
    "m": NIKHAHIT + PHINTHU + YAMAKKAN,
}  # fmt: skip
_PAIRS = (
    " m", " A", " k", "tt", *(f"h{b}" for b in "aAkol"), *(a + b for a in "vh" for b in "vh"),
    *(f" {b}" for b in "vht"), *(a + b for a in "\nlaA" for b in "vhtm"),
)  # fmt: skip
_MARKS = tuple(MARKS)
_REACH = 12  # code points: more than any place of a kind has, with what it looks at behind


def broken_clusters(text: str) -> list[Place]:
    """Find the broken clusters that have known readings.

    Args:
        text: Any text, best after `text.normalize`.
    Returns:
        Places, sorted, apart.
    Time: linear.
    """
    found = [
        Place(*match.span(), kind.reason, tuple(dict(kind.readings(match)).items()))
        for start, end in _stretches(text)
        for kind in _KINDS
        for match in kind.pattern.finditer(text, start, end + _REACH)
        if match.start() < end
    ]
    found.sort(key=lambda place: (place.start, -place.end))
    out: list[Place] = []
    for place in found:
        if not out or place.start >= out[-1].end:
            out.append(place)
    return out


def _stretches(text: str) -> Iterator[tuple[int, int]]:
    """Yield where broken clusters may begin, sorted, apart."""
    found = find_pairs(encode(text), *_tables())
    if text[:1] in _MARKS:
        found.insert(0, 0)
    start = end = -1
    for at in found:
        if at - _REACH > end:
            if end > 0:
                yield start, end
            start = max(0, at - _REACH)
        end = at + _REACH
    if end > 0:
        yield start, end


@cache
def _tables() -> tuple[bytes, bytes]:
    """The classes of symbols, and the pairs of classes that are looked for."""
    classes, wanted = bytearray(256), bytearray(256)
    numbers = {name: number for number, name in enumerate(_CLASSES, 1)}
    for name, letters in _CLASSES.items():
        for symbol in encode(letters):
            classes[symbol] = numbers[name]
    for pair in _PAIRS:
        wanted[16 * numbers[pair[0]] + numbers[pair[1]]] = 1
    return bytes(classes), bytes(wanted)
