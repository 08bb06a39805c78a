"""Whether time grows with the length of hostile text, or with its square.

    python benchmarks growth [--letters N] [--profile NAME] [--most RATIO]

Vision-language engines fall into loops, and damaged markup does not end. Each pattern is repeated
to N, 2N and 4N code points and corrected, as text or in the page that is around it. Where the time
is linear, 4N takes four times as long as N; what takes much longer is listed last, and the exit
status is 1. Times are the CPU time of this process.
"""

from __future__ import annotations

import argparse
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import suppress

from thaifix import Corrector, formats
from thaifix.errors import FormatError

LETTERS = 8_000
"""Code points of the shortest text; by judgement: at four times as many a square shows."""
MOST = 7.0
"""Times that 4N may take as long as N: linear time takes 4, n log n some more, a square 16. By
judgement, since times of some milliseconds are noisy.
"""
LEAST = 0.05
"""Seconds below which a time says nothing; by judgement."""

TEXTS = (
    *("นาย", "นาง", "น.ส.", "พล.ต.อ.", "พ.ต.ท.", "ดร.", "ผศ.", "หม่อมหลวง", "ม.ร.ว.", "ด.ต.หญิง "),
    *("นายสมชาย ", "นายสมชายใจดี", "นางสาวกานดา\n", "พลตำรวจเอก", "แพทย์หญิง", "ว่าที่ร้อยตรี"),
    *("-.", ".", "..", "-", "_", "`", "``", "```", "*", "**", "|", "| - ", "\\", "/", "://", "@"),
    *("http://", "www.", "a@", "a.b@", "a.", "1.", "1,", "๑.", "๑๒/", "(", ")", "[", "](", "[x]("),
    *("<", ">", "<a ", "<a b=", '<a b="', "<script>", "<!--", "&", "&amp", "&#", "$", "$$", "\\("),
    *("ก", "ํ", "ำ", "า", "เ", "เเ", "์", "่้", "ก่า", "ํา", "ํ า", "ส ํ า", "ู ", "�", "\uf70a", "É"),
    *("กก ", "ก ก ", "ก ร ม ", "ที่ ", "ๆ", "ฯ", "ฯลฯ ", "พ.ศ. ", "พ.ศ. ๒๕๖๐ ", "มาตรา ๕ ", "ข้อ ๑ "),
    *("สํานักงาน", "สํานักงานคณะกรรมการสิทธิมนุษยชนแห่งชาต ", "กระทรวงมหาดไท", "โยกย้ายดินแดน "),
    *("กรุงเทพมหานคร", "กรุงเทพมหานคน ", "ราชกิงจานุเบกษา", "ร้าย", "กำหนต ", "เมื่อวันที่ ๓๑ กุมภาพันธ์ "),
    *("เวลา ๒๕.๙๙ น. ", "๑๒๓๔๕๖๗๘๙", "1234567890", "๑,๐๐๐ บาท (หนึ่งพันบาทถ้วน) ", "O", "lI1", "ฒ๕ญ"),
    *("\n", "\n\n", "\r", "\f", "\t", " ", "\u00a0", "\u200b", "\u00ad", "ก\n", "ก-\n", "|ก|\n"),
)
"""Repeated as they are: titles, signs of markup, marks, loops; some took square time once."""

_HOCR = "<html><body><div class='ocr_page'>{}</div></body></html>"
_LINE = "<span class='ocr_line' title='bbox 0 0 9 9'>{}</span>"
PAGES = {
    "unclosed <script>": (_HOCR, "<script>"),
    "unclosed <style>": (_HOCR, "<style>"),
    "unclosed comment": (_HOCR, "<!--"),
    "unclosed quote": (_HOCR, '<a b="'),
    "unclosed tag": (_HOCR, "<a b=c "),
    "open spans": (_HOCR, "<span class='ocr_line'>"),
    "closed spans": (_HOCR, "</span>"),
    "entities": (_LINE.join(("<html><body><div class='ocr_page'>", "</div>")), "&amp;"),
    "lines": (_HOCR, "<span class='ocr_line' title='bbox 0 0 9 9'>กำหนต</span>"),
    "words": (_HOCR, "<span class='ocr_line'><span class='ocrx_word'>ก</span> </span>"),
    "JSON lists": ('{{"text": {}', "["),
    "JSON objects": ('{{"text": {}', '{"a":'),
    "JSON escapes": ('{{"text": "{}"}}', "\\u0e01"),
    "ALTO": (
        "<alto><Layout><Page>{}</Page></Layout></alto>",
        "<TextLine><String CONTENT='ก'/></TextLine>",
    ),
    "PAGE": (
        "<PcGts><Page>{}</Page></PcGts>",
        "<TextRegion><TextEquiv><Unicode>ก</Unicode></TextEquiv></TextRegion>",
    ),
}
"""What is around, with its place; what is repeated there."""


def main() -> None:
    """Print a row for each pattern."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--letters", type=int, default=LETTERS)
    parser.add_argument("--profile", default="bold")
    parser.add_argument("--most", type=float, default=MOST)
    given = parser.parse_args()
    corrector = Corrector(profile=given.profile)
    steep = []
    print(f"{'pattern':44}{'N':>9}{'2N':>9}{'4N':>9}{'4N : N':>8}   seconds")
    for name, work in patterns(corrector):
        times = [measured(work, given.letters * times) for times in (1, 2, 4)]
        ratio = times[2] / max(times[0], LEAST)
        print(f"{name:44}" + "".join(f"{t:9.3f}" for t in times) + f"{ratio:8.1f}", flush=True)
        if ratio > given.most:
            steep.append(name)
    print(
        f"{len(steep)} grow faster than {given.most:g} times" + "".join(f"\n  {n}" for n in steep)
    )
    sys.exit(bool(steep))


def patterns(corrector: Corrector) -> Iterator[tuple[str, Callable[[int], object]]]:
    """Yield names of patterns, and what corrects one of so many code points."""
    for text in TEXTS:
        yield (
            repr(text),
            lambda size, text=text: corrector.document().correct(  # type: ignore[misc]
                (text * size)[:size]
            ),
        )
    for name, (around, inside) in PAGES.items():

        def work(size: int, around: str = around, inside: str = inside) -> None:
            data = around.format(inside * (size // len(inside))).encode()
            found, chunks = formats.peek([data])
            with suppress(FormatError):  # that it refuses is right, and takes time too
                formats.correct(found, chunks, corrector, lambda _: None)

        yield name, work


def measured(work: Callable[[int], object], size: int) -> float:
    """The CPU seconds that a text of a size takes."""
    began = time.process_time()
    work(size)
    return time.process_time() - began
