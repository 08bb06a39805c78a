"""Phrases: the strings of a lexicon that are looked for as a whole, scanned and indexed.

A phrase stands for an entry: it is its term or one of its longer aliases. The phrases of the
lexicons that come with thaifix are scanned when a model is built and come with the bundle; those
of a user's lexicon are scanned when it is read.
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
from thaifix.kernel.symbols import encode
from thaifix.lexicon.entries import Entry

SHORTEST = 8
"""Code points of a phrase: less than that leaves no anchors."""

MOST = 24
"""An anchor that stands beside more gaps than this says too little."""

REFUND = 0.7
"""Share of its words' cost that a phrase does not pay in a document that holds it elsewhere."""

_KINDS = "iiIf"  # types of the arrays, in the order of their fields
_SIZE = struct.Struct("<I")


class Scanned(NamedTuple):
    """Phrases and what `Decoder.scan` gave for each; positions are in the joined phrases.

    Attributes:
        texts: The phrases; `ids`: of their entries.
        ends: Where each phrase ends.
        starts, words, costs: Of each token; a line end stands between two phrases.
    """

    texts: Sequence[str]
    ids: Sequence[str]
    ends: array[int]
    starts: array[int]
    words: array[int]
    costs: array[float]

    def part(self, members: Sequence[int], share: float) -> Scanned:
        """Some of the phrases, at a share of their cost."""
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
        """These phrases and others after them."""
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
    if phrases.ends:
        phrases.starts.append(phrases.ends[-1])
        phrases.words.append(0)
        phrases.costs.append(0.0)


def scan(entries: Iterable[Entry], decoder: Decoder) -> Scanned:
    """Scan the phrases of entries; of equal ones the first counts. O(letters)."""
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
    return len(text) >= SHORTEST and "\u0e01" <= text[0] <= "\u0e4e" and "." not in text


def pack(phrases: Scanned) -> bytes:
    """Phrases as bytes, for a bundle."""
    text = json.dumps([phrases.texts, phrases.ids], ensure_ascii=False).encode()
    arrays = (phrases.ends, phrases.starts, phrases.words, phrases.costs)
    parts = [text, *(a.tobytes() for a in arrays)]
    return b"".join(_SIZE.pack(len(part)) + part for part in parts)


def unpack(data: bytes | memoryview) -> Scanned:
    """The phrases that `pack` packed."""
    parts, at = [], 0
    while at < len(data):
        (size,) = _SIZE.unpack_from(data, at)
        parts.append(bytes(data[at + 4 : at + 4 + size]))
        at += 4 + size
    texts, ids = json.loads(parts[0])
    arrays: list[Any] = [array(kind, part) for kind, part in zip(_KINDS, parts[1:], strict=True)]
    return Scanned(texts, ids, *arrays)


class Index:
    """Phrases in the kernel.

    Attributes:
        phrases: What was indexed.
        joined: The phrases, a line end between two.
        kernel: Finds gaps in them.
        refund: Share of its words' cost that a phrase did not have to pay.
    """

    def __init__(self, phrases: Scanned, cuts: Any, *, most: int = MOST, refund: float = 0.0):
        """Index phrases whose costs are already without the refund."""
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
        """Finds the phrases themselves."""
        return Strings(self._symbols, self.phrases.ends)

    def familiar(self, found: Iterable[tuple[int, int, int]]) -> Index | None:
        """The phrases that a document holds at least twice as they are.

        In that document they are cheaper than the language model says.

        Args:
            found: What `strings` found in the document.
        """
        seen = Counter(i for _, _, i in found)
        members = sorted(i for i, times in seen.items() if times > 1)
        if not members:
            return None
        some = self.phrases.part(members, 1 - REFUND)
        return Index(some, self._cuts, most=len(members), refund=REFUND)
