"""PAGE XML of several versions and producers. Facts of the schemas (PRImA-Research-Lab/PAGE-XML,
pagecontent.xsd) that the tests rest on:

- In 2013-07-15 an element has at most one `TextEquiv`, without `index`; from 2016-07-15 on, many.
- `index` is at least 0; the lowest is the main text. `comments` are an attribute of it in 2019.
- `Metadata` holds `Creator`, `Created`, `LastChange`, `Comments`?, and in 2019 `UserDefined`?,
  `MetadataItem`* with the attributes `type`, `name`, `value` (required), `date`.
"""

from __future__ import annotations

from pathlib import Path

import pytest
from replacements import AM, NIKHAHIT_AA, corrected, parsed, reverted, text_of

from thaifix.formats import FormatOptions
from thaifix.version import __version__

DATA = Path(__file__).parents[2] / "data"
OLD, NEW = [(DATA / name).read_bytes() for name in ("transkribus-2013.xml", "ocrd-2019.xml")]
CONTENT = "{{http://schema.primaresearch.org/PAGE/gts/pagecontent/{}}}"


def test_text_follows_the_reading_order() -> None:
    """The heading stands second in the file, and first in its reading order."""
    am = NIKHAHIT_AA
    assert text_of("page", OLD) == f"หัวเรื่อง\n\nส{am}รอง A&B\nน{am}มาไว้ที่นี่\n"
    assert text_of("page", NEW) == f"ท{am}งาน ประจ{am}\nจ{am}เป็น มาก\n"


def test_all_levels_change_together() -> None:
    """Region, line, word and glyphs of 2013: in place, the letters at their glyphs."""
    result, _ = corrected("page", OLD)
    before, after = parsed(OLD), parsed(result)
    comments = after.find(".//{*}Comments")
    assert comments.text == f"thaifix {__version__}"
    assert comments.getprevious().tag.endswith("LastChange")
    comments.getparent().remove(comments)
    glyphs = [e.findtext(".//{*}Unicode") for e in after.iter("{*}Glyph")]
    assert glyphs == ["ส", AM, "", "ร", "อง"]
    for old, new in zip(before.iter("{*}*"), after.iter("{*}*"), strict=True):
        assert (old.tag, dict(old.attrib)) == (new.tag, dict(new.attrib))
        if len(old.text or "") > 2:
            assert (new.text or "") == old.text.replace(NIKHAHIT_AA, AM)


def test_the_original_has_a_higher_index() -> None:
    """Indexes begin with ours; a lone text without one gets one."""
    result, _ = corrected("page", NEW, options=FormatOptions(stamp='a"b'))
    tree = parsed(result)
    item = tree.findall(".//{*}MetadataItem")[-1]
    assert dict(item.attrib) == {
        "type": "processingStep",
        "name": "recognition/post-correction",
        "value": f'thaifix {__version__} a"b',
    }
    am, ours = NIKHAHIT_AA, f"thaifix {__version__}"

    def texts(id_: str) -> list[tuple[str | None, str | None, str | None, str | None]]:
        return [
            (e.get("index"), e.get("conf"), e.get("comments"), e.findtext("{*}Unicode"))
            for e in tree.find(f".//*[@id='{id_}']").findall("{*}TextEquiv")
        ]

    assert texts("word_1") == [
        ("0", None, ours, f"ท{AM}งาน"),
        ("1", "0.91", None, f"ท{am}งาน"),
        ("2", "0.42", None, "ท่างาน"),
    ]
    assert texts("word_2") == [("0", None, ours, f"ประจ{AM}"), ("1", "0.88", None, f"ประจ{am}")]
    assert texts("line_1") == [
        ("1", None, ours, f"ท{AM}งาน ประจ{AM}"),
        ("2", "0.9", None, f"ท{am}งาน ประจ{am}"),
        ("3", "0.3", None, f"ท่างาน ประจ{am}"),
    ]
    assert texts("word_4") == [(None, None, None, "มาก")]


@pytest.mark.parametrize("year", ["2016-07-15", "2017-07-15", "2018-07-15"])
def test_versions_between_have_an_index_and_no_comments(year: str) -> None:
    data = NEW.replace(b"2019-07-15", year.encode())
    result, _ = corrected("page", data)
    assert b"comments=" not in result
    assert b"<pc:Comments>thaifix" in result
    assert result.count(b'index="0"') == 4 - 1  # three words; the line's begin with 1
    assert text_of("page", result) == text_of("page", data).replace(NIKHAHIT_AA, AM)
    assert reverted("page", result) == data


def test_words_that_are_joined_stay_joined() -> None:
    """Where only words have text, the space between them is not written anywhere."""
    result, _ = corrected("page", NEW, {"น มาก": "นมาก"})
    assert text_of("page", result).splitlines()[1] == f"จ{NIKHAHIT_AA}เป็นมาก"
    assert reverted("page", result) == NEW


def test_regions_with_text_of_their_own() -> None:
    """A region without lines is text, as is one within another."""
    data = (
        '<PcGts xmlns="http://schema.primaresearch.org/PAGE/gts/pagecontent/2013-07-15"><Page>'
        "<TextRegion><TextRegion><TextEquiv><Unicode>ก\nข</Unicode></TextEquiv></TextRegion>"
        "<TextEquiv><Unicode>ค</Unicode></TextEquiv></TextRegion>"
        "<TextRegion/><TextRegion><TextLine><Word><Glyph><TextEquiv><Unicode>ง</Unicode>"
        "</TextEquiv></Glyph></Word></TextLine></TextRegion></Page></PcGts>"
    ).encode()
    assert text_of("page", data) == "ก\nข\n\nค\n\nง\n"
    result, _ = corrected("page", data, {"ข": "ฃ", "ง": ""})
    assert "<Unicode>ก\nฃ</Unicode>".encode() in result
    assert reverted("page", result) == data


def file(regions: str, version: str = "2019-07-15", metadata: str = "", order: str = "") -> bytes:
    """Make a file of regions."""
    return (
        f'<PcGts xmlns="http://schema.primaresearch.org/PAGE/gts/pagecontent/{version}">{metadata}'
        f"<Page>{order}{regions}</Page></PcGts>"
    ).encode()


def equiv(text: str, about: str = "") -> str:
    return f"<TextEquiv{about}><Unicode>{text}</Unicode></TextEquiv>"


def words(*texts: str) -> str:
    """Make a region with a line of words that has no text of its own."""
    inner = "".join(f"<Word>{equiv(text)}</Word>" for text in texts)
    return f"<TextRegion><TextLine>{inner}</TextLine></TextRegion>"


def test_a_space_that_went_stays_gone() -> None:
    """After further corrections, too, which name the words before in their order."""
    data = file(words("กข", "คง"))
    first, _ = corrected("page", data, {" ค": "ค"})
    assert text_of("page", first) == "กขคง\n"
    second, _ = corrected("page", first, {"ค": "ฅ"})
    assert text_of("page", second) == "กขฅง\n"
    comments = [equiv.get("comments") for equiv in parsed(second).iter("{*}TextEquiv")]
    ours = f"thaifix {__version__}"
    assert comments == [None] + [f"{ours}; joined to the word before"] * 2 + [None]
    assert [e.text for e in parsed(second).iter("{*}Unicode")] == ["กข", "ฅง", "คง", "คง"]
    assert reverted("page", reverted("page", second)) == data


def test_comments_of_others_say_nothing() -> None:
    """Nor does what thaifix says where there is no other text beside it."""
    joined = "; joined to the word before"
    one = equiv("ค", f' index="0" comments="x{joined}"') + equiv("ง", ' index="1"')
    other = equiv("จ", f' comments="thaifix 1{joined}"')
    data = file(words("ก").replace("</Word>", f"</Word><Word>{one}</Word><Word>{other}</Word>"))
    assert text_of("page", data) == "ก ค จ\n"


@pytest.mark.parametrize(
    ("before", "main", "after"),
    [
        ([None], "ก", ["0", "1"]),
        ([None, None], "ก", ["0", "1", "2"]),
        (["0", None], "ก", ["0", "1", "2"]),
        ([None, "0"], "ข", ["0", "2", "1"]),
        (["0", None, "4", None], "ก", ["0", "1", "6", "5", "7"]),
        (["1", "2"], "ก", ["0", "1", "2"]),
        (["5", "7"], "ก", ["4", "5", "7"]),
        (["7", "5"], "ข", ["4", "7", "5"]),
        (["x", "0"], "ข", ["0", "x", "1"]),
    ],
)
def test_the_new_text_has_the_lowest_index(
    before: list[str | None], main: str, after: list[str | None]
) -> None:
    """The text that counts has the lowest of those there; the others stay in their order."""
    abouts = [f' index="{index}"' if index else "" for index in before]
    equivs = "".join(equiv(letter, about) for letter, about in zip("กขคง", abouts, strict=False))
    data = file(f"<TextRegion><TextLine>{equivs}</TextLine></TextRegion>")
    assert text_of("page", data) == f"{main}\n"
    result, _ = corrected("page", data, {main: "จ"})
    found = list(parsed(result).iter("{*}TextEquiv"))
    assert [equiv.get("index") for equiv in found] == after
    texts = "".join(equiv.findtext("{*}Unicode") for equiv in found)
    assert texts == "จ" + "กขคง"[: len(before)]
    assert text_of("page", result) == "จ\n"
    assert reverted("page", result) == data


def test_originals_can_be_left_out_in_every_version() -> None:
    """Then the text that counts is replaced, and no index moves."""
    result, _ = corrected("page", NEW, options=FormatOptions(originals=False))
    assert [e.get("index") for e in parsed(result).iter("{*}TextEquiv")] == [
        e.get("index") for e in parsed(NEW).iter("{*}TextEquiv")
    ]
    assert b"thaifix-undo" not in result


def test_what_is_added_stands_on_a_line_of_its_own() -> None:
    """If the file has lines, indented as what is beside it, and with the prefix of the file."""
    result, _ = corrected("page", NEW)
    ours = f'<pc:TextEquiv index="0" comments="thaifix {__version__}"><pc:Unicode>ท{AM}งาน'
    lines = result.decode().splitlines()
    (at,) = [number for number, line in enumerate(lines) if ours in line]
    assert lines[at].startswith(" " * 20 + ours)
    assert lines[at + 1].startswith(" " * 20 + '<pc:TextEquiv index="1"')
    (at,) = [number for number, line in enumerate(lines) if "post-correction" in line]
    assert lines[at].startswith("        <pc:MetadataItem ")
    assert lines[at + 1] == "    </pc:Metadata>"


CHANGED = "<LastChange>\n2013</LastChange>"
OURS = f"thaifix {__version__} &lt;&amp;"


@pytest.mark.parametrize(
    ("metadata", "after"),
    [
        ("", ""),
        ("<Metadata/>", "<Metadata/>"),
        ("<Metadata></Metadata>", "<Metadata></Metadata>"),
        (
            f"<Metadata>\n {CHANGED}</Metadata>",
            f"<Metadata>\n {CHANGED}\n <Comments>{OURS}</Comments></Metadata>",
        ),
        (
            f"<Metadata>{CHANGED}<Comments/></Metadata>",
            f"<Metadata>{CHANGED}<Comments>{OURS}</Comments></Metadata>",
        ),
        (
            f"<Metadata>{CHANGED}<Comments>x</Comments></Metadata>",
            f"<Metadata>{CHANGED}<Comments>x; {OURS}</Comments></Metadata>",
        ),
    ],
)
def test_comments_of_old_versions_say_who_was_there(metadata: str, after: str) -> None:
    data = file(words("ก"), "2013-07-15", metadata)
    result, _ = corrected("page", data, {"ก": "ข"}, options=FormatOptions(stamp="<&"))
    assert result.startswith(file(words("ข"), "2013-07-15", after))
    assert reverted("page", result) == data


def test_boxes_of_single_letters_say_where_spaces_are() -> None:
    """The height is that of the line's box, the edges are those of the words'."""
    points = "{0},5 {1},5 {1},25 {0},25"
    letters = [
        f'<Word><Coords points="{points.format(left, left + 10)}"/>{equiv(text)}</Word>'
        for left, text in ((0, "ก"), (10, "ข"), (40, "ค"), (53, "ง"))
    ]
    line = f'<TextLine><Coords points="{points.format(0, 99)}"/>{"".join(letters)}</TextLine>'
    data = file(f"<TextRegion>{line}</TextRegion>")
    assert text_of("page", data) == "กข คง\n"
    assert text_of("page", data.replace(b"25", b"8")) == "กข ค ง\n"
    assert text_of("page", data.replace(b'points="', b'was="')) == "ก ข ค ง\n"


def test_what_a_word_says_counts_more_than_its_glyphs() -> None:
    """And glyphs are changed with it where they say the same."""
    glyphs = "".join(f"<Glyph>{equiv(letter)}</Glyph>" for letter in "กขค")
    word = f"<Word>{glyphs}{equiv('กขง')}</Word>"
    data = file(f"<TextRegion><TextLine>{word}</TextLine></TextRegion>")
    assert text_of("page", data) == "กขง\n"
    options = FormatOptions(originals=False)
    result, _ = corrected("page", data, {"ข": "ฃ"}, options=options)
    assert [e.text for e in parsed(result).iter("{*}Unicode")] == ["ก", "ฃ", "ค", "กฃง"]


def test_lines_without_text_are_none() -> None:
    region = "<TextRegion>{}</TextRegion>"
    data = file(
        region.format("<TextLine><Word/><Coords points='x'/></TextLine>")
        + region.format(f"<TextLine><Word/>{equiv('ก')}</TextLine>")
        + region.format("<TextEquiv/>")
        + f"<TableRegion>{region.format(equiv('ข'))}</TableRegion>"
    )
    assert text_of("page", data) == "ก\n\nข\n"
