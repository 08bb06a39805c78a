"""The oracle: what the kernel computes, slow and plain. Only tests use it.

It is the specification of scan and decode; words, n-grams and channel entries are
dictionaries, and every path is followed. Symbols, word ids and costs are the kernel's
(see `thaifix/_kernel.pyi`).

Lattice of a window, at every position that something reaches:

* Blanks are one edge. With a line end among them: a space, a boundary, or nothing (each at
  its price). Without: a space, or nothing, which is a change (`deletion`) and needs all of
  them to be free.
* Elsewhere: every word and entry that can be read there; one cluster of an unknown word and,
  if it fits, an abbreviation (Thai and foreign letters), or a number, a Latin word, a sign.
* Changes: one symbol may stand for nothing, at the channel's cost; a space may be lost
  (`insertion`) where a free symbol follows, but not at the start and not after a space.

Reading a word: its letters are read off the observed symbols; it may not end before a mark.
After the first letter, one line end (with one blank before it and any after it) may stand
between letters, or last if more text follows, at the cost `line_inside`. At most three
operations, and none may bring the cost above the budget:

* replace 1 or 2 free observed symbols by 1 to 3 letters, as the channel lists them. A foreign
  letter is any one letter or any two; what the channel lists for it one to one is not used;
* delete a free symbol after the first letter of the word, but not just after an insertion;
* insert a letter, but not just after a deletion, only once before the first symbol, and only
  beside a free symbol of the window;
* none of them may put a mark behind a fixed symbol.

Between two operations a letter is read as it stands, unless the cost so far is at most
`adjacent`. Where only clusters of unknown words end, the budget is at most `inside`.

Path: words are priced by the n-gram given the two before; edges that stand for nothing leave
no trace there. A cluster continues the unknown word that ends just before it (or, at the start
of the window, before the window); any other unknown word costs `unknown_cost` and its n-gram.
"""

from __future__ import annotations

import math
import string
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

UNKNOWN, BOUNDARY, SPACE, NUMBER, LATIN, MISC, ABBREVIATION, PUNCTUATION, WORDS = *range(8), 102
NEWLINE, BLANK, FOREIGN, OTHER, OPAQUE = 95, 96, 191, 192, 193
LINE_END = 0xFFFFFFFF
CONSONANTS = set(range(0x01, 0x2F))
MARKS = {*range(0x30, 0x3B), 0x45, *range(0x47, 0x4F)}  # never begin a cluster
VOWELS = set(range(0x40, 0x45))  # never end one
THAI = CONSONANTS | MARKS | VOWELS | {0x2F, 0x46}
DIGITS = {*range(0x50, 0x5A), *(64 + ord(c) for c in "0123456789")}
ROMAN = {64 + ord(c) for c in string.ascii_letters}
JOINERS = {64 + ord(c) for c in ",./:-"}
FULL_STOP = 64 + ord(".")
FOLDED = {0x09: " ", 0xA0: " ", **dict.fromkeys(range(0x2010, 0x2016), "-")}
FOLDED |= dict.fromkeys(range(0x2018, 0x201C), "'") | dict.fromkeys(range(0x201C, 0x2020), '"')
SCRIPTS = (
    (0x0E80, 0x0EFF), (0x0980, 0x0A7F), (0x3040, 0x30FF), (0x4E00, 0x9FFF), (0xAC00, 0xD7A3),
    (0x0400, 0x04FF), (0x0900, 0x097F), (0x1780, 0x17FF), (0x1000, 0x109F),
)  # fmt: skip


def encode(text: str) -> bytes:
    """Each code point's symbol."""
    return bytes(map(_symbol, text))


def _symbol(letter: str) -> int:
    c = ord(letter)
    plain = FOLDED.get(c, letter)
    if letter in "\n\r":
        return NEWLINE
    if 0x0E01 <= c <= 0x0E5B:
        return c - 0x0E00
    if " " <= plain <= "~":
        return BLANK + ord(plain) - 0x20
    if c < 0x20 or c == 0x7F or 0xD800 <= c <= 0xDFFF:
        return OPAQUE
    return FOREIGN if any(lo <= c <= hi for lo, hi in SCRIPTS) else OTHER


def words(keys: Sequence[bytes]) -> dict[bytes, int]:
    """Key -> word. ValueError if keys are unsorted, equal or empty."""
    if list(keys) != sorted(set(keys)) or b"" in keys:
        raise ValueError("keys")
    return {key: k for k, key in enumerate(keys)}


@dataclass
class Ngram:
    """Costs in steps: of words, of pairs (with the back-off), of triples."""

    cost: Sequence[int]
    backoff: Sequence[int]
    pairs: dict[tuple[int, int], tuple[int, int]]
    triples: dict[tuple[int, int, int], int]
    step: float
    entry_cost: float

    def one(self, a: int) -> float:
        return self.cost[a] * self.step if a < len(self.cost) else self.entry_cost

    def two(self, a: int, b: int) -> float:
        if max(a, b) >= len(self.cost):
            return self.one(b)
        if (a, b) in self.pairs:
            return self.pairs[a, b][0] * self.step
        return self.backoff[a] * self.step + self.one(b)

    def three(self, a: int, b: int, c: int) -> float:
        if max(a, b, c) >= len(self.cost):
            return self.two(b, c)
        if (a, b, c) in self.triples:
            return self.triples[a, b, c] * self.step
        return self.pairs.get((a, b), (0, 0))[1] * self.step + self.two(b, c)


class Channel:
    """(observed, intended) -> cost. ValueError for what cannot be an entry."""

    def __init__(
        self, entries: Iterable[tuple[bytes, bytes, float]], any_one: float, any_two: float
    ) -> None:
        self.any_one, self.any_two = any_one, any_two
        self.costs: dict[tuple[bytes, bytes], float] = {}
        for o, t, cost in entries:
            sizes = {(0, 1), (1, 0), *((i, j) for i in (1, 2) for j in (1, 2, 3))}
            if not cost >= 0 or (len(o), len(t)) not in sizes or any(s > OPAQUE for s in o + t):
                raise ValueError("entry")
            self.costs[o, t] = cost


class Edge(NamedTuple):
    """A piece of a path; `changes` counts operations, 0 if the observed text stays."""

    start: int
    end: int
    word: int | None  # None: stands for nothing
    kind: str  # word, cluster, nothing, lost space
    cost: float = 0.0
    changes: int = 0
    intended: bytes = b""
    broken: int = 0


@dataclass
class Path:
    """The cheapest path; `widest`: the most histories met at one position."""

    cost: float
    edges: list[Edge]
    widest: int


def _inside(o: bytes, at: int) -> bool:
    return at < len(o) and o[at] in MARKS


def _blanks(o: bytes, at: int) -> int:
    while at < len(o) and o[at] in (BLANK, NEWLINE):
        at += 1
    return at


@dataclass
class Model:
    """All that the kernel's Decoder is made of."""

    words: dict[bytes, int]
    entries: dict[bytes, int]
    ngram: Ngram
    channel: Channel
    letters: bytes
    unknown_cost: float
    foreign_cost: float
    abbreviation_cost: float
    line_nothing: float
    line_space: float
    line_boundary: float
    line_inside: float
    ids: dict[int, bytes] = field(init=False)  # word id -> key

    def __post_init__(self) -> None:
        self.ids = {WORDS + k: key for key, k in self.words.items()}
        self.ids |= {len(self.ngram.cost) + k: key for key, k in self.entries.items()}

    def spell(self, o: bytes, begin: int, start: int, end: int) -> float:
        """Letters o[start:end] of an unknown word, each given the two before from `begin` on."""
        cost = 0.0
        for k in range(start, end):
            a, b = (o[i] if i >= begin and o[i] < NEWLINE else 0 for i in (k - 2, k - 1))
            letter = self.letters[(a * 96 + b) * 96 + o[k]] if o[k] < NEWLINE else 0
            cost += letter * self.ngram.step if o[k] < NEWLINE else self.foreign_cost
        return cost

    def plain(self, o: bytes, p: int) -> Iterator[Edge]:
        """What stands at p beside words: blanks, a number, Latin, a sign, a cluster, ..."""
        j, x = p + 1, o[p]
        if x in (BLANK, NEWLINE):
            j = _blanks(o, p)
            if NEWLINE in o[p:j]:
                yield Edge(p, j, SPACE, "word", self.line_space)
                yield Edge(p, j, BOUNDARY, "word", self.line_boundary)
                yield Edge(p, j, None, "nothing", self.line_nothing)
            else:
                yield Edge(p, j, SPACE, "word")
        elif x in THAI or x == FOREIGN:
            if x in VOWELS and j < len(o) and o[j] in CONSONANTS:
                j += 1
            while _inside(o, j):
                j += 1
            yield Edge(p, j, UNKNOWN, "cluster")
            for j in range(p + 1, min(p + 6, len(o))):
                letters = set(o[p:j]) <= THAI and (p == 0 or o[p - 1] not in THAI)
                if letters and o[j] == FULL_STOP:
                    yield Edge(p, j + 1, ABBREVIATION, "word", self.abbreviation_cost * (j + 1 - p))
        elif x in DIGITS:
            while j < len(o) and (
                o[j] in DIGITS or (o[j] in JOINERS and j + 1 < len(o) and o[j + 1] in DIGITS)
            ):
                j += 1
            yield Edge(p, j, NUMBER, "word")
        elif x in ROMAN:
            while j < len(o) and o[j] in ROMAN:
                j += 1
            yield Edge(p, j, LATIN, "word")
        else:
            sign = PUNCTUATION + x - BLANK if BLANK <= x < FOREIGN else MISC
            yield Edge(p, j, sign, "word")


@dataclass
class Window:
    """A text to be read, between words. ValueError for no text or a mask of another length."""

    model: Model
    o: bytes
    fixed: bytes
    left: tuple[int, int]
    right: tuple[int, ...]
    adjacent: float = math.inf

    def __post_init__(self) -> None:
        if not self.o or len(self.o) != len(self.fixed):
            raise ValueError("window")
        _before, _word = self.left

    def readings(
        self, start: int, key: bytes, budget: float
    ) -> Iterator[tuple[int, float, int, int]]:
        """All ways to read a word from `start` on: (end, cost, changes, broken)."""
        o, channel, n = self.o, self.model.channel, len(self.o)
        free = [not f for f in self.fixed]

        def read(
            at: int, k: int, cost: float, changes: int, last: str, broken: int
        ) -> Iterator[tuple[int, float, int, int]]:
            """Go on at o[at] with key[k:]."""
            if k == len(key) and at > start and not _inside(o, at):
                yield at, cost, changes, broken
            if at < n and (
                o[at] == NEWLINE
                or (o[at] == BLANK and at > start and o[at + 1 : at + 2] == bytes([NEWLINE]))
            ):
                j = _blanks(o, at)
                if k > 0 and not broken and j < n:
                    yield from read(j, k, cost + self.model.line_inside, changes, last, k)
                return
            if at < n and o[at : at + 1] == key[k : k + 1]:
                yield from read(at + 1, k + 1, cost, changes, "", broken)
            if changes == 3 or (last and cost > self.adjacent):
                return
            for at2, k2, price, name in operations(at, k, last):
                if cost + price <= budget:
                    yield from read(at2, k2, cost + price, changes + 1, name, broken)

        def operations(at: int, k: int, last: str) -> Iterator[tuple[int, int, float, str]]:
            beside = [i for i in (at - 1, at) if 0 <= i < n and free[i]]
            marked = at > 0 and not free[at - 1] and k < len(key) and key[k] in MARKS
            allowed = beside and not marked and (at > start or k == 0)
            if k < len(key) and last != "delete" and allowed:
                yield at, k + 1, channel.costs.get((b"", key[k : k + 1]), math.inf), "insert"
            if at < n and free[at] and k > 0 and last != "insert":
                yield at + 1, k, channel.costs.get((o[at : at + 1], b""), math.inf), "delete"
            for i in (1, 2):
                for j in (1, 2, 3):
                    if marked or at + i > n or k + j > len(key) or not all(free[at : at + i]):
                        continue
                    observed, intended = o[at : at + i], key[k : k + j]
                    price = channel.costs.get((observed, intended), math.inf)
                    if i == j == 1 and (o[at] == FOREIGN or observed == intended):
                        price = math.inf
                    if i == 1 and o[at] == FOREIGN and j < 3:
                        price = min(price, (channel.any_one, channel.any_two)[j - 1])
                    yield at + i, k + j, price, "replace"

        return (r for r in read(start, 0, 0.0, 0, "", 0) if r[1] < math.inf)

    def lattice(self, most: float, insertion: float, deletion: float, inside: float) -> list[Edge]:
        """All edges; `most` is the budget, below 0 for the observed text alone."""
        model, o = self.model, self.o
        edges: list[Edge] = []
        for p in range(len(o)):
            kinds = {e.kind for e in edges if e.end == p}
            if not kinds and p > 0:
                continue
            budget = min(most, inside) if kinds == {"cluster"} else most
            edges += model.plain(o, p)
            if o[p] in (BLANK, NEWLINE):
                j = _blanks(o, p)
                if NEWLINE not in o[p:j] and not any(self.fixed[p:j]) and deletion < math.inf:
                    edges.append(Edge(p, j, None, "nothing", deletion, 1))
                continue
            if budget > 0 and p > 0 and not self.fixed[p] and insertion < math.inf:
                edges.append(Edge(p, p, SPACE, "lost space", insertion, 1, bytes([BLANK])))
            price = model.channel.costs.get((o[p : p + 1], b""), math.inf)
            if budget > 0 and price <= budget and price < math.inf and not self.fixed[p]:
                edges.append(Edge(p, p + 1, None, "nothing", price, 1))
            for word, key in model.ids.items():
                best: dict[int, tuple[float, int, int]] = {}  # of equal words the cheapest
                for end, cost, changes, broken in self.readings(p, key, budget):
                    best[end] = min(best.get(end, (math.inf, 0, 0)), (cost, changes, broken))
                edges += [Edge(p, e, word, "word", c, n, key, b) for e, (c, n, b) in best.items()]
        return edges

    def cheapest(self, edges: Iterable[Edge], history: int = 2) -> Path:
        """The cheapest path over edges, each word given one or two before; nothing is dropped."""
        model, n = self.model, len(self.o)
        first = (self.left[0] if history == 2 else 0, self.left[1], self.left[1] == UNKNOWN)
        # Position -> (two words, whether the last is unknown and may go on) -> cost, edges
        rows: list[dict[tuple[int, int, bool], tuple[float, list[Edge]]]]
        rows = [{first: (0.0, [])}, *({} for _ in range(n))]

        def price(a: int, b: int, c: int) -> float:
            return model.ngram.three(a, b, c) if history == 2 else model.ngram.two(b, c)

        for edge in sorted(edges, key=lambda e: (e.start, e.kind != "lost space")):
            for (a, b, unfinished), (cost, path) in list(rows[edge.start].items()):
                if edge.kind == "lost space" and b == SPACE:
                    continue
                cost += edge.cost
                state = (a, b, False)
                if edge.kind == "cluster" and unfinished:
                    cost += model.spell(self.o, 0, edge.start, edge.end)
                    state = (a, b, True)
                elif edge.word is not None:
                    cost += price(a, b, edge.word)
                    state = (b if history == 2 else 0, edge.word, edge.kind == "cluster")
                    if edge.kind == "cluster":
                        cost += model.unknown_cost
                        cost += model.spell(self.o, edge.start, edge.start, edge.end)
                row = rows[edge.end]
                if cost < row.get(state, (math.inf, path))[0]:
                    row[state] = (cost, [*path, edge])
        ends = []
        for (a, b, _), (cost, path) in rows[n].items():
            for i, word in enumerate(self.right[:2]):
                if not (i == 0 and word == b == UNKNOWN):
                    cost += price(a, b, word)
                a, b = b, word
            ends.append((cost, path))
        cost, path = min(ends, key=lambda end: end[0], default=(math.inf, []))
        return Path(cost, path, max(map(len, rows)))


def scan(model: Model, o: bytes) -> Path:
    """The likeliest words of a text, each given the one before.

    The lattice of the observed text, but words begin with a Thai or foreign letter and do not
    end with a line end, and there is no blank before the line end inside one.
    """
    window = Window(model, o, bytes(len(o)), (BOUNDARY, BOUNDARY), ())

    def found(e: Edge) -> bool:
        begins = o[e.start] in THAI or o[e.start] == FOREIGN
        return begins and e.broken < len(e.intended) and o[e.start + e.broken] != BLANK

    edges = window.lattice(-1, math.inf, math.inf, math.inf)
    return window.cheapest([e for e in edges if not e.intended or found(e)], history=1)


Part = tuple[int, int, bytes, int, int]


class Group(NamedTuple):
    """As the kernel's: neighbouring changes on the cheapest path."""

    start: int
    end: int
    margin: float
    rival: float
    channel: float
    changes: int
    parts: list[Part]


@dataclass
class Decoding:
    """All that a decoding is judged by: lattice, path that keeps the text, cheapest path."""

    window: Window
    edges: list[Edge]
    keep: Path
    best: Path

    def groups(self) -> list[Group]:
        """The groups; none if keeping is cheapest."""
        groups: list[list[Edge]] = []
        near = False
        for edge in self.best.edges if self.best.cost < self.keep.cost else []:
            if edge.changes and near:
                groups[-1].append(edge)
            elif edge.changes:
                groups.append([edge])
            near = edge.changes > 0
        return [
            Group(
                g[0].start, g[-1].end,
                (self.keep.cost if len(groups) == 1 else self.without(g)) - self.best.cost,
                self.rival(g) - self.best.cost,
                sum(e.cost for e in g), sum(e.changes for e in g), [_part(e) for e in g],
            )
            for g in groups
        ]  # fmt: skip

    def without(self, group: list[Edge]) -> float:
        """The cheapest path with no change that touches the group's span."""

        def touched(e: Edge) -> set[int]:
            return set(range(e.start, max(e.end, e.start + 1)))

        span = touched(group[0]._replace(end=group[-1].end))
        return self.window.cheapest(
            e for e in self.edges if not (e.changes and touched(e) & span)
        ).cost

    def rival(self, group: list[Edge]) -> float:
        """The cheapest path with another text, without the group's edges; eight tries."""
        banned = list(group)
        for _ in range(8):
            path = self.window.cheapest(e for e in self.edges if e not in banned)
            if self.text(path) != self.text(self.best):
                break
            banned += [e for e in path.edges if e.changes]
        return path.cost

    def text(self, path: Path) -> bytes:
        """The symbols a path stands for."""
        o = self.window.o
        return b"".join(e.intended if e.changes else o[e.start : e.end] for e in path.edges)

    def price(self, parts: Sequence[Part]) -> float:
        """The cheapest path with no changes but these. ValueError if one is not in the lattice."""
        changes = [e for e in self.edges if e.changes and _part(e) in parts]
        if not set(parts) <= set(map(_part, changes)):
            raise ValueError("not a legal change")
        return self.window.cheapest([e for e in self.edges if not e.changes] + changes).cost


def _part(e: Edge) -> Part:
    return e.start, e.end, e.intended, e.broken, e.word or 0


def decode(
    window: Window, *, budget: float, slack: float, insertion: float, deletion: float, inside: float
) -> Decoding:
    """The cheapest reading of a window."""
    exact = window.lattice(-1, math.inf, math.inf, math.inf)
    keep = window.cheapest(exact)
    budget = min(budget, keep.cost - slack)
    edges = window.lattice(budget, insertion, deletion, inside) if budget > 0 else exact
    return Decoding(window, edges, keep, window.cheapest(edges))
