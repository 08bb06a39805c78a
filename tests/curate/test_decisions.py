"""Decisions: reading a table that a person filled in, and the laws of carrying it out."""

from __future__ import annotations

import json
from collections.abc import Sequence
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from thaifix import Corrector, Options
from thaifix.curate.decisions import Applier, Decided, SeriesError, read
from thaifix.curate.series import COLUMNS, THRESHOLD, Place, Words, escape, identify, scanner
from thaifix.stream.filter import Filter
from thaifix.stream.log import render
from thaifix.stream.revert import revert

NIKHAHIT_AA = "\N{THAI CHARACTER NIKHAHIT}\N{THAI CHARACTER SARA AA}"


@cache
def shared() -> Corrector:
    """One corrector for all tests; for those of hypothesis, too."""
    return Corrector(options=Options(threshold=THRESHOLD))


@pytest.fixture
def doubtful() -> Corrector:
    return shared()


def row(observed: str, intended: str, decision: str = "") -> str:
    """A line of a table without line end."""
    cells = [identify(observed, intended), decision, escape(observed), escape(intended), "1"]
    return "\t".join(cells)


def written(path: Path, *rows: str) -> Path:
    header = "\t".join(COLUMNS)
    path.write_bytes("".join(f"{line}\n" for line in (header, *rows)).encode())
    return path


@pytest.fixture
def table(tmp_path: Path) -> Path:
    return tmp_path / "series.tsv"


@pytest.mark.parametrize(
    ("decision", "text"),
    [
        *((word, "กำหนด") for word in ("yes", "YES", " y ", "ใช่", "=กำหนด", "กำหนด")),
        *((word, None) for word in ("no", "No", "N", "ไม่", "ไม่ใช่", "กำหนต")),
        ("กำหนดการ", "กำหนดการ"),
        ("=yes", "yes"),
        ("==", "="),
        ("=", ""),
        (r"a\u0022\\", 'a"\\'),
        ('"กำหนด ""ก"""', 'กำหนด "ก"'),
    ],
)
def test_decisions(table: Path, decision: str, text: str | None) -> None:
    (found,) = read(written(table, row("กำหนต", "กำหนด", decision)))
    assert found == Decided(2, identify("กำหนต", "กำหนด"), "กำหนต", "กำหนด", text)


def test_rows_without_a_decision_are_left_out(table: Path) -> None:
    """Empty, blank, missing rows, in any order."""
    rows = [row("ก", "ข", "yes"), row("ค", "ฅ"), "", row("ง", "ๆ", "  "), row("จ", "ฉ", "no")]
    assert [found.line for found in read(written(table, *rows))] == [2, 6]


def test_table_of_a_spreadsheet(table: Path) -> None:
    """A byte order mark, CR LF, quoted cells, columns in another order, a column more."""
    name = identify("กำหนต", "กำหนด")
    lines = ['"decision"\tremark\tobserved\tintended\tid', f'yes\t1\t"กำหนต"\tกำหนด\t"{name}"']
    table.write_bytes(("\ufeff" + "\r\n".join(lines) + "\r\n").encode())
    assert [found.text for found in read(table)] == ["กำหนด"]


@pytest.mark.parametrize(
    ("data", "message"),
    [
        ("id\tdecision\n".encode("utf-16"), "is UTF-16. Save it as UTF-8"),
        ("id\tdecision\n".encode("utf-16-le"), "is UTF-16. Save it as UTF-8"),
        ("id\tdecision\nก".encode("cp874"), ":2: not UTF-8"),
        (b"", ":1: no column id, decision, observed, intended"),
        (b"id\tobserved\tintended\n", ":1: no column decision"),
        (b"id,decision,observed,intended\n", "tab-separated"),
    ],
)
def test_no_table(table: Path, data: bytes, message: str) -> None:
    table.write_bytes(data)
    with pytest.raises(SeriesError, match=r"series\.tsv") as error:
        read(table)
    assert message in str(error.value)


@pytest.mark.parametrize(
    ("rows", "message"),
    [
        (["s123\tyes\tก\tข"], ":2: the id 's123' is not that of 'ก' -> 'ข'"),
        ([row("ก", "ข", "yes").replace("ข", "ฃ")], ":2: the id"),
        ([row("ก", "ข"), row("ก", "ข", "ค\\d")], r":3: '\\d' means nothing"),
        ([row("ก", "ข", "\\UFFFFFFFF")], "means nothing"),
        ([row("ก", "ข", "#NAME?")], ":2: a spreadsheet took the decision for a formula"),
        ([row("ก\nค", "ขค", "yes")], "must have the line ends"),
        ([row("ก", "ข", "ค\\n")], "must have the line ends"),
        ([row("ก", "ข", "\\u2028")], "must have the line ends"),
        ([row("ก", "ข", "\\udc80")], "cannot be written as UTF-8"),
        (
            [row("ก", "ข", "yes"), row("ค", "ฅ", "no"), row("ก", "ข", "no")],
            f"lines 2 and 4 decide {identify('ก', 'ข')} in two ways",
        ),
    ],
)
def test_bad_rows(table: Path, rows: list[str], message: str) -> None:
    with pytest.raises(SeriesError) as error:
        read(written(table, *rows))
    assert message in str(error.value)
    assert "series.tsv" in str(error.value)


def decided(observed: str, intended: str, text: str | None = None, line: int = 2) -> Decided:
    text = intended if text is None else text
    return Decided(line, identify(observed, intended), observed, intended, text)


def run(
    data: bytes, rows: Sequence[Decided], doubtful: Corrector, *, size: int = 0
) -> tuple[bytes, list[bytes]]:
    """What comes out, and the log."""
    out: list[bytes] = []
    log: list[bytes] = []
    applier = Applier(rows, doubtful)
    filter_ = Filter(applier, out.append, watch=lambda p: log.append(render(p, applier.stamp)))
    size = size or len(data) + 1
    filter_.file("file", [data[i : i + size] for i in range(0, len(data), size)])
    filter_.close()
    return b"".join(out), b"".join(log).splitlines(keepends=True)


def applied(text: str, rows: Sequence[Decided], doubtful: Corrector) -> str:
    return run(text.encode(), rows, doubtful)[0].decode()


@pytest.mark.parametrize(
    ("text", "observed", "intended", "expected"),
    [
        # No word: everywhere, whether suspected or not.
        ("ตามกำหนตนั้น และกำหนต", "กำหนต", "กำหนด", "ตามกำหนดนั้น และกำหนด"),
        # In another spelling of sara am, which stays elsewhere.
        (
            f"ก{NIKHAHIT_AA}หนตทำน{NIKHAHIT_AA}",
            "กำหนต",
            "กำหนด",
            f"กำหนดทำน{NIKHAHIT_AA}",
        ),
        # A word: not where nothing is suspected.
        ("ซื้อน้ำตาลที่ตลาด", "น้ำตาล", "น้ำตก", "ซื้อน้ำตาลที่ตลาด"),
        # Two words, but all of it may be meant: spaces alone tell nothing.
        ("ข้าว โพดและข้าว โพด", "ข้าว โพด", "ข้าวโพด", "ข้าว โพดและข้าว โพด"),
        # Inside another word.
        ("นักวันทีมชาติ", "วันที", "วันที่", "นักวันทีมชาติ"),
        # Protected.
        ("ดู https://example.org/กำหนต/", "กำหนต", "กำหนด", "ดู https://example.org/กำหนต/"),
        # A rule's row.
        (
            f"ท{NIKHAHIT_AA}งานกับน{NIKHAHIT_AA}",
            f"น{NIKHAHIT_AA}",
            "นำ",
            f"ท{NIKHAHIT_AA}งานกับนำ",
        ),
    ],
)
def test_where_decisions_apply(
    text: str, observed: str, intended: str, expected: str, doubtful: Corrector
) -> None:
    assert applied(text, [decided(observed, intended)], doubtful) == expected


def test_two_texts_for_one_string_apply_where_suspected(doubtful: Corrector) -> None:
    """Which of them is meant, only the place can tell."""
    text = "ตามกำหนตนั้น"
    one, other = decided("กำหนต", "กำหนด"), decided("กำหนต", "กำหนัด", line=3)
    assert applied(text, [one], doubtful) == "ตามกำหนดนั้น"
    assert applied(text, [other], doubtful) == "ตามกำหนัดนั้น"
    (place,) = _places(text, doubtful)
    assert (place.observed, place.intended) == ("กำหนต", "กำหนด")
    assert applied(text, [one, other], doubtful) == "ตามกำหนดนั้น"


def _places(text: str, doubtful: Corrector) -> list[Place]:
    return Words(text, scanner(doubtful)).places(doubtful.correct(text).edits)


def test_no_is_nothing(doubtful: Corrector) -> None:
    row_ = decided("กำหนต", "กำหนด")._replace(text=None)
    assert applied("ตามกำหนตนั้น", [row_], doubtful) == "ตามกำหนตนั้น"


def test_what_was_counted_is_applied(doubtful: Corrector, pages: list[dict[str, Any]]) -> None:
    """Every place that the listing counted, as the row says; the log names the row."""
    for page in pages[:8]:
        text = page["ocr"]
        places = _places(text, doubtful)
        rows = [decided(place.observed, place.intended, "[ที่]") for place in places]
        rows = [r for r in rows if "\n" not in r.observed]
        output, log = run(text.encode(), rows, doubtful)
        records = [json.loads(line) for line in log]
        starts = {(r["source"][0], r["entry"]) for r in records}
        wanted = {r.id for r in rows}
        for place in places:
            name = identify(place.observed, place.intended)
            if name in wanted:
                assert (place.start, name) in starts
        assert {r["reason"] for r in records} <= {"series"}
        assert output.decode().count("[ที่]") == len(records)


PIECES = [
    "กำหนต", f"ก{NIKHAHIT_AA}หนต", "ตามที", "วันที", "วันทีม", "เรือง", "ทำการ", "กำหนัด", "ชาวบ้าน",
    "๕", "a", " ", "\r", "\n", "\r\n", "\f", "\0", "\ufeff", "\N{ZERO WIDTH SPACE}", "|",
]  # fmt: skip
DECISIONS = [
    decided("กำหนต", "กำหนด"),
    decided("วันที", "วันที่", "สัปดาห์ที่", line=3),
    decided("เรือง", "เรื่อง", line=4),
    decided(f"ก{NIKHAHIT_AA}", "กำ", line=5),
    decided("ตามที", "ตามที่", "", line=6),
]
shreds = st.sampled_from([b"\xe0", b"\xb8", b"\x81", b"\xf0\x9f", b"\xff"])
streams = st.lists(st.sampled_from(PIECES).map(str.encode) | shreds).map(b"".join)


@given(streams, st.integers(1, 9))
def test_revert_leads_back(data: bytes, size: int) -> None:
    """And chunks do not matter."""
    doubtful = shared()
    output, log = run(data, DECISIONS, doubtful)
    assert run(data, DECISIONS, doubtful, size=size) == (output, log)
    back: list[bytes] = []
    revert(log, [output], back.append)
    assert b"".join(back) == data
    assert output.count(b"\n") == data.count(b"\n")
    assert output.count(b"\r") == data.count(b"\r")


@given(streams)
def test_nothing_decided_changes_nothing(data: bytes) -> None:
    undone = [row_._replace(text=None) for row_ in DECISIONS]
    assert run(data, [], shared()) == (data, [])
    assert run(data, undone, shared()) == (data, [])


def test_a_long_line(doubtful: Corrector) -> None:
    """One line of many blocks."""
    text = "ตามกำหนตนั้น " * 20_000
    assert applied(text, DECISIONS[:1], doubtful) == text.replace("กำหนต", "กำหนด")


def test_stamp_tells_decisions(doubtful: Corrector) -> None:
    stamps = {Applier(rows, doubtful).stamp for rows in ([], DECISIONS[:1], DECISIONS[:2])}
    assert len(stamps) == 3
