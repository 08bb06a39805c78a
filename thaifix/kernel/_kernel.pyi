"""The kernel's types and contracts.

Symbols: `encode` maps each code point to one byte. Thai code points keep their offset in the
Thai block (1..91); 95 is a line end (LF and CR); 96..190 are ASCII 0x20..0x7e, to which tabs,
no-break spaces, curly quotes and dashes are folded; 191 is a letter of a foreign script that
may be a misread Thai letter; 192 any other code point; 193 what cannot be part of a text
(controls, undecodable bytes).

Words: ids below 102 are classes: 0 unknown, 1 boundary (text begin, paragraph end), 2 space,
3 number, 4 Latin word, 5 other sign, 6 abbreviation, 7.. ASCII signs. Word k of the trie has
the id 102 + k; word k of the user's entries comes after the last word of the n-gram model.

Costs are nats. Spans are indices into the symbols, that is, code points. Buffers are used in
place and must stay unchanged; objects keep them alive.
"""

from array import array
from collections.abc import Sequence
from typing import Any

Part = tuple[int, int, bytes, int, int]
"""(start, end, intended symbols, letters of the term before a line end inside it or 0, word id)."""

Group = tuple[int, int, float, float, float, int, list[Part]]
"""(start, end, margin, rival, channel cost, operations, parts)."""

def encode(text: str) -> bytes:
    """Map each code point to its symbol. O(n)."""

def build_trie(keys: Sequence[bytes]) -> tuple[array[int], array[int], array[int]]:
    """Arrays (first child, label, word) of a trie; key k becomes word k.

    Raises:
        ValueError: If keys are not sorted and distinct, or one is empty.
    """

class Trie:
    """A trie in breadth-first order; node 0 is the root.

    The high bit of `first` tells that a word ends at the node.
    """

    nodes: int
    def __init__(self, first: Any, label: Any, word: Any) -> None:
        """Use arrays of `build_trie`. Raises ValueError if their lengths disagree."""
    def find(self, key: bytes) -> int:
        """The word of a key, -1 if there is none."""
    def key(self, node: int) -> bytes:
        """The symbols that lead to a node. O(depth * log nodes). Raises IndexError."""

def fill_table(grams: Any, cost: Any, backoff: Any, table: Any) -> None:
    """Fill an open-addressing table (zeroed uint32) of 2- or 3-grams, in row order.

    A cell of a 2-gram holds 16 bits of hash, cost and back-off; one of a 3-gram holds 24 bits
    of hash and cost. Raises ValueError if the table is too small.
    """

class Ngram:
    """Back-off trigram costs: trigram, else back-off + bigram, else back-off + unigram."""

    words: int
    step: float
    entry_cost: float
    def __init__(
        self, cost: Any, backoff: Any, pairs: Any, triples: Any, step: float, entry_cost: float
    ) -> None:
        """Use quantised arrays; a unit is `step` nats. Ids past the last word cost `entry_cost`."""
    def cost(self, a: int, b: int, c: int) -> float:
        """-log P(c | a, b)."""
    def cost2(self, a: int, b: int) -> float:
        """-log P(b | a), as the scan uses it."""

class Channel:
    """Costs of reading intended symbols as observed ones."""

    def __init__(
        self, entries: list[tuple[bytes, bytes, float]], any_one: float, any_two: float
    ) -> None:
        """Take (observed, intended, cost) with 0 to 2 observed and 0 to 3 intended symbols.

        What is not listed cannot happen. A foreign letter is read as any one (two) symbols
        for `any_one` (`any_two`). Raises ValueError for a negative cost or a long entry.
        """

class Decoder:
    """One model's scan and decode. Holds no state between calls; the GIL is released."""

    words: int
    def __init__(
        self,
        trie: Trie,
        ngram: Ngram,
        channel: Channel,
        letters: Any,
        entries: Trie | None,
        *,
        unknown_cost: float,
        foreign_cost: float,
        abbreviation_cost: float,
        line_nothing: float,
        line_space: float,
        line_boundary: float,
        line_inside: float,
    ) -> None:
        """Put a model together.

        Args:
            letters: Costs of a letter given the two before it, 96**3 bytes in units of step.
            entries: The user's terms.
            unknown_cost: Of every unknown word, besides its letters.
            foreign_cost: Of a foreign letter in an unknown word.
            abbreviation_cost: Of a letter of an abbreviation that is no word.
            line_nothing, line_space, line_boundary: Of a line end that stands for nothing, for
                a space, for the end of a paragraph.
            line_inside: Of a line end inside a word.
        """
    def scan(self, symbols: bytes) -> tuple[array[int], array[int], array[float]]:
        """The likeliest words: (start, word id, cost), one item a token.

        Viterbi over bigrams, at most six words kept a position; an unknown word is one item a
        cluster; a line end that stands for nothing has the id 0xFFFFFFFF. O(n).
        """
    def decode(
        self,
        symbols: bytes,
        fixed: bytes,
        left: tuple[int, int],
        right: tuple[int, ...],
        *,
        budget: float,
        slack: float,
        insertion: float,
        deletion: float,
        tolerance: float,
        rate: float,
        adjacent: float,
        inside: float,
        beam: float,
    ) -> list[Group]:
        """Groups of neighbouring changes on the cheapest path through a window.

        Two beams: one over the observed readings alone (exact words, unknown clusters), one
        with misreadings. `paid` is what the first path costs up to a position, spread evenly
        over each word, less `rate` a symbol; `through` is the same to the end of the word there.
        A misreading of symbols[i:j] may cost at most through[j] - paid[i] + `tolerance`.

        Args:
            symbols: The window.
            fixed: As long; non-zero where nothing may change.
            left, right: Word ids around the window: two, and none to two.
            budget: Dearest misreading of one word; also at most the cost of the observed
                reading less `slack`. At most three operations a word.
            insertion, deletion: Cost of a space that was lost or came in between words.
            adjacent: Dearest misreading so far after which the next letter may be misread too.
            inside: Budget where only an unknown word's cluster ends.
            beam: Paths dearer than the best at a position by more than this are dropped;
                at most twelve are kept.
        Returns:
            Per group: its span, its margin (the cheapest path without changes there less the
            best), its rival (the cheapest path with another text, after eight tries), the cost
            and the number of its operations, its parts.
        Raises:
            ValueError: If the window is empty, the mask has another length, or no reading has a
                finite cost.
        """
