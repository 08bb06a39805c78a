"""Words: newmm's, line by line, without white space."""

import pythainlp
from hypothesis import given
from hypothesis import strategies as st

from thaifix.text import segmenter


def test_words() -> None:
    """White space separates words and is none."""
    assert segmenter.words("ประชุม คณะ\nกรรมการ 12") == ["ประชุม", "คณะ", "กรรมการ", "12"]
    assert segmenter.words("") == segmenter.words("\n \n") == []


def test_the_segmenter_is_named() -> None:
    assert segmenter.NAME == "newmm"
    assert segmenter.version() == pythainlp.__version__


@given(st.text(alphabet="กขเา่ ำ1a.\n", max_size=60))
def test_words_are_the_text(text: str) -> None:
    """But for white space nothing is lost or added."""
    assert "".join(segmenter.words(text)) == "".join(text.split())


def test_a_long_line() -> None:
    """A page without line ends is cut into the words of its parts, not into one or none."""
    words = segmenter.words("สำนักงานคณะกรรมการ" * 2_000)
    assert len(words) >= 4_000
    assert "".join(words) == "สำนักงานคณะกรรมการ" * 2_000
