"""A trie over words: which word a string of symbols is, and which words begin so."""

from array import array

from thaifix.kernel.buffers import Buffer

def build_trie(keys: list[bytes]) -> tuple[array[int], array[int], array[int]]:
    """Give the arrays (first child, label, word) of a trie; key k becomes word k.

    Args:
        keys: Words in symbols, sorted and distinct.
    Raises:
        ValueError: If keys are not sorted and distinct, or one is empty.
    Time: O(symbols of the keys), in Python's pace.
    """

class Trie:
    """A trie in breadth-first order. Node 0 is the root.

    Attributes:
        nodes: How many nodes there are.
    """

    nodes: int
    def __init__(self, first: Buffer, label: Buffer, word: Buffer) -> None:
        """Use the arrays that `build_trie` gives; they are not copied and must not change.

        Args:
            first: The first child of each node, and where the last node's children end, uint32.
                The high bit tells that a word ends at the node.
            label: The symbol that leads to each node, uint8.
            word: The word that ends at each node, or -1, int32.
        Raises:
            ValueError: If their lengths or types do not fit.
        Memory: 0.4 MB of tables.
        """
    def find(self, key: bytes) -> int:
        """Give the word that a key is, -1 if it is none. O(symbols of the key)."""
    def key(self, node: int) -> bytes:
        """Give the symbols that lead to a node. O(depth * log nodes). Raises IndexError."""
    def keys(self) -> list[bytes]:
        """Give the symbols of each word, in the order of the words."""
