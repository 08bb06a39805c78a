"""Mining: what recurs in a made collection is proposed, and nothing else."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from thaifix.curate.collection import Collection
from thaifix.curate.mine import COLUMNS, mine
from thaifix.curate.recurrence import recurrences
from thaifix.lexicon.entries import Entry
from thaifix.model.words import Words

AGENCY = "สำนักงานส่งเสริมการเลี้ยงผึ้งแห่งชาติ"
BEFORE = ["เมื่อวาน", "วันนี้", "ทราบว่า", "ปรากฏว่า", "เนื่องจาก", "ขณะนี้", "ต่อมา", "เดิม"]
AFTER = ["จัดงาน", "ประกาศ", "รับสมัคร", "ตั้งอยู่", "ยืนยัน", "ขอเชิญ", "มอบทุน", "ชี้แจง"]


@pytest.fixture(scope="module")
def words() -> Words:
    return Words()


def text_with(term: str, times: int) -> str:
    """Sentences in which a term stands between words that change."""
    return "".join(
        f"{BEFORE[i % 8]}{term}{AFTER[(i + i // 8) % 8]}ครั้งที่ {i} แล้ว\n" for i in range(times)
    )


def proposals(
    words: Words, texts: Sequence[str], known: Sequence[Entry] = ()
) -> list[dict[str, str]]:
    rows = mine([[text.encode()] for text in texts], known, words=words)
    return [dict(zip(COLUMNS, row, strict=True)) for row in rows]


def test_a_recurrent_term(words: Words) -> None:
    """Once, as a whole, with its type, counts, examples and an empty cell to judge in."""
    rows = proposals(words, [text_with(AGENCY, 8), text_with(AGENCY, 8)])
    (row,) = [row for row in rows if "เลี้ยงผึ้ง" in row["term"]]
    assert row["term"] == AGENCY
    assert (row["type"], row["source"], row["judge"]) == ("office", "mined", "")
    assert (row["count"], row["documents"]) == ("16", "2")
    assert row["examples"].count(AGENCY) == 3


def test_a_known_term_is_not_proposed(words: Words) -> None:
    rows = proposals(words, [text_with(AGENCY, 12)], [Entry(AGENCY, "a-1")])
    assert AGENCY not in {row["term"] for row in rows}


def test_a_rare_term_is_not_proposed(words: Words) -> None:
    assert AGENCY not in {row["term"] for row in proposals(words, [text_with(AGENCY, 4)])}


@pytest.mark.parametrize(
    "wrong",
    [
        AGENCY.replace("แห่ง", "แหง"),
        AGENCY.replace("สำนัก", "สานัก"),
        AGENCY.replace("เลี้ยง", "เสี่ยง"),
        AGENCY.replace("ส่งเสริม", "ส่งเสียง"),
    ],
    ids=["a letter in the second half", "a letter in the first half", "a word", "another word"],
)
@pytest.mark.parametrize("known", [False, True])
def test_a_misreading(words: Words, wrong: str, known: bool) -> None:
    """It goes to its term, whose count stands in the note."""
    entries = [Entry(AGENCY, "a-1", "agency")] if known else []
    rows = proposals(words, [text_with(AGENCY, 16), text_with(wrong, 1)], entries)
    (row,) = [row for row in rows if row["misreadings"] == wrong]
    assert row["term"] == AGENCY
    assert (row["id"] == "a-1") is known
    assert (row["count"], row["note"]) == ("1", "the term itself: 16")
    assert wrong in row["examples"]


def test_another_right_term_is_no_misreading(words: Words) -> None:
    """Neither what is frequent itself, nor what the lexicon knows, nor a known misreading."""
    other = AGENCY.replace("ผึ้ง", "หมู")
    texts = [text_with(AGENCY, 16), text_with(other, 16)]
    assert not [row for row in proposals(words, texts) if row["misreadings"]]
    texts[1] = text_with(other, 1)
    assert not [row for row in proposals(words, texts, [Entry(other, "b")]) if row["misreadings"]]
    known = [Entry(AGENCY, "a", misreadings=(other,))]
    assert not [row for row in proposals(words, texts, known) if row["misreadings"]]


@pytest.mark.parametrize("abbreviation", ["สลผ.", "NBPO", "ส.ล.ผ."])
def test_an_abbreviation(words: Words, abbreviation: str) -> None:
    """What stands before it in most places is its term, without the words before that change."""
    texts = [text_with(f"{AGENCY} ({abbreviation}) ", 4), text_with(AGENCY, 4)]
    rows = [row for row in proposals(words, texts) if row["aliases"]]
    assert [(row["term"], row["aliases"]) for row in rows] == [(AGENCY, abbreviation)]
    assert rows[0]["count"] == "4"


def test_a_known_abbreviation_is_not_proposed(words: Words) -> None:
    texts = [text_with(f"{AGENCY} (NBPO) ", 4)]
    rows = proposals(words, texts, [Entry(AGENCY, "a-1", aliases=("NBPO",))])
    assert not [row for row in rows if row["aliases"]]


def test_chunks_do_not_matter(words: Words) -> None:
    """A text is cut into documents by form feeds, not by how it is read."""
    data = f"{text_with(AGENCY, 6)}\f{text_with(AGENCY, 6)}".encode()
    whole = list(mine([[data]], (), words=words))
    assert whole == list(mine([[data[i : i + 7] for i in range(0, len(data), 7)]], (), words=words))
    assert {dict(zip(COLUMNS, row, strict=True))["documents"] for row in whole} == {"2"}


@settings(max_examples=40)
@given(texts=st.lists(st.text("กา ", max_size=30), max_size=3))
def test_phrases_are_counted_right(words: Words, texts: list[str]) -> None:
    """The places of a phrase are those where its words stand; ends are free."""
    collection = Collection(words)
    for text in texts:
        collection.read([text.encode()])
    numbers = list(collection.words)
    for phrase, places in recurrences(collection, 2, lambda found: True):
        length = len(phrase.words)
        found = [i for i in range(len(numbers)) if tuple(numbers[i : i + length]) == phrase.words]
        assert places == found
        assert phrase.occurrences == len(found) >= 2
        after = Counter(
            numbers[i + length] for i in found if not collection.is_gap(numbers[i + length])
        )
        assert all(count <= 0.7 * len(found) for count in after.values() if count >= 2)


def test_terms_with_a_common_half_are_told_apart(words: Words) -> None:
    """Each is counted once, whatever else begins with its words."""
    longer = f"{AGENCY}ภาคเหนือตอนบน"
    texts = [text_with(AGENCY, 16), text_with(longer, 24), text_with(f"{longer}ล่าง", 1)]
    wrong = [longer.replace("เลี้ยง", "เสี่ยง"), AGENCY.replace("เลี้ยง", "เสียง")]
    rows = proposals(words, [*texts, *(text_with(term, 1) for term in wrong)])
    found = {(row["misreadings"], row["term"], row["note"]) for row in rows if row["misreadings"]}
    assert (wrong[0], longer, "the term itself: 25") in found
    assert (wrong[1], AGENCY, "the term itself: 41") in found
