"""Document memory: what one place of a document teaches about its other places.

What a well anchored place has shown to be a misreading is one wherever it stands beside the same
letters, in the rest of the document, too.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from math import prod
from typing import NamedTuple

from thaifix.correct.evidence import context_of
from thaifix.correct.stages.term_features import Candidate
from thaifix.text.edit import Edit, trim
from thaifix.text.script import starts_cluster
from thaifix.text.spans import TakenSpans

SURE = 0.9
"""Confidence from which one place alone teaches; by judgement."""

TEACHING_ANCHORS = 24
"""Letters of a term around a misreading that make a less sure place teach, too; by judgement."""

LEAST_DIFFERENCE = 3
"""Letters in which a misreading that is remembered differs, at least: what differs less may be
right elsewhere. By judgement."""

BESIDE = 4
"""Letters beside a misreading that must be the same in its other places; by judgement."""

DOUBTFUL = 0.1
"""Confidence from which a place bears out the other places of its series; by judgement."""

SHARE = 0.75
"""Weight of each place of a series, as a power of its doubt; 1 would say that the places err
independently of each other. By judgement."""

LEAST_GAIN = 3.0
"""Nats that the language model must save at another place; by judgement."""

MOST_REMEMBERED = 1000
"""Misreadings that a document remembers, the newest: a bound of memory; by judgement."""


class _Lesson(NamedTuple):
    """A misreading that a place has shown."""

    observed: str
    intended: str
    before: str  # what stands before it, or ...
    after: str  # ... after it, "" if that is no part of the term
    confidence: float
    entry: str  # id of the term


class Memory:
    """What a document has taught so far."""

    def __init__(self) -> None:
        """Begin with nothing."""
        self._lessons: dict[tuple[str, str, str], _Lesson] = {}

    def learn(self, c: Candidate, text: str, confidence: float) -> None:
        """Remember a candidate that became an edit, if it teaches.

        Args:
            c: The candidate.
            text: What it was found in.
            confidence: How sure it is.
        """
        from rapidfuzz.distance import Levenshtein  # slow to load, and seldom needed

        weak = confidence < SURE and c.left + c.right < TEACHING_ANCHORS
        if (
            weak or not c.observed or "\n" in c.observed
        ):  # elsewhere the line may end in another place
            return
        if Levenshtein.distance(c.observed, c.intended) < LEAST_DIFFERENCE:
            return
        before = text[c.start - min(c.left, BESIDE) : c.start]
        after = text[c.end : c.end + min(c.right, BESIDE)]
        self._lessons.pop((c.observed, before, after), None)
        self._lessons[c.observed, before, after] = _Lesson(
            c.observed, c.intended, before, after, confidence, c.entry
        )
        if len(self._lessons) > MOST_REMEMBERED:
            del self._lessons[next(iter(self._lessons))]

    def recall(
        self,
        found: Sequence[Edit],
        text: str,
        protected: Iterable[tuple[int, int]],
        begins: Sequence[int],
        gain: Callable[[str, int, int, str], float],
    ) -> list[Edit]:
        """Add what is remembered to what was found, where it stands beside the same letters.

        Args:
            found: Edits of the text.
            text: A section.
            protected: Spans of it that must not change.
            begins: Where its blocks begin; an edit lies within one block.
            gain: Nats that the language model saves if a string stands at a span of a text.
        Returns:
            Sorted edits; those that are added have the reason `memory`.
        """
        edits = list(found)
        if not self._lessons:
            return edits
        taken = TakenSpans([*((e.start, e.end) for e in found), *protected])
        for lesson in self._lessons.values():
            for match in re.finditer(re.escape(lesson.observed), text):
                start, end = match.span()
                if not _holds(lesson, text, start, end):
                    continue
                if taken.touches(start, end):
                    continue
                if any(start < begin < end for begin in begins):
                    continue
                saved = gain(text, start, end, lesson.intended)
                if saved < LEAST_GAIN:
                    continue
                taken.take(start, end)
                edit = Edit(
                    start, end, lesson.intended, round(saved, 2), round(lesson.confidence, 4),
                    "memory", lesson.entry, lesson.observed,
                )  # fmt: skip
                edits.append(trim(edit))
        return sorted(edits)


def _holds(lesson: _Lesson, text: str, start: int, end: int) -> bool:
    """Whether the same letters stand beside a misreading as where it was learned."""
    before = lesson.before and text.endswith(lesson.before, 0, start)
    after = lesson.after and text.startswith(lesson.after, end)
    beside = before or after if lesson.intended else before and after
    return bool(beside) and starts_cluster(text, end)


def pooled(judged: Sequence[tuple[float, Candidate]], text: str) -> list[tuple[float, Candidate]]:
    """Let the places where one reading may be a misreading of another bear each other out.

    They must stand beside the same letters, and the text must hold the other reading there, too:
    else the reading may be another name. A place counts less than an independent one; see `SHARE`.
    Places in equal lines are one, be it a page's header or an engine that ran in a circle.
    """
    series: defaultdict[tuple[str, str, str, str], dict[str, float]] = defaultdict(dict)
    for confidence, c in judged:
        if confidence >= DOUBTFUL:
            places = series[_series(c, text)]
            context = context_of(text, c.start, c.end)
            places[context] = max(confidence, places.get(context, 0.0))
    contexts: dict[str, int] = {}
    out = []
    for confidence, c in judged:
        places = series.get(_series(c, text), {})
        if confidence >= DOUBTFUL and len(places) > 1:
            before, _, intended, after = _series(c, text)
            right = before + intended + after
            if right not in contexts:
                contexts[right] = _contexts(text, right)
            if contexts[right] > 1:
                doubt = prod((1 - p) ** SHARE for p in places.values())
                confidence = max(confidence, 1 - doubt)
        out.append((confidence, c))
    return out


def _contexts(text: str, string: str) -> int:
    """In how many different contexts a string stands in a text."""
    found = re.finditer(re.escape(string), text)
    return len({context_of(text, *match.span()) for match in found})


def _series(c: Candidate, text: str) -> tuple[str, str, str, str]:
    """What stands before a gap, in it, what should, and what stands after it."""
    before = text[c.start - min(c.left, BESIDE) : c.start]
    after = "" if before else text[c.end : c.end + min(c.right, BESIDE)]
    return before, c.observed, c.intended, after
