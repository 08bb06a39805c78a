"""Calibration of letters: what the decision makes of proposals on pages and on clean text.

What is learned from pages is learned crosswise: the confusion model that proposes a change on a
page has not seen the page's article.

Nothing is printed but bars of progress, on standard error where that is a terminal. How good the
result is, `benchmarks/cross_validate.py` measures.
"""

from __future__ import annotations

import random
from collections.abc import Sequence
from typing import Any

from rapidfuzz.distance import Levenshtein
from tqdm import tqdm

from thaifix.correct.noise_level import NoiseLevel
from thaifix.correct.proposals import FEATURES, Proposal, features, in_name
from thaifix.correct.stage import DocumentState
from thaifix.correct.stages.broken_clusters import BrokenClusters
from thaifix.correct.stages.letters import Rules
from thaifix.correct.tuning import Tuning
from thaifix.correct.windows import Windows
from thaifix.lexicon.entries import Lexicon
from thaifix.model.bundle import Model
from thaifix.text.blocks import blocks
from thaifix.text.edit import apply
from thaifix.text.protect import protected_spans
from thaifix.training import thresholds
from thaifix.training.pairs import PagePair, confusions, part_of
from thaifix.training.thresholds import Judged, Promise

FOLDS = 4
"""Parts of the articles; the proposals on each are made with the confusions of the others. By
judgement: with more the confusion models differ less from the one that ships, but take longer."""

PROMISES = {
    "strict": Promise(harm=0.01, confidence=0.7),
    "normal": Promise(harm=0.25, confidence=0.45),
    "bold": Promise(harm=0.5, confidence=0.28),
}
"""Harm by judgement: what each profile is for (README, Profiles). Lowest confidences: of `normal`,
on pages of other texts, fonts and engines half of the changes below 0.45 were wrong; of the others
by judgement."""

TYPO_MARGIN = 18.0
"""Margin in nats from which a change in clean text is taken for its author's typing error and left
out, but for names and abbreviations: a sample, read by eye, held nine such errors in ten."""

PRIOR_WEIGHTS = {"entry": 1.0, "foreign": 3.0}
"""Weights in nats that no pages show, by judgement: of a user's term, and of a foreign letter in a
Thai word, which is always wrong."""

PAGE_WEIGHT = 1 / 3
"""Weight of a proposal on a page, against one in clean text: by judgement, as the four variants of
a page say much the same."""

RIGHT_LINES = (0.3, 0.6, 0.85, 0.95)
"""Shares of a page's lines that are read rightly in the variant that has such; one is drawn. By
judgement, from bad scans to nearly clean text."""

DILUTED_LINES = 3
"""Lines of a page that are put into clean text in another variant: by judgement, so few that the
noise around them hardly shows."""

DILUTING_PARAGRAPHS = 10
"""Paragraphs of clean text that they are put between: by judgement, of which a line is a tenth."""

_BESIDE = 8
"""Code points to each side of a proposal that are compared with the intended text: by judgement, a
word or two, so that a change is judged by its place and not by the rest of the page."""


def calibrate(model: Model, pages: Sequence[PagePair], clean: Sequence[str]) -> dict[str, Any]:
    """Find weights and thresholds from pages read by models that did not learn from them.

    Args:
        model: A bundle whose language model is complete. Its confusions are exchanged on the way,
            and those of all pages in the end.
        pages: Pages with their truth.
        clean: Paragraphs that the language model has not seen.
    Returns:
        The table `decision` of a bundle's header; see `thresholds.fit`.
    """
    judged: list[Judged] = []
    for fold in range(FOLDS):
        inside = [page for page in pages if _fold(page) == fold]
        model.header["confusions"] = confusions(page for page in pages if _fold(page) != fold)
        windows = Windows(model, Lexicon(), Tuning())
        for page in tqdm(inside, desc=f"fold {fold + 1}/{FOLDS}", disable=None):
            for observed, intended in variants(page, clean):
                judged += judge(windows, observed, intended)
    model.header["confusions"] = confusions(pages)
    joined = "\n".join(clean) + "\n"
    judged += judge(Windows(model, Lexicon(), Tuning()), joined, None)
    table = thresholds.fit(judged, FEATURES, len(joined), PROMISES)
    table["weights"] |= PRIOR_WEIGHTS
    return table


def _fold(page: PagePair) -> int:
    return part_of("fold " + page.article, FOLDS)


def variants(page: PagePair, clean: Sequence[str]) -> list[tuple[str, str]]:
    """Vary a page, so that the decision knows pages of every noise.

    Args:
        page: The page; what is drawn depends on its article alone.
        clean: Paragraphs to put a few of its lines between.
    Returns:
        Four of (observed, intended): as it is; with sara am composed; with most lines read
        rightly; a few of its lines in clean text.
    """
    rnd = random.Random(page.article)
    right = rnd.choice(RIGHT_LINES)
    mixed = "\n".join(
        intended if rnd.random() < right else observed for observed, intended in page.lines
    )
    composed = page.observed.replace(
        "\N{THAI CHARACTER NIKHAHIT}\N{THAI CHARACTER SARA AA}", "\N{THAI CHARACTER SARA AM}"
    )
    few = rnd.sample(page.lines, min(DILUTED_LINES, len(page.lines)))
    between = rnd.sample(clean, min(DILUTING_PARAGRAPHS, len(clean)))
    diluted = few + [(paragraph, paragraph) for paragraph in between]
    rnd.shuffle(diluted)
    return [
        (page.observed, page.intended),
        (composed, page.intended),
        (mixed, page.intended),
        (
            "\n".join(observed for observed, _ in diluted),
            "\n".join(intended for _, intended in diluted),
        ),
    ]


def judge(windows: Windows, observed: str, intended: str | None) -> list[Judged]:
    """Judge all proposals on a text.

    Args:
        windows: What reads letters.
        observed: The text, taken as one document.
        intended: What it was meant to be. None if `observed` is clean: then every proposal is
            wrong, but for sure ones, which are taken for typing errors and left out.
    """
    judged = []
    noise = NoiseLevel()
    state = DocumentState()
    stages = Rules(), BrokenClusters(windows.decoder)
    for block in blocks([observed]):
        text = block.text
        for stage in stages:
            text = apply(text, stage.find(text, None, state).edits)
        encoded = windows.encoded(text, protected_spans(text))
        found, noise = windows.propose(encoded, fired=state.fired, noise=noise)
        if intended is None:
            for proposal in found:
                if not _is_typo(proposal, text):
                    judged.append(Judged(features(proposal, text, noise), False, 1.0, True))
        else:
            for proposal, gain in zip(found, gains(text, found, intended), strict=True):
                known = features(proposal, text, noise)
                judged.append(Judged(known, gain > 0, PAGE_WEIGHT, False))
    return judged


def _is_typo(proposal: Proposal, text: str) -> bool:
    """Whether a change in clean text is rather its author's typing error than harm."""
    abbreviated = "." in proposal.observed + proposal.intended
    return proposal.margin >= TYPO_MARGIN and not abbreviated and not in_name(proposal, text)


def gains(text: str, proposals: Sequence[Proposal], intended: str) -> list[int]:
    """By how many letters each proposal alone brings its surroundings nearer to the intended text.

    Time: O(len(text) * len(intended)) for the alignment of the two.
    """
    place = [0] * (len(text) + 1)  # of each letter, where the intended text goes on
    for block in Levenshtein.opcodes(text, intended):
        for i in range(block.src_start, block.src_end):
            place[i] = min(block.dest_start + i - block.src_start, block.dest_end)
    place[len(text)] = len(intended)
    found = []
    for proposal in proposals:
        low, high = max(0, proposal.start - _BESIDE), min(len(text), proposal.end + _BESIDE)
        target = intended[place[low] : place[high]]
        after = text[low : proposal.start] + proposal.intended + text[proposal.end : high]
        before = Levenshtein.distance(text[low:high], target)
        found.append(before - Levenshtein.distance(after, target))
    return found
