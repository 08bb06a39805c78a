"""The n-gram model: -log P(word | two words before), in nats.

Estimated by absolute discounting with interpolation (Ney, Essen and Kneser 1994),
pruned by the likelihood that each n-gram adds (Seymore and Rosenfeld 1996) and stored
as quantised costs in two hash tables of fingerprints (Talbot and Brants 2008).
`estimate` needs numpy and is called by training alone.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

from thaifix.kernel.ngram import Ngram, fill_table

if TYPE_CHECKING:
    import numpy as np

STEP = 1 / 12
"""One unit of a stored cost, in nats; a byte reaches 21.25 nats."""

ENTRY_COST = 9.0
"""Cost of an entry of a user's lexicon, whatever stands before it, in nats."""

_LOAD = 0.8  # share of a hash table's cells that are used


class NgramArrays(NamedTuple):
    """What the bundle stores of the model; all indices are word ids."""

    cost: np.ndarray[Any, np.dtype[np.uint8]]
    backoff: np.ndarray[Any, np.dtype[np.uint8]]
    pairs: np.ndarray[Any, np.dtype[np.uint32]]
    triples: np.ndarray[Any, np.dtype[np.uint32]]


def load(cost: Any, backoff: Any, pairs: Any, triples: Any) -> Ngram:
    """The kernel's view of stored arrays (anything with the buffer protocol; not copied)."""
    return Ngram(cost, backoff, pairs, triples, STEP, ENTRY_COST)


def _quantise(cost: Any) -> Any:
    import numpy as np

    return np.clip(np.rint(cost / STEP), 0, 255).astype(np.uint8)


def estimate(tokens: Any, unigram: Any, *, pairs: int, triples: int) -> NgramArrays:
    """Estimate the model from running text.

    Args:
        tokens: Word ids (uint32), one array for the whole text; texts are separated by
            the id `BOUNDARY`.
        unigram: P(word), float64, one a word id, summing to 1; the last back-off.
        pairs: How many bigrams to keep.
        triples: How many trigrams to keep.
    Returns:
        Quantised arrays, equal bit for bit for equal input.
    Time and memory: O(n log n) and about 40 bytes a token.
    """
    import numpy as np

    size = np.uint64(20)
    t = tokens.astype(np.uint64)
    words = len(unigram)
    low = -np.log(unigram)

    # Bigrams
    key, count = np.unique((t[:-1] << size) | t[1:], return_counts=True)
    head, tail = (key >> size).astype(np.int64), (key & np.uint64(0xFFFFF)).astype(np.int64)
    discount = _discount(count)
    total = np.bincount(head, count, words)
    kinds = np.bincount(head, minlength=words)
    rest = discount * kinds / np.maximum(total, 1)
    p2 = (count - discount) / total[head] + rest[head] * unigram[tail]
    gain = count * (np.log(p2) - np.log(np.maximum(rest[head], 1e-9) * unigram[tail]))
    keep2 = _best(gain, count, pairs)
    backoff = _backoff(head[keep2], p2[keep2], unigram[tail[keep2]], words)

    # Trigrams: the history is a bigram, kept or not; only those with a kept history stay.
    slot = np.full(len(key), -1, np.int64)
    slot[keep2] = np.arange(len(keep2))
    order = np.searchsorted(key, (t[:-1] << size) | t[1:])
    key3, count3 = np.unique((order[:-1].astype(np.uint64) << size) | t[2:], return_counts=True)
    past = (key3 >> size).astype(np.int64)
    last = (key3 & np.uint64(0xFFFFF)).astype(np.int64)
    discount = _discount(count3)
    total = np.bincount(past, count3, len(key))
    kinds = np.bincount(past, minlength=len(key))
    rest = discount * kinds / np.maximum(total, 1)
    middle = tail[past]
    shorter = np.searchsorted(key, (middle.astype(np.uint64) << size) | last.astype(np.uint64))
    shorter = np.minimum(shorter, len(key) - 1)
    seen = key[shorter] == ((middle.astype(np.uint64) << size) | last.astype(np.uint64))
    kept = seen & (slot[shorter] >= 0)
    lower = np.where(kept, p2[shorter], np.exp(-backoff[middle]) * unigram[last])
    p3 = (count3 - discount) / total[past] + rest[past] * lower
    gain = count3 * (np.log(p3) - np.log(np.maximum(rest[past], 1e-9) * lower))
    gain[slot[past] < 0] = -1
    keep3 = _best(gain, count3, triples)
    backoff2 = _backoff(slot[past[keep3]], p3[keep3], lower[keep3], len(keep2))

    grams2 = np.stack([head[keep2], tail[keep2]], 1).astype(np.uint32)
    past3 = past[keep3]
    grams3 = np.stack([head[past3], tail[past3], last[keep3]], 1).astype(np.uint32)
    table2 = np.zeros(int(len(keep2) / _LOAD) + 1, np.uint32)
    table3 = np.zeros(int(len(keep3) / _LOAD) + 1, np.uint32)
    cost2, cost3 = _quantise(-np.log(p2[keep2])), _quantise(-np.log(p3[keep3]))
    fill_table(grams2, cost2, _quantise(backoff2), table2)
    fill_table(grams3, cost3, np.zeros_like(cost3), table3)
    return NgramArrays(_quantise(low), _quantise(backoff), table2, table3)


def _discount(count: Any) -> float:
    once, twice = int((count == 1).sum()), int((count == 2).sum())
    return once / (once + 2 * twice) if once else 0.5


def _best(gain: Any, count: Any, most: int) -> Any:
    """Rows of the `most` largest gains among n-grams seen three times, in row order."""
    import numpy as np

    rows = np.flatnonzero((count >= 3) & (gain > 0))
    if len(rows) > most:
        rows = rows[np.argsort(-gain[rows], kind="stable")[:most]]
    return np.sort(rows)


def _backoff(history: Any, p: Any, lower: Any, size: int) -> Any:
    """-log of the weight that is left for the words not stored after each history."""
    import numpy as np

    left = 1 - np.bincount(history, p, size)
    over = 1 - np.bincount(history, lower, size)
    return np.maximum(-np.log(np.clip(left, 1e-6, 1) / np.clip(over, 1e-6, 1)), 0)
