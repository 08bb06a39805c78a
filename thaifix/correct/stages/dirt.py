"""Dirt: specks, borders and smudges of a bad scan that an engine read as signs and letters.

No reading explains them, so they are judged by where they stand: at a line's edge, beyond a wide
gap, among others of their kind. Numbers, codes, labels, bullets and the signs of tables are none:
what a reader would miss stays. Begin with `tokens`, then `may_be_dirt`; what `features` says of a
token is weighed by the bundle (`training.dirt`).
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Iterator, Sequence
from itertools import pairwise
from typing import NamedTuple

from thaifix.correct.decision import Decision
from thaifix.correct.options import Options
from thaifix.correct.revision import Findings
from thaifix.correct.stage import DocumentState, Stage
from thaifix.model.families import SCAN
from thaifix.text.edit import Edit
from thaifix.text.lazy import pattern
from thaifix.text.protect import KeepList, touches
from thaifix.text.script import CONSONANTS, DIGITS, LETTERS, MAIYAMOK, PAIYANNOI

REASON = "dirt"

_LONGEST = 6  # code points of a token; of 218 pages one in a hundred dirty ones has more
_MOST_CONSONANTS = 2  # in a token: three make a word that may be misread
_WIDE = 3  # blanks of a gap that parts columns or a margin from the text; by judgement
_MOST_REPEATS = 20  # equal tokens of a section that count; by judgement

_THAI = f"{LETTERS}{MAIYAMOK}{PAIYANNOI}"
_TOKEN = pattern(r"\S+")
_ONE_DIGIT = f"[0-9{DIGITS}]"
_NUMBER = pattern(f"[^{_THAI}A-Za-z]*{_ONE_DIGIT}[^{_THAI}A-Za-z]*")
_LABEL = pattern(f"[(\\[]?(?:[{CONSONANTS}]|{_ONE_DIGIT}+)[)\\].:]+")
_ABBREVIATION = pattern(f'["“(]?(?:[{CONSONANTS}]{{1,3}}\\.)+[,)”"]?')
_RUN = pattern(r"(.)\1+")
_MEANT = frozenset("-–—•●○■□◆▪◦·*+=/&%§©®°→←✓☐☑☒#>") | {MAIYAMOK, PAIYANNOI}
"""Signs that texts have between spaces: bullets, boxes, cells, signs of arithmetic. Scans invent
them as well, but nothing tells which is which."""

_PARTNERS = {
    '"': '"“”', "“": '"”', "”": '"“', "‘": "'’", "’": "'‘", "'": "'‘’",
    "(": ")", ")": "(", "[": "]", "]": "[", "{": "}", "}": "{",
}  # fmt: skip
_DOTS = frozenset(".,:;'`\"“”‘’")
_STROKES = frozenset("|_~^\\<>!")


class Token(NamedTuple):
    """A run of letters and signs between blanks, in its line.

    Attributes:
        start, end: Code points of the section, `end` exclusive.
        text: The run.
        before, after: Blanks to the token before and behind it; -1 at an end of the line.
    """

    start: int
    end: int
    text: str
    before: int
    after: int


def tokens(line: str, at: int = 0) -> list[Token]:
    """The tokens of a line.

    Args:
        line: Without its line end.
        at: Where it begins.
    """
    spans = [match.span() for match in _TOKEN.finditer(line)]
    gaps = [-1, *(begin - end for (_, end), (begin, _) in pairwise(spans)), -1]
    return [
        Token(at + start, at + end, line[start:end], before, after)
        for (start, end), (before, after) in zip(spans, pairwise(gaps), strict=False)
    ]


def may_be_dirt(i: int, line: Sequence[Token]) -> bool:
    """Whether a token is so short, and so much unlike anything that is meant, that it may go.

    Args:
        i: Its place in the line.
        line: The tokens of the line.
    """
    text = line[i].text
    if len(text) > _LONGEST or sum(map(CONSONANTS.count, text)) > _MOST_CONSONANTS:
        return False
    if any("A" <= letter <= "Z" or "a" <= letter <= "z" for letter in text):
        return False
    if any(form.fullmatch(text) for form in (_NUMBER, _LABEL, _ABBREVIATION, _RUN)):
        return False
    if text in _MEANT or "%" in text:
        return False
    if _is_sign(text):
        return not _has_a_place(i, line)
    thai = "".join(letter for letter in text if letter in _THAI)
    if len(thai) < len(text) and any(letter.isdigit() for letter in text):
        return True
    return not any(letter in CONSONANTS for letter in thai) and _is_apart(line[i])


def _is_sign(text: str) -> bool:
    return not any(letter in _THAI or letter.isdigit() for letter in text)


def _is_apart(token: Token) -> bool:
    """Whether a wide gap parts a token from all else in its line, of which there is something."""
    gaps = [gap for gap in (token.before, token.after) if gap >= 0]
    return bool(gaps) and min(gaps) >= _WIDE


def _has_a_place(i: int, line: Sequence[Token]) -> bool:
    """Whether a sign stands as people write it: between words, with a partner, among its like."""
    token = line[i]
    others = "".join(other.text for other in line if other is not token)
    partners = _PARTNERS.get(token.text, "")
    near = token.after if token.before < 0 else token.before
    if near < _WIDE and (partners or len(token.text) > 1):
        return True  # a smiley, the bracket of another line
    if any(sign in others for sign in partners):
        return True
    if 0 <= token.before < _WIDE and line[i - 1].text == token.text:
        return True
    if 0 <= token.after < _WIDE and line[i + 1].text == token.text:
        return True
    between = 0 < i < len(line) - 1
    return between and (token.text == ":" or max(token.before, token.after) < _WIDE)


FEATURES = (
    "one", "length", "signs", "letters", "first", "last", "alone", "gap_before", "gap_after",
    "first_signs", "last_signs", "edge_letters", "dirt_before", "dirt_after", "dirt_around",
    "dots", "strokes", "repeats", "density", "share",
)  # fmt: skip
"""Names of the features, in the order of `features`."""


def features(
    i: int, line: Sequence[Token], dirty: Sequence[bool], repeats: int, density: float
) -> list[float]:
    """What the decision knows of a token, in the order of `FEATURES`.

    Args:
        i: Its place in the line.
        line: The tokens of the line.
        dirty: Which of them may be dirt.
        repeats: How often the token stands in the section.
        density: Tokens of the section that may be dirt, per 1,000 code points.
    """
    token = line[i]
    signs = _is_sign(token.text)
    letters = all(letter in _THAI for letter in token.text)
    first, last = i == 0, i + 1 == len(line)
    before, after = not first and dirty[i - 1], not last and dirty[i + 1]
    return [
        1.0,
        len(token.text) / 3,
        signs,
        letters,
        first,
        last,
        first and last,
        token.before >= _WIDE,
        token.after >= _WIDE,
        first and signs,
        last and signs,
        (first or last) and letters,
        before,
        after,
        before and after,
        set(token.text) <= _DOTS,
        not _STROKES.isdisjoint(token.text),
        math.log(min(repeats, _MOST_REPEATS)),
        math.log(density),
        sum(dirty) / len(line),
    ]


def suspects(text: str) -> Iterator[tuple[Token, list[float]]]:
    """Yield the tokens of a section that may be dirt, in order, with their features. O(n)."""
    lines = []
    at = 0
    for line in text.split("\n"):
        found = tokens(line, at)
        lines.append((found, [may_be_dirt(i, found) for i in range(len(found))]))
        at += len(line) + 1
    number = sum(sum(dirty) for _, dirty in lines)
    if not number:
        return
    repeats = Counter(token.text for found, _ in lines for token in found)
    density = 1000 * number / len(text)
    for found, dirty in lines:
        for i, token in enumerate(found):
            if dirty[i]:
                yield token, features(i, found, dirty, repeats[token.text], density)


class Dirt(Stage):
    """What deletes dirt. Safe to share between documents and threads."""

    guesses = True

    def __init__(self, decision: Decision, options: Options, many: float) -> None:
        """Take what decides.

        Args:
            decision: For suspects.
            options: The threshold is theirs.
            many: Evident errors per 1,000 code points from which a document is a bad scan.
        """
        self._decision = decision
        self._threshold = decision.threshold(options)
        self._many = many

    def find(self, text: str, keep: KeepList | None, document: DocumentState) -> Findings:
        """Find the dirt of a section, if its document is a bad scan. O(n)."""
        if document.noise.evident < self._many or document.families.family() != SCAN:
            return Findings()
        protected = document.protected(text, keep)
        dirty = [
            (token, confidence)
            for token, known in suspects(text)
            if (confidence := self._decision.confidence(known)) >= self._threshold
            and not touches(protected, token.start, token.end)
        ]
        return Findings([_deleting(run, text) for run in _runs(dirty)])


_Run = list[tuple[Token, float]]


def _runs(dirty: _Run) -> Iterator[_Run]:
    """Yield tokens with nothing between them together."""
    run: _Run = []
    for item in dirty:
        if run and (run[-1][0].after < 0 or run[-1][0].end + run[-1][0].after < item[0].start):
            yield run
            run = []
        run.append(item)
    if run:
        yield run


def _deleting(run: _Run, text: str) -> Edit:
    """The edit that deletes tokens, with the blanks behind them, or at the end of their line with
    those before: what stays keeps the gap on one side.
    """
    first, last = run[0][0], run[-1][0]
    start, end = first.start, last.end + max(last.after, 0)
    if last.after < 0:
        start -= max(first.before, 0)
    confidence = round(min(confidence for _, confidence in run), 4)
    return Edit(start, end, "", 0.0, confidence, REASON, None, text[start:end])
