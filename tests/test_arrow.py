"""Arrays: each row as a direct call corrects it, whatever is beside it and however it is stored."""

from __future__ import annotations

import json
import pickle
import re
import subprocess
import sys
from pathlib import Path
from typing import Any

import pyarrow as pa
import pytest
from hypothesis import given
from hypothesis import strategies as st

from thaifix import Correction, Corrector, LexiconError, Options
from thaifix.arrow import CORRECTION, ArrayCorrector, corrected

READ = "จํานวนผู้เข้าร่วมประชุม ตามกำหนตนั้น"
TERM = "สำนักงานกระบวนศิลป์ธนวัฒนา"
MISREAD = "ตามที่สำนักงานกระบวนศิลป์ธบวัฒนา ได้มีหนังสือแจ้งมา"
INVALID = b"\xed\xa0\x80 " + READ.encode()  # a surrogate, as UTF-8 must not have it
ROWS = [READ, None, "", "ก\fข", "abc \N{GRINNING FACE} เมือวันที ๕ มีนาคม", READ]


@pytest.fixture(scope="module")
def array_corrector(corrector: Corrector) -> ArrayCorrector:
    return ArrayCorrector(corrector)


def direct(correction: Correction) -> dict[str, Any]:
    """A correction as a row has it."""
    edits = ("start", "end", "observed", "replacement", "reason", "confidence", "entry")
    return {
        "text": correction.text,
        "edits": [{name: getattr(edit, name) for name in edits} for edit in correction.edits],
        "flags": [flag._asdict() for flag in correction.flags],
    }


def unchecked(*rows: bytes | None) -> pa.Array:
    """An array of strings that nobody has checked."""
    return pa.array(rows, pa.binary()).view(pa.string())


def test_rows_are_what_direct_calls_give(
    corrector: Corrector, array_corrector: ArrayCorrector, pages: list[dict[str, Any]]
) -> None:
    rows = [*ROWS, *(page["ocr"] for page in pages)]
    result = array_corrector(pa.array(rows))
    expected = [None if row is None else direct(corrector.correct(row)) for row in rows]
    assert result.type == CORRECTION
    assert result.to_pylist() == expected
    result.validate(full=True)


@given(st.lists(st.none() | st.text("กำิ ่ํา\n\fa\U0001f600"), max_size=4))
def test_every_row_is_alone(rows: list[str | None]) -> None:
    expected = [row if row is None else corrected(pa.array([row]))[0].as_py() for row in rows]
    assert corrected(pa.array(rows, pa.string())).to_pylist() == expected


@pytest.mark.parametrize(
    "type_",
    [
        pa.string(), pa.large_string(), pa.string_view(), pa.dictionary(pa.int8(), pa.string()),
        pa.dictionary(pa.int32(), pa.large_string()),
    ],
    ids=str,
)  # fmt: skip
def test_strings_may_be_stored_in_any_way(type_: pa.DataType) -> None:
    usual = pa.array(ROWS)
    array = usual.dictionary_encode() if pa.types.is_dictionary(type_) else usual
    expected = corrected(usual)
    assert corrected(array.cast(type_)) == expected
    assert corrected(array.cast(type_).slice(2)) == expected.slice(2)
    chunked = pa.chunked_array([array.cast(type_), array.slice(0, 0).cast(type_)])
    assert corrected(chunked) == pa.chunked_array([expected, expected.slice(0, 0)])
    same = corrected(array.cast(type_), document=pa.nulls(len(ROWS)))
    assert same == expected


def test_without_rows_or_with_nulls_alone() -> None:
    assert corrected(pa.array([], pa.string())).type == CORRECTION
    assert corrected(pa.nulls(2)).to_pylist() == [None, None]
    assert corrected(pa.chunked_array([], pa.string())).type == CORRECTION


def test_a_string_of_a_dictionary_that_no_row_has_is_not_corrected(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    array = pa.array([READ, "ก", READ, None, "ข"]).dictionary_encode().slice(0, 4)
    seen: list[str] = []

    def correct(self: Corrector, text: str) -> Correction:
        seen.append(text)
        return Correction(text, text)

    monkeypatch.setattr(Corrector, "correct", correct)
    assert corrected(array).field("text").to_pylist() == [READ, "ก", READ, None]
    assert seen == [READ, "ก"]


def test_spans_are_code_points() -> None:
    """Also behind a sign that is two of UTF-16."""
    row = corrected(pa.array(["\N{GRINNING FACE} สํานักงาน"]))[0].as_py()
    assert [(edit["start"], edit["end"]) for edit in row["edits"]] == [(3, 5)]


# Rows that cannot be corrected


def test_a_row_that_is_not_utf_8_stays_alone() -> None:
    result = corrected(unchecked(READ.encode(), INVALID, None, READ.encode()))
    assert result.field("text").view(pa.binary())[1].as_py() == INVALID
    assert result[1]["flags"].as_py() == [
        {"start": 0, "end": 0, "reason": "skipped_record", "note": "not UTF-8 at byte 0"}
    ]
    assert result[1]["edits"].as_py() == []
    good = corrected(pa.array([READ]))[0]
    assert (result[0], result[2].as_py(), result[3]) == (good, None, good)


def test_a_row_that_fails_stays_alone(monkeypatch: pytest.MonkeyPatch) -> None:
    correct = Corrector.correct

    def fail(self: Corrector, text: str) -> Correction:
        if text.startswith("ก"):
            raise RecursionError("too deep")
        return correct(self, text)

    expected = corrected(pa.array([READ]))[0]
    monkeypatch.setattr(Corrector, "correct", fail)
    result = corrected(pa.array([READ, "กา", READ]))
    assert result[0] == result[2] == expected
    assert result[1].as_py() == {
        "text": "กา",
        "edits": [],
        "flags": [
            {"start": 0, "end": 0, "reason": "skipped_record", "note": "RecursionError: too deep"}
        ],
    }


def test_a_row_of_10_mb_is_a_row_as_any(corrector: Corrector) -> None:
    text = f"{READ}\n" + "ที่ประชุมมีมติเห็นชอบ\n" * 160_000
    assert len(text.encode()) > 10_000_000
    result = corrected(pa.array([READ, text]))
    assert result[1].as_py() == direct(corrector.correct(text))
    assert result[0] == corrected(pa.array([READ]))[0]


def test_what_is_too_much_for_an_array_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("thaifix.arrow.MOST_BYTES", 5)
    with pytest.raises(ValueError, match="more than 5 bytes of text in one array"):
        corrected(pa.array(["abc", "def"]))
    assert corrected(pa.chunked_array([["abc"], ["def"]])).num_chunks == 2


# Documents


def test_rows_of_a_document_are_lines_of_one_text(
    corrector: Corrector, pages: list[dict[str, Any]]
) -> None:
    """Wherever they stand; without `document` they teach each other nothing."""
    first, second = (page["ocr"].replace("\f", "").split("\n") for page in pages[:2])
    lines = [line for pair in zip(first, second, strict=False) for line in pair]
    names = [name for pair in zip(first, second, strict=False) for name in "ab"]
    result = corrected(pa.array(lines), document=pa.array(names))
    for name in "ab":
        own = [i for i, other in enumerate(names) if other == name]
        whole = corrector.correct("\n".join(lines[i] for i in own))
        assert all("\n" not in edit.observed for edit in whole.edits)
        assert "\n".join(result[i]["text"].as_py() for i in own) == whole.text
        assert sum(len(result[i]["edits"]) for i in own) == len(whole.edits)
    assert result != corrected(pa.array(lines))


def test_a_document_reaches_over_chunks() -> None:
    rows, names = [READ, None, READ, "ก", READ], ["a", "a", "b", None, "a"]
    whole = corrected(pa.array(rows), document=pa.array(names))
    chunked = pa.chunked_array([pa.array(rows[:2]), pa.array(rows[2:])])
    result = corrected(chunked, document=pa.chunked_array([names[:4], names[4:]]))
    assert result == pa.chunked_array([whole[:2], whole[2:]])
    assert whole[1].as_py() is None


def test_a_bad_row_of_a_document_is_no_part_of_it() -> None:
    good = [READ.encode(), MISREAD.encode()]
    result = corrected(unchecked(good[0], INVALID, good[1]), document=pa.array([1, 1, 1]))
    expected = corrected(unchecked(*good), document=pa.array([1, 1]))
    assert [result[0], result[2]] == [expected[0], expected[1]]
    assert result[1]["flags"][0]["reason"].as_py() == "skipped_record"


def test_as_many_documents_as_rows() -> None:
    with pytest.raises(ValueError, match="2 rows, but documents of 1"):
        corrected(pa.array(["a", "b"]), document=pa.array([1]))


# Options


def test_options_are_values_that_json_has(tmp_path: Path) -> None:
    lexicon = tmp_path / "own.txt"
    lexicon.write_text(TERM + "\n", "utf-8")
    text = json.dumps({
        "profile": "bold", "threshold": 0.5, "numbers": False, "lexicon": [str(lexicon), [TERM]],
        "keep": ["กำหนต"],
    })  # fmt: skip
    made = ArrayCorrector(json.loads(text))
    assert made.corrector == Corrector(
        lexicons=[lexicon, [TERM]],
        keep=["กำหนต"],
        options=Options("bold", threshold=0.5, numbers=False),
    )
    assert made(pa.array([MISREAD]))[0]["text"].as_py().count(TERM) == 1
    assert "กำหนต" in corrected(pa.array([READ]), options=json.loads(text))[0]["text"].as_py()


@pytest.mark.parametrize(
    ("options", "error", "said"),
    [
        (
            {"profil": "bold"},
            TypeError,
            "unknown option 'profil': use profile, .*lexicon, keep, model",
        ),
        ({"memory": "false"}, TypeError, "memory='false': give true or false"),
        ({"profile": "brave"}, ValueError, "unknown profile"),
        ({"lexicon": ["none.txt"]}, LexiconError, "none.txt"),
        ({"lexicons": ["none.txt"]}, TypeError, "give true or false"),
        ({"keep": "ก"}, TypeError, "give a list of words"),
        ("bold", TypeError, "options='bold': give a mapping"),
    ],
)
def test_wrong_options_are_told(options: Any, error: type[Exception], said: str) -> None:
    for make in ArrayCorrector, lambda given: corrected(pa.array(["ก"]), options=given):
        with pytest.raises(error, match=said):
            make(options)


@pytest.mark.parametrize("array", [pa.array([1]), pa.array([b"a"]), pa.array([["a"]])], ids=str)
def test_what_is_no_string_is_told(array: pa.Array) -> None:
    with pytest.raises(TypeError, match="give strings"):
        corrected(array)


# Columns


@pytest.mark.parametrize("kind", [pa.table, pa.record_batch])
def test_a_column_is_put_behind_the_others(kind: Any, array_corrector: ArrayCorrector) -> None:
    batch = kind({"n": [1, 2, 3], "text": [READ, None, MISREAD], "page": [7, 7, 7]})
    alone = array_corrector.append(batch, "text", result="new")
    assert alone.schema.names == ["n", "text", "page", "new"]
    assert alone.column("new").to_pylist() == corrected(pa.array([READ, None, MISREAD])).to_pylist()
    together = array_corrector.append(batch, "text", document="page").column("corrected")
    document = corrected(pa.array([READ, None, MISREAD]), document=pa.array([7, 7, 7]))
    assert together.to_pylist() == document.to_pylist()


def test_columns_that_cannot_be_meant_are_told(array_corrector: ArrayCorrector) -> None:
    batch = pa.record_batch([pa.array(["a"]), pa.array(["b"])], names=["a", "a"])
    for name in "a", "b":
        with pytest.raises(KeyError, match=f"columns '{name}'"):
            array_corrector.append(batch, name)
    with pytest.raises(ValueError, match="there is a column 'a' already"):
        array_corrector.append(batch, "a", result="a")


# Other processes

CHILD = """
import pickle, sys
import thaifix.model.bundle as bundle
opened = []
init = bundle.Model.__init__
bundle.Model.__init__ = lambda self, *given: opened.append(given) or init(self, *given)
one, two = pickle.load(sys.stdin.buffer), pickle.load(sys.stdin.buffer)
assert one == two and one.corrector is two.corrector and len(opened) == 1, opened
import pyarrow as pa
result = one(pa.array([sys.argv[1]]))
sys.stdout.buffer.write(pickle.dumps((one.stamp, hash(one), pickle.dumps(one), result)))
"""


def test_another_process_makes_the_same_once(tmp_path: Path) -> None:
    """With the same stamp, hash, bytes and results; the lexicon's file need not be there."""
    lexicon = tmp_path / "own.txt"
    lexicon.write_text(TERM + "\n", "utf-8")
    made = ArrayCorrector({"lexicon": [str(lexicon)], "keep": ["ข", "ก"]})
    lexicon.unlink()
    done = subprocess.run(
        [sys.executable, "-P", "-c", CHILD, MISREAD],
        input=pickle.dumps(made) + pickle.dumps(made),
        capture_output=True,
        check=True,
        cwd=tmp_path,
    )
    stamp, hash_, again, result = pickle.loads(done.stdout)
    assert (stamp, hash_) == (made.stamp, hash(made))
    assert pickle.loads(again) == made
    assert result == made(pa.array([MISREAD]))


def test_equal_is_what_has_the_same_stamp() -> None:
    strict = {ArrayCorrector({"profile": "strict"}), ArrayCorrector({"profile": "strict"})}
    assert len(strict) == 1
    assert ArrayCorrector() not in strict
    assert ArrayCorrector() != ArrayCorrector().corrector


def test_the_document_has_the_type() -> None:
    """Whatever names the items of a list have."""
    page = (Path(__file__).parents[1] / "docs" / "arrow.md").read_text("utf-8")
    written = "".join(line.strip() + " " for line in page.split("struct<", 1)[1].splitlines()[:4])
    said = re.sub(r"\s+", " ", f"struct<{written}".strip())
    assert said == re.sub("list<(item|element): ", "list<", str(CORRECTION))
