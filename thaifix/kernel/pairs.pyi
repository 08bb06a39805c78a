"""Pairs of neighbouring symbols: where something may be that a rule must look at closely."""

from thaifix.kernel.buffers import Buffer

def find_pairs(symbols: Buffer, classes: Buffer, wanted: Buffer) -> list[int]:
    """Find the pairs of neighbours that are wanted, in one pass.

    Args:
        symbols: An encoded text.
        classes: Bytes: the class of each of the 256 symbols, 0 to 15.
        wanted: 256 bytes: item 16 * a + b is not 0 if class b behind class a is wanted.
    Returns:
        Where each pair begins, in symbols, sorted.
    Raises:
        ValueError: If a table has another length, or a class is above 15.
    Time: O(n), about a nanosecond a symbol.
    """

def find_doubled(symbols: Buffer, wanted: Buffer) -> list[int]:
    """Find symbols that stand twice in a row, or more often.

    Args:
        symbols: An encoded text.
        wanted: 256 bytes, not 0 for each symbol that is looked for.
    Returns:
        Where each pair begins, in symbols, sorted: a run of three has two.
    Raises:
        ValueError: If `wanted` has another length.
    Time: O(n), about a nanosecond a symbol.
    """
