"""Training: word list, n-gram model and letter model from running text.

Needs numpy (`pip install thaifix[train]`); correction never imports it. Equal input gives
equal output, bit for bit.
"""

from __future__ import annotations

import csv
import lzma
import math
import re
from array import array
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np
from tqdm import tqdm

from thaifix.kernel.channel import Channel
from thaifix.kernel.decoder import Decoder
from thaifix.kernel.symbols import (
    BOUNDARY,
    FIRST_WORD,
    LETTERS,
    NEWLINE,
    UNKNOWN,
    encode,
)
from thaifix.kernel.trie import Trie, build_trie
from thaifix.model import confusion, ngram
from thaifix.text.edit import apply
from thaifix.text.normalize import normalize

HELD_OUT = 100
"""One paragraph in so many is kept for calibration."""

RECIPE: dict[str, float] = {
    "pairs": 700_000,
    "triples": 1_050_000,
    "general_share": 0.2,  # of the general word counts in the unigrams
    "word_floor": 0.3,  # count of a word that was never seen
    "lexicon_floor": 2.0,  # ... if a lexicon has it
    "form_floor": 1000.0,  # ... if it is a phrase of letters, which news do not show
    "discover_count": 30,  # an unknown string this frequent becomes a word
    "discover_letters": 4,
    "discover_ratio": 20,  # ... unless a word one letter away is this much more frequent
}

WORDS = ("abbreviations", "forms", "informal", "names", "places")
"""Lexicons whose terms are words, but for those of type `phrase`."""

DECODER = {
    "any_one": 6.0,
    "any_two": 8.0,
    "unknown_cost": 3.0,
    "foreign_cost": 12.0,
    "abbreviation_cost": 2.0,
    "line_nothing": 0.7,
    "line_space": 1.0,
    "line_boundary": 2.5,
    "line_inside": 4.0,
}
"""The decoder's constants, nats."""

_WORD = re.compile("[\u0e01-\u0e2e\u0e40-\u0e44][\u0e01-\u0e3a\u0e40-\u0e4e]*")
_ABBREVIATION = re.compile("(?=.*\\.)[\u0e01-\u0e4e.]+")
_SIGNS = ("ๆ", "ฯ", "ฯลฯ", "ณ", "ธ")
_LETTERS = [chr(c) for c in (*range(0xE01, 0xE2F), *range(0xE30, 0xE3B), *range(0xE40, 0xE4F))]


class Language(NamedTuple):
    """The arrays of the bundle that come from running text."""

    arrays: dict[str, Any]
    held_out: list[str]
    recipe: dict[str, Any]


def paragraphs(path: Path) -> Iterator[str]:
    """Normalised paragraphs of a text, one a line, plain or .xz."""
    opener: Any = lzma.open if path.suffix == ".xz" else open
    with opener(path, "rt", encoding="utf-8") as lines:
        for line in lines:
            text = line.rstrip("\n")
            yield apply(text, normalize(text))


def language(text: Path, lexicons: Path) -> Language:
    """Learn the word list, the n-gram model and the letter model.

    Args:
        text: Clean text, a paragraph a line.
        lexicons: Folder with the lexicons (`*.tsv`) whose terms are words.
    Memory: about 100 bytes a word of the text.
    """
    general = _general_counts()
    floors = vocabulary(lexicons)
    words = sorted(floors, key=encode)
    everything = list(tqdm(paragraphs(text), desc="read", disable=None))
    held_out = everything[7::HELD_OUT]
    learn = [p for i, p in enumerate(everything) if i % HELD_OUT != 7]
    del everything

    start = np.array([general[w] + 0.5 for w in words])
    decoder = _unigram_decoder(words, start / start.sum(), np.full(FIRST_WORD, 0.01))
    unknown: Counter[str] = Counter()
    tokens = _segment(decoder, learn, unknown)
    counts = np.bincount(tokens, minlength=FIRST_WORD + len(words))
    found = discover(unknown, dict(zip(words, counts[FIRST_WORD:].tolist(), strict=True)))
    seen = dict(zip(words, counts[FIRST_WORD:].tolist(), strict=True))
    seen.update((w, unknown[w]) for w in found)
    words = sorted({*words, *found}, key=encode)

    unigram = _mix(words, seen, general, floors, counts[:FIRST_WORD])
    decoder = _unigram_decoder(words, unigram[FIRST_WORD:], unigram[:FIRST_WORD])
    tokens = _segment(decoder, learn, None)
    counts = np.bincount(tokens, minlength=FIRST_WORD + len(words))
    seen = dict(zip(words, counts[FIRST_WORD:].tolist(), strict=True))
    unigram = _mix(words, seen, general, floors, counts[:FIRST_WORD])
    model = ngram.estimate(
        tokens, unigram, pairs=int(RECIPE["pairs"]), triples=int(RECIPE["triples"])
    )
    first, label, word = build_trie([encode(w) for w in words])
    arrays = {
        "first": first, "label": label, "word": word, "letters": letter_costs(words),
        **model._asdict(),
    }  # fmt: skip
    recipe = {
        **RECIPE,
        "paragraphs": len(learn),
        "code_points": sum(map(len, learn)),
        "tokens": len(tokens),
        "words": len(words),
        "discovered": found,
    }
    return Language(arrays, held_out, recipe)


def vocabulary(lexicons: Path) -> dict[str, float]:
    """Words of pythainlp's list (CC0) and of the lexicons, with the counts they have at least."""
    from pythainlp.corpus import thai_words

    words = dict.fromkeys([*filter(_WORD.fullmatch, thai_words()), *_SIGNS], RECIPE["word_floor"])
    for name in WORDS:
        with (lexicons / f"{name}.tsv").open(encoding="utf-8", newline="") as file:
            for row in csv.DictReader(file, delimiter="\t", quoting=csv.QUOTE_NONE):
                term = row.get("term") or ""
                if row["type"] == "phrase":
                    continue
                if _WORD.fullmatch(term) or _ABBREVIATION.fullmatch(term):
                    words[term] = RECIPE["form_floor" if row["type"] == "form" else "lexicon_floor"]
    return {apply(w, normalize(w)): floor for w, floor in words.items()}


def discover(unknown: Mapping[str, int], known: Mapping[str, int]) -> list[str]:
    """Frequent unknown strings that are no misspelling of a more frequent word, sorted."""
    found = []
    for string, times in unknown.items():
        if times < RECIPE["discover_count"] or len(string) < RECIPE["discover_letters"]:
            continue
        if not _WORD.fullmatch(string) or string[-1] in "เแโใไ":
            continue
        if all(known.get(w, 0) <= RECIPE["discover_ratio"] * times for w in _one_away(string)):
            found.append(string)
    return sorted(found)


def letter_costs(words: Iterable[str]) -> Any:
    """-log P(letter | two letters before) over the words as types; LETTERS**3 bytes.

    Witten-Bell interpolation; symbol 0 stands before a word's first letter.
    """
    three = np.zeros((LETTERS, LETTERS, LETTERS))
    for word in words:
        a = b = 0
        for s in [*(s for s in encode(word) if s < NEWLINE), 0]:
            three[a, b, s] += 1
            a, b = b, s
    two, one = three.sum(0), three.sum((0, 1))
    p1 = (one + 0.5) / (one + 0.5).sum()
    p2 = _witten_bell(two, p1)
    p3 = _witten_bell(three, p2[None])
    return np.clip(np.rint(-np.log(p3) / ngram.STEP), 0, 255).astype(np.uint8).ravel()


def _witten_bell(counts: Any, lower: Any) -> Any:
    total = counts.sum(-1, keepdims=True)
    kinds = (counts > 0).sum(-1, keepdims=True)
    return np.where(total > 0, (counts + kinds * lower) / np.maximum(total + kinds, 1), lower)


def _general_counts() -> Counter[str]:
    """Counts of the Thai National Corpus and the Thai Textbook Corpus (pythainlp, CC0)."""
    from pythainlp.corpus import tnc, ttc

    return Counter(dict(tnc.unigram_word_freqs())) + Counter(dict(ttc.unigram_word_freqs()))


def _mix(
    words: list[str],
    seen: Mapping[str, int],
    general: Counter[str],
    floors: Mapping[str, float],
    classes: Any,
) -> Any:
    """P(word id): the text's counts and the general ones; classes keep their share."""
    least, share = RECIPE["word_floor"], RECIPE["general_share"]
    ours = np.array([seen.get(w, 0) + floors.get(w, least) for w in words])
    others = np.array([general[w] + least for w in words])
    p = (1 - share) * ours / ours.sum() + share * others / others.sum()
    rest = classes + 0.5
    of_classes = rest.sum() / (rest.sum() + ours.sum())
    return np.concatenate([rest / rest.sum() * of_classes, p * (1 - of_classes)])


def _unigram_decoder(words: list[str], p: Any, classes: Any) -> Decoder:
    cost = -np.log(np.concatenate([classes, p])) / ngram.STEP
    quantised = np.clip(np.rint(cost), 0, 255).astype(np.uint8)
    empty = np.zeros(1, np.uint32)
    costs: dict[str, Any] = {k: v for k, v in DECODER.items() if not k.startswith("any_")}
    return Decoder(
        Trie(*build_trie([encode(w) for w in words])),
        ngram.load(quantised, np.zeros_like(quantised), empty, empty),
        Channel([], math.inf, math.inf),
        np.full(LETTERS**3, round(3.6 / ngram.STEP), np.uint8),
        None,
        **costs,
    )


def _segment(decoder: Decoder, texts: list[str], unknown: Counter[str] | None) -> Any:
    """Word ids of all texts, each text ended by a boundary; counts unknown strings."""
    parts = [array("I", [BOUNDARY])]
    for text in tqdm(texts, desc="segment", disable=None):
        starts, words, _ = decoder.scan(encode(text))
        ids = array("I")
        begin = -1
        for start, word in zip(starts, words, strict=True):
            if word == UNKNOWN:
                if begin < 0:
                    begin = start
                    ids.append(UNKNOWN)
                continue
            if begin >= 0 and unknown is not None:
                unknown[text[begin:start]] += 1
            begin = -1
            ids.append(word)
        if begin >= 0 and unknown is not None:
            unknown[text[begin:]] += 1
        ids.append(BOUNDARY)
        parts.append(ids)
    return np.concatenate([np.frombuffer(part, np.uint32) for part in parts])


def _one_away(word: str) -> Iterator[str]:
    for i in range(len(word) + 1):
        for letter in _LETTERS:
            yield word[:i] + letter + word[i:]
            if i < len(word):
                yield word[:i] + letter + word[i + 1 :]
        if i < len(word):
            yield word[:i] + word[i + 1 :]


def confusions(lines: Iterable[tuple[str, str]]) -> confusion.Confusions:
    """Count confusions of (observed, intended) lines, after normalisation."""
    return confusion.count(
        (re.sub(" +", " ", apply(o, normalize(o))).strip(), re.sub(" +", " ", t).strip())
        for o, t in lines
    )
