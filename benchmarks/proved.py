"""Measure whether numbers that an engine misreads come back where the document proves them.

    python benchmarks proved [--engine NAME] [--documents N] [--seed N] [--show]
    python benchmarks proved PAGES.jsonl… [--show]

Documents are made with sums in words, lists, dates with weekdays, prices and tables; the engine's
profile for `thaifix corrupt` damages their letters and digits at its own rate. Of real pages
(records with `ocr` and `gold`) the same is counted. A number is restored if it was not exact and is
exact after correction. Every edit with a proof is judged by what the intended text has there.

Unfair in favour: the made documents hold far more numbers that say the same than real ones. Unfair
against: where several numbers of a proof are misread, none of them is left to prove the others.
"""

from __future__ import annotations

import argparse
import json
import random
from collections import Counter
from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path

from thaifix import Correction, Corrector
from thaifix.correct.flags.dates import MONTHS, WEEKDAYS
from thaifix.noise import NoiseSource
from thaifix.text.align import Match, matches
from thaifix.text.number_words import spell_baht
from thaifix.text.numerals import grouped, like
from thaifix.text.script import DIGITS

ITEMS = [
    "ค่าวัสดุสำนักงาน",
    "ค่าเช่ารถยนต์",
    "ค่าอาหารกลางวัน",
    "ค่าตอบแทนวิทยากร",
    "ค่าจัดพิมพ์เอกสาร",
    "ค่าที่พัก",
    "ค่าน้ำมัน",
]
"""What lists and tables of made documents hold."""

_MONTHS = {number: name for name, number in reversed(MONTHS.items()) if "." not in name}
_DAYS = dict(zip(WEEKDAYS.values(), WEEKDAYS, strict=True)) | {3: "พฤหัสบดี"}

Placed = list[tuple[str, int, int]]
"""Numbers of a text: kind, start and end in code points."""


def make(draw: random.Random) -> tuple[str, Placed]:
    """Make a document, and tell where its numbers stand."""
    text, placed = "", Placed()

    def add(*parts: str | tuple[str, str]) -> None:
        nonlocal text
        for part in parts:
            if isinstance(part, tuple):
                kind, number = part
                placed.append((kind, len(text), len(text) + len(number)))
                text += number
            else:
                text += part

    def thai(value: int | str) -> str:
        return like(DIGITS, value)

    day = date(2008, 1, 1) + timedelta(draw.randrange(6500))
    year = thai(day.year + 543)
    add("บันทึกการประชุมคณะกรรมการกองทุนพัฒนาหมู่บ้าน ครั้งที่ ", thai(draw.randrange(1, 10)), "/")
    add(("year", year), f" วัน{_DAYS[day.weekday()]}ที่ ", ("day", thai(day.day)))
    add(f" {_MONTHS[day.month]} ", ("year", year), " ณ ห้องประชุมที่ว่าการอำเภอ\n")
    rows = draw.sample(ITEMS, draw.randrange(4, 8))
    for number, item in enumerate(rows, 1):
        price, count = 50 * draw.randrange(2, 60), draw.randrange(2, 20)
        add(("list", thai(number)), f". {item} ", ("price", thai(count)), " ชุด ชุดละ ")
        add(("price", thai(grouped(price))), " บาท เป็นเงิน ")
        add(("price", thai(grouped(price * count))), " บาท ตามที่คณะกรรมการได้พิจารณาแล้ว\n")
    total = 1000 * draw.randrange(11, 9999)
    add("ที่ประชุมเห็นชอบในวงเงิน ", ("sum", thai(grouped(total))))
    add(f" บาท ({spell_baht(100 * total)}) เพื่อดำเนินโครงการให้แล้วเสร็จ\n")
    return text, placed


def exact(text: str, agreed: list[Match], intended: str, start: int, end: int) -> bool:
    """Whether a text has a number of the intended one, with no digit more."""
    for match in agreed:
        if match.reference <= start and end <= match.reference + match.length:
            at = start + match.hypothesis - match.reference
            beside = text[max(0, at - 1) : at] + text[at + end - start : at + end - start + 1]
            return not any(letter.isdigit() for letter in beside)
    return False


def judge(intended: str, correction: Correction) -> Iterator[tuple[str, bool, str]]:
    """Yield reason and worth of each edit with a proof, and how it looks."""
    agreed = matches(intended, correction.text)
    grown = 0
    for edit in correction.edits:
        start = edit.start + grown
        end = start + len(edit.replacement)
        grown += len(edit.replacement) - len(edit.observed)
        if edit.proof is not None:
            right = any(m.hypothesis <= start and end <= m.hypothesis + m.length for m in agreed)
            around = correction.source[max(0, edit.start - 20) : edit.end + 10]
            yield edit.reason, right, f"{edit.observed} -> {edit.replacement}: {around!r}"


def main() -> None:
    """Print a table of numbers by kind, and the worth of the edits by reason."""
    parser = argparse.ArgumentParser(
        prog="benchmarks proved",
        description=__doc__,
        formatter_class=argparse.RawTextHelpFormatter,
    )
    parser.add_argument("pages", nargs="*", type=Path)
    parser.add_argument("--engine", default="tesseract-tha")
    parser.add_argument("--documents", type=int, default=300)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--show", action="store_true", help="print each edit")
    options = parser.parse_args()
    corrector = Corrector()
    numbers, worth = Counter[tuple[str, str]](), Counter[tuple[str, bool]]()
    for observed, intended, placed in _texts(options):
        correction = corrector.correct(observed)
        before, after = matches(intended, observed), matches(intended, correction.text)
        for kind, start, end in placed:
            was = exact(observed, before, intended, start, end)
            now = exact(correction.text, after, intended, start, end)
            numbers[kind, "right" if was else "misread"] += 1
            numbers[kind, "restored"] += now and not was
            numbers[kind, "damaged"] += was and not now
        for reason, right, shown in judge(intended, correction):
            worth[reason, right] += 1
            if options.show:
                print("right" if right else "WRONG", reason, shown)
    print(f"{'numbers':12}{'right':>8}{'misread':>9}{'restored':>10}{'damaged':>9}")
    for kind in dict.fromkeys(kind for kind, _ in numbers):
        n = {name: numbers[kind, name] for name in ("right", "misread", "restored", "damaged")}
        share = f"{n['restored'] / n['misread']:.0%}" if n["misread"] else "-"
        print(f"{kind:12}{n['right']:8}{n['misread']:9}{n['restored']:6}{share:>5}{n['damaged']:8}")
    print(f"\n{'edits':20}{'right':>8}{'wrong':>8}")
    for reason in sorted({reason for reason, _ in worth}):
        print(f"{reason:20}{worth[reason, True]:8}{worth[reason, False]:8}")


def _texts(options: argparse.Namespace) -> Iterator[tuple[str, str, Placed]]:
    """Yield the observed and the intended text of each document, with its numbers."""
    from thaifix.evaluation.numbers import number_spans

    for path in options.pages:
        for line in path.read_text("utf-8").splitlines():
            page = json.loads(line)
            spans = [("number", start, end) for start, end in number_spans(page["gold"])]
            yield page["ocr"], page["gold"], spans
    if not options.pages:
        draw = random.Random(options.seed)
        noise = NoiseSource(options.engine, seed=options.seed)
        for _ in range(options.documents):
            text, placed = make(draw)
            yield noise.document().correct(text).text, text, placed
