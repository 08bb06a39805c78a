"""XML and HTML with places: what is read, refused and spliced."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from thaifix.errors import FormatError
from thaifix.formats.layout.markup import Slot, Splice, parse, splice

LAUGHS = b'<!DOCTYPE a [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;&a;&a;&a;">]><a>&b;</a>'
EXTERNAL = b'<!DOCTYPE a [<!ENTITY x SYSTEM "file:///etc/hostname">]><a>&x;</a>'


@pytest.mark.parametrize(
    ("data", "message"),
    [
        (b"<a>\n<b></a>", "file, line 2: not well-formed XML .mismatched tag"),
        (b"<a>\n\n", "file, line 3: not well-formed XML .no element found"),
        (b"", "no element found"),
        (b"<a b='1' b='2'/>", "duplicate attribute"),
        (b"<a>&nbsp;</a>", "undefined entity"),
        (b"<a>&#0;</a>", "invalid character number"),
        (LAUGHS, "line 1: declares the entity 'a'.*not expanded"),
        (EXTERNAL, "line 1: declares the entity 'x'.*not expanded"),
        (b"<a>\n\xff</a>", "file, line 2: byte 4 is not utf-8.*declaration"),
        (b'<?xml version="1.0" encoding="x-odd"?><a/>', "unknown encoding 'x-odd'"),
        (b'<?xml version="1.0" encoding="rot13"?><a/>', "unknown encoding 'rot13'"),
        (b'<?xml version="1.0" encoding="utf-7"?><a>+AGE-</a>', "cannot be written the same"),
    ],
)
def test_what_cannot_be_read_is_told(data: bytes, message: str) -> None:
    with pytest.raises(FormatError, match=message):
        parse(data, "file")


@pytest.mark.parametrize(
    ("encoding", "bom"),
    [("utf-8", "\ufeff"), ("utf-16-le", "\ufeff"), ("utf-16-be", "\ufeff"), ("utf-16-le", "")],
)
def test_encodings_are_told_by_their_bytes(encoding: str, bom: str) -> None:
    text = f"{bom}<a>ก</a>"
    markup = parse(text.encode(encoding), "file")
    assert (markup.text, markup.encoding) == (text, encoding)


@pytest.mark.parametrize("name", ["TIS-620", "windows-874", "iso-8859-11"])
def test_what_an_encoding_lacks_is_a_reference(name: str) -> None:
    """Thai code pages have Thai letters, and no curly bracket of another script."""
    data = f"<?xml version='1.0' encoding='{name}'?><a>ก</a>".encode("tis-620")
    markup = parse(data, "file")
    assert markup.escape("ขΩ&") == "ข&#937;&amp;"


def test_tags_are_found_where_they_are() -> None:
    """Not in comments, sections, instructions or values; prefixes are left out."""
    text = "<?p <x>?><n:a b='x>'><!-- <x> --><![CDATA[<x>]]><c d = \"'>'\"  /></n:a>"
    markup = parse(text.encode(), "file")
    assert [(tag.name, tag.opens, tag.closes) for tag in markup.tags] == [
        ("a", True, False),
        ("c", True, True),
        ("a", False, True),
    ]
    assert markup.values(markup.tags[1]) == {"d": "'>'"}
    assert markup.slot(markup.tags[0], "b") == Slot(text.index("x>'"), text.index("'><!"), "'")
    assert markup.slot(markup.tags[0], "c") is None


def test_html_must_close_its_comments() -> None:
    """The record at the end would be part of one."""
    with pytest.raises(FormatError, match="file, line 2: a comment is not closed"):
        parse(b"<p><!-- x -->\n<!-- y", "file", html=True)
    assert len(parse(b"<p><!--><b><!---><i>", "file", html=True).tags) == 3


def test_html_may_be_loose() -> None:
    text = "<P Class=a class=b><SCRIPT>if (a<b) '<x>'</SCRIPT><br>&copy;&#xE01;&unknown;<b"
    markup = parse(text.encode(), "file", html=True)
    assert not markup.is_xml
    assert [(tag.name, tag.closes) for tag in markup.tags] == [("p", False), ("br", True)]
    assert markup.values(markup.tags[0]) == {"class": "a"}
    slot = Slot(text.index("&copy"), text.index("<b", 60), "")
    assert markup.read(slot) == "©ก&unknown;"


@pytest.mark.parametrize(
    ("content", "text", "new", "result"),
    [
        ("ก&#3586;ค", "กขค", "กขฅ", "ก&#3586;ฅ"),  # what stays stays as it is written
        ("ก<!-- x -->ข", "กข", "ฃข", "ฃ<!-- x -->ข"),  # comments stay
        ("<![CDATA[กข]]>", "กข", "กค", "กค"),  # a section that changes is text
        ("ก&amp;ข", "ก&ข", "ก&&ข", "ก&amp;&amp;ข"),
        ("กก", "กก", "ก", "ก"),
        ("ก\r\nข", "ก\nข", "ก\nค", "ก\r\nค"),
    ],
)
def test_letters_are_replaced_as_few_as_can_be(
    content: str, text: str, new: str, result: str
) -> None:
    markup = parse(f"<a>{content}</a>".encode(), "file")
    slot = Slot(3, 3 + len(content), "")
    assert markup.read(slot) == text
    assert splice(markup.text, [markup.replace(slot, new)])[0] == f"<a>{result}</a>"


@given(st.text("กขค&<>'\"\n ]", max_size=8), st.text("กขค&<>'\"\n ]", max_size=8))
def test_what_is_written_is_read(before: str, after: str) -> None:
    """As content and between both kinds of quotes, from any text to any other."""
    empty = parse(b"<a/>", "file")
    for quote in "", "'", '"':
        content = empty.escape(before, quote)
        text = f"<a b={quote}{content}{quote}/>" if quote else f"<a>{content}</a>"
        markup = parse(text.encode(), "file")
        start = text.index(quote or ">") + 1
        slot = Slot(start, start + len(content), quote)
        new, undo = splice(text, [markup.replace(slot, after)])
        changed = parse(new.encode(), "file")
        slot = Slot(start, start + len(content) + len(new) - len(text), quote)
        white = str.maketrans("\n", " ") if quote else {}
        assert changed.read(slot) == after.translate(white)
        assert splice(new, [Splice(at, at + size, old) for at, size, old in undo])[0] == text


@pytest.mark.parametrize(
    "tag",
    [
        '<String CONTENT="a" HPOS="1" WIDTH="2"/>',
        '<String\n\tCONTENT = "a"\n\tWIDTH="2"/>',
        '<String CONTENT="it\'s CONTENT=" HPOS="1"/>',
        "<String ALT=' CONTENT=\"b\"' CONTENT='a'/>",
        '<String STYLE="WIDTH 3" HPOS="1"/>',
        '<String XCONTENT="b"/>',
    ],
)
def test_some_attributes_are_those_of_all(tag: str) -> None:
    """However they are written."""
    markup = parse(tag.encode(), "file")
    names = ("CONTENT", "HPOS", "WIDTH")
    some, values = (
        read(markup.tags[0]) for read in (lambda t: markup.some(t, names), markup.values)
    )
    assert {name: some.get(name) for name in names} == {name: values.get(name) for name in names}
