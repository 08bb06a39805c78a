"""The language model: word list, n-grams and letter costs from running text.

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
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import islice
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np
from tqdm import tqdm

from thaifix.errors import TrainingError
from thaifix.kernel.channel import Channel
from thaifix.kernel.decoder import Decoder
from thaifix.kernel.symbols import BOUNDARY, FIRST_WORD, LETTERS, UNKNOWN, encode
from thaifix.kernel.trie import Trie, build_trie
from thaifix.model import ngram
from thaifix.text.edit import apply
from thaifix.text.normalize import normalize
from thaifix.text.script import LEADING_VOWELS
from thaifix.training.letter_model import letter_costs

PARAGRAPHS_PER_HELD_OUT = 100
"""One paragraph in so many is kept for calibration: by judgement, few enough not to be missed in
the language model. Of the text of the model that ships these are 1.4 million code points."""

FIRST_HELD_OUT = 7
"""Paragraphs before the first one that is kept: any number would do, but another one gives another
model."""

RECIPE: dict[str, float] = {
    "pairs": 700_000,  # bigrams kept; with the trigrams they make a bundle of about 11 MB
    "triples": 1_050_000,  # trigrams kept
    "general_share": 0.2,  # of the general word counts in the unigrams
    "word_floor": 0.3,  # count of a word that was never seen
    "lexicon_floor": 2.0,  # ... if a lexicon has it
    "form_floor": 1000.0,  # ... if it is a word of official letters, which news do not show
    "discover_count": 30,  # an unknown string this frequent becomes a word
    "discover_letters": 4,  # ... if it has so many code points
    "discover_ratio": 20,  # ... unless a word one letter away is this much more frequent
}
"""What is kept and how much counts, all by judgement; comes with the bundle. Floors are counts, as
if a word had been seen so often."""

WORD_TABLES = ("abbreviations", "forms", "informal", "names", "places")
"""Lexicons whose terms are words, but for those of type `phrase`."""

DECODER = {
    "any_one": 6.0,  # a foreign letter read as any one Thai letter
    "any_two": 8.0,  # ... as any two
    "unknown_cost": 3.0,  # an unknown word, besides its letters
    "foreign_cost": 12.0,  # a foreign letter in an unknown word
    "abbreviation_cost": 2.0,  # a letter of an abbreviation that is no word
    "line_nothing": 0.7,  # a line end that stands for nothing
    "line_space": 1.0,  # ... for a space
    "line_boundary": 2.5,  # ... for the end of a paragraph
    "line_inside": 4.0,  # ... inside a word
    "scan_width": 6,  # words that the scan keeps at a position: a bound, no cost
}
"""What the decoder goes by, costs in nats; all by judgement. It comes with the bundle."""

_START_COUNT = 0.5
"""Added to the count of each word and class, so that none is impossible: by judgement, the
usual half."""

_START_CLASS = 0.01
"""Probability of each word class (numbers, signs, ...) in the first reading of the text, before
anything is counted: by judgement."""

_START_LETTER = 3.6
"""Cost in nats of any letter of an unknown word while the text is cut into words: by judgement, one
letter of some forty."""

_WORD = re.compile("[\u0e01-\u0e2e\u0e40-\u0e44][\u0e01-\u0e3a\u0e40-\u0e4e]*")
_ABBREVIATION = re.compile("(?=.*\\.)[\u0e01-\u0e4e.]+")
_SIGNS = ("ๆ", "ฯ", "ฯลฯ", "ณ", "ธ")
"""Words that no pattern of words fits, or that are one letter."""

_LETTERS = [chr(c) for c in (*range(0xE01, 0xE2F), *range(0xE30, 0xE3B), *range(0xE40, 0xE4F))]
"""All that a Thai word can be spelled with, and a few signs that stand between in Unicode."""


class Language(NamedTuple):
    """A language model as a bundle has it, and what is kept for calibration.

    Attributes:
        arrays: Sections of the bundle by name.
        held_out: Paragraphs that the model was not learned from, normalised.
        recipe: `RECIPE`, and what was made by it.
    """

    arrays: dict[str, Any]
    held_out: list[str]
    recipe: dict[str, Any]


def paragraphs(path: Path) -> Iterator[str]:
    """Normalised paragraphs of a text, one a line, plain or .xz.

    Raises:
        TrainingError: If it is not UTF-8, or no .xz though its name says so.
        OSError: If it cannot be read.
    """
    opener: Any = lzma.open if path.suffix == ".xz" else open
    try:
        with opener(path, "rt", encoding="utf-8") as lines:
            for line in lines:
                text = line.rstrip("\n")
                yield apply(text, normalize(text))
    except UnicodeDecodeError as error:
        raise TrainingError(f"{path}: not UTF-8 ({error.reason}). Convert the file") from error
    except (lzma.LZMAError, EOFError) as error:
        raise TrainingError(f"{path}: no whole .xz ({error}). Compress the text anew") from error


def held_out(everything: Iterable[str]) -> list[str]:
    """The paragraphs of a text that are kept for calibration."""
    return list(islice(everything, FIRST_HELD_OUT, None, PARAGRAPHS_PER_HELD_OUT))


def learn_language(text: Path, lexicons: Path) -> Language:
    """Learn the word list, the n-gram model and the letter model.

    The text is cut into words twice: first by general counts, to find words that no list knows,
    then by its own.

    Args:
        text: Clean text, a paragraph a line.
        lexicons: Folder with the lexicons (`*.tsv`) whose terms are words.
    Raises:
        TrainingError: If the text cannot be used.
        OSError: If a file cannot be read.
    Memory: about 100 bytes a word of the text.
    """
    general = _general_counts()
    floors = vocabulary(lexicons)
    words = sorted(floors, key=encode)
    learned, kept = _divided(list(tqdm(paragraphs(text), desc="read", disable=None)))

    start = np.array([general[w] + _START_COUNT for w in words])
    classes = np.full(FIRST_WORD, _START_CLASS)
    unknown: Counter[str] = Counter()
    tokens = _segment(_unigram_decoder(words, start / start.sum(), classes), learned, unknown)
    seen, classes = _counts(tokens, words)
    found = discover(unknown, seen)
    seen.update((w, unknown[w]) for w in found)
    words = sorted({*words, *found}, key=encode)

    unigram = _mix(words, seen, general, floors, classes)
    decoder = _unigram_decoder(words, unigram[FIRST_WORD:], unigram[:FIRST_WORD])
    tokens = _segment(decoder, learned, None)
    seen, classes = _counts(tokens, words)
    unigram = _mix(words, seen, general, floors, classes)
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
        "paragraphs": len(learned),
        "code_points": sum(map(len, learned)),
        "tokens": len(tokens),
        "words": len(words),
        "discovered": found,
    }
    return Language(arrays, kept, recipe)


def _divided(everything: list[str]) -> tuple[list[str], list[str]]:
    """The paragraphs to learn from, and those that are kept."""
    kept = held_out(everything)
    del everything[FIRST_HELD_OUT::PARAGRAPHS_PER_HELD_OUT]
    return everything, kept


def _counts(tokens: Any, words: Sequence[str]) -> tuple[dict[str, int], Any]:
    """How often each word, and each word class, stands among tokens."""
    counts = np.bincount(tokens, minlength=FIRST_WORD + len(words))
    seen = dict(zip(words, counts[FIRST_WORD:].tolist(), strict=True))
    return seen, counts[:FIRST_WORD]


def vocabulary(lexicons: Path) -> dict[str, float]:
    """Words of pythainlp's list (CC0) and of the lexicons, with the counts they have at least.

    Args:
        lexicons: Folder with the tables of `WORD_TABLES`, each with the columns `term` and `type`.
    Raises:
        OSError: If a table cannot be read.
    """
    from pythainlp.corpus import thai_words

    words = dict.fromkeys([*filter(_WORD.fullmatch, thai_words()), *_SIGNS], RECIPE["word_floor"])
    for name in WORD_TABLES:
        with (lexicons / f"{name}.tsv").open(encoding="utf-8", newline="") as file:
            for row in csv.DictReader(file, delimiter="\t", quoting=csv.QUOTE_NONE):
                term = row.get("term") or ""
                if row["type"] == "phrase":
                    continue
                if _WORD.fullmatch(term) or _ABBREVIATION.fullmatch(term):
                    words[term] = RECIPE["form_floor" if row["type"] == "form" else "lexicon_floor"]
    return {apply(w, normalize(w)): floor for w, floor in words.items()}


def discover(unknown: Mapping[str, int], known: Mapping[str, int]) -> list[str]:
    """Frequent unknown strings that are no misspelling of a more frequent word, sorted.

    Args:
        unknown: Strings between known words, with their counts.
        known: Words with their counts.
    """
    found = []
    for string, times in unknown.items():
        if times < RECIPE["discover_count"] or len(string) < RECIPE["discover_letters"]:
            continue
        if not _WORD.fullmatch(string) or string[-1] in LEADING_VOWELS:
            continue
        if all(known.get(w, 0) <= RECIPE["discover_ratio"] * times for w in _one_away(string)):
            found.append(string)
    return sorted(found)


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
    """P by word id: the text's counts and the general ones; classes keep their share of the text.

    Args:
        words: In the order of their ids.
        seen: Counts in the text.
        general: Counts elsewhere.
        floors: What is added to the text's counts.
        classes: Counts of the word classes in the text.
    """
    least, share = RECIPE["word_floor"], RECIPE["general_share"]
    ours = np.array([seen.get(w, 0) + floors.get(w, least) for w in words])
    others = np.array([general[w] + least for w in words])
    p = (1 - share) * ours / ours.sum() + share * others / others.sum()
    rest = classes + _START_COUNT
    of_classes = rest.sum() / (rest.sum() + ours.sum())
    return np.concatenate([rest / rest.sum() * of_classes, p * (1 - of_classes)])


def _unigram_decoder(words: list[str], p: Any, classes: Any) -> Decoder:
    """A decoder that knows how likely each word is, and nothing of its neighbours.

    Args:
        words: In the order of their ids.
        p: Probability of each.
        classes: Probability of each word class.
    """
    cost = -np.log(np.concatenate([classes, p])) / ngram.STEP
    quantised = np.clip(np.rint(cost), 0, 255).astype(np.uint8)
    empty = np.zeros(1, np.uint32)
    costs: dict[str, Any] = {k: v for k, v in DECODER.items() if not k.startswith("any_")}
    return Decoder(
        Trie(*build_trie([encode(w) for w in words])),
        ngram.load(quantised, np.zeros_like(quantised), empty, empty),
        Channel([], math.inf, math.inf),
        np.full(LETTERS**3, round(_START_LETTER / ngram.STEP), np.uint8),
        None,
        **costs,
    )


def _segment(decoder: Decoder, texts: Iterable[str], unknown: Counter[str] | None) -> Any:
    """Cut texts into words.

    Args:
        decoder: Cuts.
        texts: Without line ends.
        unknown: Counts the strings that are no words, as long as they go, if they are wanted.
    Returns:
        Word ids (uint32), a boundary before, between and after the texts; an unknown string is one.
    """
    parts = [array("I", [BOUNDARY])]
    for text in tqdm(texts, desc="segment", disable=None):
        starts, words, _ = decoder.scan(encode(text))
        ids = array("I")
        begin = -1  # of the unknown string that the last words make, if they do
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
    """All strings that a word becomes by one letter more, less, or another one."""
    for i in range(len(word) + 1):
        for letter in _LETTERS:
            yield word[:i] + letter + word[i:]
            if i < len(word):
                yield word[:i] + letter + word[i + 1 :]
        if i < len(word):
            yield word[:i] + word[i + 1 :]
