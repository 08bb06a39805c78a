"""Measure what becomes of a user's memo, in which misreadings are words and terms recur.

    python benchmarks memo [--profile P] [--model M] [--no-memory]

Counted are the edits of our reading of its first half, by tier (A is sure), that are applied
exactly as written, and the wrong renderings of its main term in the whole memo that come back.
Listed are the edits that do not come back and, for a reader to judge, all changes elsewhere: up to
the last edit of our reading, and from there to the middle, where nothing was noted.

Unfair in favour: the memo was looked at while thaifix was made. Unfair against: a change elsewhere
may be right; our reading notes what it is sure of.
"""

from __future__ import annotations

import argparse
import re
from collections import Counter
from pathlib import Path

from benchmarks.accuracy import in_context
from thaifix import Corrector, Edit, Options
from thaifix.evaluation.known_errors import elsewhere, restored, standing_for
from thaifix.text import tsv

MEMO = Path(__file__).parent.parent / "corpora" / "nhrct-memo"
TERM = "โยกย้ายถิ่นฐาน"
RENDERINGS = {
    "โยกย้ายดินแดน": (4, TERM),
    "โยกย้ายถาวรสหรัฐ": (2, TERM + "สำหรับ"),
    "โยกย้ายถาวรสหภพ": (9, TERM),
    "โยกย้ายด้านฐาน": (9, TERM),
    "โดยย้ายถิ่นฐาน": (7, TERM),
}
"""How the memo renders the term wrongly, how often, and what was meant; white space is ignored.

It is 31 times in all. `โยกย้ายถิ่น`, once, is left out: it may have been written so."""


def reading() -> list[tuple[str, Edit]]:
    """Our reading of the first half, as edits with their tiers."""
    found = []
    for _, cells in tsv.read((MEMO / "edits-first-half.tsv").read_text(encoding="utf-8")):
        if not cells[0].startswith("#"):
            start, end, observed, intended, tier, kind = cells
            edit = Edit(int(start), int(end), intended, reason=kind, observed=observed)
            found.append((tier, edit))
    return found


def renderings(memo: str) -> list[tuple[int, int, str]]:
    """The places of the wrong renderings, each with what was meant."""
    found = []
    for wrong, (often, meant) in RENDERINGS.items():
        spans = [match.span() for match in re.finditer(r"\s*".join(wrong), memo)]
        assert len(spans) == often, f"{wrong}: {len(spans)} times"
        found += [(start, end, meant) for start, end in spans]
    return sorted(found)


def main() -> None:
    """Correct, count, list."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--profile", default="normal", help="strict, normal or bold")
    parser.add_argument("--model", type=Path, help="a bundle other than the one that ships")
    parser.add_argument("--no-memory", action="store_true", help="without document memory")
    args = parser.parse_args()
    options = Options(profile=args.profile, memory=not args.no_memory)
    corrector = Corrector(model=args.model, options=options)
    memo = (MEMO / "observed.txt").read_bytes().decode()
    correction = corrector.correct(memo)
    noted = reading()
    truth = [edit for _, edit in noted]
    counts = Counter[tuple[str, bool]]()
    print("Not as our reading has it:")
    for tier, edit in noted:
        right = restored(edit, truth, correction)
        counts[tier, right] += 1
        if not right:
            became = standing_for(correction, edit.start, edit.end)
            print(f"  {tier} {in_context(memo, edit)} is {became!r}")
    print("Renderings that do not come back:")
    missed = 0
    places = renderings(memo)
    for start, end, meant in places:
        became = standing_for(correction, start, end)
        if meant not in "".join(became.split()):
            missed += 1
            print(f"  {start}: {memo[start:end]!r} is {became!r}")
    last, middle = max(edit.end for edit in truth), len(memo) // 2
    others = elsewhere(truth, correction)
    ahead = [edit for edit in others if edit.start <= last]
    behind = [edit for edit in others if last < edit.start <= middle]
    for name, group in (f"up to {last}", ahead), (f"from there to {middle}", behind):
        print(f"Changes elsewhere {name}: {len(group)}")
        for edit in group:
            print(f"  {in_context(memo, edit)}")
    print(f"profile {args.profile}, document memory {'off' if args.no_memory else 'on'}")
    for tier in sorted({tier for tier, _ in noted}):
        applied, every = counts[tier, True], counts[tier, True] + counts[tier, False]
        print(f"tier {tier}: {applied} of {every} exactly, {applied / every:.1%}")
    print(f"renderings of {TERM}: {len(places) - missed} of {len(places)} come back")
