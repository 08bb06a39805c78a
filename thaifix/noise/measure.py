"""An engine's profile, counted on pages whose intended text is known."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence

from rapidfuzz.distance import Levenshtein

from thaifix.noise.engines import Engine, Margin, Page
from thaifix.noise.letters import Letters, join_am
from thaifix.noise.regions import Region, regions
from thaifix.noise.spread import Spread, rounded
from thaifix.text.align import align
from thaifix.text.script import NIKHAHIT, SARA_AA, SARA_AM
from thaifix.text.views import default

TIMES = 3
"""Pairs of letters that are misread as a whole less often are counted letter by letter."""

LONGEST = 3
"""Letters that one or two are read as, at most."""

PAGES = 400
"""Pages that a profile tells of, at most."""

_GAP = re.compile(" +")


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
    factors, line, garbled = Spread(Letters(seen, letters), read, texts).fit()
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
        pages=_pages(factors, read, texts),
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


def _pages(
    factors: Sequence[float], read: Sequence[Sequence[Region]], texts: Sequence[str]
) -> tuple[Page, ...]:
    """How bad each page is, best first; of more than `PAGES`, so many."""
    pages = sorted(
        Page(round(factor, 4), _share("before", page, text), _share("after", page, text))
        for factor, page, text in zip(factors, read, texts, strict=True)
    )
    return tuple(pages[:: -(-len(pages) // PAGES)])


def _share(kind: str, page: Sequence[Region], text: str) -> float:
    return round(len({r.line for r in page if r.kind == kind}) / (text.count("\n") + 1), 4)


def _margin(kind: str, found: Sequence[Region]) -> Margin:
    strings = [r.observed for r in found if r.kind == kind and r.observed.strip()]
    gaps = [len(gap) for string in strings for gap in _GAP.findall(string)]
    counts = Counter(_GAP.sub(" ", string) for string in strings)
    return Margin(dict(sorted(counts.items())), rounded(gaps or [1]))


def _rate(pages: Sequence[tuple[str, str]]) -> float:
    wrong = total = 0
    for observed, intended in pages:
        reference = default(intended)
        total += len(reference)
        wrong += sum(segment.errors for segment in align(reference, default(observed)))
    return wrong / total
