"""An engine's profile, counted on pages whose intended text is known."""

from __future__ import annotations

import random
import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any, NamedTuple

import numpy as np
from rapidfuzz.distance import Levenshtein

from thaifix.align import align
from thaifix.noise.engines import Engine, Margin
from thaifix.noise.letters import Letters, errors, join_am, view
from thaifix.script import NIKHAHIT, SARA_AA, SARA_AM

TIMES = 3
"""Pairs of letters that are misread as a whole less often are counted letter by letter."""

LONGEST = 3
"""Letters that one or two are read as, at most."""

LOST = 4
"""A line of fewer letters than this does not count as lost: it was run into the next."""

QUANTILES = 24
"""Of pages and of lines."""

_GAP = re.compile(" +")


class Region(NamedTuple):
    """Where a page was read wrong.

    Attributes:
        kind: letters, before, after (a line's margin), phantom_line, blank_line or lost_line.
        line: Number of the intended line, from 0.
        intended, observed: Strings; of letters put in between, both begin with the letter before.
    """

    kind: str
    line: int
    intended: str
    observed: str


def measure(name: str, origin: str, pages: Sequence[tuple[str, str]]) -> Engine:
    """Count what an engine does to pages.

    Args:
        name: Of the engine.
        origin: What the pages are, for whoever reads the profile.
        pages: Observed and intended text of each, with equal line breaks; dozens at least.
    Raises:
        ValueError: If there are no pages, or no errors on them.
    Time: as `align`; about a second for 100 pages.
    """
    texts = [intended.strip() for _, intended in pages]
    read = [
        [*regions(text, join_am(observed.strip()))]
        for text, (observed, _) in zip(texts, pages, strict=True)
    ]
    found = [region for page in read for region in page]
    if not any(texts) or not found:
        raise ValueError("no errors to count. Give pages with their intended text")
    letters, seen = _letters([r for r in found if r.kind == "letters"], texts)
    if _splits_am(observed for observed, _ in pages):
        letters = _split_am(letters, seen)
    page, line = _factors(Letters(seen, letters), read, texts)
    lines = sum(text.count("\n") + 1 for text in texts)
    kinds = Counter(region.kind for region in found)
    lost = [len(region.intended) for region in found if region.kind == "lost_line"]
    return Engine(
        name=name,
        origin=origin,
        rate=round(_rate(pages), 5),
        page_length=sum(map(len, texts)) // len(texts),
        seen=seen,
        letters=letters,
        page=page,
        line=line,
        before=_margin("before", read, texts),
        after=_margin("after", read, texts),
        lines={
            kind: round(kinds[kind] / lines, 6)
            for kind in ("lost_line", "phantom_line", "blank_line")
            if kinds[kind]
        },
        longest_lost=max(lost, default=0),
        fluent={},
    )


def _splits_am(observed: Iterable[str]) -> bool:
    """Tell whether an engine prints sara am as nikhahit and sara aa."""
    text = "".join(observed)
    return text.count(NIKHAHIT + SARA_AA) > text.count(SARA_AM)


def _split_am(
    letters: Mapping[str, Mapping[str, int]], seen: Mapping[str, int]
) -> dict[str, dict[str, int]]:
    """Make every sara am that is printed two letters, those that were read right first of all."""
    split = {
        intended: {o.replace(SARA_AM, NIKHAHIT + SARA_AA): times for o, times in read.items()}
        for intended, read in letters.items()
    }
    misread = split.setdefault(SARA_AM, {})
    misread[NIKHAHIT + SARA_AA] = seen.get(SARA_AM, 0) - sum(misread.values())
    return split


def regions(intended: str, observed: str) -> Iterator[Region]:
    """Where a page was read wrong, in the order of the text."""
    at = 0
    line = 0
    for reference, hypothesis in align(intended, observed):
        end = at + len(reference)
        first = at == 0 or intended[at - 1] == "\n"
        last = end == len(intended) or intended[end] == "\n"
        if reference != hypothesis:
            if "\n" in reference:
                whole = len(reference) > LOST and not hypothesis.strip()
                if whole:
                    yield Region("lost_line", line, reference.strip("\n"), "")
            elif "\n" in hypothesis:
                if not reference:
                    yield from _lines(line, hypothesis.split("\n"), first, last)
            elif reference or not (first or last):
                before = "" if reference else intended[at - 1]
                yield Region("letters", line, before + reference, before + hypothesis)
            else:
                yield Region("after" if last else "before", line, "", hypothesis)
        line += reference.count("\n")
        at = end


def _lines(line: int, parts: Sequence[str], first: bool, last: bool) -> Iterator[Region]:
    """Tell what was put in between that has line ends, at the first or last place of a line."""
    before = after = ""
    if not first or last:
        after, *parts = parts
    if not last:
        *parts, before = parts
    if after.strip():
        yield Region("after", line, "", after)
    for part in parts:
        yield Region("phantom_line" if part.strip() else "blank_line", line, "", part)
    if before.strip():
        yield Region("before", line + 1, "", before)


def _letters(
    found: Iterable[Region], texts: Iterable[str]
) -> tuple[dict[str, dict[str, int]], dict[str, int]]:
    """Count misreadings, and how often the strings stand in the texts that could be misread."""
    whole = Counter((r.intended, r.observed) for r in found if _short(r))
    pairs = {pair for pair, times in whole.items() if times >= TIMES}
    counts: Counter[tuple[str, str]] = Counter()
    for region in found:
        pair = region.intended, region.observed
        kept = pair in pairs or len(pair[0]) == len(pair[1]) == 1
        counts.update([pair] if kept else _parts(*pair))
    letters: dict[str, dict[str, int]] = {}
    for (intended, observed), times in sorted(counts.items()):
        letters.setdefault(intended, {})[observed] = times
    stands: Counter[str] = Counter()
    for text in texts:
        stands.update(text)
        stands.update(text[i : i + 2] for i in range(len(text) - 1))
    known = {letter for letter in stands if len(letter) == 1 and not letter.isspace()} | {" "}
    return letters, {key: stands[key] for key in sorted(known | letters.keys()) if stands[key]}


def _short(region: Region) -> bool:
    return len(region.intended) <= 2 and len(region.observed) <= LONGEST


def _parts(intended: str, observed: str) -> Iterator[tuple[str, str]]:
    """Take a long misreading apart, letter by letter as far as they face each other."""
    for step in Levenshtein.opcodes(intended, observed):
        before = intended[step.src_start : step.src_end]
        after = observed[step.dest_start : step.dest_end]
        if step.tag == "equal":
            continue
        both = min(len(before), len(after))
        yield from zip(before[:both], after[:both], strict=True)
        yield from ((letter, "") for letter in before[both:])
        if extra := after[both:]:
            last = intended[step.src_end - 1] if step.src_end else ""
            yield from ((last, last + letter) for letter in extra if last)


def _factors(
    letters: Letters, read: Sequence[Sequence[Region]], texts: Sequence[str]
) -> tuple[tuple[float, ...], tuple[float, ...]]:
    """Fit by how much the odds of an error differ from page to page and from line to line.

    A page's factor is what makes its expected errors those that were counted. A line's is drawn
    from a gamma distribution, of the shape that leaves as many lines without error as there were.
    """
    wrong = [Counter(_of_lines(page)) for page in read]
    clean = np.array([not wrong[i][k] for i, k, _ in _every_line(texts)], dtype=bool)
    page_of = np.array([i for i, _, _ in _every_line(texts)])
    times, odds, costs = _matrix(letters, [text for *_, text in _every_line(texts)])
    pages = np.zeros((len(texts), len(odds)))
    np.add.at(pages, page_of, times)
    totals = np.array([sum(page.values()) for page in wrong], dtype=float)

    def solve(lines: Sequence[float]) -> Any:
        low, high = np.full(len(texts), -12.0), np.full(len(texts), 12.0)
        for _ in range(40):
            middle = (low + high) / 2
            expected = np.zeros(len(texts))
            for factor in lines:
                scaled = odds * (np.exp(middle) * factor)[:, None]
                expected += (pages * (scaled / (1 + scaled)) @ costs) / len(lines)
            more = expected < totals
            low, high = np.where(more, middle, low), np.where(more, high, middle)
        return np.where(totals > 0, np.exp(high), 0.0)

    def unharmed(shape: float) -> float:
        """Share of lines without error that a gamma distribution of this shape leaves."""
        shares = np.zeros(len(page_of))
        for factor in _gamma(shape):
            scaled = odds * (base[page_of] * factor)[:, None]
            shares += np.exp(-(times * np.log1p(scaled)).sum(1)) / QUANTILES
        return float(shares.mean())

    base = solve([1.0])
    low, high = 0.1, 20.0
    for _ in range(12):
        shape = (low * high) ** 0.5
        low, high = (shape, high) if unharmed(shape) > clean.mean() else (low, shape)
    lines = _gamma(shape)
    return _means(sorted(solve(lines))), lines


def _of_lines(page: Sequence[Region]) -> dict[int, int]:
    counts: Counter[int] = Counter()
    for region in page:
        if region.kind == "letters":
            counts[region.line] += errors(region.intended, region.observed)
    return counts


def _every_line(texts: Sequence[str]) -> Iterator[tuple[int, int, str]]:
    for i, text in enumerate(texts):
        for k, line in enumerate(text.split("\n")):
            yield i, k, line


def _matrix(letters: Letters, lines: Sequence[str]) -> Any:
    """How often each line has each string that can be misread, and the strings' odds and costs."""
    every = letters.rows("\n".join(lines))
    column = {id(row): k for k, (row, _) in enumerate(every)}
    times = np.zeros((len(lines), len(every)))
    for i, line in enumerate(lines):
        for row, count in letters.rows(line):
            times[i, column[id(row)]] = count
    return times, np.array([r.odds for r, _ in every]), np.array([r.cost for r, _ in every])


def _gamma(shape: float) -> tuple[float, ...]:
    rnd = random.Random(0)
    return _means(sorted(rnd.gammavariate(shape, 1 / shape) for _ in range(200 * QUANTILES)))


def _means(values: Sequence[float]) -> tuple[float, ...]:
    """Means of so many equal parts; of fewer values, each."""
    parts = np.array_split(np.array(values), min(QUANTILES, len(values)))
    return tuple(round(float(part.mean()), 4) for part in parts)


def _margin(kind: str, read: Sequence[Sequence[Region]], texts: Sequence[str]) -> Margin:
    strings = [r.observed for page in read for r in page if r.kind == kind]
    shares = [
        len({r.line for r in page if r.kind == kind}) / (text.count("\n") + 1)
        for page, text in zip(read, texts, strict=True)
    ]
    gaps = sorted(len(gap) for string in strings for gap in _GAP.findall(string))
    counts = Counter(_GAP.sub(" ", string) for string in strings if string.strip())
    return Margin(dict(sorted(counts.items())), _means(gaps or [1]), _means(sorted(shares)))


def _rate(pages: Sequence[tuple[str, str]]) -> float:
    wrong = total = 0
    for observed, intended in pages:
        reference = view(intended)
        total += len(reference)
        wrong += sum(segment.errors for segment in align(reference, view(observed)))
    return wrong / total
