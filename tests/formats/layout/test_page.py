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
