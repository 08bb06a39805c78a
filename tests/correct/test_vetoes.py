"""Vetoes: what stays beside damage, whatever the language model thinks of it."""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path

import pytest

from thaifix import Corrector
from thaifix.correct.options import PROFILES
from thaifix.correct.proposals import Proposal
from thaifix.correct.vetoes import (
    admitted,
    cuts_word,
    loses_letters_beside_unreadable,
    loses_structure,
)

LINES = json.loads((Path(__file__).parents[1] / "cases" / "innocent.json").read_text("utf-8"))
DAMAGED = "ส\u0e4dานักการคลังแจ้งวันท่ี ผูัจัดการ กรมกาปกครอง และจ้าหน้าทีเทศบาล\n"


def proposal(text: str, observed: str, intended: str) -> Proposal:
    """A sure change of what stands in a text once."""
    start = text.index(observed)
    end = start + len(observed)
    return Proposal(start, end, observed, intended, 20.0, 20.0, 4.0, 1, True, "respell", None)


@pytest.mark.parametrize("profile", PROFILES)
@pytest.mark.parametrize("line", [case["text"] for case in LINES])
def test_innocent_lines_stay(profiles: Mapping[str, Corrector], line: str, profile: str) -> None:
    """Before and after a damaged line, which is repaired all the same."""
    for text in (f"{line}\n{DAMAGED}", f"{DAMAGED}{line}\n"):
        correction = profiles[profile].correct(text)
        assert line in correction.text.split("\n")
        assert "กรมการปกครอง" in correction.text


@pytest.mark.parametrize(
    ("text", "observed", "intended", "left"),
    [
        ("ตอนที่ ๗ ง ราชกิงจา", "ง ราชกิง", "ราชกิจ", "ราชกิง"),
        ("ราชกิงจ ง ตอน", "ราชกิงจ ง", "ราชกิจจา", "ราชกิงจ"),
        ("ตรวจ ก รับ", "ตรวจ ก รับ", "ตรวจรับ", None),
        ("ข้อ ก\n", "ก", "", None),
        ("ห้อง ก๑ ข๒", "ข", "", None),
        ("ทะเบียน 1กข 123", "กข", "กษ", None),
        ("ที่ประชุ ม ทราบ", "ประชุ ม", "ประชุม", "ประชุ ม"),
        ("พศ ๒๕๖๐", "พศ", "พ.ศ.", "พศ"),
        ("[70ฏ7ฮ8 นอก", "ฏ", "", "ฏ"),
        ("ค\ufffdาสั่ง", "า", "", None),
        ("ค\ufffdาสัง", "สัง", "สั่ง", None),
        ("*กมการ*", "กมการ", "กรมการ", "กมการ"),
        ("*กรรมการ*", "กรรมการ", "กมการ", None),
        ("ผล ->ข", "->", "", None),
        ("ผล > ดี", ">", "", None),
        ("ผล . ดี", " .", "", " ."),
        ("หัวข้อ: ดี", ":", "", None),
        ("แล: ดี", ":", "ะ", ":"),
        ("ค่า .85", ".", "", None),
        ("กรร-\nมการ", "มการ", "กรรมการ", None),
        ("5 ลบ.ม./ว", "./", "/", None),
        ("5 ลบ.ม./วินาที", "ม./", "ม/", None),
        ("รั. ดี", "รั.", "รับ", "รั."),
        ("คง ล าขน", "า", "", None),  # half a sara am
        ("คง ล าขน", " า", "", None),
        ("น้อย   า", "า", "", "า"),  # dirt of a margin
        ("คง ล าขน", " า", "ำ", " า"),
        ("แจ้ง สนช. แล้ว", "สนช.", "สปช.", None),
        ("แจ้ง สนช. แลว", "สนช. แลว", "สนช. แล้ว", "สนช. แลว"),
        ("แจ้ง ฟฉฏ. แล้ว", "ฟฉฏ.", "สนช.", "ฟฉฏ."),
        ("จ.ส.ท. ดำ", "จ.ส.ท.", "จ.ส.ต.", None),
    ],
)
def test_admitted(text: str, observed: str, intended: str, left: str | None) -> None:
    """What is left of a proposal: the letters that it still changes, None if it may not be."""
    found = admitted(proposal(text, observed, intended), text)
    assert (found and found.observed) == left
    assert found is None or text[found.start : found.end] == found.observed
    assert found is None or found.intended == intended


def change(text: str, start: int, observed: str, intended: str) -> Proposal:
    """A sure change at a place of a text."""
    assert text.startswith(observed, start)
    end = start + len(observed)
    return Proposal(start, end, observed, intended, 20.0, 20.0, 4.0, 1, True, "respell", None)


# Letters that stand alone. At the edge of a change they are left out of it.


@pytest.mark.parametrize(
    ("text", "letter", "alone"),
    [
        ("ก", "ก", True),
        ("ฮ", "ฮ", True),
        ("บ\u0e48", "บ\u0e48", True),
        ("บ\u0e4b", "บ\u0e4b", True),
        ("บ\u0e35", "บ\u0e35", False),
        ("ฯะ", "ฯะ", True),
        ("ะ", "ะ", False),
        ("กข", "กข", False),
        ("กข", "ก", False),
        ("กข", "ข", False),
        ("เ", "เ", False),
        ("ฏ.", "ฏ", False),  # no known abbreviation
        (".ก", "ก", False),
        ("ก,", "ก", False),
        (",ก", "ก", True),
        ("กฯ", "ก", False),
        ("ฯก", "ก", False),
        ("กๆ", "ก", False),
        ("ๆก", "ก", False),
        ("(ก)", "ก", True),
        ("-ก", "ก", True),
    ],
)
def test_what_stands_alone(text: str, letter: str, alone: bool) -> None:
    for whole in (text, f"ตรวจ {text} รับ"):
        made = change(whole, whole.index(text) + text.index(letter), letter, "มด")
        assert (admitted(made, whole) is None) == alone


@pytest.mark.parametrize(
    ("code", "letters", "kept"),
    [
        ("กขค1", "กขค", True),
        ("กขค 1", "กขค", True),
        ("กขค-1", "กขค", True),
        ("กขค   1", "กขค", True),
        ("กขค    1", "กขค", False),
        ("กขค/1", "กขค", False),
        ("กขค\u0e51", "กขค", True),
        ("กขค\u0e59", "กขค", True),
        ("กขคง1", "กขคง", False),
        (".กขค1", "กขค", False),
        ("ากขค1", "กขค", False),
        ("1กขค", "กขค", True),
        ("9กขค", "กขค", True),
        ("\u0e50กขค", "กขค", True),
        ("1กขคง", "กขคง", False),
        ("1 กขค", "กขค", False),
        ("1กข\u0e48ค", "กข", False),
    ],
)
def test_letters_of_a_code(code: str, letters: str, kept: bool) -> None:
    text = f"ที่ {code} มี"
    assert (admitted(change(text, text.index(letters), letters, "มาก"), text) is None) == kept


@pytest.mark.parametrize(
    ("text", "at"),
    [("กขค 1", 0), ("กขค-1", 0), ("กขค 1", 1), ("1กขค", 3), ("1กขค", 1), ("ฯะ", 0), ("ฯะ", 1)],
)
def test_one_letter_of_a_code(text: str, at: int) -> None:
    """The rest of it is outside of the change."""
    for whole in (text, f"ที่ {text} มี"):
        made = change(whole, whole.index(text) + at, text[at], "ม")
        assert admitted(made, whole) is None


@pytest.mark.parametrize(
    ("text", "start", "observed", "intended", "left"),
    [
        ("ข้อ ก รับ", 5, " รับ", " รัก", " รับ"),  # the letter is beside the change
        ("รบ ก ดี", 0, "รบ ", "รับ ", "รบ "),
        ("ข้อ ก รบ", 4, "ก รบ", "รับ", "รบ"),
        ("ข้อ ก \t\u00a0รบ", 4, "ก \t\u00a0รบ", "รับ", "รบ"),
        ("ข้อ ก\nรบ", 4, "ก\nรบ", "รับ", "\nรบ"),
        ("รบ ก ดี", 0, "รบ ก", "รับ", "รบ"),
        ("รบ \t\u00a0ก ดี", 0, "รบ \t\u00a0ก", "รับ", "รบ"),
        ("รบ\nก ดี", 0, "รบ\nก", "รับ", "รบ\n"),
        ("บ\u0e48 รบ", 1, "\u0e48 รบ", "รับ", "รบ"),  # begins within it
        ("รบ บ\u0e48 ดี", 0, "รบ บ", "รับ", "รบ"),  # ends within it
        ("ข้อ ก ", 4, "ก ", "ม", None),  # nothing is left
        ("ข้อ ก ข ค รบ", 4, "ก ข ค รบ", "รับ", "รบ"),
        ("รบ ก ข ค ดี", 0, "รบ ก ข ค", "รับ", None),  # the first one is inside
        ("รบ ก ข", 0, "รบ ก", "รับ ก", "รบ ก"),  # it stays
        ("รบ ก ข", 0, "รบ ก", "รับก", "รบ ก"),
        ("รบ บ\u0e48 ข", 0, "รบ บ\u0e48", "รับ บ", "รบ"),  # ... not all of it
        ("ข้อ ก รบ", 4, "ก รบ", "กรับ", "ก รบ"),
        ("ข้อ ก รบ", 3, " ก รบ", "กรับ", " ก รบ"),
        ("1กข2 รบ", 1, "กข2 รบ", "กข2 รับ", "กข2 รบ"),
    ],
)
def test_lone_letters_at_an_edge(
    text: str, start: int, observed: str, intended: str, left: str | None
) -> None:
    found = admitted(change(text, start, observed, intended), text)
    assert (found and found.observed) == left
    if found:
        assert text[found.start : found.end] == found.observed
        assert found.intended == intended


@pytest.mark.parametrize(
    ("text", "letter", "rubble"),
    [
        ("1ก2", "ก", False),  # two switches between digits and letters, as on plates
        ("1ก2ข", "ข", True),
        ("ก1ข2", "ก", True),
        ("1[2ก", "ก", True),  # a bracket is a letter misread
        ("1]2ก", "ก", True),
        ("[1ก2", "ก", True),
        ("]1ก2", "ก", True),
        ("[1ก", "ก", True),  # a bracket that nothing closes
        ("[1ก]", "ก", False),
        ("1ก2 3ข4", "ข", False),  # of one code, up to the spaces
        ("1ก2ข ค", "ค", False),
        ("ค 1ก2ข", "ค", False),
        ("ก1ข2\nง", "ง", False),
        ("ก๑ข๒ค", "ค", False),  # no engine takes Latin letters for Thai digits
        (f"ก{'1' * 21}ข2ค", "ก", True),
        (f"ก{'1' * 22}ข2ค", "ก", False),
        (f"ก1ข{'2' * 22}ค", "ค", True),
        (f"ก1ข{'2' * 23}ค", "ค", False),
    ],
)
def test_rubble(text: str, letter: str, rubble: bool) -> None:
    """Latin text that an engine for Thai has read: its letters may go."""
    at = text.rindex(letter)
    for before, after in (("", ""), ("ดู ", ""), ("", " มี" * 20)):
        whole = before + text + after
        found = admitted(change(whole, len(before) + at, letter, ""), whole)
        assert (found is not None) == rubble


# Letters beside something unreadable

UNREADABLE = "\u0e4f\u0e5a\u0e5b\ufffd\ue000\uf8ff"
DOUBTFUL = "\0\x08\x0b\x0e\x1f\x7f\x9f\u00b7*|\u0300\u0dff\u0e80\u1fff"
READABLE = " \n\t.()-\u00a0\u00a1ๆ๑a7\u02ff\u2000\udfff\uf900\ufffc"


@pytest.mark.parametrize("sign", UNREADABLE + DOUBTFUL + READABLE)
@pytest.mark.parametrize("intended", ["กรม", "กม", "ก\u0e49"])
def test_letters_beside_a_sign(sign: str, intended: str) -> None:
    """Beside the unreadable nothing changes; beside the doubtful no letter goes."""
    stays = sign in UNREADABLE or (sign in DOUBTFUL and len(intended) < 2)
    fewer = intended if len(intended) < 3 else "กรม"
    for text, at in (
        (f"{sign}กม", 1),
        (f"{sign}สากม", 3),
        (f"กม{sign}", 0),
        (f"กมสา{sign}", 0),
    ):
        found = loses_letters_beside_unreadable(change(text, at, "กม", fewer), text)
        assert found == stays
        lost = loses_letters_beside_unreadable(change(text, at, "กม", "ก"), text)
        assert lost == (sign in UNREADABLE + DOUBTFUL)


def test_the_sign_must_be_in_the_word() -> None:
    """With nothing but letters between; it is looked for in 12 code points."""
    for text in ("\ufffd กม", "\ufffd.กม", "\ufffdฯกม"):
        assert not loses_letters_beside_unreadable(change(text, text.index("ก"), "กม", "ก"), text)
    for text in ("กม \ufffd", "กม.\ufffd", "กมๆ\ufffd"):
        assert not loses_letters_beside_unreadable(change(text, 0, "กม", "ก"), text)
    for size, seen in ((11, True), (12, False)):
        text = f"กม{'า' * size}\ufffd"
        assert loses_letters_beside_unreadable(change(text, 0, "กม", "ก"), text) == seen


def test_signs_are_no_letters() -> None:
    """A sign that goes beside a doubtful one is no lost letter, nor one that comes a letter."""
    assert not loses_letters_beside_unreadable(change("*ก.", 1, "ก.", "ก"), "*ก.")
    assert loses_letters_beside_unreadable(change("*กม", 1, "กม", "ก."), "*กม")


# Signs that go


@pytest.mark.parametrize("sign", ".:,'[]")
def test_usual_dirt_may_go(sign: str) -> None:
    text = f"ผล  {sign} ดี"
    assert not loses_structure(change(text, 0, f"ผล  {sign} ดี", "ผล ดี"), text)


@pytest.mark.parametrize("sign", '"();!?/-*|_=+<>#%&ฯๆ๑7a\u2022\u0e3f')
def test_what_is_no_dirt_stays(sign: str) -> None:
    text = f"ผล {sign} ดี"
    assert loses_structure(change(text, 0, f"ผล {sign} ดี", "ผล ดี"), text)
    assert not loses_structure(change(text, 0, f"ผล {sign} ดี", f"ผล {sign}ดี"), text)
    assert not loses_structure(change(text, 3, sign, "ก"), text)  # a letter comes for it


@pytest.mark.parametrize(
    ("text", "sign", "stays"),
    [
        ("ผล .. ดี", 3, True),
        ("ผล .. ดี", 4, True),
        ("ผล .- ดี", 3, True),
        ("ผล -. ดี", 4, True),
        ("ผล .ๆ ดี", 3, False),
        ("ผล .\u0e48 ดี", 3, False),
        (".. ดี", 0, True),
        (". ดี)", 0, False),
        ("ผล ..", 4, True),
        ("ผล ก. ดี", 4, False),
        ("ผล a. ดี", 4, False),
        ("ผล   .. ดี", 5, False),  # three blanks before: the edge of a page
        ("ผล   .. ดี", 6, False),
        ("ผล\t\t\t.. ดี", 5, False),
        ("ผล  .. ดี", 4, True),
        ("ผล ก  .. ดี", 6, True),
        ("ผล\n   .. ดี", 6, False),
        ("ผล\n  .. ดี", 5, True),
        ("  .. ดี", 2, True),
        ("ผล .5 ดี", 3, True),  # a decimal fraction
        ("ผล ,๕ ดี", 3, True),
        ("ผล :5 ดี", 3, False),
        ("ผล 7.5 ดี", 4, False),
        ("ผล\n.5 ดี", 3, True),
        (".5 ดี", 0, True),
        ("ผล .ก ดี", 3, False),
        ("ผล .", 3, False),
        ("ผล: ดี", 2, True),  # a label
        ("ที่: ดี", 3, True),
        ("า: ดี", 1, True),
        ("ผล : ดี", 3, True),
        ("๑ : ๒", 2, True),
        ("ผล  : ดี", 4, False),
        ("ผล : : ดี", 3, False),
        ("ผล : ", 3, False),
        ("ผล. ดี", 2, False),
        ("ผล \u0e48: ดี", 4, False),  # dirt with a mark
        ("\u0e48: ดี", 1, False),
        ("7: ดี", 1, False),
        (": ดี", 0, False),
    ],
)
def test_where_signs_stand(text: str, sign: int, stays: bool) -> None:
    assert loses_structure(change(text, sign, text[sign], ""), text) == stays
    assert not loses_structure(change(text, sign, text[sign], "ก"), text)


def test_each_sign_is_asked() -> None:
    text = "ผล . ดี - มี"
    assert loses_structure(change(text, 2, " . ดี - ", " ดี "), text)
    assert not loses_structure(change(text, 2, " . ดี ", " ดี "), text)
    assert not loses_structure(change(text, 4, " ดี ", ""), text)
    assert not loses_structure(change("ผลล. ดี", 1, "ลล.", "ล."), "ผลล. ดี")  # no sign goes
    assert not loses_structure(
        change("ก\u0e49\u0e49ข", 0, "ก\u0e49\u0e49ข", "กข"), "ก\u0e49\u0e49ข"
    )


def test_words_that_are_cut() -> None:
    text = "คณะกรรม-มการ"
    assert cuts_word(change(text, 8, "ม", ""), text)
    assert admitted(change(text, 8, "ม", ""), text) is None
    text = "คณะกรรม[7]มการ"  # of a term only
    assert not cuts_word(change(text, 10, "ม", ""), text)


def test_a_narrower_change_is_what_the_rules_judge() -> None:
    """A letter that is left out takes its sign along."""
    text = "(ก) รบ"
    found = admitted(change(text, 1, "ก) รบ", ") รับ"), text)
    assert found
    assert (found.start, found.end, found.observed) == (2, 6, ") รบ")
    text = "\ufffdก รบ"
    found = admitted(change(text, 1, "ก รบ", "รับ"), text)
    assert found
    assert found.observed == "รบ"


@pytest.mark.parametrize(
    ("text", "observed", "intended", "kept"),
    [
        ("กจการ, แผน", "กจการ, ", "กิจการ ", "กิจการ, "),
        ("1,กจการ", ",กจการ", "กิจการ", ",กิจการ"),
        ("กจการ: แผ", "กจการ: แผ", "กิจการ แผน", "กิจการ: แผน"),
        ("แผน,กจการ,แผ", "แผน,กจการ,แผ", "แผนกิจการแผน", "แผน,กิจการ,แผน"),
        ("แผ , กจการ", "แผ , กจการ", "แผนกิจการ", "แผนกิจการ"),  # a speck, on nothing
        ("กจกา,", "กจกา,", "กิจการ", "กิจการ"),  # a letter, read as a comma
    ],
)
def test_separators_stay(text: str, observed: str, intended: str, kept: str) -> None:
    """A sign that parts the items of a list stays, and the word beside it is repaired."""
    found = admitted(proposal(text, observed, intended), text)
    assert found is not None
    assert found.intended == kept


def test_a_separator_alone_is_no_change() -> None:
    assert admitted(proposal("แผน, งาน", "แผน, ", "แผน "), "แผน, งาน") is None


@pytest.mark.parametrize("profile", PROFILES)
@pytest.mark.parametrize("separator", [",", ", ", ":", ": ", "; ", " / ", '","', "\t"])
def test_separators_of_a_misread_list_stay(
    profiles: Mapping[str, Corrector], separator: str, profile: str
) -> None:
    """As many as there were, in every order of right and misread items."""
    items = "ปฎิบัติราชการ", "งานธุรการ", "สำนกงานเขต", "งานสารบรรณ", "กองคลัง"
    for turn in range(len(items)):
        text = separator.join(items[turn:] + items[:turn])
        found = profiles[profile].correct(text).text
        assert found.count(separator) == len(items) - 1, found
