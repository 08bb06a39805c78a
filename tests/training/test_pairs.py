"""Pairs: what is read, which part a page belongs to, which confusions it shows."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from thaifix.errors import TrainingError
from thaifix.model import confusion
from thaifix.training.pairs import PagePair, confusions, count, part_of, read_pairs

PAGE: dict[str, Any] = {
    "source": "a",
    "ocr": "วับ\u2028นี้\n",
    "gold": "วัน\u2028นี้\n",
    "lines": [["วับ", "วัน"]],
}


def written(path: Path, *lines: str) -> Path:
    path.write_text("".join(f"{line}\n" for line in lines), "utf-8")
    return path


def test_pages_are_read(tmp_path: Path) -> None:
    """More keys than needed, line ends of Unicode inside texts."""
    more = json.dumps({**PAGE, "font": "Sarabun"}, ensure_ascii=False)
    pages = read_pairs(written(tmp_path / "pairs.jsonl", json.dumps(PAGE), more))
    assert pages == [PagePair("a", PAGE["ocr"], PAGE["gold"], [("วับ", "วัน")])] * 2


@pytest.mark.parametrize(
    ("line", "reason"),
    [
        ("{", "JSONDecodeError"),
        ("", "JSONDecodeError"),
        ("[]", "TypeError"),
        (json.dumps({**PAGE, "lines": [["a"]]}), "ValueError"),
        (json.dumps({**PAGE, "lines": [["a", None]]}), "None is no text"),
        (json.dumps({**PAGE, "lines": [[7, "a"]]}), "7 is no text"),
        (json.dumps({**PAGE, "lines": 5}), "TypeError"),
        *(
            (json.dumps({k: v for k, v in PAGE.items() if k != key}), f"KeyError: '{key}'")
            for key in PAGE
        ),
        *((json.dumps({**PAGE, key: 5}), "5 is no text") for key in ("source", "ocr", "gold")),
    ],
)
def test_what_is_no_page_is_named(line: str, reason: str, tmp_path: Path) -> None:
    path = written(tmp_path / "pairs.jsonl", json.dumps(PAGE), line)
    with pytest.raises(TrainingError) as error:
        read_pairs(path)
    assert str(error.value).startswith(f"{path}:2: no page (")
    assert reason in str(error.value)
    assert "Give a JSON object a line" in str(error.value)


def test_other_encodings_are_named(tmp_path: Path) -> None:
    path = tmp_path / "pairs.jsonl"
    path.write_bytes(json.dumps(PAGE, ensure_ascii=False).encode("cp874", "replace"))
    with pytest.raises(TrainingError, match=r"pairs\.jsonl:1: no page \(UnicodeDecodeError"):
        read_pairs(path)


@pytest.mark.parametrize(
    ("article", "parts", "part"), [("article-1", 5, 3), ("ข่าว", 5, 2), ("", 5, 0), ("x", 1, 0)]
)
def test_articles_belong_to_the_same_part_everywhere(article: str, parts: int, part: int) -> None:
    assert part_of(article, parts) == part


def test_parts_are_of_about_one_size() -> None:
    sizes = [0] * 5
    for number in range(1000):
        sizes[part_of(f"article-{number}", 5)] += 1
    assert min(sizes) > 150


def test_confusions_are_counted_after_normalisation() -> None:
    """Sara am in two parts, runs of spaces and spaces at the ends are no confusion."""
    counted = count([(" ส\u0e4d\u0e32คัญ  มาก ", "สำคัญ มาก"), ("วับ นี้", "  วัน  นี้ ")])
    assert counted.pairs == {("บ", "น"): 1}


def test_the_confusion_model_is_that_of_all_lines() -> None:
    lines = [("วับนี้", "วันนี้"), ("กับคน", "กันคน")]
    pages = [PagePair("a", "", "", lines[:1]), PagePair("b", "", "", lines[1:])]
    found = confusions(pages)
    assert found == confusion.costs(count(lines), 1.0)
    cost = {(observed, intended): nats for observed, intended, nats in found}
    assert cost["บ", "น"] < cost["พ", "น"]
