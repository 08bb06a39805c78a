"""The kernel's decoder, put together from a bundle, and what its scan gives."""

from __future__ import annotations

from array import array
from collections.abc import Sequence
from typing import NamedTuple

from thaifix.kernel.decoder import Decoder
from thaifix.kernel.symbols import encode
from thaifix.kernel.trie import Trie
from thaifix.lexicon.entries import Lexicon
from thaifix.model import confusion, ngram
from thaifix.model.bundle import Model


def build_decoder(
    model: Model,
    lexicon: Lexicon | None = None,
    confusions: Sequence[tuple[str, str, float]] | None = None,
    rate: float = 0.0,
) -> Decoder:
    """Put a decoder together; its words past the model's are the lexicon's entries.

    Args:
        model: An open bundle; its arrays are used in place.
        lexicon: A user's terms.
        confusions: Instead of the model's: (observed, intended, cost in nats).
        rate: What any words cost a code point, at least, in nats: the bound of what a misreading
            can gain. Only `Decoder.decode` goes by it.
    Raises:
        ModelError: If the bundle lacks a section.
    Time: O(confusions + letters of the lexicon + first letters of the model's words).
    """
    table = model.header["decoder"]
    return Decoder(
        Trie(model.array("first"), model.array("label"), model.array("word")),
        ngram.load(*(model.array(name) for name in ("cost", "backoff", "pairs", "triples"))),
        confusion.load(
            [*(confusions or model.header["confusions"]), *confusion.moved_marks()],
            table["any_one"],
            table["any_two"],
        ),
        model.array("letters"),
        lexicon.trie() if lexicon else None,
        least=model.array("least"),
        rate=rate,
        **{name: value for name, value in table.items() if not name.startswith("any_")},
    )


class Scan(NamedTuple):
    """What `Decoder.scan` gives: the likeliest words of a text, one item a token.

    Attributes:
        starts: Where each begins, in code points.
        words: Its id, see `kernel.symbols`; 0 is a cluster of an unknown word.
        costs: What it costs after the word before, in nats.
    """

    starts: array[int]
    words: array[int]
    costs: array[float]

    def ends(self, length: int) -> Sequence[int]:
        """Where each token ends, in a text of so many code points. O(tokens)."""
        return [*self.starts[1:], length] if self.starts else []


def scan(decoder: Decoder, text: str) -> Scan:
    """The likeliest words of a text. O(n)."""
    return Scan(*decoder.scan(encode(text)))
