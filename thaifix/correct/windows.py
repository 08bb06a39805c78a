"""Windows: the suspicious places of a block, and what the decoder reads there.

scan -> suspicious words -> windows -> decode -> proposals. A block is read a second time, deeper,
if the first reading shows that its document errs.
"""

from __future__ import annotations

import math
import re
from array import array
from bisect import bisect_left
from collections import Counter
from collections.abc import Iterable, Sequence
from typing import NamedTuple

from thaifix.correct.dialects import DialectWords
from thaifix.correct.evidence import context_of
from thaifix.correct.noise_level import NoiseLevel
from thaifix.correct.proposals import Proposal
from thaifix.correct.tuning import Depth, Tuning
from thaifix.correct.vetoes import admitted
from thaifix.kernel.decoder import Decoder, Group
from thaifix.kernel.symbols import BOUNDARY, FOREIGN, LINE_END, SPACE, UNKNOWN, decode, encode
from thaifix.lexicon.entries import Lexicon
from thaifix.model.bundle import Model
from thaifix.model.confusion import relieved
from thaifix.model.decoder import Scan, build_decoder, scan
from thaifix.text.lazy import pattern
from thaifix.text.script import starts_cluster

_LATIN = pattern("(?<=[\u0e01-\u0e4e])[A-Za-z](?=[\u0e01-\u0e4e])")
_OTHER_SCRIPT = pattern("[^\0-@\\[-`{-\u0e7f\u2000-\u20ff]")  # negated: compiles 8 times as fast
_GAPS = (BOUNDARY, SPACE, LINE_END)  # boundary, space, line end: where a long window is cut
_WORD = 4  # code points of a Thai word, about; by judgement
_REACH = 8  # words to each side that a window takes in for long entries of a user; by judgement
_BESIDE = 24  # code points beside a word whose cost is compared; by judgement
_EXCHANGE = 2.0  # nats that a known word beside a misread one must gain; less than the cheapest
# misreading costs. With 9 the wrong letters of pages grow by 2 %, with 3 by 1 %, with 2 by 0.5 %
# Code points before and behind an unclear word that are read deeper. The whole window: the pages'
# wrong letters are 1 % fewer, it takes 1.3 times as long.
_BEFORE, _BEHIND = 8, 2
# A block's windows are read deeper as long as that makes this share of them clear, but for the
# first ones. On bad pages it is 66 %; where people write as they speak 28 %, and hardly an edit.
_CLEARED, _PATIENCE = 0.35, 8
_STEP = 0.5  # nats; how finely the relief of misreadings is stepped, by judgement
_REMEMBERED = 4096  # windows whose decoding is remembered; by judgement


ITS_OWN = 3
"""Times that one change is needed in a block, from which the word may be the document's own: a
loan word or a term in another spelling than the model knows. Of 2, 3, 4 the one that spares such
words in acts and costs no repairs on pages."""


class Encoded(NamedTuple):
    """A block as the decoder sees it."""

    text: str
    symbols: bytes
    fixed: bytes  # as long; 1 where nothing may change
    scan: Scan
    ends: Sequence[int]


class Windows:
    """One model's decoder, and what is remembered of the windows that it read."""

    def __init__(
        self,
        model: Model,
        lexicon: Lexicon,
        tuning: Tuning,
        confusions: Sequence[tuple[str, str, float]] | None = None,
    ) -> None:
        """Put the decoder together; its words past the model's are the lexicon's entries.

        Args:
            model: An open bundle.
            lexicon: The user's terms.
            tuning: Of the bundle.
            confusions: Instead of the model's: (observed, intended, cost in nats).
        """
        self.decoder = build_decoder(model, lexicon, confusions, tuning.rate)
        self._relieved = {0: self.decoder}
        self._model = model
        self._confusions = model.header["confusions"] if confusions is None else confusions
        self._lexicon = lexicon
        self._tuning = tuning
        longest = max((len(entry.term) for entry in lexicon.entries), default=0)
        reach = min(longest // _WORD, _REACH)  # an entry may begin before what looks wrong
        self._before = max(tuning.before, reach)
        self._after = max(tuning.after, reach)
        self._widest = tuning.window + 2 * reach * _WORD
        self._seen: dict[tuple[object, ...], list[Group]] = {}

    def propose(
        self, block: Encoded, *, fired: int, noise: NoiseLevel
    ) -> tuple[list[Proposal], NoiseLevel]:
        """All rewritings that the decoder finds in a block.

        Args:
            block: A block, normalised.
            fired: How many rules fired on it.
            noise: Of the document so far.
        Returns:
            The proposals, in order; the noise with this block.
        """
        t = self._tuning
        text = block.text
        found: list[Proposal] = []
        now = noise.add(len(text), fired, 0, carried=t.carried)
        if now.evident <= t.noisy:
            found = _admitted(self._read(block, t.first), block)
            now = noise.add(len(text), fired, _evident(found, text), carried=t.carried)
        if now.evident > t.noisy:
            decoder = self._decoder(now.evident)
            second = self._read(
                block, t.second, deeper=t.third, decoder=decoder, bad=now.evident >= t.many
            )
            found = _admitted(second, block)
            now = noise.add(len(text), fired, _evident(found, text), carried=t.carried)
        return found, now

    def encoded(self, text: str, protected: Sequence[tuple[int, int]]) -> Encoded:
        """Encode and scan a block; the protected spans must not change."""
        symbols = bytearray(encode(text))
        fixed = bytearray(len(text))
        for start, end in protected:
            fixed[start:end] = b"\1" * (end - start)
        for match in _LATIN.finditer(text):
            if not fixed[match.start()]:
                symbols[match.start()] = FOREIGN
        scan = Scan(*self.decoder.scan(bytes(symbols)))
        return Encoded(text, bytes(symbols), bytes(fixed), scan, scan.ends(len(text)))

    def rescan(self, old: str, new: str, scanned: Scan) -> Scan:
        """The scan of an edited text, from that of the text before: only edited lines are scanned.

        Args:
            old: The text before the edits.
            new: The text after them.
            scanned: The scan of `old`.
        """
        before, after = old.split("\n"), new.split("\n")
        if len(before) != len(after):
            return scan(self.decoder, new)
        out = array("i"), array("I"), array("f")
        at = grown = 0  # where the line begins in `old`; how much further in `new`
        for one, other in zip(before, after, strict=True):
            end = at + len(one) + 1
            if one == other:
                lo, hi = bisect_left(scanned.starts, at), bisect_left(scanned.starts, end)
                line = Scan(scanned.starts[lo:hi], scanned.words[lo:hi], scanned.costs[lo:hi])
                shift = grown
            else:
                last = end > len(old)
                line = scan(self.decoder, other if last else other + "\n")
                shift = at + grown
            out[0].extend(start + shift for start in line.starts)
            out[1].extend(line.words)
            out[2].extend(line.costs)
            grown += len(other) - len(one)
            at = end
        return Scan(*out)

    def _decoder(self, evident: float) -> Decoder:
        """The decoder for a document of such noise: the worse it is, the cheaper are misreadings.

        Args:
            evident: Evident errors per 1,000 code points.
        """
        t = self._tuning
        relief = min(math.log(max(evident, 1e-9) / t.typical), t.relief)
        steps = max(round(relief / _STEP), 0)
        if steps not in self._relieved:
            self._relieved[steps] = build_decoder(
                self._model, self._lexicon, relieved(self._confusions, steps * _STEP), t.rate
            )
        return self._relieved[steps]

    def _read(
        self,
        block: Encoded,
        depth: Depth,
        *,
        deeper: Depth | None = None,
        decoder: Decoder | None = None,
        bad: bool = False,
    ) -> list[Proposal]:
        """What one reading of a block finds.

        Args:
            block: A block.
            depth: How deep it is read.
            deeper: How deep windows are read that stay unclear.
            decoder: Instead of `self.decoder`.
            bad: Whether the document is a bad scan: words that are known are misread there, too.
        """
        decoder = decoder or self.decoder
        starts, words, _ = block.scan
        found = []
        tried = cleared = 0  # windows that were read deeper, and those that it made clear
        for first, last in self._windows(block, depth.suspicion):
            before = (w for w in words[max(0, first - 4) : first] if w != LINE_END)
            left = [BOUNDARY, BOUNDARY, *before][-2:]
            right = [w for w in words[last : last + 4] if w != LINE_END][:2]
            lo, hi = starts[first], block.ends[last - 1]
            groups = self._decode(decoder, block, lo, hi, left, right, depth)
            if deeper and cleared >= _CLEARED * (tried - _PATIENCE):
                deep = self._unclear(block, first, last, lo, groups)
                if any(deep):
                    groups = self._decode(
                        decoder, block, lo, hi, left, right, deeper, deep=deep, shallow=depth.budget
                    )
                    tried += 1
                    cleared += self._unclear(block, first, last, lo, groups) != deep
            for group in groups:
                start, end = group[0] + lo, group[1] + lo
                unknown = any(
                    words[i] == UNKNOWN and starts[i] < end and block.ends[i] > start
                    for i in range(first, last)
                )
                found.append(self._proposal(block.text, lo, group, unknown, bad))
        return found

    def _unclear(
        self, block: Encoded, first: int, last: int, lo: int, groups: Sequence[Group]
    ) -> bytes:
        """Which code points of a window stand in or beside an unknown word that is still read as
        it stands, or barely not: 1, the others 0.
        """
        starts, words, _ = block.scan
        clear = [(g[0] + lo, g[1] + lo) for g in groups if g[2] >= self._tuning.barely]
        beside = bytearray(block.ends[last - 1] - lo)
        for i in range(first, last):
            if words[i] == UNKNOWN and not any(
                start < block.ends[i] and starts[i] < end for start, end in clear
            ):
                begin, end = max(starts[i] - _BEFORE - lo, 0), block.ends[i] + _BEHIND - lo
                beside[begin:end] = b"\1" * (min(end, len(beside)) - begin)
        return bytes(beside)

    def _windows(self, block: Encoded, suspicion: float) -> list[list[int]]:
        """Half-open ranges of words to decode: the suspicious ones and their neighbours."""
        starts, words, _ = block.scan
        found: list[list[int]] = []
        for i in _suspects(block.scan, suspicion, self._tuning):
            first, last = max(0, i - self._before), min(len(words), i + 1 + self._after)
            if found and first <= found[-1][1]:
                if block.ends[last - 1] - starts[found[-1][0]] <= self._widest:
                    found[-1][1] = max(last, found[-1][1])
                    continue
                gaps = (k for k in range(i, found[-1][0], -1) if words[k] in _GAPS)
                first = found[-1][1] = next(gaps, max(first, found[-1][0] + 1))
            found.append([first, last])
        return found

    def _decode(
        self,
        decoder: Decoder,
        block: Encoded,
        lo: int,
        hi: int,
        left: list[int],
        right: list[int],
        depth: Depth,
        *,
        deep: bytes | None = None,
        shallow: float = 0.0,
    ) -> list[Group]:
        """Decode a window, or recall it; spans are relative to the window.

        With `deep`, where it is 0, a misreading costs `shallow` at most.
        """
        t = self._tuning
        symbols, fixed = block.symbols[lo:hi], block.fixed[lo:hi]
        key = (id(decoder), symbols, fixed, *left, -1, *right, depth, deep)
        groups = self._seen.get(key)
        if groups is None:
            groups = decoder.decode(
                symbols, fixed, (left[-2], left[-1]), tuple(right) or (BOUNDARY,),
                budget=depth.budget, slack=t.slack * (hi - lo), insertion=t.space,
                deletion=t.space, tolerance=-depth.gain, adjacent=depth.adjacent,
                inside=depth.inside, beam=depth.beam, beam_width=t.beam_width,
                operations=t.operations, rivals=t.rivals, deep=deep, shallow=shallow,
            )  # fmt: skip
            if len(self._seen) >= _REMEMBERED:
                self._seen.clear()
            self._seen[key] = groups
        return groups

    def _is_right(self, text: str, at: int, observed: str, intended: str) -> bool:
        """Whether a known word stands rightly beside a misread one that a change has with it.

        Args:
            text: The block.
            at: Where the word begins.
            observed: The word.
            intended: What would take its place.
        """
        if observed == intended or not observed.strip():
            return False
        if UNKNOWN in self.decoder.scan(encode(observed))[1]:
            return False
        before, after = text[max(0, at - _BESIDE) : at], text[at + len(observed) :][:_BESIDE]
        gain = self._cost(before + observed + after) - self._cost(before + intended + after)
        return gain < _EXCHANGE

    def _cost(self, text: str) -> float:
        return sum(self.decoder.scan(encode(text))[2])

    def _proposal(self, text: str, at: int, group: Group, unknown: bool, bad: bool) -> Proposal:
        start, end, margin, rival, channel, operations, parts = group
        intended = ""
        entry = None
        start, end = start + at, end + at
        for part_start, part_end, key, broken, word in parts:
            raw, term = text[at + part_start : at + part_end], decode(key)
            if not bad and len(parts) > 1 and self._is_right(text, at + part_start, raw, term):
                term = raw
            if broken:
                while broken < len(term) and not starts_cluster(term, broken):
                    broken += 1  # a line begins with a letter, and not with its mark
                line_end = re.search(r"\s*\n\s*", text[at + part_start : at + part_end])
                term = term[:broken] + (line_end[0] if line_end else "") + term[broken:]
            if word >= self.decoder.words:
                entry = self._lexicon.entries[word - self.decoder.words].id
            intended += term
        observed = text[start:end]
        return Proposal(
            start, end, observed, intended, margin, rival, channel, operations, unknown,
            _reason(observed, intended), entry,
        )  # fmt: skip


def _admitted(proposals: Iterable[Proposal], block: Encoded) -> list[Proposal]:
    """What the vetoes leave: what may not be changed is no evidence either."""
    dialect = DialectWords(block.text, block.scan)
    return [
        left
        for proposal in proposals
        if (left := admitted(proposal, block.text)) is not None
        and not dialect.are_around(left.start, left.end)
    ]


def _evident(proposals: Sequence[Proposal], text: str) -> int:
    """How many errors are evident: the same one in equal lines is one, and so is a change that a
    word needs `ITS_OWN` times.
    """
    seen = {(p.observed, p.intended, context_of(text, p.start, p.end)) for p in proposals if p.sure}
    changes = Counter((observed, intended) for observed, intended, _ in seen)
    return sum(times if times < ITS_OWN else 1 for times in changes.values())


def _suspects(scanned: Scan, suspicion: float, t: Tuning) -> list[int]:
    """Words that are unknown or dear, alone or as a pair, and the rather dear ones near them."""
    _, words, costs = scanned
    half = suspicion * t.half
    low = min(half, t.pair / 2)
    dear = [
        i
        for i, (word, cost) in enumerate(zip(words, costs, strict=True))
        if (cost > low or word == UNKNOWN) and word != LINE_END
    ]
    around = [0.0, *costs, 0.0]  # the cost of word i stands at i + 1
    sure = {
        i
        for i in dear
        if words[i] == UNKNOWN
        or costs[i] > suspicion
        or costs[i] + max(around[i], around[i + 2]) > t.pair
    }
    return [
        i
        for i in dear
        if i in sure
        or (costs[i] > half and any(i + apart in sure for apart in range(-t.near, t.near + 1)))
    ]


def _reason(observed: str, intended: str) -> str:
    """The mechanism's name: what an edit's `reason` says."""
    if _OTHER_SCRIPT.search(observed):
        return "foreign_letter"
    if "".join(observed.split()) == "".join(intended.split()):
        return "join" if len(intended) < len(observed) else "split"
    if not any("\u0e01" <= c <= "\u0e4e" for c in observed) and len(intended) < len(observed):
        return "strip"
    return "respell"
