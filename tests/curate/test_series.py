"""Series: what is listed, how it is counted and ranked."""

from __future__ import annotations

import gc
import tracemalloc
from collections import Counter
from collections.abc import Sequence
from typing import Any

import pytest

from thaifix import Corrector, Options
from thaifix.curate.places import Place, Scan, SourceWords, scanner
from thaifix.curate.series import THRESHOLD, Listing, Series
from thaifix.stream.filter import Filter
from thaifix.text.edit import Edit

MAI_EK = "\N{THAI CHARACTER MAI EK}"
NIKHAHIT_AA = "\N{THAI CHARACTER NIKHAHIT}\N{THAI CHARACTER SARA AA}"


@pytest.fixture(scope="module")
def doubtful() -> Corrector:
    """The corrector whose edits are suspected."""
    return Corrector(options=Options(threshold=THRESHOLD))


@pytest.fixture(scope="module")
def scan(doubtful: Corrector) -> Scan:
    return scanner(doubtful)


def listed(
    files: Sequence[str],
    corrector: Corrector,
    doubtful: Corrector,
    *,
    rules: bool = False,
    size: int = 1 << 20,
) -> list[Series]:
    """The series of files, each read in chunks of `size` bytes."""
    listing = Listing(corrector, doubtful, rules=rules)
    written: list[bytes] = []
    filter_ = Filter(listing, written.append)
    for i, file in enumerate(files):
        data = file.encode()
        filter_.file(str(i), [data[k : k + size] for k in range(0, len(data), size)])
    filter_.close()
    assert b"".join(written) == "".join(files).encode()
    return listing.series()


def edit(text: str, observed: str, replacement: str, start: int = 0) -> Edit:
    start = text.index(observed, start)
    return Edit(start, start + len(observed), replacement, 2.0, 0.5, "respell", observed=observed)


def test_rules_are_no_suspicion(corrector: Corrector, doubtful: Corrector) -> None:
    """What is normalised without doubt is listed on request, in its raw spelling."""
    text = f"ต้องท{NIKHAHIT_AA}งาน"
    assert listed([text], corrector, doubtful) == []
    (one,) = listed([text], corrector, doubtful, rules=True)
    assert (one.observed, one.intended) == (f"ท{NIKHAHIT_AA}งาน", "ทำงาน")
    assert (one.count, one.applied, one.confidence, one.worth) == (1, 1, 1.0, 0.0)


@pytest.mark.parametrize("size", [1, 7, 1000])
def test_listing_does_not_depend_on_chunks(
    size: int, corrector: Corrector, doubtful: Corrector, pages: list[dict[str, Any]]
) -> None:
    texts = [page["ocr"] for page in pages[:3]]
    whole = listed(texts, corrector, doubtful, rules=True)
    assert whole
    assert listed(texts, corrector, doubtful, rules=True, size=size) == whole


def test_counts_are_those_of_the_places(
    corrector: Corrector, doubtful: Corrector, scan: Scan, pages: list[dict[str, Any]]
) -> None:
    """Count, documents and applied, against counting without streams."""
    texts = [page["ocr"] + "\f" for page in pages[:12]]
    found = listed(["".join(texts)], corrector, doubtful)
    count: Counter[tuple[str, str]] = Counter()
    documents: Counter[tuple[str, str]] = Counter()
    applied: Counter[tuple[str, str]] = Counter()
    confidence: Counter[tuple[str, str]] = Counter()
    for text in texts:
        words = SourceWords(text, scan)
        places = words.places(doubtful.correct(text).edits)
        sure = {place[:4] for place in words.places(corrector.correct(text).edits)}
        keys = [(place.observed, place.intended) for place in places]
        count.update(keys)
        documents.update(set(keys))
        applied.update(place[2:4] for place in places if place[:4] in sure)
        for place in places:
            confidence[place[2:4]] += place.confidence  # type: ignore[assignment]
    assert len(found) == len(count) > 20
    for one in found:
        key = one.observed, one.intended
        assert (one.count, one.documents, one.applied) == (count[key], documents[key], applied[key])
        assert one.confidence == pytest.approx(confidence[key])
    assert 0 < sum(applied.values()) < sum(count.values())


def test_a_place_is_applied_only_if_all_of_it_is(corrector: Corrector, doubtful: Corrector) -> None:
    """At the same words, with the same intended words; another edit there is another place."""
    text = "ใบรั้บรองแพทบ์"
    first, second = edit(text, "้", ""), edit(text, "บ์", "ย์")
    for applied, sure in [([first, second], 1), ([first], 0), ([], 0)]:
        listing = Listing(corrector, doubtful)
        listing.document()
        listing.add(text, applied, [first, second])
        assert [(one.count, one.applied) for one in listing.series()] == [(1, sure)]


def test_never_touch_words_are_not_listed(corrector: Corrector) -> None:
    """Nor normalised."""
    text = f"ก{NIKHAHIT_AA}หนต"
    kept = Corrector(keep=[text])
    assert listed([text], corrector, kept, rules=True) == []


def place(confidence: float, *, entry: str = "", reason: str = "respell") -> Place:
    return Place(0, 5, "กำหนต", "กำหนด", confidence, reason, entry)


def test_a_series_adds_up() -> None:
    """Worth: what of it a decision sets right; documents: those that follow each other are one."""
    one = Series("กำหนต", "กำหนด")
    one.add(place(0.3), "กำหนต", 1, applied=False)
    one.add(place(0.9, entry="t2", reason="term"), "กำหนต", 1, applied=True)
    one.add(place(0.5, entry="t1"), "กำหนต", 3, applied=False)
    assert (one.count, one.documents, one.applied) == (3, 2, 1)
    assert one.confidence == pytest.approx(0.3 + 0.9 + 0.5)
    assert one.worth == pytest.approx(0.3 + 0.1 + 0.5)
    assert (one.reasons, one.entries) == ({"respell", "term"}, {"t1", "t2"})


def test_worth_comes_first(corrector: Corrector, doubtful: Corrector) -> None:
    """Sorted by what a decision is expected to set right, then by count, then by words."""
    text = "กำหนตกับพิจรณากับกำหนตและเหตุกาณ์"
    first, last = edit(text, "ต", "ด"), edit(text, "ต", "ด", 10)
    other, third = edit(text, "ร", "าร"), edit(text, "าณ์", "ารณ์")

    def order(*edits: tuple[Edit, float], applied: bool = False) -> list[tuple[str, int, int]]:
        listing = Listing(corrector, doubtful)
        listing.document()
        suspected = [e._replace(confidence=confidence) for e, confidence in edits]
        sure = [e for e in suspected if e.confidence > 0.8]
        listing.add(text, sure if applied else [], suspected)
        return [(one.intended, one.count, one.applied) for one in listing.series()]

    counted = order((first, 0.9), (other, 0.3), (last, 0.9), applied=True)
    assert counted == [("พิจารณา", 1, 0), ("กำหนด", 2, 2)]
    more = order((first, 0.1), (other, 0.2), (last, 0.1))
    assert more == [("กำหนด", 2, 0), ("พิจารณา", 1, 0)]
    # 0.1 three times is 0.30000000000000004: as much as 0.3, so that words decide.
    equal = order((other, 0.2000000000000001), (third, 0.2))
    assert equal == [("พิจารณา", 1, 0), ("เหตุการณ์", 1, 0)]
    equal = order((other, 0.2), (third, 0.2000000000000001))
    assert equal == [("พิจารณา", 1, 0), ("เหตุการณ์", 1, 0)]
    equal = order((other, 0.2), (third, 0.2000001))
    assert equal == [("พิจารณา", 1, 0), ("เหตุการณ์", 1, 0)]
    apart = order((other, 0.2), (third, 0.200001))
    assert apart == [("เหตุการณ์", 1, 0), ("พิจารณา", 1, 0)]


def test_equal_series_are_sorted_by_words(corrector: Corrector, doubtful: Corrector) -> None:
    listing = Listing(corrector, doubtful)
    for replacement in "หนก", "หนด", "มอบ":
        listing.document()
        listing.add("กำหนต", [], [edit("กำหนต", "หนต", replacement)])
    found = [(one.observed, one.intended) for one in listing.series()]
    assert len(found) == 3
    assert found == sorted(found)


# Examples


def test_examples_show_the_place(corrector: Corrector, doubtful: Corrector) -> None:
    """In its context, as it stands there; equal ones once, three at most."""
    listing = Listing(corrector, doubtful)
    text = f"\tก{NIKHAHIT_AA}หนต\nแล้ว"
    for after in "", "", " 1", " 2", " 3":
        listing.document()
        listing.add(text + after, [], [edit(text, "ต", "ด")])
    (one,) = listing.series()
    shown = f"\t[ก{NIKHAHIT_AA}หนต->กำหนด]\nแล้ว"
    assert one.examples == [shown, f"{shown} 1", f"{shown} 2"]
    assert (one.count, one.documents) == (5, 5)


@pytest.mark.parametrize(
    ("before", "after", "shown_before", "shown_after"),
    [
        ("", "", "", ""),
        ("ก" * 19, "ข" * 19, "ก" * 19, "ข" * 19),
        ("ค" + "ก" * 20, "ข" * 20 + "ค", "ก" * 20, "ข" * 20),
        # No cluster is cut: the whole of the letter that the twentieth code point belongs to.
        (f"คก{MAI_EK}" + "ก" * 19, "ข" * 20 + MAI_EK, f"ก{MAI_EK}" + "ก" * 19, "ข" * 20 + MAI_EK),
    ],
)
def test_examples_show_twenty_letters_on_each_side(
    before: str, after: str, shown_before: str, shown_after: str
) -> None:
    one = Series("กำหนต", "กำหนด")
    at = len(before)
    found = place(0.5)._replace(start=at, end=at + 5)
    one.add(found, f"{before}กำหนต{after}", 1, applied=False)
    assert one.examples == [f"{shown_before}[กำหนต->กำหนด]{shown_after}"]


# Memory


def test_memory_does_not_grow_with_what_is_read(corrector: Corrector, doubtful: Corrector) -> None:
    """Only with distinct substitutions."""
    listing = Listing(corrector, doubtful)
    text = "ตามกำหนตนั้น พิจรณาแล้ว " + "ข้าว " * 300
    edits = [edit(text, "ต", "ด", 5), edit(text, "ร", "าร")]

    def read(documents: int) -> None:
        for number in range(documents):
            listing.document()
            listing.add(f"{text}{number}", [], edits)

    read(10)
    tracemalloc.start()
    try:
        read(1)
        before, _ = tracemalloc.get_traced_memory()
        read(40)
        gc.collect()
        after, _ = tracemalloc.get_traced_memory()
    finally:
        tracemalloc.stop()
    assert after - before < 40_000  # the forty texts have three times as many bytes
    assert [one.count for one in listing.series()] == [51, 51]


def test_rules_are_listed_on_request_only(corrector: Corrector, doubtful: Corrector) -> None:
    listing = Listing(corrector, doubtful)
    assert listing.document().adapted == 0
    listing.add(f"ต้องท{NIKHAHIT_AA}งาน", [], [])
    assert listing.series() == []
