"""Error series: every suspected substitution of a collection, one row each, for a person to judge.

A place is what a corrector would change there, widened to whole words of the model's scan, before
and after the change, so that it reads alone. Places with the same observed and the same intended
words are one series. Both are compared after normalisation: how a place spells sara am, say, makes
no difference. What is normalised only (a rule's edit, without doubt) is a series of its own kind,
listed on request: there `observed` is the raw spelling.
"""

from __future__ import annotations

import hashlib
from bisect import bisect_left, bisect_right
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from itertools import accumulate
from math import inf
from operator import itemgetter
from typing import NamedTuple

from thaifix.correct.corrector import Corrector
from thaifix.kernel.symbols import encode
from thaifix.model.decoder import build_decoder
from thaifix.stream.filter import DocumentCorrector
from thaifix.text import tsv
from thaifix.text.edit import Correction, Edit, apply, trim
from thaifix.text.normalize import normalize
from thaifix.text.protect import KeepList, protected_spans
from thaifix.text.script import starts_cluster

THRESHOLD = 0.05
"""Confidence from which a change is suspected."""

EXAMPLES = 3
"""Examples of a series, at most."""

COLUMNS = (
    "id", "decision", "observed", "intended", "count", "documents", "applied", "confidence",
    "reason", "entry", *(f"example{i}" for i in range(1, EXAMPLES + 1)),
)  # fmt: skip
"""Of the table."""

UNKNOWN = 0
"""The scan's id of an unknown word."""

_START, _END = itemgetter(0), itemgetter(1)  # of a span, also of a `Place`

_CONTEXT = 20  # code points of an example on each side

Scan = Callable[[bytes], tuple[Sequence[int], Sequence[int], Sequence[float]]]
"""`Decoder.scan` of the corrector."""

_OF_ITS_PLACE = ("law_year", "abbreviation_of")  # reasons: elsewhere the same number may be right


class Place(NamedTuple):
    """A suspected substitution.

    Attributes:
        start: Where it begins, in code points of the source.
        end: Where it ends.
        observed: The words that stand there, normalised.
        intended: The words that the corrector takes them for.
        confidence: Calibrated probability that it is right, of its least certain edit.
        reason: Name of the mechanism; of several, joined with "+".
        entry: Id of the lexicon's entry that caused it, or "".
    """

    start: int
    end: int
    observed: str
    intended: str
    confidence: float
    reason: str
    entry: str


class Words:
    """A source, its normalised text, the words of that, and the way between the two."""

    def __init__(self, source: str, scan: Scan, keep: KeepList | None = None) -> None:
        """Normalise and scan a section. Time: O(n)."""
        self.source = source
        self.rules = normalize(source, protected_spans(source, keep))
        self.text = apply(source, self.rules)
        self._sources = [(rule.start, rule.end) for rule in self.rules]
        self._grown = [0, *accumulate(map(_growth, self.rules))]
        self._texts = [
            (rule.start + grown, rule.start + grown + len(rule.replacement))
            for rule, grown in zip(self.rules, self._grown, strict=False)
        ]
        self._scan = scan
        starts, self.ids, _ = scan(encode(self.text))
        self.starts: Sequence[int] = starts
        self.bounds = {*starts, len(self.text)}

    def inside(self, first: int, end: int) -> list[int]:
        """The ids of the words from the first-th on to a position, but for what is blank."""
        last = bisect_left(self.starts, end, first)
        ends = [*self.starts[first + 1 : last], end]
        return [
            self.ids[i]
            for i, until in enumerate(ends, first)
            if not self.text[self.starts[i] : until].isspace()
        ]

    def unknown_beside(self, first: int, end: int) -> bool:
        """Whether an unknown word ends where the first-th begins, or begins at a position."""
        last = bisect_left(self.starts, end, first)
        beside = [*self.ids[max(0, first - 1) : first], *self.ids[last : last + 1]]
        return UNKNOWN in beside

    def span(self, start: int, end: int) -> tuple[int, int] | None:
        """Where a span of the source stands in the text; None if it cuts through a rule's edit."""
        first = bisect_left(self._sources, start, key=_START)
        last = bisect_right(self._sources, end, key=_END)
        if first and self._sources[first - 1][1] > start:
            return None
        if last < len(self._sources) and self._sources[last][0] < end:
            return None
        return start + self._grown[first], end + self._grown[last]

    def origin(self, start: int, end: int) -> tuple[int, int] | None:
        """What became a span of the text in the source; None if it cuts through a rule's edit.

        What a rule deletes beside the span is no part of it.
        """
        first = bisect_right(self._texts, start, key=_END)
        last = max(first, bisect_left(self._texts, end, key=_START))
        if first < len(self._texts) and self._texts[first][0] < start:
            return None
        if last and self._texts[last - 1][1] > end:
            return None
        return start - self._grown[first], end - self._grown[last]

    def places(self, edits: Iterable[Edit]) -> list[Place]:
        """What edits of the source suspect.

        Those of rules, which are certain, are left out, and so are facts that hold in one place.
        """
        changes = []
        for edit in edits:
            uncertain = edit.margin < inf and edit.reason not in _OF_ITS_PLACE
            span = self.span(edit.start, edit.end) if uncertain else None
            if span and self.text[span[0] : span[1]] != edit.replacement:
                observed = self.text[span[0] : span[1]]
                moved = edit._replace(start=span[0], end=span[1], observed=observed)
                changes.append(trim(moved))
        if not changes:
            return []
        corrected = apply(self.text, changes)
        bounds = {*self._scan(encode(corrected))[0], len(corrected)}
        groups = _Widening(self.text, self.bounds, bounds).groups(changes)
        return [place for group in groups if (place := self._place(group))]

    def _place(self, group: _Group) -> Place | None:
        start, end = group.start, group.end
        edits = [e._replace(start=e.start - start, end=e.end - start) for e in group.edits]
        observed, intended = self.text[start:end], apply(self.text[start:end], edits)
        while observed and observed[-1:] == intended[-1:] and observed[-1].isspace():
            observed, intended, end = observed[:-1], intended[:-1], end - 1
        while observed and observed[:1] == intended[:1] and observed[0].isspace():
            observed, intended, start = observed[1:], intended[1:], start + 1
        raw = self.origin(start, end)
        return raw and Place(
            *raw,
            observed,
            intended,
            min(edit.confidence for edit in edits),
            "+".join(sorted({edit.reason for edit in edits})),
            next((edit.entry for edit in edits if edit.entry), ""),
        )

    def normalised(self, taken: Sequence[Place]) -> list[Place]:
        """What rules alone change, widened to words of the text, but for places that are taken.

        `taken` is in order, as `places` gives them.
        """
        found: list[Place] = []
        for rule, (start, end) in zip(self.rules, self._texts, strict=True):
            while start not in self.bounds:
                start -= 1
            while end not in self.bounds:
                end += 1
            raw = self.origin(start, end)
            if raw is None:
                continue
            low, high = min(raw[0], rule.start), max(raw[1], rule.end)
            before = bisect_left(taken, high, key=_START)  # how many places begin before its end
            if before and taken[before - 1].end > low:
                continue
            if found and low < found[-1].end:  # the same words
                reasons = {rule.reason, *found[-1].reason.split("+")}
                found[-1] = found[-1]._replace(reason="+".join(sorted(reasons)))
                continue
            if (span := self.span(low, high)) is None:
                continue
            observed, intended = self.source[low:high], self.text[span[0] : span[1]]
            found.append(Place(low, high, observed, intended, 1.0, rule.reason, ""))
        return found


@dataclass(slots=True)
class _Group:
    """Edits that widen to the same words; `before` and `after` count how far the corrected text
    is ahead at its start and at its end.
    """

    start: int
    end: int
    edits: list[Edit]
    before: int
    after: int


class _Widening:
    """Widens edits to where words begin and end in the text and in the corrected text."""

    def __init__(self, text: str, bounds: set[int], corrected: set[int]) -> None:
        self._text = text
        self._bounds = bounds
        self._corrected = corrected

    def groups(self, edits: Sequence[Edit]) -> list[_Group]:
        """Edits whose words would overlap are one group."""
        groups: list[_Group] = []
        rest = list(reversed(edits))
        while rest:
            edit = rest.pop()
            ahead = groups[-1].after if groups else 0
            group = _Group(edit.start, edit.end, [edit], ahead, ahead + _growth(edit))
            self._forward(group, rest)
            group = self._backward(group, groups)
            if not self._text[group.start : group.end].strip():  # seen with the words beside it
                if self._written(group.end):
                    self._forward(group, rest, least=1)
                if self._written(group.start - 1):
                    group = self._backward(group, groups, least=1)
            groups.append(group)
        return groups

    def _forward(self, group: _Group, rest: list[Edit], least: int = 0) -> None:
        end = group.end + least
        while group.end < end or not self._bound(group.end, group.after):
            if rest and rest[-1].start == group.end:
                edit = rest.pop()
                group.edits.append(edit)
                group.end = edit.end
                group.after += _growth(edit)
                end = min(end, group.end)
            else:
                group.end += 1

    def _backward(self, group: _Group, groups: list[_Group], least: int = 0) -> _Group:
        start = group.start - least
        while group.start > start or not self._bound(group.start, group.before):
            if groups and groups[-1].end == group.start:
                other = groups.pop()
                return _Group(
                    other.start, group.end, other.edits + group.edits, other.before, group.after
                )
            group.start -= 1
        return group

    def _bound(self, at: int, ahead: int) -> bool:
        return at in self._bounds and at + ahead in self._corrected

    def _written(self, at: int) -> bool:
        return 0 <= at < len(self._text) and not self._text[at].isspace()


def _growth(edit: Edit) -> int:
    return len(edit.replacement) - (edit.end - edit.start)


@dataclass(slots=True)
class Row:
    """A series.

    Attributes:
        observed: What stands there; normalised, unless only a rule changes it.
        intended: What is suspected to be meant.
        count: Places.
        documents: Documents with such places.
        applied: Places that the profile corrects by itself.
        confidence: Sum over the places.
        worth: Places that a decision is expected to set right: left ones that are errors, and
            corrected ones that are none.
        examples: Up to `EXAMPLES`, in the order of the collection.
    """

    observed: str
    intended: str
    count: int = 0
    documents: int = 0
    applied: int = 0
    confidence: float = 0.0
    worth: float = 0.0
    reasons: set[str] = field(default_factory=set)
    entries: set[str] = field(default_factory=set)
    examples: list[str] = field(default_factory=list)
    last: int = 0  # the last document

    def cells(self) -> tuple[str, ...]:
        """Its cells, in the order of `COLUMNS`; not escaped yet."""
        examples = self.examples + [""] * (EXAMPLES - len(self.examples))
        return (
            identify(self.observed, self.intended), "", self.observed, self.intended,
            str(self.count), str(self.documents), str(self.applied),
            f"{self.confidence / self.count:.2f}",
            " ".join(sorted(self.reasons)), " ".join(sorted(self.entries)), *examples,
        )  # fmt: skip


class Listing:
    """Collects the series of files: a source of documents for `stream.Filter`.

    Memory is bounded by the number of distinct substitutions and by one section.
    """

    def __init__(self, corrector: Corrector, doubtful: Corrector, *, rules: bool = False) -> None:
        """Begin with nothing.

        Args:
            corrector: Of the profile whose edits count as applied.
            doubtful: The same with the threshold `THRESHOLD`: its edits are suspected.
            rules: List what rules normalise, too.
        """
        self._corrector = corrector
        self._doubtful = doubtful
        self._scan = scanner(doubtful)
        self._rules = rules
        self._documents = 0
        self._rows: dict[tuple[str, str], Row] = {}

    def document(self) -> DocumentCorrector:
        """Begin a document."""
        self._documents += 1
        return _Listed(self, self._corrector.document(), self._doubtful.document())

    def rows(self) -> list[Row]:
        """The series, those first of which a decision sets most places right."""
        return sorted(
            self._rows.values(),
            key=lambda row: (-round(row.worth, 6), -row.count, row.observed, row.intended),
        )

    def add(self, source: str, applied: Iterable[Edit], suspected: Iterable[Edit]) -> None:
        """Count the places of a section.

        Args:
            source: Its text.
            applied: Edits that the profile makes.
            suspected: Edits that are suspected.
        """
        words = Words(source, self._scan, self._doubtful.keep)
        places = words.places(suspected)
        sure = {(p.start, p.end, p.observed, p.intended) for p in words.places(applied)}
        for place in places:
            self._count(source, place, place[:4] in sure)
        if self._rules:
            for place in words.normalised(places):
                self._count(source, place, True)

    def _count(self, source: str, place: Place, applied: bool) -> None:
        key = place.observed, place.intended
        row = self._rows.setdefault(key, Row(*key))
        row.count += 1
        row.documents += row.last != self._documents
        row.last = self._documents
        row.applied += applied
        row.confidence += place.confidence
        row.worth += 1 - place.confidence if applied else place.confidence
        row.reasons.add(place.reason)
        if place.entry:
            row.entries.add(place.entry)
        if len(row.examples) < EXAMPLES:
            example = _example(source, place)
            if example not in row.examples:
                row.examples.append(example)


class _Listed:
    """A document whose sections are counted and stay as they are."""

    adapted = 0

    def __init__(
        self, listing: Listing, document: DocumentCorrector, doubtful: DocumentCorrector
    ) -> None:
        self._listing = listing
        self._document = document
        self._doubtful = doubtful

    def correct(self, text: str, /) -> Correction:
        applied, suspected = self._document.correct(text), self._doubtful.correct(text)
        self._listing.add(text, applied.edits, suspected.edits)
        return Correction(text, text)


def scanner(corrector: Corrector) -> Scan:
    """The scan of a corrector's model and lexicons."""
    return build_decoder(corrector.model, corrector.lexicon).scan


def identify(observed: str, intended: str) -> str:
    """The id of a series: "s" and 12 hexadecimal digits, the same in every collection."""
    key = f"{observed}\0{intended}".encode("utf-8", "surrogatepass")
    return "s" + hashlib.sha256(key).hexdigest()[:12]


def render(rows: Iterable[Row]) -> str:
    """The table: TSV with a header line, `decision` empty."""
    return tsv.write([COLUMNS, *(tuple(map(escape, row.cells())) for row in rows)])


def escape(text: str) -> str:
    r"""Make a text one cell that survives editors and spreadsheets; `decisions.unescape` undoes it.

    A backslash becomes `\\`, tab, line feed and carriage return `\t`, `\n`, `\r`; quotes, spaces
    at either end, and what cannot be seen, `\uXXXX`.
    """
    last = len(text) - 1
    return "".join(_escaped(letter, edge=i in (0, last)) for i, letter in enumerate(text))


def _escaped(letter: str, *, edge: bool) -> str:
    if letter in _ESCAPES:
        return _ESCAPES[letter]
    if letter == '"' or not letter.isprintable() or (edge and letter == " "):
        return f"\\u{ord(letter):04x}" if letter <= "\uffff" else f"\\U{ord(letter):08x}"
    return letter


_ESCAPES = {"\\": "\\\\", "\t": "\\t", "\n": "\\n", "\r": "\\r"}


def _example(source: str, place: Place) -> str:
    start, end = max(0, place.start - _CONTEXT), min(len(source), place.end + _CONTEXT)
    while not starts_cluster(source, start):
        start -= 1
    while not starts_cluster(source, end):
        end += 1
    before, after = source[start : place.start], source[place.end : end]
    return f"{before}[{source[place.start : place.end]}->{place.intended}]{after}"
