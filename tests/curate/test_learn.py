"""Decisions become files that the filter takes."""

from __future__ import annotations

import errno
import os
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from thaifix.curate.decisions import Decided
from thaifix.curate.learn import KEEP, LEXICON, NotLearned, learn
from thaifix.curate.series_table import identify
from thaifix.errors import LexiconError, SeriesError
from thaifix.lexicon.entries import read_entries


def decided(observed: str, text: str | None, line: int = 2) -> Decided:
    return Decided(line, identify(observed, text or ""), observed, "ที่หมาย", text)


def files(folder: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in folder.iterdir()}


def test_what_is_learned(tmp_path: Path) -> None:
    """Terms with their misreadings, and words to keep, both sorted."""
    rows = [
        decided("กำหนต", "กำหนด"),
        decided("กาหนด", "กำหนด", line=3),
        decided("ธีรรัตน", None, line=4),
        decided("กนกพล", None, line=5),
        decided("ขาวน", "ข่าว", line=6),
    ]
    assert learn(rows, tmp_path / "new" / "folder") == []
    entries = read_entries(tmp_path / "new" / "folder" / LEXICON)
    found = [(entry.term, entry.misreadings, entry.type, entry.source) for entry in entries]
    assert found == [
        ("กำหนด", ("กาหนด", "กำหนต"), "learned", "series"),
        ("ข่าว", ("ขาวน",), "learned", "series"),
    ]
    assert len({entry.id for entry in entries}) == 2
    keep = (tmp_path / "new" / "folder" / KEEP).read_text("utf-8")
    assert keep == "กนกพล\nธีรรัตน\n"


def test_files_are_replaced_whole_or_not_at_all(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """If the disk is full, the older ones stay, and nothing else is left."""
    learn([decided("กำหนต", "กำหนด"), decided("คน", None, line=3)], tmp_path)
    before = files(tmp_path)

    def full(_: int) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(OSError, match="No space left"):
        learn([decided("ขาวน", "ข่าว")], tmp_path)
    assert files(tmp_path) == before


def test_what_is_there_stays(tmp_path: Path) -> None:
    """Entries with all their columns, words, comments."""
    (tmp_path / LEXICON).write_text(
        "# ours\nterm\tid\tmisreadings\tnote\nกำหนด\tk1\tกำหบด\tdear\nฎีกา\tk2\t\t\n", "utf-8"
    )
    (tmp_path / KEEP).write_text("# ours, too\nอะไร\n\nกนกพล\n", "utf-8")
    learn([decided("กำหนต", "กำหนด"), decided("คน", None, line=3)], tmp_path)
    assert (tmp_path / LEXICON).read_text("utf-8").startswith("# ours\nid\tterm\t")
    first, second = read_entries(tmp_path / LEXICON)
    assert (first.id, first.misreadings, first.note) == ("k1", ("กำหนต", "กำหบด"), "dear")
    assert (second.id, second.misreadings) == ("k2", ())
    assert (tmp_path / KEEP).read_text("utf-8") == "# ours, too\nกนกพล\nคน\nอะไร\n"


def test_what_cannot_be_learned_is_told(tmp_path: Path) -> None:
    """And nothing is written for it."""
    rows = [
        decided("กำ\nหนต", "กำ\nหนด"),
        decided("ก|ข", "กข", line=3),
        decided("กข", "", line=4),
        decided("กค", "漢", line=5),
        decided("#ก", None, line=6),
        decided("กๆ" * 200, None, line=7),
        decided("กง", "ก" * 81, line=8),
    ]
    assert [(one.row.line, one.why) for one in learn(rows, tmp_path)] == [
        (2, "a lexicon cannot have the term 'กำ\\nหนด'"),
        (3, "a lexicon cannot have the misreading 'ก|ข'"),
        (4, "'กข' is deleted, and a lexicon can only replace"),
        (5, "a lexicon cannot have the term '漢'"),
        (6, "a list of words to keep cannot have '#ก'"),
        (7, f"a list of words to keep cannot have '{'กๆ' * 20}…'"),
        (8, f"a lexicon cannot have the term '{'ก' * 40}…'"),
    ]
    lexicon, keep = files(tmp_path)[LEXICON], files(tmp_path)[KEEP]
    assert (lexicon.count(b"\n"), keep) == (1, b"")  # both are there for the next command


def test_part_of_a_misreading_is_not_kept(tmp_path: Path) -> None:
    """It would be protected there, too."""
    rows = [decided("วัน", None), decided("ที", None, line=3), decided("วันที", "วันที่", line=4)]
    why = "{!r} is part of a misreading, which would be kept with it"
    assert learn(rows, tmp_path) == [NotLearned(row, why.format(row.observed)) for row in rows[:2]]
    assert files(tmp_path)[KEEP] == b""


@pytest.mark.parametrize(
    ("rows", "lexicon", "keep", "named"),
    [
        (
            [decided("กำหนต", "กำหนด"), decided("กำหนต", None, line=7)],
            "", "", ("'กำหนต'", "line 2", "line 7"),
        ),
        (
            [decided("กำหนต", "กำหนด"), decided("กำหนต", "กำหนัด", line=7)],
            "", "", ("'กำหนต'", "line 2", "line 7"),
        ),
        ([decided("กำหนต", "กำหนด")], "", "คน\nกำหนต\n", ("line 2", "keep.txt:2")),
        (
            [decided("กำหนต", None)],
            "id\tterm\tmisreadings\nk1\tกำหนด\tกำหนต\n", "", ("line 2", "lexicon.tsv: k1"),
        ),
        (
            [decided("กำหนต", "กำหนัด")],
            "id\tterm\tmisreadings\nk1\tกำหนด\tกำหนต\n", "", ("line 2", "lexicon.tsv: k1"),
        ),
    ],
)  # fmt: skip
def test_conflicts(
    rows: list[Decided], lexicon: str, keep: str, named: tuple[str, ...], tmp_path: Path
) -> None:
    """The message names both sides, and nothing is written."""
    if lexicon:
        (tmp_path / LEXICON).write_text(lexicon, "utf-8")
    if keep:
        (tmp_path / KEEP).write_text(keep, "utf-8")
    before = files(tmp_path)
    with pytest.raises(SeriesError) as error:
        learn(rows, tmp_path)
    assert [name for name in named if name not in str(error.value)] == []
    assert files(tmp_path) == before


@pytest.mark.parametrize("table", ["term\tcolour\nก\tred\n", "term\n" + "ก" * 81 + "\n"])
def test_another_table_is_left_alone(table: str, tmp_path: Path) -> None:
    """What would be lost is an error."""
    (tmp_path / LEXICON).write_text(table, "utf-8")
    with pytest.raises(LexiconError):
        learn([decided("กำหนต", "กำหนด")], tmp_path)
    assert files(tmp_path) == {LEXICON: table.encode()}


def test_a_plain_list_becomes_a_table(tmp_path: Path) -> None:
    (tmp_path / LEXICON).write_text("ฎีกา\nกฎหมาย\n", "utf-8")
    learn([decided("กำหนต", "กำหนด")], tmp_path)
    assert [entry.term for entry in read_entries(tmp_path / LEXICON)] == ["กฎหมาย", "กำหนด", "ฎีกา"]


words = st.text(alphabet="กขคำ่| #\n", max_size=3)


@given(st.dictionaries(words, st.none() | words))
def test_a_second_time_changes_nothing(
    tmp_path_factory: pytest.TempPathFactory, decisions: dict[str, str | None]
) -> None:
    folder = tmp_path_factory.mktemp("learned")
    rows = [decided(observed, text, i) for i, (observed, text) in enumerate(decisions.items())]
    left = learn(rows, folder)
    before = files(folder)
    assert learn(rows, folder) == left
    assert files(folder) == before
    stamps = {path.name: path.stat().st_mtime_ns for path in folder.iterdir()}
    learn(rows[::-1], folder)
    assert {path.name: path.stat().st_mtime_ns for path in folder.iterdir()} == stamps
