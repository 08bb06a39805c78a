"""The letter model: what a letter costs after two others, for words that no list knows."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

import numpy as np

from thaifix.kernel.symbols import LETTERS, NEWLINE, encode
from thaifix.model import ngram

_START_COUNT = 0.5
"""Added to the count of each letter, so that none is impossible: by judgement, the usual half."""


def letter_costs(words: Iterable[str]) -> Any:
    """-log P(letter | two letters before) over the words as types, in units of `ngram.STEP`.

    Symbol 0 stands before a word's first letter and after its last. Witten-Bell interpolation.

    Returns:
        `LETTERS` cubed bytes: by the letter before the last, the last, the letter.
    Source: Witten and Bell (1991), method C.
    """
    three = np.zeros((LETTERS,) * 3)
    for word in words:
        a = b = 0
        for s in [*(s for s in encode(word) if s < NEWLINE), 0]:
            three[a, b, s] += 1
            a, b = b, s
    two, one = three.sum(0), three.sum((0, 1))
    p1 = (one + _START_COUNT) / (one + _START_COUNT).sum()
    p2 = _witten_bell(two, p1)
    p3 = _witten_bell(three, p2[None])
    return np.clip(np.rint(-np.log(p3) / ngram.STEP), 0, 255).astype(np.uint8).ravel()


def _witten_bell(counts: Any, lower: Any) -> Any:
    """P of each last index after the others, where `lower` is P with a shorter history."""
    total = counts.sum(-1, keepdims=True)
    kinds = (counts > 0).sum(-1, keepdims=True)
    return np.where(total > 0, (counts + kinds * lower) / np.maximum(total + kinds, 1), lower)
