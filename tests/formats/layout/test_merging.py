"""Whole words of single letters: where they begin, what they say, and what they said."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from thaifix.formats.layout.changes import leaf_changes
from thaifix.formats.layout.markup import Markup, parse
from thaifix.formats.layout.merging import merged_lines
from thaifix.formats.layout.tree import (
    Leaf,
    PageText,
    Paragraph,
    TextLine,
    WordBox,
    lay_out,
    leaves,
)
from thaifix.text.edit import Edit


def read(file: str) -> tuple[Markup, list[PageText], str]:
    """Read lines `<l>` of words `<w>`, which say what their only attribute says.

    In front of a word, `<SP/>` is a space.
    """
    markup = parse(f"<a>{file}</a>".encode(), "file")
    lines: list[TextLine] = []
    spaced = False
    for tag in markup.tags:
        if tag.name == "l" and tag.opens:
            lines.append(TextLine([]))
        elif tag.name == "SP":
            spaced = True
        elif tag.name == "w" and tag.opens:
            (text,) = markup.values(tag).values()
            word = WordBox(tag, [Leaf(None, text, tag)], spaced=spaced)
            word.end = tag.end if tag.closes else None
            lines[-1].words.append(word)
            spaced = False
    pages = [PageText([Paragraph(lines)])]
    return markup, pages, lay_out(pages)


def line(text: str) -> str:
    """Make a line of a word a letter, `SP` where spaces are."""
    letters = (f'<w t="{letter}"/>' if letter != " " else "<SP/>" for letter in text)
    return f"<l>{' '.join(letters)}</l>"


def merged(
    file: str,
    edits: Callable[[str], list[Edit]] = lambda text: [],
    *,
    segments: bool = False,
) -> list[list[tuple[int, str, str, bool]]]:
    """The new words of each line: of how many parts, what they say, what they said, spaced."""
    markup, pages, text = read(file)
    changes = list(leaf_changes(text, edits(text), leaves(pages)))
    return [
        [(len(word.parts), word.text, word.original, word.spaced) for word in words]
        for words in merged_lines(markup, pages, text, changes, segments=segments)
    ]


def replace(old: str, new: str) -> Callable[[str], list[Edit]]:
    """Replace the first of a string."""

    def edits(text: str) -> list[Edit]:
        start = text.index(old)
        return [Edit(start, start + len(old), new, observed=old)]

    return edits


def test_letters_between_spaces_are_a_word() -> None:
    assert merged(line("แมว กิน") + line("ปลา")) == [
        [(3, "แมว", "แมว", False), (3, "กิน", "กิน", True)],
        [(3, "ปลา", "ปลา", False)],
    ]


def test_a_segmenter_cuts_where_no_space_is() -> None:
    assert merged(line("แมวกินปลา"), segments=True) == [
        [(3, "แมว", "แมว", False), (3, "กิน", "กิน", False), (3, "ปลา", "ปลา", False)]
    ]


def test_a_repetition_sign_behind_a_space_is_a_word() -> None:
    """Also where newmm takes both for one."""
    assert merged(line("ต่าง ๆ"), segments=True) == [[(4, "ต่าง", "ต่าง", False), (1, "ๆ", "ๆ", True)]]


@pytest.mark.parametrize(
    ("text", "old", "new", "words"),
    [
        # a letter that changes, goes, or comes
        ("กขค", "ข", "ฃ", [(3, "กฃค", "กขค", False)]),
        ("กขค", "ข", "", [(3, "กค", "กขค", False)]),
        ("กขค", "ค", "คๆ", [(3, "กขคๆ", "กขค", False)]),
        # a space that goes: one word, which tells where it was
        ("กข ค", " ", "", [(3, "กขค", "กข ค", False)]),
        ("ก ข ค", " ข", "ฃ", [(2, "กฃ", "ก ข", False), (1, "ค", "ค", True)]),
        # a space that comes, wherever it stands
        ("กข", "ก", "ก ", [(1, "ก", "ก", False), (1, "ข", "ข", True)]),
        ("กข", "ข", " ข", [(1, "ก", "ก", False), (1, "ข", "ข", True)]),
        # what has lost its letters is part of the word before it, or stands alone if there is none
        ("ก ข ค", "ข", "", [(2, "ก", "ก ข", False), (1, "ค", "ค", True)]),
        ("ก ข", "ข", "", [(2, "ก", "ก ข", False)]),
        ("ก ขค", "ขค", "ค", [(2, "ก", "ก ข", False), (1, "ค", "ค", True)]),
        ("กข", "ก", "", [(1, "", "ก", False), (1, "ข", "ข", False)]),
        ("ก ข", "ก", "", [(1, "", "ก", False), (1, "ข", "ข", True)]),
    ],
)
def test_words_are_those_of_the_corrected_line(
    text: str, old: str, new: str, words: list[tuple[int, str, str, bool]]
) -> None:
    assert merged(line(text), replace(old, new)) == [words]


@pytest.mark.parametrize(
    ("between", "parts"),
    [
        ("", [2]),
        (" \n\t", [2]),
        ("<!-- x -->", [1, 1]),
        ("<x/>", [1, 1]),
        ("x", [1, 1]),
        ("<SPA/>", [1, 1]),
        ("<SP HPOS='1'/>", [1, 1]),  # a space parts them
    ],
)
def test_only_white_space_may_be_between_parts(between: str, parts: list[int]) -> None:
    file = f'<l><w t="ก"/>{between}<w t="ข"/></l>'
    assert [word[0] for word in merged(file)[0]] == parts


@pytest.mark.parametrize("between", ["<SP/>", "<SP/> <SP HPOS='1'/>\n"])
def test_a_space_between_may_go_with_its_element(between: str) -> None:
    file = f'<l><w t="ก"/>{between}<w t="ข"/></l>'
    assert merged(file, replace(" ", "")) == [[(2, "กข", "ก ข", False)]]


def test_lines_with_words_of_several_places_are_left_out() -> None:
    file = line("กข") + '<l><w t="ค"/><w t="ง"></w></l>' + line("จ")
    assert [len(words) for words in merged(file)] == [1, 1]
    markup, pages, text = read(line("กข"))
    word = pages[0].paragraphs[0].lines[0].words[0]
    word.leaves.append(word.leaves[0])
    assert list(merged_lines(markup, pages, text, [], segments=False)) == []
