"""Which format a file has, by its first bytes."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from format_files import FILES
from replacements import corrected, reverted, text_of

from thaifix import formats
from thaifix.errors import UnknownFormatError
from thaifix.formats import FORMATS, HEAD_BYTES, detection, peek


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
        (
            '<document xmlns="http://www.abbyy.com/FineReader_xml/FineReader10-schema-v1.xml"><page>',
            "abbyy",
        ),
        ('<?xml version="1.0"?><!-- ' + "x" * 9000, "xml"),
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
        with pytest.raises(UnknownFormatError, match=r"(file|input): (is|has) .* --format text"):
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


@pytest.mark.parametrize("size", [70_000, 300_000])
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


@pytest.mark.parametrize(
    ("data", "format_"),
    [
        ("<a:PcGts/>", "page"),
        ("<PcGts2/>", "text"),
        ('<?xml version="1.0"?>\n<html><div class="x ocr_page y"/></html>', "hocr"),
        ("<html><div class=ocr_pages>", "text"),
        ("<html><meta name='ocr-capabilities' content='x'>", "hocr"),
        ('<?xml version="1.0"?>\n<html xmlns="x"><body/></html>', "text"),
        ('<?xml version="1.0"?>\n<HTML/>', "text"),
        ('<?xml version="1.0"?>\n<!DOCTYPE x [<!ENTITY a "<alto>">]>\n<x/>', "xml"),
        ('<?xml version="1.0"?>', "xml"),
        ('{"a": 1}\n{"b": 2}\n', "jsonl"),
        ('{"a": 1} x\n{"b": 2}\n', "json"),
        ('{"a": 1} x', "jsonl"),  # its line may go on
        ("{}\n", "jsonl"),
        (" \t\n[\n{}]", "json"),
        ('["ก", 1]', "json"),
        ('[{"ก"', "text"),
        ('["', "text"),
        ("ARROW1", "arrow"),
        ("PAR1", "parquet"),
    ],
)
@pytest.mark.parametrize("bom", ["", "\ufeff"])
def test_formats_are_told_by_what_begins_them(data: str, format_: str, bom: str) -> None:
    if format_ not in ("arrow", "parquet") or not bom:
        assert formats.detect((bom + data).encode()) == format_


@pytest.mark.parametrize("encoding", ["utf-16-le", "utf-16-be"])
@pytest.mark.parametrize("bom", ["", "\ufeff"])
def test_utf_16_is_read(encoding: str, bom: str) -> None:
    data = f'{bom}<?xml version="1.0"?><alto/>'.encode(encoding)
    assert formats.detect(data) == "alto"
    for size in 1, 3:
        chunks = [data[at : at + size] for at in range(0, len(data), size)]
        assert peek(chunks)[0] == "alto"


@pytest.mark.parametrize(
    ("rows", "format_"),
    [
        (["ก"] * 19, "text"),
        (["ก"] * 20, "letters"),
        (["กา"] * 20, "letters"),
        (["กาง"] * 20, "text"),
        (["ก"] * 20 + ["กาง"] * 20, "text"),
        (["ก"] * 21 + ["กาง"] * 20, "letters"),
        (["ก"] * 20 + ["abc"] * 99, "letters"),  # lines without Thai count for nothing
        (["abc"] * 99, "text"),
    ],
)
def test_tables_of_letters_have_twenty_rows_and_most_of_one_or_two(
    rows: list[str], format_: str
) -> None:
    assert formats.detect("\n".join(rows).encode()) == format_


def read_of(chunks: list[bytes]) -> tuple[str, int]:
    """Which format a stream is found to have, and how many of its bytes were read for that."""
    read = 0

    def counted() -> Iterator[bytes]:
        nonlocal read
        for chunk in chunks:
            read += len(chunk)
            yield chunk

    found, rest = peek(counted())
    needed = read
    assert b"".join(rest) == b"".join(chunks)
    return found, needed


@pytest.mark.parametrize(
    ("chunks", "format_", "read"),
    [
        ([b"x" * 9, b"x"], "text", 9),
        ([b'{"a":', b" 1}\n", b"{"], "jsonl", 9),
        ([b'{"a": "', b"x" * HEAD_BYTES, b"}\n", b"{"], "jsonl", 7 + HEAD_BYTES),
        ([b"<", b"alto>", b"x" * HEAD_BYTES, b"x"], "alto", 6 + HEAD_BYTES),
        ([b"<alto>" + b"x" * HEAD_BYTES, b"x"], "alto", 6 + HEAD_BYTES),
        ([b"<html>" + b"x" * HEAD_BYTES, b"<p class=ocr_page>", b"x"], "hocr", 25 + HEAD_BYTES),
        ([b"<p>" + b"x" * (HEAD_BYTES - 3), b"<p class=ocr_page>"], "text", HEAD_BYTES),
        ([b"PA", b"R", b"1", b"x" * HEAD_BYTES, b"x"], "parquet", 4 + HEAD_BYTES),
        ([b"[", b"x" * HEAD_BYTES, b"<p class=ocr_page>"], "text", 1 + HEAD_BYTES),
        ([b"", b" ", b"", b"<alto/>", b""], "alto", 8),
    ],
)
def test_no_more_is_read_than_tells_the_format(
    chunks: list[bytes], format_: str, read: int
) -> None:
    """But of a long head as much again, so that it is looked over few times."""
    assert read_of(chunks) == (format_, read)


def test_a_page_without_a_mark_is_not_read_for_ever(monkeypatch: pytest.MonkeyPatch) -> None:
    """HTML without a page of hOCR is text after four megabytes; here after fewer bytes."""
    assert detection._MAX_HEAD_BYTES == 4 * 1024 * 1024
    monkeypatch.setattr(detection, "_MAX_HEAD_BYTES", 4 * HEAD_BYTES)
    blank = b" " * 1024
    chunks = [b"<html>" + b" " * 1018] + [blank] * 99
    assert read_of(chunks) == ("text", 4 * HEAD_BYTES)
    late = [*chunks[:15], b"<p class=ocr_page>".ljust(1024), *chunks]
    assert read_of(late) == ("hocr", 4 * HEAD_BYTES)
