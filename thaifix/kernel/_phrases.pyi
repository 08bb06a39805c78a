"""The phrase index's types and contracts.

Symbols and word ids are those of `_kernel.pyi`. An atom is a part of a word between two of its
cuts (see `atoms`), or a whole word; spaces and single line ends between atoms count as nothing,
and a blank line ends everything. Atoms are compared by a hash of their symbols.
"""

from typing import Any

Gap = tuple[int, int, int, int, int, int, int, bool, float, float]
"""(phrase, start and end of its part in the phrases' symbols, start and end of the gap in the text,
symbols of the phrase that stand before the gap, and after it, whether it has no others, estimate of
what it saves in nats, cost of its part and of the atom after it)."""

class Phrases:
    """An index of phrases by the atoms on both sides of every part of up to five atoms."""

    def __init__(
        self, symbols: bytes, ends: Any, starts: Any, words: Any, costs: Any, cuts: Any, most: int
    ) -> None:
        """Index phrases.

        Args:
            symbols: The phrases, a line end between two.
            ends: Where each ends, int32.
            starts, words, costs: What `Decoder.scan` gave for them (int32, uint32, float32).
            cuts: A mask for each word of the model, uint32: where it is divided.
            most: Anchors with more gaps between them are left out; of equal gaps the shortest
                phrase's stays first.
        Time: O(n log n) in the atoms. Memory: about 1 kB a phrase.
        """
    def find(
        self,
        symbols: bytes,
        starts: Any,
        words: Any,
        costs: Any,
        dear: float,
        anchored: int,
        strong: int,
        least: float,
        anchor: float,
        alike: float,
    ) -> list[Gap]:
        """Where a text has a phrase but for one gap of up to six atoms.

        Args:
            symbols: The text; `starts`, `words`, `costs`: its scan.
            dear: A word in the gap or right after it is unknown or costs at least this.
            anchored: Symbols of the phrase that stand beside the gap, at least; and half as many
                as are missing.
            strong: So many are enough if other parts of the phrase are missing, too.
            least, anchor, alike: What a phrase saves must be `least`, less `anchor` for each
                anchoring symbol (60 at most), plus `alike` for each symbol that the gap and the
                phrase's part do not share (three for a word too many or too few).
        """

class Strings:
    """Strings of at least eight symbols, found wherever a text has them."""

    def __init__(self, symbols: bytes, ends: Any) -> None:
        """Take strings as `Phrases` does. Raises ValueError if one is too short."""
    def find(self, symbols: bytes) -> list[tuple[int, int, int]]:
        """(start, end, index) of every string at every place, from left to right. O(n * longest)
        where the first eight symbols of a string stand, else O(n).
        """
