"""Windows: the suspicious places of a block, and what the decoder reads there.

scan -> suspicious words -> windows -> decode -> proposals. A block is read twice if the first
reading shows that its document errs much.
"""

from __future__ import annotations

import re
from array import array
from bisect import bisect_left
from collections.abc import Sequence

from thaifix.correct.decision import Noise, Proposal
from thaifix.correct.options import Options
from thaifix.kernel.decoder import Group
from thaifix.kernel.symbols import BOUNDARY, FOREIGN, LINE_END, SPACE, UNKNOWN, decode, encode
from thaifix.lexicon.entries import Lexicon
from thaifix.model.bundle import Model
from thaifix.model.decoder import build_decoder

Scanned = tuple["array[int]", "array[int]", "array[float]"]
"""What `Decoder.scan` gives: start, word and cost of each token."""

_LATIN = re.compile("(?<=[\u0e01-\u0e4e])[A-Za-z](?=[\u0e01-\u0e4e])")
_OTHER_SCRIPT = re.compile("[A-Za-z\u0e80-\u1fff\u2100-\U0010ffff]")
_GAPS = (BOUNDARY, SPACE, LINE_END)  # boundary, space, line end: where a long window is cut
_WORD = 4  # code points of a word, about
_REACH = 8  # words to each side that a window takes in for long entries
_NEAR = 2  # words between a suspicious word and a half-suspicious one that joins it
_REMEMBERED = 4096  # windows whose decoding is remembered


class Windows:
    """One model's decoder and what is remembered of the windows it read."""

    def __init__(
        self,
        model: Model,
        lexicon: Lexicon,
        options: Options,
        confusions: Sequence[tuple[str, str, float]] | None = None,
    ) -> None:
        """Put the decoder together; its words past the model's are the lexicon's entries.

        Args:
            model, lexicon, options: As for `Corrector`.
            confusions: Instead of the model's: (observed, intended, cost in nats).
        """
        self.decoder = build_decoder(model, lexicon, confusions)
        self._lexicon = lexicon
        self._options = options
        longest = max((len(entry.term) for entry in lexicon.entries), default=0)
        reach = min(longest // _WORD, _REACH)  # an entry may begin before what looks wrong
        self._before = max(options.before, reach)
        self._after = max(options.after, reach)
        self._widest = options.window + 2 * reach * _WORD
        self._seen: dict[tuple[object, ...], list[Group]] = {}

    def propose(
        self, text: str, protected: Sequence[tuple[int, int]], *, fired: int, noise: Noise
    ) -> tuple[list[Proposal], Noise, Scanned]:
        """All rewritings the decoder finds in a normalised block, the noise with it, and its scan.

        Args:
            text: The block, normalised.
            protected: Spans of it that must not change.
            fired: How many rules fired on it.
            noise: The document's noise so far.
        """
        o = self._options
        encoded = bytearray(encode(text))
        fixed = bytearray(len(text))
        for start, end in protected:
            fixed[start:end] = b"\1" * (end - start)
        for match in _LATIN.finditer(text):
            if not fixed[match.start()]:
                encoded[match.start()] = FOREIGN
        symbols, mask = bytes(encoded), bytes(fixed)
        starts, words, costs = self.decoder.scan(symbols)
        ends = [*starts[1:], len(text)] if starts else []
        scanned = (starts, ends, words, costs)
        found: list[Proposal] = []
        now = noise.add(len(text), fired, 0, memory=o.memory)
        if not self._noisy(now):
            found = self._read(text, symbols, mask, scanned, o.suspicion, o.budget, o.gain)
            now = noise.add(len(text), fired, sum(p.sure for p in found), memory=o.memory)
        if self._noisy(now):
            found = self._read(
                text, symbols, mask, scanned, o.noisy_suspicion, o.noisy_budget, o.noisy_gain,
                deep=True,
            )  # fmt: skip
            now = noise.add(len(text), fired, sum(p.sure for p in found), memory=o.memory)
        return found, now, (starts, words, costs)

    def rescan(self, old: str, new: str, scanned: Scanned) -> Scanned:
        """The scan of an edited text, from that of the text before: only edited lines are scanned.

        Args:
            old: The text before; `scanned`: its scan.
            new: The text after; its lines stand for those of `old`.
        """
        before, after = old.split("\n"), new.split("\n")
        if len(before) != len(after):
            return self.decoder.scan(encode(new))
        out = array("i"), array("I"), array("f")
        at = grown = 0  # where the line begins in `old`; how much further in `new`
        for one, other in zip(before, after, strict=True):
            end = at + len(one) + 1
            if one == other:
                lo, hi = bisect_left(scanned[0], at), bisect_left(scanned[0], end)
                line: Scanned = (scanned[0][lo:hi], scanned[1][lo:hi], scanned[2][lo:hi])
                shift = grown
            else:
                last = end > len(old)
                line = self.decoder.scan(encode(other if last else other + "\n"))
                shift = at + grown
            out[0].extend(start + shift for start in line[0])
            out[1].extend(line[1])
            out[2].extend(line[2])
            grown += len(other) - len(one)
            at = end
        return out

    def _noisy(self, noise: Noise) -> bool:
        return noise.evident > self._options.noisy

    def _read(
        self,
        text: str,
        symbols: bytes,
        mask: bytes,
        scanned: tuple[Sequence[int], Sequence[int], Sequence[int], Sequence[float]],
        suspicion: float,
        budget: float,
        gain: float,
        *,
        deep: bool = False,
    ) -> list[Proposal]:
        o = self._options
        starts, ends, words, costs = scanned
        found = []
        for first, last in self._windows(starts, ends, words, costs, suspicion):
            before = (w for w in words[max(0, first - 4) : first] if w != LINE_END)
            left = [BOUNDARY, BOUNDARY, *before][-2:]
            right = [w for w in words[last : last + 4] if w != LINE_END][:2]
            lo, hi = starts[first], ends[last - 1]
            groups = self._decode(symbols, mask, lo, hi, left, right, budget, gain)
            if deep and self._unclear(scanned, first, last, lo, groups):
                groups = self._decode(
                    symbols, mask, lo, hi, left, right, o.deep_budget, o.deep_gain
                )
            for group in groups:
                start, end = group[0] + lo, group[1] + lo
                unknown = any(
                    words[i] == UNKNOWN and starts[i] < end and ends[i] > start
                    for i in range(first, last)
                )
                found.append(self._proposal(text, lo, group, unknown))
        return found

    def _unclear(
        self,
        scanned: tuple[Sequence[int], Sequence[int], Sequence[int], Sequence[float]],
        first: int,
        last: int,
        lo: int,
        groups: Sequence[Group],
    ) -> bool:
        """Whether an unknown word of a window is still read as it stands, or barely not."""
        starts, ends, words, _ = scanned
        clear = [(g[0] + lo, g[1] + lo) for g in groups if g[2] >= self._options.barely]
        return any(
            not words[i] and not any(start < ends[i] and starts[i] < end for start, end in clear)
            for i in range(first, last)
        )

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
        for i in _suspects(words, costs, suspicion, self._options):
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
    ) -> list[Group]:  # fmt: skip
        """Decode a window, or recall it; spans are relative to the window."""
        o = self._options
        key = (symbols[lo:hi], mask[lo:hi], *left, -1, *right, budget, gain)
        groups = self._seen.get(key)
        if groups is None:
            groups = self.decoder.decode(
                symbols[lo:hi], mask[lo:hi],
                (left[-2], left[-1]), tuple(right) or (BOUNDARY,),
                budget=budget, slack=o.slack * (hi - lo), insertion=o.space, deletion=o.space,
                tolerance=-gain, rate=o.rate, adjacent=o.adjacent, inside=o.inside, beam=o.beam,
            )  # fmt: skip
            if len(self._seen) >= _REMEMBERED:
                self._seen.clear()
            self._seen[key] = groups
        return groups

    def _proposal(self, text: str, at: int, group: Group, unknown: bool) -> Proposal:
        start, end, margin, rival, channel, operations, parts = group
        intended = ""
        entry = None
        start, end = start + at, end + at
        for part_start, part_end, key, broken, word in parts:
            term = decode(key)
            if broken:
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


def _suspects(
    words: Sequence[int], costs: Sequence[float], suspicion: float, o: Options
) -> list[int]:
    """Words that are unknown or dear, alone or as a pair, and the rather dear ones near them."""
    half = suspicion * o.half
    low = min(half, o.pair / 2)
    dear = [
        i
        for i, (word, cost) in enumerate(zip(words, costs, strict=True))
        if (cost > low or not word) and word != LINE_END
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


def _reason(observed: str, intended: str) -> str:
    """The mechanism's name: what an edit's `reason` says."""
    if _OTHER_SCRIPT.search(observed):
        return "foreign_letter"
    if "".join(observed.split()) == "".join(intended.split()):
        return "join" if len(intended) < len(observed) else "split"
    if not any("\u0e01" <= c <= "\u0e4e" for c in observed) and len(intended) < len(observed):
        return "strip"
    return "respell"
