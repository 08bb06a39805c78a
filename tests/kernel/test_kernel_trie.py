"""Tries: what they find, and which arrays they refuse."""

from __future__ import annotations

from array import array

import pytest
import reference
from hypothesis import given
from hypothesis import strategies as st

from thaifix.kernel.symbols import SYMBOLS
from thaifix.kernel.trie import Trie, build_trie

KEYS = st.lists(st.binary(max_size=4).map(lambda key: bytes(s % 3 for s in key)), max_size=12)
WIDER = st.lists(
    st.lists(st.integers(0, SYMBOLS - 1), min_size=1, max_size=5).map(bytes), max_size=30
)


@given(KEYS, st.booleans())
def test_a_trie_is_made_of_sorted_keys(keys: list[bytes], prepared: bool) -> None:
    """Finds its words and nothing else, spells every node, and refuses what the oracle refuses."""
    if prepared:
        keys = sorted(set(keys) - {b""})
    try:
        words = reference.words(keys)
    except ValueError:
        with pytest.raises(ValueError, match="key"):
            build_trie(keys)
        return
    check(Trie(*build_trie(keys)), words)


@given(WIDER)
def test_a_trie_of_any_symbols(keys: list[bytes]) -> None:
    words = reference.words(sorted(set(keys)))
    check(Trie(*build_trie([*words])), words)


def check(trie: Trie, words: dict[bytes, int]) -> None:
    prefixes = {key[:k] for key in words for k in range(len(key) + 1)} | {b""}
    others = {key[:k] + bytes([s]) for key in prefixes for k in (0, 1, 2, 3) for s in (0, 2, 255)}
    for key in prefixes | others:
        assert trie.find(key) == words.get(key, -1)
    spelled = [trie.key(node) for node in range(trie.nodes)]
    assert spelled == sorted(prefixes, key=lambda key: (len(key), key))
    assert trie.keys() == [*words]


def test_trie_arrays() -> None:
    """First children (with the bit that says that a word ends), labels, words; breadth first."""
    first, label, word = build_trie([b"\1", b"\1\2", b"\3\4"])
    end = 1 << 31
    assert list(first) == [1, 3 | end, 4, 5 | end, 5 | end, 5]
    assert list(label) == [0, 1, 3, 2, 4]
    assert list(word) == [-1, 0, -1, 1, 2]
    assert (first.typecode, label.typecode, word.typecode) == ("I", "B", "i")


def test_arrays_must_fit_one_another() -> None:
    first, label, word = build_trie([b"\1", b"\1\2"])
    for wrong in (
        (first, label, word[:-1]),
        (first[:-1], label, word),
        (first, label[:-1], word),
        (array("I", [0]), array("B"), array("i")),
    ):
        with pytest.raises(ValueError, match="unequal"):
            Trie(*wrong)
    with pytest.raises(ValueError, match="mismatch"):
        Trie(first, label, array("I", word[:0]))
    with pytest.raises(TypeError):
        Trie(first, label, None)  # type: ignore[arg-type]


def test_a_node_must_exist() -> None:
    trie = Trie(*build_trie([b"\1", b"\1\2"]))
    assert trie.key(2) == b"\1\2"
    for node in (-1, 3):
        with pytest.raises(IndexError, match=f"node {node} of 3"):
            trie.key(node)


def test_a_trie_holds_its_buffers() -> None:
    """An array that is in use cannot be resized."""
    first, label, word = build_trie([b"\1"])
    trie = Trie(first, label, word)
    for used in (first, label, word):
        with pytest.raises(BufferError):
            used.append(0)
    del trie
    word.append(0)
