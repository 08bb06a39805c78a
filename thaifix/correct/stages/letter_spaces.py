"""Letter spaces: the spaces that an engine prints between the letters of a line.

Tesseract's models for Thai script do so unless told otherwise, and put nothing more between words.
"""

from __future__ import annotations

from collections.abc import Iterator

from thaifix.correct.revision import Findings
from thaifix.correct.stage import DocumentState, Stage
from thaifix.kernel.decoder import Decoder
from thaifix.kernel.symbols import UNKNOWN
from thaifix.model.decoder import scan
from thaifix.model.families import LETTER_SPACED
from thaifix.text.edit import Edit, apply, shift
from thaifix.text.lazy import pattern
from thaifix.text.protect import KeepList, touches
from thaifix.text.script import CONSONANTS, FOLLOWING_VOWELS, LEADING_VOWELS, LETTERS, MARKS

REASON = "letter_space"

LEAST_SPACED = 0.6
"""Share of the gaps between letters of a text that have a space, from which the text is
letter-spaced. Tesseract's output has 0.86; ordinary text 0.05, text with a space between any two
words 0.35. By judgement."""

_LEAST_OF_LINE = 0.4  # the same of a line of such a text; by judgement
_FEWEST_GAPS = 12  # of a text, and ...
_FEWEST_OF_LINE = 2  # ... of a line; by judgement
_MOST_UNKNOWN = 0.5  # share of unknown letters without the spaces: a list of letters has more
_CLUSTER = f"[{CONSONANTS}{LEADING_VOWELS}{FOLLOWING_VOWELS}]"
_APART = pattern(f"(?<=[{LETTERS}]) (?={_CLUSTER})")
_TOGETHER = pattern(f"(?<=[{LETTERS}])(?={_CLUSTER})")
_SPACES = pattern(f"(?<=[{LETTERS}]) {{1,2}}(?=[{LETTERS}])")
# A text without it is not letter-spaced: letters apart, each with its marks or without.
_APART_IN_A_ROW = pattern(f" [{LETTERS}][{MARKS}]{{0,2}}(?: [{LETTERS}][{MARKS}]{{0,2}}){{3}} ")


class LetterSpaces(Stage):
    """What takes letter spaces out. Safe to share between documents and threads."""

    def __init__(self, decoder: Decoder, engine: str = "auto") -> None:
        """Take what tells.

        Args:
            decoder: Of the model: it tells words from lists of letters.
            engine: The user's option. Of `LETTER_SPACED` each line that has the spaces is taken, of
                any other family none.
        """
        self._decoder = decoder
        self._engine = engine

    def find(self, text: str, keep: KeepList | None, document: DocumentState) -> Findings:
        """Find the letter spaces of a block. O(n)."""
        if not self._is_looked_at(text):
            return Findings()
        protected = document.protected(text, keep)
        found = self._edits(text)
        return Findings([edit for edit in found if not touches(protected, edit.start, edit.end)])

    def _is_looked_at(self, text: str) -> bool:
        if self._engine != "auto":
            return self._engine == LETTER_SPACED
        return bool(_APART_IN_A_ROW.search(text)) and _is_spaced(text, LEAST_SPACED, _FEWEST_GAPS)

    def _edits(self, text: str) -> Iterator[Edit]:
        at = 0
        for line in text.split("\n"):
            if _is_spaced(line, _LEAST_OF_LINE, _FEWEST_OF_LINE):
                edits = [
                    Edit(*match.span(), match[0][1:], reason=REASON, observed=match[0])
                    for match in _SPACES.finditer(line)
                ]
                if self._has_words(apply(line, edits)):
                    yield from shift(edits, at)
            at += len(line) + 1

    def _has_words(self, line: str) -> bool:
        """Whether the language model knows the words of a line."""
        found = scan(self._decoder, line)
        ends = found.ends(len(line))
        unknown = sum(
            end - start
            for start, end, word in zip(found.starts, ends, found.words, strict=True)
            if word == UNKNOWN
        )
        return unknown <= _MOST_UNKNOWN * len(line)


def _is_spaced(text: str, least: float, fewest: int) -> bool:
    """Whether so large a share of a text's gaps, and so many of them, have a space."""
    apart, together = len(_APART.findall(text)), len(_TOGETHER.findall(text))
    return apart >= fewest and apart >= least * (apart + together)
