"""The rules for what text layers of PDF files have in the place of marks, one by one."""

from __future__ import annotations

import pytest

from thaifix.text.edit import apply
from thaifix.text.normalize import (
    Rule,
    merge_doubled_am,
    normalize,
    read_latin_marks,
    read_old_glyphs,
    read_ring,
)

EK, THO, TRI, CHATTAWA, DEAD = "\u0e48", "\u0e49", "\u0e4a", "\u0e4b", "\u0e4c"
HAN, SI, II, UE, UEE, U, UU = "\u0e31", "\u0e34", "\u0e35", "\u0e36", "\u0e37", "\u0e38", "\u0e39"
EIGHT, RING, AM, DOT = "\u0e47", "\u0e4d", "\u0e33", "\u0e3a"

GLYPHS = {
    "\uf700": "ฐ",
    "\uf701": SI, "\uf702": II, "\uf703": UE, "\uf704": UEE,
    "\uf705": EK, "\uf706": THO, "\uf707": TRI, "\uf708": CHATTAWA, "\uf709": DEAD,
    "\uf70a": EK, "\uf70b": THO, "\uf70c": TRI, "\uf70d": CHATTAWA, "\uf70e": DEAD,
    "\uf70f": "ญ",
    "\uf710": HAN, "\uf711": RING, "\uf712": EIGHT,
    "\uf713": EK, "\uf714": THO, "\uf715": TRI, "\uf716": CHATTAWA, "\uf717": DEAD,
    "\uf718": U, "\uf719": UU, "\uf71a": DOT,
}  # fmt: skip


def read(rule: Rule, text: str) -> str:
    """What one rule makes of a text."""
    edits = tuple(rule(text))
    assert {edit.reason for edit in edits} <= {rule.__name__}
    return apply(text, edits)


@pytest.mark.parametrize(("glyph", "letter"), GLYPHS.items())
def test_every_old_glyph(glyph: str, letter: str) -> None:
    """On a letter, on a mark, and on another glyph; but no mark on anything else."""
    consonant = letter in "ฐญ"
    for before in ("ก", f"ก{II}", "\uf70f", "\uf701"):
        after = read(read_old_glyphs, before + glyph + "ข")
        assert after.endswith(f"{letter}ข")
        assert len(after) == len(before) + 2
    for before in ("", " ", "5", "a", "\n", "ฯ", "\ue000", "\uf71b"):
        stays = before + (letter if consonant else glyph)
        assert read(read_old_glyphs, before + glyph) == stays
    assert read(read_old_glyphs, f"ก{letter}") == f"ก{letter}"
    assert {edit.reason for edit in normalize(f"ก{glyph}")} == {"read_old_glyphs"}


@pytest.mark.parametrize("glyph", ["\uf6ff", "\uf71b", "\uf872", "\uf876"])
def test_other_private_letters_stay(glyph: str) -> None:
    text = f"ก{glyph}ข"
    assert normalize(text) == ()
    assert read(read_old_glyphs, text) == text


@pytest.mark.parametrize("position", ["\uf873", "\uf874", "\uf875"])
def test_positions_of_marks_go(position: str) -> None:
    """Behind Thai letters and marks only."""
    for before in ("ก", f"ก{EK}", "ก\u0e4e", "กๆ"):
        assert read(read_old_glyphs, f"{before}{position}ข") == f"{before}ข"
        assert apply(f"{before}{position}", normalize(f"{before}{position}")) == before
    for before in ("", " ", "a", "5", "\u0e4f", "๕"):
        assert read(read_old_glyphs, before + position) == before + position


def test_glyphs_and_positions_in_one_text() -> None:
    """The edits are sorted whatever comes first."""
    text = f"ก{EK}\uf873 ข\uf70a ค{EK}\uf874"
    assert read(read_old_glyphs, text) == f"ก{EK} ข{EK} ค{EK}"
    assert apply(text, normalize(text)) == f"ก{EK} ข{EK} ค{EK}"


LATIN = {"\u00c9": EK, "\u00ca": THO, "\u00cb": TRI, "\u00cc": CHATTAWA, "\u00cd": DEAD}


@pytest.mark.parametrize(("capital", "mark"), LATIN.items())
def test_latin_capitals(capital: str, mark: str) -> None:
    """On a consonant or a vowel over or under it; not where Latin letters or marks follow."""
    for before in ("ก", "ฮ", f"ก{HAN}", f"ก{UU}"):
        for after in ("", "ข", " ", "5", "า", "."):
            assert read(read_latin_marks, before + capital + after) == before + mark + after
            assert apply(before + capital, normalize(before + capital)) == before + mark
    for before in ("", " ", "a", "เ", "กา", f"ก{EK}", f"ก{EIGHT}", "5"):
        assert read(read_latin_marks, before + capital) == before + capital
    for after in ("A", "Z", "a", "z", "\u00c0", "\u024f", EK, U, RING):
        assert read(read_latin_marks, f"ก{capital}{after}") == f"ก{capital}{after}"
    assert read(read_latin_marks, f"ก{capital}\u0250") == f"ก{mark}\u0250"
    assert read(read_latin_marks, f"ก{capital}@") == f"ก{mark}@"


@pytest.mark.parametrize("capital", ["\u00c8", "\u00ce", "E"])
def test_other_latin_capitals_stay(capital: str) -> None:
    assert normalize(f"ก{capital}") == ()
    assert list(read_latin_marks(f"ก{capital}")) == []


@pytest.mark.parametrize(
    ("text", "one"),
    [
        (f"ก{RING}{AM}", f"ก{AM}"),
        (f"ก{AM}{AM}", f"ก{AM}"),
        (f"ก{AM}า", f"ก{AM}"),
        (f"ก{AM}{RING}", f"ก{AM}"),
        (f"ฮ{AM}า", f"ฮ{AM}"),
        (f"ก{THO}{RING}{AM}", f"ก{THO}{AM}"),
        (f"ก{CHATTAWA}{AM}า", f"ก{CHATTAWA}{AM}"),
        (f"ก{AM}าข", f"ก{AM}ข"),
        (f"ก{AM}ะ", None),
        (f"ก{AM}", None),
        (f"ก{SI}{AM}า", None),
        (f"ก{DEAD}{AM}า", None),
        (f"า{AM}า", None),
        (f" {AM}า", None),
        (f"ก{AM}า{EK}", None),
        (f"ก{RING}{AM}{EK}", None),
        (f"ก{AM} า", None),
    ],
)
def test_doubled_am(text: str, one: str | None) -> None:
    """Two are one, and one with one of its halves."""
    assert read(merge_doubled_am, text) == (one or text)
    if one:
        edits = normalize(text)
        assert apply(text, edits) == one
        assert [edit.reason for edit in edits] == ["merge_doubled_am"]


@pytest.mark.parametrize("ring", ["\u02da", "\u030a", "\u0366"])
def test_rings(ring: str) -> None:
    """With a tone mark before or behind; only on a consonant, and only before aa."""
    for text, am in (
        (f"ก{ring}า", f"ก{AM}"),
        (f"ฮ{ring}าข", f"ฮ{AM}ข"),
        (f"ก{EK}{ring}า", f"ก{EK}{AM}"),
        (f"ก{ring}{CHATTAWA}า", f"ก{CHATTAWA}{AM}"),
        (f"ก{THO}{ring}{EK}า", f"ก{THO}{AM}"),
    ):
        assert read(read_ring, text) == am
        assert apply(text, normalize(text)) == am
    for text in (
        f"ก{ring}",
        f"ก{ring}ะ",
        f"ก{ring}{AM}",
        f"ก{SI}{ring}า",
        f"ก{ring}{SI}า",
        f"ก{ring}{DEAD}า",
        f" {ring}า",
        f"า{ring}า",
        f"ก {ring}า",
    ):
        assert read(read_ring, text) == text


@pytest.mark.parametrize("sign", ["\u00b0", "\u02d9", "\u02db", "\u0309", "\u030b", "o"])
def test_what_is_no_ring(sign: str) -> None:
    assert normalize(f"ก{sign}า") == ()
