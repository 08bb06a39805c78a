"""ALTO of several versions and producers. Facts of the schemas (altoxml/schema, alto-2-1.xsd to
alto-4-4.xsd) that the tests rest on:

- `String` holds `Shape`?, `ALTERNATIVE`*, `Glyph`* in that order; `CONTENT` is any string.
- `Description` holds `MeasurementUnit`, `sourceImageInformation`?, `OCRProcessing`* and, since 4,
  `Processing`* in that order.
- `OCRProcessing` holds `preProcessingStep`*, `ocrProcessingStep`, `postProcessingStep`*.
- A step holds `processingCategory`? (since 4), `processingDateTime`?, `processingAgency`?,
  `processingStepDescription`*, `processingStepSettings`?, `processingSoftware`? in that order.
- `String` has `PROCESSINGREFS`, a list of ids, since 4.1.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from lxml import etree
from replacements import AM, NIKHAHIT_AA, corrected, parsed, reverted, text_of

from thaifix.formats import FormatOptions
from thaifix.version import __version__

DATA = Path(__file__).parents[2] / "data"
FILES = {
    name: (DATA / name).read_bytes() for name in ("tesseract.xml", "abbyy-2.xml", "kraken-4.xml")
}
BOXES = ("HPOS", "VPOS", "WIDTH", "HEIGHT")
ORDER = [
    "processingCategory",
    "processingDateTime",
    "processingAgency",
    "processingStepDescription",
    "processingStepSettings",
    "processingSoftware",
]


def names(elements: Any) -> list[str]:
    return [etree.QName(element).localname for element in elements]


def page(strings: str, version: str = "v4", description: str = "") -> bytes:
    return (
        f'<alto xmlns="http://www.loc.gov/standards/alto/ns-{version}#">{description}<Layout>'
        f'<Page><PrintSpace><TextBlock><TextLine HEIGHT="20">{strings}</TextLine></TextBlock>'
        "</PrintSpace></Page></Layout></alto>"
    ).encode()


def string(left: int, right: int, text: str) -> str:
    return (
        f'<String HPOS="{left}" VPOS="0" WIDTH="{right - left}" HEIGHT="9" WC="0.9" CC="1" '
        f'CONTENT="{text}"/>'
    )


def test_spaces_are_those_of_the_page() -> None:
    """Tesseract's by its boxes, others' where `SP` is; `HYP` is part of its line."""
    am = NIKHAHIT_AA
    assert text_of("alto", FILES["tesseract.xml"]) == (DATA / "tesseract.txt").read_text("utf-8")
    assert text_of("alto", FILES["kraken-4.xml"]) == f"ท{am} งานจ{am}\n"
    assert text_of("alto", FILES["abbyy-2.xml"]) == f'ส{am}"นัก"งาน ก็คือ ที่"หมาย&-\nก{am}หนด\n'


def test_without_sp_boxes_decide_between_thai_letters() -> None:
    """A gap of half a line is a space; so is what is between other letters."""
    strings = (
        string(0, 90, "แมว")
        + string(92, 180, "ดำ")
        + string(190, 280, "กิน")
        + string(281, 300, "2")
    )
    assert text_of("alto", page(strings)) == "แมวดำ กิน 2\n"


@pytest.mark.parametrize("name", FILES)
def test_only_letters_and_provenance_change(name: str) -> None:
    """The tree with those put back is the tree before; all boxes stay."""
    result, _ = corrected("alto", FILES[name], options=FormatOptions(stamp="stamp"))
    before, after = parsed(FILES[name]), parsed(result)
    boxes = [[element.get(box) for box in BOXES] for element in before.iter("{*}*")]
    kept = [element for element in after.iter("{*}*") if element.get("VPOS")]
    assert [[e.get(box) for box in BOXES] for e in kept] == [box for box in boxes if box[1]]
    for alternative in after.findall(".//{*}ALTERNATIVE[@PURPOSE='thaifix:original']"):
        owner = alternative.getparent()
        assert owner.get("CONTENT") != alternative.text
        owner.set("CONTENT", alternative.text.removeprefix(" "))
        if owner.get("SUBS_CONTENT"):
            assert owner.get("SUBS_CONTENT") == alternative.text.replace(NIKHAHIT_AA, AM)
            owner.set("SUBS_CONTENT", alternative.text)
        references = owner.attrib.pop("PROCESSINGREFS", "").split()
        if references[:-1]:
            owner.set("PROCESSINGREFS", " ".join(references[:-1]))
        (alternative.getprevious() if alternative.getprevious() is not None else owner)
        owner.remove(alternative)
    for step in after.xpath("//*[.='thaifix']/../.."):
        step.getparent().remove(step)
    assert [
        (e.tag, sorted(e.attrib.items()), (e.text or "").strip()) for e in after.iter("{*}*")
    ] == [(e.tag, sorted(e.attrib.items()), (e.text or "").strip()) for e in before.iter("{*}*")]


@pytest.mark.parametrize("name", FILES)
def test_results_keep_to_the_schemas(name: str) -> None:
    """As far as what is written goes; see the facts above."""
    result, _ = corrected("alto", FILES[name], options=FormatOptions(stamp="stamp"))
    tree = parsed(result)
    for owner in tree.findall(".//{*}String"):
        order = [["Shape", "ALTERNATIVE", "Glyph"].index(child) for child in names(owner)]
        assert order == sorted(order)
    description = [
        ["MeasurementUnit", "sourceImageInformation", "OCRProcessing", "Processing"].index(child)
        for child in names(tree.find("{*}Description"))
    ]
    assert description == sorted(description)
    software = tree.xpath("//*[local-name()='softwareName'][.='thaifix']")
    assert len(software) == 1
    assert names(software[0].getparent()) == ["softwareName", "softwareVersion"]
    assert software[0].getnext().text == __version__
    step = software[0].getparent().getparent()
    order = [ORDER.index(child) for child in names(step)]
    assert order == sorted(order)
    if "4" in name:
        assert etree.QName(step).localname == "Processing"
        assert step.find("{*}processingCategory").text == "contentModification"
        changed = [e for e in tree.iter("{*}String") if e.find("{*}ALTERNATIVE") is not None]
        assert changed
        assert all(e.get("PROCESSINGREFS").split()[-1] == step.get("ID") for e in changed)
    else:
        assert names(step.getparent())[-2:] == ["ocrProcessingStep", "postProcessingStep"]
        assert step.find("{*}processingCategory") is None
        assert b"PROCESSINGREFS" not in result


@pytest.mark.parametrize(
    ("version", "description", "element"),
    [
        ("v3", "<Description><MeasurementUnit/></Description>", "OCRProcessing"),
        ("v4", "<Description><MeasurementUnit/></Description>", "Processing"),
        ("v3", "", None),
    ],
)
def test_the_step_has_a_place_where_there_is_a_description(
    version: str, description: str, element: str | None
) -> None:
    data = page(string(0, 9, f"ท{NIKHAHIT_AA}"), version, description)
    result, _ = corrected("alto", data)
    found = parsed(result).find("{*}Description")
    assert (names(found)[-1] if found is not None else None) == element
    assert reverted("alto", result) == data


def test_version_4_0_had_no_references() -> None:
    data = page(string(0, 9, f"ท{NIKHAHIT_AA}"), "v4", "<Description></Description>")
    data = data.replace(b"<alto ", b'<alto SCHEMAVERSION="4.0" ')
    result, _ = corrected("alto", data)
    assert b"PROCESSINGREFS" not in result
    assert b"postProcessingStep" in result


def test_glyphs_tell_what_the_engine_saw() -> None:
    result, _ = corrected("alto", FILES["kraken-4.xml"])
    first = parsed(result).find(".//{*}String")
    assert first.get("CONTENT") == f"ท{AM}"
    assert "".join(glyph.get("CONTENT") for glyph in first.findall("{*}Glyph")) == f"ท{NIKHAHIT_AA}"


def test_words_are_merged() -> None:
    """One box, the lowest confidence, all letters' confidences; `SP` only where spaces are."""
    space = '<SP WIDTH="1"/>'
    strings = space.join(
        [
            string(0, 10, "แ"),
            string(10, 20, "ม"),
            string(18, 24, "ว"),
            string(40, 50, "ไ"),
            string(50, 60, "ป"),
        ]
    ).replace('0.9" CC="1" CONTENT="ม', '0.25" CC="7" CONTENT="ม')
    data = page(strings)
    result, _ = corrected("alto", data, {"ไ": "ใ"}, options=FormatOptions(merge_words=True))
    line = parsed(result).find(".//{*}TextLine")
    assert names(line) == ["String", "SP", "String"]
    cat, go = line.findall("{*}String")
    assert dict(cat.attrib) == {
        "HPOS": "0",
        "VPOS": "0",
        "WIDTH": "24",
        "HEIGHT": "9",
        "WC": "0.25",
        "CC": "171",
        "CONTENT": "แมว",
    }
    assert (go.get("CONTENT"), go.findtext("{*}ALTERNATIVE")) == ("ใป", "ไป")
    assert text_of("alto", result) == "แมว ใป\n"
    assert reverted("alto", result) == data


def test_an_original_is_that_of_the_engine() -> None:
    """A second correction does not overwrite it, and may take away the space before it."""
    strings = string(0, 10, "กข") + "<SP/>" + string(20, 30, "คง")
    data = page(strings, description="<Description></Description>")
    first, _ = corrected("alto", data, {"ค": "ฅ"})
    second, _ = corrected("alto", first, {" ฅ": "ฅ"})
    assert text_of("alto", second) == "กขฅง\n"
    third, _ = corrected("alto", second, {"ฅ": "ซ"})
    assert text_of("alto", third) == "กขซง\n"
    alternatives = parsed(third).findall(".//{*}ALTERNATIVE")
    assert [alternative.text for alternative in alternatives] == [" คง"]
    owner = alternatives[0].getparent()
    assert owner.get("PROCESSINGREFS") == "thaifix_1 thaifix_2 thaifix_3"
    steps = parsed(third).findall(".//{*}Processing")
    assert [step.get("ID") for step in steps] == ["thaifix_1", "thaifix_2", "thaifix_3"]
    assert reverted("alto", reverted("alto", reverted("alto", third))) == data


@pytest.mark.parametrize(
    ("children", "after"),
    [
        ("", "{}"),
        ("<Shape/>", "<Shape/>{}"),
        ("<Shape><Circle/></Shape>", "<Shape><Circle/></Shape>{}"),
        (
            '<ALTERNATIVE PURPOSE="x">y</ALTERNATIVE><Glyph CONTENT="x"><Shape/></Glyph>',
            '{}<ALTERNATIVE PURPOSE="x">y</ALTERNATIVE><Glyph CONTENT="x"><Shape/></Glyph>',
        ),
        ('<Glyph CONTENT="x"><Shape/></Glyph>', '{}<Glyph CONTENT="x"><Shape/></Glyph>'),
        ("<ALTERNATIVE/>", "{}<ALTERNATIVE/>"),
    ],
)
def test_the_original_has_its_place_among_children(children: str, after: str) -> None:
    """Behind the shape of the `String`, not those of its glyphs; before all else."""
    strings = f'<String CONTENT="ก">{children}</String><String CONTENT="ข"><Shape/></String>'
    result, _ = corrected("alto", page(strings, "v3"), {"ก": "ค"})
    original = '<ALTERNATIVE PURPOSE="thaifix:original">ก</ALTERNATIVE>'
    assert f'<String CONTENT="ค">{after.format(original)}</String>'.encode() in result


def test_names_have_the_prefix_of_the_file() -> None:
    """Elements that are added, too; with attributes and letters of another `String` in between."""
    strings = string(0, 9, "ก") + '<String CONTENT="ข"><Shape/></String>' + string(20, 30, "ง")
    data = page(strings, description="<Description></Description>").decode()
    data = data.replace("</", "</a:").replace("<", "<a:").replace("<a:/a:", "</a:")
    data = data.replace("xmlns", "xmlns:a")
    assert text_of("alto", data.encode()) == "ก ข ง\n"
    result, _ = corrected(
        "alto", data.encode(), {"ก": "ค", "ข": "ค"}, options=FormatOptions(stamp="<&>")
    )
    tree = parsed(result)
    assert [alternative.text for alternative in tree.findall(".//{*}ALTERNATIVE")] == ["ก", "ข"]
    assert tree.find(".//{*}processingStepSettings").text == "<&>"
    assert {etree.QName(element).namespace for element in tree.iter("*")} == {tree.nsmap["a"]}
    assert [e.get("PROCESSINGREFS") for e in tree.iter("{*}String")] == ["thaifix_1"] * 2 + [None]
    assert reverted("alto", result) == data.encode()


def test_the_step_stands_in_the_last_ocr_processing() -> None:
    """On a line of its own, indented as the one before it."""
    step = "<ocrProcessingStep/>"
    description = (
        f"<Description>\n <OCRProcessing ID='a'>{step}</OCRProcessing>\n"
        f"  <OCRProcessing ID='b'>\n\t{step}\n  </OCRProcessing>\n</Description>"
    )
    result, _ = corrected("alto", page(string(0, 9, "ก"), "v2", description), {"ก": "ค"})
    assert f"{step}\n\t<postProcessingStep>".encode() in result
    assert b"</postProcessingStep>\n  </OCRProcessing>\n</Description>" in result
    assert b"processingStepSettings" not in result


def test_pages_blocks_and_lines_may_be_empty() -> None:
    """A block is a paragraph; a page without text is none."""
    line = "<TextLine>{}</TextLine>"
    block = "<TextBlock>{}</TextBlock>"
    word = '<String CONTENT="{}"/>'
    data = (
        "<alto><Layout><Page>"
        + block.format(line.format(word.format("ก")) + "<TextLine/>" + line.format(""))
        + block.format("")
        + block.format(line.format(word.format("ข")) + line.format("<String/>" + word.format("ค")))
        + "</Page><Page/><Page></Page><Page>"
        + block.format(line.format(word.format("ง")))
        + '</Page></Layout><String CONTENT="จ"/></alto>'
    ).encode()
    assert text_of("alto", data) == "ก\n\nข\nค\n\fง\n"


def test_spaces_are_where_sp_is() -> None:
    """If one is anywhere in the file; none before `HYP`."""
    strings = '<String CONTENT="{}"/>{}<String CONTENT="{}"/>'
    data = page(
        strings.format("ก", "", "ข") + strings.format("ค", "<SP/>", "ง") + '<HYP CONTENT="-"/>'
    )
    assert text_of("alto", data) == "กขค ง-\n"
    result, _ = corrected("alto", data, {"-": "~"})
    assert b'<HYP CONTENT="~"/>' in result
    assert b"ALTERNATIVE" not in result
    assert text_of("alto", data.replace(b"<SP/>", b"")) == "ก ข ค ง-\n"


def test_merged_words_keep_what_they_have() -> None:
    """Attributes that are not there stay away; a box without extent counts for nothing."""
    letters = [
        '<String HPOS="0.5" WIDTH="9" VPOS="3" HEIGHT="5.25" WC="0.5" CONTENT="แ"/>',
        '<String HPOS="9.5" WIDTH="10" VPOS="1" HEIGHT="4" CC="3" CONTENT="ม"/>',
        '<String HPOS="19.5" WIDTH="0" VPOS="9" HEIGHT="0" WC="0.75" CC="4" CONTENT="ว"/>',
    ]
    data = page("\n".join(letters))
    result, _ = corrected("alto", data, {}, options=FormatOptions(merge_words=True))
    (merged,) = parsed(result).findall(".//{*}String")
    assert dict(merged.attrib) == {
        "HPOS": "0.5",
        "WIDTH": "19",
        "VPOS": "1",
        "HEIGHT": "7.25",
        "WC": "0.5",
        "CONTENT": "แมว",
    }
    assert reverted("alto", result) == data


def test_glyphs_keep_words_apart() -> None:
    """A line in which a `String` has children is not merged; others are."""
    with_glyph = '<String CONTENT="ม"><Glyph CONTENT="ม"/></String>'
    line = string(0, 10, "แ") + with_glyph
    lines = line + '</TextLine><TextLine HEIGHT="20">' + string(0, 10, "แ") + string(10, 20, "ม")
    result, _ = corrected("alto", page(lines), {}, options=FormatOptions(merge_words=True))
    found = [element.get("CONTENT") for element in parsed(result).iter("{*}String")]
    assert found == ["แ", "ม", "แม"]
