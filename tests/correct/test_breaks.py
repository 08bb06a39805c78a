"""Breaks: where something may cut a word in two, and where nothing does."""

from __future__ import annotations

import pytest

from thaifix.correct.breaks import is_at_break

# What stands between two halves of a word; whether it may cut a word, and whether a term.
GAPS = [
    ("-", True, True),
    ("-\n", True, True),
    ("\n-\n", True, True),
    ("\r\n-\r\n", True, True),
    ("\u00ad", True, True),  # soft hyphen
    ("\u00ac", True, True),
    ("\u2010", True, True),
    ("\u2015", True, True),
    ("\u2016", False, False),
    ("|", True, True),
    ("*", True, True),
    ("~", True, True),
    ("_", True, True),
    ("=", True, True),
    ("+", True, True),
    ("^", True, True),
    ("#", True, True),
    ("\ufffd", True, True),
    ("\ufffc", False, False),
    ("\ue000", True, True),
    ("\uf8ff", True, True),
    ("\\N", True, True),  # a line end in subtitles
    ("\\", False, False),
    ("<b>", True, True),
    ("<b><i>", True, True),
    ('<a href="#1 2">', True, True),
    ("<br>\n", True, True),
    ("<br> ", False, False),
    ("\n", False, False),
    (" ", False, False),
    (".", False, False),
    ("/", False, False),
    (" - ", False, False),
    (" -", False, False),
    ("-\t", False, False),
    ("-\n ", False, False),
    ("*1", False, False),
    ("*๑", False, False),
    ("7", False, False),  # a number, perhaps a digit of the text
    ("-7-", False, False),
    ("[7]", False, True),  # a note
    ("(7)", False, True),
    ("\n7\n", False, True),  # a page's number
    ("\n\n- ๑๒ -\n\n", False, True),
    ("\n1234\n", False, True),
    ("\n12345\n", False, False),
    ("\u00b9", False, True),
    ("\u00b2", False, True),
    ("\u00b3", False, True),
    ("\u00b4", False, False),
    ("\u2070", False, True),
    ("\u2089", False, True),
    ("\u208a", False, False),
    ("\u207d\u00b9\u207e", False, True),
    ("x", False, True),
    ("\u0ec8", False, False),
    ("\f", True, True),
    ("\n \f\n", True, True),
    ("-1\f", True, True),
]


@pytest.mark.parametrize("of_term", [False, True])
@pytest.mark.parametrize(("gap", "of_word", "with_note"), GAPS)
def test_what_cuts(gap: str, of_word: bool, with_note: bool, of_term: bool) -> None:
    """Behind the gap and before it; what is written there does not matter."""
    cuts = with_note if of_term else of_word
    at = len(f"ประชุม{gap}")
    assert is_at_break(at, at + 2, "รบ", f"ประชุม{gap}รวการ", of_term=of_term) == cuts
    if gap != "-1\f":  # a form feed counts if but blanks part it from the change
        assert is_at_break(3, 5, "รบ", f"ที่รว{gap}ชุม", of_term=of_term) == cuts


@pytest.mark.parametrize("of_term", [False, True])
def test_a_form_feed_counts_beside_the_change_only(of_term: bool) -> None:
    assert is_at_break(3, 5, "รบ", "ที่รว \f", of_term=of_term)
    assert not is_at_break(3, 5, "รบ", "ที่รว ก\f", of_term=of_term)
    assert not is_at_break(3, 5, "รบ", "ที่รว. \f", of_term=of_term)
    assert is_at_break(2, 4, "รบ", "\f รว", of_term=of_term)
    assert not is_at_break(3, 5, "รบ", "\fก รว", of_term=of_term)
    assert not is_at_break(2, 4, "รบ", "\f.รว", of_term=of_term)


@pytest.mark.parametrize(
    ("text", "at", "cut"),
    [
        ("มการ", 0, True),
        ("\n มการ", 2, True),
        ("ก มการ", 2, False),
        (". มการ", 2, False),
        ("", 0, True),
    ],
)
def test_a_text_may_begin_within_a_word(text: str, at: int, cut: bool) -> None:
    """Its first half is on another page; letters that stand there may be changed all the same."""
    assert is_at_break(at, at, "กรร", text) == cut
    assert not is_at_break(at, at + 1, "กรร", text)


# Behind a gap that does not look like one: letters that stand on its other side, too.


@pytest.mark.parametrize(
    ("left", "gap", "right", "observed", "intended", "cut"),
    [
        ("คณะกรร", ".", "การ", "", "กรรม", False),
        ("คณะกรรม", ".", "การ", "", "กรรม", True),
        ("คณะกรรม", "7", "การ", "", "กรรม", True),
        ("คณะกรรม", " 7 ", "การ", "", "กรรม", True),
        ("คณะกรรม", " ", "การ", "", "กรรม", False),
        ("คณะกรรม", "\n", "การ", "", "กรรม", False),
        ("คณะกรรมก", ".", "การ", "", "กรรม", False),
        ("คณะกรรม", ".", "การ", "ก", "กกรรม", True),  # what stays is not written again
        ("คณะกรรม", ".", "การ", "ข", "กรรมข", True),
        ("คณะกรรม", ".", "การ", "กร", "กกรรมร", True),
        ("คณะกรรม", ".", "การ", "กา", "กรรม", True),
        ("คณะกรรม", ".", "การ", "กรรมก", "ก", False),  # what goes is not written
        ("คณะกรรม", ".", "การ", "ก", "ม", False),  # nor is more written than stood there
        ("เจ้าหน้าที", ".", "การ", "", "ที่", True),  # marks do not count
        ("เจ้าหน้าท", ".", "การ", "", "ที่", True),
        ("เจ้าหน้าที่", ".", "การ", "", "ท", True),
        ("เจ้าหน้าที่", ".", "การ", "ท", "ที่", False),  # nothing but marks is written
        ("เพื่อแม่", ".", "การ", "", "แม", True),
        ("ประกาศสำ", ".", "การ", "", "สำ", True),
        ("คณะก", ".", "การ", "กก", "กกก", True),  # one more of the same
        ("ประกาศโ", ".", "การ", "", "โ", True),  # vowels count
        ("ประกาศนา", ".", "การ", "", "า", True),
    ],
)
def test_letters_are_not_written_twice(
    left: str, gap: str, right: str, observed: str, intended: str, cut: bool
) -> None:
    """Neither behind the gap nor, mirrored, before it."""
    start = len(left + gap)
    text = left + gap + observed + right
    assert is_at_break(start, start + len(observed), intended, text) == cut


@pytest.mark.parametrize(
    ("observed", "intended", "gap", "right", "cut"),
    [
        ("", "กรรม", ".", "กรรมการ", True),
        ("", "กรรม", " ", "กรรมการ", False),
        ("", "กรรม", ".", "กรมการ", False),
        ("", "รม", ".", "กรรมการ", False),
        ("", "ที", ".", "ที่ดิน", True),
        ("", "ที่", ".", "ทีดิน", True),
        ("ค", "คกรรม", ".", "กรรมการ", True),
        ("คณ", "คกรรมณ", ".", "กรรมการ", True),
        ("ค", "กรรม", ".", "กรรมการ", True),
        ("คณะก", "กรรม", ".", "รรม", False),
    ],
)
def test_nor_before_the_gap(observed: str, intended: str, gap: str, right: str, cut: bool) -> None:
    text = f"ใน{observed}{gap}{right}"
    assert is_at_break(2, 2 + len(observed), intended, text) == cut


def test_a_break_reaches_over_a_page_foot_only() -> None:
    """64 code points with a letter of the word, on both sides."""
    for size, cut in ((63, True), (64, False)):
        gap = "-" * size
        assert is_at_break(1 + size, 2 + size, "ข", f"ก{gap}ค") == cut
        assert is_at_break(0, 1, "ข", f"ค{gap}ก") == cut


def test_nothing_stands_on_the_other_side() -> None:
    """What looks like a break has a word's half on both sides."""
    assert not is_at_break(1, 2, "ข", "-ค")
    assert not is_at_break(0, 1, "ข", "ค-")
    assert not is_at_break(2, 3, "ข", "7-ค")
    assert not is_at_break(0, 1, "ข", "ค-7")
    assert not is_at_break(4, 5, "ข", "ก-ก ค")  # the gap beside the change is what counts
    assert not is_at_break(0, 1, "ข", "ค ก-ก")


@pytest.mark.parametrize(("gap", "of_word", "with_note"), GAPS)
def test_a_change_is_of_a_word_unless_it_is_said_to_be_of_a_term(
    gap: str, of_word: bool, with_note: bool
) -> None:
    text = f"คณะกรรม{gap}มการ"
    at = text.rindex("มการ")
    assert is_at_break(at, at + 1, "", text) == is_at_break(at, at + 1, "", text, of_term=False)
