"""The public corpora: what their README promises."""

from __future__ import annotations

import json
import tarfile
import unicodedata
from collections import Counter
from pathlib import Path
from typing import Any

import pytest

from thaifix.text.edit import Edit, apply

CORPORA = Path(__file__).parents[2] / "corpora"
LETTERS = CORPORA / "official-letters"
SPLITS = ("dev", "test", "train")
ENGINES = {"tha", "tha+eng", "script/Thai"}
GRADES = {"clean", "scan", "photocopy", "fax"}
TEXTS = sorted((LETTERS / "texts").glob("*.txt"))
MOST_BYTES = 8_000_000
DOCUMENTS = [
    row.split("\t") for row in (LETTERS / "documents.tsv").read_text("utf-8").splitlines()[1:]
]


def pages(split: str) -> list[dict[str, Any]]:
    lines = (LETTERS / f"{split}.jsonl").read_text(encoding="utf-8").splitlines()
    return [json.loads(line) for line in lines]


def test_size() -> None:
    sizes = [p.stat().st_size for p in CORPORA.rglob("*") if "__pycache__" not in p.parts]
    assert sum(sizes) <= MOST_BYTES


def test_the_table_lists_the_texts() -> None:
    assert [name for name, _, _ in DOCUMENTS] == [path.stem for path in TEXTS]
    assert len(DOCUMENTS) >= 60
    assert Counter(split for _, _, split in DOCUMENTS) == dict.fromkeys(SPLITS, 22)


@pytest.mark.parametrize("path", TEXTS, ids=lambda path: path.stem)
def test_texts(path: Path) -> None:
    """One paragraph a line, in the one spelling that is right."""
    raw = path.read_bytes()
    text = raw.decode()
    assert b"\r" not in raw
    assert text.endswith("\n")
    assert text == unicodedata.normalize("NFC", text)
    assert "\N{THAI CHARACTER NIKHAHIT}\N{THAI CHARACTER SARA AA}" not in text
    assert not any(line != line.strip() or "  " in line or not line for line in text.splitlines())
    assert 1_000 <= len(text) <= 1_500


def test_no_two_texts_share_a_sentence() -> None:
    """Splits are by document: what stands in the one must not stand in the other."""
    lines = Counter(line for path in TEXTS for line in set(path.read_text("utf-8").splitlines()))
    assert [line for line, times in lines.items() if times > 1 and len(line) > 60] == []


@pytest.mark.parametrize("split", SPLITS)
def test_pages(split: str) -> None:
    """Each text in each grade; what was intended is the text but for the breaks of lines."""
    found = pages(split)
    assert {page["id"] for page in found} == {
        f"{name}.{grade}" for name, _, mine in DOCUMENTS if mine == split for grade in GRADES
    }
    assert len(found) == 22 * len(GRADES)
    for page in found:
        text = (LETTERS / "texts" / f"{page['source']}.txt").read_text(encoding="utf-8")
        assert "".join(page["gold"].split()) == "".join(text.split())
        assert page["split"] == split


@pytest.mark.parametrize("split", SPLITS)
def test_all_meet_all(split: str) -> None:
    """In each split every grade is read by every engine, and every face is there."""
    found = pages(split)
    pairs = {(page["preset"], page["engine"]) for page in found}
    assert pairs == {(grade, engine) for grade in GRADES for engine in ENGINES}
    assert len({page["font"] for page in found}) == 8


@pytest.mark.parametrize("split", SPLITS)
def test_layouts(split: str) -> None:
    """Of each document one page as hOCR and ALTO, whose text is that of the record."""
    texts = {page["id"].replace(".", "-"): page for page in pages(split)}
    with tarfile.open(LETTERS / f"{split}.layout.tar.xz") as tar:
        held = {name: tar.extractfile(name) for name in tar.getnames()}
        for name in (n for n in held if n.endswith(".hocr")):
            stem = name.removesuffix(".hocr")
            files = {kind: held[stem + kind] for kind in (".hocr", ".xml", ".txt", ".gold.txt")}
            read = {kind: file.read().decode() for kind, file in files.items() if file}
            assert read[".txt"] == texts[stem]["ocr"]
            assert read[".gold.txt"] == texts[stem]["gold"]
            assert f'image "{stem}.png"' in read[".hocr"]
            assert f"<fileName>{stem}.png</fileName>" in read[".xml"]
    assert len(held) == 22 * 4


def test_the_memo_says_what_its_edits_say() -> None:
    memo = CORPORA / "nhrct-memo"
    record = json.loads((memo / "first-half.jsonl").read_text("utf-8"))
    rows = (memo / "edits-first-half.tsv").read_text("utf-8").splitlines()
    cells = [row.split("\t") for row in rows if not row.startswith("#")]
    edits = [Edit(int(a), int(b), new, observed=old) for a, b, old, new, _, _ in cells]
    assert (memo / "observed.txt").read_bytes().decode().startswith(record["ocr"])
    assert apply(record["ocr"], sorted(edits)) == record["gold"]
