"""All formats alike: what is told apart, what stays, and the way back."""

from __future__ import annotations

import io
from collections.abc import Iterator
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from hypothesis import given
from hypothesis import strategies as st
from replacements import AM, NIKHAHIT_AA, corrected, reverted, text_of

from thaifix import formats
from thaifix.errors import FormatError, UnknownFormatError
from thaifix.formats import FORMATS, FormatOptions
from thaifix.stream.filter import Piece

DATA = Path(__file__).parents[1] / "data"
RECORDS = (
    '{"id": 1, "text": "ส' + NIKHAHIT_AA + 'คัญ \\"ก\\"", "z": {"text": "ท' + NIKHAHIT_AA + '"}}\r\n'
    '{"id":2,"text":"\\u0e17\\u0e4d\\u0e32\\ud83d\\ude00"}\n\n{"id":3,"text":null}'
).encode()
TABLE = pa.table({"id": [1, 2, 3], "text": ["ส" + NIKHAHIT_AA, None, "ดี"]})


def parquet(table: pa.Table) -> bytes:
    buffer = io.BytesIO()
    pq.write_table(table, buffer, row_group_size=2)
    return buffer.getvalue()


def arrow(table: pa.Table, *, stream: bool = False) -> bytes:
    buffer = io.BytesIO()
    opened = pa.ipc.new_stream if stream else pa.ipc.new_file
    with opened(buffer, table.schema) as writer:
        writer.write_table(table, 2)
    return buffer.getvalue()


MARKED_UP = {
    "tesseract.hocr": "hocr",
    "ocropus.html": "hocr",
    "tesseract.xml": "alto",
    "abbyy-2.xml": "alto",
    "kraken-4.xml": "alto",
    "transkribus-2013.xml": "page",
    "ocrd-2019.xml": "page",
}
FILES = {name: (format_, (DATA / name).read_bytes()) for name, format_ in MARKED_UP.items()} | {
    "text": ("text", f"ท{NIKHAHIT_AA}งาน\n".encode()),
    "records": ("jsonl", RECORDS),
    "parquet": ("parquet", parquet(TABLE)),
    "arrow file": ("arrow", arrow(TABLE)),
    "arrow stream": ("arrow", arrow(TABLE, stream=True)),
}


@pytest.mark.parametrize("name", FILES)
def test_formats_are_detected(name: str) -> None:
    format_, data = FILES[name]
    assert formats.detect(data[: formats.HEAD_BYTES]) == format_
    assert format_ in FORMATS


@pytest.mark.parametrize("size", [1, 5, 1000])
@pytest.mark.parametrize("name", FILES)
def test_formats_are_detected_in_pieces(name: str, size: int) -> None:
    """A stream may begin with a few bytes; nothing of it is lost."""
    format_, data = FILES[name]
    chunks = [data[at : at + size] for at in range(0, len(data), size)]
    found, rest = formats.peek(chunks)
    assert (found, b"".join(rest)) == (format_, data)


@pytest.mark.parametrize(
    ("line", "format_"), [("บรรทัดแรก\n", "text"), ("{ก}\n", "text"), ('{"ก": 1}\n', "jsonl")]
)
def test_lines_are_not_waited_for(line: str, format_: str) -> None:
    """The first line of a text or of records is there before the second comes."""

    def lines() -> Iterator[bytes]:
        yield line.encode()
        raise AssertionError("asked for more")

    found, rest = formats.peek(lines())
    assert (found, next(rest)) == (format_, line.encode())


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"{",
        b"{ a set }\n",
        b"[1]\n",
        b"<p>Markdown</p>",
        b"<html><body>no page</body></html>",
        b"<TEI/>",
        b"<!-- alto -->",
        b"alto",
        b"PAR",
        "“ส”".encode(),
    ],
)
def test_all_else_is_text(data: bytes) -> None:
    assert formats.detect(data) == "text"


ROWS = "".join(f"5\t1\t{i}\t20\t30\t{letter}\n" for i, letter in enumerate("กรมการปกครองท้องถิ่น"))


@pytest.mark.parametrize(
    ("data", "kind"),
    [
        ('<?xml version="1.0"?>\n<document><charParams>ก</charParams></document>', "xml"),
        ('<?xml version="1.0"?><!-- ' + "x" * 9000, "xml"),
        ('{"a": 1,\n"b": 2}', "json"),
        ('\ufeff{\n "text": "ก"\n}\n', "json"),
        ('[{"text":"กรม"},{"text":"กอง"}]\n', "json"),
        ('[\n  "กรม",\n  "กอง"\n]\n', "json"),
        ("level\tpage_num\tleft\ttop\ttext\n" + ROWS, "letters"),
        ("".join(f"{letter} 1 2 3 4 0\n" for letter in "กรมการปกครองท้องถิ่น"), "letters"),
    ],
)
def test_what_is_no_text_is_not_corrected_as_text(data: str, kind: str) -> None:
    """Each letter by itself looks wrong, a colon between quotes like dirt; --format overrules."""
    assert formats.detect(data.encode()) == kind
    for call in (
        lambda: corrected(kind, data.encode()),
        lambda: text_of(kind, data.encode()),
        lambda: reverted(kind, data.encode()),
    ):
        with pytest.raises(UnknownFormatError, match=r"file|input: .* --format text"):
            call()
    assert corrected("text", data.encode(), {})[0] == data.encode()


@pytest.mark.parametrize(
    "text",
    [
        "ก\nข\n",
        "[ก] ข้อ\n",
        '["ก" ข]',
        '<div class="x">\n\n# ก\n',
        '"ก": "ข"\n',
        "ก ร ม ก า ร\n" * 30,
    ],
)
def test_texts_that_look_a_little_like_that(text: str) -> None:
    assert formats.detect(text.encode()) == "text"


@pytest.mark.parametrize("size", [70_000, 1_000_000])
def test_a_long_head_hides_no_format(size: int) -> None:
    """Styles and pictures may stand before the first page of hOCR, comments before a root."""
    hocr = f"<!DOCTYPE html>\n<html><style>{'x' * size}</style><body><DIV CLASS=ocr_page></DIV>"
    alto = f'<?xml version="1.0"?><!-- {"x" * size} --><alto></alto>'
    for data, format_ in (hocr, "hocr"), (alto, "alto"):
        chunks = [data[at : at + 65_536].encode() for at in range(0, len(data), 65_536)]
        found, rest = formats.peek(chunks)
        assert (found, b"".join(rest)) == (format_, data.encode())


@pytest.mark.parametrize(
    ("data", "format_"),
    [
        (
            '\ufeff<?xml version="1.0"?><!-- <PcGts> --><a:alto xmlns:a="x"/>'.encode("utf-16-le"),
            "alto",
        ),
        (b"\xef\xbb\xbf<!DOCTYPE alto [<!ELEMENT alto ANY>]>\n<alto/>", "alto"),
        (b"<html><meta name=ocr-system content=x>", "hocr"),
        (b'\xef\xbb\xbf{"text": "cut o', "jsonl"),
        (b"%PDF-1.7\n", "pdf"),
    ],
)
def test_detection_looks_behind_prologs(data: bytes, format_: str) -> None:
    assert formats.detect(data) == format_


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
