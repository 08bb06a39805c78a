"""Set the noise of engines that read with a language model, for `thaifix corrupt --engine vlm`.

    python corpora/engine_vlm.py

writes `thaifix/model/engines/vlm.json`. There are no pages to count it on, so it is set by hand.
The kinds of noise and how they compare are those of `nhrct-memo/edits-first-half.tsv` (most errors
are other words in terms, a quarter are single letters) and of what users report of such engines:
letters of other scripts inside words, marks and vowels twice, several letters read as others,
clauses said again, now and then without end, lines left out or read twice.
"""

from collections import defaultdict
from pathlib import Path

from thaifix.model.confusion import LOOK_ALIKES
from thaifix.noise.engines import Engine, Margin, PageQuality, Style
from thaifix.text.script import DIGITS, FOLLOWING_VOWELS, LAO_TWINS, LETTERS, MARKS

OUT = Path(__file__).parent.parent / "thaifix" / "model" / "engines" / "vlm.json"

# All numbers are set by judgement; those of misreadings are times in SEEN letters of a kind.
SEEN = 1_000_000
LOOK_ALIKE_TIMES = 700  # a letter is read as one of its shape, all of these together
LOST_TIMES = 150  # a letter is lost
FOREIGN_TIMES = 120  # a letter is read as one of another script, all of these together
FOREIGN_SYLLABLE_TIMES = 600  # a syllable is read as a Chinese character
SEVERAL_TIMES = 400  # two letters are read as others, one as several
DOUBLED_TIMES = 250  # a mark or a following vowel is written twice
DIGIT_TIMES = 800  # a Thai digit is read as another
SPACE_TIMES = {"": 2500, "  ": 300}  # a space is lost, or doubled
UNEVENNESS = (0.2, 0.35, 0.5, 0.7, 0.9, 1.1, 1.4, 1.8, 2.5)  # factors of pages, and of lines

FOREIGN_LETTERS = {
    "ก": "nп", "ข": "v", "ค": "aA", "ง": "vj", "จ": "a", "ช": "u", "ด": "aо", "ต": "mо",
    "ท": "nп", "น": "uи", "บ": "uU", "ป": "U", "ผ": "w", "พ": "wш", "ฟ": "W", "ม": "uх",
    "ย": "ej", "ร": "sз", "ล": "aв", "ว": "cс", "ส": "a", "ห": "nн", "อ": "oо", "า": "1г",
    "ะ": "s", "เ": "lι", "แ": "u", "โ": "lτ", "ไ": "lΓ", "ใ": "lλ",
}  # fmt: skip
KHMER = dict(zip("กคงจชตทนบพมยรลวสหอ", "កគងចជតទនបពមយរលវសហអ", strict=True))
DEVANAGARI = dict(zip("กคงจชตทนบพมยรลวสห", "कगङचजतदनबपमयरलवसह", strict=True))
SEVERAL = {
    "แ": "เเ", "ญ": "ถเ", "ณ": "ถเ", "ฌ": "ณเ", "พ": "นเ", "รร": "ธร", "รก": "ธภ", "ธุ": "รู",
    "กร": "ภร", "ทร": "ทธ", "คว": "ดอ", "ลา": "สา", "นา": "มา", "กา": "ถา", "ตร": "คร", "สร": "ลร",
}  # fmt: skip
SYLLABLES = {"รา": "拉", "มา": "马", "ลี": "里", "นา": "那", "ดา": "达", "กา": "加", "ตา": "塔"}


def main() -> None:
    """Write the profile."""
    letters: defaultdict[str, dict[str, int]] = defaultdict(dict)
    alike: defaultdict[str, set[str]] = defaultdict(set)
    for group in (*LOOK_ALIKES, DIGITS):
        for letter in group:
            alike[letter] |= set(group) - {letter}
    for letter, others in sorted(alike.items()):
        times = DIGIT_TIMES if letter in DIGITS else LOOK_ALIKE_TIMES
        letters[letter] |= {other: times // len(others) for other in sorted(others)}
    lao: defaultdict[str, str] = defaultdict(str)
    for code, thai in LAO_TWINS.items():
        lao[thai] += chr(code)
    for letter in LETTERS:
        foreign = FOREIGN_LETTERS.get(letter, "") + lao[letter]
        foreign += KHMER.get(letter, "") + DEVANAGARI.get(letter, "")
        letters[letter] |= {other: FOREIGN_TIMES // len(foreign) for other in foreign}
        letters[letter][""] = LOST_TIMES
    for syllable, other in SYLLABLES.items():
        letters[syllable][other] = FOREIGN_SYLLABLE_TIMES
    for letter in MARKS + FOLLOWING_VOWELS:
        letters[letter][letter * 2] = DOUBLED_TIMES
    for few, others in SEVERAL.items():
        letters[few][others] = SEVERAL_TIMES
    letters[" "] = SPACE_TIMES
    Engine(
        name="vlm",
        origin="set by hand, after a memo read by a vision language model and users' reports",
        rate=0.01,
        page_length=2000,
        seen=dict.fromkeys(sorted(letters), SEEN),
        letters={intended: letters[intended] for intended in sorted(letters)},
        pages=tuple(PageQuality(factor, 0.0, 0.0) for factor in UNEVENNESS),
        line=UNEVENNESS,
        garbled=0.0,
        before=Margin({}, (1.0,)),
        after=Margin({}, (1.0,)),
        lines={"lost_line": 0.0015, "repeated_line": 0.001},
        longest_lost=200,
        fluent={"substitution": 0.25, "repeated_clause": 0.002, "loop": 0.00003},
        # A few documents have most marks twice, from end to end.
        styles=(Style("marks twice", 1, {"mark_doubled": 0.3}), Style("plain", 24, {})),
    ).write(OUT)


main()
