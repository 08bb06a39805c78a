"""`list_number`: labels of lists, sections and pages that count, between neighbours that fit.

A label is proved by two others of its kind whose values differ by as many as there are labels from
one to the other; labels below a heading, by the heading. Behind the last label that fits there is
no second neighbour: there a digit is only taken for what the same document has proved it to be
misread for elsewhere, or, in a document that an engine has evidently read, for what engines often
do: if the value falls back, or the digit that should stand there is found nowhere in the text.
Nothing is numbered anew.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple

from thaifix.correct.stages.numbers.channel import DigitChannel
from thaifix.correct.stages.numbers.finding import Finding, Span
from thaifix.correct.stages.numbers.labels import Label, labels
from thaifix.text.lazy import pattern
from thaifix.text.numerals import is_mixed, like, to_arabic
from thaifix.text.script import CONSONANTS, DIGITS, LETTERS

REASON = "list_number"
"""Of its edits."""

BETWEEN = 0.98
"""Confidence of a label between neighbours that fit, or below a heading. By judgement: none was
wrong in the splits train and dev of `corpora/official-letters`."""

BEHIND = 0.93
"""Confidence of a label behind the last that fits. By judgement."""

_MOST_BETWEEN = 4  # labels between two that prove them; by judgement
_MOST_BEHIND = 3  # labels behind the last that fits; by judgement

_FEWEST = 3  # labels of a text, or nothing is proved
_FARTHEST = 3000  # code points from one label to the next, on average; by judgement
# P(observed | intended) of what engines do; by judgement:
_OFTEN, _NOT_SELDOM, _SELDOM = 0.25, 0.05, 0.02
_GARBLED = pattern(  # a line that begins with what may have been a label
    f"\\n[ \\t]*(?:[^\\s]{{1,4}}[.,)]|[^\\s{LETTERS}]{{1,4}}|[{CONSONANTS}])[ \\t]"
)


def list_number(
    text: str, channel: DigitChannel, proved: Iterable[tuple[str, str]], *, noisy: bool
) -> Iterator[Finding]:
    """Yield labels that their neighbours prove misread.

    Args:
        text: A section.
        channel: What engines read for digits.
        proved: Digits that other rules have proved misread in it: (observed, intended).
        noisy: Whether the document is evidently read by an engine.
    """
    known = list(labels(text))
    if len(known) < _FEWEST:
        return
    found: dict[Span, Finding] = {}
    of_kind: dict[str, list[Label]] = {}
    for label in known:
        of_kind.setdefault(label.kind, []).append(label)
    for kind, same in of_kind.items():
        of_kind[kind] = same = _in_one_script(same)
        _between(same, channel, found)
        _first(same, channel, found)
        numbers = [label for label in same if label.levels]
        _between(numbers, channel, found)
        of_kind[kind] = numbers
    pairs = {*proved}
    for finding in found.values():
        pairs |= misread_digits(text[slice(*finding.span)], finding.replacement or "")
    absent = {digit for digit in DIGITS if digit not in text} if noisy else set()
    for same in of_kind.values():
        _behind(text, same, channel, found, _Evidence(pairs, noisy, absent))
    _below_headings(known, of_kind, channel, found)
    yield from found.values()


class _Evidence(NamedTuple):
    """What a document tells of its digits.

    Attributes:
        pairs: What is proved misread: (observed, intended).
        noisy: Whether it is evidently read by an engine.
        absent: Digits that it has nowhere.
    """

    pairs: set[tuple[str, str]]
    noisy: bool
    absent: set[str]

    def allows(self, label: Label, written: str, channel: DigitChannel, *, back: bool) -> bool:
        """Whether a label behind the last that fits is another one for certain.

        Args:
            label: As it stands there.
            written: As it would follow.
            channel: What engines read for digits.
            back: Whether its value is below those before it: then no label is lost before it.
        """
        digits = misread_digits(label.written, written)
        if not digits:
            return False
        return digits <= self.pairs or (
            self.noisy
            and all(channel.probability(*pair) >= _OFTEN for pair in digits)
            and (back or {intended for _, intended in digits} <= self.absent)
        )


def _in_one_script(same: Sequence[Label]) -> list[Label]:
    """Labels of a kind, of which those in the rarer script are no numbers."""
    thai = sum(label.written[0] in DIGITS for label in same if label.levels)
    mostly_thai = 2 * thai >= sum(bool(label.levels) for label in same)
    return [
        label
        if not label.levels or (label.written[0] in DIGITS) == mostly_thai
        else label._replace(levels=())
        for label in same
    ]


def misread_digits(observed: str, intended: str) -> set[tuple[str, str]]:
    """The signs in which two strings of one length differ, as pairs."""
    if len(observed) != len(intended):
        return set()
    return {pair for pair in zip(observed, intended, strict=True) if pair[0] != pair[1]}


def _reads(label: Label, levels: Sequence[int], channel: DigitChannel) -> str | None:
    """A label with other values, if what stands there can be a misreading of it; "" if they are
    its own; None if it cannot.
    """
    if label.levels == tuple(levels):
        return ""
    script = label.written if label.levels else DIGITS
    written = like(script, ".".join(map(str, levels)))
    if not label.levels:
        may_be_letter = label.written[0] in CONSONANTS or "0" <= label.written[0] <= "9"
        misread = not may_be_letter or channel.has_seen(label.written, written)
        return written if len(written) == 1 and misread else None
    if len(written) != len(label.written.replace("..", ".")):
        return None
    return written if channel.explains(label.written, written) is not None else None


def _set(
    same: list[Label], at: int, levels: Sequence[int], written: str, by: Label, confidence: float
) -> Finding:
    """Correct a label in its list."""
    label = same[at]
    same[at] = label._replace(levels=tuple(levels))
    return Finding(label.span, written, REASON, confidence, by.span)


def _between(same: list[Label], channel: DigitChannel, found: dict[Span, Finding]) -> None:
    """Labels between two that fit; `same` gets their values."""
    for i, first in enumerate(same):
        first = same[i]
        if not first.levels:
            continue
        fits = (
            0 < i < len(same) - 1 and _follows(same[i - 1], first) and _follows(first, same[i + 1])
        )
        if fits and is_mixed(first.written):
            own = like(first.written, to_arabic(first.written))
            found[first.span] = _set(same, i, first.levels, own, same[i + 1], BETWEEN)
        for step in range(1, min(_MOST_BETWEEN + 2, len(same) - i)):
            last = same[i + step]
            expected = [(*first.levels[:-1], first.levels[-1] + k) for k in range(step + 1)]
            if last.levels != expected[-1]:
                continue
            if last.span[0] - first.span[1] > step * _FARTHEST:
                break
            read = [_reads(same[i + k], expected[k], channel) for k in range(1, step)]
            if None not in read and _together(same[i + 1 : i + step], read, channel):
                for k, written in enumerate(read, 1):
                    if written:
                        found[same[i + k].span] = _set(
                            same, i + k, expected[k], written, last, BETWEEN
                        )
            break


def _first(same: list[Label], channel: DigitChannel, found: dict[Span, Finding]) -> None:
    """Labels that are none, before 2 and 3 of a list that has no 1."""
    for i in range(len(same) - 2):
        label, second, third = same[i : i + 3]
        if label.levels not in ((), (0,)) or second.levels[-1:] != (2,):
            continue
        if not _follows(second, third) or (i and same[i - 1].levels[-1:] == (1,)):
            continue
        one = (*second.levels[:-1], 1)
        if second.span[0] - label.span[1] <= _FARTHEST and (written := _reads(label, one, channel)):
            found[label.span] = _set(same, i, one, written, second, BETWEEN)


def _together(same: Sequence[Label], read: Sequence[str | None], channel: DigitChannel) -> bool:
    """Whether labels in a row may be misread: several must be what engines often do."""
    wrong = [(label, written) for label, written in zip(same, read, strict=True) if written]
    least = _SELDOM if len(wrong) < 2 else _NOT_SELDOM
    if any(not label.levels for label, _ in wrong):
        least = _OFTEN
    return all(
        channel.probability(*pair) >= least
        for label, written in wrong
        if label.levels
        for pair in misread_digits(label.written, written or "") or {("", DIGITS[0])}
    )


def _below_headings(
    known: Sequence[Label],
    of_kind: dict[str, list[Label]],
    channel: DigitChannel,
    found: dict[Span, Finding],
) -> None:
    """Labels of two levels below a heading that was misread as they were."""
    now = {label.span: label for same in of_kind.values() for label in same}
    heading: Label | None = None
    for label in known:
        if label.span not in now:
            continue
        if label.kind == ".1":
            heading = now[label.span]
            continue
        if label.kind != ".2" or heading is None or label.span in found:
            continue
        corrected = found.get(heading.span)
        if corrected is None or not heading.levels:
            continue
        levels = heading.levels[0], label.levels[1]
        if misread_digits(heading.written, label.written[: len(heading.written)]):
            continue
        if written := _reads(label, levels, channel):
            same = of_kind[".2"]
            at = next(i for i, other in enumerate(same) if other.span == label.span)
            found[label.span] = _set(same, at, levels, written, heading, BETWEEN)


def _behind(
    text: str,
    same: list[Label],
    channel: DigitChannel,
    found: dict[Span, Finding],
    evidence: _Evidence,
) -> None:
    """Labels behind the last that fits, as far as the document's evidence goes."""
    starts = [i for i in range(len(same)) if _begins(same, i)]
    if not starts:
        return
    ended: set[tuple[int, ...]] = set()  # labels with which lists would go on
    for start, end in zip(starts, [*starts[1:], len(same)], strict=True):
        fit = start
        while fit + 1 < end and _follows(same[fit], same[fit + 1]):
            fit += 1
        first, tail = same[fit].levels, same[fit + 1 : end]
        if fit > start and 0 < len(tail) <= _MOST_BEHIND:
            for k, label in enumerate(tail, 1):
                levels = (*first[:-1], first[-1] + k)
                written = _reads(label, levels, channel)
                if written is None or label.levels in ended:
                    break
                before = same[fit + k - 1]
                if _GARBLED.search(text, before.span[1], label.span[0]):
                    break
                back = label.levels < levels
                if written:
                    if not evidence.allows(label, written, channel, back=back):
                        break
                    found[label.span] = _set(same, fit + k, levels, written, before, BEHIND)
        ended.add((*first[:-1], first[-1] + 1))


def _begins(same: Sequence[Label], at: int) -> bool:
    """Whether a list begins with a label: the first, one that says 1, or one below another."""
    levels = same[at].levels
    if at == 0:
        return True
    before = same[at - 1].levels
    return bool(levels) and (levels[-1] == 1 or (levels[:-1] != before[:-1] and before != ()))


def _follows(one: Label, other: Label) -> bool:
    return (
        bool(one.levels)
        and len(one.levels) == len(other.levels)
        and one.levels[:-1] == other.levels[:-1]
        and other.levels[-1] == one.levels[-1] + 1
    )
