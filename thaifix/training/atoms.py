"""Atoms: where the words of a model can be divided into words.

How a phrase is scanned depends on what stands around it; its atoms hardly do.
"""

from __future__ import annotations

from array import array
from collections.abc import Mapping
from typing import Any

from thaifix.kernel.symbols import FIRST_WORD
from thaifix.kernel.trie import Trie
from thaifix.model import ngram

SHORTEST_PART = 3
"""Letters of a part, at least: by judgement, as shorter words stand in any longer one by chance."""

DEAREST_PART = 11.5
"""Cost of a part alone, in nats, at most: by judgement, as rarer words fit by chance."""

_LONGEST_PART = 24
"""Letters of a part, at most: by judgement, longer than any word that is worth a part."""

_MASK_BITS = 32
"""Letters of a word within which it is divided: a mask is an unsigned 32-bit number."""


def cuts(arrays: Mapping[str, Any]) -> array[int]:
    """Divide every word of a model.

    A word is divided into frequent words, as cheap ones as can be, and these are divided again.

    Args:
        arrays: The sections of a bundle: `first`, `label` and `word` of the trie, `cost`.
    Returns:
        A mask for each word: bit k is set if it can be divided before its letter k.
    """
    words = spellings(arrays)
    cost = [c * ngram.STEP for c in arrays["cost"][FIRST_WORD:]]
    parts = {
        w: c
        for w, c in zip(words, cost, strict=True)
        if len(w) >= SHORTEST_PART and c <= DEAREST_PART
    }
    known: dict[bytes, tuple[bytes, ...]] = {}
    masks = array("I")
    for word in words:
        mask = at = 0
        for part in _divide(word, parts, known)[:-1]:
            at += len(part)
            mask |= 1 << at if at < _MASK_BITS else 0
        masks.append(mask)
    return masks


def spellings(arrays: Mapping[str, Any]) -> list[bytes]:
    """The symbols of each word, in the order of the words.

    Args:
        arrays: The sections of a bundle: `first`, `label` and `word` of the trie.
    """
    return Trie(arrays["first"], arrays["label"], arrays["word"]).keys()


def _divide(
    word: bytes, parts: Mapping[bytes, float], known: dict[bytes, tuple[bytes, ...]]
) -> tuple[bytes, ...]:
    """The parts of a word, or the word if it has none; `known` remembers them."""
    if word in known:
        return known[word]
    best: list[tuple[float, tuple[bytes, ...]] | None] = [(0.0, ()), *[None] * len(word)]
    for end in range(1, len(word) + 1):
        for start in range(max(0, end - _LONGEST_PART), end):
            before, part = best[start], word[start:end]
            if before is None or part == word or part not in parts:
                continue
            cost = before[0] + parts[part]
            found = best[end]
            if found is None or cost < found[0]:
                best[end] = cost, (*before[1], part)
    whole = best[len(word)]
    divided = (word,) if whole is None else sum((_divide(p, parts, known) for p in whole[1]), ())
    known[word] = divided
    return divided
