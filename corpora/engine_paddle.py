"""Set the noise of engines that read letter by letter in crops of lines, for `--engine paddle`.

    python corpora/engine_paddle.py

writes `thaifix/model/engines/paddle.json`. It stands for the Thai models of PaddleOCR and EasyOCR.
There are no pages to count them on, so it is set by hand after users' reports: consonants read as
others of nearly the same outline, upper marks lost or read as others, spaces lost, Thai digits read
as Arabic ones.
"""

import string
from collections import defaultdict
from pathlib import Path

from thaifix.noise.engines import Engine, Margin, PageQuality
from thaifix.text.script import (
    ABOVE_VOWELS,
    BELOW_VOWELS,
    DIGITS,
    LETTERS,
    MAITAIKHU,
    NIKHAHIT,
    SARA_AA,
    SARA_AM,
    THANTHAKHAT,
    TONE_MARKS,
)

OUT = Path(__file__).parent.parent / "thaifix" / "model" / "engines" / "paddle.json"

# All numbers are set by judgement; those of misreadings are times in SEEN letters of a kind.
SEEN = 1_000_000
SWAPPED_TIMES = 24_000  # a letter of GROUPS is read as another of its group, all together
SELDOM_SWAPPED_TIMES = 5_000  # the same of SELDOM
UPPER_LOST_TIMES = 60_000  # an upper mark is lost
UPPER_SWAPPED_TIMES = 30_000  # an upper mark is read as another, all together
LOWER_TIMES = 15_000  # a vowel below is lost
AM_TIMES = {SARA_AA: 180_000, NIKHAHIT + SARA_AA: 60_000}  # sara am is read as these
LOST_TIMES = 1_500  # any other letter is lost
SPACE_TIMES = {"": 180_000}  # a space is lost
ARABIC_TIMES = 150_000  # a Thai digit is read as the Arabic one of its value
DIGIT_TIMES = 15_000  # a Thai digit is read as another
UNEVENNESS = (0.3, 0.5, 0.6, 0.8, 1.0, 1.1, 1.3, 1.5, 1.9)  # factors of pages, and of lines

GROUPS = ("กคดตถภ", "มบน", "ขชซ", "ผพฝฟ", "ลสศ")
SELDOM = ("ปบ", "อฮ", "จว", "ทห", "ฎฏ", "ณญ", "รธ", "โไใ", "เแ")


def main() -> None:
    """Write the profile."""
    letters: defaultdict[str, dict[str, int]] = defaultdict(dict)
    upper = ABOVE_VOWELS + MAITAIKHU + TONE_MARKS + THANTHAKHAT
    for letter in LETTERS:
        letters[letter][""] = LOST_TIMES
    for mark in upper:
        others = sorted(set(upper) - {mark})
        letters[mark] |= dict.fromkeys(others, UPPER_SWAPPED_TIMES // len(others))
        letters[mark][""] = UPPER_LOST_TIMES
    for vowel in BELOW_VOWELS:
        letters[vowel][""] = LOWER_TIMES
    for groups, times in (GROUPS, SWAPPED_TIMES), (SELDOM, SELDOM_SWAPPED_TIMES):
        for group in groups:
            for letter in group:
                others = sorted(set(group) - {letter})
                letters[letter] |= dict.fromkeys(others, times // len(others))
    for digit, arabic in zip(DIGITS, string.digits, strict=True):
        others = sorted(set(DIGITS) - {digit})
        letters[digit] = dict.fromkeys(others, DIGIT_TIMES // len(others))
        letters[digit][arabic] = ARABIC_TIMES
    letters[SARA_AM] |= AM_TIMES
    letters[" "] = SPACE_TIMES
    Engine(
        name="paddle",
        origin="set by hand, after users' reports of PaddleOCR and EasyOCR",
        rate=0.035,
        page_length=2000,
        seen=dict.fromkeys(sorted(letters), SEEN),
        letters={intended: letters[intended] for intended in sorted(letters)},
        pages=tuple(PageQuality(factor, 0.0, 0.0) for factor in UNEVENNESS),
        line=UNEVENNESS,
        garbled=0.0,
        before=Margin({}, (1.0,)),
        after=Margin({}, (1.0,)),
        lines={"lost_line": 0.002},
        longest_lost=40,
        fluent={},
    ).write(OUT)


main()
