"""Views: what looks the same is one, what is misread is not."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from thaifix.text.script import LETTERS
from thaifix.text.views import VIEWS, collapsed, default, letters, strict

NIKHAHIT, AA, AM = "\u0e4d", "\u0e32", "\u0e33"
EK, THO, II, THANTHAKHAT = "\u0e48", "\u0e49", "\u0e35", "\u0e4c"

TEXTS = st.text(
    alphabet=f"กข{NIKHAHIT}{AA}{AM}{EK}{THO}{II}\u0e38\u0e34\u0e3a\u200b\ufeff \t\r\n\u00a0ae\u0301"
)


@pytest.mark.parametrize(
    ("stored", "seen"),
    [
        pytest.param(f"ส{NIKHAHIT}{AA}", f"ส{AM}", id="nikhahit and aa"),
        pytest.param(f"น{NIKHAHIT}{THO}{AA}", f"น{THO}{AM}", id="tone mark between"),
        pytest.param(f"น{THO}{NIKHAHIT}{AA}", f"น{THO}{AM}", id="tone mark before"),
        pytest.param(f"น{NIKHAHIT}{AA}{THO}", f"น{THO}{AM}", id="tone mark behind"),
        pytest.param(f"น{AM}{THO}", f"น{THO}{AM}", id="tone mark behind sara am"),
        pytest.param(f"ท{EK}{II}", f"ท{II}{EK}", id="marks in the wrong order"),
        pytest.param("สิท\u0e4c\u0e34", "สิท\u0e34\u0e4c", id="thanthakhat before the vowel"),
        pytest.param("ก\u200bา\ufeffร\u00ad", "การ", id="without width"),
        pytest.param("  ก \t  ข\u00a0ค \r\n\r\n  \nง ", "ก ข ค\nง", id="white space"),
        pytest.param("e\u0301", "\u00e9", id="NFC"),
        pytest.param("", "", id="nothing"),
        pytest.param(" \n ", "", id="nothing but white space"),
    ],
)
def test_default_folds_what_looks_the_same(stored: str, seen: str) -> None:
    assert default(stored) == seen


@pytest.mark.parametrize(
    "text",
    [
        pytest.param(f"ท{II}{EK}{EK}", id="a doubled tone mark"),
        pytest.param(f"น{AM}{THO}{THO}", id="a doubled tone mark behind sara am"),
        pytest.param("เเละ", id="two sara e"),
        pytest.param(f"ค{EK}{THO}า", id="two tone marks"),
        pytest.param("\u0e81าร", id="a Lao letter"),
    ],
)
def test_default_keeps_misreadings(text: str) -> None:
    """A reader could see each of these."""
    assert default(text) == text


def test_strict_keeps_all_but_line_ends() -> None:
    """What is stored otherwise is an error; NFC and CR LF are not."""
    text = f" ส{NIKHAHIT}{AA}  ก\u200b"
    assert strict(f"{text}\r\n\r\n") == f"{text}\n\n"
    assert strict("e\u0301\r") == "\u00e9\r"


def test_letters_view() -> None:
    """Only letters and marks of Thai words are left, folded as in the default view."""
    assert letters("ต่างๆ ๑๒ ฯลฯ, a1\nน้ำ฿") == "ต่างลน้ำ"
    assert letters(f"น{THO}{NIKHAHIT}{AA}") == f"น{THO}{AM}"


def test_collapsed_view() -> None:
    """Runs of spaces, blank lines and margins do not count; sara am and line ends do."""
    assert collapsed("  ก   ข \r\n\n \nค\t") == "ก ข\nค"
    assert collapsed(f"น{NIKHAHIT}{AA}") == f"น{NIKHAHIT}{AA}"
    assert collapsed("e\u0301") == "\u00e9"


@pytest.mark.parametrize("view", ["default", "collapsed"])
@given(text=TEXTS)
def test_looking_twice_changes_nothing(view: str, text: str) -> None:
    """Not so of the views that only drop: what they put together may be one sign, or CR LF."""
    once = VIEWS[view](text)
    assert VIEWS[view](once) == once


@given(TEXTS)
def test_views_see_less_and_less(text: str) -> None:
    """Who sees the strict view can compute the default one, and from that the letters."""
    assert default(strict(text)) == default(text)
    assert letters(default(text)) == letters(text)
    assert set(letters(text)) <= set(LETTERS)
