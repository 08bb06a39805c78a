"""The n-gram model: what a word costs after the two words before it."""

from thaifix.kernel.buffers import Buffer, Writeable

def fill_table(grams: Buffer, cost: Buffer, backoff: Buffer, table: Writeable) -> None:
    """Fill a hash table (open addressing) of 2- or 3-grams, in the order of the rows.

    A cell of a 2-gram holds a fingerprint of 16 bits, cost and back-off; one of a 3-gram a
    fingerprint of 24 bits and its cost. What is not stored may be taken for a stored one that has
    its fingerprint and stands in its way.

    Args:
        grams: Word ids, uint32, of shape (rows, 2) or (rows, 3).
        cost: -log P(last word | those before), in steps, uint8.
        backoff: What is added where a 2-gram is the history of a 3-gram that is not stored, in
            steps, uint8; of 3-grams it is not used.
        table: Zeros, uint32.
    Raises:
        ValueError: If the table leaves no cell free, or shapes, lengths or types do not fit.
    Source: Talbot and Brants (2008), "Randomized language models via perfect hash functions", for
        the fingerprints.
    """

class Ngram:
    """Costs of a trigram, else of the back-off and the bigram, else of the back-off and the word.

    Attributes:
        words: How many word ids there are, classes included.
        step: The unit of the stored costs, in nats.
        entry_cost: What a word of the user's entries costs, in nats, whatever stands before it.
    """

    words: int
    step: float
    entry_cost: float
    def __init__(
        self,
        cost: Buffer,
        backoff: Buffer,
        pairs: Buffer,
        triples: Buffer,
        step: float,
        entry_cost: float,
    ) -> None:
        """Use stored arrays; they are not copied and must not change.

        Args:
            cost: -log P(word) of each word id, in steps, uint8.
            backoff: What is added after each word if the pair is not stored, in steps, uint8.
            pairs, triples: Tables that `fill_table` filled, uint32.
            step: Nats. Ids past the last word are entries.
            entry_cost: Nats.
        Raises:
            ValueError: If lengths or types do not fit, a table has no free cell, or there are more
                words than 20 bits can count.
        """
    def cost(self, a: int, b: int, c: int) -> float:
        """-log P(c | a, b), in nats. O(1)."""
    def cost2(self, a: int, b: int) -> float:
        """-log P(b | a), in nats, as the scan uses it. O(1)."""
