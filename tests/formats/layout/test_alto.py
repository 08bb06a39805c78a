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
