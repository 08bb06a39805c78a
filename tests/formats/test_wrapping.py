"""Compressed and encoded files: what is inside is corrected, what is around it stays."""

from __future__ import annotations

import bz2
import gzip
import json
import lzma
from collections.abc import Callable, Iterator, Mapping

import pytest
from hypothesis import given
from hypothesis import strategies as st
from replacements import Substitutions

from thaifix import formats
from thaifix.errors import FormatError
from thaifix.formats.wrapping import (
    Wrapping,
    encoding_named,
    in_order,
    unwrapped,
    wide_encoding,
    wrapping,
)

zstandard = pytest.importorskip("zstandard")

OBSERVED, INTENDED = "ส\u0e4d\u0e32นัก\r\nกรม ", "สำนัก\r\nกรม "
PACK: Mapping[str, Callable[[bytes], bytes]] = {
    "gz": gzip.compress,
    "bz2": bz2.compress,
    "xz": lzma.compress,
    "zst": zstandard.ZstdCompressor().compress,
}
UNPACK: Mapping[str, Callable[[bytes], bytes]] = {
    "gz": gzip.decompress,
    "bz2": bz2.decompress,
    "xz": lzma.decompress,
    "zst": lambda data: zstandard.ZstdDecompressor().decompressobj().decompress(data),
}
ENCODINGS = ["cp874", "tis-620", "iso8859_11", "utf-16-le", "utf-16-be", "utf-32-le", "utf-16"]


def cut(data: bytes, size: int) -> list[bytes]:
    return [data[at : at + size] for at in range(0, len(data), size)]


def corrected(data: bytes, encoding: str | None = None, size: int = 7) -> tuple[str, bytes]:
    """The format that is found, and what comes out."""
    found, chunks = formats.peek(cut(data, size), encoding)
    out: list[bytes] = []
    formats.correct(found, chunks, Substitutions(), out.append, name="file")
    return found, b"".join(out)


def reverted(data: bytes, found: str) -> bytes:
    out: list[bytes] = []
    formats.revert(found, [data], out.append)
    return b"".join(out)


@pytest.mark.parametrize("size", [1, 7, 10_000])
@pytest.mark.parametrize("compression", PACK)
def test_compressed_text(compression: str, size: int) -> None:
    """Several compressed files in a row are one."""
    pack = PACK[compression]
    data = pack(OBSERVED.encode()) + pack(OBSERVED.encode())
    found, out = corrected(data, size=size)
    assert found == f"text.{compression}"
    assert UNPACK[compression](out).decode() == INTENDED * 2
    assert "".join(formats.text(found, cut(data, size))) == OBSERVED * 2


@pytest.mark.parametrize("compression", PACK)
def test_compressed_records_lead_back(compression: str) -> None:
    lines = "".join(json.dumps({"text": OBSERVED * n}) + "\n" for n in range(1, 4))
    found, out = corrected(PACK[compression](lines.encode()))
    assert found == f"jsonl.{compression}"
    first = json.loads(UNPACK[compression](out).splitlines()[0])
    assert first["text"] == INTENDED
    assert UNPACK[compression](reverted(out, found)).decode() == lines
    assert formats.digest(found, [out]) != formats.digest(found, [PACK[compression](b"")])


@pytest.mark.parametrize("encoding", ENCODINGS)
def test_encodings_stay(encoding: str) -> None:
    """The byte order mark, too."""
    found, out = corrected(OBSERVED.encode(encoding), encoding_named(encoding))
    assert out == INTENDED.encode(encoding)
    assert found.startswith("text:")
    packed = gzip.compress(OBSERVED.encode(encoding))
    found, out = corrected(packed, encoding_named(encoding))
    assert found.endswith(".gz")
    assert gzip.decompress(out) == INTENDED.encode(encoding)


@given(data=st.binary(max_size=60), size=st.integers(1, 70))
def test_bytes_that_an_encoding_lacks_pass(data: bytes, size: int) -> None:
    out: list[bytes] = []
    formats.correct("text:cp874", cut(data, size), Substitutions(), out.append)
    assert b"".join(out) == data.replace(b"\xed\xd2", b"\xd3")  # nikhahit and aa: sara am


@pytest.mark.parametrize("compression", PACK)
def test_damaged_data_is_refused(compression: str) -> None:
    data = PACK[compression](OBSERVED.encode() * 50)
    with pytest.raises(FormatError, match=r"file: .*Copy it again"):
        formats.correct(f"text.{compression}", [data[:-9]], Substitutions(), bytes, name="file")
    broken = data[:4] + bytes(8) + data[12:]
    with pytest.raises(FormatError, match=r"file: .*Copy it again"):
        formats.correct(f"text.{compression}", [broken], Substitutions(), bytes, name="file")


def test_what_is_not_in_the_encoding_is_refused() -> None:
    """Half a letter of UTF-16; a letter that only the correction has."""
    with pytest.raises(FormatError, match="file: is not utf-16-le throughout"):
        formats.correct("text:utf-16-le", [b"\x01"], Substitutions(), bytes, name="file")
    out: list[bytes] = []
    write, _ = formats.writer_around("text:latin-1", out.append, "file")
    with pytest.raises(FormatError, match=r"latin-1 has no .* \(U\+0E01\)"):
        write("ก".encode())


def test_an_empty_file_is_one() -> None:
    assert corrected(b"") == ("text", b"")
    found, out = corrected(gzip.compress(b""))
    assert (found, gzip.decompress(out)) == ("text.gz", b"")


def test_what_is_packed_and_no_text_is_refused() -> None:
    found, _ = formats.peek([gzip.compress(b"\x89PNG\r\n\x1a\n" + bytes(99))])
    assert found == "image"


@given(
    format=st.sampled_from(["text", "jsonl", "hocr"]),
    encoding=st.sampled_from([None, "cp874", "utf-16-le"]),
    compression=st.sampled_from([None, *PACK]),
)
def test_names_have_parts(format: str, encoding: str | None, compression: str | None) -> None:
    whole = Wrapping(format, encoding, compression)
    assert wrapping(str(whole)) == whole
    assert formats.chosen(str(whole), None) == str(whole)
    assert wrapping(formats.chosen(str(whole), "alto")) == whole._replace(format="alto")


@pytest.mark.parametrize(
    ("head", "encoding"),
    [
        ("\ufeffกข".encode("utf-16-le"), "utf-16-le"),
        ("\ufeffกข".encode("utf-16-be"), "utf-16-be"),
        ("\ufeffกข".encode("utf-32-le"), "utf-32-le"),
        ("\ufeffกข".encode("utf-32-be"), "utf-32-be"),
        ("กรมการปกครอง 1\n".encode("utf-16-le"), "utf-16-le"),
        ("กรมการปกครอง 1\n".encode("utf-16-be"), "utf-16-be"),
        ("กรม".encode("utf-16-le"), None),  # too short to say
        ("กรมการปกครอง 1\n".encode(), None),
        (bytes(40), None),
        (b"", None),
    ],
)
def test_wide_encodings_are_told(head: bytes, encoding: str | None) -> None:
    assert wide_encoding(head) == encoding


def test_byte_order() -> None:
    assert in_order("utf-16", "\ufeffก".encode("utf-16-be")) == "utf-16-be"
    assert in_order("utf-16", "ก".encode("utf-16-le")) == "utf-16-le"
    assert in_order("utf-16", "กรมการปกครอง".encode("utf-16-be")) == "utf-16-be"
    assert in_order("utf-32", "\ufeffก".encode("utf-32-be")) == "utf-32-be"
    assert in_order("cp874", b"\xff\xfe") == "cp874"


@pytest.mark.parametrize(
    "name", ["no-such", "rot13", "hex", "gb18030", "big5", "utf-7", "utf-8-sig", "utf-8"]
)
def test_only_encodings_whose_bytes_all_come_back(name: str) -> None:
    with pytest.raises(LookupError):
        encoding_named(name)


def test_zeros_behind_gzip_are_none_of_it() -> None:
    """Tapes and block devices fill up with them; anything else there is damage."""
    packed = gzip.compress(OBSERVED.encode()) + bytes(5000)
    assert gzip.decompress(corrected(packed)[1]).decode() == INTENDED
    with pytest.raises(FormatError, match="gz data ends too early"):
        corrected(packed + b"x")


def test_what_is_compressed_twice_is_refused() -> None:
    for outer in PACK.values():
        for inner in PACK.values():
            found, _ = formats.peek([outer(inner(OBSERVED.encode()))])
            assert found == "compressed"


@pytest.mark.parametrize("compression", PACK)
def test_a_bomb_is_opened_piece_by_piece(compression: str) -> None:
    """However little holds however much: no piece is larger than 32 MB."""
    packed = PACK[compression](bytes(100 << 20))
    pieces = [len(piece) for piece in unwrapped([packed], None, compression, "file")]
    assert sum(pieces) == 100 << 20
    assert max(pieces) <= 32 << 20


@pytest.mark.parametrize("encoding", ["utf-32-le", "utf-32-be", "utf-16-le", "utf-16-be"])
def test_wide_encodings_without_a_mark_are_named(encoding: str) -> None:
    found, _ = formats.peek([(INTENDED * 9).encode(encoding)])
    assert found == encoding[:6]
    assert corrected((OBSERVED * 9).encode(encoding), encoding[:6], 9999)[1].decode(encoding) == (
        INTENDED * 9
    )


def test_lines_come_out_as_they_come_in() -> None:
    """Of an encoded file, too, if that is asked for."""
    written: list[bytes] = []

    def given() -> Iterator[bytes]:
        for number in range(3):
            assert len(written) == number
            yield f"{OBSERVED[:6]}\n".encode("cp874")

    found = str(Wrapping("text", "cp874"))
    formats.correct(found, given(), Substitutions(), written.append, by_line=True)
    assert b"".join(written).decode("cp874") == f"{INTENDED[:5]}\n" * 3
