"""Parquet and Arrow: which column is the text, and what stays of the rest."""

from __future__ import annotations

import io
import struct
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from format_files import arrow, parquet
from replacements import AM, NIKHAHIT_AA, Substitutions, corrected, reverted, text_of

from thaifix import formats
from thaifix.errors import FormatError, SeveralOriginalsError
from thaifix.formats import FormatOptions
from thaifix.formats.tables import base
from thaifix.stream.filter import Piece

NAA, NAM = "น" + NIKHAHIT_AA, "น" + AM
WRITERS = {"parquet": parquet, "arrow": arrow}


def table_of(format_: str, data: bytes) -> pa.Table:
    if format_ == "parquet":
        return pq.read_table(io.BytesIO(data))
    return pa.ipc.open_file(data).read_all()


def after(format_: str, table: pa.Table, **options: Any) -> pa.Table:
    """The table that a correction makes of a table."""
    given = FormatOptions(**options)
    result, _ = corrected(format_, WRITERS[format_](table), options=given)
    return table_of(format_, result)


MIXED = pa.table(
    {
        "id": pa.array([1, 2, 3, 4, 5], pa.int16()),
        "note": [NAA, "x", None, "", NAA],
        "text": pa.array([NAA, None, "", f"{NAA} ก {NAA}", "ดี"], pa.large_string()),
        "tags": [[NAA], [], None, ["a", "b"], []],
        "score": [0.5, None, 1.5, float("inf"), 0.0],
    }
).replace_schema_metadata({"made by": "a test"})


@pytest.mark.parametrize("format_", WRITERS)
def test_one_column_changes(format_: str) -> None:
    """The others, the types, the metadata and the order of rows stay; the original is behind it."""
    before, table = table_of(format_, WRITERS[format_](MIXED)), after(format_, MIXED)
    assert table.column_names == ["id", "note", "text", "text_original", "tags", "score"]
    assert table["text"].to_pylist() == [NAM, None, "", f"{NAM} ก {NAM}", "ดี"]
    assert table["text_original"].to_pylist() == [NAA, None, None, f"{NAA} ก {NAA}", None]
    assert table.schema.field("text_original").type == pa.large_string()
    others = table.drop(["text", "text_original"])
    assert others.equals(before.drop(["text"]), check_metadata=True)
    assert table.schema.field("text").equals(before.schema.field("text"))


@pytest.mark.parametrize("format_", WRITERS)
def test_the_original_of_a_column_without_nulls_may_be_null(format_: str) -> None:
    schema = pa.schema([pa.field("text", pa.string(), nullable=False)])
    table = after(format_, pa.table({"text": [NAA, "ก"]}, schema=schema))
    assert [field.nullable for field in table.schema] == [False, True]
    assert table["text_original"].to_pylist() == [NAA, None]


@pytest.mark.parametrize("format_", WRITERS)
def test_a_column_can_be_named(format_: str) -> None:
    given = WRITERS[format_](MIXED)
    data, _ = corrected(format_, given, options=FormatOptions(field="note"))
    table = table_of(format_, data)
    assert table.column_names == ["id", "note", "note_original", "text", "tags", "score"]
    assert table["note"].to_pylist() == [NAM, "x", None, "", NAM]
    assert table["text"].equals(MIXED["text"])
    assert "".join(formats.text(format_, [data], field="note")) == f"{NAM}\fx\f\f{NAM}"
    written: list[bytes] = []
    formats.revert(format_, [data], written.append, field="note")
    back = table_of(format_, b"".join(written))
    assert back.equals(table_of(format_, given), check_metadata=True)
    with pytest.raises(FormatError, match=r"^file: no column 'id' of strings.*: note, text$"):
        after(format_, MIXED, field="id")


@pytest.mark.parametrize("format_", WRITERS)
def test_originals_can_be_left_out(format_: str) -> None:
    table = after(format_, MIXED, originals=False)
    assert table.column_names == MIXED.column_names
    assert table["text"].to_pylist()[0] == NAM


@pytest.mark.parametrize(
    ("columns", "chosen"),
    [
        ({"id": [1], "body": [NAA], "title": [NAA * 2], "notes": ["no Thai here"]}, "title"),
        ({"title": [NAA], "body": [NAA]}, "title"),
        ({"title": [NAA * 9], "text": ["x"]}, "text"),
        ({"url": ["x"], "title": ["y"]}, "url"),
        ({"a": [None, None], "b": [None, NAA]}, "b"),
        ({"a": ["x"] * 99 + ["ก"], "b": ["x"] * 99 + [NAA]}, "b"),
        ({"b": ["x"] * 99 + ["ก"] * 9, "a": ["x"] * 100 + [NAA * 9] * 8}, "b"),
        ({"n": [1], "text": [b"bytes"], "a": ["x"]}, "a"),
    ],
)
@pytest.mark.parametrize("format_", WRITERS)
def test_the_text_is_found(format_: str, columns: dict[str, list[Any]], chosen: str) -> None:
    """`text`, else the most Thai letters in a hundred rows, else the first strings."""
    table = pa.table(columns)
    data = one_batch(table) if format_ == "arrow" else parquet(table, row_group_size=1000)
    result = text_of(format_, data)
    assert result == "\f".join(value for value in columns[chosen] if value is not None)


def one_batch(table: pa.Table) -> bytes:
    """Write a table as Arrow, all rows in one batch."""
    buffer = io.BytesIO()
    with pa.ipc.new_file(buffer, table.schema) as writer:
        writer.write_table(table)
    return buffer.getvalue()


@pytest.mark.parametrize("format_", WRITERS)
def test_the_column_is_found_again(format_: str) -> None:
    """Correction may make another column the one with the most letters."""
    data = WRITERS[format_](pa.table({"body": [NAA * 3], "title": [NAM * 4]}))
    result, _ = corrected(format_, data)
    assert text_of(format_, result) == NAM * 3
    assert table_of(format_, reverted(format_, result)).equals(table_of(format_, data))


@pytest.mark.parametrize(
    ("table", "message"),
    [
        (pa.table({"id": [1]}), r"no column 'text' of strings.*it has none$"),
        (pa.table([[NAA], [NAA]], names=["text", "text"]), r"several columns 'text'. Rename"),
        (pa.table({"text": [NAA], "text_original": ["x"]}), r"a column 'text_original' already"),
    ],
)
def test_what_cannot_be_told_apart_is_refused(table: pa.Table, message: str) -> None:
    """Arrow may have two columns of one name; one that is not the text does no harm."""
    with pytest.raises(FormatError, match=rf"^file: .*{message}"):
        corrected("arrow", arrow(table), options=FormatOptions(field="text"))


def test_columns_of_one_name_are_no_text() -> None:
    table = pa.table([[NAA * 2], ["ก"], [NAA * 2]], names=["b", "a", "b"])
    assert text_of("arrow", arrow(table)) == "ก"


@pytest.mark.parametrize("format_", WRITERS)
def test_a_second_correction_needs_the_first_undone(format_: str) -> None:
    data, _ = corrected(format_, WRITERS[format_](MIXED))
    with pytest.raises(FormatError, match=r"thaifix revert.*--no-originals"):
        corrected(format_, data, {NAM: NAA})
    again, _ = corrected(format_, data, {NAM: NAA}, options=FormatOptions(originals=False))
    assert table_of(format_, again)["text"].equals(MIXED["text"])


@pytest.mark.parametrize("format_", WRITERS)
def test_only_what_thaifix_kept_leads_back(format_: str) -> None:
    for table in MIXED, pa.table({"text": ["a"], "text_original": [1]}):
        with pytest.raises(FormatError, match=r"^input: has no column 'text_original' of s"):
            reverted(format_, WRITERS[format_](table))


def test_pieces_name_rows() -> None:
    """Counted through the parts of a file, rows without text too; form feeds are between them."""
    pieces: list[Piece] = []
    corrected("parquet", parquet(MIXED), watch=pieces.append)
    named = [(piece.line, piece.correction.source) for piece in pieces]
    assert named == [(1, NAA), (3, "\f"), (4, "\f"), (4, f"{NAA} ก {NAA}"), (5, "\f"), (5, "ดี")]
    assert [piece.start for piece in pieces] == [0, 3, 4, 5, 14, 15]
    assert [piece.output_start for piece in pieces] == [0, 2, 3, 4, 11, 12]


def test_row_groups_and_compression_stay() -> None:
    """Those of each column, nested ones too; the originals have that of their text."""
    codecs = {"id": "NONE", "note": "GZIP", "text": "ZSTD", "tags.list.element": "GZIP"}
    data = parquet(MIXED, compression=codecs | {"score": "SNAPPY"})
    result, _ = corrected("parquet", data)
    for one, text_original in (data, None), (result, "ZSTD"), (reverted("parquet", result), None):
        about = pq.ParquetFile(io.BytesIO(one)).metadata
        assert [about.row_group(at).num_rows for at in range(about.num_row_groups)] == [2, 2, 1]
        columns = [about.row_group(0).column(at) for at in range(about.num_columns)]
        found = {column.path_in_schema: column.compression for column in columns}
        assert found.pop("text_original", None) == text_original
        assert found == {**codecs, "id": "UNCOMPRESSED", "score": "SNAPPY"}


def test_nested_originals_are_compressed_as_their_column() -> None:
    table = pa.table({"lines": [[NAA, "ก"], ["ก"]]})
    out = io.BytesIO()
    pq.write_table(table, out, compression={"lines.list.element": "GZIP"})
    result, _ = corrected("parquet", out.getvalue(), options=FormatOptions(field="lines[]"))
    about = pq.ParquetFile(io.BytesIO(result)).metadata.row_group(0)
    assert [about.column(at).compression for at in range(about.num_columns)] == ["GZIP", "GZIP"]


@pytest.mark.parametrize("stream", [False, True])
def test_batches_and_kind_stay(stream: bool) -> None:
    data = arrow(MIXED, stream=stream)
    result, _ = corrected("arrow", data)
    opened = pa.ipc.open_stream if stream else pa.ipc.open_file
    for one in result, reverted("arrow", result):
        reader = opened(one)
        numbers = range(reader.num_record_batches if not stream else 0)
        batches = list(reader) if stream else [reader.get_batch(number) for number in numbers]
        assert [batch.num_rows for batch in batches] == [2, 2, 1]
    assert opened(reverted("arrow", result)).read_all().equals(MIXED, check_metadata=True)


@pytest.mark.parametrize("format_", WRITERS)
def test_a_table_may_be_empty(format_: str) -> None:
    data = WRITERS[format_](MIXED.slice(0, 0))
    assert corrected(format_, data)[0] == data
    assert text_of(format_, data) == ""


@pytest.mark.parametrize("format_", WRITERS)
def test_damage_is_told(format_: str) -> None:
    data = bytearray(WRITERS[format_](MIXED))
    data[-40:] = bytes(40)
    for read in (lambda: corrected(format_, bytes(data)), lambda: text_of(format_, bytes(data))):
        with pytest.raises(FormatError, match=r"^(file|input): cannot be read \(.*\)\. Get an un"):
            read()


@pytest.mark.parametrize("stream", [False, True])
def test_offsets_that_lead_out_of_a_column_are_damage(stream: bool) -> None:
    data = arrow(pa.table({"text": ["กข", "คง"]}), stream=stream)
    offsets = struct.pack("<3i", 0, 6, 12)
    assert data.count(offsets) == 1
    with pytest.raises(FormatError, match=r"^file: cannot be read"):
        corrected("arrow", data.replace(offsets, struct.pack("<3i", 0, 6, 4000)))


@pytest.mark.parametrize("format_", WRITERS)
def test_a_digest_is_of_all_rows_and_types(format_: str) -> None:
    """How a table is cut into parts counts for nothing."""

    def digest(table: pa.Table) -> bytes:
        return formats.digest(format_, [WRITERS[format_](table)])

    others = [
        MIXED.slice(1),
        MIXED.set_column(0, "id", pa.array([1, 2, 3, 4, 6], pa.int16())),
        MIXED.set_column(0, "id", pa.array([1, 2, 3, 4, 5], pa.int32())),
        MIXED.rename_columns(["id", "note", "text", "tags", "points"]),
    ]
    assert len({digest(table) for table in [MIXED, *others]}) == 1 + len(others)
    same = parquet(MIXED, row_group_size=5) if format_ == "parquet" else one_batch(MIXED)
    assert formats.digest(format_, [same]) == digest(MIXED)
    assert digest(MIXED.replace_schema_metadata(None)) == digest(MIXED)


def test_a_large_file_is_put_on_disk(monkeypatch: pytest.MonkeyPatch) -> None:
    """And comes out the same, in pieces."""
    monkeypatch.setattr(base, "_MAX_IN_MEMORY", 100)
    monkeypatch.setattr(base, "_HANDED_ON", 50)
    written: list[bytes] = []
    data = parquet(MIXED)
    formats.correct("parquet", [data], Substitutions({}), written.append)
    assert b"".join(written) == data
    assert {len(part) for part in written[:-1]} == {50}
    assert table_of("parquet", corrected("parquet", data)[0])["text"][0].as_py() == NAM


def corrected_table(format_: str, table: pa.Table, field: str) -> tuple[bytes, pa.Table]:
    result, _ = corrected(format_, WRITERS[format_](table), options=FormatOptions(field=field))
    return result, table_of(format_, result)


@pytest.mark.parametrize("format_", WRITERS)
@pytest.mark.parametrize(
    "column",
    [
        pa.array([NAA, None, "x", NAA]).dictionary_encode(),
        pa.array([NAA, None, "x", NAA], pa.large_string()),
        pa.array([NAA, None, "x", NAA], pa.string_view()),
    ],
    ids=["dictionary", "large", "view"],
)
def test_strings_however_they_are_stored(format_: str, column: pa.Array) -> None:
    table = pa.table({"a": column, "b": [1, 2, 3, 4]})
    given = table_of(format_, WRITERS[format_](table))
    result, new = corrected_table(format_, table, "a")
    assert new["a"].to_pylist() == [NAM, None, "x", NAM]
    assert new["a_original"].to_pylist() == [NAA, None, None, NAA]
    assert new.schema.field("a").type == given.schema.field("a").type
    out: list[bytes] = []
    formats.revert(format_, [result], out.append, field="a")
    back = table_of(format_, b"".join(out))
    assert back.schema == given.schema
    assert back.to_pylist() == given.to_pylist()


@pytest.mark.parametrize("format_", WRITERS)
def test_columns_by_path_and_several_of_them(format_: str) -> None:
    cells: list[Any] = [{"lines": [{"t": NAA, "n": 1}, {"t": "x", "n": None}]}, None, {"lines": []}]
    table = pa.table({"page": cells, "title": [NAA, NAA, None], "id": [1, 2, 3]})
    field = "title, page.lines[].t"
    result, new = corrected_table(format_, table, field)
    assert new.column_names == ["page", "page_original", "title", "title_original", "id"]
    assert new["page"].to_pylist()[0]["lines"][0] == {"t": NAM, "n": 1}
    assert new["page_original"].to_pylist() == [cells[0], None, None]
    assert new["title"].to_pylist() == [NAM, NAM, None]
    assert "".join(formats.text(format_, [WRITERS[format_](table)], field=field)) == (
        f"{NAA}\f{NAA}\fx\f{NAA}"
    )
    out: list[bytes] = []
    formats.revert(format_, [result], out.append, field=field)
    assert table_of(format_, b"".join(out)).equals(table)


@pytest.mark.parametrize("format_", WRITERS)
@pytest.mark.parametrize("field", ["id", "page", "page.x[]", "no.such", "title.x"])
def test_columns_without_strings_are_refused(format_: str, field: str) -> None:
    table = pa.table({"page": [{"x": 1}], "title": [NAA], "id": [1]})
    if field == "page.x[]":  # a path that leads nowhere: no cell has a text, and that is counted
        _, stats = corrected(format_, WRITERS[format_](table), options=FormatOptions(field=field))
        assert stats.passed.total() == 1
        return
    with pytest.raises(FormatError, match=r"no column '.*' of strings"):
        corrected_table(format_, table, field)


def test_a_column_with_an_original_is_not_chosen_for_that() -> None:
    """Only of an output of thaifix it is the one that was corrected."""
    table = pa.table({"a": [NAA], "a_original": ["ก"], "text": [NAA]})
    out = io.BytesIO()
    pq.write_table(table, out)
    result, _ = corrected("parquet", out.getvalue())
    assert pq.read_table(io.BytesIO(result)).column_names == [
        "a",
        "a_original",
        "text",
        "text_original",
    ]


@pytest.mark.parametrize("format_", WRITERS)
def test_of_several_columns_one_must_be_named(format_: str) -> None:
    """Else the first is put back, and that is told: the table is not what it was."""
    data = WRITERS[format_](MIXED)
    result, _ = corrected(format_, data, options=FormatOptions(field="note,text"))
    out: list[bytes] = []
    with pytest.raises(SeveralOriginalsError, match=r"of 'note' were.*'note' --field 'text'$"):
        formats.revert(format_, [result], out.append)
    back = table_of(format_, b"".join(out))
    assert back.column_names == ["id", "note", "text", "text_original", "tags", "score"]
    out = []
    formats.revert(format_, [result], out.append, field="note,text")
    assert table_of(format_, b"".join(out)).equals(table_of(format_, data))
