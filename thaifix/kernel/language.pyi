"""What a text is read with: words, entries, n-grams, and the prices of what is no word."""

from thaifix.kernel.buffers import Buffer
from thaifix.kernel.ngram import Ngram
from thaifix.kernel.trie import Trie

class Language:
    """All that a reading costs, but for its misreadings. `Decoder` makes one."""

    def __init__(
        self,
        trie: Trie,
        ngram: Ngram,
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
        rate: float,
        least: Buffer | None,
    ) -> None:
        """Put a language together; see `Decoder` for the arguments.

        Raises:
            ValueError: If there are not 96**3 letter costs of type uint8 or not one least cost a
                word id, or the rate is below 0.
        """
