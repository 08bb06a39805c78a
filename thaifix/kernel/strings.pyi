"""Strings of symbols, found wherever a text has them."""

from thaifix.kernel.buffers import Buffer

class Strings:
    """Strings of at least eight symbols."""

    def __init__(self, symbols: bytes, ends: Buffer) -> None:
        """Take strings.

        Args:
            symbols: The strings, a line end between two.
            ends: Where each ends, int32.
        Raises:
            ValueError: If a string has less than eight symbols, or a byte is no symbol.
        Memory: 0.25 MB, and 50 bytes a string.
        """
    def find(self, symbols: bytes) -> list[tuple[int, int, int]]:
        """Find every string at every place: (start, end, index), from left to right.

        Of two that begin at one place, the shorter one comes first.

        Time: O(n), and O(longest string) at each place where a string's first eight symbols stand.
        """
