"""Calibration of terms: from clean text, misread on purpose, to weights and thresholds.

No pages show enough fluent misreadings to learn from, so they are planted in clean text
(`noise.misread_terms`); what is proposed in the same text as it was shows what does harm.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from typing import Any

from rapidfuzz.distance import Levenshtein
from tqdm import tqdm

from thaifix.correct.stages.term_features import FEATURES, Candidate, features
from thaifix.correct.stages.term_finder import TermFinder
from thaifix.kernel.symbols import NEWLINE, decode, encode
from thaifix.lexicon.entries import shipped
from thaifix.model import ngram, phrases
from thaifix.model.bundle import Model
from thaifix.model.decoder import build_decoder
from thaifix.noise import Planted, WordPool, misread_terms, touching
from thaifix.training import thresholds
from thaifix.training.atoms import spellings
from thaifix.training.thresholds import Judged, Promise

PRACTICE_CODE_POINTS = 6_000
"""Code points from which on paragraphs make a practice document: by judgement, a few pages, so
that phrases recur in it."""

MISREAD_PHRASES = 12
"""Phrases misread in each practice document, at most: by judgement, so many that most of the
phrases around them stay right."""

CLEAN_WEIGHT = 2.0
"""Weight of a proposal in clean text, against one in misread text: by judgement, as harm counts
more than what is left wrong."""

PROMISES = {
    "strict": Promise(harm=0.02, confidence=0.97),
    "normal": Promise(harm=0.12, confidence=0.82),
    "bold": Promise(harm=0.3, confidence=0.6),
}
"""By judgement: what each profile is for (README, Profiles). A wrong term is worse than a wrong
letter, so that the lowest confidences are higher than those of letters."""

TYPO_GAIN = 12.0
"""Gain in nats from which a change of few letters in clean text is taken for its author's typing
error and left out: by judgement."""

TYPO_LETTERS = 2
"""Letters that such an error changes, at most, of a word that is longer: by judgement."""

FREQUENT_COST = 12.5
"""Cost of a word alone, in nats, up to which engines misread other words as it: by judgement, words
that any newspaper has."""

_WORD = re.compile("[\u0e01-\u0e4e]{2,}")


def calibrate(model: Model, clean: Sequence[str]) -> dict[str, Any]:
    """Find weights and thresholds for candidates of terms.

    Args:
        model: A bundle whose language model, atoms and phrases are complete.
        clean: Paragraphs that the language model has not seen.
    Returns:
        The table `terms` of a bundle's header; see `thresholds.fit`.
    """
    decoder = build_decoder(model)
    terms = TermFinder(
        phrases.unpack(model.array("phrases")), decoder, decoder, model.array("cuts")
    )
    words = WordPool(_frequent(model))
    known = [(p, at) for p in terms.index.phrases.texts if (at := terms.divisions(p))]
    judged: list[Judged] = []
    documents = list(_documents(clean))
    for seed, text in enumerate(tqdm(documents, desc="terms", disable=None)):
        observed, planted = misread_terms(text, known, words, most=MISREAD_PHRASES, seed=seed)
        for candidate in propose(terms, observed):
            right = restores(candidate, observed, planted)
            judged.append(Judged(features(candidate, observed), right, 1.0, False))
        for candidate in propose(terms, text):
            if not _is_typo(candidate):
                judged.append(Judged(features(candidate, text), False, CLEAN_WEIGHT, True))
    return thresholds.fit(judged, FEATURES, sum(map(len, documents)), PROMISES)


def packed_phrases(model: Model) -> bytes:
    """The phrases of the lexicons that come with thaifix, scanned: the section of a bundle."""
    return phrases.pack(phrases.scan(shipped(), build_decoder(model)))


def propose(terms: TermFinder, text: str) -> list[Candidate]:
    """All candidates in a document, whatever the decision thinks of them."""
    symbols = encode(text)
    whole = terms.index.strings.find(symbols)
    familiar = terms.index.familiar(whole)
    return terms.candidates(text, symbols, terms.scan(symbols), whole, familiar)


def restores(candidate: Candidate, observed: str, planted: Sequence[Planted]) -> bool:
    """Whether a candidate leads, there, to the text that one planted misreading came from.

    Args:
        candidate: Of the observed text.
        observed: The text with misreadings.
        planted: The misreadings, in order.
    """
    for p in touching(planted, candidate.start, candidate.end):
        low, high = min(candidate.start, p.start), max(candidate.end, p.end)
        mine = observed[low : candidate.start] + candidate.intended + observed[candidate.end : high]
        true = observed[low : p.start] + p.intended + observed[p.end : high]
        if "".join(mine.split()) == "".join(true.split()):  # spaces do not count
            return True
    return False


def _documents(paragraphs: Iterable[str]) -> Iterator[str]:
    """Join paragraphs to practice documents; what is left over at the end is too short for one."""
    held: list[str] = []
    size = 0
    for paragraph in paragraphs:
        held.append(paragraph)
        size += len(paragraph)
        if size > PRACTICE_CODE_POINTS:
            yield "\n".join(held)
            held, size = [], 0


def _is_typo(candidate: Candidate) -> bool:
    """Whether a change in clean text is rather its author's typing error than harm."""
    apart = Levenshtein.distance(candidate.observed, candidate.intended)
    small = apart <= TYPO_LETTERS < len(candidate.intended)
    return small and candidate.gain >= TYPO_GAIN


def _frequent(model: Model) -> Iterator[str]:
    """The model's frequent words, as far as they are of Thai letters."""
    arrays = {name: model.array(name) for name in ("first", "label", "word", "cost")}
    costs = arrays["cost"]
    words = spellings(arrays)
    classes = len(costs) - len(words)
    for key, cost in zip(words, costs[classes:], strict=True):
        word = decode(bytes(symbol for symbol in key if symbol < NEWLINE))
        if cost * ngram.STEP <= FREQUENT_COST and _WORD.fullmatch(word):
            yield word
