"""Measure what correction does to OCR pages, and to text that was correct before.

    python benchmarks accuracy PAGES.jsonl [--clean FILE [--judged TABLE]] [--profile P]
        [--model M] [--show]

PAGES.jsonl (one or more) holds a JSON object on each line, with the keys id, ocr and gold, and
perhaps preset. Every page, and every clean file (one or more), is a document of its own.

Unfair: the pages are corrected with the model that ships. Pages that it has learnt from must not be
measured here: `python benchmarks cross_validate` does that with models that have not.
"""

from __future__ import annotations

import argparse
import csv
import json
from collections import Counter, defaultdict
from collections.abc import Container, Iterable, Iterator
from pathlib import Path
from typing import Any, NamedTuple

from thaifix import Corrector, Edit
from thaifix.evaluation import entities
from thaifix.evaluation.metrics import ErrorRate, better_same_worse, cer, harm

_VIEWS = "default", "collapsed", "letters"
"""The views of `thaifix.text.views` that a table is printed for."""

_CONTEXT = 12
"""Code points shown to each side of an edit; by judgement: a word or two."""


class MeasuredPage(NamedTuple):
    """What was measured of a page.

    Attributes:
        id: The record's.
        groups: The groups that it counts in.
        rates: In each view, the error rate before and after.
        terms: What became of the lexicons' terms in it.
    """

    id: str
    groups: tuple[str, ...]
    rates: dict[str, tuple[ErrorRate, ErrorRate]]
    terms: entities.Outcomes


def records(paths: Iterable[Path]) -> Iterator[dict[str, Any]]:
    """Read the records of the files.

    Raises:
        ValueError: If a line is no JSON.
    """
    for path in paths:
        with path.open(encoding="utf-8") as lines:
            yield from map(json.loads, lines)


def measure(pages: Iterable[dict[str, Any]], corrector: Corrector) -> Iterator[MeasuredPage]:
    """Correct pages one by one.

    Raises:
        KeyError: If a record lacks a key.
    """
    for record in pages:
        observed, intended = record["ocr"], record["gold"]
        corrected = corrector.correct(observed).text
        rates = {
            view: (cer(intended, observed, view=view), cer(intended, corrected, view=view))
            for view in _VIEWS
        }
        groups = ("all", record["preset"]) if "preset" in record else ("all",)
        terms = entities.outcomes(intended, observed, corrected)
        yield MeasuredPage(record["id"], groups, rates, terms)


def report_pages(pages: Iterable[MeasuredPage]) -> None:
    """Print the pooled rates of all pages and of each preset, view by view, then the terms."""
    groups: defaultdict[str, list[MeasuredPage]] = defaultdict(list)
    for page in pages:
        for group in page.groups:
            groups[group].append(page)
    for view in _VIEWS:
        print(f"CER, view `{view}`, per code point; pages with fewer, as many, more errors")
        header = "preset", "pages", "before", "after", "reduced", "better", "same", "worse"
        print("{:12}{:>7}{:>9}{:>9}{:>10}{:>8}{:>6}{:>7}".format(*header))
        for group, members in sorted(groups.items(), key=lambda item: item[0] != "all"):
            rates = [page.rates[view] for page in members]
            before = sum((rate for rate, _ in rates), ErrorRate())
            after = sum((rate for _, rate in rates), ErrorRate())
            reduced = 1 - after.errors / before.errors if before.errors else 0.0
            better, same, worse = better_same_worse(rates)
            print(
                f"{group:12}{len(members):7,}{before.rate:9.2%}{after.rate:9.2%}{-reduced:+10.1%}"
                f"{better:8,}{same:6,}{worse:7,}"
            )
        print()
    report_terms(sum((page.terms for page in groups["all"]), entities.Outcomes()))


def report_terms(found: entities.Outcomes) -> None:
    """Print what became of the terms: of all, then of each type, the most frequent first."""
    print("Terms of the lexicons: broken by the OCR and restored; intact before and damaged")
    print(
        f"{'type':18}{'broken':>8}{'restored':>10}{'share':>9}{'intact':>9}{'damaged':>9}{'share':>9}"
    )
    often = Counter[str]()
    for (kind, _), count in found.items():
        often[kind] += count
    for kind in ("all", *(kind for kind, _ in often.most_common())):
        restored, lost, kept, damaged = (
            sum(n for (k, o), n in found.items() if o == outcome and kind in (k, "all"))
            for outcome in ("restored", "lost", "kept", "damaged")
        )
        broken, intact = restored + lost, kept + damaged
        print(
            f"{kind:18}{broken:8,}{restored:10,}{restored / max(broken, 1):9.1%}"
            f"{intact:9,}{damaged:9,}{damaged / max(intact, 1):9.2%}"
        )
    print()


def report_worse(pages: Iterable[MeasuredPage]) -> None:
    """Print the pages with more errors than before."""
    for page in pages:
        for view, (before, after) in page.rates.items():
            if after.errors > before.errors:
                print(f"worse: {page.id} ({view}): {before} -> {after}")


Change = tuple[str, int, str, str]
"""The name of a file, where a change begins in code points, what was there, what came."""


def report_harm(
    paths: Iterable[Path], corrector: Corrector, *, show: bool, slips: Container[Change] = ()
) -> None:
    """Print the changed spans per 10,000 code points of each file, which must be correct text.

    Args:
        paths: The files.
        corrector: What is measured.
        show: Whether each change is listed.
        slips: Changes that a reader calls right, since the author has mistyped there; what is left
            is `wrong`.
    """
    print("Harm: changed spans per 10,000 code points of correct text")
    print(f"{'file':32}{'spans':>7}{'code points':>13}{'harm':>7}{'wrong':>7}")
    rows = []
    total, wrongs = ErrorRate(), 0
    for path in paths:
        correction = corrector.correct(path.read_bytes().decode())
        wrong = [e for e in correction.edits if change(path, e) not in slips]
        rows.append((path.name, harm(correction), len(wrong)))
        total += rows[-1][1]
        wrongs += len(wrong)
        if show:
            for edit in wrong:
                print(f"  {path.name}: {in_context(correction.source, edit)}")
    for name, rate, wrong_spans in [*rows, ("all", total, wrongs)]:
        spans = f"{name:32}{rate.errors:7,}{rate.total:13,}"
        print(f"{spans}{10_000 * rate.rate:7.2f}{10_000 * wrong_spans / rate.total:7.2f}")


def change(path: Path, edit: Edit) -> Change:
    """What a reader has judged: an edit of a file."""
    return path.name, edit.start, edit.observed, edit.replacement


def judged_slips(table: Path) -> set[Change]:
    """The changes of a table that are judged `slip`; see `corpora/clean/judged.tsv`."""
    with table.open(encoding="utf-8", newline="") as file:
        return {
            (row["text"], int(row["start"]), row["observed"], row["replacement"])
            for row in csv.DictReader(file, delimiter="\t", quoting=csv.QUOTE_NONE)
            if row["judged"] == "slip"
        }


def in_context(source: str, edit: Edit) -> str:
    """Show an edit with the text around it: `before[observed->replacement]after reason`."""
    before = source[max(0, edit.start - _CONTEXT) : edit.start]
    after = source[edit.end : edit.end + _CONTEXT]
    shown = f"{before}[{edit.observed}->{edit.replacement}]{after}".replace("\n", "\u23ce")
    return f"{shown}  {edit.reason} {edit.confidence:.2f}"


def main() -> None:
    """Parse, correct, print."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("pages", nargs="*", type=Path, metavar="PAGES.jsonl")
    parser.add_argument("--clean", nargs="+", action="extend", default=[], type=Path)
    parser.add_argument("--profile", default="normal", help="strict, normal or bold")
    parser.add_argument("--model", type=Path, help="a bundle other than the one that ships")
    parser.add_argument("--judged", type=Path, help="changes that a reader has judged")
    parser.add_argument("--show", action="store_true", help="list harmed spans and worse pages")
    args = parser.parse_args()
    corrector = Corrector(model=args.model, profile=args.profile)
    print(f"profile {args.profile}, stamp {corrector.stamp}\n")
    if args.pages:
        pages = list(measure(records(args.pages), corrector))
        report_pages(pages)
        if args.show:
            report_worse(pages)
    if args.clean:
        slips = judged_slips(args.judged) if args.judged else set()
        report_harm(args.clean, corrector, show=args.show, slips=slips)
