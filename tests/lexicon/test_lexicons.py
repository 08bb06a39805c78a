"""The tables of `lexicons/`: form, order, provenance, and what makes them safe to correct by."""

from __future__ import annotations

import csv
import hashlib
import re
import tomllib
import unicodedata
from collections import defaultdict
from collections.abc import Iterator
from importlib.resources import files
from pathlib import Path
from typing import Any

import pytest

from thaifix import Corrector
from thaifix.lexicon.entries import LONGEST_TERM, read_entries, shipped
from thaifix.model import phrases
from thaifix.model.decoder import build_decoder
from thaifix.text.edit import apply
from thaifix.text.normalize import normalize

FOLDER = files("thaifix.lexicons")
TABLES = sorted(p.name for p in FOLDER.iterdir() if p.name.endswith(".tsv"))
SOURCES = tomllib.loads((FOLDER / "sources.toml").read_text(encoding="utf-8"))
COLUMNS = ["id", "term", "type", "aliases", "misreadings", "from", "to", "source", "note"]
PHRASES = ["agencies", "forms", "international", "laws", "positions", "terms", "titles"]
NEIGHBOURS = Path(__file__).parents[2] / "corpora" / "wordlists" / "neighbours.tsv"
AT_LEAST = {
    "abbreviations": 840, "agencies": 1400, "codes": 1000, "dialects": 300, "forms": 400,
    "historic": 90, "informal": 300, "international": 300,
    "laws": 700, "names": 10_000, "places": 6800, "positions": 1600, "terms": 800, "titles": 120,
}  # fmt: skip

Row = dict[str, str]


def rows(name: str) -> list[Row]:
    lines = (FOLDER / name).read_text(encoding="utf-8").splitlines()
    return list(csv.DictReader(lines, delimiter="\t", quoting=csv.QUOTE_NONE))


def parts(cell: str) -> list[str]:
    return cell.split("|") if cell else []


EVERY = {name.removesuffix(".tsv"): rows(name) for name in TABLES}
PHRASE_ROWS = [row for name in PHRASES for row in EVERY[name]]
TERMS = {row["term"] for row in PHRASE_ROWS}


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


@pytest.mark.parametrize("name", TABLES)
def test_each_table_is_a_lexicon(name: str) -> None:
    """It can be read as one, and normalisation, which comes first, leaves every term alone."""
    entries = read_entries(Path(str(FOLDER / name)))
    assert [entry.term for entry in entries] == [row["term"] for row in rows(name)]
    assert all(len(entry.term) <= LONGEST_TERM for entry in entries)
    for row in rows(name):
        assert apply(row["term"], normalize(row["term"])) == row["term"]


@pytest.mark.parametrize("name", AT_LEAST)
def test_size(name: str) -> None:
    assert len(EVERY[name]) >= AT_LEAST[name]


def test_a_term_stands_in_one_phrase_table() -> None:
    """Its type would be a matter of chance."""
    terms = [row["term"] for row in (*PHRASE_ROWS, *EVERY["places"])]
    assert len(set(terms)) == len(terms)


def test_terms_are_whole() -> None:
    """No letter that cannot begin or end a Thai word, no space too many, brackets in pairs."""
    for row in PHRASE_ROWS:
        term = row["term"]
        assert "  " not in term
        assert not re.match("[\u0e30-\u0e3a\u0e45-\u0e4e,)/-]", term), term
        assert not re.search("[\u0e40-\u0e44,(/-]$", term), term
        assert term.count("(") == term.count(")"), term


def test_terms_are_no_clauses() -> None:
    """A term that ends in a conjunction was cut off."""
    for row in PHRASE_ROWS:
        assert not re.search("(?:และ|หรือ|ของ|โดย|แห่ง| ใน)$", row["term"]), row["term"]


def test_aliases_are_clear() -> None:
    """An alias stands for one entry and its variants, and is no entry of another meaning."""
    meaning: dict[str, set[str]] = defaultdict(set)
    for row in PHRASE_ROWS:
        official = re.search("variant=([^;]*)", row["note"])
        for alias in parts(row["aliases"]):
            assert alias == alias.strip()
            assert alias
            meaning[alias].add(official[1] if official else row["term"])
    assert not {a: terms for a, terms in meaning.items() if len(terms) > 1}
    assert not TERMS & set(meaning)


def test_variants_name_their_official_term() -> None:
    international = {row["term"]: row for row in EVERY["international"]}
    found = [re.search("variant=([^;]*)", row["note"]) for row in international.values()]
    variants = [match[1] for match in found if match]
    assert len(variants) > 20
    for official in variants:
        assert "variant=" not in international[official]["note"]


def test_misreadings_are_wrong_everywhere() -> None:
    """None is a term or an alias, or a part of one, or holds the term that it is for."""
    right = "\n".join(
        text
        for row in (*PHRASE_ROWS, *EVERY["places"])
        for text in (row["term"], *parts(row["aliases"]))
    )
    seen = 0
    for row in PHRASE_ROWS:
        for misreading in parts(row["misreadings"]):
            seen += 1
            assert misreading not in right, misreading
            assert row["term"] not in misreading, misreading
    assert seen > 300


def test_a_misreading_is_of_one_term() -> None:
    found = [m for row in PHRASE_ROWS for m in parts(row["misreadings"])]
    assert len(set(found)) == len(found)


def test_years() -> None:
    """Of the Buddhist era; what begins ends later."""
    for row in PHRASE_ROWS:
        for year in filter(None, (row["from"], row["to"])):
            assert 2400 <= int(year) <= 2600
        if row["from"] and row["to"]:
            assert int(row["from"]) < int(row["to"])


def test_laws_have_years() -> None:
    """The note has all that may stand after the title, the one in force among them."""
    for row in EVERY["laws"]:
        years = row["note"].removeprefix("years=").split(";")
        assert row["note"].startswith("years=")
        assert row["from"] in years
        assert years == sorted(set(years))
        assert all(2400 <= int(year) <= 2600 for year in years)


@pytest.mark.parametrize(
    ("title", "year"),
    [
        ("พระราชบัญญัติป้องกันและปราบปรามการค้าประเวณี", "2539"),
        ("พระราชบัญญัติป้องกันและปราบปรามการค้ามนุษย์", "2551"),
        ("พระราชบัญญัติคนเข้าเมือง", "2522"),
        ("พระราชบัญญัติคุ้มครองแรงงาน", "2541"),
        ("พระราชบัญญัติประกอบรัฐธรรมนูญว่าด้วยคณะกรรมการสิทธิมนุษยชนแห่งชาติ", "2560"),
        ("รัฐธรรมนูญแห่งราชอาณาจักรไทย", "2560"),
        ("พระราชบัญญัติป้องกันและปราบปรามการทรมานและการกระทำให้บุคคลสูญหาย", "2565"),
        ("ประมวลกฎหมายอาญา", "2499"),
    ],
)
def test_year_of_a_law(title: str, year: str) -> None:
    assert {row["term"]: row["from"] for row in EVERY["laws"]}[title] == year


@pytest.mark.parametrize(
    ("term", "alias"),
    [
        ("องค์การระหว่างประเทศเพื่อการโยกย้ายถิ่นฐาน", "IOM"),
        ("กองทุนประชากรแห่งสหประชาชาติ", "UNFPA"),
        ("องค์การอนามัยโลก", "WHO"),
        ("เครือข่ายสหประชาชาติว่าด้วยการโยกย้ายถิ่นฐาน", "UNNM"),
        ("คณะกรรมการสิทธิมนุษยชนแห่งชาติ", "กสม."),
        ("กระทรวงการพัฒนาสังคมและความมั่นคงของมนุษย์", "พม."),
    ],
)
def test_abbreviation_of_a_body(term: str, alias: str) -> None:
    assert alias in {row["term"]: parts(row["aliases"]) for row in PHRASE_ROWS}[term]


def one_less(term: str) -> Iterator[str]:
    """`term`, and `term` without one of its letters."""
    yield term
    for i in range(len(term)):
        yield term[:i] + term[i + 1 :]


def test_neighbours_are_judged() -> None:
    """Of two terms one letter apart one is often a misspelling; both exist where we say so."""
    judged = {
        frozenset(line.split("\t"))
        for line in NEIGHBOURS.read_text(encoding="utf-8").splitlines()[1:]
    }
    near: dict[str, set[str]] = defaultdict(set)
    for term in TERMS:
        if len(term) > 5:
            for string in one_less(term):
                near[string].add(term)
    found = {
        frozenset((a, b))
        for terms in near.values()
        for a in terms
        for b in terms
        if a < b and _one_apart(a, b)
    }
    assert found == judged


def _one_apart(a: str, b: str) -> bool:
    """Substitution, insertion or deletion of one letter."""
    if len(a) == len(b):
        return sum(x != y for x, y in zip(a, b, strict=True)) == 1
    short, long = sorted((a, b), key=len)
    return len(long) - len(short) == 1 and short in set(one_less(long))


def test_the_bundle_has_the_phrases_of_the_tables() -> None:
    """`make model` was run since they last changed; what stands in the wheel is found."""
    corrector = Corrector()
    packed = phrases.unpack(corrector.model.array("phrases"))
    scanned = phrases.scan(shipped(), build_decoder(corrector.model))
    assert packed.texts == scanned.texts
    assert packed.ids == scanned.ids
    assert packed == scanned


def test_shipped_entries_are_those_of_the_tables() -> None:
    """The quick reader and the careful one agree."""
    entries = [e for name in PHRASES for e in read_entries(Path(str(FOLDER / f"{name}.tsv")))]
    assert sorted(shipped()) == sorted(entries)
