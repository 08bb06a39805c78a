"""Compare the errors that `thaifix corrupt` makes with those of an engine.

    python benchmarks noise PAGES.jsonl --reader tha --engine tesseract-tha
    python benchmarks noise PAGES.jsonl --reader tha

The first noises the intended text of pages that a profile was not counted on; the second counts
a profile on every other source of the pages and compares it on the rest. Both sides are measured
alike, in the default view: errors by class and by kind, the commonest confusions, how errors are
spread over pages and lines, and how many of them thaifix repairs.
"""

from __future__ import annotations

import argparse
import json
import statistics
from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from itertools import pairwise
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import NamedTuple

from rapidfuzz.distance import Levenshtein

from thaifix import Corrector
from thaifix.noise import NoiseSource
from thaifix.noise.letters import kind
from thaifix.noise.measure import measure
from thaifix.text.align import align
from thaifix.text.views import default

COMMONEST = 30
"""Confusions that are compared; by judgement: the others are seldom seen on some dozen pages."""

QUANTILES = (5, 25, 50, 75, 95)
"""Per cent of the pages whose highest error rate is printed."""


class PagePair(NamedTuple):
    """A page as a pair of texts: where it comes from, what was read, what was intended."""

    source: str
    observed: str
    intended: str


class ErrorStatistics:
    """What is counted of the errors of some pages, in the default view."""

    def __init__(self, pages: Iterable[PagePair]) -> None:
        """Compare observed and intended text of each."""
        self.rates: list[float] = []
        self.confusions: Counter[tuple[str, str]] = Counter()
        self.operations: Counter[str] = Counter()
        self.classes: Counter[str] = Counter()
        self.shapes: Counter[str] = Counter()
        self.size = self.errors = self.lines = self.clean = self.wrong = self.follow = 0
        for page in pages:
            self._add(default(page.intended), default(page.observed))

    def _add(self, intended: str, observed: str) -> None:
        segments = align(intended, observed)
        errors = sum(segment.errors for segment in segments)
        self.rates.append(errors / len(intended))
        self.size += len(intended)
        self.errors += errors
        wrong = bytearray(len(intended) + 1)
        at = 0
        for reference, hypothesis in segments:
            if reference != hypothesis:
                width = max(len(reference), 1)
                wrong[at : at + width] = b"\1" * width
                self._count(reference, hypothesis)
            at += len(reference)
        self.wrong += sum(wrong)
        self.follow += sum(a and b for a, b in pairwise(wrong))
        at = 0
        for line in intended.split("\n"):
            self.lines += 1
            self.clean += not any(wrong[at : at + len(line)])
            at += len(line) + 1

    def _count(self, reference: str, hypothesis: str) -> None:
        shape = f"{min(len(reference), 3)} to {min(len(hypothesis), 3)}"
        self.shapes[shape.replace("3", "3+")] += 1
        if len(reference) <= 2 and len(hypothesis) <= 2:
            self.confusions[reference, hypothesis] += 1
        for step in Levenshtein.editops(reference, hypothesis):
            self.operations[step.tag] += 1
            inserted = step.tag == "insert"
            letter = hypothesis[step.dest_pos] if inserted else reference[step.src_pos]
            self.classes["line end" if letter == "\n" else kind(letter)] += 1

    def figures(self) -> dict[str, str]:
        """The lines of the table."""
        cuts = statistics.quantiles(self.rates, n=100, method="inclusive")
        spread = {f"rate that {q} % of pages stay below": f"{cuts[q - 1]:.2%}" for q in QUANTILES}
        return {
            "pages": str(len(self.rates)),
            "error rate": f"{self.errors / self.size:.2%}",
            **spread,
            "lines without error": f"{self.clean / self.lines:.1%}",
            "letter after a wrong one wrong, too": f"{self.follow / self.wrong:.1%}",
            **_shares("operation", self.operations),
            **_shares("class", self.classes),
            **_shares("letters", self.shapes),
        }


def _shares(name: str, counts: Counter[str]) -> dict[str, str]:
    return {f"{name}: {key}": f"{counts[key] / counts.total():.1%}" for key in sorted(counts)}


def repaired(pages: Iterable[PagePair], correct: Callable[[str], str]) -> str:
    """Share of the errors that correction takes away, harm subtracted."""
    before = after = 0
    for page in pages:
        reference = default(page.intended)
        before += _errors(reference, page.observed)
        after += _errors(reference, correct(page.observed))
    return f"{1 - after / before:.1%}"


def _errors(reference: str, text: str) -> int:
    return sum(segment.errors for segment in align(reference, default(text)))


def generate(
    engine: str, rate: float | None, pages: Sequence[PagePair], seeds: int
) -> list[PagePair]:
    """Noise the intended text of the pages, once with each seed."""
    generated = []
    for seed in range(1, seeds + 1):
        noise = NoiseSource(engine, rate=rate, seed=seed)
        for page in pages:
            observed = noise.document().correct(page.intended + "\n").text
            generated.append(page._replace(observed=observed))
    return generated


def agreement(real: Counter[tuple[str, str]], made: Counter[tuple[str, str]]) -> float:
    """Rank correlation (Spearman) of the commonest real confusions with how often each is made."""
    top = [pair for pair, _ in real.most_common(COMMONEST)]
    return statistics.correlation(_ranks([real[p] for p in top]), _ranks([made[p] for p in top]))


def _ranks(values: Sequence[int]) -> list[float]:
    """Ranks from the highest; equal values share the mean of theirs."""
    order = sorted(values, reverse=True)
    return [order.index(v) + (order.count(v) - 1) / 2 for v in values]


def read_pages(path: Path, reader: str) -> list[PagePair]:
    """The pages that one reader (an engine with its language) has read."""
    found = map(json.loads, path.read_text("utf-8").splitlines())
    return [PagePair(p["source"], p["ocr"], p["gold"]) for p in found if p["engine"] == reader]


def halves(pages: Sequence[PagePair]) -> tuple[list[PagePair], list[PagePair]]:
    """Divide pages by source, alternately."""
    first = set(sorted({page.source for page in pages})[::2])
    return [p for p in pages if p.source in first], [p for p in pages if p.source not in first]


def main() -> None:
    """Print the tables."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("pages", type=Path, help="JSON lines with source, engine, ocr and gold")
    parser.add_argument("--reader", required=True, help="which pages: their key engine")
    parser.add_argument("--engine", help="profile; by default one is counted on half the sources")
    parser.add_argument("--rate", type=float, help="by default the engine's own")
    parser.add_argument("--seeds", type=int, default=3, help="times each page is noised")
    options = parser.parse_args()
    pages = read_pages(options.pages, options.reader)
    if options.engine:
        compare(pages, generate(options.engine, options.rate, pages, options.seeds))
        return
    learnt, pages = halves(pages)
    with TemporaryDirectory() as folder:
        profile = Path(folder, "half.json")
        measure("half", "", [(p.observed, p.intended) for p in learnt]).write(profile)
        compare(pages, generate(str(profile), options.rate, pages, options.seeds))


def compare(pages: Sequence[PagePair], generated: Sequence[PagePair]) -> None:
    """Print what was measured of both."""
    real, made = ErrorStatistics(pages), ErrorStatistics(generated)
    left, right = real.figures(), made.figures()
    correct = Corrector().correct
    left["repaired by thaifix"] = repaired(pages, lambda text: correct(text).text)
    right["repaired by thaifix"] = repaired(generated, lambda text: correct(text).text)
    print(f"{'':42}{'real':>10}{'generated':>12}")
    for name in [*left, *(name for name in right if name not in left)]:
        print(f"{name:42}{left.get(name, '0'):>10}{right.get(name, '0'):>12}")
    alike = agreement(real.confusions, made.confusions)
    print(f"\nrank correlation of the {COMMONEST} commonest confusions: {alike:.2f}\n")
    print(f"{'intended':>10}{'observed':>10}{'real':>10}{'generated':>12}  per 10,000 code points")
    for pair, times in real.confusions.most_common(COMMONEST):
        shares = 10_000 * times / real.size, 10_000 * made.confusions[pair] / made.size
        print(f"{pair[0]!r:>10}{pair[1]!r:>10}{shares[0]:10.2f}{shares[1]:12.2f}")
