"""hOCR: what Tesseract writes, and what others do."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from lxml import etree, html
from replacements import AM, NIKHAHIT_AA, corrected, parsed, reverted, text_of

from thaifix.errors import FormatError
from thaifix.formats import FormatOptions
from thaifix.version import __version__

DATA = Path(__file__).parents[2] / "data"
TESSERACT = (DATA / "tesseract.hocr").read_bytes()
WORD = "<span class='ocrx_word' title='bbox {} 0 {} 20; x_wconf {}'>{}</span>"


def page(*words: tuple[int, int, str]) -> bytes:
    """Make a page of a line that is 20 high, given where its words begin and end."""
    spans = "\n".join(WORD.format(left, right, 90, text) for left, right, text in words)
    return (
        "<?xml version='1.0'?><html><head/><body><div class='ocr_page'>"
        f"<span class='ocr_line' title='bbox 0 0 999 20'>{spans}</span></div></body></html>"
    ).encode()


def test_tesseract_has_a_word_for_every_letter() -> None:
    """The spaces are those of Tesseract's text of the same page."""
    assert text_of("hocr", TESSERACT) == (DATA / "tesseract.txt").read_text("utf-8")
    words = parsed(TESSERACT).findall(".//{*}span[@class='ocrx_word']")
    assert sum(len(word.text) == 1 for word in words) > len(words) * 0.8


def test_only_letters_and_provenance_change() -> None:
    """The tree with those put back is the tree before."""
    result, _ = corrected("hocr", TESSERACT, options=FormatOptions(stamp="s&'1"))
    before, after = parsed(TESSERACT), parsed(result)
    meta = after.find(".//{*}meta[@name='ocr-processing']")
    assert meta.attrib.pop("content") == f"thaifix {__version__} s&'1"
    meta.getprevious().tail = meta.tail
    meta.getparent().remove(meta)
    changed = after.findall(".//*[@data-thaifix-original]")
    assert len(changed) == 2 * text_of("hocr", TESSERACT).count(NIKHAHIT_AA)
    for word in changed:
        word.text = word.attrib.pop("data-thaifix-original")
    assert etree.tostring(after.getroottree().getroot()) == etree.tostring(before)
    assert result.count(b"<?thaifix-undo") == 1


def test_words_are_merged() -> None:
    """Words of newmm with the box around their letters; white space stands where spaces are."""
    data = page(
        (0, 10, "แ"), (10, 20, "ม"), (20, 24, "ว"), (40, 50, "ก"), (50, 60, "ิ"), (60, 70, "น")
    )
    result, stats = corrected("hocr", data, {}, options=FormatOptions(merge_words=True))
    spans = parsed(result).findall(".//span[@class='ocrx_word']")
    assert [(span.text, span.get("title")) for span in spans] == [
        ("แมว", "bbox 0 0 24 20; x_wconf 90"),
        ("กิน", "bbox 40 0 70 20; x_wconf 90"),
    ]
    assert [span.tail for span in spans] == ["\n", None]
    assert text_of("hocr", result) == text_of("hocr", data) == "แมว กิน\n"
    assert reverted("hocr", result) == data
    assert not stats.edits


@pytest.mark.parametrize("nothing", ["", " "])
@pytest.mark.parametrize(
    ("at", "expected"),
    [
        (0, [(None, "bbox 0 0 10 20; x_wconf 90"), ("แมว", "bbox 10 0 40 20; x_wconf 90")]),
        (1, [("แมว", "bbox 0 0 40 20; x_wconf 90")]),
        (3, [("แมว", "bbox 0 0 40 20; x_wconf 90")]),
    ],
)
def test_words_without_letters_hinder_no_merging(
    nothing: str, at: int, expected: list[tuple[str | None, str]]
) -> None:
    """Behind a letter they become part of its word."""
    letters = [*"แมว"]
    letters.insert(at, nothing)
    data = page(*((10 * i, 10 * i + 10, letter) for i, letter in enumerate(letters)))
    result, _ = corrected("hocr", data, {}, options=FormatOptions(merge_words=True))
    spans = parsed(result).findall(".//span[@class='ocrx_word']")
    assert [((span.text or "").strip() or None, span.get("title")) for span in spans] == expected
    assert text_of("hocr", result) == text_of("hocr", data) == "แมว\n"
    assert reverted("hocr", result) == data


def test_a_word_with_more_than_letters_keeps_its_line_from_merging() -> None:
    data = page((0, 10, "แ"), (10, 20, "<!-- -->"), (20, 30, "ม"), (30, 34, "ว"))
    assert corrected("hocr", data, {}, options=FormatOptions(merge_words=True))[0] == data


def test_whole_words_are_not_merged() -> None:
    data = page((0, 30, "แมว"), (40, 70, "กิน"))
    assert corrected("hocr", data, {}, options=FormatOptions(merge_words=True))[0] == data


@pytest.mark.parametrize(
    ("replacements", "after"),
    [({" ": ""}, "กข\n"), ({"ก": "ก "}, "ก ข\n"), ({"ก ": ""}, "ข\n")],
)
def test_spaces_that_come_and_go_are_read_again(replacements: dict[str, str], after: str) -> None:
    data = page((0, 10, "ก"), (20, 30, "ข"))
    result, _ = corrected("hocr", data, replacements)
    assert text_of("hocr", result).lstrip(" ") == after
    assert reverted("hocr", result) == data


def test_html_that_is_no_xml() -> None:
    """Lines without words, white space of HTML, elements that stay open."""
    data = (DATA / "ocropus.html").read_bytes()
    am = NIKHAHIT_AA
    assert text_of("hocr", data) == (
        f"ส{am}นวน\xa0ไทย และ ค{am}สอน\nจ{am}นวน มาก\n\nอ{am} <ไทย> © A &amp B\n"
    )
    result, _ = corrected("hocr", data)
    lines = html.fromstring(result).xpath("//span[@class='ocr_line'][@data-thaifix-original]")
    assert [line.get("title") for line in lines] == [
        "bbox 100 50 1100 130",
        "bbox 100 250 1100 290",
    ]
    assert f"<b>ค{AM}</b>สอน<br>".encode() in result
    assert re.search(rb"<!--thaifix-undo 1 .*-->\n\Z", result)


def test_lines_in_odd_places() -> None:
    """Pages, paragraphs and lines need not be there, closed or in order."""
    line = "<span class=ocr_line>{}</span>"
    data = (
        line.format("ก")
        + "<div class=ocr_page><div class=ocr_carea>"
        + line.format("ข <span class=ocrx_word>ค<i> ง</i></span>")
        + "</div></span><span class='x ocr_header'>จ"
        + line.format("ฉ")
        + "</div>ช"
    ).encode()
    assert text_of("hocr", data) == "ก\n\fข ค ง\n\nฉ\n"


def test_what_is_added_must_not_be_taken_in_by_damaged_tags() -> None:
    """An open quote that ends in what a correction adds."""
    data = "<div class=ocr_page><b '<span class=ocr_line>ก</span>'".encode()
    assert text_of("hocr", data) == "ก\n"
    with pytest.raises(FormatError, match="file: HTML too damaged"):
        corrected("hocr", data, {"ก": "ข"})


def test_numbers_of_letters_may_stand_without_semicolon() -> None:
    """In HTML, as browsers read it."""
    page = '<html><body><div class="ocr_page"><span class="ocr_line">{}</span></div></body></html>'
    data = page.format("ท&#3661&#3634งาน &amp; &#x0e01&nbsp;").encode()
    assert text_of("hocr", data).split() == [f"ท{NIKHAHIT_AA}งาน", "&", "ก"]


def test_an_original_is_that_of_the_engine() -> None:
    """A second correction does not overwrite it, and may take away the space before it."""
    data = page((0, 10, "ก"), (20, 30, "ข"), (30, 40, "ค"))
    first, _ = corrected("hocr", data, {"ข": "ฃ"})
    second, _ = corrected("hocr", first, {" ฃ": "ฃ"})
    assert text_of("hocr", second) == "กฃค\n"
    third, _ = corrected("hocr", second, {"ฃ": "ซ"})
    assert text_of("hocr", third) == "กซค\n"
    kept = parsed(third).xpath("//@data-thaifix-original")
    assert kept == [" ข"]
    assert reverted("hocr", reverted("hocr", third)) == first


def test_corrected_words_are_not_merged() -> None:
    """They have kept what they said; a line without them is merged."""
    line = "<span class='ocr_line' title='bbox 0 0 999 20'>"
    words = [WORD.format(left, left + 10, 90, text) for left, text in ((0, "แ"), (10, "ม"))]
    data = page((0, 10, "ก"), (10, 20, "า")).replace(
        b"</div>", (line + "".join(words) + "</span></div>").encode()
    )
    first, _ = corrected("hocr", data, {"ก": "ข"})
    second, _ = corrected("hocr", first, {"า": "ะ"}, options=FormatOptions(merge_words=True))
    words = [word.text for word in parsed(second).iterfind(".//span[@class='ocrx_word']")]
    assert words == ["ข", "ะ", "แม"]
    assert parsed(second).xpath("//@data-thaifix-original") == ["ก", "า"]
    assert reverted("hocr", second) == first


@pytest.mark.parametrize(
    ("head", "after"),
    [
        ("<head/>", None),  # an empty element has no place in it
        ("", None),
        ("<head><title/></head>", "<head><title/>{}</head>"),
        ("<head><meta name='a'/></head>", "<head><meta name='a'/>{}</head>"),
        (
            "<head>\n  <meta name='a'/>\n\t<meta name='b'/>\n </head>",
            "<head>\n  <meta name='a'/>\n\t<meta name='b'/>\n\t{}\n </head>",
        ),
    ],
)
def test_the_head_says_who_was_there(head: str, after: str | None) -> None:
    """Behind the other metadata, on a line of its own if they have one; without a head nowhere."""
    data = page((0, 10, "ก")).replace(b"<head/>", head.encode())
    data = data.replace(b"</body>", b"<meta name='of no head'/></body>")
    result, _ = corrected("hocr", data, {"ก": "ข"}, options=FormatOptions(stamp="s"))
    meta = f"<meta name='ocr-processing' content='thaifix {__version__} s' />"
    assert (after or head).format(meta).encode() in result
    assert result.count(b"ocr-processing") == (after is not None)


def test_without_a_stamp_there_is_no_space() -> None:
    data = page((0, 10, "ก")).replace(b"<head/>", b"<head></head>")
    result, _ = corrected("hocr", data, {"ก": "ข"})
    assert f"content='thaifix {__version__}'".encode() in result


def test_only_what_changes_keeps_its_original() -> None:
    """An element that is cut into pieces is one; so is an empty one."""
    word = "<span class='ocrx_word'>{}</span>"
    data = (
        "<html xmlns='x'><body><span class='ocr_line'>"
        + word.format("ก<b>ข</b> ค")
        + word.format("ง")
        + "<span class='ocrx_word'/>"
        + word.format("")
        + "</span></body></html>"
    ).encode()
    assert text_of("hocr", data) == "กข คง\n"
    result, _ = corrected("hocr", data, {"ค": "ฅ"})
    tree = parsed(result)
    assert tree.xpath("//@data-thaifix-original") == ["กข ค"]
    assert tree.xpath("string(.)") == "กข ฅง"
    result, _ = corrected("hocr", data, {"ง": ""})
    assert parsed(result).xpath("//@data-thaifix-original") == ["ง"]


def test_merged_words_have_the_box_around_their_letters() -> None:
    """All four edges, and the lowest confidence, numbers with points or signs too."""
    title = "<span class='ocrx_word' title='x_wconf {}; bbox {} {} {} {}'>{}</span>"
    words = [
        title.format("90.5", -5, 10, 10, 20.5, "แ"),
        title.format("9", 10, 2, 20, 19, "ม"),
        title.format("80", 20, 12, 25.5, 18, "ว"),
        title.format("7", 90, 1, 99, 30, "ก"),
    ]
    data = page().replace(b"</span></div>", "".join(words).encode() + b"</span></div>")
    result, _ = corrected("hocr", data, {}, options=FormatOptions(merge_words=True))
    found = [
        (word.text, word.get("title"))
        for word in parsed(result).iterfind(".//*[@class='ocrx_word']")
    ]
    assert found == [
        ("แมว", "x_wconf 9; bbox -5 2 25.5 20.5"),
        ("ก", "x_wconf 7; bbox 90 1 99 30"),
    ]


@pytest.mark.parametrize(
    ("between", "after"),
    [
        ("\n", "\n"),
        ("", " "),
        ("<br/>", "<br/> "),
        ("<br/>\n", "<br/>\n"),
        ("<!-- x -->", "<!-- x --> "),
    ],
)
def test_what_is_between_words_stays(between: str, after: str) -> None:
    """And where only the boxes have a space, one is written."""
    letters = [(0, "แ"), (10, "ม"), (20, "ว"), (40, "ก"), (50, "ิ"), (60, "น")]
    words = [WORD.format(left, left + 10, 90, letter) for left, letter in letters]
    spans = "\n".join(words[:3]) + between + "".join(words[3:])
    data = page().replace(b"</span></div>", spans.encode() + b"</span></div>")
    result, _ = corrected("hocr", data, {}, options=FormatOptions(merge_words=True))
    assert text_of("hocr", result) == text_of("hocr", data) == "แมว กิน\n"
    assert f">แมว</span>{after}<span".encode() in result
    assert reverted("hocr", result) == data


@pytest.mark.parametrize("between", ["<br/>", "<!-- x -->", "<b>-</b>"])
def test_letters_with_something_between_stay_apart(between: str) -> None:
    words = [WORD.format(left, left + 10, 90, text) for left, text in ((0, "แ"), (10, "ม"))]
    data = page().replace(b"</span></div>", between.join(words).encode() + b"</span></div>")
    assert (
        corrected("hocr", data, {}, options=FormatOptions(merge_words=True))[0].count(b"ocrx_word")
        == 2
    )


def test_what_is_not_merged_keeps_its_title() -> None:
    """Words without boxes or confidences, and single ones that change."""
    data = page((0, 10, "ก"), (90, 99, "ข")).replace(b"; x_wconf 90", b"")
    data = data.replace(b" title='bbox 90 0 99 20'", b"")
    result, _ = corrected("hocr", data, {"ข": "ฃ"}, options=FormatOptions(merge_words=True))
    assert text_of("hocr", result) == "ก ฃ\n"
    assert "bbox 0 0 10 20'>ก</span>".encode() in result
    assert parsed(result).xpath("//@data-thaifix-original") == ["ข"]
