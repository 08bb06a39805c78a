"""Many texts, corrected by several processes."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import Protocol

from thaifix.correct.document import require_text
from thaifix.stream.ahead import Found
from thaifix.stream.processes import in_order
from thaifix.text.edit import Correction, apply

_TASK = 10_000
"""Code points that are sent to a process at once, at least: by judgement, hundredths of a second of
work, beside which sending is nothing."""


class TextCorrector(Protocol):
    """What is needed of a `Corrector`; it must be fit to be pickled."""

    def correct(self, text: str, /) -> Correction:
        """Correct a text."""


def correct_many(corrector: TextCorrector, texts: Iterable[str], jobs: int) -> Iterator[Correction]:
    """Correct texts in processes, see `Corrector.correct_many`.

    Raises:
        ValueError: If there is to be no process.
    """
    if jobs < 1:
        raise ValueError(f"{jobs} processes; at least one is needed")
    return _corrected(corrector, texts, jobs)


def _corrected(corrector: TextCorrector, texts: Iterable[str], jobs: int) -> Iterator[Correction]:
    sent: list[Sequence[str]] = []

    def tasks() -> Iterator[Sequence[str]]:
        for task in _divided(texts):
            sent.append(task)
            yield task

    for found in in_order(corrector, _work, tasks(), jobs):
        for text, (edits, flags) in zip(sent.pop(0), found, strict=True):
            yield Correction(text, apply(text, edits), edits, flags)


def _divided(texts: Iterable[str]) -> Iterator[Sequence[str]]:
    """Some texts at a time; a failure comes after those before it."""
    task: list[str] = []
    letters = 0
    try:
        for text in texts:
            task.append(require_text(text))
            letters += len(text)
            if letters >= _TASK:
                yield task
                task, letters = [], 0
    except Exception:
        if task:
            yield task
        raise
    if task:
        yield task


def _work(corrector: TextCorrector, texts: Sequence[str]) -> list[Found]:
    return [(c.edits, c.flags) for c in map(corrector.correct, texts)]
