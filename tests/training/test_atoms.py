"""Atoms: where words are divided into words."""

from __future__ import annotations

from array import array
from itertools import pairwise
from typing import Any

import pytest

from thaifix import Corrector
from thaifix.kernel.symbols import encode
from thaifix.kernel.trie import Trie, build_trie
from thaifix.model import ngram
from thaifix.training import atoms


def sections(words: dict[str, float]) -> dict[str, Any]:
    """The sections that `cuts` needs, for words and their costs in nats."""
    order = sorted(words, key=encode)
    first, label, word = build_trie([encode(w) for w in order])
    costs = [0] * 102 + [round(words[w] / ngram.STEP) for w in order]
    return {"first": first, "label": label, "word": word, "cost": array("H", costs)}


def divided(words: dict[str, float]) -> dict[str, list[str]]:
    """Each word's parts."""
    arrays = sections(words)
    found = {}
    for key, mask in zip(atoms.spellings(arrays), atoms.cuts(arrays), strict=True):
        text = "".join(chr(0x0E00 + symbol) for symbol in key)
        bounds = [0, *(k for k in range(32) if mask >> k & 1), len(text)]
        found[text] = [text[a:b] for a, b in pairwise(bounds)]
    return found


LETTERS = {"กาน": 8.0, "มาก": 8.0, "นาม": 8.0}


@pytest.mark.parametrize(
    ("word", "more", "parts"),
    [
        ("กานมาก", {}, ["กาน", "มาก"]),
        ("กานมากนาม", {}, ["กาน", "มาก", "นาม"]),
        ("กานมากนาม", {"กานมาก": 9.0}, ["กาน", "มาก", "นาม"]),
        ("กานยาม", {}, ["กานยาม"]),
        ("กานมา", {"มา": 1.0}, ["กานมา"]),
        ("กานยาม", {"ยาม": 11.5 + 1 / 12}, ["กานยาม"]),
        ("กานยาม", {"ยาม": 11.5}, ["กาน", "ยาม"]),
        ("กานามาก", {"กานา": 2.0}, ["กานา", "มาก"]),
    ],
)
def test_parts_are_frequent_words(word: str, more: dict[str, float], parts: list[str]) -> None:
    assert divided({**LETTERS, word: 10.0, **more})[word] == parts


@pytest.mark.parametrize(
    ("costs", "parts"),
    [
        ((8.0, 8.0, 2.0, 3.0), ["กานา", "มาก"]),
        ((2.0, 2.0, 8.0, 3.0), ["กาน", "ามาก"]),
        ((4.0, 4.0, 5.0, 4.0), ["กาน", "ามาก"]),
        ((5.0, 4.0, 4.0, 4.0), ["กานา", "มาก"]),
        ((4.0, 4.0, 4.0, 4.0), ["กาน", "ามาก"]),
    ],
)
def test_the_cheapest_division_counts(costs: tuple[float, ...], parts: list[str]) -> None:
    """The sum of its parts; of equal ones the one whose last part is longest."""
    words = dict(zip(["กาน", "ามาก", "กานา", "มาก"], costs, strict=True))
    assert divided({**words, "กานามาก": 10.0})["กานามาก"] == parts


def test_words_of_one_part_are_not_divided() -> None:
    assert all(parts == [word] for word, parts in divided(LETTERS).items())


def test_a_long_word_is_divided_within_32_letters() -> None:
    word = "กานมากนาม" * 5
    parts = divided({**LETTERS, word: 10.0})[word]
    assert parts[:10] == ["กาน", "มาก", "นาม"] * 3 + ["กาน"]
    assert "".join(parts) == word


def test_a_part_has_at_most_24_letters() -> None:
    long, longer = "ขคง" * 8, "ขคง" * 8 + "ข"
    words = {**LETTERS, long: 9.0, longer: 9.0, f"กาน{long}": 10.0, f"กาน{longer}": 10.0}
    parts = divided(words)
    assert parts[f"กาน{long}"] == ["กาน", long]
    assert parts[f"กาน{longer}"] == [f"กาน{longer}"]


def test_the_last_letter_before_which_a_word_is_divided() -> None:
    """A mask has 32 bits: of a word with a part at its letter 31 and one at its letter 33."""
    words = {**LETTERS, "ขคงจ": 9.0, "กานมากนาม" * 3 + "ขคงจ" + "กานมาก": 10.0}
    masks = dict(zip(*(f(sections(words)) for f in (atoms.spellings, atoms.cuts)), strict=True))
    mask = masks[encode("กานมากนาม" * 3 + "ขคงจ" + "กานมาก")]
    assert [k for k in range(40) if mask >> k & 1] == [*range(3, 28, 3), 31]


def test_spellings_are_in_the_order_of_the_words() -> None:
    arrays = sections(LETTERS)
    trie = Trie(arrays["first"], arrays["label"], arrays["word"])
    found = atoms.spellings(arrays)
    assert [trie.find(key) for key in found] == [0, 1, 2]
    assert {*found} == {encode(word) for word in LETTERS}


def test_the_models_words_are_divided(corrector: Corrector) -> None:
    """The bundle has a mask for each word; its cuts are within the word and leave no short part."""
    model = corrector.model
    arrays = {name: model.array(name) for name in ("first", "label", "word", "cost")}
    masks = model.array("cuts")
    words = atoms.spellings(arrays)
    assert len(masks) == len(words)
    assert 0.05 < sum(map(bool, masks)) / len(words) < 0.9
    for key, mask in zip(words, masks, strict=True):
        if mask:
            bounds = [0, *(k for k in range(32) if mask >> k & 1)]
            assert mask.bit_length() <= len(key)
            assert all(b - a >= 3 for a, b in pairwise(bounds))
