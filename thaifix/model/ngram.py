"""The n-gram model: -log P(word | the two words before it), in nats.

It is estimated by absolute discounting with interpolation (Ney, Essen and Kneser 1994), pruned by
the likelihood that each n-gram adds (Seymore and Rosenfeld 1996), and stored as quantised costs in
two hash tables of fingerprints (Talbot and Brants 2008). `estimate` needs numpy; only training
calls it.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

from thaifix.kernel.ngram import Ngram, fill_table

if TYPE_CHECKING:
    import numpy as np

STEP = 1 / 12
"""Unit of a stored cost, in nats: a byte holds costs up to 21.25 nats. By judgement."""

ENTRY_COST = 9.0
"""Cost of an entry of a user's lexicon, whatever stands before it, in nats. By judgement."""

LEAST_COUNT = 3
"""How many times an n-gram must have been seen to be stored. By judgement."""

_LOAD = 0.8  # share of a hash table's cells that are used; by judgement
_WORD_BITS = 20  # of a word id: a model has at most 1,048,576 words
# Least shares of probability, so that no logarithm is infinite; by judgement.
_LEAST_REST = 1e-9  # of what is left for lower orders
_LEAST_LEFT = 1e-6  # of what is left for words that are not stored


class NgramArrays(NamedTuple):
    """What the bundle stores of the model.

    Attributes:
        cost: -log P(word), by word id, in units of `STEP`.
        backoff: -log of the back-off weight behind a word, by word id, in units of `STEP`.
        pairs: The kernel's hash table of bigrams.
        triples: That of trigrams.
        least: The lowest cost that a word has after any two words, by word id, in units of `STEP`.
    """

    cost: np.ndarray[Any, np.dtype[np.uint8]]
    backoff: np.ndarray[Any, np.dtype[np.uint8]]
    pairs: np.ndarray[Any, np.dtype[np.uint32]]
    triples: np.ndarray[Any, np.dtype[np.uint32]]
    least: np.ndarray[Any, np.dtype[np.uint8]]


def load(cost: Any, backoff: Any, pairs: Any, triples: Any) -> Ngram:
    """Make the kernel's model of stored arrays.

    Args:
        cost, backoff, pairs, triples: As in `NgramArrays`; anything with the buffer protocol, which
            is used in place.
    Raises:
        ValueError: If the arrays do not belong together.
    """
    return Ngram(cost, backoff, pairs, triples, STEP, ENTRY_COST)


def estimate(tokens: Any, unigram: Any, *, pairs: int, triples: int) -> NgramArrays:
    """Estimate the model from running text.

    Args:
        tokens: Word ids (uint32), one array for the whole text; the id `BOUNDARY` stands between
            texts.
        unigram: P(word), float64, one for each word id; they sum to 1. The last back-off.
        pairs: How many bigrams to keep.
        triples: How many trigrams to keep.
    Returns:
        Quantised arrays; equal input gives equal arrays, bit for bit.
    Time and memory: O(n log n), and about 40 bytes a token.
    """
    import numpy as np

    tokens = tokens.astype(np.uint64)
    two = _bigrams(tokens, unigram, pairs)
    backoff = _backoff(
        two.head[two.kept], two.p[two.kept], unigram[two.tail[two.kept]], len(unigram)
    )
    three = _trigrams(tokens, unigram, two, backoff, triples)
    kept = three.head[three.kept]  # which bigrams the trigrams begin with
    slot = np.searchsorted(two.kept, kept)  # and where these are among those that are kept
    backoff_two = _backoff(slot, three.p[three.kept], three.lower[three.kept], len(two.kept))
    cost = _quantise(-np.log(unigram))
    least = cost.copy()
    for grams in (two, three):
        np.minimum.at(least, grams.tail[grams.kept], _quantise(-np.log(grams.p[grams.kept])))
    return NgramArrays(
        cost,
        _quantise(backoff),
        _table([two.head[two.kept], two.tail[two.kept]], two.p[two.kept], backoff_two),
        _table(
            [two.head[kept], two.tail[kept], three.tail[three.kept]],
            three.p[three.kept],
            np.zeros(len(kept)),
        ),
        least,
    )


class _Grams(NamedTuple):
    """All n-grams of one length, sorted, and which of them are kept.

    Attributes:
        key: Of each: history and last word in one number.
        head: Its history: a word id, of a trigram the number of a bigram.
        tail: Its last word.
        p: P(tail | head).
        lower: P(tail | what is left of the history without its first word).
        kept: The numbers of those that are kept, rising.
    """

    key: Any
    head: Any
    tail: Any
    p: Any
    lower: Any
    kept: Any


def _bigrams(tokens: Any, unigram: Any, most: int) -> _Grams:
    import numpy as np

    key, count = np.unique(_key(tokens[:-1], tokens[1:]), return_counts=True)
    head, tail = _parts(key)
    lower = unigram[tail]
    p, rest = _interpolate(head, count, lower, len(unigram))
    gain = count * (np.log(p) - np.log(np.maximum(rest, _LEAST_REST) * lower))
    return _Grams(key, head, tail, p, lower, _best(gain, count, most))


def _trigrams(tokens: Any, unigram: Any, two: _Grams, backoff: Any, most: int) -> _Grams:
    """Estimate trigrams; only those are kept whose history is kept."""
    import numpy as np

    is_kept = np.zeros(len(two.key), bool)
    is_kept[two.kept] = True
    history = np.searchsorted(two.key, _key(tokens[:-1], tokens[1:]))
    key, count = np.unique(_key(history[:-1], tokens[2:]), return_counts=True)
    head, tail = _parts(key)
    middle = two.tail[head]
    shorter_key = _key(middle, tail)
    shorter = np.minimum(np.searchsorted(two.key, shorter_key), len(two.key) - 1)
    stored = (two.key[shorter] == shorter_key) & is_kept[shorter]
    lower = np.where(stored, two.p[shorter], np.exp(-backoff[middle]) * unigram[tail])
    p, rest = _interpolate(head, count, lower, len(two.key))
    gain = count * (np.log(p) - np.log(np.maximum(rest, _LEAST_REST) * lower))
    gain[~is_kept[head]] = -1
    return _Grams(key, head, tail, p, lower, _best(gain, count, most))


def _key(history: Any, word: Any) -> Any:
    import numpy as np

    return (history.astype(np.uint64) << np.uint64(_WORD_BITS)) | word.astype(np.uint64)


def _parts(key: Any) -> tuple[Any, Any]:
    import numpy as np

    head = key >> np.uint64(_WORD_BITS)
    return head.astype(np.int64), (key & np.uint64((1 << _WORD_BITS) - 1)).astype(np.int64)


def _interpolate(head: Any, count: Any, lower: Any, histories: int) -> tuple[Any, Any]:
    """P(word | history) of each n-gram, and the weight of `lower` after its history."""
    import numpy as np

    discount = _discount(count)
    total = np.bincount(head, count, histories)
    kinds = np.bincount(head, minlength=histories)
    rest = discount * kinds / np.maximum(total, 1)
    return (count - discount) / total[head] + rest[head] * lower, rest[head]


def _table(grams: list[Any], p: Any, backoff: Any) -> Any:
    """The kernel's hash table of n-grams with their costs and back-offs."""
    import numpy as np

    rows = np.stack(grams, 1).astype(np.uint32)
    table = np.zeros(int(len(rows) / _LOAD) + 1, np.uint32)
    fill_table(rows, _quantise(-np.log(p)), _quantise(backoff), table)
    return table


def _quantise(cost: Any) -> Any:
    import numpy as np

    return np.clip(np.rint(cost / STEP), 0, 255).astype(np.uint8)


def _discount(count: Any) -> float:
    """What absolute discounting takes from each count; 0.5 if nothing was counted once."""
    once, twice = int((count == 1).sum()), int((count == 2).sum())
    return once / (once + 2 * twice) if once else 0.5


def _best(gain: Any, count: Any, most: int) -> Any:
    """Rows of the `most` largest gains among n-grams seen often enough, in row order."""
    import numpy as np

    rows = np.flatnonzero((count >= LEAST_COUNT) & (gain > 0))
    if len(rows) > most:
        rows = rows[np.argsort(-gain[rows], kind="stable")[:most]]
    return np.sort(rows)


def _backoff(history: Any, p: Any, lower: Any, size: int) -> Any:
    """-log of the weight that is left for the words not stored behind each history."""
    import numpy as np

    left = np.clip(1 - np.bincount(history, p, size), _LEAST_LEFT, 1)
    over = np.clip(1 - np.bincount(history, lower, size), _LEAST_LEFT, 1)
    return np.maximum(-np.log(left / over), 0)
