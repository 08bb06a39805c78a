"""Cut words: words with a stray space in them, as text layers of PDF files often have.

Only spaces beside unknown words are looked at: both halves of a cut word are seldom words. The
space goes if that makes one known word of both, and leaves no unknown one beside it.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import suppress

from thaifix.correct.likeliest import AROUND, likeliest
from thaifix.kernel.decoder import Decoder
from thaifix.kernel.symbols import FIRST_WORD, SPACE, UNKNOWN
from thaifix.model.decoder import Scan, scan
from thaifix.text.edit import Edit
from thaifix.text.lazy import pattern
from thaifix.text.protect import touches
from thaifix.text.script import CONSONANTS, LETTERS

REASON = "join"

RARE = 5.0
"""What a stray space costs more than one that was meant, in nats. By judgement."""

_SHORT = 3
"""Code points of the shorter half of a cut word, at most: two longer ones are two names more often.
By judgement, on the changes in 5 million characters of news, acts and messages."""

RAREST = 18.0
"""Cost in nats of the rarest word that may be made: `เพนิซิลลิน จี` is two words as well as one.
As in `unfamiliar`."""

_NEAR = 4  # code points to each side in which no unknown word may be left; by judgement

# Letters that stand alone are names of things: `นาย ก`, `มก`.
_CODE_BEFORE = pattern(f"(?:^|[^{LETTERS}])[{CONSONANTS}]{{1,2}}$")
_CODE_BEHIND = pattern(f"[{CONSONANTS}]{{1,2}}(?![{LETTERS}])")


def cut_words(
    text: str,
    scanned: Scan,
    decoder: Decoder,
    protected: Sequence[tuple[int, int]],
    *,
    least: float,
) -> Iterator[Edit]:
    """Find the spaces of a block that cut a word in two.

    Args:
        text: The block.
        scanned: Its scan.
        decoder: Of the model.
        protected: Spans that must not change.
        least: Least confidence of an edit.
    Yields:
        Sorted edits, each of one space.
    Time: O(n), some scans of a line's part for each space beside an unknown word.
    """
    starts = scanned.starts
    for i in _spaces(scanned):
        start, end = starts[i], starts[i + 1]
        if end - start != 1 or text[start] != " ":
            continue
        if text[start - 1] not in LETTERS or text[end] not in LETTERS:
            continue
        if _CODE_BEFORE.search(text[max(0, start - 3) : start]) or _CODE_BEHIND.match(text, end):
            continue
        if touches(protected, start, end) or text.count(text[start - _SHORT : end + _SHORT]) > 1:
            continue  # what stands there twice is meant
        before, after = text[max(0, start - AROUND) : start], text[end : end + AROUND]
        best, margin, confidence = likeliest(decoder, before, " ", {"": RARE}, after)
        if best == "" and confidence >= least and _makes_a_word(decoder, before, after):
            yield Edit(start, end, "", round(margin, 2), round(confidence, 4), REASON, None, " ")


def _spaces(scanned: Scan) -> Iterator[int]:
    """Yield the spaces beside unknown words, as indices of the scan, in order."""
    words = scanned.words
    i, last = 0, 0
    with suppress(ValueError):  # there is no further unknown word
        while True:
            i = words.index(UNKNOWN, i)
            for beside in (i - 1, i + 1):
                if last < beside < len(words) - 1 and words[beside] == SPACE:
                    last = beside
                    yield beside
            i += 1


def _makes_a_word(decoder: Decoder, before: str, after: str) -> bool:
    """Whether two texts have a known word together that the model has met more than once or twice,
    and known ones or none beside it.
    """
    left, right = before.rpartition("\n")[2], after.partition("\n")[0]
    found = scan(decoder, left + right)
    place = len(left)
    ends = found.ends(len(left) + len(right))
    made = False
    words = zip(found.starts, ends, found.words, found.costs, strict=True)
    for start, end, word, cost in words:
        if start <= place + _NEAR and end >= place - _NEAR:
            if word == UNKNOWN:
                return False
            if start < place < end and word >= FIRST_WORD:
                made = min(place - start, end - place) <= _SHORT and cost <= RAREST
    return made
