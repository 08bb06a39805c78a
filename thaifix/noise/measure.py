"""Counting the profile of an engine on pages whose intended text is known.

Needs numpy (`pip install 'thaifix[train]'`).
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace

from rapidfuzz.distance import Levenshtein

from thaifix.noise.engines import Engine, Margin, PageQuality
from thaifix.noise.faults import Fault, faults
from thaifix.noise.letters import Letters, join_am
from thaifix.noise.spread import Spread, rounded
from thaifix.text.align import align
from thaifix.text.script import DIGITS, NIKHAHIT, SARA_AA, SARA_AM
from thaifix.text.views import default

LEAST_TIMES_AS_WHOLE = 3
"""Times that one or two letters must be misread as the same string to be counted as a whole; others
are counted letter by letter. By judgement: what happens once or twice may be chance."""

LONGEST_INTENDED, LONGEST_OBSERVED = 2, 3
"""Letters of a misreading that is counted as a whole, at most. By judgement: `rn` for `m` and the
like; longer ones are garbled stretches."""

MOST_PAGES_IN_PROFILE = 400
"""Pages whose quality a profile keeps, at most. By judgement: it bounds the file."""

_GAP = re.compile(" +")


def measure(name: str, origin: str, pages: Sequence[tuple[str, str]]) -> Engine:
    """Count what an engine does to pages.

    Args:
        name: The engine's name.
        origin: What the pages are, for whoever reads the profile.
        pages: The observed and the intended text of each page, with the same line breaks; dozens
            of pages at least.
    Raises:
        ValueError: If there are no pages, or no errors on them.
    Time: as `align`; about a second for 100 pages.
    """
    texts = [intended.strip() for _, intended in pages]
    by_page = [
        [*faults(text, join_am(observed.strip()))]
        for text, (observed, _) in zip(texts, pages, strict=True)
    ]
    found = [fault for page in by_page for fault in page]
    if not any(texts) or not found:
        raise ValueError("no errors to count. Give pages with their intended text")
    letters, seen = _letters([fault for fault in found if fault.kind == "letters"], texts)
    if _splits_am(observed for observed, _ in pages):
        letters = _split_am(letters, seen)
    factors, line, garbled = Spread(Letters(seen, letters), by_page, texts).fit()
    lines = sum(text.count("\n") + 1 for text in texts)
    kinds = Counter(fault.kind for fault in found)
    lost = [len(fault.intended) for fault in found if fault.kind == "lost_line"]
    return Engine(
        name=name,
        origin=origin,
        rate=round(_rate(pages), 5),
        page_length=sum(map(len, texts)) // len(texts),
        seen=seen,
        letters=letters,
        pages=_pages(factors, by_page, texts),
        line=line,
        garbled=garbled,
        before=_margin("before", found),
        after=_margin("after", found),
        lines={
            kind: round(kinds[kind] / lines, 6)
            for kind in ("lost_line", "phantom_line", "blank_line")
            if kinds[kind]
        },
        longest_lost=max(lost, default=0),
        fluent={},
    )


def add_digits(engine: Engine, other: Engine) -> Engine:
    """Add the Thai digits that were counted elsewhere to those of a profile.

    For an engine whose pages have next to none of them; all else stays as it was counted.

    Args:
        engine: The profile.
        other: Another one of the same engine, counted on pages with Thai digits.
    """
    seen, letters = dict(engine.seen), {key: dict(read) for key, read in engine.letters.items()}
    for digit in DIGITS:
        if times := other.seen.get(digit, 0):
            seen[digit] = seen.get(digit, 0) + times
        for observed, times in other.letters.get(digit, {}).items():
            read = letters.setdefault(digit, {})
            read[observed] = read.get(observed, 0) + times
    return replace(
        engine,
        origin=f"{engine.origin}; Thai digits also on {other.origin}",
        seen=dict(sorted(seen.items())),
        letters={
            key: dict(sorted(read.items())) if key in DIGITS else read
            for key, read in sorted(letters.items())
        },
    )


def _splits_am(observed: Iterable[str]) -> bool:
    """Tell whether an engine prints sara am as nikhahit and sara aa."""
    text = "".join(observed)
    return text.count(NIKHAHIT + SARA_AA) > text.count(SARA_AM)


def _split_am(
    letters: Mapping[str, Mapping[str, int]], seen: Mapping[str, int]
) -> dict[str, dict[str, int]]:
    """Write every sara am that is printed as two letters, also those that were read right."""
    split = {
        intended: {o.replace(SARA_AM, NIKHAHIT + SARA_AA): times for o, times in read.items()}
        for intended, read in letters.items()
    }
    misread = split.setdefault(SARA_AM, {})
    misread[NIKHAHIT + SARA_AA] = seen.get(SARA_AM, 0) - sum(misread.values())
    return split


def _letters(
    found: Iterable[Fault], texts: Iterable[str]
) -> tuple[dict[str, dict[str, int]], dict[str, int]]:
    """Count misreadings, and how often the strings that could be misread stand in the texts."""
    whole = Counter((fault.intended, fault.observed) for fault in found if _short(fault))
    pairs = {pair for pair, times in whole.items() if times >= LEAST_TIMES_AS_WHOLE}
    counts: Counter[tuple[str, str]] = Counter()
    for fault in found:
        pair = fault.intended, fault.observed
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


def _short(fault: Fault) -> bool:
    return len(fault.intended) <= LONGEST_INTENDED and len(fault.observed) <= LONGEST_OBSERVED


def _parts(intended: str, observed: str) -> Iterator[tuple[str, str]]:
    """Take a long misreading apart: into letters that face each other, are lost, or come in."""
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


def _pages(
    factors: Sequence[float], by_page: Sequence[Sequence[Fault]], texts: Sequence[str]
) -> tuple[PageQuality, ...]:
    """Tell how bad each page is, best first; of too many pages every second, third ... one."""
    pages = sorted(
        PageQuality(round(factor, 4), _share("before", page, text), _share("after", page, text))
        for factor, page, text in zip(factors, by_page, texts, strict=True)
    )
    return tuple(pages[:: -(-len(pages) // MOST_PAGES_IN_PROFILE)])


def _share(kind: str, page: Sequence[Fault], text: str) -> float:
    """Compute the share of a page's lines that have a fault of a kind."""
    lines = {fault.line for fault in page if fault.kind == kind}
    return round(len(lines) / (text.count("\n") + 1), 4)


def _margin(kind: str, found: Sequence[Fault]) -> Margin:
    """Count what stands in a margin, before or after lines."""
    strings = [fault.observed for fault in found if fault.kind == kind and fault.observed.strip()]
    gaps = [len(gap) for string in strings for gap in _GAP.findall(string)]
    counts = Counter(_GAP.sub(" ", string) for string in strings)
    return Margin(dict(sorted(counts.items())), rounded(gaps or [1]))


def _rate(pages: Sequence[tuple[str, str]]) -> float:
    """Compute the error rate of all pages, in the default view."""
    wrong = total = 0
    for observed, intended in pages:
        reference = default(intended)
        total += len(reference)
        wrong += sum(segment.errors for segment in align(reference, default(observed)))
    return wrong / total
