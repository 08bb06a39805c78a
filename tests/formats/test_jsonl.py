"""JSON lines: what changes in a record, and what passes through."""

from __future__ import annotations

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st
from replacements import AM, NIKHAHIT_AA, Substitutions, corrected, reverted, text_of

from thaifix import formats
from thaifix.errors import FormatError, SeveralOriginalsError
from thaifix.formats import SKIPPED, FormatOptions, fields
from thaifix.formats.fields import choose
from thaifix.stream.filter import Piece

NAA, NAM = "น" + NIKHAHIT_AA, "น" + AM


@pytest.mark.parametrize(
    ("line", "result"),
    [
        (f'{{"text":"{NAA}"}}', f'{{"text":"{NAM}","text_original":"{NAA}"}}'),
        (  # white space as it is around the field
            f'{{ "a":1 , "text" : "{NAA}" }}\r\n',
            f'{{ "a":1 , "text" : "{NAM}", "text_original" : "{NAA}" }}\r\n',
        ),
        (  # what is escaped stays escaped, and what is put in is written alike
            '{"text":"\\"\\u0e19\\u0e4d\\u0e32\\ud83d\\ude00\\n"}\n',
            '{"text":"\\"\\u0e19\\u0e33\\ud83d\\ude00\\n",'
            '"text_original":"\\"\\u0e19\\u0e4d\\u0e32\\ud83d\\ude00\\n"}\n',
        ),
        (  # of two fields of one name the last counts, as for every reader
            f'{{"text":"{NAA}","text":"{NAA}"}}',
            f'{{"text":"{NAA}","text":"{NAM}","text_original":"{NAA}"}}',
        ),
        (  # the name may be escaped, and stand elsewhere too
            f'{{"a":{{"text":"{NAA}"}},"b":["text","{NAA}"],"te\\u0078t":"{NAA}"}}',
            f'{{"a":{{"text":"{NAA}"}},"b":["text","{NAA}"],"te\\u0078t":"{NAM}",'
            f'"te\\u0078t_original":"{NAA}"}}',
        ),
        (f'{{"body":"{NAA}","id":"x"}}', f'{{"body":"{NAM}","body_original":"{NAA}","id":"x"}}'),
        (f'\ufeff{{"text":"{NAA}"}}', f'\ufeff{{"text":"{NAM}","text_original":"{NAA}"}}'),
        ('\n \n{"text":""}\n', '\n \n{"text":""}\n'),
    ],
)
def test_only_the_field_changes(line: str, result: str) -> None:
    assert corrected("jsonl", line.encode())[0].decode() == result
    if line != result:
        assert reverted("jsonl", result.encode()).decode() == line


def test_a_field_can_be_named() -> None:
    line = f'{{"text": "{NAA}", "note": "{NAA}"}}\n'.encode()
    result, _ = corrected("jsonl", line, options=FormatOptions(field="note", originals=False))
    assert json.loads(result) == {"text": NAA, "note": NAM}
    result, _ = corrected("jsonl", line, options=FormatOptions(field="note"))
    written: list[bytes] = []
    formats.revert("jsonl", [result], written.append, field="note")
    assert b"".join(written) == line
    assert "".join(formats.text("jsonl", [line], field="note")) == NAA


@pytest.mark.parametrize(
    ("line", "note"),
    [
        (b"not JSON\n", "Expecting value"),
        (b"[1]\n", "not a JSON object"),
        (b'{"text": "cut o', "Invalid control character"),
        (b'{"text": "\xff"}\n', "invalid start byte"),
        (b'{"text": "\\ud800"}\n', "surrogates"),
        (b"[" * 100_000 + b"\n", "recursion"),
    ],
)
def test_bad_lines_are_told_and_passed_through(line: bytes, note: str) -> None:
    """By their number, with the record before and the one after corrected."""
    good = f'{{"text": "{NAA}"}}\n'.encode()
    end = b"" if line.endswith(b"\n") else b"\n"
    pieces: list[Piece] = []
    result, stats = corrected("jsonl", good + line + end + good, watch=pieces.append)
    assert result.splitlines()[1] == line.rstrip(b"\n")
    assert result.count(NAM.encode()) == 2
    assert stats.flags == {SKIPPED: 1}
    (flagged,) = [piece for piece in pieces if piece.correction.flags]
    assert flagged.line == 2
    assert "line 2" in flagged.correction.flags[0].note
    assert note in flagged.correction.flags[0].note
    assert reverted("jsonl", result) == good + line + end + good


def test_an_original_of_before_is_not_overwritten() -> None:
    line = f'{{"text": "{NAA}", "text_original": "x"}}'.encode()
    with pytest.raises(FormatError, match="file, line 1: has a field 'text_original' already"):
        corrected("jsonl", line)
    result, _ = corrected("jsonl", line, options=FormatOptions(originals=False))
    assert json.loads(result) == {"text": NAM, "text_original": "x"}


def test_records_are_corrected_as_they_come() -> None:
    """One is written before the next is read."""
    line = f'{{"text": "{NAA}"}}\n'.encode()
    written: list[bytes] = []

    def chunks() -> object:
        yield line
        assert len(written) == 1
        yield line

    formats.correct("jsonl", chunks(), Substitutions(), written.append)  # type: ignore[arg-type]
    assert len(written) == 2


VALUES = st.recursive(
    st.none()
    | st.booleans()
    | st.integers()
    | st.floats(allow_nan=False)
    | st.text('ก"\\{}[]:,😀'),
    lambda inner: (
        st.lists(inner, max_size=3) | st.dictionaries(st.text('tก"\\'), inner, max_size=3)
    ),
    max_leaves=6,
)


@given(
    st.lists(st.dictionaries(st.sampled_from(["text", "a", 'b"', "ก"]), VALUES), max_size=4),
    st.booleans(),
    st.sampled_from([(", ", ": "), (",", ":"), ("\t,", " :\t")]),
    st.sampled_from(["\n", "\r\n"]),
)
def test_any_records(
    records: list[dict[str, object]], ascii_: bool, separators: tuple[str, str], end: str
) -> None:
    """Whatever a record holds, its text changes and nothing else, and there is a way back."""
    data = "".join(
        json.dumps(record, ensure_ascii=ascii_, separators=separators) + end for record in records
    ).encode()
    options = FormatOptions(field="text")
    if records and not any(isinstance(record.get("text", 0), str | None) for record in records):
        with pytest.raises(FormatError, match="no record has a text in the field 'text'"):
            corrected("jsonl", data, options=options)
        return
    result, stats = corrected("jsonl", data, {"ก": 'ข"'}, options=options)
    for record, line in zip(records, result.splitlines(), strict=True):
        after = json.loads(line)
        text = record.get("text")
        if isinstance(text, str) and "ก" in text:
            assert after.pop("text_original") == text
            assert after["text"] == text.replace("ก", 'ข"')
            after["text"] = text
        assert after == record
    if stats.edits:
        written: list[bytes] = []
        formats.revert("jsonl", [result], written.append, field="text")
        assert b"".join(written) == data
    else:
        assert result == data


def test_the_text_of_records_is_parted_by_form_feeds() -> None:
    assert text_of("jsonl", b'{"text":"a\\nb"}\nx\n{"text":1}\n{"text":"c"}') == "a\nb\fc"


def test_the_field_is_found_again() -> None:
    """Correction may make another field the one with the most letters; the way back is the same."""
    data = f'{{"body":"{NAA * 3}","title":"{NAM * 4}"}}\n'.encode()
    result, _ = corrected("jsonl", data, {NAA: NAM})
    assert json.loads(result)["body_original"] == NAA * 3
    assert text_of("jsonl", result) == NAM * 3
    written: list[bytes] = []
    formats.revert("jsonl", [result], written.append)
    assert b"".join(written) == data


@pytest.mark.parametrize(
    "line",
    [
        '{"text": "ก", "text_original": 5}',
        '{"text": 5, "text_original": "ก"}',
        '{"text_original": "ก", "text": "ข"}',
        '{"text": "ก", "a": 1, "text_original": "ข"}',
    ],
)
def test_what_thaifix_did_not_write_is_not_put_back(line: str) -> None:
    """An original is a string right behind its field; others lead back all the same."""
    kept = '{"text": "ค", "text_original": "ง"}'
    data = f"{line}\n{kept}\n{line}"
    assert reverted("jsonl", data.encode()).decode() == f'{line}\n{{"text": "ง"}}\n{line}'
    with pytest.raises(FormatError, match=r"^input: no record keeps what it was"):
        reverted("jsonl", line.encode())


def test_the_first_record_with_thai_chooses_the_field() -> None:
    """For all that follow, and for those alone."""
    lines = [
        f'{{"id": "x", "n": 1, "title": "{NAA}", "body": "no"}}',
        f'{{"body": "{NAA * 9}", "title": "{NAA}"}}',
        f'{{"text": "{NAA}"}}',
    ]
    given = '{"id": "x", "title": "y"}\n' + "\n".join(lines)
    result = [json.loads(line) for line in corrected("jsonl", given.encode())[0].splitlines()]
    assert [record.get("title_original") for record in result] == [None, NAA, NAA, None]
    assert "body_original" not in result[2]
    assert text_of("jsonl", given.encode()) == f"{NAA}\f{NAA}"


@pytest.mark.parametrize(
    ("record", "chosen"),
    [
        ({"a": "ก", "b": "กข"}, "b"),
        ({"a": "กข", "b": "กข"}, "a"),
        ({"a": "กข", "b": "x" * 9, "c": ["ก" * 9], "d": None}, "a"),
        ({"a": "ก", "text": ""}, "text"),
        ({"a": "ก", "text": 5}, "a"),
        ({"a": "x"}, None),
        ({"a": "๑๒", "b": "ๆฯ"}, None),  # digits and signs are no letters
        ({"a": "ก", "a_original": "กขค"}, "a"),
        ({"a_original": "กขค", "b": "ก"}, "a_original"),
    ],
)
def test_fields_are_chosen(record: dict[str, object], chosen: str | None) -> None:
    """`text`, else the string with the most Thai letters; the first of several."""
    assert choose(record) == choose(record, corrected=True) == chosen


@pytest.mark.parametrize(
    ("record", "chosen"),
    [
        ({"text": "กข", "a": "ก", "a_original": "ข"}, "a"),
        ({"a": "ก", "b": "", "a_original": "ข"}, "a"),
        ({"text": "ก", "a": 1, "a_original": "ข"}, "text"),
        ({"a": "ก", "a_original": "ข", "b": "ก", "b_original": "ข"}, "a"),
    ],
)
def test_a_field_with_its_original_behind_it_was_corrected(
    record: dict[str, object], chosen: str
) -> None:
    assert choose(record, corrected=True) == chosen


def test_the_way_back_names_the_fields_that_it_finds() -> None:
    """Where none was named and another than the usual one was corrected."""
    data = f'{{"text": "{NAA}", "ocr": {{"lines": ["{NAA}"]}}, "x": "ก", "x_original": "ข"}}\n'
    result, _ = corrected("jsonl", data.encode(), options=FormatOptions(field="ocr.lines[]"))
    named = result.replace(b', "x_original": "\xe0\xb8\x82"', b"")
    with pytest.raises(FormatError, match=r"^input: name the field .* --field 'ocr\.lines\[\]'$"):
        reverted("jsonl", named)


def test_a_missing_field_is_told_once_all_is_read() -> None:
    data = f'{{"text": "{NAA}"}}\n'.encode()
    with pytest.raises(FormatError, match=r"^file: no record has a text in the .*body'\. Name"):
        corrected("jsonl", data, options=FormatOptions(field="body"))
    assert corrected("jsonl", b"", options=FormatOptions(field="body"))[0] == b""
    for other in b'{"body": 5}\n', b'{"body": [1, {}]}\n':
        with pytest.raises(FormatError, match="no record has a text in the field 'body'"):
            corrected("jsonl", data + other, options=FormatOptions(field="body"))
    some = data + b'{"body": null}\n'
    assert corrected("jsonl", some, options=FormatOptions(field="body"))[0] == some


NESTED = (
    f'{{"id": 1, "ocr": {{"text": "{NAA}", "score": 0.9}}, "tags": ["{NAA}", "x"]}}\n'
    f'{{"id": 2, "ocr": null, "tags": []}}\n{{"id": 3, "ocr": {{"text": 5}}}}\nno record\n'
)


@pytest.mark.parametrize(
    ("field", "record"),
    [
        ("ocr.text", {"ocr": {"text": NAM, "text_original": NAA, "score": 0.9}}),
        ("tags[]", {"tags": [NAM, "x"], "tags_original": [NAA, "x"]}),
    ],
)
def test_a_field_may_be_a_path(field: str, record: dict[str, object]) -> None:
    options = FormatOptions(field=field)
    result, stats = corrected("jsonl", NESTED.encode(), options=options)
    first = json.loads(result.splitlines()[0])
    assert {name: first[name] for name in record} == record
    assert stats.edits.total() == 1
    written: list[bytes] = []
    formats.revert("jsonl", [result], written.append, field=field)
    assert b"".join(written) == NESTED.encode()


def test_several_fields() -> None:
    options = FormatOptions(field="ocr.text, tags[]")
    result, stats = corrected("jsonl", NESTED.encode(), options=options)
    first = json.loads(result.splitlines()[0])
    assert (first["ocr"]["text"], first["tags"]) == (NAM, [NAM, "x"])
    assert stats.edits.total() == 2
    assert "".join(formats.text("jsonl", [NESTED.encode()], field="ocr.text,tags[]")) == (
        f"{NAA}\f{NAA}\fx"
    )


def test_of_several_originals_one_must_be_named() -> None:
    """Else the first is put back, and that is told: the file is not what it was."""
    line = f'{{"a":"{NAA}","b":"{NAA}"}}\n'.encode()
    result, _ = corrected("jsonl", line, options=FormatOptions(field="a,b"))
    written: list[bytes] = []
    with pytest.raises(SeveralOriginalsError) as error:
        formats.revert("jsonl", [result], written.append)
    assert str(error.value) == (
        "input: keeps originals of several fields, and only those of 'a' were put back. Name the "
        "fields that were corrected, of --field 'a' --field 'b'"
    )
    assert json.loads(b"".join(written)) == {"a": NAA, "b": NAM, "b_original": NAA}
    written = []
    formats.revert("jsonl", [result], written.append, field="a,b")
    assert b"".join(written) == line


def test_what_has_no_text_is_counted() -> None:
    _, stats = corrected("jsonl", NESTED.encode(), options=FormatOptions(field="ocr.text"))
    assert stats.passed == {"no such field": 1, "no string": 1}
    assert stats.flags == {SKIPPED: 1}
    data = b'{"a": null}\n{"a": "x"}\n'
    _, stats = corrected("jsonl", data, options=FormatOptions(field="a"))
    assert stats.passed == {"null": 1}


def test_the_advice_works_when_it_is_typed() -> None:
    lines = f'{{"meta": {{"x": "a"}}, "pages": [{{"lines": [{{"t": "{NAA}"}}]}}]}}\n'.encode()
    with pytest.raises(FormatError) as caught:
        corrected("jsonl", lines)
    field = str(caught.value).split("'")[1]
    assert field == "pages[].lines[].t"
    result, _ = corrected("jsonl", lines, options=FormatOptions(field=field))
    assert json.loads(result)["pages"][0]["lines"][0] == {"t": NAM, "t_original": NAA}


def test_a_name_may_be_empty() -> None:
    data = f'{{"x": {{"": ["{NAA}"]}}}}\n'.encode()
    result, _ = corrected("jsonl", data, options=FormatOptions(field="x.[]"))
    assert json.loads(result)["x"] == {"": [NAM], "_original": [NAA]}


@given(record=st.dictionaries(st.text("ab.ก"), VALUES, max_size=3), data=st.data())
def test_any_path(record: dict[str, object], data: st.DataObject) -> None:
    """What `thai_paths` finds can be named; it changes and leads back, and nothing else does."""
    line = json.dumps({"x": record, "y": {"ก": ["ก"]}}).encode()
    paths = [path for path in fields.thai_paths(json.loads(line)) if ".." not in path]
    path = data.draw(st.sampled_from(sorted(paths)))
    if "." in path.replace("x.", "", 1).replace("y.", "", 1) or path in ("x", "x."):
        return  # names with dots in them may mean something else
    result, stats = corrected("jsonl", line, {"ก": "ข"}, options=FormatOptions(field=path))
    assert stats.edits.total() > 0
    written: list[bytes] = []
    formats.revert("jsonl", [result], written.append, field=path)
    assert b"".join(written) == line
