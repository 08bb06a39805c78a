"""Words: what the model's scan says, without gaps but where a line ends."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from thaifix.kernel.symbols import ABBREVIATION, FIRST_WORD, UNKNOWN
from thaifix.model.words import Words, _kind


@pytest.fixture(scope="module")
def words() -> Words:
    return Words()


@given(st.text("กขาี่เ .a1\n\u0e4f漢", max_size=30))
def test_words_follow_each_other(words: Words, text: str) -> None:
    """Only line ends and spaces around them are left out; no two unknown runs touch."""
    cut = words.cut(text)
    end = 0
    for word in cut:
        assert end <= word.start < word.end
        assert not text[end : word.start].strip()
        assert word.cost >= 0
        end = word.end
    assert not text[end:].strip()
    assert not any(
        one.kind == two.kind == "unknown" and one.end == two.start for one, two in pairwise(cut)
    )


@pytest.mark.parametrize(
    ("text", "kinds"),
    [
        ("", []),
        ("โรงเรียน", ["word"]),
        ("ฮฮฆฆ", ["unknown"]),
        ("12 a", ["sign", "sign", "sign"]),
    ],
)
def test_kinds(words: Words, text: str, kinds: list[str]) -> None:
    assert [word.kind for word in words.cut(text)] == kinds


def test_the_first_word_of_the_model_is_one() -> None:
    """Its id is the smallest that a word may have."""
    found = [_kind(word) for word in (FIRST_WORD, FIRST_WORD - 1, ABBREVIATION, UNKNOWN)]
    assert found == ["word", "sign", "abbreviation", "unknown"]
