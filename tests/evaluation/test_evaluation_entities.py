"""Terms: found longest first, read if nothing of them is wrong."""

from collections import Counter
from collections.abc import Iterator

import pytest

from thaifix.evaluation import entities
from thaifix.evaluation.entities import TermCounts, count_terms, mentions, outcomes, plain, pool
from thaifix.lexicon.entries import Entry, shipped

AGENCY = "กรมอุตุนิยมวิทยา"
KIND = next(entry.type for entry in shipped() if entry.term == AGENCY)


def test_mentions_are_spans_of_terms() -> None:
    """In the view without white space; the type is the lexicon's."""
    text = plain(f"ตามที่ {AGENCY}\nแจ้ง")
    assert [(text[start:end], kind) for start, end, kind in mentions(text)] == [(AGENCY, KIND)]
    assert mentions("") == ()


def test_terms_do_not_end_within_a_cluster() -> None:
    """What goes on with a mark is another word."""
    assert mentions(AGENCY)
    assert not mentions(f"{AGENCY[:-1]}\u0e48{AGENCY[-1]}")
    assert not [span for span in mentions(f"{AGENCY}\u0e33") if span[1] == len(AGENCY)]


def test_a_text_that_ends_within_a_term() -> None:
    """No term is found that is not there in whole."""
    for end in range(len(AGENCY)):
        for start, stop, _ in mentions(AGENCY[:end]):
            assert stop <= end
            assert AGENCY[start:stop] in {plain(e.term) for e in shipped((*TABLES, "places"))}


TABLES = "agencies", "international", "positions", "titles", "laws", "terms", "forms"


@pytest.mark.parametrize(
    ("hypothesis", "expected"),
    [
        (AGENCY, TermCounts(1, 1, 1, 1)),
        (AGENCY.replace("ต", "ด"), TermCounts(1, 0, 0, 0)),
        ("", TermCounts(1, 0, 0, 0)),
        (f"{AGENCY} {AGENCY}", TermCounts(1, 1, 2, 1)),
    ],
    ids=["read", "misread", "lost", "twice"],
)
def test_found_by_hand(hypothesis: str, expected: TermCounts) -> None:
    assert count_terms(plain(AGENCY), plain(hypothesis)).get(KIND, TermCounts()) == expected


def test_precision_and_recall() -> None:
    assert TermCounts(4, 3, 2, 1).recall == 3 / 4
    assert TermCounts(4, 3, 2, 1).precision == 1 / 2
    assert TermCounts(0, 0, 2, 1).recall is None
    assert TermCounts(4, 3, 0, 0).precision is None


def test_pooled_by_how_often_they_are_wanted() -> None:
    pages = [
        {"a": TermCounts(1, 1, 1, 1)},
        {"b": TermCounts(2, 0, 0, 0), "a": TermCounts(0, 0, 1, 0)},
    ]
    assert list(pool(pages).items()) == [
        ("b", TermCounts(2, 0, 0, 0)),
        ("a", TermCounts(1, 1, 2, 1)),
    ]


@pytest.mark.parametrize(
    ("observed", "corrected", "outcome"),
    [
        (AGENCY, AGENCY, "kept"),
        (AGENCY, f"ก{AGENCY[2:]}", "damaged"),
        (f"ก{AGENCY[2:]}", AGENCY, "restored"),
        (f"ก{AGENCY[2:]}", f"ก{AGENCY[2:]}", "lost"),
    ],
)
def test_outcomes(observed: str, corrected: str, outcome: str) -> None:
    """White space and the way of writing sara am do not count."""
    spaced = f" {observed[:3]} {observed[3:]}"
    assert outcomes(AGENCY, spaced, corrected) == Counter({(KIND, outcome): 1})


@pytest.fixture
def terms(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """A lexicon made up: terms that begin alike, one that is short, one that stands twice."""
    known = [("กรมทาง", "agency"), ("กรมทางหลวง", "agency"), ("กรมทางน้ำ", "river")]
    known += [("น่าน", "place"), ("เลย", "place"), ("กรมทาง", "again"), ("นครน่าน", "city")]
    entries = [Entry(term, str(i), kind) for i, (term, kind) in enumerate(known)]
    monkeypatch.setattr(entities, "shipped", lambda tables: entries)
    entities._terms.cache_clear()
    entities.mentions.cache_clear()
    yield
    entities._terms.cache_clear()
    entities.mentions.cache_clear()


@pytest.mark.usefixtures("terms")
@pytest.mark.parametrize(
    ("text", "found"),
    [
        pytest.param("ที่กรมทางหลวงและกรมทาง", ["กรมทางหลวง", "กรมทาง"], id="the longest first"),
        pytest.param("กรมทางหลวงู", ["กรมทาง"], id="a shorter one if the longest goes on"),
        pytest.param("กรมทางำ", [], id="with sara am it is another word"),
        pytest.param("เลยน่าน", ["น่าน"], id="four letters, not three"),
        pytest.param("นครน่านน่าน", ["นครน่าน", "น่าน"], id="without overlap"),
        pytest.param("กรมทางน้กรมทางน้ำ", ["กรมทาง", "กรมทางน้ำ"], id="begun and broken off"),
        pytest.param("กรมท", [], id="not in whole"),
        pytest.param("", [], id="nothing"),
    ],
)
def test_terms_are_found_from_left_to_right(text: str, found: list[str]) -> None:
    assert [text[start:end] for start, end, _ in mentions(text)] == found


@pytest.mark.usefixtures("terms")
def test_the_first_entry_of_a_term_has_its_type() -> None:
    assert [kind for *_, kind in mentions("กรมทางกรมทางน้ำ")] == ["agency", "river"]


@pytest.mark.usefixtures("terms")
def test_terms_of_both_sides_by_hand() -> None:
    """One read, one misread, one put in, one that stands where the reference has another."""
    reference = "กรมทางหลวงกับน่านและกรมทางน้ำ"
    hypothesis = "กรมทางหลวงกับนานและกรมทางหลวงน่าน"
    assert count_terms(reference, hypothesis) == {
        "agency": TermCounts(1, 1, 2, 1),
        "place": TermCounts(1, 0, 1, 0),
        "river": TermCounts(1, 0, 0, 0),
    }
    assert count_terms("", "") == {}


@pytest.mark.usefixtures("terms")
def test_a_term_is_read_only_if_nothing_comes_in() -> None:
    """At its end, or in it; what stands beside it does not matter."""
    assert count_terms("กขน่านค", "xน่านyz") == {"place": TermCounts(1, 1, 1, 1)}
    assert count_terms("น่าน", "น่xาน") == {"place": TermCounts(1, 0, 0, 0)}


def test_types_that_are_wanted_alike_stand_in_order() -> None:
    pages = [
        {"b": TermCounts(1, 0, 0, 0), "a": TermCounts(1, 0, 0, 0), "c": TermCounts(2, 0, 0, 0)}
    ]
    assert list(pool(pages)) == ["c", "a", "b"]


def test_tables_that_are_looked_up() -> None:
    """All that hold phrases, and places."""
    kinds = {kind for _, _, kind in mentions(plain("จังหวัดเชียงใหม่ กรมอุตุนิยมวิทยา"))}
    assert {KIND} < kinds
