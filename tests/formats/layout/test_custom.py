"""What Transkribus says of parts of a line, and where lines stand."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from replacements import AM, NIKHAHIT_AA, corrected, parsed, reverted, text_of

DATA = Path(__file__).parents[2] / "data"
EMOJI = "\N{GRINNING FACE}"


def page(text: str, custom: str, year: str = "2013-07-15") -> bytes:
    """Make a file of a line in a cell of a table."""
    return (
        f'<PcGts xmlns="http://schema.primaresearch.org/PAGE/gts/pagecontent/{year}"><Page>'
        f'<TableRegion><TableCell row="0" col="0"><TextLine custom="{custom}"><TextEquiv>'
        f"<PlainText>{text}</PlainText><Unicode>{text}</Unicode></TextEquiv></TextLine>"
        "</TableCell></TableRegion></Page></PcGts>"
    ).encode()


def custom(data: bytes) -> str:
    return str(parsed(data).find(".//{*}TextLine").get("custom"))


@pytest.mark.parametrize("year", ["2013-07-15", "2019-07-15"])
@pytest.mark.parametrize(
    ("text", "before", "replacements", "after"),
    [
        ("ส่งนาย กข", "person {offset:3; length:3;}", {"ส่ง": "ถึง"}, "person {offset:3; length:3;}"),
        ("ส่งนาย กข", "person {offset:3; length:3;}", {"ส่ง": "แจ้ง"}, "person {offset:4; length:3;}"),
        ("ส่งนาย กข", "person {offset:3; length:3;}", {"ย": "ยก"}, "person {offset:3; length:4;}"),
        (
            "ส่งนาย กข",
            "a {length:3;offset : 3} b{x:1}",
            {"นา": ""},
            "a {length:1;offset : 3} b{x:1}",
        ),
        (f"{EMOJI}นาย ก", "p {offset:2; length:3;}", {EMOJI: ""}, "p {offset:0; length:3;}"),
        ("นาย ก", "p {offset:4; length:1;}", {"นาย": EMOJI}, "p {offset:3; length:1;}"),
        ("นาย ก", "p {offset:4; length:9;}", {"นาย": ""}, "p {offset:4; length:9;}"),  # beyond
        (
            "นาย ก",
            "p {offset:99999999999;length:1;}",
            {"น": ""},
            "p {offset:99999999999;length:1;}",
        ),
        ("นาย ก", "readingOrder {index:0;}", {"น": ""}, "readingOrder {index:0;}"),
    ],
)
def test_offsets_move_with_the_edits(
    text: str, before: str, replacements: dict[str, str], after: str, year: str
) -> None:
    """In UTF-16 units, in every version; the way back restores them."""
    data = page(text, before, year)
    result, _ = corrected("page", data, replacements)
    assert custom(result) == after
    assert reverted("page", result) == data


@pytest.mark.parametrize(
    ("replacements", "after"),
    [
        ({"ก": "เก"}, "p {offset:4; length:2;}"),
        ({"ข ค": "ขค"}, "p {offset:2; length:2;}"),
        ({"ค": ""}, "p {offset:3; length:1;}"),
        ({"x": "y"}, "p {offset:3; length:2;}"),
    ],
)
def test_offsets_in_a_line_of_words(replacements: dict[str, str], after: str) -> None:
    """They count its words with a space between them."""
    words = "".join(
        f"<Word><TextEquiv><Unicode>{word}</Unicode></TextEquiv></Word>" for word in ("กข", "คง")
    )
    data = (
        '<PcGts xmlns="http://schema.primaresearch.org/PAGE/gts/pagecontent/2019-07-15"><Page>'
        f'<TextRegion><TextLine custom="p {{offset:3; length:2;}}">{words}</TextLine></TextRegion>'
        "</Page></PcGts>"
    ).encode()
    result, _ = corrected("page", data, replacements)
    assert custom(result) == after
    if result != data:
        assert reverted("page", result) == data


@given(
    st.text("กขค่เ \N{GRINNING FACE}", min_size=1, max_size=12),
    st.dictionaries(
        st.sampled_from("กขค่\N{GRINNING FACE}"), st.text("งจ\N{GRINNING FACE}", max_size=3)
    ),
    st.data(),
)
def test_what_is_named_is_named_after(
    text: str, replacements: dict[str, str], data: st.DataObject
) -> None:
    """A tag of unchanged letters is a tag of the same letters, wherever they are."""
    start = data.draw(st.integers(0, len(text)))
    end = data.draw(st.integers(start, len(text)))
    named = text[start:end]
    units = [len(part.encode("utf-16-le")) // 2 for part in (text[:start], named)]
    file = page(text, f"p {{offset:{units[0]}; length:{units[1]};}}")
    result, _ = corrected("page", file, replacements)
    now = parsed(result).findtext(".//{*}Unicode") or ""
    offset, length = map(int, re.findall(r"\d+", custom(result)))
    written = now.encode("utf-16-le")
    found = written[2 * offset : 2 * (offset + length)].decode("utf-16-le")
    assert 2 * (offset + length) <= len(written)
    if named and not set(named) & set(replacements):
        assert named in found
    if result != file:
        assert reverted("page", result) == file


def test_plain_text_that_says_the_same_changes_too() -> None:
    data = page("กข", "").replace("<Unicode>กข".encode(), "<Unicode>กข".encode())
    result, _ = corrected("page", data, {"ก": "ฃ"})
    assert [e.text for e in parsed(result).iter("{*}PlainText", "{*}Unicode")] == ["ฃข", "ฃข"]
    other = data.replace("<PlainText>กข".encode(), b"<PlainText>kk")
    result, _ = corrected("page", other, {"ก": "ฃ"})
    assert [e.text for e in parsed(result).iter("{*}PlainText", "{*}Unicode")] == ["kk", "ฃข"]


def lines(*customs: str) -> str:
    return "".join(
        f'<TextLine custom="{custom}"><TextEquiv><Unicode>{letter}</Unicode></TextEquiv></TextLine>'
        for custom, letter in zip(customs, "กขคง", strict=False)
    )


INDEX = "structure {{type:x;}} readingOrder {{index:{};}}"


@pytest.mark.parametrize(
    ("order", "regions", "text"),
    [
        # lines as Transkribus orders them, if it orders all
        ("", f"<TextRegion>{lines(*map(INDEX.format, (2, 0, 1)))}</TextRegion>", "ข\nค\nก\n"),
        ("", f"<TextRegion>{lines(INDEX.format(2), 'structure {type:x;}')}</TextRegion>", "ก\nข\n"),
        # regions by Transkribus's order where the file has no other
        (
            "",
            "".join(
                f'<TextRegion id="{id_}" custom="{INDEX.format(at)}"><TextEquiv><Unicode>{id_}'
                "</Unicode></TextEquiv></TextRegion>"
                for id_, at in (("b", 1), ("a", 0))
            )
            + "<TextRegion><TextEquiv><Unicode>c</Unicode></TextEquiv></TextRegion>",
            "a\n\nb\n\nc\n",
        ),
        # cells and nested regions stand where what they are in does
        (
            "<ReadingOrder><UnorderedGroup><OrderedGroup>"
            '<RegionRefIndexed index="5" regionRef="r"/>'
            '<RegionRefIndexed index="3" regionRef="gone"/>'
            '<RegionRefIndexed index="4" regionRef="t"/>'
            "</OrderedGroup></UnorderedGroup></ReadingOrder>",
            f'<TextRegion id="x">{lines("")}</TextRegion><TextRegion id="r"><TextRegion>'
            "<TextEquiv><Unicode>r</Unicode></TextEquiv></TextRegion></TextRegion>"
            '<TableRegion id="t"><TableCell><TextEquiv><Unicode>1</Unicode></TextEquiv></TableCell>'
            "<TableCell><TextLine><TextEquiv><Unicode>2</Unicode></TextEquiv></TextLine></TableCell>"
            "</TableRegion>",
            "1\n\n2\n\nr\n\nก\n",
        ),
        # a region that repeats what the regions in it say is no text of its own
        (
            "",
            f"<TextRegion><TextRegion>{lines('', '')}</TextRegion>"
            "<TextEquiv><Unicode>ก\nข</Unicode></TextEquiv></TextRegion>",
            "ก\nข\n",
        ),
    ],
)
def test_unusual_orders(order: str, regions: str, text: str) -> None:
    data = (
        '<PcGts xmlns="http://schema.primaresearch.org/PAGE/gts/pagecontent/2019-07-15">'
        f"<Page>{order}{regions}</Page></PcGts>"
    ).encode()
    assert text_of("page", data) == text


def test_a_page_with_a_table_as_transkribus_writes_it() -> None:
    """Its text, in its order; each letter changes once; what is said of places follows."""
    data = (DATA / "transkribus-table-2013.xml").read_bytes()
    text = text_of("page", data)
    assert text.replace(NIKHAHIT_AA, AM) == (
        f"ค{AM}ส{AM}รองล{AM}ปางที่\nที่ ๒\n\nจ{AM}นวน\n\n๑๒ ล{AM}\n"
    )
    result, _ = corrected("page", data)
    assert text_of("page", result) == text.replace(NIKHAHIT_AA, AM)
    changed = result.decode().replace("offset:8; length:5", "offset:10; length:6")
    changed = changed.replace("offset:2; length:5", "offset:3; length:6").partition("<?thaifix")[0]
    changed = re.sub(r"\s*<Comments>.*?</Comments>", "", changed)
    assert changed == data.decode().replace(NIKHAHIT_AA, AM)
    assert reverted("page", result) == data


@pytest.mark.parametrize(
    ("name", "format_", "text"),
    [
        ("escriptorium-2019.xml", "page", f"ส{AM}นักงาน & คณะ\n\n"),
        ("escriptorium-4.xml", "alto", f"ส{AM}นักงาน ประจ{AM}ปี\n\n"),
    ],
)
def test_lines_as_escriptorium_writes_them(name: str, format_: str, text: str) -> None:
    """Whole lines, some of them empty."""
    data = (DATA / name).read_bytes()
    result, _ = corrected(format_, data)
    assert text_of(format_, result) == text
    assert reverted(format_, result) == data
