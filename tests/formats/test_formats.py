"""All formats alike: what changes, what stays, and the way back."""

from __future__ import annotations

import io
import json
import sys
from html import unescape

import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from format_files import DATA, FILES, MARKED_UP, TABLE
from hypothesis import given
from hypothesis import strategies as st
from lxml import html
from replacements import AM, NIKHAHIT_AA, Substitutions, corrected, parsed, reverted, text_of

from thaifix import formats
from thaifix.errors import FormatError
from thaifix.formats import FORMATS, FormatOptions
from thaifix.formats.base import Format
from thaifix.stream.filter import Piece

SIGNS = "&<'\"-->]]>?>&amp;{}\\"
"""Letters that end or begin something in one of the formats, if they are not escaped."""


def test_every_name_leads_to_a_format() -> None:
    for name in FORMATS:
        assert isinstance(formats._format(name, "file"), Format)


@pytest.mark.parametrize("name", FILES)
def test_text_is_corrected(name: str) -> None:
    """The text of the corrected file is the corrected text of the file."""
    format_, data = FILES[name]
    before = text_of(format_, data)
    result, stats = corrected(format_, data)
    assert text_of(format_, result) == before.replace(NIKHAHIT_AA, AM)
    assert stats.edits.total() == before.count(NIKHAHIT_AA) > 0
    assert stats.bytes == len(data)


@pytest.mark.parametrize("merge_words", [False, True])
@pytest.mark.parametrize("name", [name for name in FILES if name != "text"])
def test_originals_lead_back(name: str, merge_words: bool) -> None:
    """Byte for byte, but for tables, which are the same table again."""
    format_, data = FILES[name]
    result, _ = corrected(format_, data, options=FormatOptions(merge_words=merge_words))
    assert result != data
    back = reverted(format_, result)
    if format_ == "parquet":
        assert pq.read_table(io.BytesIO(back)).equals(TABLE, check_metadata=True)
    elif format_ == "arrow":
        opened = pa.ipc.open_stream if name == "arrow stream" else pa.ipc.open_file
        assert opened(back).read_all().equals(TABLE, check_metadata=True)
    else:
        assert back == data


@pytest.mark.parametrize("name", FILES)
def test_without_edits_every_byte_stays(name: str) -> None:
    format_, data = FILES[name]
    assert corrected(format_, data, {})[0] == data


@pytest.mark.parametrize("name", [name for name in FILES if name != "text"])
def test_originals_can_be_left_out(name: str) -> None:
    """Then nothing leads back, and the text is corrected all the same."""
    format_, data = FILES[name]
    result, _ = corrected(format_, data, options=FormatOptions(originals=False))
    assert text_of(format_, result) == text_of(format_, data).replace(NIKHAHIT_AA, AM)
    with pytest.raises(FormatError, match="--no-originals"):
        reverted(format_, result)


@pytest.mark.parametrize("name", FILES)
def test_pieces_are_those_of_the_text(name: str) -> None:
    """The pieces put together are what `text` gives, before and after."""
    format_, data = FILES[name]
    pieces: list[Piece] = []
    result, _ = corrected(format_, data, watch=pieces.append)
    assert "".join(piece.correction.source for piece in pieces) == text_of(format_, data)
    assert "".join(piece.correction.text for piece in pieces) == text_of(format_, result)
    at = to = 0
    for piece in pieces:
        assert (piece.start, piece.output_start) == (at, to)
        at += len(piece.correction.source)
        to += len(piece.correction.text)


@pytest.mark.parametrize("name", [*MARKED_UP, "records"])
def test_a_second_correction_can_be_undone(name: str) -> None:
    """A corrected file is a file: what is done to it again leads back to it."""
    format_, data = FILES[name]
    if format_ == "jsonl":
        with pytest.raises(FormatError, match=r"line 1.*text_original"):
            corrected(format_, corrected(format_, data)[0], {"ค": "ฅ"})
        return
    first, _ = corrected(format_, data)
    second, stats = corrected(format_, first, {AM: NIKHAHIT_AA})
    assert stats.edits
    assert text_of(format_, second) == text_of(format_, data)
    assert reverted(format_, second) == first


def test_unknown_formats_are_told() -> None:
    with pytest.raises(FormatError, match=r"no format 'docx'.*hocr"):
        corrected("docx", b"")


def originals(name: str, data: bytes) -> list[str]:
    """The original readings that a corrected file keeps, as another library reads them."""
    found: list[str | None]
    if name == "records":
        lines = filter(bytes.strip, data.splitlines())
        found = [json.loads(line).get("text_original") for line in lines]
    elif name == "parquet":
        found = pq.read_table(io.BytesIO(data))["text_original"].to_pylist()
    elif name.startswith("arrow"):
        opened = pa.ipc.open_stream if name == "arrow stream" else pa.ipc.open_file
        found = opened(data).read_all()["text_original"].to_pylist()
    elif name == "ocropus.html":
        found = html.fromstring(data).xpath("//@data-thaifix-original")
    elif name.endswith("2013.xml"):  # which has a place for them in its record only
        record = parsed(data).getroottree().xpath("/processing-instruction('thaifix-undo')")[0]
        found = [unescape(old) for _, _, old in json.loads(record.text.split(" ", 2)[2])]
    elif name.endswith("2019.xml"):
        ours = "//*[starts-with(@comments, 'thaifix')]/following-sibling::*[1]"
        found = [equiv.findtext("{*}Unicode") for equiv in parsed(data).xpath(ours)]
    else:
        kept = "//@data-thaifix-original | //*[@PURPOSE='thaifix:original']/text()"
        found = parsed(data).xpath(kept)
    return [text for text in found if text]


@pytest.mark.parametrize("merge_words", [False, True])
@pytest.mark.parametrize("name", [name for name in FILES if name != "text"])
def test_markup_signs_are_letters(name: str, merge_words: bool) -> None:
    """Put in, kept as the original and in the stamp: another library reads them as they are."""
    format_, data = FILES[name]
    options = FormatOptions(stamp=SIGNS, merge_words=merge_words)
    signs, _ = corrected(format_, data, {NIKHAHIT_AA: SIGNS}, options=options)
    before = text_of(format_, data)
    assert text_of(format_, signs) == before.replace(NIKHAHIT_AA, SIGNS)
    assert NIKHAHIT_AA in "".join(originals(name, signs))
    given, _ = corrected(
        format_, data, {NIKHAHIT_AA: SIGNS}, options=FormatOptions(originals=False)
    )
    again, _ = corrected(format_, given, {SIGNS: AM}, options=options)
    assert text_of(format_, again) == before.replace(NIKHAHIT_AA, AM)
    assert SIGNS in "".join(originals(name, again))
    if format_ not in ("parquet", "arrow"):
        assert reverted(format_, signs) == data
        assert reverted(format_, again) == given


@pytest.mark.parametrize("name", FILES)
def test_what_went_through_is_counted(name: str) -> None:
    """Bytes of the file, code points of its text without what parts its records."""
    format_, data = FILES[name]
    _, stats = corrected(format_, data)
    parts = text_of(format_, data).split("\f")
    assert stats.bytes == len(data)
    assert stats.code_points == sum(map(len, parts))
    assert not stats.flags


@pytest.mark.parametrize("name", FILES)
def test_files_that_say_the_same_share_a_digest(name: str) -> None:
    """Of a table all rows count, of others the text; how they are written counts for nothing."""
    format_, data = FILES[name]
    digests = {formats.digest(format_, [data[:9], data[9:]])}
    result, _ = corrected(format_, data, options=FormatOptions(originals=False))
    assert formats.digest(format_, [result]) not in digests
    back, _ = corrected(format_, result, {AM: NIKHAHIT_AA}, options=FormatOptions(originals=False))
    digests.add(formats.digest(format_, [back]))
    assert len(digests) == 1
    assert len(digests.pop()) == 32


@pytest.mark.parametrize(
    ("module", "names", "remedy"),
    [
        ("pyarrow", ["parquet", "arrow file"], r"pip install 'thaifix\[arrow\]'"),
        ("pythainlp", list(MARKED_UP), r"pip install 'thaifix\[evaluate\]'"),
    ],
)
def test_what_is_not_installed_is_told(
    module: str, names: list[str], remedy: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Before anything is written; what does not need it goes on."""
    monkeypatch.setitem(sys.modules, module, None)
    written: list[bytes] = []
    options = FormatOptions(merge_words=module == "pythainlp")
    for name in names:
        format_, data = FILES[name]
        with pytest.raises(FormatError, match=rf"^file: .* need.* {remedy}$"):
            formats.correct(
                format_, [data], Substitutions(), written.append, options=options, name="file"
            )
    assert not written
    assert corrected("jsonl", FILES["records"][1], options=options)[1].edits
    if module == "pythainlp":
        assert corrected("hocr", FILES["tesseract.hocr"][1])[1].edits


@pytest.mark.parametrize("name", FILES)
@given(data=st.data())
def test_damaged_files_are_errors_and_lose_nothing(name: str, data: st.DataObject) -> None:
    """Whatever bytes change: a clear error, or a result that leads back."""
    format_, source = FILES[name]
    damaged = bytearray(source)
    for _ in range(data.draw(st.integers(1, 4))):
        at = data.draw(st.integers(0, len(source) - 1))
        end = at + data.draw(st.integers(0, 9))
        damaged[at:end] = data.draw(st.binary(max_size=9))
    check_that_nothing_is_lost(format_, bytes(damaged))


@pytest.mark.parametrize("format_", FORMATS[:-1])
@given(data=st.binary(max_size=300))
def test_random_bytes_are_errors_and_lose_nothing(format_: str, data: bytes) -> None:
    check_that_nothing_is_lost(format_, data)


@pytest.mark.parametrize("name", FILES)
@given(cut=st.integers(0, 10_000))
def test_truncated_files_are_errors_and_lose_nothing(name: str, cut: int) -> None:
    format_, source = FILES[name]
    check_that_nothing_is_lost(format_, source[:cut])


def check_that_nothing_is_lost(format_: str, data: bytes) -> None:
    try:
        result, stats = corrected(format_, data)
    except FormatError:
        return
    if not stats.edits:
        assert result == data
    elif format_ not in ("text", "parquet", "arrow"):
        assert reverted(format_, result) == data


@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-16", "tis-620", "cp874"])
@pytest.mark.parametrize("end", ["\n", "\r\n"])
def test_encodings_and_line_ends_stay(encoding: str, end: str) -> None:
    """Of a page as others store it; the result is in the same encoding throughout."""
    declared = {"utf-8-sig": "UTF-8", "cp874": "windows-874"}.get(encoding, encoding.upper())
    text = (DATA / "tesseract.xml").read_text("utf-8").replace("UTF-8", declared, 1)
    data = text.replace("\n", end).encode(encoding)
    assert formats.detect(data) == "alto"
    result, stats = corrected("alto", data)
    assert stats.edits
    assert text_of("alto", result) == text_of("alto", data).replace(NIKHAHIT_AA, AM)
    assert f'CONTENT="{AM}"'.encode(encoding)[4:] in result
    assert reverted("alto", result) == data


def test_entities_of_xhtml_are_read() -> None:
    """The document type that Tesseract names has them; it is not fetched."""
    data = (
        (DATA / "tesseract.hocr").read_bytes().replace(NIKHAHIT_AA[1:].encode(), b"&nbsp;&copy;", 1)
    )
    assert "\xa0©" in text_of("hocr", data)
    result, _ = corrected("hocr", data, {"©": "ค"})
    assert "&nbsp;ค".encode() in result
    assert reverted("hocr", result) == data
