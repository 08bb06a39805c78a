"""Edits and flags as a reader sees them."""

from __future__ import annotations

import pytest

from thaifix.stream.diff import code_points, render_edits, render_flags, visible
from thaifix.text.edit import Correction, Edit, Flag, apply

NIKHAHIT, SARA_AM = "\N{THAI CHARACTER NIKHAHIT}", "\N{THAI CHARACTER SARA AM}"
SARA_I, MAI_EK = "\N{THAI CHARACTER SARA I}", "\N{THAI CHARACTER MAI EK}"
CIRCLE = "\N{DOTTED CIRCLE}"


def correction(source: str, *changes: tuple[str, str]) -> Correction:
    """Correct each observed text, in order, where it next occurs."""
    edits: list[Edit] = []
    at = 0
    for observed, replacement in changes:
        start = source.index(observed, at)
        at = start + len(observed)
        edits.append(Edit(start, at, replacement, 1.0, 1.0, "rule", None, observed))
    return Correction(source=source, text=apply(source, edits), edits=tuple(edits), flags=())


def plain(source: str, *changes: tuple[str, str]) -> str:
    return render_edits(correction(source, *changes), "f", 1, colour=False)


def test_only_changed_lines_with_their_numbers() -> None:
    """Lines are counted on from the number of the first."""
    text = correction("ก\nผิต\r\nก\nผิต", ("ผิต", "ผิด"), ("ผิต", "ผิด"))
    assert render_edits(text, "page.txt", 5, colour=False) == (
        "page.txt:6: ผิ[-ต-]{+ด+}\npage.txt:8: ผิ[-ต-]{+ด+}\n"
    )


def test_no_edits_show_nothing() -> None:
    """An unchanged text has no diff."""
    assert plain("ก\n") == ""


def test_colour() -> None:
    """Removed is struck out and added is bold, besides red and green."""
    shown = render_edits(correction("ผิต", ("ต", "ด")), "f", 1, colour=True)
    assert shown == "f:1: ผิ\x1b[31;9mต\x1b[0m\x1b[32;1mด\x1b[0m\n"


@pytest.mark.parametrize(
    ("source", "change", "shown"),
    [
        (
            f"ส{NIKHAHIT}าคัญ",
            (f"{NIKHAHIT}า", SARA_AM),
            f"ส[-{CIRCLE}{NIKHAHIT}า-]{{+{CIRCLE}{SARA_AM}+}}คัญ",
        ),
        (f"ก{SARA_I}น", (SARA_I, SARA_I + MAI_EK), f"ก{SARA_I}{{+{CIRCLE}{MAI_EK}+}}น"),
        (f"ด{SARA_I}น", (f"ด{SARA_I}", f"ต{SARA_I}"), f"[-ด-]{{+ต+}}{CIRCLE}{SARA_I}น"),
    ],
    ids=["removed mark", "added mark", "mark of a changed letter"],
)
def test_marks_stand_on_a_dotted_circle(source: str, change: tuple[str, str], shown: str) -> None:
    """A mark that is shown apart from its letter stays readable."""
    assert plain(source, change) == f"f:1: {shown}\n"


def test_words_are_aligned_letter_by_letter() -> None:
    """An edit of a whole word shows only the letters that differ."""
    assert plain("ถนน", ("ถนน", "ถนนน")).count("น") == 3
    assert plain("กขคง", ("กขคง", "กมคน")) == "f:1: ก[-ข-]{+ม+}ค[-ง-]{+น+}\n"


def test_edits_of_one_line_share_it() -> None:
    """Insertions at the line's end belong to the line."""
    text = correction("กข\nค", ("ก", "ด"))
    insertion = Edit(2, 2, "!", 1.0, 1.0, "rule", None, "")
    both = Correction(text.source, "ดข!\nค", (*text.edits, insertion), ())
    assert render_edits(both, "f", 1, colour=False) == "f:1: [-ก-]{+ด+}ข{+!+}\n"


def test_edit_over_a_line_end() -> None:
    """The lines it joins are shown as one."""
    assert plain("ab\ncd\ne", ("b\nc", "x\ny")) == "f:1: a[-b-]{+x+}↵[-c-]{+y+}d\n"


def test_long_lines_are_clipped() -> None:
    """Forty code points stay on each side of a change."""
    assert plain("a" * 50 + "x" + "b" * 81 + "y" + "c" * 41, ("x", "1"), ("y", "2")) == (
        f"f:1: …{'a' * 40}[-x-]{{+1+}}{'b' * 40}…{'b' * 40}[-y-]{{+2+}}{'c' * 40}…\n"
    )


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("\x1b[2J\0\x7f", "␛[2J␀<U+007F>"),
        ("\N{ZERO WIDTH SPACE}\N{NO-BREAK SPACE}\ufeff", "<U+200B><U+00A0><U+FEFF>"),
        ("\udcff", "\N{REPLACEMENT CHARACTER}"),
        ("\t a", "\t a"),
        (MAI_EK, CIRCLE + MAI_EK),
    ],
)
def test_nothing_hides_or_acts(text: str, shown: str) -> None:
    """Control, format and undecodable characters cannot reach the terminal."""
    assert visible(text) == shown


def test_flags() -> None:
    """One line a flag: where, why, what."""
    flags = (Flag(2, 7, "impossible_time"),)
    text = Correction(source="ก\n๑๖.๙๙", text="ก\n๑๖.๙๙", edits=(), flags=flags)
    assert render_flags(text, "f", 1) == "f:2: impossible_time: ๑๖.๙๙\n"


@pytest.mark.parametrize(
    ("observed", "replacement", "told"),
    [
        ("ส\u0e4d\u0e32คัญ", "ส\u0e33คัญ", "U+0E4D U+0E32 → U+0E33"),
        ("น\u0e49\u0e4d\u0e32", "น\u0e49\u0e33", "U+0E4D U+0E32 → U+0E33"),
        ("\u0e40\u0e40ละ", "\u0e41ละ", "U+0E40 U+0E40 → U+0E41"),
        ("ก\u200bข", "กข", "U+200B → ∅"),
        ("กำหนต", "กำหนด", ""),
        ("ที", "ที่", ""),
        ("ก", "ก", ""),
        ("", "ก", ""),
    ],
)
def test_texts_that_look_alike_are_told_apart(observed: str, replacement: str, told: str) -> None:
    """By the code points that differ; others speak for themselves."""
    assert code_points(observed, replacement) == told
