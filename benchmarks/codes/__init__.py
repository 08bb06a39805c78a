"""Measure whether right codes, ranks and abbreviations stay, and misread ones come back.

    python benchmarks codes PAGES.jsonl [--part K N] [--profile P] [--show]

Right lines are made from `lines.txt` and `fillings.txt`, our own writing. Eight stand among twelve
damaged lines of PAGES.jsonl (the key `ocr`; `corpora/official-letters/dev.jsonl` will do) in each
document, or among twelve right ones (the key `gold`). A line that is not as it was is changed. Of a
misread line one letter of the code is another of the same shape, so that no member and only one
member of the class is as near.

Unfair in favour: the lines and the class were written by the same people.
"""

from __future__ import annotations

import argparse
from collections import Counter
from collections.abc import Iterable, Iterator
from pathlib import Path
from random import Random
from typing import NamedTuple

from benchmarks.accuracy import records
from benchmarks.codes.writing import CodeLine, misread, right_lines
from thaifix import Corrector
from thaifix.correct.options import PROFILES
from thaifix.text.views import default

OTHERS, OURS = 12, 8
"""Lines of a page and right lines of ours in a document; as the task was set."""

SHORTEST = 20
"""Code points of a page's line, at least, by judgement: shorter ones say nothing of the damage."""


class Around(NamedTuple):
    """Lines of pages: those that were read wrong, and those that were intended."""

    damaged: list[str]
    intended: list[str]


def around(pages: Path) -> Around:
    """Read the lines that ours stand among.

    Raises:
        OSError: If the file cannot be read.
    """
    damaged: list[str] = []
    intended: list[str] = []
    for page in records([pages]):
        right = page["gold"].splitlines()
        known = {default(line) for line in right}
        intended += (line for line in right if len(line) >= SHORTEST)
        read = (line for line in page["ocr"].splitlines() if len(line) >= SHORTEST)
        damaged += (line for line in read if default(line) not in known)
    return Around(damaged, intended)


def corrected(
    lines: Iterable[str], others: list[str], corrector: Corrector, seed: int
) -> Iterator[str]:
    """Yield what becomes of each line among others. Corrections do not change the number of lines.

    Args:
        lines: Ours.
        others: What they stand among.
        corrector: Corrects the documents.
        seed: Of the places and the others.
    """
    draw = Random(seed)
    left = list(lines)
    while left:
        ours, left = left[:OURS], left[OURS:]
        document = draw.sample(others, OTHERS)
        places = sorted(draw.sample(range(OTHERS + len(ours)), len(ours)))
        for place, line in zip(places, ours, strict=True):
            document.insert(place, line)
        after = corrector.correct("\n".join(document) + "\n").text.split("\n")
        yield from (after[place] for place in places)


def report(lines: list[CodeLine], pages: Around, corrector: Corrector, *, show: bool) -> None:
    """Print what becomes of the right lines and of misread ones, in one profile."""
    profile = corrector.options.profile
    for name, others in ("damaged", pages.damaged), ("right", pages.intended):
        changed = Counter[str]()
        after = corrected((line.text for line in lines), others, corrector, 1)
        for line, became in zip(lines, after, strict=True):
            if became != line.text:
                changed[line.kind] += 1
                if show:
                    print(f"  {line.kind}: {line.text}\n      -> {became}")
        kinds = ", ".join(f"{kind} {times}" for kind, times in changed.most_common())
        total = changed.total()
        print(f"{profile:7} among {name:8}{total:4} of {len(lines)} right lines changed  {kinds}")
    wrong = [(line, text) for line in lines if (text := misread(line))]
    after = corrected((text for _, text in wrong), pages.damaged, corrector, 1)
    back = 0
    for (line, text), became in zip(wrong, after, strict=True):
        back += became == line.text
        if show:
            print(f"  {'back' if became == line.text else 'not '} {text}\n      -> {became}")
    print(f"{profile:7} of {len(wrong)} misread lines {back} come back")


def main() -> None:
    """Write the lines, correct, print."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("pages", type=Path, metavar="PAGES.jsonl")
    parser.add_argument("--part", nargs=2, type=int, default=(1, 1), metavar=("K", "N"))
    parser.add_argument("--times", type=int, default=6, help="lines made of each template")
    parser.add_argument("--profile", choices=PROFILES, action="append")
    parser.add_argument("--show", action="store_true", help="list the changes")
    args = parser.parse_args()
    part, parts = args.part
    lines = right_lines(args.times)[part - 1 :: parts]
    pages = around(args.pages)
    for profile in args.profile or PROFILES:
        report(lines, pages, Corrector(profile=profile), show=args.show)
