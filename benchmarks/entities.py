"""Whether the lexicons' terms that stand in a page come back, and whether intact ones stay.

A term counts where it stands in the true text, the longest first and without overlap, white space
left out and nikhahit with sara aa taken for sara am. It is broken if what stands for it in the
observed text, by an alignment of the whole page, is anything else, and restored if the corrected
text has it exactly.

Unfair in favour: short names of places are also found where the same letters mean something else.
Unfair against: what an OCR adds within a term counts as broken, also where nothing is left of it.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from functools import cache

from rapidfuzz.distance import Levenshtein

from thaifix.lexicon import PHRASES, shipped
from thaifix.script import MARKS, NIKHAHIT, SARA_AA, SARA_AM

_SHORTEST = 4  # code points of a term
_KEY = 3  # first code points by which terms are found
_ATTACHED = frozenset(MARKS + SARA_AM)

Outcomes = Counter[tuple[str, str]]
"""How often, by type of term and outcome: restored, lost, kept or damaged."""


def outcomes(intended: str, observed: str, corrected: str) -> Outcomes:
    """Count what became of the terms of a page.

    Time: O(n * d / 64) for n code points with d errors.
    """
    intended, observed, corrected = map(_plain, (intended, observed, corrected))
    before, after = _places(intended, observed), _places(intended, corrected)
    found = Outcomes()
    for start, end, kind in mentions(intended):
        term = intended[start:end]
        intact = observed[before[start][0] : before[end - 1][1]] == term
        right = corrected[after[start][0] : after[end - 1][1]] == term
        if intact:
            found[kind, "kept" if right else "damaged"] += 1
        else:
            found[kind, "restored" if right else "lost"] += 1
    return found


def mentions(text: str) -> list[tuple[int, int, str]]:
    """Find the terms of a text without white space: spans with the terms' types."""
    terms = _terms()
    found = list[tuple[int, int, str]]()
    at = 0
    while at < len(text):
        for term, kind in terms.get(text[at : at + _KEY], ()):
            end = at + len(term)
            if text.startswith(term, at) and text[end : end + 1] not in _ATTACHED:
                found.append((at, end, kind))
                at = end
                break
        else:
            at += 1
    return found


def report(found: Outcomes) -> None:
    """Print what became of the terms, in all and by type, the most frequent first."""
    print("Terms of the lexicons: broken by the OCR and restored; intact before and damaged")
    print(
        f"{'type':18}{'broken':>8}{'restored':>10}{'share':>9}{'intact':>9}{'damaged':>9}{'share':>9}"
    )
    often = Counter[str]()
    for (kind, _), count in found.items():
        often[kind] += count
    for kind in ("all", *(kind for kind, _ in often.most_common())):
        restored, lost, kept, damaged = (
            sum(n for (k, o), n in found.items() if o == outcome and kind in (k, "all"))
            for outcome in ("restored", "lost", "kept", "damaged")
        )
        broken, intact = restored + lost, kept + damaged
        print(
            f"{kind:18}{broken:8,}{restored:10,}{restored / max(broken, 1):9.1%}"
            f"{intact:9,}{damaged:9,}{damaged / max(intact, 1):9.2%}"
        )
    print()


@cache
def _terms() -> dict[str, list[tuple[str, str]]]:
    """Terms with their types by their first letters, the longest first."""
    kinds = dict[str, str]()
    for entry in shipped((*PHRASES, "places")):
        term = _plain(entry.term)
        if len(term) >= _SHORTEST:
            kinds.setdefault(term, entry.type)
    by_key = defaultdict[str, list[tuple[str, str]]](list)
    for term in sorted(kinds, key=len, reverse=True):
        by_key[term[:_KEY]].append((term, kinds[term]))
    return by_key


def _plain(text: str) -> str:
    return "".join(text.split()).replace(NIKHAHIT + SARA_AA, SARA_AM)


def _places(reference: str, hypothesis: str) -> list[tuple[int, int]]:
    """For every code point of the reference, the span of the hypothesis that stands for it."""
    places = list[tuple[int, int]]()
    for block in Levenshtein.opcodes(reference, hypothesis):
        at, length = block.dest_start, block.src_end - block.src_start
        if block.tag == "delete":
            places += [(at, at)] * length
        else:  # what an insertion adds stands for nothing
            places += [(at + i, at + i + 1) for i in range(length)]
    return places
