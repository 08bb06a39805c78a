"""Proposals for a lexicon from a collection of texts: terms, abbreviations and misreadings.

Every proposal is a row of a lexicon with what a person needs to judge it.
"""

from __future__ import annotations

import hashlib
import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple

from rapidfuzz.distance import Levenshtein

from thaifix.curate.collection import Collection, Phrase
from thaifix.lexicon import entries as lexicon
from thaifix.lexicon.entries import LONGEST_TERM, Entry, cells
from thaifix.lexicon.neighbours import radius
from thaifix.model.words import Words

COLUMNS = (*lexicon.COLUMNS, "count", "documents", "examples", "judge")

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
"""With what terms of the official language begin, and the type of those."""

# No term begins or ends with one of the former; none ends with one of the latter.
_LOOSE = frozenset((
    "และ", "ของ", "ที่", "ใน", "จาก", "โดย", "เพื่อ", "ให้", "ได้", "เป็น", "มี", "กับ", "แก่",
    "ต่อ", "ว่า", "ซึ่ง", "หรือ", "ไม่", "จะ", "แล้ว", "ก็", "นี้", "นั้น", "อยู่", "ตาม",
    "เมื่อ", "แต่", "ทั้ง", "ดังกล่าว", "อีก", "คือ", "ยัง", "ถึง", "รวม", "ต้อง", "ขอ", "มา",
    "ไป", "อย่าง", "ด้วย", "ทุก", "เช่น", "พร้อม", "ระหว่าง", "แห่ง", "ภายใต้", "ผ่าน", "กว่า",
    "เพราะ", "ท่าน",
))  # fmt: skip
_OPEN = frozenset((
    "การ", "ความ", "ผู้", "คน", "นาย", "นาง", "นางสาว", "พระ", "ราช", "ทาง", "ด้าน", "วันที่",
))  # fmt: skip
_ABBREVIATION = re.compile(
    r"\(\s?([A-Z][A-Za-z&-]{0,8}[A-Z]|(?:[\u0e01-\u0e2e]{1,4}\.){1,6}"
    r"|[\u0e40-\u0e44]?[\u0e01-\u0e2e]{2,6}\.)\s?\)"
)
_LEAST = 8  # letters of a proposed term
_COHESION = 5.0  # nats, of a term that does not begin with a head
_COHESION_HEADED = 2.0
_BONUS = 5.0  # nats that a head is worth in the order of proposals
_EXPANSION = 14  # words before a bracket that are looked at
_RARE = 10  # a misreading is at least so many times rarer than its term
_CHANGED = 5  # letters for each that may differ between two intact ends
_FANOUT = 100  # terms with one beginning, or one end, at most
_EXAMPLES = 3
_REMEMBERED = 1 << 16  # windows whose misreadings are remembered


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
        known: Entries there are already; they are proposed again only with an abbreviation that
            they lack, or a misreading.
        min_count: How often a new term must occur.
        words: The segmenter, by default of the model that comes with thaifix.
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
    proposals: list[tuple[float, tuple[str, ...]]] = []
    frequent: dict[tuple[int, ...], int] = {}

    def wanted(phrase: Phrase) -> bool:
        return _is_term(collection, phrase)

    for phrase, places in collection.phrases(min_count, wanted):
        frequent[phrase.words] = phrase.occurrences
        term = collection.text(phrase.words)
        if term not in taken:
            rank = phrase.cohesion + _BONUS * bool(_type(collection, phrase.words))
            row = _row(collection, _entry(collection, phrase.words), places, len(phrase.words))
            proposals.append((rank, row))
    for (found, alias), places in _abbreviated(collection).items():
        entry = terms.get(collection.text(found)) or _entry(collection, found)
        if alias not in entry.aliases:
            entry = entry._replace(aliases=(alias,), misreadings=())
            rank = 2 * _BONUS + len(places)
            proposals.append((rank, _row(collection, entry, places, len(found))))
    targets = dict(frequent)
    for term in terms:
        if len(term) >= _LEAST:
            targets.setdefault(collection.numbers(term), 0)
    for target, wrong, places, count in _misreadings(collection, targets, taken):
        entry = terms.get(collection.text(target)) or _entry(collection, target)
        observed = collection.text(wrong)
        if observed not in entry.misreadings:
            note = f"the term itself: {count}"
            entry = entry._replace(aliases=(), misreadings=(observed,), note=note)
            rank = _BONUS - Levenshtein.distance(entry.term, observed) + min(_BONUS, count / _RARE)
            proposals.append((rank, _row(collection, entry, places, len(wrong))))
    proposals.sort(key=lambda proposal: (-proposal[0], proposal[1]))
    yield from (row for _, row in proposals)


def _is_term(collection: Collection, phrase: Phrase) -> bool:
    first, last = (collection.text([phrase.words[i]]) for i in (0, -1))
    if len(phrase.words) < 2:
        return collection.is_unknown(phrase.words[0]) and len(first) >= _LEAST
    if len(collection.text(phrase.words)) < _LEAST or last in _OPEN or {first, last} & _LOOSE:
        return False
    headed = _type(collection, phrase.words)
    return phrase.cohesion >= (_COHESION_HEADED if headed else _COHESION)


def _type(collection: Collection, words: Sequence[int]) -> str:
    """The type of a term by its head, which may be of several words; "" without a head."""
    text = ""
    found = ""
    for word in words[:4]:
        text += collection.text([word])
        found = HEADS.get(text, found)
    return found


def _entry(collection: Collection, words: Sequence[int]) -> Entry:
    term = collection.text(words)
    name = "mi-" + hashlib.sha256(term.encode()).hexdigest()[:8]
    return Entry(term, name, _type(collection, words), source="mined")


def _row(
    collection: Collection, entry: Entry, places: Sequence[int], length: int
) -> tuple[str, ...]:
    documents = len({collection.document(place) for place in places})
    step = max(1, len(places) // _EXAMPLES)
    examples = [collection.around(place, length) for place in places[::step][:_EXAMPLES]]
    return (*cells(entry), str(len(places)), str(documents), " | ".join(examples), "")


def _abbreviated(collection: Collection) -> dict[tuple[tuple[int, ...], str], list[int]]:
    """What stands before an abbreviation in brackets, as far as most places agree."""
    text, gap = collection.words, collection.is_gap
    bracket, space = collection.number("(", "sign"), collection.number(" ", "sign")
    before = defaultdict[str, list[tuple[tuple[int, ...], int]]](list)
    for place in (place for place, word in enumerate(text) if word == bracket):
        match = _ABBREVIATION.match(collection.text(text[place : place + _EXPANSION]))
        if match:
            end = place - (text[place - 1] == space)
            start = end
            while end - start < _EXPANSION and not gap(text[start - 1]):
                start -= 1
            before[match[1]].append((tuple(text[start:end]), end))
    found: dict[tuple[tuple[int, ...], str], list[int]] = {}
    for abbreviation, samples in before.items():
        if words := _agreed(collection, [words for words, _ in samples]):
            places = [end - len(words) for w, end in samples if w[-len(words) :] == words]
            found[words, abbreviation] = places
    return found


def _agreed(collection: Collection, samples: Sequence[tuple[int, ...]]) -> tuple[int, ...]:
    """The longest end that at least half the samples have, and two; from its first head on."""
    for length in range(_EXPANSION, 1, -1):
        ends = Counter(words[-length:] for words in samples if len(words) >= length)
        words, count = ends.most_common(1)[0] if ends else ((), 0)
        if count >= max(2, len(samples) / 2):
            heads = [i for i in range(length - 1) if _type(collection, words[i:])]
            # A position is named before its office, and the abbreviation is the office's.
            offices = [i for i in heads if _type(collection, words[i:]) != "position"]
            words = words[(offices or heads or [0])[0] :]
            while words and collection.text(words[:1]) in _LOOSE:
                words = words[1:]
            long = _LEAST <= len(collection.text(words)) <= LONGEST_TERM
            return words if len(words) > 1 and long else ()
    return ()


_Term = tuple[tuple[int, ...], str]
"""A term as words and as text."""


class _Anchors(NamedTuple):
    """Halves of terms by which damaged ones are found."""

    beginnings: dict[tuple[int, ...], list[_Term]]
    ends: dict[tuple[int, ...], list[_Term]]
    lengths: dict[int, set[int]]  # of the halves that begin with a word


def _misreadings(
    collection: Collection, targets: Iterable[tuple[int, ...]], taken: set[str]
) -> Iterator[tuple[tuple[int, ...], tuple[int, ...], list[int], int]]:
    """Rare strings near a term: (term, string, its places, how often the term occurs).

    A misreading leaves the first or the last half of a term's words intact; there it is anchored.
    """
    text = collection.words
    anchors = _anchors(collection, targets)
    counts = Counter[tuple[int, ...]]()
    found = defaultdict[tuple[tuple[int, ...], tuple[int, ...]], set[int]](set)
    seen = dict[tuple[int, ...], list[tuple[tuple[int, ...], tuple[int, ...]]]]()
    for place, word in enumerate(text):
        for length in anchors.lengths.get(word, ()):
            anchor = tuple(text[place : place + length])
            for step, terms in (1, anchors.beginnings.get(anchor)), (-1, anchors.ends.get(anchor)):
                if not terms:
                    continue
                if step > 0:
                    words = text[place : place + length + _EXPANSION]
                else:
                    words = text[max(0, place - _EXPANSION) : place + length][::-1]
                window = _until_gap(collection, words)
                key = (step * length, *window)
                if key not in seen:
                    seen[key] = list(_nearest(collection, terms, window, length, step))
                for target, wrong in seen[key]:
                    if target != wrong:
                        found[target, wrong].add(place if step > 0 else place + length - len(wrong))
                    elif step > 0 or target[: len(target) // 2] not in anchors.beginnings:
                        counts[target] += 1
            if len(seen) > _REMEMBERED:
                seen.clear()
    for (target, wrong), places in found.items():
        term, observed = collection.text(target), collection.text(wrong)
        right = observed in taken or counts[wrong] or observed in term or term in observed
        # A term that never occurs as it should is no evidence against a string of known words.
        evident = counts[target] or any(map(collection.is_unknown, wrong))
        if evident and not right and len(places) * _RARE <= max(counts[target], _RARE):
            yield target, wrong, sorted(places), counts[target]


def _anchors(collection: Collection, targets: Iterable[tuple[int, ...]]) -> _Anchors:
    anchors = _Anchors(defaultdict(list), defaultdict(list), defaultdict(set))
    for target in targets:
        half = len(target) // 2  # a damaged word in the middle leaves both intact
        if half and not any(map(collection.is_gap, target)):
            term = target, collection.text(target)
            anchors.beginnings[target[:half]].append(term)
            anchors.ends[target[-half:]].append(term)
    for side in anchors.beginnings, anchors.ends:
        for words in [words for words, terms in side.items() if len(terms) > _FANOUT]:
            del side[words]
        for words in side:
            anchors.lengths[words[0]].add(len(words))
    return anchors


def _until_gap(collection: Collection, words: Sequence[int]) -> tuple[int, ...]:
    gap = next((i for i, word in enumerate(words) if collection.is_gap(word)), len(words))
    return tuple(words[:gap])


def _nearest(
    collection: Collection, terms: Iterable[_Term], window: tuple[int, ...], half: int, step: int
) -> Iterator[tuple[tuple[int, ...], tuple[int, ...]]]:
    """Terms, each with the words at a window's beginning that are nearest to it, if near enough.

    Args:
        window: Words in the order of reading, or (`step` -1) against it.
        half: How many of them are known to be the terms'.
    """
    shown = collection.text(window[::step])
    for target, term in terms:
        if window[: len(target)] == target[::step]:
            yield target, target
            continue
        letters = len(term)
        most = max(1, letters // _CHANGED)
        alike = shown[:letters] if step > 0 else shown[-letters:]
        # Words at a distance d may be d letters longer or shorter than the term.
        if Levenshtein.distance(term, alike, score_cutoff=2 * most) > 2 * most:
            continue
        found: list[tuple[int, int, tuple[int, ...]]] = []
        for end in range(half + 1, len(window) + 1):
            words = window[:end][::step]
            observed = collection.text(words)
            if len(observed) > letters + most:
                break
            between = end > half + 1 and window[end - 1] == target[::step][-1]
            limit = most if between else radius(letters)
            distance = Levenshtein.distance(term, observed, score_cutoff=limit)
            if distance <= limit:
                found.append((distance, end, words))
        if found:
            yield target, min(found)[2]
