"""The tables of `lexicons/`: form, order, provenance."""

from __future__ import annotations

import csv
import hashlib
import tomllib
import unicodedata
from importlib.resources import files
from typing import Any

import pytest

FOLDER = files("thaifix.lexicons")
TABLES = sorted(p.name for p in FOLDER.iterdir() if p.name.endswith(".tsv"))
SOURCES = tomllib.loads((FOLDER / "sources.toml").read_text(encoding="utf-8"))
COLUMNS = ["id", "term", "type", "aliases", "misreadings", "from", "to", "source", "note"]


def rows(name: str) -> list[dict[str, str]]:
    lines = (FOLDER / name).read_text(encoding="utf-8").splitlines()
    return list(csv.DictReader(lines, delimiter="\t", quoting=csv.QUOTE_NONE))


def test_every_table_has_its_manifest_row() -> None:
    assert sorted(s["file"] for s in SOURCES.values()) == TABLES
    assert TABLES


@pytest.mark.parametrize("source", SOURCES.values(), ids=SOURCES)
def test_manifest_is_right(source: dict[str, Any]) -> None:
    data = (FOLDER / source["file"]).read_bytes()
    assert hashlib.sha256(data).hexdigest() == source["sha256"]
    assert len(rows(source["file"])) == source["rows"]
    assert source["origin"]
    assert source["licence"]
    assert source["command"]


@pytest.mark.parametrize("name", TABLES)
def test_form(name: str) -> None:
    """Nine columns, sorted and distinct NFC terms, distinct ids, a source in each row."""
    text = (FOLDER / name).read_text(encoding="utf-8")
    assert text.splitlines()[0].split("\t") == COLUMNS
    assert all(line.count("\t") == len(COLUMNS) - 1 for line in text.splitlines())
    terms = [row["term"] for row in rows(name)]
    assert terms == sorted(set(terms))
    assert all(term and term == unicodedata.normalize("NFC", term).strip() for term in terms)
    assert len({row["id"] for row in rows(name)}) == len(terms)
    assert all(row["source"] and row["type"] for row in rows(name))


def test_names_are_no_full_names() -> None:
    """Given names and surnames stand apart; nobody is listed."""
    assert all(" " not in row["term"] for row in rows("names.tsv"))


def test_an_id_names_one_entry_of_all_tables() -> None:
    """A log names an entry by its id alone."""
    ids = [row["id"] for name in TABLES for row in rows(name)]
    assert len(set(ids)) == len(ids)


def test_files_are_plain_utf8() -> None:
    """Without a byte order mark, with LF line ends, the last one too."""
    for name in TABLES:
        data = (FOLDER / name).read_bytes()
        assert not data.startswith(b"\xef\xbb\xbf")
        assert b"\r" not in data
        assert data.endswith(b"\n")
