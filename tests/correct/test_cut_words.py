"""Cut words: where a stray space goes, and where a space is meant."""

from __future__ import annotations

import random
import re
from pathlib import Path
from typing import cast

import pytest
from scanning import Words

from thaifix import Corrector
from thaifix.correct.cut_words import cut_words
from thaifix.kernel.decoder import Decoder
from thaifix.kernel.symbols import UNKNOWN
from thaifix.model.decoder import scan
from thaifix.text.edit import Edit
from thaifix.text.script import LETTERS, starts_cluster

CLEAN = Path(__file__).parents[2] / "corpora" / "clean"


def found(text: str, corrector: Corrector, *, least: float = 0.88) -> list[Edit]:
    decoder = corrector._knowledge.reader.windows.decoder
    return list(cut_words(text, scan(decoder, text), decoder, [], least=least))


@pytest.mark.parametrize(
    "text",
    [
        "แจ้งให้ที่ประชุ มทราบ",
        "จึงเรียนมาเพื่อโปรดท ราบ",
        "ให้ผู้อำนวยกา รทราบ",
        "เพื่อเพิ่ มประสิทธิภาพ",
        "ผู้ใช้งานแ ละตรวจสอบ",
    ],
)
@pytest.mark.parametrize("profile", ["strict", "normal", "bold"])
def test_a_word_is_whole_again(text: str, profile: str, corrector: Corrector) -> None:
    at = text.index(" ")
    assert [(e.start, e.end, e.replacement, e.observed) for e in found(text, corrector)] == [
        (at, at + 1, "", " ")
    ]
    assert Corrector(profile=profile).correct(text).text == text[:at] + text[at + 1 :]


@pytest.mark.parametrize(
    "text",
    [
        "กรมการปกครอง กระทรวงมหาดไทย",  # between words
        "ท่านปรีดี พนมยงค์ กล่าวว่า",  # two names, in news one word
        "แจ้งให้ที่ประชุ  มทราบ",  # two spaces
        "แจ้งให้ที่ประชุ\nมทราบ",  # a line's end
        "สำนักงานทรัพย์สิน มก โทร. 02-222-2222",  # an abbreviation
        "วันที่ 8 เมษายน พ ศ. 2564",
        "แจ้งให้ที่ประชุ กทราบ",  # an unknown word is left
        "นาย ก ฟ้อง นาง ข ต่อศาล",  # letters that stand for names
        "ที่ประชุ มทราบ และที่ประชุ มทราบ",  # what stands there twice is meant
    ],
)
def test_spaces_that_stay(text: str, corrector: Corrector) -> None:
    assert found(text, corrector) == []


def test_what_is_protected_stays(corrector: Corrector) -> None:
    text = "แจ้งให้ที่ประชุ มทราบ"
    at = text.index(" ")
    decoder = corrector._knowledge.reader.windows.decoder
    for span, edits in ((at, at + 1), 0), ((at - 1, at), 1), ((at + 1, at + 2), 1):
        found = cut_words(text, scan(decoder, text), decoder, [span], least=0.5)
        assert len(list(found)) == edits


def test_confidence_and_margin(corrector: Corrector) -> None:
    """The margin is what the space costs more, after what a stray one costs."""
    (edit,) = found("แจ้งให้ที่ประชุ มทราบ", corrector)
    decoder = corrector._knowledge.reader.windows.decoder
    kept, gone = (sum(scan(decoder, t).costs) for t in ("แจ้งให้ที่ประชุ มทราบ", "แจ้งให้ที่ประชุมทราบ"))
    assert edit.margin == pytest.approx(kept - gone - 5.0, abs=0.01)
    assert edit.reason == "join"
    assert found("แจ้งให้ที่ประชุ มทราบ", corrector, least=1.1) == []


def test_most_words_cut_at_random_are_whole_again(corrector: Corrector) -> None:
    """And nothing else comes of them."""
    decoder = corrector._knowledge.reader.windows.decoder
    rng = random.Random(1)
    right = cut = 0
    for path in sorted(CLEAN.glob("*.txt")):
        clauses = re.findall(f"(?<!\\S)[{LETTERS}]{{20,120}}(?!\\S)", path.read_text("utf-8"))
        for clause in rng.sample(clauses, 40):
            scanned = scan(decoder, clause)
            places = [
                at
                for start, end, word in zip(
                    scanned.starts, scanned.ends(len(clause)), scanned.words, strict=True
                )
                if word != UNKNOWN
                for at in range(start + 1, end)
                if starts_cluster(clause, at)
            ]
            if not places:
                continue
            at = rng.choice(places)
            edits = found(f"{clause[:at]} {clause[at:]}", corrector)
            assert [edit.start for edit in edits] in ([], [at])
            right += len(edits)
            cut += 1
    assert right >= 0.6 * cut


def joined(word: str, at: int, before: str = "", after: str = "") -> bool:
    """Whether a word that has a space at a place becomes whole, if the model knows it."""
    decoder = cast(Decoder, Words({word: 1.0, "ฮฮฮฮฮฮ": 1.0}))
    text = f"{before}{word[:at]} {word[at:]}{after}"
    edits = list(cut_words(text, scan(decoder, text), decoder, [], least=0.88))
    assert [e.start for e in edits] in ([], [len(before) + at])
    return bool(edits)


@pytest.mark.parametrize(("at", "whole"), [(3, True), (4, False), (5, False), (6, True)])
def test_the_shorter_half_of_a_cut_word_has_three_letters(at: int, whole: bool) -> None:
    """Two longer ones are two names."""
    assert joined("กขคงจชซดต", at) is whole


@pytest.mark.parametrize(("letters", "whole"), [(4, False), (5, True)])
def test_four_letters_away_no_unknown_word_is_left(letters: int, whole: bool) -> None:
    """Before the space as behind it."""
    long, short = "กขคงจ"[:letters], "ชซด"
    assert joined(short + long, 3, after="ผ") is whole
    assert joined(long + short, letters, before="ผ") is whole
    assert joined(short + long, 3, after="ฮฮฮฮฮฮ")
    assert joined(long + short, letters, before="ฮฮฮฮฮฮ")
