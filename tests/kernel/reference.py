"""The oracle: what the kernel computes, slow and plain. Only tests use it.

It is the specification of scan and decode: words, n-grams and channel entries are dictionaries, and
every reading is tried. Symbols, their classes and word ids are the kernel's (`symbols.pyi`); costs
are nats.

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
between letters, or last if more text follows, at the cost `line_inside`. There are at most so many
operations (`operations`), and none may bring the cost above the budget:

* replace 1 or 2 free observed symbols by 1 to 3 letters, as the channel lists them. A foreign
  letter is any one letter or any two; what the channel lists for it one to one is not used;
* delete a free symbol after the first letter of the word, but not just after an insertion;
* insert a letter, but not just after a deletion, only once before the first symbol, and only
  beside a free symbol of the window;
* none of them may put a mark behind a fixed symbol.

Between two operations a letter is read as it stands, unless the cost so far is at most
`adjacent`. Where only clusters of unknown words end, the budget is at most `inside`.

Accounts: `paid` at a position is what the observed reading costs up to it, a word's cost spread
evenly over its symbols, less `rate` a symbol; `through` the same to the end of the word that ends
or goes on there; `reached` is what the cheapest path costs up to a position, less `rate` a symbol,
and no less than `paid`. A misread word from i to j costs at most through[j] - paid[i] +
`tolerance`. With what its n-gram costs at least (`least`) beyond `rate` a letter, it costs at most
through[j] - reached[i], plus `tolerance` if that is above 0. The budget at i allows as much to the
position with the highest `paid`. Where `deep` is 0, the budget is `shallow` at most.

Path: words are priced by the n-gram given the two before; edges that stand for nothing leave
no trace there. A cluster continues the unknown word that ends just before it (or, at the start
of the window, before the window); any other unknown word costs `unknown_cost` and its n-gram.
At a position the `width` cheapest paths with different last words are kept, and those are followed
that cost at most `beam` more than the cheapest.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

from thaifix.kernel.symbols import (
    ABBREVIATION,
    ASCII,
    ATTACHED,
    BLANK,
    BOUNDARY,
    CONSONANT,
    DIGIT,
    FIRST_WORD,
    FOREIGN,
    FULL_STOP,
    JOINER,
    KINDS,
    LATIN,
    LEADING,
    LETTERS,
    MISC,
    NEWLINE,
    NUMBER,
    PUNCTUATION,
    ROMAN,
    SPACE,
    SYMBOLS,
    THAI,
    UNKNOWN,
)


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
        if (a, b) not in self.pairs:
            return self.two(b, c)
        if (a, b, c) in self.triples:
            return self.triples[a, b, c] * self.step
        if c >= len(self.cost):
            return self.one(c)
        return self.pairs[a, b][1] * self.step + self.two(b, c)


class Channel:
    """(observed, intended) -> cost. ValueError for what cannot be an entry."""

    def __init__(
        self, entries: Iterable[tuple[bytes, bytes, float]], any_one: float, any_two: float
    ) -> None:
        self.any_one, self.any_two = any_one, any_two
        self.costs: dict[tuple[bytes, bytes], float] = {}
        for o, t, cost in entries:
            sizes = {(0, 1), (1, 0), *((i, j) for i in (1, 2) for j in (1, 2, 3))}
            if not cost >= 0 or (len(o), len(t)) not in sizes or max(o + t) >= SYMBOLS:
                raise ValueError("entry")
            self.costs[o, t] = cost

    def cost(self, observed: bytes, intended: bytes) -> float:
        """What a replacement of free symbols costs."""
        one_to_one = len(observed) == len(intended) == 1
        cost = self.costs.get((observed, intended), math.inf)
        if one_to_one and (observed[0] == FOREIGN or observed == intended):
            cost = math.inf
        if observed[0] == FOREIGN and len(observed) == 1 and len(intended) < 3:
            cost = min(cost, (self.any_one, self.any_two)[len(intended) - 1])
        return cost


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
    """The cheapest path.

    Attributes:
        cost: With the words after the window.
        edges: What it consists of.
        costs: What it costs up to the end of each edge.
        widest: The most histories met at one position.
    """

    cost: float
    edges: list[Edge]
    costs: list[float]
    widest: int


class Bounds(NamedTuple):
    """What `Decoder.decode` is told besides the window."""

    budget: float = math.inf
    slack: float = 0.0
    insertion: float = math.inf
    deletion: float = math.inf
    tolerance: float = math.inf
    adjacent: float = math.inf
    inside: float = math.inf
    beam: float = math.inf
    beam_width: int = 1_000
    operations: int = 3
    rivals: int = 8
    deep: bytes | None = None
    shallow: float = 0.0


class Account(NamedTuple):
    """What the observed reading costs up to a position: see above."""

    paid: float
    through: float


def _attached(o: bytes, at: int) -> bool:
    return at < len(o) and bool(KINDS[o[at]] & ATTACHED)


def _end(o: bytes, at: int, classes: int) -> int:
    """Where symbols of these classes end."""
    while at < len(o) and KINDS[o[at]] & classes:
        at += 1
    return at


def cluster_end(o: bytes, at: int) -> int:
    """Where the cluster ends that begins at a position."""
    both = KINDS[o[at]] & LEADING and at + 1 < len(o) and KINDS[o[at + 1]] & CONSONANT
    return _end(o, at + 2 if both else at + 1, ATTACHED)


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
    rate: float = 0.0
    least: bytes | None = None
    ids: dict[int, bytes] = field(init=False)  # word id -> key

    def __post_init__(self) -> None:
        self.ids = {FIRST_WORD + k: key for key, k in self.words.items()}
        self.ids |= {len(self.ngram.cost) + k: key for key, k in self.entries.items()}

    def beyond(self, word: int, key: bytes) -> float:
        """What a word of the model costs at least, beyond the rate of its letters."""
        if self.least is None or word >= len(self.least):
            return 0.0
        return max(self.least[word] * self.ngram.step - self.rate * len(key), 0.0)

    def spell(self, o: bytes, begin: int, start: int, end: int) -> float:
        """Letters o[start:end] of an unknown word, each given the two before from `begin` on."""
        cost = 0.0
        for k in range(start, end):
            a, b = (o[i] if i >= begin and o[i] < NEWLINE else 0 for i in (k - 2, k - 1))
            letter = self.letters[(a * LETTERS + b) * LETTERS + o[k]] if o[k] < NEWLINE else 0
            cost += letter * self.ngram.step if o[k] < NEWLINE else self.foreign_cost
        return cost

    def plain(self, o: bytes, p: int) -> Iterator[Edge]:
        """What stands at p beside words: blanks, a number, Latin, a sign, a cluster, ..."""
        j, kind = p + 1, KINDS[o[p]]
        if kind & BLANK:
            j = _end(o, p, BLANK)
            if NEWLINE in o[p:j]:
                yield Edge(p, j, SPACE, "word", self.line_space)
                yield Edge(p, j, BOUNDARY, "word", self.line_boundary)
                yield Edge(p, j, None, "nothing", self.line_nothing)
            else:
                yield Edge(p, j, SPACE, "word")
        elif kind & THAI or o[p] == FOREIGN:
            yield Edge(p, cluster_end(o, p), UNKNOWN, "cluster")
            for j in range(p + 1, min(p + 6, len(o))):
                begins = _end(o, p, THAI) == j and (p == 0 or not KINDS[o[p - 1]] & THAI)
                if begins and o[j] == FULL_STOP:
                    yield Edge(p, j + 1, ABBREVIATION, "word", self.abbreviation_cost * (j + 1 - p))
        elif kind & DIGIT:
            while j < len(o) and (
                KINDS[o[j]] & DIGIT or (KINDS[o[j]] & JOINER and _end(o, j + 1, DIGIT) > j + 1)
            ):
                j += 1
            yield Edge(p, j, NUMBER, "word")
        elif kind & ROMAN:
            yield Edge(p, _end(o, p, ROMAN), LATIN, "word")
        else:
            sign = PUNCTUATION + o[p] - ASCII if ASCII <= o[p] < FOREIGN else MISC
            yield Edge(p, j, sign, "word")


@dataclass
class Window:
    """A text to be read, between words. ValueError for no text or a mask of another length."""

    model: Model
    o: bytes
    fixed: bytes
    left: tuple[int, int]
    right: tuple[int, ...]
    bounds: Bounds = Bounds()  # noqa: RUF009  a tuple does not change
    scanned: bool = False  # how line ends inside words are read: as scan does

    def __post_init__(self) -> None:
        if not self.o or len(self.o) != len(self.fixed):
            raise ValueError("window")
        _before, _word = self.left

    def readings(
        self, start: int, key: bytes, budget: float
    ) -> Iterator[tuple[int, float, int, int]]:
        """All ways to read a word from `start` on: (end, cost, changes, broken)."""
        o, n = self.o, len(self.o)

        def read(
            at: int, k: int, cost: float, changes: int, last: str, broken: int
        ) -> Iterator[tuple[int, float, int, int]]:
            """Go on at o[at] with key[k:]."""
            if k == len(key) and at > start and not _attached(o, at):
                yield at, cost, changes, broken
            if at < n and self.breaks(start, at):
                end = _end(o, at, BLANK)
                if k > 0 and not broken and end < n:
                    yield from read(end, k, cost + self.model.line_inside, changes, last, k)
                return
            if at < n and o[at : at + 1] == key[k : k + 1]:
                yield from read(at + 1, k + 1, cost, changes, "", broken)
            if changes == self.bounds.operations or (last and cost > self.bounds.adjacent):
                return
            for at2, k2, price, name in self.operations(start, at, key, k, last):
                if cost + price <= budget:
                    yield from read(at2, k2, cost + price, changes + 1, name, broken)

        return (r for r in read(start, 0, 0.0, 0, "", 0) if r[1] < math.inf)

    def breaks(self, start: int, at: int) -> bool:
        """Whether a word that begins at `start` meets a line end."""
        if self.scanned:
            return self.o[at] == NEWLINE
        before = at > start and self.o[at] == ASCII and self.o[at + 1 : at + 2] == bytes([NEWLINE])
        return self.o[at] == NEWLINE or before

    def operations(
        self, start: int, at: int, key: bytes, k: int, last: str
    ) -> Iterator[tuple[int, int, float, str]]:
        """What may come next where o[at] is read as key[k]: (at, k, price, name)."""
        o, n, channel = self.o, len(self.o), self.model.channel
        free = [not f for f in self.fixed]
        beside = any(free[i] for i in (at - 1, at) if 0 <= i < n)
        marked = at > 0 and not free[at - 1] and k < len(key) and bool(KINDS[key[k]] & ATTACHED)
        if k < len(key) and last != "delete" and beside and not marked and (at > start or k == 0):
            yield at, k + 1, channel.costs.get((b"", key[k : k + 1]), math.inf), "insert"
        if at < n and free[at] and k > 0 and last != "insert":
            yield at + 1, k, channel.costs.get((o[at : at + 1], b""), math.inf), "delete"
        for i in (1, 2):
            for j in (1, 2, 3):
                if not marked and at + i <= n and k + j <= len(key) and all(free[at : at + i]):
                    price = channel.cost(o[at : at + i], key[k : k + j])
                    yield at + i, k + j, price, "replace"

    def lattice(
        self, most: float, insertion: float, deletion: float, accounts: Sequence[Account]
    ) -> list[Edge]:
        """All edges; `most` is the budget, below 0 for the observed text alone."""
        model, o, tolerance = self.model, self.o, self.bounds.tolerance
        edges: list[Edge] = []
        for p in range(len(o)):
            kinds = {e.kind for e in edges if e.end == p}
            if not kinds and p > 0:
                continue
            budget, paid = most, accounts[p].paid
            reached, honest = paid, max(tolerance, 0.0)
            if most > 0:
                rows, _ = self.rows(edges, self.bounds)
                low = min(state[0] for state in rows[p].values())
                reached = max(paid, low - model.rate * p)
                ahead = max(a.paid for a in accounts[p:])
                budget = min(most, ahead - paid + tolerance, ahead - reached + honest)
                if self.bounds.deep and not self.bounds.deep[p]:
                    budget = min(budget, self.bounds.shallow)
            if kinds == {"cluster"}:
                budget = min(budget, self.bounds.inside)
            edges += model.plain(o, p)
            if KINDS[o[p]] & BLANK:
                j = _end(o, p, BLANK)
                if NEWLINE not in o[p:j] and not any(self.fixed[p:j]) and deletion < math.inf:
                    edges.append(Edge(p, j, None, "nothing", deletion, 1))
                continue
            if budget > 0 and p > 0 and not self.fixed[p] and insertion < math.inf:
                edges.append(Edge(p, p, SPACE, "lost space", insertion, 1, bytes([ASCII])))
            price = model.channel.costs.get((o[p : p + 1], b""), math.inf)
            if budget > 0 and price <= budget and price < math.inf and not self.fixed[p]:
                edges.append(Edge(p, p + 1, None, "nothing", price, 1))
            for word, key in model.ids.items():
                best: dict[int, tuple[float, int, int]] = {}  # of equal words the cheapest
                for end, cost, changes, broken in self.readings(p, key, budget):
                    through = accounts[end].through
                    allowed = min(
                        through - paid + tolerance,
                        through - reached + honest - model.beyond(word, key),
                    )
                    if not changes or cost <= allowed:
                        best[end] = min(best.get(end, (math.inf, 0, 0)), (cost, changes, broken))
                edges += [Edge(p, e, word, "word", c, n, key, b) for e, (c, n, b) in best.items()]
        return edges

    def observed(self) -> list[Edge]:
        """The edges of the observed text alone."""
        return self.lattice(-1, math.inf, math.inf, [Account(0.0, 0.0)] * (len(self.o) + 1))

    def cheapest(self, edges: Iterable[Edge], bounds: Bounds, history: int = 2) -> Path:
        """The cheapest path over edges, each word given one or two before."""
        model, n = self.model, len(self.o)
        rows, widest = self.rows(edges, bounds, history)
        ends = []
        for (a, b, _), (cost, path, costs) in _narrow(rows[n], bounds.beam_width).items():
            for i, word in enumerate(self.right[:2]):
                if not (i == 0 and word == b == UNKNOWN):
                    cost += model.ngram.three(a, b, word) if history == 2 else 0.0
                a, b = b, word
            ends.append((cost, path, costs))
        cost, path, costs = min(ends, key=lambda end: end[0], default=(math.inf, [], []))
        return Path(cost, path, costs, max(widest, len(rows[n])))

    def rows(
        self, edges: Iterable[Edge], bounds: Bounds, history: int = 2
    ) -> tuple[list[dict[_History, _Reached]], int]:
        """What reaches each position, by its last words, and the most at one position."""
        n = len(self.o)
        first = (self.left[0] if history == 2 else 0, self.left[1], self.left[1] == UNKNOWN)
        rows: list[dict[_History, _Reached]] = [{first: (0.0, [], [])}, *({} for _ in range(n))]
        starting: list[list[Edge]] = [[] for _ in range(n)]
        for edge in edges:
            starting[edge.start].append(edge)
        widest = 1
        for p in range(n):
            low = min((reached[0] for reached in rows[p].values()), default=0.0)
            for edge in sorted(starting[p], key=lambda e: e.kind != "lost space"):
                rows[p] = _narrow(rows[p], bounds.beam_width)
                for state, (cost, path, costs) in list(rows[p].items()):
                    if cost > low + bounds.beam or (
                        edge.kind == "lost space" and state[1] == SPACE
                    ):
                        continue
                    after, price = self.price(edge, state, history)
                    row, sum_ = rows[edge.end], cost + price
                    if sum_ < row.get(after, (math.inf, [], []))[0]:
                        row[after] = (sum_, [*path, edge], [*costs, sum_])
            widest = max(widest, len(rows[p]))
        return rows, widest

    def price(self, edge: Edge, state: _History, history: int) -> tuple[_History, float]:
        """The history after an edge, and what the edge costs."""
        model = self.model
        a, b, unfinished = state
        if edge.kind == "cluster" and unfinished:
            return state, edge.cost + model.spell(self.o, 0, edge.start, edge.end)
        if edge.word is None:
            return (a, b, False), edge.cost
        ngram = (
            model.ngram.three(a, b, edge.word) if history == 2 else model.ngram.two(b, edge.word)
        )
        cost = edge.cost + ngram
        if edge.kind == "cluster":
            cost += model.unknown_cost + model.spell(self.o, edge.start, edge.start, edge.end)
        return (b if history == 2 else 0, edge.word, edge.kind == "cluster"), cost

    def accounts(self, path: Path) -> list[Account]:
        """What the observed reading costs up to each position."""
        n, rate = len(self.o), self.model.rate
        paid, through = [0.0] * (n + 1), [0.0] * (n + 1)
        low = 0.0
        for edge, high in zip(path.edges, path.costs, strict=True):
            for p in range(edge.start, edge.end):
                share = (p - edge.start) / (edge.end - edge.start)
                paid[p] = low + (high - low) * share
                through[p + 1] = high
            low = high
        paid[n] = low
        return [Account(paid[p] - rate * p, through[p] - rate * p) for p in range(n + 1)]


_History = tuple[int, int, bool]
"""The last two words, and whether the last is unknown and may go on."""

_Reached = tuple[float, list[Edge], list[float]]
"""Cost, edges, cost up to the end of each edge."""


def _narrow(row: dict[_History, _Reached], width: int) -> dict[_History, _Reached]:
    return dict(sorted(row.items(), key=lambda item: item[1][0])[:width])


def scan(model: Model, o: bytes, width: int = 1_000) -> Path:
    """The likeliest words of a text, each given the one before, `width` last words a position.

    The lattice of the observed text, but words begin with a Thai or foreign letter and do not
    end with a line end, and there is no blank before the line end inside one.
    """
    window = Window(model, o, bytes(len(o)), (BOUNDARY, BOUNDARY), (), scanned=True)

    def found(e: Edge) -> bool:
        begins = KINDS[o[e.start]] & THAI or o[e.start] == FOREIGN
        return bool(begins) and e.broken < len(e.intended)

    edges = [e for e in window.observed() if not e.intended or found(e)]
    return window.cheapest(edges, Bounds(beam_width=width), history=1)


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
        edges = (e for e in self.edges if not (e.changes and touched(e) & span))
        return self.window.cheapest(edges, self.window.bounds).cost

    def rival(self, group: list[Edge]) -> float:
        """The cheapest path with another text, without the group's edges; `rivals` tries."""
        banned = list(group)
        for _ in range(self.window.bounds.rivals):
            edges = (e for e in self.edges if e not in banned)
            path = self.window.cheapest(edges, self.window.bounds)
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
        edges = [e for e in self.edges if not e.changes] + changes
        return self.window.cheapest(edges, self.window.bounds).cost


def _part(e: Edge) -> Part:
    return e.start, e.end, e.intended, e.broken, e.word or 0


def decode(window: Window) -> Decoding:
    """The cheapest reading of a window. ValueError if none has a finite cost."""
    bounds = window.bounds
    exact = window.observed()
    keep = window.cheapest(exact, bounds)
    if not keep.cost < math.inf:
        raise ValueError("cost")
    budget = min(bounds.budget, keep.cost - bounds.slack)
    edges = exact
    if budget > 0:
        accounts = window.accounts(keep)
        edges = window.lattice(budget, bounds.insertion, bounds.deletion, accounts)
    return Decoding(window, edges, keep, window.cheapest(edges, bounds))
