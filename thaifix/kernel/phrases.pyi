"""Phrases, found where a text has them but for one gap.

An atom is a word of the scan, or a part of one between two of its cuts. Blanks are no atoms; those
between two atoms count as nothing, but a blank line ends everything. Atoms are compared by a hash
of their symbols (31 bits). A word's cost is spread evenly over its symbols.

A gap stands for some neighbouring atoms of a phrase, in whose place the text has others. On one
side, but not on both, there may be none: a word that is missing or too many. The atoms beside a gap
that the text shares with the phrase are its anchors: as many as follow each other without a
difference.
"""

from thaifix.kernel.buffers import Buffer
from thaifix.kernel.strings import Strings as Strings

Gap = tuple[int, int, int, int, int, int, int, bool, float, float]
"""A gap: (phrase; start and end of its part in the phrases' symbols; start and end of the gap in
the text; symbols of the anchors before it, and after it; whether the phrase has no other atoms;
what the phrase saves, about, and what it costs, in nats: the atoms in its part and the one after
them)."""

class Phrases:
    """An index of phrases by the atoms on both sides of each of their parts."""

    def __init__(
        self,
        symbols: bytes,
        ends: Buffer,
        starts: Buffer,
        words: Buffer,
        costs: Buffer,
        cuts: Buffer,
        most: int,
        *,
        intended_atoms: int = 5,
    ) -> None:
        """Index phrases.

        Args:
            symbols: The phrases, a line end between two.
            ends: Where each ends, int32.
            starts, words, costs: What `Decoder.scan` gave for them (int32, uint32, float32).
            cuts: A mask for each word of the model, uint32: bit k is set if it is divided before
                its symbol k. It is not copied and must not change.
            most: Between the same atoms this many gaps are kept. If there are more, the shortest
                phrase's is kept of those where the same atoms are missing; if these are still too
                many, none is found between these atoms.
            intended_atoms: Atoms of a phrase that a gap may stand for, at most.
        Raises:
            ValueError: If a phrase is empty or has more than 65,535 symbols, or the arrays do not
                fit the symbols or one another.
        Time: O(n log n) in the atoms. Memory: about 1 kB a phrase.
        """
    def find(
        self,
        symbols: bytes,
        starts: Buffer,
        words: Buffer,
        costs: Buffer,
        dear: float,
        anchored: int,
        strong: int,
        least: float,
        anchor: float,
        alike: float,
        *,
        observed_atoms: int = 6,
        anchor_symbols: int = 60,
        word_apart: int = 3,
        word_symbols: int = 10,
    ) -> list[Gap]:
        """Find where a text has a phrase but for one gap, each once.

        A gap at the start or the end of a phrase has atoms on both sides, and two anchors (or the
        only other atom of the phrase); one inside a phrase has an anchor on each side. Its first
        atom is another than the phrase's there, and its last. No atom in it is a sign, paiyannoi or
        mai yamok. Its length and that of the phrase's part differ by two fifths of the longer one
        and two symbols, at most.

        Args:
            symbols: The text.
            starts, words, costs: Its scan (int32, uint32, float32).
            dear: An atom in the gap, or the one right after it, is of a word that is unknown or
                costs at least this, in nats.
            anchored: Symbols of the anchors, at least; they have also half as many as the phrase's
                part.
            strong: Symbols of the anchors, at least, if other atoms of the phrase are missing, too.
            least, anchor, alike: What the phrase saves must be `least`, less `anchor` for each
                symbol of the anchors, plus `alike` for each symbol by which the longer side of the
                gap exceeds what both sides have in common, in nats. What it saves is the cost of
                the gap and of the atom after it, less that of the phrase's part and of its atom
                after that; at the end of a phrase, atoms after it count on neither side.
            observed_atoms: Atoms of the text in a gap, at most.
            anchor_symbols: Symbols of the anchors that count for `anchor`, at most.
            word_apart: Symbols that count for `alike` if one side of the gap is empty, at most.
            word_symbols: Symbols of the other side if one side of the gap is empty, at most.
        Raises:
            ValueError: If the arrays do not fit the symbols or one another.
        Time: O(n) where nothing is dear.
        """
