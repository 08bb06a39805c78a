"""Where the tags of a file are."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from thaifix.formats.layout.markup import Slot, parse
from thaifix.formats.layout.tags import Tag, Tags, find_tags

PLAIN = re.compile(
    r"<!---?>|<!--.*?-->|<!\[CDATA\[.*?\]\]>|<\?.*?\?>"
    r"|<(?P<raw>script|style|textarea)\b.*?</(?P=raw)\s*>"
    r"""|<(?P<slash>/?)(?P<name>[A-Za-z_][^\s/>]*+)[^>"']*+(?:(?:"[^"]*+"|'[^']*+')[^>"']*+)*+>""",
    re.DOTALL | re.IGNORECASE,
)
"""What the tags of HTML are, as one pattern that takes its time."""
PIECES = (
    "<a",
    "<B c=",
    '"',
    "'",
    ">",
    " ",
    "x",
    "</a>",
    "<script>",
    "</SCRIPT >",
    "<!--",
    "-->",
    "<?",
    "?>",
    "<![CDATA[",
    "]]>",
    "<!-->",
    "<",
    "/",
)


@given(st.lists(st.sampled_from(PIECES), max_size=24).map("".join), st.integers(0, 3))
def test_damaged_html_has_the_tags_that_a_plain_pattern_finds(text: str, start: int) -> None:
    """However much is left open."""
    found = [(tag.name, tag.start, tag.end) for tag in find_tags(text, start, is_xml=False)]
    assert found == [
        (match["name"].lower(), *match.span())
        for match in PLAIN.finditer(text, start)
        if match["name"]
    ]


@given(
    st.lists(st.builds(Tag, st.sampled_from("abc"), *[st.booleans()] * 2, *[st.integers(0, 9)] * 2))
)
def test_tags_are_a_sequence(tags: list[Tag]) -> None:
    """Of what was put in."""
    held = Tags(iter(tags))
    assert [list(held), len(held), list(reversed(held))] == [tags, len(tags), tags[::-1]]
    assert held[1:3] == tags[1:3]
    assert [held[at] for at in range(-len(tags), len(tags))] == tags * 2


def test_prefixes_are_left_out_and_html_has_void_elements() -> None:
    assert list(find_tags("<a:B c='>'/></a:B>", 0, is_xml=True)) == [
        Tag("B", True, True, 0, 12),
        Tag("B", False, True, 12, 18),
    ]
    assert list(find_tags("<P><Br>", 0, is_xml=False)) == [
        Tag("p", True, False, 0, 3),
        Tag("br", True, True, 3, 7),
    ]


@pytest.mark.parametrize(
    "open_", ['<a b="', "<a b='c\" ", "<script>", "<?", "<![CDATA[", "<a", "<a" + "b" * 9 + " "]
)
def test_many_open_tags_are_read(open_: str) -> None:
    """A scanner that looks for each end anew would take many minutes."""
    find_tags(open_ * (200_000 // len(open_)), 0, is_xml=False)


@pytest.mark.parametrize("open_", ["<?", "<![CDATA[", "<", "&a"])
def test_open_marks_between_tags_are_letters(open_: str) -> None:
    """However many."""
    content = open_ * 30_000
    markup = parse(f"<p>{content}</p>".encode(), "file", html=True)
    assert markup.read(Slot(3, 3 + len(content), "")) == content
