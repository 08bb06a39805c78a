"""Calibration: from a language model and pairs to a complete bundle.

What is learned from pairs is learned crosswise: the confusion model that proposes a change
on a page has not seen the page's article, nor have the weights that are measured on it.
"""

from __future__ import annotations

import hashlib
import json
import random
import tomllib
import zlib
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np
from rapidfuzz.distance import Levenshtein
from tqdm import tqdm

from thaifix.correct.noise_level import NoiseLevel
from thaifix.correct.proposals import FEATURES, Proposal, features, in_name
from thaifix.correct.tuning import Tuning
from thaifix.correct.windows import Windows
from thaifix.lexicon.entries import Lexicon
from thaifix.model import confusion
from thaifix.model.bundle import Model, write
from thaifix.text.blocks import blocks
from thaifix.text.edit import apply
from thaifix.text.normalize import normalize
from thaifix.text.protect import protected_spans
from thaifix.training import atoms
from thaifix.training import language as train
from thaifix.training import terms as calibrate_terms
from thaifix.training.logistic import logistic

FOLDS = 4
SCALE = 1.0
"""Weight of the confusion model against the n-gram model."""

HARM = {"strict": 0.01, "normal": 0.25, "bold": 0.5}
"""Changed spans per 10,000 code points of held-out clean text that a profile may cost."""

FLOOR = {"strict": 0.7, "normal": 0.45, "bold": 0.28}
"""Lowest confidence of each profile, whatever the clean text allows."""

TYPO = 18.0
"""Margin from which a change in clean text is taken for its author's typing error and left out,
but for names and abbreviations: a sample, read by eye, held nine such errors in ten."""

PRIOR = {"entry": 1.0, "foreign": 3.0}
"""Weights in nats that no pairs show: of a user's term, and of a foreign letter in a Thai word,
which is always wrong."""

_NEAR = 8  # code points to each side of a proposal that are compared with the intended text
_SECTIONS = ("first", "label", "word", "letters", "cost", "backoff", "pairs", "triples")


class Judged(NamedTuple):
    """A proposal's features and whether it brings the text nearer to the intended one."""

    features: list[float]
    right: bool


def build(
    *,
    pairs: Path,
    text: Path,
    lexicons: Path,
    out: Path,
    language: Path | None = None,
    leave_out: tuple[int, int] | None = None,
) -> str:
    """Build a model bundle and return its stamp.

    Args:
        pairs: JSON lines with `source` (article), `ocr`, `gold` and `lines`, the last a list
            of [observed, intended].
        text: Clean text, a paragraph a line, plain or .xz.
        lexicons: Folder with the lexicons whose terms are words, and their `sources.toml`.
        out: The bundle to write.
        language: A bundle whose language model is taken over instead of learned.
        leave_out: (k, n): ignore the k-th of n parts of the articles, for cross-validation.
    Raises:
        ModelError: If `language` cannot be used.
        OSError: If a file cannot be read or written.
    """
    pages = [json.loads(line) for line in pairs.read_text(encoding="utf-8").splitlines()]
    if leave_out:
        pages = [p for p in pages if part_of(p["source"], leave_out[1]) != leave_out[0]]
    if language:
        base = Model(language)
        arrays: dict[str, Any] = {name: base.array(name) for name in _SECTIONS}
        recipe = base.header["recipe"]
        clean = [t for i, t in enumerate(train.paragraphs(text)) if i % train.HELD_OUT == 7]
    else:
        learned = train.language(text, lexicons)
        arrays, recipe, clean = learned.arrays, learned.recipe, learned.held_out
    header: dict[str, Any] = {
        "recipe": recipe,
        "origin": {
            "text": _digest(text),
            "pairs": _digest(pairs),
            "pages": len(pages),
            "lexicons": _manifest(lexicons / "sources.toml"),
        },
        "tuning": Tuning().header(),
        "decoder": train.DECODER,
        "confusions": [],
        "decision": {"weights": {}, "thresholds": dict.fromkeys(HARM, 1.0)},
        "terms": {"weights": {}, "thresholds": dict.fromkeys(HARM, 1.0)},
    }
    arrays["cuts"] = atoms.cuts(arrays)
    scratch = out.with_name(out.name + ".scratch")
    try:
        write(scratch, header, arrays)
        arrays["phrases"] = calibrate_terms.scanned(Model(scratch))
        write(scratch, header, arrays)
        model = Model(scratch)
        header["decision"] = _decision(model, pages, clean)
        header["terms"] = calibrate_terms.decision(model, clean)
    finally:
        scratch.unlink(missing_ok=True)
    header["confusions"] = _confusions(pages)
    return write(out, header, arrays)


def part_of(article: str, parts: int) -> int:
    """Which of so many parts an article belongs to; the same on every machine."""
    return zlib.crc32(article.encode()) % parts


def _confusions(pages: Iterable[dict[str, Any]]) -> list[tuple[str, str, float]]:
    lines = ((o, t) for page in pages for o, t in page["lines"])
    return confusion.costs(train.confusions(lines), SCALE)


def _decision(model: Model, pages: list[dict[str, Any]], clean: Sequence[str]) -> dict[str, Any]:
    """Weights and thresholds, from pages read by models that did not learn from them."""
    judged: list[Judged] = []
    for fold in range(FOLDS):
        inside = [p for p in pages if part_of("fold " + p["source"], FOLDS) == fold]
        model.header["confusions"] = _confusions(p for p in pages if p not in inside)
        windows = Windows(model, Lexicon(), Tuning())
        for page in tqdm(inside, desc=f"fold {fold + 1}/{FOLDS}", disable=None):
            for observed, intended in _variants(page, clean):
                judged += judge(windows, observed, intended)
    model.header["confusions"] = _confusions(pages)
    windows = Windows(model, Lexicon(), Tuning())
    joined = "\n".join(clean) + "\n"
    harmless = judge(windows, joined, None)
    x = np.array([j.features for j in (*judged, *harmless)])
    y = np.array([j.right for j in (*judged, *harmless)], float)
    weight = np.array([1 / 3] * len(judged) + [1.0] * len(harmless))
    weights = np.round(logistic(x, y, weight), 4)
    risky = np.sort(1 / (1 + np.exp(-x[len(judged) :] @ weights)))[::-1]
    thresholds = {}
    for profile, harm in HARM.items():
        allowed = int(harm * len(joined) / 10_000)
        bound = float(risky[allowed]) if allowed < len(risky) else 0.0
        thresholds[profile] = round(max(bound, FLOOR[profile]) + 5e-5, 4)
    return {
        "weights": {**dict(zip(FEATURES, weights.tolist(), strict=True)), **PRIOR},
        "thresholds": thresholds,
        "judged": len(judged),
        "clean_code_points": len(joined),
    }


def _variants(page: dict[str, Any], clean: Sequence[str]) -> list[tuple[str, str]]:
    """(observed, intended): a page as it is; with sara am composed; with most lines read rightly;
    a few of its lines in clean text.
    """
    observed, intended = page["ocr"], page["gold"]
    rnd = random.Random(page["source"])
    right = rnd.choice([0.3, 0.6, 0.85, 0.95])
    mixed = "\n".join(t if rnd.random() < right else o for o, t in page["lines"])
    composed = observed.replace(
        "\N{THAI CHARACTER NIKHAHIT}\N{THAI CHARACTER SARA AA}", "\N{THAI CHARACTER SARA AM}"
    )
    few = rnd.sample(page["lines"], min(3, len(page["lines"])))
    diluted = few + [(t, t) for t in rnd.sample(list(clean), min(10, len(clean)))]
    rnd.shuffle(diluted)
    return [
        (observed, intended),
        (composed, intended),
        (mixed, intended),
        ("\n".join(o for o, _ in diluted), "\n".join(t for _, t in diluted)),
    ]


def judge(windows: Windows, observed: str, intended: str | None) -> list[Judged]:
    """All proposals on a text, judged by the intended text (None: nothing may change)."""
    out = []
    noise = NoiseLevel()
    for block in blocks([observed]):
        rules = normalize(block.text)
        text = apply(block.text, rules)
        found, noise, _ = windows.propose(
            text, protected_spans(text), fired=len(rules), noise=noise
        )
        if intended is None:
            found = [p for p in found if not _typo(p, text)]
            gains = [-1] * len(found)
        else:
            gains = _gains(text, found, intended)
        for proposal, gain in zip(found, gains, strict=True):
            out.append(Judged(features(proposal, text, noise), gain > 0))
    return out


def _typo(p: Proposal, text: str) -> bool:
    return p.margin >= TYPO and "." not in p.observed + p.intended and not in_name(p, text)


def _gains(text: str, proposals: Sequence[Proposal], intended: str) -> list[int]:
    """By how many letters each proposal alone brings its surroundings nearer."""
    place = [0] * (len(text) + 1)
    for block in Levenshtein.opcodes(text, intended):
        for i in range(block.src_start, block.src_end):
            place[i] = min(block.dest_start + i - block.src_start, block.dest_end)
    place[len(text)] = len(intended)
    gains = []
    for p in proposals:
        a, b = max(0, p.start - _NEAR), min(len(text), p.end + _NEAR)
        target = intended[place[a] : place[b]]
        after = text[a : p.start] + p.intended + text[p.end : b]
        gains.append(Levenshtein.distance(text[a:b], target) - Levenshtein.distance(after, target))
    return gains


def _manifest(path: Path) -> dict[str, Any]:
    return tomllib.loads(path.read_text(encoding="utf-8")) if path.exists() else {}


def _digest(path: Path) -> dict[str, Any]:
    data = path.read_bytes()
    return {"name": path.name, "bytes": len(data), "sha256": hashlib.sha256(data).hexdigest()}
