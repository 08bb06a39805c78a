"""Calibration of terms: from held-out clean text, misread on purpose, to weights and thresholds.

No pages show enough fluent misreadings to learn from, so they are planted in clean text
(`noise.misread_terms`); what is proposed in the same text as it was shows what does harm.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from typing import Any

import numpy as np
from rapidfuzz.distance import Levenshtein
from tqdm import tqdm

from thaifix.correct.stages.terms import FEATURES, Candidate, Terms, features
from thaifix.kernel.symbols import NEWLINE, decode, encode
from thaifix.lexicon.entries import shipped
from thaifix.model import ngram, phrases
from thaifix.model.bundle import Model
from thaifix.model.decoder import build_decoder
from thaifix.noise import Planted, Words, misread_terms, touching
from thaifix.training.atoms import spellings
from thaifix.training.logistic import logistic

DOCUMENT = 6_000
"""Code points of a practice document, about."""

PHRASES = 12
"""Phrases misread in each."""

CLEAN = 2.0
"""Weight of what is proposed in clean text, against what is proposed in misread text."""

HARM = {"strict": 0.02, "normal": 0.12, "bold": 0.3}
"""Changed spans per 10,000 code points of held-out clean text that a profile may cost."""

FLOOR = {"strict": 0.97, "normal": 0.82, "bold": 0.6}
"""Lowest confidence of each profile, whatever the clean text allows."""

TYPO = 12.0
"""Gain from which a change of one or two letters in clean text is taken for its author's typing
error and left out."""

FREQUENT = 12.5
"""Words that cost more than this alone, in nats, are not what an engine misreads words as."""

_WORD = re.compile("[\u0e01-\u0e4e]{2,}")


def decision(model: Model, clean: Sequence[str]) -> dict[str, Any]:
    """Weights and thresholds for candidates of terms.

    Args:
        model: A bundle whose language model is complete.
        clean: Paragraphs that the language model has not seen.
    """
    decoder = build_decoder(model)
    terms = Terms(phrases.unpack(model.array("phrases")), decoder, decoder, model.array("cuts"))
    words = Words(_frequent(model))
    known = [(p, at) for p in terms.index.phrases.texts if (at := terms.divisions(p))]
    x: list[list[float]] = []
    right: list[bool] = []
    weight: list[float] = []
    harmless: list[int] = []  # rows of clean text that are no author's typing error
    documents = list(_documents(clean))
    for seed, text in enumerate(tqdm(documents, desc="terms", disable=None)):
        observed, planted = misread_terms(text, known, words, most=PHRASES, seed=seed)
        for candidate in propose(terms, observed):
            x.append(features(candidate, observed))
            right.append(restores(candidate, observed, planted))
            weight.append(1.0)
        for candidate in propose(terms, text):
            if not _typo(candidate):
                harmless.append(len(x))
                x.append(features(candidate, text))
                right.append(False)
                weight.append(CLEAN)
    matrix = np.array(x).reshape(-1, len(FEATURES))
    weights = np.round(logistic(matrix, np.array(right, float), np.array(weight)), 4)
    risky = np.sort(1 / (1 + np.exp(-matrix[harmless] @ weights)))[::-1]
    size = sum(map(len, documents))
    thresholds = {}
    for profile, harm in HARM.items():
        allowed = int(harm * size / 10_000)
        bound = float(risky[allowed]) if allowed < len(risky) else 0.0
        thresholds[profile] = round(max(bound, FLOOR[profile]) + 5e-5, 4)
    return {
        "weights": dict(zip(FEATURES, weights.tolist(), strict=True)),
        "thresholds": thresholds,
        "judged": len(x),
        "clean_code_points": size,
    }


def scanned(model: Model) -> bytes:
    """The phrases of the lexicons that come with thaifix, scanned and packed."""
    decoder = build_decoder(model)
    return phrases.pack(phrases.scan(shipped(), decoder))


def propose(terms: Terms, text: str) -> list[Candidate]:
    """All candidates in a document."""
    symbols = encode(text)
    whole = terms.index.strings.find(symbols)
    familiar = terms.index.familiar(whole)
    return terms.candidates(text, symbols, terms.scan(symbols), whole, familiar)


def restores(c: Candidate, observed: str, planted: Sequence[Planted]) -> bool:
    """Whether a candidate leads, there, to the text that one planted misreading came from."""
    for p in touching(planted, c.start, c.end):
        lo, hi = min(c.start, p.start), max(c.end, p.end)
        mine = observed[lo : c.start] + c.intended + observed[c.end : hi]
        theirs = observed[lo : p.start] + p.intended + observed[p.end : hi]
        if "".join(mine.split()) == "".join(theirs.split()):
            return True
    return False


def _documents(paragraphs: Iterable[str]) -> Iterator[str]:
    held: list[str] = []
    size = 0
    for paragraph in paragraphs:
        held.append(paragraph)
        size += len(paragraph)
        if size > DOCUMENT:
            yield "\n".join(held)
            held, size = [], 0


def _typo(c: Candidate) -> bool:
    apart = Levenshtein.distance(c.observed, c.intended)
    return apart <= 2 and len(c.intended) > 2 and c.gain >= TYPO


def _frequent(model: Model) -> Iterator[str]:
    arrays = {name: model.array(name) for name in ("first", "label", "word", "cost")}
    costs = arrays["cost"]
    words = spellings(arrays)
    first = len(costs) - len(words)
    for key, cost in zip(words, costs[first:], strict=True):
        word = decode(bytes(s for s in key if s < NEWLINE))
        if cost * ngram.STEP <= FREQUENT and _WORD.fullmatch(word):
            yield word
