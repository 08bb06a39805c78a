"""Phrases: the strings of a lexicon that are looked for as a whole, scanned and indexed.

A phrase stands for an entry: it is the entry's term or one of its longer aliases. The phrases of
the lexicons that come with thaifix are scanned when a model is trained, and are part of the bundle.
Those of a user's lexicon are scanned when it is read.
"""

from __future__ import annotations

import json
import struct
from array import array
from bisect import bisect_left
from collections import Counter
from collections.abc import Iterable, Sequence
from functools import cached_property
from typing import Any, NamedTuple

from thaifix.kernel.decoder import Decoder
from thaifix.kernel.phrases import Phrases, Strings
from thaifix.kernel.symbols import UNKNOWN, encode
from thaifix.lexicon.entries import Entry

SHORTEST_PHRASE = 8
"""Code points of a phrase, at least. By judgement: a shorter one leaves no anchor beside a gap."""

MOST_GAPS_PER_ANCHOR = 24
"""Gaps beside which an anchor may stand; with more of them it says too little. By judgement."""

REFUND = 0.7
"""Share of its words' cost that a phrase does not pay in a document that is familiar with it. By
judgement."""

TIMES_TO_BE_FAMILIAR = 2
"""How many times a document must hold a phrase as it is to be familiar with it. By judgement."""

_ARRAY_TYPES = "iiIf"  # of ends, starts, words, costs
_PART_SIZE = struct.Struct("<I")  # bytes of a part of the packed form, before it


class Scanned(NamedTuple):
    """Phrases, and what `Decoder.scan` gave for each.

    Positions are in the joined phrases: a line end stands between two.

    Attributes:
        texts: The phrases.
        ids: The ids of their entries.
        ends: Where each phrase ends, in code points.
        starts: Where each token begins, in code points.
        words: The word id of each token.
        costs: What each token costs, in nats.
    """

    texts: Sequence[str]
    ids: Sequence[str]
    ends: array[int]
    starts: array[int]
    words: array[int]
    costs: array[float]

    def part(self, members: Sequence[int], share: float) -> Scanned:
        """Take some of the phrases out.

        Args:
            members: Their numbers, rising.
            share: Factor of all costs.
        """
        out = Scanned([], [], array("i"), array("i"), array("I"), array("f"))
        for i in members:
            end = self.ends[i]
            begin = self.ends[i - 1] + 1 if i else 0
            first = bisect_left(self.starts, begin)
            last = bisect_left(self.starts, end)
            at = (out.ends[-1] + 1 if out.ends else 0) - begin
            _separate(out)
            out.starts.extend(start + at for start in self.starts[first:last])
            out.words.extend(self.words[first:last])
            out.costs.extend(share * cost for cost in self.costs[first:last])
            out.ends.append(end + at)
        return out._replace(
            texts=[self.texts[i] for i in members], ids=[self.ids[i] for i in members]
        )

    def then(self, other: Scanned) -> Scanned:
        """Join these phrases and others, which come after them."""
        if not self.texts or not other.texts:
            return self if self.texts else other
        out = Scanned(
            [*self.texts, *other.texts], [*self.ids, *other.ids],
            self.ends[:], self.starts[:], self.words[:], self.costs[:],
        )  # fmt: skip
        at = out.ends[-1] + 1
        _separate(out)
        out.ends.extend(end + at for end in other.ends)
        out.starts.extend(start + at for start in other.starts)
        out.words.extend(other.words)
        out.costs.extend(other.costs)
        return out


def _separate(phrases: Scanned) -> None:
    """Add the token of the line end that stands before the next phrase, unless it is the first."""
    if phrases.ends:
        phrases.starts.append(phrases.ends[-1])
        phrases.words.append(UNKNOWN)
        phrases.costs.append(0.0)


def scan(entries: Iterable[Entry], decoder: Decoder) -> Scanned:
    """Scan the phrases of entries; of equal phrases the first counts.

    Args:
        entries: Of lexicons.
        decoder: Scans the phrases.
    Time: O(letters of the entries).
    """
    found: dict[str, str] = {}
    for entry in entries:
        for text in filter(_is_phrase, (entry.term, *entry.aliases)):
            found.setdefault(text, entry.id)
    out = Scanned(list(found), list(found.values()), array("i"), array("i"), array("I"), array("f"))
    for text in found:
        at = out.ends[-1] + 1 if out.ends else 0
        _separate(out)
        starts, words, costs = decoder.scan(encode(text))
        out.starts.extend(at + start for start in starts)
        out.words.extend(words)
        out.costs.extend(costs)
        out.ends.append(at + len(text))
    return out


def _is_phrase(text: str) -> bool:
    """Tell phrases from short, foreign and abbreviated strings."""
    return len(text) >= SHORTEST_PHRASE and "\u0e01" <= text[0] <= "\u0e4e" and "." not in text


def pack(phrases: Scanned) -> bytes:
    """Write phrases as bytes, for a bundle: JSON of texts and ids, then the arrays."""
    text = json.dumps([phrases.texts, phrases.ids], ensure_ascii=False).encode()
    arrays = (phrases.ends, phrases.starts, phrases.words, phrases.costs)
    parts = [text, *(a.tobytes() for a in arrays)]
    return b"".join(_PART_SIZE.pack(len(part)) + part for part in parts)


def unpack(data: bytes | memoryview) -> Scanned:
    """Read phrases that `pack` wrote."""
    parts, at = [], 0
    while at < len(data):
        (size,) = _PART_SIZE.unpack_from(data, at)
        at += _PART_SIZE.size
        parts.append(bytes(data[at : at + size]))
        at += size
    texts, ids = json.loads(parts[0])
    arrays: list[Any] = [array(*pair) for pair in zip(_ARRAY_TYPES, parts[1:], strict=True)]
    return Scanned(texts, ids, *arrays)


class Index:
    """Phrases in the kernel.

    Attributes:
        phrases: What was indexed.
        joined: The phrases, a line end between two.
        kernel: Finds the phrases with a gap in them.
        refund: Share of its words' cost that a phrase does not pay.
    """

    def __init__(
        self,
        phrases: Scanned,
        cuts: Any,
        *,
        most: int = MOST_GAPS_PER_ANCHOR,
        refund: float = 0.0,
    ) -> None:
        """Index phrases.

        Args:
            phrases: Their costs are already without the refund.
            cuts: The section "cuts" of the bundle: how words divide into atoms.
            most: Gaps beside which an anchor may stand.
            refund: Share of its words' cost that a phrase does not pay.
        """
        self.phrases = phrases
        self.refund = refund
        self.joined = "\n".join(phrases.texts)
        self._symbols = encode(self.joined)
        self._cuts = cuts
        self.kernel = Phrases(
            self._symbols, phrases.ends, phrases.starts, phrases.words, phrases.costs, cuts, most
        )

    @cached_property
    def strings(self) -> Strings:
        """Finds the phrases as they are. Made at the first call."""
        return Strings(self._symbols, self.phrases.ends)

    def familiar(self, found: Iterable[tuple[int, int, int]]) -> Index | None:
        """Index the phrases that a document holds several times as they are.

        In that document they are cheaper than the language model says.

        Args:
            found: What `strings` found in the document: start, end, number of the phrase.
        Returns:
            None if there are none.
        """
        seen = Counter(i for _, _, i in found)
        members = sorted(i for i, times in seen.items() if times >= TIMES_TO_BE_FAMILIAR)
        if not members:
            return None
        some = self.phrases.part(members, 1 - REFUND)
        return Index(some, self._cuts, most=len(members), refund=REFUND)
