"""Proposals for a lexicon from a collection of texts: terms, abbreviations and misreadings.

Every proposal is a row of a lexicon with what a person needs to judge it.
"""

from __future__ import annotations

import hashlib
import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence

from rapidfuzz.distance import Levenshtein

from thaifix.curate.collection import Collection
from thaifix.curate.damaged_terms import TIMES_RARER, WORDS_BESIDE, damaged
from thaifix.curate.recurrence import Recurrence, recurrences
from thaifix.lexicon import entries as lexicon
from thaifix.lexicon.entries import LONGEST_TERM, Entry, cells
from thaifix.model.words import Words

COLUMNS = (*lexicon.COLUMNS, "count", "documents", "examples", "judge")
"""Columns of a table of proposals."""

HEADS = {
    "กรม": "department", "กระทรวง": "ministry", "กอง": "division", "กองทุน": "fund",
    "การประชุม": "meeting", "คณะกรรมการ": "committee", "คณะอนุกรรมการ": "committee",
    "คณะทำงาน": "committee", "คณะรัฐมนตรี": "body", "โครงการ": "project", "จังหวัด": "province",
    "ธนาคาร": "bank", "ประมวลกฎหมาย": "code", "ปฏิญญา": "treaty", "พระราชกฤษฎีกา": "decree",
    "พระราชกำหนด": "emergency-decree", "พระราชบัญญัติ": "act", "พิธีสาร": "treaty",
    "มหาวิทยาลัย": "university", "มูลนิธิ": "foundation", "ระเบียบ": "regulation",
    "โรงพยาบาล": "hospital", "โรงเรียน": "school", "ศาล": "court", "ศูนย์": "centre",
    "สถาบัน": "institute", "สมาคม": "association", "สภา": "council", "สำนัก": "office",
    "สำนักงาน": "office", "องค์การ": "organisation", "องค์กร": "organisation",
    "อนุสัญญา": "treaty", "ผู้อำนวยการ": "position", "เลขาธิการ": "position",
    "อธิบดี": "position", "รัฐมนตรี": "position", "ปลัด": "position", "กฎกระทรวง": "regulation",
    "อำเภอ": "district", "เทศบาล": "local", "แผน": "plan", "ยุทธศาสตร์": "plan",
    "เครือข่าย": "organisation", "กลุ่ม": "organisation", "บริษัท": "enterprise",
}  # fmt: skip
"""Words that terms of the official language begin with, and the type of those terms."""

# No term begins or ends with one of the former; none ends with one of the latter. By judgement.
_NEVER_AT_AN_END = frozenset((
    "และ", "ของ", "ที่", "ใน", "จาก", "โดย", "เพื่อ", "ให้", "ได้", "เป็น", "มี", "กับ", "แก่",
    "ต่อ", "ว่า", "ซึ่ง", "หรือ", "ไม่", "จะ", "แล้ว", "ก็", "นี้", "นั้น", "อยู่", "ตาม",
    "เมื่อ", "แต่", "ทั้ง", "ดังกล่าว", "อีก", "คือ", "ยัง", "ถึง", "รวม", "ต้อง", "ขอ", "มา",
    "ไป", "อย่าง", "ด้วย", "ทุก", "เช่น", "พร้อม", "ระหว่าง", "แห่ง", "ภายใต้", "ผ่าน", "กว่า",
    "เพราะ", "ท่าน",
))  # fmt: skip
_NEVER_LAST = frozenset((
    "การ", "ความ", "ผู้", "คน", "นาย", "นาง", "นางสาว", "พระ", "ราช", "ทาง", "ด้าน", "วันที่",
))  # fmt: skip
_ABBREVIATION = re.compile(
    r"\(\s?([A-Z][A-Za-z&-]{0,8}[A-Z]|(?:[\u0e01-\u0e2e]{1,4}\.){1,6}"
    r"|[\u0e40-\u0e44]?[\u0e01-\u0e2e]{2,6}\.)\s?\)"
)

_MOST_HEAD_WORDS = 4
"""Words of a head, at most: `คณะอนุกรรมการ` is cut into two, `พระราชกฤษฎีกา` into three."""

_SHORTEST_TERM = 8
"""Code points of a proposed term, at least: by judgement; shorter ones resemble too much else."""

_LEAST_COHESION = 5.0
"""Cohesion in nats of a proposed term, at least: by judgement, 150 times chance."""

_LEAST_COHESION_HEADED = 2.0
"""The same of a term that begins with a head, which speaks for it."""

_HEAD_BONUS = 5.0
"""Nats that a head is worth in the order of proposals, and other evidence in multiples and parts of
it: by judgement, as much as the least cohesion."""

_EXAMPLES_PER_ROW = 3
"""Examples of a proposal: by judgement."""


def mine(
    texts: Iterable[Iterable[bytes]],
    known: Sequence[Entry],
    *,
    min_count: int = 5,
    words: Words | None = None,
) -> Iterator[tuple[str, ...]]:
    """Propose rows for a lexicon, the likeliest first.

    Args:
        texts: Files as chunks of UTF-8.
        known: Entries that there are already; they are proposed again only with an abbreviation or
            a misreading that they lack.
        min_count: How often a new term must occur, at least.
        words: The segmenter, by default that of the model that comes with thaifix.
    Yields:
        Rows of `COLUMNS`. A row with a misreading has the misreading's count; its note says how
        often the term itself occurs.
    Time and memory: about O(words of the texts); see `Collection`.
    """
    collection = Collection(words or Words())
    for text in texts:
        collection.read(text)
    terms = {entry.term: entry for entry in known}
    taken = {*terms, *(alias for entry in known for alias in entry.aliases)}
    frequent: dict[tuple[int, ...], int] = {}
    proposals = [
        *_new_terms(collection, taken, min_count, frequent),
        *_new_abbreviations(collection, terms),
    ]
    targets = dict(frequent)
    for term in terms:
        if len(term) >= _SHORTEST_TERM:
            targets.setdefault(collection.numbers(term), 0)
    proposals += _new_misreadings(collection, terms, targets, taken)
    proposals.sort(key=lambda proposal: (-proposal[0], proposal[1]))
    yield from (row for _, row in proposals)


_Proposal = tuple[float, tuple[str, ...]]
"""A rank, in nats or what is worth as much, and a row of `COLUMNS`."""


def _new_terms(
    collection: Collection, taken: set[str], min_count: int, frequent: dict[tuple[int, ...], int]
) -> Iterator[_Proposal]:
    """Propose words that recur together; how often each term occurs is put into `frequent`."""

    def wanted(found: Recurrence) -> bool:
        return _is_term(collection, found)

    for found, places in recurrences(collection, min_count, wanted):
        words = found.words
        frequent[words] = found.occurrences
        if collection.text(words) not in taken:
            rank = found.cohesion + _HEAD_BONUS * bool(_type(collection, words))
            yield rank, _row(collection, _entry(collection, words), places, len(words))


def _new_abbreviations(collection: Collection, terms: Mapping[str, Entry]) -> Iterator[_Proposal]:
    """Propose abbreviations in brackets for what stands before them."""
    for (found, alias), places in _abbreviated(collection).items():
        entry = terms.get(collection.text(found)) or _entry(collection, found)
        if alias not in entry.aliases:
            entry = entry._replace(aliases=(alias,), misreadings=())
            yield 2 * _HEAD_BONUS + len(places), _row(collection, entry, places, len(found))


def _new_misreadings(
    collection: Collection,
    terms: Mapping[str, Entry],
    targets: Iterable[tuple[int, ...]],
    taken: set[str],
) -> Iterator[_Proposal]:
    """Propose rare strings near a term as its misreadings."""
    for target, wrong, places, count in damaged(collection, targets, taken):
        entry = terms.get(collection.text(target)) or _entry(collection, target)
        observed = collection.text(wrong)
        if observed not in entry.misreadings:
            note = f"the term itself: {count}"
            entry = entry._replace(aliases=(), misreadings=(observed,), note=note)
            evidence = min(_HEAD_BONUS, count / TIMES_RARER)
            rank = _HEAD_BONUS - Levenshtein.distance(entry.term, observed) + evidence
            yield rank, _row(collection, entry, places, len(wrong))


def _is_term(collection: Collection, found: Recurrence) -> bool:
    """Whether words may be a term: an unknown one, or several that hold together."""
    words = found.words
    first, last = collection.text(words[:1]), collection.text(words[-1:])
    if len(words) < 2:
        return collection.is_unknown(words[0]) and len(first) >= _SHORTEST_TERM
    if len(collection.text(words)) < _SHORTEST_TERM or last in _NEVER_LAST:
        return False
    if {first, last} & _NEVER_AT_AN_END:
        return False
    headed = _type(collection, words)
    return found.cohesion >= (_LEAST_COHESION_HEADED if headed else _LEAST_COHESION)


def _type(collection: Collection, words: Sequence[int]) -> str:
    """The type of a term by its head, which may be of several words; "" without a head."""
    text = ""
    found = ""
    for word in words[:_MOST_HEAD_WORDS]:
        text += collection.text([word])
        found = HEADS.get(text, found)
    return found


def _entry(collection: Collection, words: Sequence[int]) -> Entry:
    """A new entry of words; its id depends on the term alone."""
    term = collection.text(words)
    name = "mi-" + hashlib.sha256(term.encode()).hexdigest()[:8]
    return Entry(term, name, _type(collection, words), source="mined")


def _row(
    collection: Collection, entry: Entry, places: Sequence[int], length: int
) -> tuple[str, ...]:
    """A row of `COLUMNS`: an entry, how often it stands in how many documents, and where."""
    documents = len({collection.document(place) for place in places})
    step = max(1, len(places) // _EXAMPLES_PER_ROW)
    examples = [collection.around(place, length) for place in places[::step][:_EXAMPLES_PER_ROW]]
    return (*cells(entry), str(len(places)), str(documents), " | ".join(examples), "")


def _abbreviated(collection: Collection) -> dict[tuple[tuple[int, ...], str], list[int]]:
    """What stands before an abbreviation in brackets, as far as most places agree."""
    text, gap = collection.words, collection.is_gap
    bracket, space = collection.number("(", "sign"), collection.number(" ", "sign")
    before = defaultdict[str, list[tuple[tuple[int, ...], int]]](list)
    for place in (place for place, word in enumerate(text) if word == bracket):
        match = _ABBREVIATION.match(collection.text(text[place : place + WORDS_BESIDE]))
        if match:
            end = place - (text[place - 1] == space)
            start = end
            while end - start < WORDS_BESIDE and not gap(text[start - 1]):
                start -= 1
            before[match[1]].append((tuple(text[start:end]), end))
    found: dict[tuple[tuple[int, ...], str], list[int]] = {}
    for abbreviation, samples in before.items():
        if words := _agreed(collection, [words for words, _ in samples]):
            places = [end - len(words) for w, end in samples if w[-len(words) :] == words]
            found[words, abbreviation] = places
    return found


def _agreed(collection: Collection, samples: Sequence[tuple[int, ...]]) -> tuple[int, ...]:
    """The longest end that half of the samples have, and two at least, from its first head on.

    Returns:
        Its words; () if there are none that may be a term.
    """
    for length in range(WORDS_BESIDE, 1, -1):
        ends = Counter(words[-length:] for words in samples if len(words) >= length)
        words, count = ends.most_common(1)[0] if ends else ((), 0)
        if count >= max(2, len(samples) / 2):
            heads = [i for i in range(length - 1) if _type(collection, words[i:])]
            # A position is named before its office, and the abbreviation is the office's.
            offices = [i for i in heads if _type(collection, words[i:]) != "position"]
            words = words[(offices or heads or [0])[0] :]
            while words and collection.text(words[:1]) in _NEVER_AT_AN_END:
                words = words[1:]
            long = _SHORTEST_TERM <= len(collection.text(words)) <= LONGEST_TERM
            return words if len(words) > 1 and long else ()
    return ()
