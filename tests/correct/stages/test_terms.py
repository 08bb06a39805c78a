"""Terms: which gaps are found, which are left alone, and what the decision is told of them."""

from __future__ import annotations

import re
from array import array
from collections.abc import Iterable
from itertools import pairwise
from math import isfinite
from typing import cast

import pytest

from thaifix import Corrector, Options
from thaifix.correct.decision import Decision
from thaifix.correct.knowledge import Knowledge
from thaifix.correct.options import PROFILES
from thaifix.correct.stage import Block, DocumentState
from thaifix.correct.stages.memory import Memory
from thaifix.correct.stages.term_features import FEATURES, Candidate, features
from thaifix.correct.stages.term_finder import TermFinder
from thaifix.correct.stages.terms import Terms
from thaifix.kernel.symbols import decode, encode
from thaifix.lexicon.entries import Lexicon
from thaifix.model import phrases
from thaifix.model.decoder import Scan, build_decoder
from thaifix.text.edit import apply

OFFICE = "สำนักงานพัฒนาระบบตรวจสอบแห่งแคว้นล้านดาว"
TWINS = ("กรมการปกครอง", "กรมการปกครองท้องถิ่น", "องค์การขนส่งแห่งแคว้นล้านดาว", "องค์กรขนส่งแห่งแคว้นล้านดาว")
BEFORE, AFTER = "ตามที่", " ได้มีหนังสือแจ้งมา\n"


@pytest.fixture(scope="module")
def office() -> Corrector:
    """One term of a user, and no others."""
    return Corrector(lexicons=[[OFFICE]], options=Options(lexicons=False))


@pytest.fixture(scope="module")
def terms(corrector: Corrector) -> TermFinder:
    decoder = build_decoder(corrector.model)
    entries = Lexicon.read([[OFFICE, *TWINS]]).entries
    return TermFinder(
        phrases.scan(entries, decoder), decoder, decoder, corrector.model.array("cuts")
    )


def candidates(terms: TermFinder, text: str) -> list[Candidate]:
    symbols = encode(text)
    held = terms.index.strings.find(symbols)
    return terms.candidates(text, symbols, terms.scan(symbols), held)


MISREAD = [
    ("พัฒนา", "พัดลม", "an inner word"),
    ("สำนักงาน", "สำนักเงา", "the end of the first word"),
    ("ตรวจสอบ", "ตรวจชอบ", "a part of a word"),
    ("ระบบ", "ระบาย", "the end of a word"),
    ("แห่ง", "แต่ง", "a particle"),
    ("ตรวจสอบ", "ตำรวจสาม", "two words"),
]


@pytest.mark.parametrize(("word", "misread", "why"), MISREAD, ids=[why for *_, why in MISREAD])
def test_a_word_read_as_another_comes_back(
    office: Corrector, word: str, misread: str, why: str
) -> None:
    """The letters beside it are those of the term; the edit names its entry."""
    text = BEFORE + OFFICE + AFTER
    correction = office.correct(text.replace(word, misread))
    assert correction.text == text
    assert {(edit.reason, edit.entry) for edit in correction.edits} == {("term", "list:1")}


@pytest.mark.parametrize(("word", "misread", "why"), MISREAD, ids=[why for *_, why in MISREAD])
def test_what_is_found_is_measured(terms: TermFinder, word: str, misread: str, why: str) -> None:
    text = (BEFORE + OFFICE + AFTER).replace(word, misread)
    found = candidates(terms, text)
    applied = [text[: c.start] + c.intended + text[c.end :] for c in found]
    assert BEFORE + OFFICE + AFTER in applied
    for c in found:
        assert c.observed == text[c.start : c.end]
        assert c.phrase in (OFFICE, *TWINS)
        assert c.left + c.right + len(c.intended) <= len(c.phrase)
        assert c.whole is (c.left + c.right + len(c.intended) == len(c.phrase))
        values = features(c, text)
        assert len(values) == len(FEATURES) == len(set(FEATURES))
        assert all(map(isfinite, values))


@pytest.mark.parametrize("profile", PROFILES)
@pytest.mark.parametrize(
    "text",
    [
        BEFORE + OFFICE + AFTER,
        OFFICE.replace("ตรวจ", "\nตรวจ"),
        "สำนักงานของพัฒนาแห่งหนึ่ง",
        "ระบบตรวจสอบแห่งใหม่ของบริษัท",
        "สำนักงานพัฒนาที่ดินแห่งแคว้นเหนือ",
    ],
)
def test_what_is_right_stays(text: str, profile: str) -> None:
    corrector = Corrector(lexicons=[[OFFICE]], profile=profile)
    assert corrector.correct(text).edits == ()


def test_a_word_too_many_goes_where_it_stands_twice(terms: TermFinder) -> None:
    """Side by side, or in two places of the text; once and alone it may be meant."""
    twice = OFFICE.replace("ระบบ", "ระบบเงิน")
    once = candidates(terms, BEFORE + twice + AFTER)
    assert "" not in {c.intended for c in once if c.observed == "เงิน"}
    found = candidates(terms, (BEFORE + twice + AFTER) * 2 + (BEFORE + OFFICE + AFTER) * 2)
    assert [c.observed for c in found if not c.intended] == ["เงิน", "เงิน"]
    beside = candidates(terms, BEFORE + OFFICE.replace("พัฒนา", "พัฒนาพัฒนา") + AFTER)
    assert {c.observed for c in beside if not c.intended} == {"พัฒนา"}


def test_a_line_end_within_a_misreading_stays(office: Corrector) -> None:
    for misread in ("ตรวจ\nชอบ", "ตำรวจ\nสาม"):
        text = BEFORE + OFFICE.replace("ตรวจสอบ", misread) + AFTER
        corrected = office.correct(text).text
        assert "".join(corrected.split()) == "".join((BEFORE + OFFICE + AFTER).split())
        assert corrected.count("\n") == text.count("\n")


def test_a_blank_line_within_a_term_divides_it(office: Corrector) -> None:
    text = BEFORE + OFFICE.replace("ตรวจสอบ", "ตรวจ\n\nชอบ") + AFTER
    assert office.correct(text).edits == ()


def test_kept_words_within_a_term_stay(office: Corrector) -> None:
    text = BEFORE + OFFICE.replace("พัฒนา", "พัดลม") + AFTER
    assert office.correct(text).edits
    options = Options(lexicons=False)
    keeping = Corrector(lexicons=[[OFFICE]], keep=["พัดลม"], options=options)
    assert keeping.correct(text).text is text


@pytest.mark.parametrize("sign", ["๕", "5", "ๆ", "(ก)", "A", "-"])
def test_no_sign_goes(terms: TermFinder, sign: str) -> None:
    """Numbers, brackets and other letters are no misreadings of words."""
    text = BEFORE + OFFICE.replace("ระบบ", sign) + AFTER
    assert not [c for c in candidates(terms, text) if sign in c.observed]


@pytest.mark.parametrize("name", TWINS)
@pytest.mark.parametrize("profile", PROFILES)
def test_neighbours_are_never_exchanged(name: str, profile: str) -> None:
    """Though each differs from another by a word or a letter, and the other stands nearby."""
    corrector = Corrector(lexicons=[TWINS], profile=profile)
    for other in TWINS:
        text = f"{BEFORE}{other}และ{other} {AFTER}แจ้งให้{name}ทราบ\n"
        assert corrector.correct(text).edits == ()


def test_what_is_a_term_as_it_stands_is_unsafe(terms: TermFinder) -> None:
    """The observed letters belong to a phrase with anchors as long."""
    text = f"{BEFORE}{TWINS[2]}{AFTER}"
    found = [c for c in candidates(terms, text) if c.phrase == TWINS[3]]
    assert all(map(terms.unsafe, found))
    misread = text.replace("ขนส่ง", "ขนของ")
    found = [c for c in candidates(terms, misread) if c.observed.endswith("ของ")]
    assert found
    assert not any(map(terms.unsafe, found))


def test_divisions_are_where_words_meet(terms: TermFinder) -> None:
    bounds = [0, *terms.divisions(OFFICE), len(OFFICE)]
    parts = [OFFICE[a:b] for a, b in pairwise(bounds)]
    assert "".join(parts) == OFFICE
    assert all(parts)
    assert {"พัฒนา", "ระบบ", "แห่ง"} <= {*parts}
    assert bounds == sorted(set(bounds))


def test_without_terms_of_ones_own_or_the_shipped_nothing_is_sought(corrector: Corrector) -> None:
    model, none = corrector.model, Lexicon()
    assert Knowledge(model, none, Options(lexicons=False)).term_finder is None
    assert Knowledge(model, none, Options()).term_finder is not None


def test_a_users_terms_are_sought_before_the_shipped(corrector: Corrector) -> None:
    """Of equal ones the user's entry counts."""
    term = "สำนักงานคณะกรรมการสิทธิมนุษยชนแห่งชาติ"
    shipped = Knowledge(corrector.model, Lexicon(), Options()).term_finder
    own = Knowledge(corrector.model, Lexicon.read([[term]]), Options()).term_finder
    assert shipped
    assert own
    text = BEFORE + term.replace("แห่งชาติ", "แห่งชาย") + AFTER
    [wanted] = {c.entry for c in candidates(shipped, text) if c.phrase == term}
    assert {c.entry for c in candidates(own, text) if c.phrase == term} == {"list:1"} != {wanted}


def test_gain_is_what_the_language_model_saves(terms: TermFinder) -> None:
    text = BEFORE + OFFICE + AFTER
    at = text.index("พัฒนา")
    assert terms.gain(text, at, at + 5, "พัดลม") < 0
    assert terms.gain(text, at, at + 5, "พัฒนา") == 0


class OneGap:
    """A finder that finds one gap at a time, the first, and phrases where a text has `ฮฮ`."""

    scans_as_the_reader = True
    own: frozenset[str] = frozenset()

    def __init__(self) -> None:
        self.index = self
        self.strings = self
        self.familiar_places: list[tuple[int, int, int]] = []

    def find(self, symbols: bytes) -> list[tuple[int, int, int]]:
        return [(m.start(), m.end(), 0) for m in re.finditer("ฮฮ", decode(symbols))]

    def familiar(self, found: Iterable[tuple[int, int, int]]) -> None:
        self.familiar_places = list(found)

    def scan(self, symbols: bytes) -> Scan:
        return Scan(array("i"), array("I"), array("f"))

    def candidates(self, text: str, *_: object) -> list[Candidate]:
        at = text.find("ผ")
        gap = Candidate(
            at, at + 1, "ผ", "ฝ", "กข", "te-1", 30, 30, False, 30.0, 30.0, 0, 30.0, False, True
        )
        return [gap] if at >= 0 else []

    def unsafe(self, c: Candidate) -> bool:
        return False

    def knows(self, text: str) -> bool:
        return False

    def gain(self, text: str, start: int, end: int, intended: str) -> float:
        return 0.0


def read(text: str, memory: Memory | None = None) -> tuple[str, OneGap]:
    """What becomes of a text if each candidate is sure, and the finder that has read it."""
    finder = OneGap()
    table = {"weights": {"one": 9.0}, "thresholds": dict.fromkeys(PROFILES, 0.5)}
    stage = Terms(cast(TermFinder, finder), Decision(table, FEATURES), Options(), memory)
    document = DocumentState()
    document.blocks = [Block(text, None)]
    return apply(text, stage.find(text, None, document).edits), finder


@pytest.mark.parametrize(("gaps", "left"), [(3, 0), (4, 1)])
def test_a_section_is_looked_through_three_times(gaps: int, left: int) -> None:
    """What was put right may be an anchor for the next."""
    text, _ = read("ผก" * gaps)
    assert (text.count("ฝ"), text.count("ผ")) == (3, left)


def test_what_stands_twice_in_a_document_is_familiar() -> None:
    """In two different contexts; without memory nothing is."""
    once, twice = "ที่ฮฮ มี\n", "ที่ฮฮ มี\nและฮฮ ได้\n"
    assert read(once, Memory())[1].familiar_places == []
    assert read(once * 3, Memory())[1].familiar_places == [(3, 5, 0)]
    assert read(twice, Memory())[1].familiar_places == [(3, 5, 0), (12, 14, 0)]
    assert read(twice)[1].familiar_places == []
