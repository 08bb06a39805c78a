"""Figures of the benchmark: counts, one in each row of a CSV file; tables are made from them."""

from __future__ import annotations

import csv
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import fields
from pathlib import Path
from typing import Any, NamedTuple

from benchmarks.suite import judge
from thaifix.evaluation import Evaluation, TextResult
from thaifix.evaluation.entities import TermCounts
from thaifix.evaluation.metrics import ErrorRate, Rates
from thaifix.evaluation.significance import bootstrap

PAGE_FIELDS = "system", "page", "errors", "code_points", "letter_errors", "letters"
"""Columns of the table of pages: errors and length in the default view and in the letters view."""


class Figure(NamedTuple):
    """One measure of one system.

    Attributes:
        system: An entrant's name.
        corpus: pages, clean or memo.
        group: all, or a part such as `preset fax` or a file's name.
        measure: What is counted.
        number, total: The figure, a fraction of two counts.
        unit: What `total` counts.
        low, high: 95 % bootstrap interval of `number / total`; "" where there is none.
    """

    system: str
    corpus: str
    group: str
    measure: str
    number: int
    total: int
    unit: str
    low: str = ""
    high: str = ""

    @property
    def share(self) -> float:
        """The figure as a number; 0 of nothing."""
        return self.number / self.total if self.total else 0.0


def of_pages(evaluation: Evaluation, records: Sequence[dict[str, Any]]) -> Iterator[Figure]:
    """Figures of all systems on the pages, which `records` describes in the same order."""
    groups = {"all": list(range(len(records)))}
    for key in ("preset", "engine"):
        for value in sorted({record[key] for record in records if key in record}):
            chosen = [i for i, record in enumerate(records) if record.get(key) == value]
            groups[f"{key} {value}"] = chosen
    for k, system in enumerate(evaluation.systems):
        readings = [document.corrected[k] for document in evaluation.documents]
        for group, chosen in groups.items():
            rates = sum((readings[i].rates for i in chosen), Rates())
            for field in fields(Rates):
                rate = getattr(rates, field.name)
                yield Figure(
                    system.name, "pages", group, field.name, rate.errors, rate.total, rate.unit
                )
        yield _reduction(system.name, records, evaluation, k)
        for name, number in system.documents._asdict().items():
            yield Figure(system.name, "pages", "all", name, number, len(records), "pages")
        regions = sum(tally.regions for tally in system.changes)
        for name, tally in system.changes._asdict().items():
            yield Figure(system.name, "pages", "all", name, tally.regions, regions, "places")
        wanted, read = _terms(readings)
        yield Figure(system.name, "pages", "all", "terms read", read, wanted, "terms")


def _reduction(
    system: str, records: Sequence[dict[str, Any]], evaluation: Evaluation, k: int
) -> Figure:
    """Errors gone, with an interval over texts: pages of one text are not independent."""
    texts = defaultdict[str, list[int]](lambda: [0, 0])
    for record, document in zip(records, evaluation.documents, strict=True):
        sums = texts[record.get("source", record["id"])]
        sums[0] += document.hypothesis.rates.cer.errors
        sums[1] += document.corrected[k].rates.cer.errors
    before, after = map(sum, zip(*texts.values(), strict=True))
    (gone,) = bootstrap(list(texts.values()), [lambda row: 1 - row[1] / row[0] if row[0] else 0.0])
    interval = f"{gone.low:.4f}", f"{gone.high:.4f}"
    return Figure(system, "pages", "all", "reduction", before - after, before, "errors", *interval)


def by_page(evaluation: Evaluation) -> Iterator[tuple[object, ...]]:
    """Rows of `PAGE_FIELDS`: what every system has on every page, for tests of one's own."""
    for k, system in enumerate(evaluation.systems):
        for document in evaluation.documents:
            rates = document.corrected[k].rates
            counts = [(rate.errors, rate.total) for rate in (rates.cer, rates.letters_cer)]
            yield system.name, document.id, *counts[0], *counts[1]


def of_clean(system: str, texts: dict[str, str], corrected: Sequence[str]) -> Iterator[Figure]:
    """Harm of one system, file by file and in all."""
    total = ErrorRate()
    for (name, intended), became in zip(texts.items(), corrected, strict=True):
        rate = judge.harm(intended, became)
        total += rate
        yield Figure(system, "clean", name, "harm", rate.errors, rate.total, rate.unit)
    yield Figure(system, "clean", "all", "harm", total.errors, total.total, total.unit)


def of_memo(system: str, observed: str, corrected: str) -> Figure:
    """Sure errors of the memo that one system repairs."""
    rate = judge.memo(observed, corrected)
    return Figure(system, "memo", "tier A", "exact", rate.errors, rate.total, rate.unit)


def read(path: Path) -> list[Figure]:
    """Read the figures of a recorded run."""
    with path.open(encoding="utf-8", newline="") as file:
        _, *rows = csv.reader(file)
    return [
        Figure(system, corpus, group, measure, int(number), int(total), *rest)
        for system, corpus, group, measure, number, total, *rest in rows
    ]


def write(path: Path, header: Sequence[str], rows: Iterable[Sequence[object]]) -> None:
    """Write a CSV file."""
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(header)
        writer.writerows(rows)


def _terms(readings: Iterable[TextResult]) -> tuple[int, int]:
    found: list[TermCounts] = [kind for reading in readings for kind in reading.entities.values()]
    return sum(kind.wanted for kind in found), sum(kind.read for kind in found)
