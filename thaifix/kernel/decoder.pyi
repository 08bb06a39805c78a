"""The decoder: the words of a text as it stands, and what a window of it should read.

Costs are nats. Spans are indices into the symbols, that is, code points. Buffers are used in place
and must stay unchanged; objects keep them alive.
"""

from array import array

from thaifix.kernel.buffers import Buffer
from thaifix.kernel.channel import Channel
from thaifix.kernel.ngram import Ngram
from thaifix.kernel.trie import Trie

Part = tuple[int, int, bytes, int, int]
"""A change: (start, end, intended symbols, letters of the word before a line end inside it or 0,
word id)."""

Group = tuple[int, int, float, float, float, int, list[Part]]
"""Neighbouring changes: (start, end, margin, rival, channel cost, operations, parts)."""

class Decoder:
    """One model's scan and decode.

    It holds no state between calls, and threads may share it: the GIL is released in what takes
    long.

    Attributes:
        words: How many word ids the n-gram model has; those of the user's entries come after them.
    """

    words: int
    def __init__(
        self,
        trie: Trie,
        ngram: Ngram,
        channel: Channel,
        letters: Buffer,
        entries: Trie | None,
        *,
        unknown_cost: float,
        foreign_cost: float,
        abbreviation_cost: float,
        line_nothing: float,
        line_space: float,
        line_boundary: float,
        line_inside: float,
        rate: float = 0.0,
        least: Buffer | None = None,
        scan_width: int = 6,
    ) -> None:
        """Put a model together.

        Args:
            trie, ngram, channel: The model's words, what they cost, and how they are misread.
            letters: Costs of a letter given the two before it, 96**3 bytes in the n-gram's steps.
            entries: The user's terms.
            unknown_cost: Of every unknown word, besides its letters.
            foreign_cost: Of a foreign letter in an unknown word.
            abbreviation_cost: Of a symbol of an abbreviation that is no word.
            line_nothing, line_space, line_boundary: Of a line end that stands for nothing, for
                a space, for the end of a paragraph.
            line_inside: Of a line end inside a word.
            rate: What any words cost a symbol, at least, in nats.
            least: What each word id costs, whatever stands before it, at least: uint8, in the
                n-gram's steps. Without it, as if that were 0.
            scan_width: How many last words the scan keeps at a position, at most.
        Raises:
            ValueError: If there are not 96**3 letter costs of type uint8 or not one least cost a
                word id, the width is below 1, or the rate below 0.
        Time: O(nodes of the trie).
        """
    def scan(self, symbols: bytes) -> tuple[array[int], array[int], array[float]]:
        """Find the likeliest words: (start, word id, cost), one item a token.

        An unknown word is one item a cluster; a line end that stands for nothing has the id
        `LINE_END`. The method is Viterbi's over bigrams, with `scan_width` words a position.

        Raises:
            ValueError: If a byte is no symbol.
        Time and memory: O(n), 120 bytes a symbol at the usual width.
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
        adjacent: float,
        inside: float,
        beam: float,
        beam_width: int = 12,
        operations: int = 3,
        rivals: int = 8,
        recalled: int = 2048,
        deep: bytes | None = None,
        shallow: float = 0.0,
    ) -> list[Group]:
        """Give groups of neighbouring changes on the cheapest path through a window.

        There are two searches: one over the observed readings alone (exact words, clusters of
        unknown words), one with misreadings. What the first path costs up to a position is `paid`
        there, spread evenly over each word, less `rate` a symbol; `through` is the same to the end
        of the word there. A misreading of symbols[i:j] may cost at most
        through[j] - paid[i] + `tolerance`. With what its word costs beyond `rate` a letter, at
        least, it may cost at most through[j] - reached[i], plus `tolerance` if that is above 0:
        `reached` is `paid`, or what the second search costs up to there, if that is more.

        Args:
            symbols: The window.
            fixed: As long; not 0 where nothing may change.
            left, right: Word ids around the window: two, and none to two.
            budget: The dearest misreading of one word; also at most the cost of the observed
                reading less `slack`.
            insertion, deletion: What a space costs that was lost between words, or came in.
            adjacent: The dearest misreading so far after which the next letter may be misread too.
            inside: The budget where only a cluster of an unknown word ends.
            beam: Paths that are dearer than the best at a position by more than this are dropped.
            beam_width: How many paths are kept at a position, at most.
            operations: How many operations of the channel a word may have, at most.
            rivals: How often the cheapest path with another text is looked for, at most.
            recalled: How many pairs of words are remembered, a power of two. The result does not
                depend on it. 12 bytes each.
            deep: As long as the window. Where it is 0, a misread word may cost `shallow` at most.
            shallow: See `deep`.
        Returns:
            For each group: its span; its margin (what the cheapest path without changes there costs
            more than the best); its rival (the same of the cheapest path with another text); the
            cost and the number of its operations; its parts.
        Raises:
            ValueError: If the window is empty, a mask has another length, a byte is no symbol, a
                bound is out of range, or no reading has a finite cost.
        """
