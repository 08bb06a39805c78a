"""JSON that is one document: its text is named by a path."""

from __future__ import annotations

import json

import pytest
from replacements import AM, NIKHAHIT_AA, corrected

from thaifix import formats
from thaifix.errors import FormatError, UnknownFormatError
from thaifix.formats import FormatOptions

NAA, NAM = "น" + NIKHAHIT_AA, "น" + AM
VISION = {"responses": [{"fullTextAnnotation": {"text": f"{NAA}\\n", "pages": []}}, {}]}
AZURE = {"analyzeResult": {"readResults": [{"page": 1, "lines": [{"text": NAA}, {"text": "x"}]}]}}
TEXTRACT = {"Blocks": [{"BlockType": "PAGE"}, {"BlockType": "LINE", "Text": NAA}]}


def written(data: object) -> bytes:
    return json.dumps(data, indent=2, ensure_ascii=False).encode() + b"\n"


@pytest.mark.parametrize(
    ("data", "field"),
    [
        (VISION, "responses[].fullTextAnnotation.text"),
        (AZURE, "analyzeResult.readResults[].lines[].text"),
        (TEXTRACT, "Blocks[].Text"),
        ([{"body": NAA}], "[].body"),
    ],
)
def test_documents_of_services(data: object, field: str) -> None:
    """Without a field they are refused, with the one that works."""
    given = written(data)
    assert formats.detect(given) == "json"
    with pytest.raises(UnknownFormatError, match="not one record a line") as caught:
        corrected("json", given)
    assert f"--field '{field}'" in str(caught.value)
    result, stats = corrected("json", given, options=FormatOptions(field=field))
    assert stats.edits.total() == 1
    assert result.decode().count(NAM) == result.decode().count(NAA) == 1
    json.loads(result)
    back: list[bytes] = []
    formats.revert("json", [result], back.append)
    assert b"".join(back) == given
    plain, _ = corrected("json", given, options=FormatOptions(field=field, originals=False))
    assert plain.decode() == given.decode().replace(NAA, NAM)
    assert NAA in "".join(formats.text("json", [given], field=field))


@pytest.mark.parametrize(
    ("data", "message"),
    [
        (b'{"a": ', "file: is no JSON"),
        (b"[" * 100_000, "file: is (nested too deeply|no JSON)"),
        (b'{"a": "\xff"}', "file: is JSON, but not in UTF-8 at byte 7"),
        (b'{"a": 5}', "no record has a text in the field 'a'. It has no Thai letters"),
        (b'{"a": "\\ud800"}', "file: a string is damaged"),
        ('{"a": "ก", "a_original": ""}'.encode(), "file: has a field 'a_original' already"),
    ],
)
def test_what_cannot_be_corrected(data: bytes, message: str) -> None:
    with pytest.raises(FormatError, match=message):
        corrected("json", data, options=FormatOptions(field="a"))


def test_what_keeps_nothing_does_not_lead_back() -> None:
    with pytest.raises(FormatError, match="no record keeps what it was"):
        formats.revert("json", [b'{"a": "b"}'], bytes)
