"""Bytes that are no text: what they are taken for, and what passes."""

from __future__ import annotations

import random
import zipfile
from io import BytesIO

import pytest

from thaifix import formats
from thaifix.errors import UnknownFormatError
from thaifix.formats.binaries import REFUSED, kind_of

THAI = "กระทรวงมหาดไทยแจ้งให้ผู้ว่าราชการจังหวัดทราบ เมื่อวันที่ ๑๒ มกราคม\n"
DAMAGED = "\u0e2a\u0e4d\u0e32นักเจ้าหน้้าที่กรมการปกครอง\n"


def packed() -> bytes:
    out = BytesIO()
    with zipfile.ZipFile(out, "w") as file:
        file.writestr("word/document.xml", THAI)
    return out.getvalue()


@pytest.mark.parametrize(
    ("head", "kind"),
    [
        (b"\x89PNG\r\n\x1a\n", "image"),
        (b"\xff\xd8\xff\xe0", "image"),
        (b"II*\0", "image"),
        (packed(), "zip"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1", "office"),
        (b"{\\rtf1\\ansi", "office"),
        (b"\x7fELF\2\1", "program"),
        (random.Random(1).randbytes(3000), "binary"),
        (random.Random(2).randbytes(300), "binary"),
        ((THAI * 3).encode("utf-16"), "utf-16"),
        ((THAI * 3).encode("utf-16-be"), "utf-16"),
        (THAI.encode("utf-32"), "utf-32"),
        (THAI.encode("cp874"), "thai-8-bit"),
        (THAI.encode("tis-620"), "thai-8-bit"),
        (
            ("\u0e2a\u0e4d\u0e32นักเจ้าหน้้าที่กรมการปกครอง\n" * 9).encode("cp874"),
            "thai-8-bit",
        ),  # damaged Thai
        ("中文文本測試".encode("gbk") * 40, "8-bit"),
        ("日本語の文書".encode("shift-jis") * 40, "8-bit"),
    ],
)
def test_no_text(head: bytes, kind: str) -> None:
    assert kind_of(head) == kind
    found, _ = formats.peek([head])
    assert found == kind
    with pytest.raises(UnknownFormatError) as caught:
        formats.correct(found, [head], None, bytes, name="file")  # type: ignore[arg-type]
    assert str(caught.value) == f"file: {REFUSED[kind]}."


@pytest.mark.parametrize(
    "head",
    [
        b"",
        THAI.encode(),
        (THAI * 80).encode()[:-2],  # cut in a letter
        THAI.encode() + b"\xff\xfe\x80" * 5,  # some bytes that are not UTF-8
        THAI.encode() + "กรม".encode("cp874") * 3,
        "Déjà vu à l'été, naïve façade où l'élève reçoit la leçon".encode("latin-1"),
        b"\0" + THAI.encode() + b"\0",
        b"a\x1b[31mb\x0c\r\n" * 50,  # colours of a terminal, form feeds
        b"RIF",
    ],
)
def test_text(head: bytes) -> None:
    assert kind_of(head) is None


def test_to_correct_it_all_the_same() -> None:
    """Of a structure that is unknown, the advice; of a binary, none."""
    with pytest.raises(UnknownFormatError, match="all the same: --format text"):
        formats.text("xml", [b""])
