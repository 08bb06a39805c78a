"""Symbols: a text as the kernel reads it, one byte a code point; and the ids of words.

Thai code points keep their offset in the Thai block (1 to 91). A line end (LF, CR) is `NEWLINE`.
ASCII's 0x20 to 0x7E follow from `ASCII` on; tabs, no-break spaces, curly quotation marks and dashes
become the ASCII sign that they stand for. A letter of another script that may be a misread Thai
letter is `FOREIGN`, a code point that can be no part of a text (a control character, an undecodable
byte) is `OPAQUE`, any other is `OTHER`.

Ids of words below `FIRST_WORD` are classes. Word k of a model's trie is `FIRST_WORD + k`; word k of
the user's entries comes after the last word of the n-gram model. All these numbers are defined in
`symbols.pxd`.
"""

from typing import Final

# Symbols.
PAIYANNOI: Final[int]
MAIYAMOK: Final[int]
NEWLINE: Final[int]
LETTERS: Final[int]
"""How many symbols the table of letter costs is for: 0, which is no letter, to `NEWLINE`."""
ASCII: Final[int]
"""The symbol of a space; those of ASCII 0x21 to 0x7E come after it."""
FULL_STOP: Final[int]
FOREIGN: Final[int]
OTHER: Final[int]
OPAQUE: Final[int]
SYMBOLS: Final[int]
"""How many symbols there are."""

# Ids of words.
UNKNOWN: Final[int]
"""One cluster of letters that are no word."""
BOUNDARY: Final[int]
"""Where a text or a paragraph ends."""
SPACE: Final[int]
NUMBER: Final[int]
LATIN: Final[int]
MISC: Final[int]
"""A sign that is not in ASCII."""
ABBREVIATION: Final[int]
"""One to five Thai letters and a full stop."""
PUNCTUATION: Final[int]
"""And the next 94: a sign of ASCII, in ASCII's order."""
FIRST_WORD: Final[int]
LINE_END: Final[int]
"""Given by `Decoder.scan` for a line end that stands for nothing."""

# Classes of symbols, bits.
THAI: Final[int]
"""A letter, mark or sign that words are written with; digits are not."""
ATTACHED: Final[int]
"""A mark or vowel that belongs to the letter before it."""
LEADING: Final[int]
"""A vowel that belongs to the consonant after it."""
DIGIT: Final[int]
BLANK: Final[int]
ROMAN: Final[int]
CONSONANT: Final[int]
JOINER: Final[int]
"""A sign that may stand between the digits of a number."""
KINDS: Final[bytes]
"""The classes of each symbol."""

def encode(text: str) -> bytes:
    """Give each code point's symbol. O(n)."""

def decode(symbols: bytes) -> str:
    """Give the text of symbols: Thai letters, ASCII, line ends as LF. O(n).

    Raises:
        ValueError: If a symbol stands for many code points (`FOREIGN`, `OTHER`, `OPAQUE`).
    """

def cluster_end(symbols: bytes, start: int) -> int:
    """Tell where the cluster ends that begins at a position.

    A cluster is a symbol and all `ATTACHED` ones after it; a `LEADING` vowel takes the consonant
    after it with it. Words neither begin nor end inside a cluster. Positions are in symbols, which
    are code points.

    Raises:
        IndexError: If the position is not in the text.
        ValueError: If there is a byte that is no symbol.
    """
