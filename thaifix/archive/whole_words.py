"""Changes as a reader looks for them: not the letters that differ, but the words they stand in."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from thaifix.model.words import Words
from thaifix.stream.log import Logged
from thaifix.text.edit import Edit
from thaifix.text.script import starts_cluster

_REACH = 48
"""Code points to each side of an edit, in its line, that are cut into words: longer than nearly all
words, so that the ends of the stretch, where a word may be cut in two, lie far from the edit."""


@dataclass(frozen=True, slots=True)
class ChangedWords:
    """Words that edits made of others.

    Attributes:
        observed: What stood there.
        replacement: What stands there now.
        line: Number of the line of the first edit, from 1.
        start, end: The span of `replacement` in the corrected text, in code points.
        edits: What changed them, in order; at least one.
    """

    observed: str
    replacement: str
    line: int
    start: int
    end: int
    edits: tuple[Edit, ...]

    @property
    def confidence(self) -> float:
        """That of the least certain edit."""
        return min(edit.confidence for edit in self.edits)

    @property
    def reason(self) -> str:
        """The reason of the edits; several are joined with `+`."""
        return "+".join(dict.fromkeys(edit.reason for edit in self.edits))


def changed_words(
    logged: Sequence[tuple[Logged, Edit]], text: str | None, words: Words
) -> Iterator[ChangedWords]:
    """Yield what the edits of a file changed, in whole words; edits of one word together.

    Args:
        logged: The edits of the file, each with its line of the log, in order.
        text: The corrected text; None if it cannot be had: then the letters alone are shown.
        words: What cuts texts into words.
    Time: O(edits).
    """
    if text is None or not all(_stands(line, edit, text) for line, edit in logged):
        for line, edit in logged:
            end = line.output + len(edit.replacement)
            yield ChangedWords(
                line.observed, edit.replacement, line.line, line.output, end, (edit,)
            )
        return
    group: list[tuple[Logged, Edit]] = []
    start = end = 0
    for line, edit in logged:
        first, last = _words_around(text, line.output, line.output + len(edit.replacement), words)
        if group and first >= end and line.output >= end:
            yield _changed(group, text, start, end)
            group = []
        start, end = (min(start, first), max(end, last)) if group else (first, last)
        group.append((line, edit))
    if group:
        yield _changed(group, text, start, end)


def _stands(line: Logged, edit: Edit, text: str) -> bool:
    return text.startswith(edit.replacement, line.output)


def _words_around(text: str, start: int, end: int, words: Words) -> tuple[int, int]:
    """The span of the words that a span lies in; where nothing stands, of the word beside it."""
    lo = max(text.rfind("\n", 0, start) + 1, start - _REACH)
    while lo < start and not starts_cluster(text, lo):
        lo += 1
    hi = text.find("\n", end, end + _REACH)
    hi = min(len(text), end + _REACH) if hi < 0 else hi
    first, last = start, end
    empty = start == end
    for word in words.cut(text[lo:hi]):
        if word.kind == "sign":
            continue
        begins, ends = lo + word.start, lo + word.end
        if (begins < end and ends > start) or (empty and ends == start == first):
            first, last = min(first, begins), max(last, ends)
    return first, last


def _changed(group: Sequence[tuple[Logged, Edit]], text: str, start: int, end: int) -> ChangedWords:
    observed: list[str] = []
    at = start
    for line, edit in group:
        observed += text[at : line.output], line.observed
        at = line.output + len(edit.replacement)
    return ChangedWords(
        "".join(observed) + text[at:end],
        text[start:end],
        group[0][0].line,
        start,
        end,
        tuple(edit for _, edit in group),
    )
