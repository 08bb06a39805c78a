"""Measure whether words that took the place of others inside known terms come back.

    python benchmarks substitutions PAGES.jsonl|TEXT… [--seed N] [--part K N] [--show]

Errors are planted in correct text (see `benchmarks.planting`); what comes back exactly is counted.
PAGES.jsonl holds a JSON object on each line, with the keys `gold` and `source`; articles of one
subject are joined to documents of about 10,000 code points. TEXT is plain or `.xz`, a paragraph on
each line. `--part K N` takes the K-th of N parts of the articles: tune on one, report another.

Unfair in favour: only terms of the lexicons are broken, the rest of the text is cleaner than any
OCR, and text that the model was trained on flatters. Unfair against: some substitutions make good
text of good text (`รองนายก`, `ของนายก`), which nobody can tell. The source has misspellings of its
own; where they are repaired, that counts as a change elsewhere, and the last line tells how many
such changes are made without planted errors too.
"""

from __future__ import annotations

import argparse
from collections import Counter
from collections.abc import Iterable, Iterator
from itertools import islice
from pathlib import Path

from benchmarks.accuracy import in_context
from benchmarks.planting import PlantedDocument, confusions, documents, make
from thaifix import Corrector, Edit, Options
from thaifix.evaluation.known_errors import elsewhere, restored

CLASSES = "substitution", "letter", "foreign"
"""The classes of planted errors, in the order of the table."""


def placed(document: PlantedDocument, edits: Iterable[Edit]) -> set[tuple[int, str, str]]:
    """Edits by where they stand in the intended text, what they observed and put there."""
    found = set()
    for edit in edits:
        before = [e for e in document.undoing if e.end <= edit.start]
        grown = sum(len(e.replacement) - len(e.observed) for e in before)
        found.add((edit.start + grown, edit.observed, edit.replacement))
    return found


def _order(group: str) -> tuple[int, str]:
    return CLASSES.index(group.split()[0]), group


class PlantedTally:
    """What became of the planted errors, and what was changed elsewhere.

    Attributes:
        counts: Planted errors by class, or class and kind, and by outcome.
        changed: Changes elsewhere.
        anyway: Those of them that are made in the intended text too.
        total: Code points of the intended texts.
    """

    def __init__(self) -> None:
        self.counts = Counter[tuple[str, str]]()
        self.changed = self.anyway = self.total = 0

    def add(self, document: PlantedDocument, corrector: Corrector) -> Iterator[str]:
        """Correct a document and count; yield what was not restored, and the harm, to be shown."""
        correction = corrector.correct(document.observed)
        flagged = [(flag.start, flag.end) for flag in correction.flags]
        for edit in document.undoing:
            flag = any(start <= edit.end and edit.start <= end for start, end in flagged)
            right = restored(edit, document.undoing, correction)
            outcome = "restored" if right else "flagged" if flag else "missed"
            for group in {edit.reason, edit.reason.split()[0]}:
                self.counts[group, outcome] += 1
            if not right:
                shown = in_context(correction.source, edit).removesuffix("  1.00")
                yield f"{outcome} {document.name}: {shown}  {edit.entry or ''}"
        harm = elsewhere(document.undoing, correction)
        self.changed += len(harm)
        self.total += len(document.intended)
        plain = corrector.correct(document.intended).edits
        same = placed(document, harm) & {(e.start, e.observed, e.replacement) for e in plain}
        self.anyway += len(same)
        for edit in harm:
            yield f"harmed {document.name}: {in_context(correction.source, edit)}"

    def report(self) -> None:
        """Print the table."""
        print(f"{'planted':22}{'all':>7}{'restored':>10}{'flagged':>9}{'missed':>8}{'share':>8}")
        for group in sorted({group for group, _ in self.counts}, key=_order):
            found = [self.counts[group, outcome] for outcome in ("restored", "flagged", "missed")]
            share = found[0] / sum(found)
            print(f"{group:22}{sum(found):7,}{found[0]:10,}{found[1]:9,}{found[2]:8,}{share:8.1%}")
        total = max(self.total, 1)
        print(
            f"changes elsewhere: {self.changed:,} in {self.total:,} code points, "
            f"{10_000 * self.changed / total:.2f} per 10,000 "
            f"({10_000 * (self.changed - self.anyway) / total:.2f} "
            "without what is changed in the correct text too)"
        )


def main() -> None:
    """Plant, correct, print."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("texts", nargs="+", type=Path, metavar="PAGES.jsonl|TEXT")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--part", nargs=2, type=int, default=(1, 1), metavar=("K", "N"))
    parser.add_argument("--most", type=int, help="stop after so many documents of each file")
    parser.add_argument("--confusions", type=Path, help="JSON: [intended, observed, count], …")
    parser.add_argument("--profile", default="normal", help="strict, normal or bold")
    parser.add_argument("--model", type=Path, help="a bundle other than the one that ships")
    parser.add_argument("--no-memory", action="store_true", help="without document memory")
    parser.add_argument("--show", action="store_true", help="list what is missed, and the harm")
    args = parser.parse_args()
    options = Options(profile=args.profile, memory=not args.no_memory)
    corrector = Corrector(model=args.model, options=options)
    pairs = confusions(args.confusions)
    tally = PlantedTally()
    for path in args.texts:
        for name, text in islice(documents([path], tuple(args.part)), args.most):
            for line in tally.add(make(name, text, pairs, args.seed), corrector):
                if args.show:
                    print(line)
    print(f"profile {args.profile}, seed {args.seed}, part {args.part[0]} of {args.part[1]}")
    tally.report()
