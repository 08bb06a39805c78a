"""The corrector: one path from observed text to a correction.

normalise -> scan -> suspicious windows -> decode -> decide -> edits. A text is worked on
block by block (see `blocks`), so that a stream and a whole text give the same result.
"""

from __future__ import annotations

import hashlib
import os
import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import asdict, dataclass, replace

from thaifix import _kernel, confusion, ngram
from thaifix.blocks import blocks
from thaifix.decision import PROFILES, Decision, Noise, Proposal, in_word
from thaifix.edit import Correction, Edit, Flag, apply, compose, shift, trim
from thaifix.flags import find_flags
from thaifix.lexicon import Lexicon
from thaifix.model import Model
from thaifix.normalize import normalize
from thaifix.protect import KeepList, protected_spans


@dataclass(frozen=True, slots=True)
class Options:
    """What decides a correction besides the model and the lexicons. All costs in nats."""

    profile: str = "normal"
    """strict, normal or bold: how sure an edit must be; see the model card for what each
    does to clean text."""
    threshold: float | None = None
    """Confidence from which a proposal becomes an edit, instead of the profile's."""
    suspicion: float = 12.5
    """A word dearer than this, given the word before, is looked at. Lower: slower, finds more."""
    half: float = 0.8
    """Share of `suspicion` that is enough within two words of a suspicious one."""
    pair: float = 20.0
    """Two neighbouring words dearer than this together are looked at."""
    budget: float = 8.0
    """Dearest misreading of one word that is considered. Higher: slower, finds more."""
    noisy: float = 0.7
    """From how many evident errors per 1,000 code points a block is read a second time."""
    noisy_suspicion: float = 9.0
    """`suspicion` of the second reading."""
    noisy_budget: float = 10.5
    """`budget` of the second reading."""
    memory: float = 0.5
    """Weight of the earlier blocks' noise, halved (by default) with every block."""
    before: int = 1
    """Words before a suspicious one that its window takes in."""
    after: int = 2
    """Words after it."""
    window: int = 72
    """Longest window, in code points."""
    beam: float = 5.0
    """Readings dearer than the best by more than this are dropped."""
    gain: float = 5.0
    """What a misreading must gain over the observed letters to be considered, at least."""
    noisy_gain: float = 3.0
    """`gain` of the second reading."""
    adjacent: float = 5.0
    """Dearest misreading after which the very next letter may be misread too."""
    inside: float = 6.0
    """Dearest misreading of a word that begins in the middle of an unknown one."""
    rate: float = 0.5
    """What any words would cost at least, per code point."""
    slack: float = 0.55
    """Cost of ordinary text per code point; what a window costs beyond it can be gained."""
    space: float = 6.0
    """Cost of a space that was lost or came in."""


_LINE_END = 0xFFFFFFFF  # scan's word for a line end that counts as nothing
_BOUNDARY = 1
_GAPS = (_BOUNDARY, 2, _LINE_END)  # boundary, space, line end: where a long window is cut
_WORD = 4  # code points of a word, about
_REACH = 8  # words to each side that a window takes in for long entries
_NEAR = 2  # words between a suspicious word and a half-suspicious one that joins it
_REMEMBERED = 4096  # windows whose decoding is remembered


class Corrector:
    """A model, lexicons and options, ready to correct. Safe to use from several threads."""

    def __init__(
        self,
        *,
        model: str | os.PathLike[str] | Model | None = None,
        lexicons: Sequence[str | os.PathLike[str] | Iterable[str]] = (),
        keep: Iterable[str] = (),
        profile: str = "normal",
        options: Options | None = None,
    ) -> None:
        """Load the model and the lexicons.

        Args:
            model: A bundle's path or an open bundle; by default the one in the package.
            lexicons: Files (plain text or TSV) or lists of terms, 1 to 100,000 entries.
            keep: Words never to be touched.
            profile: "strict", "normal" or "bold".
            options: All options; `profile` then only counts if it is not "normal".
        Raises:
            ModelError: If the bundle cannot be used.
            LexiconError: If a lexicon cannot be used.
            ValueError: If the profile is unknown.
        Time: O(size of the bundle + letters of the lexicons).
        """
        options = options or Options()
        self.options = replace(options, profile=profile) if profile != "normal" else options
        if self.options.profile not in PROFILES:
            raise ValueError(f"unknown profile {self.options.profile!r}: use {', '.join(PROFILES)}")
        self.model = model if isinstance(model, Model) else Model(model)
        self.lexicon = Lexicon.read(lexicons)
        words = sorted(set(keep))
        self.keep = KeepList(words) if words else None
        self._decision = Decision(self.model.header["decision"])
        threshold = self.options.threshold
        profiles = self._decision.thresholds
        self._threshold = profiles[self.options.profile] if threshold is None else threshold
        self._decoder = _decoder(self.model, self.lexicon)
        longest = max((len(entry.term) for entry in self.lexicon.entries), default=0)
        reach = min(longest // _WORD, _REACH)  # an entry may begin before what looks wrong
        self._before = max(self.options.before, reach)
        self._after = max(self.options.after, reach)
        self._widest = self.options.window + 2 * reach * _WORD
        self._seen: dict[tuple[object, ...], list[_kernel.Group]] = {}
        identity = repr((self.model.stamp, self.lexicon.entries, words, asdict(self.options)))
        self.stamp = hashlib.sha256(identity.encode("utf-8", "surrogatepass")).hexdigest()[:16]
        """16 hexadecimal digits that stand for model, lexicons and options."""

    def correct(self, text: str) -> Correction:
        """Correct a text of one or more documents (divided by form feeds).

        Without anything to change, `Correction.text` is `text` itself.
        Time: O(n); memory: O(n) for the result.
        """
        edits: list[Edit] = []
        flags: list[Flag] = []
        document = self.document()
        at = 0
        for block in blocks([text]):
            if block.first:
                document = self.document()
            part = document.correct(block.text)
            edits += shift(part.edits, at)
            flags += [f._replace(start=f.start + at, end=f.end + at) for f in part.flags]
            at += len(block.text)
        return Correction(text, apply(text, edits), tuple(edits), tuple(flags))

    def correct_many(self, texts: Iterable[str]) -> Iterator[Correction]:
        """Correct texts one by one, each a document of its own."""
        return map(self.correct, texts)

    def document(self) -> Document:
        """A new document, to be corrected block by block."""
        return Document(self)

    def propose(
        self, text: str, protected: Sequence[tuple[int, int]], *, fired: int, noise: Noise
    ) -> tuple[list[Proposal], Noise]:
        """All rewritings the decoder finds in a normalised block, and the noise with it.

        Args:
            text: The block, normalised.
            protected: Spans of it that must not change.
            fired: How many rules fired on it.
            noise: The document's noise so far.
        """
        o = self.options
        symbols = _kernel.encode(text)
        fixed = bytearray(len(text))
        for start, end in protected:
            fixed[start:end] = b"\1" * (end - start)
        mask = bytes(fixed)
        starts, words, costs = self._decoder.scan(symbols)
        ends = [*starts[1:], len(text)] if starts else []
        scanned = (starts, ends, words, costs)
        found: list[Proposal] = []
        now = noise.add(len(text), fired, 0, memory=o.memory)
        if not self._noisy(now):
            found = self._read(text, symbols, mask, scanned, o.suspicion, o.budget, o.gain)
            now = noise.add(len(text), fired, sum(p.sure for p in found), memory=o.memory)
        if self._noisy(now):
            found = self._read(
                text, symbols, mask, scanned, o.noisy_suspicion, o.noisy_budget, o.noisy_gain
            )
            now = noise.add(len(text), fired, sum(p.sure for p in found), memory=o.memory)
        return found, now

    def _noisy(self, noise: Noise) -> bool:
        evident = noise.sure + noise.fired / 2
        return evident > self.options.noisy * (noise.letters / 1000 + 0.5)

    def decide(self, proposals: Sequence[Proposal], text: str, noise: Noise) -> list[Edit]:
        """The proposals that the profile accepts, as edits of `text`."""
        edits = []
        for p in proposals:
            if p.reason == "foreign_letter" and not in_word(p, text):
                continue  # no part of a Thai word: what it stands for is anybody's guess
            confidence = self._decision.confidence(p, text, noise)
            if confidence >= self._threshold:
                edit = Edit(
                    p.start, p.end, p.intended, round(p.margin, 2), round(confidence, 4),
                    p.reason, p.entry, p.observed,
                )  # fmt: skip
                edits.append(trim(edit))
        return edits

    def _read(
        self,
        text: str,
        symbols: bytes,
        mask: bytes,
        scanned: tuple[Sequence[int], Sequence[int], Sequence[int], Sequence[float]],
        suspicion: float,
        budget: float,
        gain: float,
    ) -> list[Proposal]:
        starts, ends, words, costs = scanned
        found = []
        for first, last in self._windows(starts, ends, words, costs, suspicion):
            before = (w for w in words[max(0, first - 4) : first] if w != _LINE_END)
            left = [_BOUNDARY, _BOUNDARY, *before][-2:]
            right = [w for w in words[last : last + 4] if w != _LINE_END][:2]
            lo, hi = starts[first], ends[last - 1]
            for group in self._decode(symbols, mask, lo, hi, left, right, budget, gain):
                start, end = group[0] + lo, group[1] + lo
                unknown = any(
                    words[i] == 0 and starts[i] < end and ends[i] > start
                    for i in range(first, last)
                )
                found.append(self._proposal(text, lo, group, unknown))
        return found

    def _windows(
        self,
        starts: Sequence[int],
        ends: Sequence[int],
        words: Sequence[int],
        costs: Sequence[float],
        suspicion: float,
    ) -> list[list[int]]:
        """Half-open ranges of words to decode: the suspicious ones and their neighbours."""
        found: list[list[int]] = []
        for i in _suspects(words, costs, suspicion, self.options):
            first, last = max(0, i - self._before), min(len(words), i + 1 + self._after)
            if found and first <= found[-1][1]:
                if ends[last - 1] - starts[found[-1][0]] <= self._widest:
                    found[-1][1] = max(last, found[-1][1])
                    continue
                gaps = (k for k in range(i, found[-1][0], -1) if words[k] in _GAPS)
                first = found[-1][1] = next(gaps, max(first, found[-1][0] + 1))
            found.append([first, last])
        return found

    def _decode(
        self, symbols: bytes, mask: bytes, lo: int, hi: int, left: list[int], right: list[int],
        budget: float, gain: float,
    ) -> list[_kernel.Group]:  # fmt: skip
        """Decode a window, or recall it; spans are relative to the window."""
        o = self.options
        key = (symbols[lo:hi], mask[lo:hi], *left, -1, *right, budget, gain)
        groups = self._seen.get(key)
        if groups is None:
            groups = self._decoder.decode(
                symbols[lo:hi], mask[lo:hi],
                (left[-2], left[-1]), tuple(right) or (_BOUNDARY,),
                budget=budget, slack=o.slack * (hi - lo), insertion=o.space, deletion=o.space,
                tolerance=-gain, rate=o.rate, adjacent=o.adjacent, inside=o.inside, beam=o.beam,
            )  # fmt: skip
            if len(self._seen) >= _REMEMBERED:
                self._seen.clear()
            self._seen[key] = groups
        return groups

    def _proposal(self, text: str, at: int, group: _kernel.Group, unknown: bool) -> Proposal:
        start, end, margin, rival, channel, operations, parts = group
        intended = ""
        entry = None
        start, end = start + at, end + at
        for part_start, part_end, key, broken, word in parts:
            term = "".join(map(_letter, key))
            if broken:
                line_end = re.search(r"\s*\n\s*", text[at + part_start : at + part_end])
                term = term[:broken] + (line_end[0] if line_end else "") + term[broken:]
            if word >= self._decoder.words:
                entry = self.lexicon.entries[word - self._decoder.words].id
            intended += term
        observed = text[start:end]
        return Proposal(
            start, end, observed, intended, margin, rival, channel, operations, unknown,
            _reason(observed, intended), entry,
        )  # fmt: skip


class Document:
    """The state of one document: its noise so far."""

    def __init__(self, corrector: Corrector) -> None:
        """Begin a document."""
        self._corrector = corrector
        self._noise = Noise()

    def correct(self, block: str) -> Correction:
        """Correct the next block; spans are relative to it."""
        corrector = self._corrector
        protected = protected_spans(block, corrector.keep)
        rules = normalize(block, protected)
        text = apply(block, rules)
        proposals, self._noise = corrector.propose(
            text,
            protected_spans(text, corrector.keep) if rules else protected,
            fired=len(rules),
            noise=self._noise,
        )
        edits = compose(rules, corrector.decide(proposals, text, self._noise))
        flags = find_flags(block, edits, protected)
        return Correction(block, apply(block, edits), tuple(edits), tuple(flags))


def _decoder(model: Model, lexicon: Lexicon) -> _kernel.Decoder:
    table = model.header["decoder"]
    return _kernel.Decoder(
        _kernel.Trie(model.array("first"), model.array("label"), model.array("word")),
        ngram.load(*(model.array(name) for name in ("cost", "backoff", "pairs", "triples"))),
        confusion.load(model.header["confusions"], table["any_one"], table["any_two"]),
        model.array("letters"),
        lexicon.trie(),
        **{name: value for name, value in table.items() if not name.startswith("any_")},
    )


def _suspects(
    words: Sequence[int], costs: Sequence[float], suspicion: float, o: Options
) -> list[int]:
    """Words that are unknown or dear, alone or as a pair, and the rather dear ones near them."""
    half = suspicion * o.half
    low = min(half, o.pair / 2)
    dear = [
        i
        for i, (word, cost) in enumerate(zip(words, costs, strict=True))
        if (cost > low or not word) and word != _LINE_END
    ]
    around = [0.0, *costs, 0.0]  # the cost of word i stands at i + 1
    sure = {
        i
        for i in dear
        if not words[i] or costs[i] > suspicion or costs[i] + max(around[i], around[i + 2]) > o.pair
    }
    return [
        i
        for i in dear
        if i in sure
        or (costs[i] > half and any(i + near in sure for near in range(-_NEAR, _NEAR + 1)))
    ]


def _letter(symbol: int) -> str:
    """The code point of a word's symbol."""
    return chr(0x0E00 + symbol) if symbol < 95 else chr(symbol - 96 + 0x20)


def _reason(observed: str, intended: str) -> str:
    """The mechanism's name: what an edit's `reason` says."""
    if not all(c < "\u0e80" or (c > "\u2000" and c < "\u2100") for c in observed):
        return "foreign_letter"
    if "".join(observed.split()) == "".join(intended.split()):
        return "join" if len(intended) < len(observed) else "split"
    if not any("\u0e01" <= c <= "\u0e4e" for c in observed) and len(intended) < len(observed):
        return "strip"
    return "respell"
