"""`misread_code`: an abbreviation of which one letter was misread, where its form decides.

It becomes a member of the closed class if one of its letters was taken for another of the same
shape, if no other member is as near, and if what stands beside it is what stands beside members of
that kind: a name beside a rank, a year beside a month. Members themselves are never touched.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache
from math import log

from thaifix.correct.closed_class import dotted_entries, is_member
from thaifix.correct.revision import Findings
from thaifix.correct.stage import DocumentState, Stage
from thaifix.lexicon.entries import Entry
from thaifix.model.confusion import LOOK_ALIKES
from thaifix.text.edit import Edit, trim
from thaifix.text.lazy import pattern
from thaifix.text.protect import KeepList, touches
from thaifix.text.script import DIGITS, LETTERS

REASON = "misread_code"

_CONFIDENCE = 0.9  # by judgement: below what is measured in `official_forms`
_BODY = "body"
_REACH = 16  # code points before and behind in which a form is looked for; by judgement
_SHORTEST = 4  # code points of what was misread, two letters and two stops; by judgement

_DIGIT = f"[0-9{DIGITS}]"
_RUN = pattern(f"(?<![{LETTERS}.])(?:[{LETTERS}]{{1,6}}\\.){{1,4}}")
_FORMS = (
    ("month", pattern(f"(?:{_DIGIT} ?|เดือน ?|- )$"), pattern(f" ?{_DIGIT}")),
    ("month", pattern(""), pattern(f" ?(?:[12]|[๑๒]){_DIGIT}{{3}}(?!{_DIGIT})")),
    ("rank title", pattern(""), pattern(f" ?(?:หญิง ?)?[{LETTERS}]{{2,}} +[{LETTERS}]{{3}}")),
    ("rank", pattern("(?:ยศ|ว่าที่) ?$"), pattern("")),
    ("law", pattern(""), pattern(" ?(?:มาตรา|ม\\.|ว่าด้วย)")),
    ("law", pattern("(?:ร่าง|แห่ง|แก้ไข|ตาม) ?$"), pattern("")),
    ("body", pattern("(?:สำนักงาน|เลขาธิการ|คณะกรรมการ|มติ|ประกาศ|ผู้แทน|ประธาน) ?$"), pattern("")),
)  # fmt: skip
"""Types of members, with what stands in front of them and what behind."""


class Codes(Stage):
    """The misread members of the closed class in a section."""

    guesses = True

    def find(self, text: str, keep: KeepList | None, document: DocumentState) -> Findings:
        """Find them in a document that errs; elsewhere an abbreviation that is not listed is right.

        Time: O(n).
        """
        if not document.errs:
            return Findings()
        kept = list(keep.spans(text)) if keep else []
        return Findings([e for e in _edits(text) if not touches(kept, e.start, e.end)])


def _edits(text: str) -> Iterator[Edit]:
    for match in _RUN.finditer(text):
        run = match[0]
        if len(run) < _SHORTEST or is_member(run):
            continue
        near = [m for m in _readings(run) if m in dotted_entries()]
        if len(near) != 1:
            continue
        entry = dotted_entries()[near[0]]
        if entry and entry.type == _BODY and run.count(".") < 2:
            continue  # there are more bodies than any list has: `กปพ.` may well be one
        if entry and _fits(entry, text, *match.span()):
            margin = round(log(_CONFIDENCE / (1 - _CONFIDENCE)), 2)
            yield trim(
                Edit(*match.span(), near[0], margin, _CONFIDENCE, REASON, entry.id, run)
            )  # fmt: skip


def _readings(run: str) -> Iterator[str]:
    """Yield what a run is if one letter was taken for another of the same shape."""
    for i, letter in enumerate(run):
        for alike in _alike().get(letter, ()):
            yield run[:i] + alike + run[i + 1 :]


@cache
def _alike() -> dict[str, frozenset[str]]:
    """For each letter, those that look like it."""
    found: dict[str, frozenset[str]] = {}
    for group in LOOK_ALIKES:
        for letter in group:
            found[letter] = found.get(letter, frozenset()) | frozenset(group) - {letter}
    return found


def _fits(entry: Entry, text: str, start: int, end: int) -> bool:
    """Whether what stands beside a span is what stands beside such members."""
    ahead = text[max(0, start - _REACH) : start]
    return any(
        entry.type in types.split() and before.search(ahead) and behind.match(text, end)
        for types, before, behind in _FORMS
    )
