"""Decisions: reading a table that a person filled in, and the laws of carrying it out."""

from __future__ import annotations

import json
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from thaifix import Corrector, Options
from thaifix.curate.decisions import Applier, Decided, read
from thaifix.curate.places import Place, Scan, SourceWords, scanner
from thaifix.curate.series import THRESHOLD
from thaifix.curate.series_table import COLUMNS, escape, identify
from thaifix.errors import SeriesError
from thaifix.stream.filter import Filter
from thaifix.stream.log import LogWriter
from thaifix.stream.revert import revert
from thaifix.text.blocks import SECTION_SIZE

NIKHAHIT_AA = "\N{THAI CHARACTER NIKHAHIT}\N{THAI CHARACTER SARA AA}"


@pytest.fixture(scope="module")
def doubtful() -> Corrector:
    """The corrector whose edits are suspected."""
    return Corrector(options=Options(threshold=THRESHOLD))


@pytest.fixture(scope="module")
def scan(doubtful: Corrector) -> Scan:
    return scanner(doubtful)


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
        *((word, "กำหนด") for word in ("yes", "YES", " y ", "Y", "ใช่", "=กำหนด", "กำหนด")),
        *((word, None) for word in ("no", "No", "N", "ไม่", "ไม่ใช่", "กำหนต")),
        ("กำหนดการ", "กำหนดการ"),
        ("=yes", "yes"),
        ("==", "="),
        ("=", ""),
        (r"=a\u0022\\", 'a"\\'),
        ('"กำหนด ""ก"""', 'กำหนด "ก"'),
    ],
)
def test_decisions(table: Path, decision: str, text: str | None) -> None:
    (found,) = read(written(table, row("กำหนต", "กำหนด", decision)))
    assert found == Decided(2, identify("กำหนต", "กำหนด"), "กำหนต", "กำหนด", text)


NO_DECISIONS = ["maybe", "OK", "x", "?", "1", "true", "car", "ไม่แน่ใจ", "ถูก"]


def test_what_is_no_decision_is_an_error(table: Path) -> None:
    """All such rows are named, with what may be written."""
    rows = [row(f"กำหนต{i}", f"กำหนด{i}", said) for i, said in enumerate(NO_DECISIONS)]
    with pytest.raises(SeriesError) as error:
        read(written(table, row("ที", "ที่", "yes"), *rows, row("เรือง", "เรื่อง", "เมือง")))
    named = ", ".join(f"line {i} ({said!r})" for i, said in enumerate(NO_DECISIONS, 3))
    assert str(error.value) == (
        f"{table}: no decisions: {named}. Nothing was carried out. Write yes (y, ใช่), no (n, ไม่, "
        "ไม่ใช่), the text that is right, or =TEXT if that is right whatever it looks like; an empty "
        "cell decides nothing"
    )


@pytest.mark.parametrize("said", NO_DECISIONS)
def test_any_text_can_be_decided(table: Path, said: str) -> None:
    """Behind a sign; and what stands in the row itself is no mistake."""
    (found,) = read(written(table, row("กำหนต", "กำหนด", f"={said}")))
    assert found.text == said
    (found,) = read(written(table, row("กำหนต", said, said)))
    assert found.text == said


@pytest.mark.parametrize(
    ("observed", "intended", "said"),
    [("UNFPN", "UNFPA", "UNDP"), ("๒๕ก", "๒๕๖", "๒๕๗"), ("VVHO", "WHO", "องค์การอนามัยโลก")],
)
def test_texts_that_are_decided(table: Path, observed: str, intended: str, said: str) -> None:
    assert [found.text for found in read(written(table, row(observed, intended, said)))] == [said]


def test_rows_without_a_decision_are_left_out(table: Path) -> None:
    """Empty, blank, missing rows, in any order."""
    rows = [row("ก", "ข", "yes"), row("ค", "ฅ"), "", row("ง", "ๆ", "  "), row("จ", "ฉ", "no")]
    assert [found.line for found in read(written(table, *rows))] == [2, 6]


def test_a_table_that_was_filled_in_years_ago(tmp_path: Path) -> None:
    """With an earlier version: ids, columns, escapes and words that decide are what they were."""
    found = read(Path(__file__).parents[1] / "data" / "series_decided.tsv")
    assert [(row.line, row.observed, row.intended, row.text) for row in found] == [
        (2, "กำหนต", "กำหนด", "กำหนด"),
        (3, "ที", "ที่", None),
        (5, f"ก{NIKHAHIT_AA}", "กำ", "กำ"),
        (6, " ;", "", ""),
        (7, "การ\nประชุม", "การ ประชุม", 'การ\n"ประชุม"'),
    ]


def test_no_table_is_an_error(table: Path) -> None:
    table.write_bytes(b"id\tobserved\tintended\n")
    with pytest.raises(SeriesError, match=r"series\.tsv:1: no column decision"):
        read(table)


@pytest.mark.parametrize(
    ("rows", "message"),
    [
        (["s123\tyes\tก\tข"], ":2: the id 's123' is not that of 'ก' -> 'ข'"),
        ([row("ก", "ข", "yes").replace("ข", "ฃ")], ":2: the id"),
        ([row("ก", "ข"), row("ก", "ข", "ค\\d")], r":3: '\\d' means nothing"),
        ([row("ก", "ข", "\\UFFFFFFFF")], "means nothing"),
        (
            [row("ก", "ข", "#NAME?"), row("ค", "ฅ"), row("ง", "ๆ", "Err:509")],
            ": a spreadsheet took decisions for formulas: line 2 ('#NAME?'), line 4 ('Err:509'). ",
        ),
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


def run(data: bytes, applier: Applier, *, size: int = 0) -> tuple[bytes, list[bytes]]:
    """What comes out, and the log."""
    out: list[bytes] = []
    log: list[bytes] = []
    writer = LogWriter(log.append, applier.stamp)
    filter_ = Filter(applier, out.append, watch=writer.watch)
    size = size or len(data) + 1
    filter_.file("file", [data[i : i + size] for i in range(0, len(data), size)])
    filter_.close()
    writer.close(filter_.stats.families)
    return b"".join(out), b"".join(log).splitlines(keepends=True)


def applied(text: str, rows: Sequence[Decided], doubtful: Corrector) -> str:
    return run(text.encode(), Applier(rows, doubtful))[0].decode()


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
        # As many words as are intended say nothing; more of them do, and an unknown one does.
        ("คนกินข้าวแล้ว", "กินข้าว", "ซื้อปลา", "คนกินข้าวแล้ว"),
        ("คนกินข้าวแล้ว", "กินข้าว", "ซื้อปลาหมึก", "คนกินข้าวแล้ว"),
        ("คนกินข้าวแล้ว", "กินข้าว", "ถนน", "คนถนนแล้ว"),
        ("คน กินฮฬ แล้ว", "กินฮฬ", "กินข้าวต้มปลาและขนม", "คน กินข้าวต้มปลาและขนม แล้ว"),
        # Beside an unknown word, which may be a part of it.
        ("คนฮฬกินข้าวแล้ว", "กินข้าว", "ถนน", "คนฮฬกินข้าวแล้ว"),
        ("คนกินข้าวฮฬ", "กินข้าว", "ถนน", "คนกินข้าวฮฬ"),
        # Inside another word.
        ("นักวันทีมชาติ", "วันที", "วันที่", "นักวันทีมชาติ"),
        # Fewer than three letters, but for spaces; something; not nothing.
        ("ไป ฮฬ ไป", "ฮฬ", "ไม่", "ไป ฮฬ ไป"),
        ("ไป ฮ ฬ ไป", "ฮ ฬ", "ไม่", "ไป ฮ ฬ ไป"),
        ("ไป ฮฬฮ ไป", "ฮฬฮ", "ไม่", "ไป ไม่ ไป"),
        ("ไป ฮฬฮ ไป", "ฮฬฮ", "", "ไป ฮฬฮ ไป"),
        ("ไป ฮฬฮ ไป", "ฮฬฮ", " ", "ไป ฮฬฮ ไป"),
        # Protected.
        ("ดู https://example.org/กำหนต/", "กำหนต", "กำหนด", "ดู https://example.org/กำหนต/"),
        # A rule's row: as whole words, in that spelling.
        (
            f"ท{NIKHAHIT_AA}งานกับน{NIKHAHIT_AA}และนำ",
            f"น{NIKHAHIT_AA}",
            "นำ",
            f"ท{NIKHAHIT_AA}งานกับนำและนำ",
        ),
        (f"น{NIKHAHIT_AA}เข้า", f"น{NIKHAHIT_AA}เข้า", "นำเข้า", "นำเข้า"),
        (f"แนะน{NIKHAHIT_AA}", f"น{NIKHAHIT_AA}", "นำ", f"แนะน{NIKHAHIT_AA}"),
        (f"น{NIKHAHIT_AA}ตก", f"น{NIKHAHIT_AA}", "นำ", "นำตก"),
    ],
)
def test_where_decisions_apply(
    text: str, observed: str, intended: str, expected: str, doubtful: Corrector
) -> None:
    assert applied(text, [decided(observed, intended)], doubtful) == expected


def test_the_longest_of_overlapping_strings_is_put(doubtful: Corrector) -> None:
    """Then what follows it; the order of the rows does not matter."""
    rows = [
        decided("ฮฬฮ", "สั้น"),
        decided("ฮฬฮงฬ", "ยาว", line=3),
        decided("งฬฮ", "หลัง", line=4),
    ]
    for order in rows, rows[::-1]:
        assert applied("ไป ฮฬฮงฬ ไป ฮฬฮ ไป งฬฮ", order, doubtful) == "ไป ยาว ไป สั้น ไป หลัง"
    raw = [
        decided(f"ท{NIKHAHIT_AA}ขนม", "ทำขนม", "ก"),
        decided(f"ท{NIKHAHIT_AA}ขนมปลา", "ทำขนมปลา", "ข", line=3),
    ]
    for order in raw, raw[::-1]:
        text = f"ท{NIKHAHIT_AA}ขนมปลาท{NIKHAHIT_AA}ขนมเก่า"
        assert applied(text, order, doubtful) == "ขกเก่า"


def test_what_is_suspected_comes_first(doubtful: Corrector) -> None:
    """Of places that overlap: a longer string that stands elsewhere gives way."""
    text = "ตามกำหนตนั้น"
    [place] = places_of(text, doubtful)
    longer = decided("ตามกำหนตนั้น", "ทันใดนั้น")
    assert applied(text, [longer], doubtful) == "ทันใดนั้น"
    assert applied(text, [longer, decided(*place[2:4], line=3)], doubtful) == "ตามกำหนดนั้น"


def test_two_texts_for_one_string_apply_where_suspected(doubtful: Corrector) -> None:
    """Which of them is meant, only the place can tell."""
    text = "ตามกำหนตนั้น"
    one, other = decided("กำหนต", "กำหนด"), decided("กำหนต", "กำหนัด", line=3)
    assert applied(text, [one], doubtful) == "ตามกำหนดนั้น"
    assert applied(text, [other], doubtful) == "ตามกำหนัดนั้น"
    (place,) = places_of(text, doubtful)
    assert (place.observed, place.intended) == ("กำหนต", "กำหนด")
    assert applied(text, [one, other], doubtful) == "ตามกำหนดนั้น"


def places_of(text: str, doubtful: Corrector) -> list[Place]:
    return SourceWords(text, Applier([], doubtful).scan).places(doubtful.correct(text).edits)


def test_no_is_nothing(doubtful: Corrector) -> None:
    row_ = decided("กำหนต", "กำหนด")._replace(text=None)
    assert applied("ตามกำหนตนั้น", [row_], doubtful) == "ตามกำหนตนั้น"


def test_what_was_counted_is_applied(
    doubtful: Corrector, scan: Scan, pages: list[dict[str, Any]]
) -> None:
    """Every place that the listing counted, as the row says; the log names the row."""
    for page in pages[:8]:
        text = page["ocr"]
        places = SourceWords(text, scan).places(doubtful.correct(text).edits)
        rows = [decided(place.observed, place.intended, "[ที่]") for place in places]
        rows = [r for r in rows if "\n" not in r.observed]
        output, log = run(text.encode(), Applier(rows, doubtful))
        records = [json.loads(line) for line in log[:-1]]
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


@pytest.fixture(scope="module")
def applier(doubtful: Corrector) -> Applier:
    return Applier(DECISIONS, doubtful)


@given(streams, st.integers(1, 9))
def test_revert_leads_back(applier: Applier, data: bytes, size: int) -> None:
    """And chunks do not matter."""
    output, log = run(data, applier)
    assert run(data, applier, size=size) == (output, log)
    back: list[bytes] = []
    revert(log, [output], back.append)
    assert b"".join(back) == data
    assert output.count(b"\n") == data.count(b"\n")
    assert output.count(b"\r") == data.count(b"\r")


@pytest.fixture(scope="module")
def undecided(doubtful: Corrector) -> list[Applier]:
    undone = [row_._replace(text=None) for row_ in DECISIONS]
    return [Applier([], doubtful), Applier(undone, doubtful)]


@given(streams)
def test_nothing_decided_changes_nothing(undecided: list[Applier], data: bytes) -> None:
    for applier in undecided:
        output, log = run(data, applier)
        assert output == data
        assert len(log) == 1  # the seal


def test_a_long_line(applier: Applier) -> None:
    """One line of many blocks, and of more than a section."""
    text = "ตามกำหนตนั้น " * 5_500
    assert len(text) > SECTION_SIZE
    output, log = run(text.encode(), applier)
    assert output.decode() == text.replace("กำหนต", "กำหนด")
    assert len(log) == 5_501  # with the seal


def test_never_touch_words_stay(doubtful: Corrector) -> None:
    """Whatever stands around them; an insertion beside one is no change of it."""
    kept = Corrector(keep=["ฮฬฮ"], options=doubtful.options)
    for observed, put, stays in [
        ("ฮฬฮ", "ไม่", True),
        ("ฮฬฮง", "ไม่", True),
        ("ฮฬฮ", "ฮฬงฮ", True),
        ("ฮฬฮง", "ฮฬฮ", False),
        ("งฮฬฮ", "ฮฬฮ", False),
        ("ฮฬฮ", "ฮฬฮง", False),
        ("ฮฬฮ", "งฮฬฮ", False),
    ]:
        text = f"ไป {observed} ไป"
        expected = text if stays else f"ไป {put} ไป"
        assert applied(text, [decided(observed, put)], kept) == expected


def test_stamp_tells_decisions(doubtful: Corrector) -> None:
    """And what suspects; not their order or line."""
    variants = [
        [],
        DECISIONS[:1],
        DECISIONS[:2],
        [DECISIONS[0]._replace(text="ก")],
        [DECISIONS[0]._replace(text=None)],
    ]
    stamps = [Applier(rows, doubtful).stamp for rows in variants]
    stamps.append(Applier([], Corrector()).stamp)
    assert len({*stamps}) == 6
    assert {len(stamp) for stamp in stamps} == {16}
    moved = [DECISIONS[1]._replace(line=9), DECISIONS[0]]
    assert Applier(moved, doubtful).stamp == stamps[2]
