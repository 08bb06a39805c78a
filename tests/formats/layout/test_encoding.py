"""How a file of XML or HTML says that it is encoded."""

from __future__ import annotations

import codecs

import pytest

from thaifix.errors import FormatError
from thaifix.formats.layout.encoding import decode

KO = b"\xa1"  # the first letter in Thai code pages


@pytest.mark.parametrize(
    ("data", "encoding"),
    [
        (b"<a/>", "utf-8"),
        (codecs.BOM_UTF8 + b"<?xml version='1.0' encoding='tis-620'?>", "utf-8"),
        (codecs.BOM_UTF16_LE + "<?xml encoding='utf-8'?>".encode("utf-16-le"), "utf-16-le"),
        (codecs.BOM_UTF16_BE + "<a/>".encode("utf-16-be"), "utf-16-be"),
        ("<a/>".encode("utf-16-le"), "utf-16-le"),
        ("<a/>".encode("utf-16-be"), "utf-16-be"),
        (b"\n <?xml version='1.0'  encoding = 'TIS-620' ?>" + KO, "tis_620"),
        (b'<?xml version="1.0" encoding="windows-874"?>' + KO, "cp874"),
        (b'<?xml version="1.0" encoding="iso-8859-11"?>' + KO, "iso-8859-11"),
        (b"<?xml version='1.0'?><a encoding='tis-620'/>", "utf-8"),
        (b"<a/><?xml version='1.0' encoding='tis-620'?>", "utf-8"),
        (b"<HTML><META CHARSET=TIS-620>" + KO, "tis_620"),
        (b"<meta http-equiv=x content='text/html; charset=windows-874'>" + KO, "cp874"),
        (b"<meta>charset=tis-620", "utf-8"),
        (b"<p>".ljust(2020) + b"<meta charset=tis-620>" + KO, "tis_620"),
        (b"<p>".ljust(2048) + b"<meta charset=tis-620>", "utf-8"),
    ],
)
def test_what_a_file_says_is_believed(data: bytes, encoding: str) -> None:
    """A byte order mark more than a declaration; the text has the mark."""
    text, found = decode(data, "file")
    assert found == encoding
    assert text.encode(encoding) == data
    assert text.startswith("\ufeff") == (data[:2] in (b"\xff\xfe", b"\xfe\xff", b"\xef\xbb"))
    assert text.endswith("ก") == data.endswith(KO)


@pytest.mark.parametrize(
    ("data", "message"),
    [
        (b"a\n\n\xff\n", r"line 3: byte 3 is not utf-8\. Correct the declaration or convert"),
        (b"<?xml version='1.0' encoding='tis-620'?>\xff", r"line 1: byte 40 is not tis_620"),
        (b"<meta charset=nothing>", r"unknown encoding 'nothing'\. Convert the file to UTF-8, and"),
        (b"<meta charset=base64>", r"unknown encoding 'base64'"),
        (b"<meta charset=utf-7>+AGE-", r"utf-7 that cannot be written the same again\. Convert"),
        (b"\xff\xfe<", r"line 1: byte 2 is not utf-16-le"),
    ],
)
def test_what_cannot_be_read_or_written_again_is_told(data: bytes, message: str) -> None:
    with pytest.raises(FormatError, match=rf"^file(, |: .*){message}|^file: {message}"):
        decode(data, "file")
