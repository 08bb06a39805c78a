"""Loops: found once, wherever they stand, and told from what people repeat."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from thaifix.correct.flags import find_flags
from thaifix.correct.flags.loops import repeated_loop
from thaifix.text.edit import Edit
from thaifix.text.protect import protected_spans

CONSONANTS = "กคงจชดตทนบปพมยรลวสหอ"
words = st.lists(
    st.sampled_from([f"{c}า" for c in CONSONANTS]), min_size=1, max_size=15, unique=True
)
phrases = words.map("".join)
around = st.text("ๆ๑-", max_size=100)


@given(around, phrases, st.sampled_from(["", " ", "\n", "  "]), st.integers(0, 40), around)
def test_a_planted_loop_is_found_once(
    before: str, phrase: str, space: str, more: int, after: str
) -> None:
    """With all its copies, if it is as long as a step of the samples, a window and two copies."""
    period = len(phrase + space)
    copies = max(10, -(-(32 + 8 + 2 * period) // period)) + more
    loop = space.join([phrase] * copies)
    text = f"{before}{loop}{after}"
    (flag,) = (
        f for f in repeated_loop(text) if f.end > len(before) and f.start < len(text) - len(after)
    )
    assert (flag.start, flag.end) == (len(before), len(before) + len(loop))
    assert flag.note.endswith(f"stands here {copies} times")


@given(st.lists(st.sampled_from([f"{c}{v}" for c in CONSONANTS for v in "าะี"]), unique=True))
def test_no_loop_where_nothing_stands_again(syllables: list[str]) -> None:
    assert list(repeated_loop("".join(syllables))) == []


@given(phrases, st.integers(1, 4), st.integers(0, 40))
def test_four_copies_are_no_loop(phrase: str, copies: int, at: int) -> None:
    text = f"{'ฮฬฉธณภถฎฐซผฝ'[: at % 12]} {phrase * copies} ฆฌ"
    assert list(repeated_loop(text)) == []


@pytest.mark.parametrize(
    ("unit", "copies"),
    [
        ("กา ", 9),
        ("กำหนดไว้ ", 8),
        ("กำหนดให้แก้ไข ", 5),
        ("กำหนดให้แก้ไข\n", 10),
        ("ให้เจ้าหน้าที่ตรวจสอบและรายงานผลทุกเดือน\n", 5),
        ("<td>ไม่มี</td>", 30),
        ("ก", 150),
        ("!", 300),
        ("๐", 300),
        (". ", 151),
    ],
)
def test_so_many_copies_are_a_loop_and_one_less_are_none(unit: str, copies: int) -> None:
    for count in copies, copies - 1:
        (*loops,) = repeated_loop(f"ผล: {unit * count} จบ")
        assert len(loops) == (count == copies)


@pytest.mark.parametrize(
    "unit",
    [
        "_",
        "-",
        "=",
        "*",
        "x",
        " ",
        "\n",
        "| ",
        "|---",
        "<td></td>",
        "&nbsp;",
        "0.00 ",
        "....\n",
        "+-",
    ],
)
def test_rulings_and_empty_cells_are_no_loops_however_long(unit: str) -> None:
    assert list(repeated_loop(f"ชื่อ {unit * 900} สกุล")) == []


def test_the_longest_of_loops_that_overlap_is_told() -> None:
    """A loop of words, in a loop of lines."""
    line = "ที่ ที่ ที่ ที่ ที่ ที่ ที่ ที่ แล้วจึงพิจารณา\n"
    text = line * 12
    assert [(f.start, f.end) for f in repeated_loop(text)] == [(0, len(text) - 1)]


def test_a_long_phrase_is_cut_in_the_note() -> None:
    (flag,) = repeated_loop("ให้เจ้าหน้าที่ตรวจสอบและรายงานผลให้ทราบทุกเดือน " * 6)
    unit = re.findall("\u201c(.*)\u201d", flag.note)
    assert unit == ["ให้เจ้าหน้าที่ตรวจสอบและรายงานผลให้ทราบทุกเดือน"[:39] + "\u2026"]


def test_a_loop_is_flagged_once_whatever_else_repeats_there() -> None:
    """Neither as a clause, nor as words, and although it is edited or in code."""
    loop = "ให้คณะทำงานจัดทำรายงานเสนอต่อที่ประชุมภายในสิบห้าวัน" * 8
    edit = Edit(70, 71, "", observed=loop[70])
    assert [f.reason for f in find_flags(loop, [edit], [])] == ["repeated_loop"]
    fenced = f"```\n{loop}\n```\n"
    found = find_flags(fenced, [], protected_spans(fenced))
    assert [f.reason for f in found] == ["repeated_loop"]


def test_two_loops_are_two_flags() -> None:
    first, second = "และ" * 30, "หรือ" * 30
    text = f"{first} ดังนั้น {second}"
    at = len(text) - len(second)
    assert [(f.start, f.end) for f in repeated_loop(text)] == [(0, len(first)), (at, len(text))]


def test_copies_may_begin_in_the_middle() -> None:
    """A loop begins where a word may begin, also if the engine began it within a word."""
    (flag,) = repeated_loop("ตาม" + "ที่เสนอ" * 12)
    assert flag.start == 3
    (flag,) = repeated_loop("ข้อ " + "เห็นชอบตามที่เสนอ " * 12)
    assert flag.note == "\u201cเห็นชอบตามที่เสนอ\u201d stands here 12 times"


@given(phrases, st.integers(60, 599))
def test_long_units_are_found_too(phrase: str, length: int) -> None:
    """Up to 600 code points, each code point of a unit in another place."""
    unit = "".join(f"{i}{phrase[:6]}" for i in range(length))[:length]
    text = f"{unit * 6}"
    flags = list(repeated_loop(text))
    assert len(flags) == 1
    assert flags[0].end - flags[0].start >= len(text) - length


def of_letters(length: int, *, first: int = 0x4E00) -> str:
    """So many letters, no two of them the same."""
    return "".join(map(chr, range(first, first + length)))


def where_missed(loop: str, starts: range) -> list[int]:
    """The places where a loop may begin and is not found."""
    return [at for at in starts if not list(repeated_loop(of_letters(at, first=0xAC00) + loop))]


@pytest.mark.parametrize(("copies", "missed"), [(11, [1]), (12, [])])
def test_a_loop_as_long_as_a_step_a_window_and_its_unit_is_found(
    copies: int, missed: list[int]
) -> None:
    """24, 8 and 3: 34 code points hold a sample that stands again, wherever they begin."""
    assert where_missed("กขค" * copies, range(24)) == missed


@pytest.mark.parametrize(("period", "missed"), [(72, []), (73, [*range(10, 16)])])
def test_a_unit_of_72_is_found_by_the_next_sample(period: int, missed: list[int]) -> None:
    """A longer one only if one of the few coarse samples falls in."""
    assert where_missed(of_letters(period) * 5, range(10, 16)) == missed


def test_a_loop_as_long_as_a_coarse_step_and_two_units_is_found() -> None:
    """Of five units of 73, 219 code points hold a sample that is followed by two of them."""
    assert where_missed(of_letters(73) * 5, range(30, 42)) == [*range(30, 37)]
    assert where_missed(of_letters(85) * 5, range(0, 256, 15)) == []


@pytest.mark.parametrize(("length", "found"), [(600, True), (601, False)])
def test_the_longest_unit_has_600_code_points(length: int, found: bool) -> None:
    assert bool(list(repeated_loop(of_letters(length) * 5))) is found


@pytest.mark.parametrize(
    ("pieces", "same", "found"), [(8, 31, True), (9, 31, False), (9, 16, False), (9, 15, True)]
)
def test_a_unit_may_hold_sixteen_letters_eight_times(pieces: int, same: int, found: bool) -> None:
    """In pieces of 32 code points, so many of them the same: all samples fall on their begins."""
    ends = of_letters(pieces * 32, first=0xAC00)
    unit = "".join(of_letters(same) + ends[i * 32 :][: 32 - same] for i in range(pieces))
    assert bool(list(repeated_loop(unit * 5))) is found


@pytest.mark.parametrize(
    ("unit", "copies"),
    [
        (of_letters(12), 8),
        (of_letters(13), 5),
        (of_letters(38) + "\n", 10),
        (of_letters(39) + "\n", 5),
        (of_letters(3), 8),
        (of_letters(2), 12),
    ],
)
def test_how_often_depends_on_how_long(unit: str, copies: int) -> None:
    """Short units more often than long, lines more often than clauses; in all, 24 code points."""
    for count in copies, copies - 1:
        assert len(list(repeated_loop(unit * count))) == (count == copies)


@pytest.mark.parametrize(("copies", "found"), [(7, False), (8, True)])
def test_eight_words_may_have_any_blanks_between(copies: int, found: bool) -> None:
    """Long ones, too."""
    blanks = [" " * (1 + i * i % 7) for i in range(copies)]
    words = "".join(of_letters(14) + blank for blank in blanks)
    assert bool(list(repeated_loop(words))) is found


@pytest.mark.parametrize(("length", "cut"), [(40, False), (41, True)])
def test_a_note_has_40_code_points_of_what_is_repeated(length: int, cut: bool) -> None:
    unit = of_letters(length)
    (flag,) = repeated_loop(unit * 6)
    assert flag.note.startswith(f"\u201c{unit[:39]}\u2026\u201d" if cut else f"\u201c{unit}\u201d")
