"""Places: whole words before and after a change, and where they stand in the source."""

from __future__ import annotations

from math import inf
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from thaifix import Corrector, Options
from thaifix.curate.places import Place, Scan, SourceWords, scanner
from thaifix.curate.series import THRESHOLD
from thaifix.text.edit import Edit, apply
from thaifix.text.normalize import normalize
from thaifix.text.protect import KeepList

NIKHAHIT_AA = "\N{THAI CHARACTER NIKHAHIT}\N{THAI CHARACTER SARA AA}"
ZERO_WIDTH = "\N{ZERO WIDTH SPACE}"
SARA_AM = "join_nikhahit_aa"  # the rule that composes it


@pytest.fixture(scope="module")
def doubtful() -> Corrector:
    """The corrector whose edits are suspected."""
    return Corrector(options=Options(threshold=THRESHOLD))


@pytest.fixture(scope="module")
def scan(doubtful: Corrector) -> Scan:
    return scanner(doubtful)


def edit(text: str, observed: str, replacement: str) -> Edit:
    start = text.index(observed)
    return Edit(start, start + len(observed), replacement, 2.0, 0.5, "respell", observed=observed)


@pytest.mark.parametrize(
    ("text", "observed", "replacement", "words"),
    [
        # In the middle of a word, which the observed text has in pieces.
        ("คณะกรรมการกำหนตแล้ว", "ต", "ด", ("กำหนต", "กำหนด")),
        # An insertion.
        ("ผลพิจรณาแล้ว", "ร", "าร", ("พิจรณา", "พิจารณา")),
        # Nothing.
        ("ผลการพิจารณา", "ร", "ร", None),
        # The same words where sara am is spelled in two letters.
        (f"คณะกรรมการก{NIKHAHIT_AA}หนตแล้ว", "ต", "ด", ("กำหนต", "กำหนด")),
        # A space between words is seen with the words.
        ("ประชุม ใหญ่", " ", "", ("ประชุม ใหญ่", "ประชุมใหญ่")),
        ("ใหญ่ประชุมใหญ่", "ใหญ่ประชุม", "ใหญ่ ประชุม", ("ใหญ่ประชุม", "ใหญ่ ประชุม")),
        # ... with those that there are.
        (" ประชุม", " ", "", (" ประชุม", "ประชุม")),
        ("ประชุม ", " ", "", ("ประชุม ", "ประชุม")),
        (" ", " ", "", (" ", "")),
        # Signs are no words; what is deleted is seen alone.
        ("ประชุม ; ใหญ่", " ;", "", (" ;", "")),
        # Spaces at the ends that stay are no part of it.
        ("ผล พิจรณา แล้ว", " พิจรณา ", " พิจารณา ", ("พิจรณา", "พิจารณา")),
        ("ผล  พิจรณา  แล้ว", "พิจรณา", "พิจารณา", ("พิจรณา", "พิจารณา")),
    ],
)
def test_places_are_whole_words(
    text: str, observed: str, replacement: str, words: tuple[str, str] | None, scan: Scan
) -> None:
    found = SourceWords(text, scan).places([edit(text, observed, replacement)])
    assert [place[2:4] for place in found] == ([words] if words else [])
    for place in found:
        raw = text[place.start : place.end]
        assert apply(raw, normalize(raw)) == place.observed


def test_edits_of_one_word_are_one_place(scan: Scan) -> None:
    """The least certain edit counts; the first entry."""
    text = "ใบรั้บรองแพทบ์มาด้วย"
    edits = [
        edit(text, "้", "")._replace(confidence=0.9),
        edit(text, "บ์", "ย์")._replace(confidence=0.3, reason="term", entry="t1"),
    ]
    (place,) = SourceWords(text, scan).places(edits)
    assert place == Place(0, 14, "ใบรั้บรองแพทบ์", "ใบรับรองแพทย์", 0.3, "respell+term", "t1")
    both = [edits[0]._replace(entry="t0", reason="term"), edits[1]]
    (place,) = SourceWords(text, scan).places(both)
    assert (place.reason, place.entry) == ("term", "t0")


def test_edits_of_two_words_are_two_places(scan: Scan) -> None:
    text = "กำหนตแล้วพิจรณา"
    found = SourceWords(text, scan).places([edit(text, "ต", "ด"), edit(text, "ร", "าร")])
    assert found == [
        Place(0, 5, "กำหนต", "กำหนด", 0.5, "respell", ""),
        Place(9, 15, "พิจรณา", "พิจารณา", 0.5, "respell", ""),
    ]


def test_a_joined_space_takes_in_the_places_beside_it(scan: Scan) -> None:
    """What stands before is one place with it, and so is what stands after."""
    text = "กำหนต การพิจรณา"
    before, space = edit(text, "ต", "ด"), edit(text, " ", "")
    after = edit(text, "จร", "จาร")
    for edits, words in [
        ([before, space], [("กำหนต การ", "กำหนดการ")]),
        ([space, after], [("ต การ", "ตการ"), ("พิจรณา", "พิจารณา")]),
        ([before, space, after], [("กำหนต การ", "กำหนดการ"), ("พิจรณา", "พิจารณา")]),
    ]:
        found = SourceWords(text, scan).places(edits)
        assert [place[2:4] for place in found] == words
    text = "ประชุม พิจรณา"
    found = SourceWords(text, scan).places([edit(text, " ", ""), edit(text, "จร", "จาร")])
    assert [place[2:4] for place in found] == [("ประชุม พิจรณา", "ประชุมพิจารณา")]


@pytest.mark.parametrize(
    ("change", "places"),
    [
        ({"margin": 99.0}, 1),
        ({"margin": inf}, 0),
        ({"reason": "law_year"}, 0),
        ({"reason": "abbreviation_of"}, 0),
        ({"reason": "official_form"}, 1),
    ],
)
def test_what_is_certain_or_holds_in_one_place_is_left_out(
    change: dict[str, Any], places: int, scan: Scan
) -> None:
    text = "ตามกำหนตนั้น"
    found = SourceWords(text, scan).places(
        [edit(text, "ต", "ด")._replace(start=7, end=8, **change)]
    )
    assert len(found) == places


def test_what_cuts_through_a_rule_is_left_out(scan: Scan) -> None:
    text = f"ก{NIKHAHIT_AA}หนต"
    whole = edit(text, f"ก{NIKHAHIT_AA}", "กา")
    part = edit(text, "\N{THAI CHARACTER NIKHAHIT}", "")
    [place] = SourceWords(text, scan).places([whole])
    assert place[:4] == (0, 3, "กำ", "กา")
    assert SourceWords(text, scan).places([part]) == []


def test_places_stand_in_the_source(
    doubtful: Corrector, scan: Scan, pages: list[dict[str, Any]]
) -> None:
    """A place's span, normalised, is what it observed; places do not overlap."""
    places = 0
    for page in pages:
        text = page["ocr"]
        done = 0
        for place in SourceWords(text, scan).places(doubtful.correct(text).edits):
            assert done <= place.start <= place.end
            done = place.end
            assert place.observed != place.intended
            raw = text[place.start : place.end]
            assert apply(raw, normalize(raw)) == place.observed
            places += 1
    assert places > 350


# Words


def test_words_inside_and_beside() -> None:
    """Blank words do not count; an unknown one is known by its id."""
    text = "ฮฬประชุม มากฮ"
    words = SourceWords(text, lambda symbols: ([0, 1, 2, 8, 9, 12], [0, 0, 200, 2, 300, 0], []))
    assert words.bounds == {0, 1, 2, 8, 9, 12, 13}
    assert words.inside(2, 12) == [200, 300]
    assert words.inside(2, 8) == [200]
    assert words.inside(3, 9) == []
    assert words.inside(3, 12) == [300]
    assert words.inside(0, 13) == [0, 0, 200, 300, 0]
    assert words.inside(0, 8) == [0, 0, 200]
    assert words.unknown_beside(2, 8)
    assert not words.unknown_beside(3, 9)
    assert words.unknown_beside(4, 12)
    assert words.unknown_beside(1, 2)
    known = SourceWords(text, lambda symbols: ([0, 2, 8, 9], [0, 200, 2, 300], []))
    assert not known.unknown_beside(2, 13)
    assert not known.unknown_beside(0, 13)
    assert not known.unknown_beside(0, 2)
    assert known.unknown_beside(1, 8)


def test_never_touch_words_keep_their_spelling(scan: Scan) -> None:
    text = f"น{NIKHAHIT_AA}"
    assert SourceWords(text, scan).text == "นำ"
    assert SourceWords(text, scan, KeepList([text])).text == text


def test_words_map_spans_both_ways(scan: Scan) -> None:
    """Source to text and back, but not through a rule's edit."""
    text = f"ก{NIKHAHIT_AA}หนด{ZERO_WIDTH}แล้ว"
    words = SourceWords(text, scan)
    assert words.text == "กำหนดแล้ว"
    assert words.span(0, 6) == (0, 5)
    assert words.origin(0, 5) == (0, 6)
    assert words.origin(5, 9) == (7, 11)
    assert words.span(2, 6) is None
    assert words.span(0, 2) is None
    assert words.span(6, 7) == words.span(6, 6) == (5, 5)
    assert apply(text, words.rules) == words.text


@given(
    st.lists(
        st.sampled_from(["กำ", f"ก{NIKHAHIT_AA}", "เเล", ZERO_WIDTH, "นํ้า", " "]), max_size=8
    ).map("".join),
    st.data(),
)
def test_spans_lead_back(scan: Scan, text: str, data: st.DataObject) -> None:
    """To the same span, or to the shorter one without what rules delete beside it."""
    words = SourceWords(text, scan)
    start = data.draw(st.integers(0, len(words.text)))
    end = data.draw(st.integers(start, len(words.text)))
    raw = words.origin(start, end)
    if raw is None:  # it cuts through what a rule put there
        assert any(a < at < b for at in (start, end) for a, b in put(words))
        return
    assert words.span(*raw) == (start, end)
    rules = [rule for rule in words.rules if raw[0] <= rule.start and rule.end <= raw[1]]
    moved = [rule._replace(start=rule.start - raw[0], end=rule.end - raw[0]) for rule in rules]
    assert apply(text[raw[0] : raw[1]], moved) == words.text[start:end]


def put(words: SourceWords) -> list[tuple[int, int]]:
    """Spans of the text that rules put there."""
    found = []
    grown = 0
    for rule in words.rules:
        start = rule.start + grown
        found.append((start, start + len(rule.replacement)))
        grown += len(rule.replacement) - (rule.end - rule.start)
    return found


# What rules alone change


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("ต้องทำงาน", []),
        (f"ต้องท{NIKHAHIT_AA}งาน", [(4, 10, f"ท{NIKHAHIT_AA}งาน", "ทำงาน", SARA_AM)]),
        (
            f"น{NIKHAHIT_AA}น{NIKHAHIT_AA}",
            [
                (0, 3, f"น{NIKHAHIT_AA}", "นำ", SARA_AM),
                (3, 6, f"น{NIKHAHIT_AA}", "นำ", SARA_AM),
            ],
        ),
        # What is taken out between two words is no part of them; in a word it is.
        (f"งาน{ZERO_WIDTH}แผน", [(3, 4, ZERO_WIDTH, "", "remove_zero_width")]),
        (f"แผนและง{ZERO_WIDTH}าน", [(6, 10, f"ง{ZERO_WIDTH}าน", "งาน", "remove_zero_width")]),
        # Rules in one word are one place, with the reasons of all of them.
        (
            f"เเผนง{ZERO_WIDTH}า{ZERO_WIDTH}น",
            [
                (
                    0,
                    9,
                    f"เเผนง{ZERO_WIDTH}า{ZERO_WIDTH}น",
                    "แผนงาน",
                    "join_double_e+remove_zero_width",
                )
            ],
        ),
    ],
)
def test_what_rules_change_is_widened_to_words(
    text: str, found: list[tuple[int, int, str, str, str]], scan: Scan
) -> None:
    places = SourceWords(text, scan).normalised([])
    assert [(*place[:4], place.reason) for place in places] == found
    assert {(place.confidence, place.entry) for place in places} <= {(1.0, "")}


def test_places_that_are_taken_are_no_rule_s(scan: Scan) -> None:
    """Those within a place, but not those beside it."""
    text = f"น{NIKHAHIT_AA}ก{NIKHAHIT_AA}หนตน{NIKHAHIT_AA}"
    words = SourceWords(text, scan)
    taken = words.places([edit(text, "ต", "ด")])
    assert [place[:4] for place in taken] == [(3, 9, "กำหนต", "กำหนด")]
    assert [place.start for place in words.normalised(taken)] == [0, 9]
    assert [place.start for place in words.normalised([])] == [0, 3, 9]
