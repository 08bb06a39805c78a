"""Division into blocks: the same for any chunks, nothing lost, nothing held too long."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise
from unittest.mock import patch

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from thaifix.text import blocks as module
from thaifix.text.blocks import BLOCK_SIZE, LONGEST_LINE, SECTION_SIZE, Block, blocks, sections
from thaifix.text.script import starts_cluster

TEXT = st.text(alphabet="กี ี่x\r\n\f", max_size=120)


@pytest.fixture(autouse=True, scope="module")
def small_limits() -> Iterator[None]:
    """Blocks of at least 8 code points, lines of at most 20, sections of at least 40: the same
    rules in miniature.
    """
    with patch.multiple(module, BLOCK_SIZE=8, LONGEST_LINE=20, SECTION_SIZE=40):
        yield


def texts(text: str, *, by_line: bool = False) -> list[str]:
    return [block.text for block in blocks([text], by_line=by_line)]


@pytest.mark.parametrize(
    ("text", "expected", "why"),
    [
        ("", [], "nothing"),
        ("ก", ["ก"], "no line end at all"),
        ("กข\n" * 4, ["กข\n" * 3, "กข\n"], "the first line end from 8 on"),
        ("1234567\nก", ["1234567\n", "ก"], "at 8 exactly"),
        ("ก\r\n" * 3 + "ข", ["ก\r\n" * 3, "ข"], "CR LF"),
        ("ก\rข\r" * 5, ["ก\rข\r" * 5], "CR alone is no line end"),
        ("ก\fข\n\f\f", ["ก\f", "ข\n\f", "\f"], "form feeds"),
        ("x" * 20 + "\n", ["x" * 20 + "\n"], "a line as long as may be"),
        ("x" * 45, ["x" * 20, "x" * 20, "x" * 5], "a longer one without a space"),
        ("xxx xx xxxxxxxxxxxxxxxxxxx", ["xxx xx ", "x" * 19], "after the last space"),
        ("x" * 19 + " yy", ["x" * 19 + " ", "yy"], "the space is the last that fits"),
        ("x" * 20 + " yy", ["x" * 20, " yy"], "the space does not fit"),
        ("1234\n" + "x" * 21, ["1234\n" + "x" * 20, "x"], "short lines before a long one"),
        ("x" * 19 + "กี่", ["x" * 19, "กี่"], "marks stay with their letter"),
        ("x" * 19 + "เกา", ["x" * 19, "เกา"], "and so do leading and following vowels"),
        ("ี" * 25, ["ี" * 20, "ี" * 5], "unless there is nothing else"),
        ("x" * 20 + "\r\n", ["x" * 20, "\r\n"], "CR LF is not cut"),
        ("x" * 19 + "\r\r\n", ["x" * 19 + "\r", "\r\n"], "CR LF is not cut"),
    ],
)
def test_blocks(text: str, expected: list[str], why: str) -> None:
    assert texts(text) == expected


def test_by_line() -> None:
    assert texts("ก\n\nข\r\nค\fง", by_line=True) == ["ก\n", "\n", "ข\r\n", "ค\f", "ง"]


def test_documents_begin_after_form_feeds() -> None:
    assert list(blocks(["12345678\n", "ก\f", "ข\n", "\f"])) == [
        Block("12345678\n", True),
        Block("ก\f", False),
        Block("ข\n\f", True),
    ]


def test_the_pieces_of_a_line_begin_no_documents() -> None:
    """Nor does what follows them, until a form feed says so."""
    assert list(blocks(["x" * 45 + "\n\f", "x" * 25])) == [
        Block("x" * 20, True),
        Block("x" * 20, False),
        Block("x" * 5 + "\n\f", False),
        Block("x" * 20, True),
        Block("x" * 5, False),
    ]


@settings(max_examples=300)
@given(TEXT, st.booleans())
def test_only_a_form_feed_begins_another_document(text: str, by_line: bool) -> None:
    found = list(blocks([text], by_line=by_line))
    begins = [True, *(block.text.endswith("\f") for block in found)]
    assert [block.first for block in found] == begins[: len(found)]


@settings(max_examples=300)
@given(TEXT, st.lists(st.integers(0, 120)), st.booleans())
@example("x" * 21, [20], False)
def test_chunks_do_not_matter(text: str, cuts: list[int], by_line: bool) -> None:
    bounds = [0, *sorted(cuts), len(text)]
    chunks = [text[a:b] for a, b in pairwise(bounds)]
    assert list(blocks(chunks, by_line=by_line)) == list(blocks([text], by_line=by_line))
    assert list(blocks(text, by_line=by_line)) == list(blocks([text], by_line=by_line))


@settings(max_examples=300)
@given(TEXT, st.booleans())
def test_joined_they_are_the_text_and_each_is_bounded(text: str, by_line: bool) -> None:
    found = texts(text, by_line=by_line)
    assert "".join(found) == text
    assert all(0 < len(block) <= 8 + 20 for block in found)
    assert all(block.find("\f") in (-1, len(block) - 1) for block in found)


@given(st.text(alphabet="กี่ x\r\n", max_size=120))
def test_cuts_are_between_clusters(text: str) -> None:
    position = 0
    for block in texts(text):
        position += len(block)
        after_space = block.endswith(" ")  # whatever follows it
        assert starts_cluster(text, position) or after_space or "ก" not in block[1:]


@given(TEXT, st.booleans())
def test_a_block_comes_as_soon_as_its_end_is_known(text: str, by_line: bool) -> None:
    read = 0

    def letters() -> Iterator[str]:
        nonlocal read
        for letter in text:
            read += 1
            yield letter

    end = 0
    for block in blocks(letters(), by_line=by_line):
        end += len(block.text)
        rest = text[end:read]
        if read < len(text) or rest:
            # Read beyond the end only to see that the line is too long.
            assert not rest or len(block.text[block.text.rfind("\n", 0, -1) + 1 :] + rest) == 21


# Sections


@pytest.mark.parametrize(
    ("text", "expected", "why"),
    [
        ("", [], "nothing"),
        ("กข\n" * 13, ["กข\n" * 13], "shorter than a section"),
        ("1234567\n" * 6, ["1234567\n" * 5, "1234567\n"], "at 40 exactly"),
        ("กข\n" * 16, ["กข\n" * 15, "กข\n"], "with the block that makes it 40 or more"),
        ("กข\n" * 12 + "x" * 20 + "y", ["กข\n" * 12 + "x" * 20, "y"], "a long line ends one too"),
        ("ก\n\fข\n\f\fค", ["ก\n\f", "ข\n\f", "\f", "ค"], "form feeds"),
    ],
)
def test_sections(text: str, expected: list[str], why: str) -> None:
    assert [section.text for section in sections([text])] == expected


def test_sections_by_line() -> None:
    found = [section.text for section in sections(["ก\n\nข\r\nค\fง"], by_line=True)]
    assert found == ["ก\n", "\n", "ข\r\n", "ค\f", "ง"]


@pytest.mark.parametrize("by_line", [False, True])
def test_a_documents_first_section_says_so(by_line: bool) -> None:
    text = "1234567\n" * 12 + "\f" + "1234567\n" * 6
    found = list(sections([text], by_line=by_line))
    assert found[0].first
    assert [after.first for after in found[1:]] == [
        before.text.endswith("\f") for before in found[:-1]
    ]


@settings(max_examples=300)
@given(TEXT.map(lambda text: text * 3), st.lists(st.integers(0, 360)), st.booleans())
def test_sections_are_whole_blocks_whatever_the_chunks(
    text: str, cuts: list[int], by_line: bool
) -> None:
    """Joined, they are the text; none goes on for more than a block once it is long enough."""
    bounds = [0, *sorted(cuts), len(text)]
    found = list(sections((text[a:b] for a, b in pairwise(bounds)), by_line=by_line))
    assert found == list(sections([text], by_line=by_line))
    assert "".join(section.text for section in found) == text
    ends, at = {0}, 0
    for block in blocks([text], by_line=by_line):
        at += len(block.text)
        ends.add(at)
    at = 0
    for section in found:
        at += len(section.text)
        assert at in ends
        assert 0 < len(section.text) < 40 + 8 + 20
        assert section.text.find("\f") in (-1, len(section.text) - 1)


def test_a_section_comes_as_soon_as_its_end_is_known() -> None:
    read = 0

    def lines() -> Iterator[str]:
        nonlocal read
        for _ in range(20):
            read += 1
            yield "1234567\n"

    found = sections(lines())
    for number in range(1, 5):
        next(found)
        assert read == 5 * number


def test_the_limits() -> None:
    assert (BLOCK_SIZE, LONGEST_LINE, SECTION_SIZE) == (4096, 16384, 65536)


@pytest.mark.parametrize("letter", ["ก", "\u0e48", " ", "\n", "\f"])
@pytest.mark.parametrize("size", [1, 7, 1_000_000])
def test_any_stream_takes_linear_time(letter: str, size: int) -> None:
    """Or this test would take minutes."""
    length = 100_000 if size < 10 else 1_000_000
    with patch.multiple(module, BLOCK_SIZE=BLOCK_SIZE, LONGEST_LINE=LONGEST_LINE):
        total = sum(len(b.text) for b in blocks(letter * size for _ in range(length // size)))
    assert total == length // size * size
