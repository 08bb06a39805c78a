"""Documents: the stages and their order, and what happens in one place for all of them."""

from __future__ import annotations

import subprocess
import sys
from array import array
from dataclasses import replace
from itertools import permutations, product

import pytest

from thaifix import Corrector, Options
from thaifix.correct.document import Document
from thaifix.correct.knowledge import Knowledge
from thaifix.correct.revision import Findings
from thaifix.correct.stage import Block, DocumentState, Stage
from thaifix.lexicon.entries import Lexicon
from thaifix.model.decoder import Scan
from thaifix.text.edit import Edit, Flag
from thaifix.text.protect import KeepList, protected_spans

MISREAD = "สำนักงานคณะกรรมการสิทธิมนุษยชนแห่งชาย ได้มีหนังสือแจ้งมายังฟฟฟฟ\n"


class _Finds(Stage):
    """Puts one letter for another at its first place, and notes what it saw."""

    def __init__(self, letter: str, intended: str, *, guesses: bool = False) -> None:
        self.guesses = guesses  # type: ignore[misc]
        self.seen: list[str] = []
        self.learned: list[str] = []
        self._letter, self._intended = letter, intended

    def find(self, text: str, keep: KeepList | None, document: DocumentState) -> Findings:
        self.seen.append(text)
        at = text.find(self._letter)
        if at < 0:
            return Findings()
        edit = Edit(at, at + 1, self._intended, reason="test", observed=self._letter)
        return Findings([edit], [Flag(at, at + 1, "seen")])

    def learn(self, text: str) -> None:
        self.learned.append(text)


def document(corrector: Corrector, *stages: Stage, profile: str = "normal") -> Document:
    """A document with other stages of sections."""
    knowledge = Knowledge(corrector.model, Lexicon(), Options(profile))
    made = Document(knowledge, None)
    vars(made)["_of_sections"] = list(stages)
    return made


def test_each_stage_gets_what_the_one_before_has_left(corrector: Corrector) -> None:
    first, second = _Finds("ฟ", "ก"), _Finds("ก", "ข")
    text = "ฟฟฟฟ\n"
    correction = document(corrector, first, second).correct(text)
    assert first.seen == [text]
    assert second.seen == ["กฟฟฟ\n"]
    assert correction.text == "ขฟฟฟ\n"
    assert [(e.start, e.observed, e.replacement) for e in correction.edits] == [(0, "ฟ", "ข")]
    assert first.learned == second.learned == ["ขฟฟฟ\n"]


@pytest.mark.parametrize(("profile", "made"), [("strict", False), ("normal", True), ("bold", True)])
def test_strict_flags_what_a_stage_guesses(corrector: Corrector, profile: str, made: bool) -> None:
    """And the stages that follow see the text without it."""
    guessing, after = _Finds("ฟ", "ก", guesses=True), _Finds("ฮ", "ก")
    correction = document(corrector, guessing, after, profile=profile).correct("ฟฟฟฟ\n")
    assert (correction.text == "กฟฟฟ\n") is made
    assert (Flag(0, 1, "test", "ก") in correction.flags) is not made
    assert Flag(0, 1, "seen") in correction.flags
    assert after.seen == [correction.text]


NAMED = "นายสมชาย แก้วมณีรัตน์ กล่าวฟฟฟฟ\n" * 3 + "นายสมชาย แก้วมณึรัตน์ ตอบ\n"


@pytest.mark.parametrize(
    ("text", "guesses"),
    [(NAMED, {"name_variant"}), ("แจ้งองค์กรอนามัยโลก (WHO) ฟฟฟฟ\n", {"misreading", "official_form"})],
)
def test_names_misreadings_and_facts_are_guesses(
    profiles: dict[str, Corrector], text: str, guesses: set[str]
) -> None:
    """Strict flags what normal puts right."""
    strict = profiles["strict"].correct(text)
    assert strict.edits == ()
    assert guesses <= {flag.reason for flag in strict.flags}
    made = {edit.reason for edit in profiles["normal"].correct(text).edits}
    assert made
    assert made <= guesses


def test_a_section_without_a_doubtful_word_passes_no_stage(corrector: Corrector) -> None:
    stage = _Finds("ก", "ข")
    text = "ที่ประชุมมีมติเห็นชอบตามที่เสนอ\n"
    assert document(corrector, stage).correct(text).text is text
    assert stage.seen == []


@pytest.mark.parametrize(
    ("options", "stages"),
    [
        (Options(), ["Terms", "Misreadings", "Facts", "Codes", "Names"]),
        (Options(memory=False), ["Terms", "Misreadings", "Facts", "Codes"]),
        (Options(lexicons=False), ["Misreadings", "Facts", "Names"]),
    ],
)
def test_options_choose_the_stages(
    corrector: Corrector, options: Options, stages: list[str]
) -> None:
    """Without lexicons there are no phrases to look for."""
    made = Document(Knowledge(corrector.model, Lexicon(), options), None)
    assert [type(stage).__name__ for stage in made._of_sections] == stages


def test_options_have_an_effect(corrector: Corrector) -> None:
    assert {edit.reason for edit in corrector.correct(MISREAD).edits} == {"term"}
    assert Corrector(options=Options(lexicons=False)).correct(MISREAD).edits == ()


def test_a_clean_text_loads_no_stage_of_sections() -> None:
    """The start of a filter would take longer."""
    program = (
        "import sys, thaifix; thaifix.correct('ที่ประชุมมีมติเห็นชอบตามที่เสนอ'); "
        "print(*sorted(m for m in sys.modules if m.startswith('thaifix.correct.stages.')))"
    )
    run = subprocess.run([sys.executable, "-Pc", program], capture_output=True, check=True)
    assert run.stdout.decode().split() == [
        "thaifix.correct.stages.broken_clusters",
        "thaifix.correct.stages.letter_spaces",
        "thaifix.correct.stages.letters",
    ]


def test_protected_spans_are_those_of_the_text_and_the_keep_list() -> None:
    keep = KeepList(["กข"])
    state = DocumentState()
    for text in "กข ๑๒", "กข ๑๒", "๑๒ กข", "":
        assert state.protected(text, keep) == protected_spans(text, keep)
        assert Block(text, keep).protected == protected_spans(text, keep)


@pytest.mark.parametrize(
    ("words", "costs", "doubtful"),
    [
        ((), (), False),
        ((200, 201), (3.0, 6.9), False),
        ((200, 201), (3.0, 7.0), True),
        ((200, 0), (3.0, 1.0), True),
    ],
)
def test_a_block_is_doubtful_with_an_unknown_or_a_dear_word(
    words: tuple[int, ...], costs: tuple[float, ...], doubtful: bool
) -> None:
    scan = Scan(array("i", range(len(words))), array("I", words), array("f", costs))
    assert Block("กข", None, scan).is_doubtful(7.0) is doubtful


def test_what_is_dear_comes_from_the_bundle(corrector: Corrector) -> None:
    stage = _Finds("ก", "ข")
    made = document(corrector, stage)
    knowledge = made._knowledge
    knowledge.tuning = replace(knowledge.tuning, dear=0.0)
    made.correct("การประชุม\n")
    assert stage.seen == ["การประชุม\n"]


def test_names_of_earlier_sections_count(corrector: Corrector) -> None:
    """Three places of a spelling in one section put the odd one of the next section right."""
    right, wrong = "นายธีรเมธ บุญเกียรติไพร ลงนาม ฟฟฟฟ\n", "นายธีรเมธ บุญเกียรตไพร ลงนาม ฟฟฟฟ\n"
    made = corrector.document()
    assert made.correct(wrong).edits == ()
    made = corrector.document()
    made.correct(right * 3)
    [edit] = made.correct(wrong).edits
    assert (edit.reason, edit.replacement) == ("name_variant", "\N{THAI CHARACTER SARA I}")
    forgetful = Corrector(options=Options(memory=False)).document()
    forgetful.correct(right * 3)
    assert forgetful.correct(wrong).edits == ()


def test_a_document_adapts_from_its_next_block_on(corrector: Corrector) -> None:
    """To the confusions of its surest edits, if it may."""
    clauses = ["ขาวบ้านในขุมขนได้ขี้แจงว่า", "การข่วยเหลือนี้จะดำเนินการ", "โดยข่างของเทศบาล"]
    places = ["ในพื้นที่", "ที่หมู่บ้าน", "ทางทิศเหนือ", "เมื่อวานนี้", "ตามแผนงาน", "ในปีนี้"]
    lines = product(permutations(clauses), places, places)  # equal lines would be one
    page = "".join(f"{a} {b} {x} {c} {y}\n" for (a, b, c), x, y in lines)
    made = corrector.document()
    assert made.adapted == 0
    made.correct(page)
    assert made.adapted > 0
    fixed = Corrector(options=Options(adapt=False)).document()
    fixed.correct(page)
    assert fixed.adapted == 0


def test_a_users_threshold_holds_for_every_reason(corrector: Corrector) -> None:
    """Also for what no profile has a threshold for; the rules of spelling are always sure."""
    text = "โทษตามพระราชบัญญัติจราจรทางบก พ.ศ. ๒๕๒๖ มาตรา ๔ ฟฟฟฟ สํานักงาน\n"
    [rule, year] = sorted(corrector.correct(text).edits, key=lambda edit: -edit.confidence)
    assert (year.reason, year.confidence, rule.confidence) == ("law_year", 0.88, 1.0)
    for threshold, kept in ((0.88, {rule, year}), (0.89, {rule}), (1.0, {rule})):
        found = Corrector(options=Options(threshold=threshold)).correct(text).edits
        assert set(found) == kept
