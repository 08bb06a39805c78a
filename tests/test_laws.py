"""Laws of a correction, on random text: what holds whatever the model thinks."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from thaifix import Corrector, apply, invert
from thaifix.blocks import blocks

WORDS = [
    "การประชุม", "น้ำท่วม", "น้าท่วม", "สําคัญ", "จังหวัด", "จั้งหวัด", "โครงการ", "โคธงการ",
    "ที", "ที่", "กระทรวง", "กระทธวง", "นาย", "ธีรรัตน์", "๒๕๖๗", "12.5", "ก.พ.", "ๆ", "ฯ",
    "http://a.b/ก", "ABC", "\N{LAO VOWEL SIGN EI}", "拉", "\udc80", "\0", "\x0c", "\r\n", "\n",
    "\t", " ", "  ", "ะ", "\N{THAI CHARACTER MAI EK}", "เเ", "(", ")", "ฯลฯ",
]  # fmt: skip
texts = st.lists(st.one_of(st.sampled_from(WORDS), st.text(max_size=3)), max_size=40).map("".join)


@pytest.fixture(scope="module")
def corrector() -> Corrector:
    return Corrector(profile="bold")


@settings(max_examples=150, deadline=None)
@given(texts)
def test_edits_lead_there_and_back(corrector: Corrector, text: str) -> None:
    """`text` is the source with the edits applied; inverting gives the source back."""
    correction = corrector.correct(text)
    assert apply(text, correction.edits) == correction.text
    assert invert(correction.text, correction.edits) == text
    if not correction.edits:
        assert correction.text is text


@settings(max_examples=150, deadline=None)
@given(texts)
def test_lines_and_digits_stay(corrector: Corrector, text: str) -> None:
    """Line ends and the sequence of digits are the user's."""
    corrected = corrector.correct(text).text
    assert [c for c in corrected if c in "\r\n\f"] == [c for c in text if c in "\r\n\f"]
    assert [c for c in corrected if c.isdigit()] == [c for c in text if c.isdigit()]


@settings(max_examples=50, deadline=None)
@given(texts)
def test_ways_to_correct_agree(corrector: Corrector, text: str) -> None:
    """Twice, as one of many, and block by block: the same result."""
    whole = corrector.correct(text)
    assert corrector.correct(text) == whole
    assert list(corrector.correct_many([text])) == [whole]
    parts = []
    document = corrector.document()
    for block in blocks([text]):
        if block.first:
            document = corrector.document()
        parts.append(document.correct(block.text).text)
    assert "".join(parts) == whole.text


@settings(max_examples=50, deadline=None)
@given(texts)
def test_kept_words_stay(text: str) -> None:
    """A word of the never-touch list is as frequent after as before."""
    keep = ["โคธงการ", "กระทธวง", "สําคัญ"]
    corrected = _keeping(tuple(keep)).correct(text).text
    for word in keep:
        assert corrected.count(word) >= text.count(word)


_kept: dict[tuple[str, ...], Corrector] = {}


def _keeping(words: tuple[str, ...]) -> Corrector:
    if words not in _kept:
        _kept[words] = Corrector(keep=words)
    return _kept[words]
