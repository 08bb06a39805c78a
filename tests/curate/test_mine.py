"""Mining: what recurs in a made collection is proposed, and nothing else."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Sequence
from itertools import islice, product
from string import ascii_lowercase
from typing import cast

import pytest
from camel_words import CamelWords, camel_words

from thaifix.curate.collection import Collection
from thaifix.curate.mine import COLUMNS, mine
from thaifix.lexicon.entries import Entry
from thaifix.model.words import Words, WordSpan

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


def test_terms_with_a_common_half_are_told_apart(words: Words) -> None:
    """Each is counted once, whatever else begins with its words."""
    longer = f"{AGENCY}ภาคเหนือตอนบน"
    texts = [text_with(AGENCY, 16), text_with(longer, 24), text_with(f"{longer}ล่าง", 1)]
    wrong = [longer.replace("เลี้ยง", "เสี่ยง"), AGENCY.replace("เลี้ยง", "เสียง")]
    rows = proposals(words, [*texts, *(text_with(term, 1) for term in wrong)])
    found = {(row["misreadings"], row["term"], row["note"]) for row in rows if row["misreadings"]}
    assert (wrong[0], longer, "the term itself: 25") in found
    assert (wrong[1], AGENCY, "the term itself: 41") in found


# Of words that a test can see


def mined(
    *texts: str,
    known: Sequence[Entry] = (),
    min_count: int = 5,
    total: int = 3000,
    words: Words | None = None,
) -> list[dict[str, str]]:
    """Proposals from texts, and from others that make them a collection of so many words."""
    words = words or camel_words()
    collection = Collection(words)
    for text in texts:
        collection.read([text.encode()])
    rest = total - len(collection.words) - 1
    other = "".join(f"Z{a}{b}{c}" for a, b, c in islice(product(ascii_lowercase, repeat=3), rest))
    rows = mine([[t.encode()] for t in (*texts, other)], known, min_count=min_count, words=words)
    return [dict(zip(COLUMNS, row, strict=True)) for row in rows]


def among(term: str, times: int) -> list[str]:
    """Texts with a term between words that change."""
    return [f"Before{ascii_lowercase[i]}{term}After{ascii_lowercase[i]}" for i in range(times)]


@pytest.mark.parametrize(
    ("term", "times", "is_proposed"),
    [
        ("AbcdEfgh", 5, True),
        ("AbcdEfgh", 4, False),
        ("AbcdEfg", 5, False),
        ("Abcdefgh", 5, False),
        ("Abcdexgh", 5, True),
        ("Abcdexg", 5, False),
        ("AbcdEfgh" + "i" * 72, 5, True),
        ("AbcdEfgh" + "i" * 73, 5, False),
    ],
)
def test_what_may_be_a_term(term: str, times: int, is_proposed: bool) -> None:
    """Words of eight letters that recur five times; one word only if the model does not know it."""
    rows = mined(*among(term, times))
    assert [row["term"] for row in rows] == [term] * is_proposed
    for row in rows:
        assert (row["count"], row["documents"], row["type"]) == (str(times), str(times), "")


@pytest.mark.parametrize(
    ("first", "total", "is_proposed"),
    [("Abcd", 742, False), ("Abcd", 743, True), ("กรม", 36, False), ("กรม", 37, True)],
)
def test_words_of_a_term_hold_together(first: str, total: int, is_proposed: bool) -> None:
    """By five nats, by two after a head: they are so much likelier together than by chance.

    Of words that stand five times each, always together, among 5 * e**5 = 742.07 (5 * e**2 = 36.9).
    """
    rows = mined(*among(f"{first}Efghijk", 5), total=total, words=thai_words(first))
    assert [row["term"] for row in rows] == [f"{first}Efghijk"] * is_proposed


def test_rows_are_complete() -> None:
    """Three examples, from all over the texts; ids that depend on the term alone."""
    texts = among("AbcdEfgh", 9)
    (row,) = mined(*texts[:7], f"{texts[7]}\f{texts[8]}")
    assert row == {
        "id": "mi-" + hashlib.sha256(b"AbcdEfgh").hexdigest()[:8],
        "term": "AbcdEfgh",
        "type": "",
        "aliases": "",
        "misreadings": "",
        "from": "",
        "to": "",
        "source": "mined",
        "note": "",
        "count": "9",
        "documents": "9",
        "examples": " | ".join([texts[0], texts[3], texts[6]]),
        "judge": "",
    }
    (row,) = mined(*texts[:5])
    assert row["examples"] == " | ".join(texts[:3])
    (row,) = mined(*texts[:2], min_count=2)
    assert row["examples"] == " | ".join(texts[:2])
    (row,) = mined("\n".join(texts[:5]))
    assert (row["count"], row["documents"]) == ("5", "1")


class ThaiWords(CamelWords):
    """Cuts out some Thai words, too."""

    def __init__(self, *thai: str) -> None:
        known = map(re.escape, sorted(thai, key=len, reverse=True))
        self._pattern = re.compile("|".join([*known, "[^\u0e01-\u0e5b]+"]))

    def cut(self, text: str) -> list[WordSpan]:
        found = []
        for match in self._pattern.finditer(text):
            start, end = match.span()
            cut = (
                super().cut(match[0])
                if match[0].isascii()
                else [WordSpan(0, end - start, "word", 1)]
            )
            found += [word._replace(start=start + word.start, end=start + word.end) for word in cut]
        return found


def thai_words(*thai: str) -> Words:
    return cast(Words, ThaiWords(*(word for word in thai if not word.isascii())))


@pytest.mark.parametrize(
    ("first", "last", "kind"),
    [
        ("กรม", "Ij", "department"),
        ("กองทุน", "Ij", "fund"),
        ("การประชุม", "Ij", "meeting"),
        ("A", "Ij", ""),
        ("และ", "Ij", None),
        ("A", "และ", None),
        ("การ", "Ij", ""),
        ("A", "การ", None),
        ("กรม", "ของ", None),
        ("กรม", "ด้าน", None),
    ],
)
def test_heads_and_what_no_term_ends_with(first: str, last: str, kind: str | None) -> None:
    """A term has the type of its head; connecting words neither begin nor end one."""
    term = f"{first}Abcdefgh{last}"
    found = {
        row["term"]: row["type"] for row in mined(*among(term, 6), words=thai_words(first, last))
    }
    assert found.get(term) == kind


@pytest.mark.parametrize(
    ("parts", "kind"),
    [
        (["การ", "ประชุม"], "meeting"),
        (["กอง", "ทุน"], "fund"),
        (["กอง", "A"], "division"),
        (["คณะ", "อนุ", "กรรม", "การ"], "committee"),
        (["คณะ", "อนุ", "กรร", "ม", "การ"], ""),
    ],
)
def test_a_head_may_be_cut_into_four_words(parts: list[str], kind: str) -> None:
    """The longest head counts."""
    term = "".join(parts) + "Abcdefgh"
    found = {row["term"]: row["type"] for row in mined(*among(term, 6), words=thai_words(*parts))}
    assert found[term] == kind


def test_the_likeliest_come_first() -> None:
    """By nats: five for a head, ten for an abbreviation and one a place; of equal ones by row."""
    texts = [
        *among("KlmnOpqr", 6), *among("AbcdEfgh", 6), *["Qrst Uvwx"] * 9, *among("QrstUvwx", 6),
        *among("กรมIjklm", 6), *among("Rstuvwxy", 6),
        *[f"{t}Bbbb(AB)" for t in ("QaAaaa", "QbAaaa", "QcAaaa")],
    ]  # fmt: skip
    rows = mined(*texts, words=thai_words("กรม"), total=9000)
    by_id = sorted(["AbcdEfgh", "KlmnOpqr"], key=lambda t: hashlib.sha256(t.encode()).hexdigest())
    # An unknown word has no parts that could hold together: it comes last.
    expected = ["AaaaBbbb", "กรมIjklm", *by_id, "QrstUvwx", "Rstuvwxy"]
    assert [row["term"] for row in rows] == expected


@pytest.mark.parametrize(
    ("short", "is_one"),
    [
        ("(AB)", True), ("(ABc)", False), ("( AB )", True), ("(A)", False), ("(ก.)", True),
        ("(ก.ข.ค.)", True), ("(กขค.)", True), ("(เกข.)", True), ("(กขค)", False), ("(AB", False),
        ("(A-B)", True), ("(A&B)", True), ("(1A)", False),
    ],
)  # fmt: skip
def test_abbreviations_stand_in_brackets(short: str, is_one: bool) -> None:
    """Right after their term, or after a space; twice at least."""
    term = "AbcdEfgh"
    for between in "", " ":
        rows = [
            r
            for r in mined(
                *[f"{t}{between}{short}" for t in among("", 0)],
                *[f"Before{c}{term}{between}{short}" for c in "abc"],
            )
            if r["aliases"]
        ]
        expected = [(term, short.strip("() "), "3")] if is_one else []
        assert [(r["term"], r["aliases"], r["count"]) for r in rows] == expected
    assert not [r for r in mined(f"{term}{short}") if r["aliases"]]


def test_the_term_of_an_abbreviation_is_what_half_of_its_places_have() -> None:
    """The longest end of that kind, without connecting words before it."""

    def term(*before: str) -> list[str]:
        return [row["term"] for row in mined(*[f"{b}(AB)" for b in before]) if row["aliases"]]

    assert term("QaAbcdEfgh", "QbAbcdEfgh", "QcZzzzEfgh", "QdYyyyEfgh") == ["AbcdEfgh"]
    assert term("QaAbcdEfgh", "QbAbcdEfgh", "QcZzzzEfgh", "QdYyyyEfgh", "QeXyyyEfgh") == []
    assert term("AbcdEfgh", "AbcdEfgh") == ["AbcdEfgh"]
    assert term("AbcdEfgh 1", "AbcdEfgh 1") == []
    assert term("1 AbcdEfgh", "2 AbcdEfgh") == ["AbcdEfgh"]
    assert term("AbcdEfg", "AbcdEfg") == []
    assert term("Abcdefgh", "Abcdefgh") == []
    long = "".join(f"A{c}" for c in "abcdefghijklmno")
    assert term(long, long) == [long[2:]]


def test_a_known_term_lacks_an_abbreviation_or_has_it() -> None:
    """A new one is proposed with the term's own row, and without its other ones."""
    texts = ["AbcdEfgh(AB)"] * 3
    entry = Entry("AbcdEfgh", "t1", "agency", ("XY",), ("AbcdEfgk",), note="ours")
    (row,) = [row for row in mined(*texts, known=[entry]) if row["aliases"]]
    assert (row["id"], row["type"], row["aliases"], row["misreadings"]) == (
        "t1",
        "agency",
        "AB",
        "",
    )
    entry = entry._replace(aliases=("AB",))
    assert not [row for row in mined(*texts, known=[entry]) if row["aliases"]]


def test_misreadings_of_known_terms() -> None:
    """With the row of the term; known ones, and those of short terms, are not proposed."""
    entry = Entry("AbcdEfgh", "t1", "agency", ("XY",), ("AbcdEfgk",))
    texts = ["AbcdEfgh"] * 4
    (row,) = [r for r in mined(*texts, "AbcdEfgm", known=[entry]) if r["misreadings"]]
    assert (row["id"], row["aliases"], row["misreadings"]) == ("t1", "", "AbcdEfgm")
    assert (row["note"], row["count"]) == ("the term itself: 4", "1")
    assert not [r for r in mined(*texts, "AbcdEfgk", known=[entry]) if r["misreadings"]]
    short = Entry("AbcEfgh", "t2")
    assert mined(*["AbcEfgh"] * 4, "AbcEfgm", known=[short]) == []


def test_a_head_is_worth_as_much_as_standing_twenty_times_too_often_apart() -> None:
    """Five nats: a factor of 148, not of 12."""
    often = [f"Before{a}{b}กรมIjklmAfter{a}{b}" for a, b in product(ascii_lowercase[:10], repeat=2)]
    texts = [*often, *among("KlmnOpqr", 5), *["AbcdEfgh(AB)"] * 3]
    rows = mined(*texts, words=thai_words("กรม"), total=9000)
    order = [row["term"] for row in rows]
    assert order == ["AbcdEfgh", "กรมIjklm", "KlmnOpqr"]


@pytest.mark.parametrize(("places", "first"), [(2, "กรมIjklm"), (3, "AbcdEfgh")])
def test_an_abbreviation_is_worth_ten_nats_and_one_for_each_place(places: int, first: str) -> None:
    """The other term has 7.5 for holding together, and 5 for its head."""
    texts = [*among("กรมIjklm", 5), *["AbcdEfgh(AB)"] * places]
    rows = mined(*texts, words=thai_words("กรม"), total=9000)
    assert rows[0]["term"] == first


def test_by_default_a_term_occurs_five_times(words: Words) -> None:
    assert AGENCY in {row["term"] for row in proposals(words, [text_with(AGENCY, 5)])}


@pytest.mark.parametrize(("letters", "is_one"), [(80, True), (81, False)])
def test_the_longest_term_of_an_abbreviation_has_80_letters(letters: int, is_one: bool) -> None:
    term = f"Abcd{'E'.ljust(letters - 4, 'f')}"
    rows = [row for row in mined(*[f"{term}(AB)"] * 3) if row["aliases"]]
    assert [row["term"] for row in rows] == [term] * is_one
