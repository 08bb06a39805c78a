"""XML and HTML with places: what is read, refused and spliced."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from thaifix.errors import FormatError
from thaifix.formats.layout.markup import (
    Markup,
    Slot,
    Splice,
    before_end,
    parse,
    prefix,
    splice,
    white_before,
)
from thaifix.formats.layout.tags import Tag, Tags

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
    assert "".join(splice(markup.text, [markup.replace(slot, new)])[0]) == f"<a>{result}</a>"


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
        parts, undo = splice(text, [markup.replace(slot, after)])
        new = "".join(parts)
        changed = parse(new.encode(), "file")
        slot = Slot(start, start + len(content) + len(new) - len(text), quote)
        white = str.maketrans("\n", " ") if quote else {}
        assert changed.read(slot) == after.translate(white)
        again, _ = splice(new, [Splice(at, at + size, old) for at, size, old in undo])
        assert "".join(again) == text


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


def tags(text: str, *, html: bool = False) -> list[tuple[str, bool, bool, str]]:
    """Name the tags of a file, and what stands in it for them."""
    markup = parse(text.encode(), "file", html=html)
    return [(t.name, t.opens, t.closes, markup.text[t.start : t.end]) for t in markup.tags]


def test_tags_begin_with_the_root() -> None:
    """What a document type declares is none, whatever letters stand before it."""
    text = "\ufeff<!-- กกก --><!DOCTYPE a [<!ELEMENT b (c)> <!ATTLIST b d CDATA 'e>'>]><a><b/></a>"
    assert [tag[3] for tag in tags(text)] == ["<a>", "<b/>", "</a>"]


def test_tags_of_html() -> None:
    """Names in small letters; what scripts, styles and text areas hold is no tag; some are void."""
    text = (
        "<P><BR><x:img src=a/b><style><b></STYLE ><textarea rows=1><i></textarea>"
        "<script><u></script><scripts></scripts><hr/>"
    )
    assert [tag[:3] for tag in tags(text, html=True)] == [
        ("p", True, False),
        ("br", True, True),
        ("img", True, True),
        ("scripts", True, False),
        ("scripts", False, True),
        ("hr", True, True),
    ]


@pytest.mark.parametrize(
    ("text", "is_xml"),
    [
        ("<?xml version='1.0'?><a/>", True),
        ("\ufeff<?xml version='1.0'?><a/>", True),
        ("\ufeff \n<?xml-stylesheet?><a/>", True),
        ("<a xmlns='x'/>", True),
        ("<a " + " " * 1980 + "xmlns='x'/>", True),
        ("<a " + " " * 2000 + "xmlns='x'/>", False),
        ("<a/><?xml?>", False),
        ("<a>", False),
    ],
)
def test_html_is_xml_if_it_says_so(text: str, is_xml: bool) -> None:
    """By a declaration before all but white space, or a namespace among the first letters."""
    assert parse(text.encode(), "file", html=True).is_xml is is_xml


def test_xml_is_xml_always() -> None:
    """However it begins; white space in it counts, unless it is XHTML."""
    for html in False, True:
        markup = parse(b"<?xml version='1.0'?><a>b \n c</a>", "file", html=html)
        assert markup.is_xml
        assert markup.read(Slot(24, 29, "")) == ("b c" if html else "b \n c")
    with pytest.raises(FormatError, match="not well-formed"):
        parse(b"<a>", "file")


def test_errors_name_the_line() -> None:
    with pytest.raises(FormatError, match=r"^file, line 3: not well-formed XML .*Get an undamaged"):
        parse(b"<a>\n\n<b></a>", "file")
    with pytest.raises(FormatError, match=r"^file, line 2: declares the entity 'x'"):
        parse(b"<!DOCTYPE a [\n<!ENTITY x 'y'>]><a/>", "file")
    with pytest.raises(FormatError, match=r"^file, line 2: byte 40 is not ascii\. Correct the"):
        parse(b'<?xml version="1.0" encoding="ascii"?>\n \xe0\xe0\n', "file")


def test_attributes_of_html() -> None:
    """The first of one name counts; names are in small letters, values may do without quotes."""
    markup = parse(b'<a B=1 b=2 C=\'x\' d E="" f = "g=h" i=/>', "file", html=True)
    (tag,) = markup.tags
    assert markup.values(tag) == {"b": "1", "c": "x", "e": "", "f": "g=h", "i": "/"}
    assert markup.slot(tag, "b") == Slot(5, 6, "")
    assert markup.slot(tag, "c") == Slot(14, 15, "'")
    assert markup.slot(tag, "e") == Slot(22, 22, '"')
    assert markup.slot(tag, "d") is None
    assert markup.some(tag, ["C"]) == markup.values(tag)


def test_attributes_of_xml_have_the_names_that_they_have() -> None:
    markup = parse(b"<p:a B='1' b='2' p:c='3'/>", "file")
    assert markup.values(markup.tags[0]) == {"B": "1", "b": "2", "p:c": "3"}
    assert markup.slot(markup.tags[0], "b") == Slot(14, 15, "'")


@pytest.mark.parametrize(
    ("raw", "value"),
    [
        ("a", "a"),
        ("a b", "a b"),
        (" a  b\tc\nd\r\ne", " a  b c d e"),  # each white space is a space, as parsers have it
        ("&lt;&#65;&#x42;&#X43;&amp;", "<ABC&"),
        ("&#10;&#9;", "  "),
        ("&no;&#xD800;&#xDFFF;&#x110000;&#99999999999;&#xZ;", None),
        ("&#xD7FF;&#xE000;&#x10FFFF;", "\ud7ff\ue000\U0010ffff"),
        ("&copy;&nbsp;", "©\xa0"),
    ],
)
def test_values_are_read(raw: str, value: str | None) -> None:
    """What stands for no letter is read as it is written."""
    assert parse(b"<a/>", "file").value(raw) == (raw if value is None else value)


@pytest.mark.parametrize(
    ("raw", "text"),
    [
        ("a  b\n\tc", "a b c"),
        ("a\fb", "a b"),
        ("&#65&#x42z", "ABz"),  # a reference without semicolon ends with its digits
        ("&amp&lt;", "&amp<"),
        ("a<!-- b -->c", "ac"),
        ("a <!-- b --> c", "a  c"),
        ("<![CDATA[a  <b>]]>", "a  <b>"),
        ("&#32; &nbsp;", "  \xa0"),
    ],
)
def test_content_of_html_is_read(raw: str, text: str) -> None:
    """White space is a space; a value keeps all of its."""
    markup = parse(f"<a>{raw}</a>".encode(), "file", html=True)
    assert markup.read(Slot(3, 3 + len(raw), "")) == text


def test_quotes_that_need_it_are_escaped() -> None:
    markup = parse(b"<a/>", "file")
    assert markup.escape("<&>\"'") == "&lt;&amp;&gt;\"'"
    assert markup.escape("\"'", '"') == "&quot;'"
    assert markup.escape("\"'", "'") == '"&#39;'


def test_what_is_silent_stays_where_letters_change() -> None:
    """Comments in what is taken away stand before the new letters."""
    text = "<a>ก<!-- 1 -->ข<!-- 2 --><?x y?>ค<!-- 3 -->ง</a>"
    markup = parse(text.encode(), "file")
    slot = Slot(3, len(text) - 4, "")
    for new, after in (
        ("กจง", "ก<!-- 1 --><!-- 2 --><?x y?>จ<!-- 3 -->ง"),
        ("กขจ", "ก<!-- 1 -->ข<!-- 2 --><?x y?><!-- 3 -->จ"),
        ("", "<!-- 1 --><!-- 2 --><?x y?><!-- 3 -->"),
    ):
        assert "".join(splice(text, [markup.replace(slot, new)])[0]) == f"<a>{after}</a>"


def test_splices_stand_in_the_order_of_the_file() -> None:
    """Those at one place in the order given; each tells how it is undone."""
    text = "abcdef"
    splices = [Splice(4, 5, "X"), Splice(2, 2, "1"), Splice(0, 1, ""), Splice(2, 2, "22")]
    parts, back = splice(text, splices)
    new = "".join(parts)
    assert new == "b122cdXf"
    assert back == [(0, 0, "a"), (1, 1, ""), (2, 2, ""), (6, 1, "e")]
    parts, back = splice(text, [])
    assert ("".join(parts), back) == (text, [])


@pytest.mark.parametrize(
    ("text", "result"),
    [
        ("<a></a>", "<a><n/></a>"),
        ("<a>\n</a>", "<a>\n<n/>\n</a>"),
        ("<a>\n  <b/>\n</a>", "<a>\n  <b/>\n  <n/>\n</a>"),
        ("<a>\n\t<b>\n\t</b>\n </a>", "<a>\n\t<b>\n\t</b>\n\t<n/>\n </a>"),
        ("<a>\n  <b/></a>", "<a>\n  <b/><n/></a>"),
        ("  </a>", None),
    ],
)
def test_elements_are_put_before_an_end(text: str, result: str | None) -> None:
    """On a line of its own, indented as the one before it, if the end has a line of its own."""
    if result is None:
        markup = Markup(text, "utf-8", Tags(iter([Tag("a", False, True, 2, 6)])), True, False)
        result = "  <n/></a>"
    else:
        markup = parse(text.encode(), "file")
    parts, _ = splice(text, [before_end(markup, markup.tags[-1], "<n/>")])
    assert "".join(parts) == result


def test_white_space_before_a_tag() -> None:
    assert white_before("<a>\n\t <b>", 6) == "\n\t "
    assert white_before("<a><b>", 3) == ""
    assert white_before(" <a>", 1) == " "
    assert white_before("<a>" + " " * 300, 303) == " " * 256


def test_prefixes_are_those_of_the_tag() -> None:
    markup = parse(b"<x:a><b/></x:a>", "file")
    assert [prefix(markup, tag) for tag in markup.tags] == ["x:", "", "x:"]
