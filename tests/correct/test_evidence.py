"""Evidence: what counts once, however often a document says it."""

from __future__ import annotations

from collections.abc import Sequence

import pytest
from proposing import proposal

from thaifix import Corrector
from thaifix.correct.evidence import context_of
from thaifix.correct.stages.memory import pooled
from thaifix.correct.stages.term_features import Candidate
from thaifix.correct.windows import _admitted, _evident


def test_a_context_is_24_code_points_to_each_side() -> None:
    text = f"ซ{'ก' * 24}ดี{'ข' * 24}ง"
    assert context_of(text, 25, 27) == f"{'ก' * 24}\0{'ข' * 24}"
    assert context_of("กดีข", 1, 3) == "ก\0ข"
    assert context_of("ดี", 0, 2) == "\0"


def test_a_context_ends_with_the_line() -> None:
    assert context_of("ก\nข ดีค\nง", 4, 6) == "ข \0ค"
    assert context_of("ก\n\nดี\n\nง", 3, 5) == "\0"
    assert context_of("ก\nข\nค ดี ง\nจ\nฉ", 6, 8) == "ค \0 ง"


def test_what_the_span_holds_does_not_matter() -> None:
    assert context_of("กดีข", 1, 3) == context_of("กมากข", 1, 4)
    assert context_of("กข", 1, 1) == "ก\0ข"
    assert context_of("กข", 0, 1) != context_of("ขก", 1, 2)


# How many errors are evident


@pytest.mark.parametrize(
    ("lines", "errors"),
    [
        (["ที นี้"], 1),
        (["ที นี้", "ที นี้", "ที นี้"], 1),  # a page's header
        (["ที นี้", "ที นั้น"], 2),
        (["ที นี้", "วันที นี้"], 2),
    ],
)
def test_equal_lines_show_one_error(lines: Sequence[str], errors: int) -> None:
    text = "\n".join(lines)
    found = [proposal(at) for at in range(len(text)) if text.startswith("ที ", at)]
    assert len(found) == len(lines)
    assert _evident(found, text) == errors
    assert _evident([p._replace(margin=5.9) for p in found], text) == 0
    twice = [*found, *(p._replace(intended="ที\u0e49") for p in found)]
    assert _evident(twice, text) == 2 * errors


def test_what_may_not_be_is_no_evidence(corrector: Corrector) -> None:
    text = "ข้อ ก ที นี้"
    right = proposal(6)
    alone = proposal(4, "ก", "มด")
    both = proposal(4, "ก ที", "มดที่")
    block = corrector._knowledge.reader.windows.encoded(text, [])
    assert _admitted([alone, right], block) == [right]
    assert [p.observed for p in _admitted([both], block)] == ["ที"]
    assert _admitted([], block) == []


# Places that bear each other out


def candidate(text: str, at: int, **values: object) -> Candidate:
    """A candidate for the misreading `พัดลม` at a place of a text."""
    usual: dict[str, object] = {
        "start": at, "end": at + 5, "observed": "พัดลม", "intended": "พัฒนา", "phrase": "",
        "entry": "", "left": 9, "right": 9, "whole": False, "gain": 9.0, "ahead": 9.0, "known": 0,
        "rare": 9.0, "optional": False, "unique": True,
    }  # fmt: skip
    assert text[at : at + 5] == "พัดลม"
    return Candidate(**(usual | values))  # type: ignore[arg-type]


MISREAD = ("ก สำนักงานพัดลม ก", "ข สำนักงานพัดลม ข")
RIGHT = ("ก สำนักงานพัฒนา ค", "ข สำนักงานพัฒนา ง")


def confidences(lines: Sequence[str], given: Sequence[float], **values: object) -> list[float]:
    """What becomes of the confidences of the misreadings in lines of a text."""
    text = "\n".join(lines)
    places = [at for at in range(len(text)) if text.startswith("พัดลม", at)]
    judged = [
        (confidence, candidate(text, at, **values))
        for confidence, at in zip(given, places, strict=True)
    ]
    out = pooled(judged, text)
    assert [c for _, c in out] == [c for _, c in judged]
    return [round(confidence, 4) for confidence, _ in out]


def shared(*single: float) -> float:
    """Of places that err nearly independently of each other."""
    doubt = 1.0
    for confidence in single:
        doubt *= (1 - confidence) ** 0.75
    return round(1 - doubt, 4)


@pytest.mark.parametrize(
    ("lines", "given", "expected"),
    [
        ((*MISREAD, *RIGHT), (0.5, 0.4), [shared(0.5, 0.4)] * 2),
        ((*MISREAD, *RIGHT), (0.9, 0.1), [0.9, shared(0.9, 0.1)]),  # never less than alone
        ((*MISREAD, *RIGHT), (0.9, 0.09), [0.9, 0.09]),  # too doubtful to say anything
        (
            (*MISREAD, "ค สำนักงานพัดลม ค", *RIGHT),
            (0.5, 0.09, 0.4),
            [shared(0.5, 0.4), 0.09, shared(0.5, 0.4)],
        ),
        ((MISREAD[0], *RIGHT), (0.5,), [0.5]),
        ((MISREAD[0], MISREAD[0], *RIGHT), (0.5, 0.4), [0.5, 0.4]),  # one place
        ((MISREAD[0], *MISREAD, *RIGHT), (0.3, 0.5, 0.4), [shared(0.5, 0.4)] * 3),
        ((MISREAD[0], *MISREAD, *RIGHT), (0.5, 0.3, 0.4), [shared(0.5, 0.4)] * 3),
        ((*MISREAD, RIGHT[0]), (0.5, 0.4), [0.5, 0.4]),  # that may be another name
        ((*MISREAD, RIGHT[0], RIGHT[0]), (0.5, 0.4), [0.5, 0.4]),
        ((*MISREAD,), (0.5, 0.4), [0.5, 0.4]),
        ((*MISREAD, "ก กรมพัฒนา ก", "ข กรมพัฒนา ข"), (0.5, 0.4), [0.5, 0.4]),
        ((MISREAD[0], "ข กรมพัดลม ข", *RIGHT), (0.5, 0.4), [0.5, 0.4]),  # beside other letters
    ],
)  # fmt: skip
def test_places_bear_each_other_out(
    lines: Sequence[str], given: Sequence[float], expected: list[float]
) -> None:
    """Equal lines count once, both of the misreading and of what it should be."""
    assert confidences(lines, given) == expected


def test_where_nothing_stands_before_what_stands_after_counts() -> None:
    after = ("ก พัดลม แห่งชาติ ก", "ข พัดลม แห่งชาติ ข", "ค พัฒนา แห่งชาติ ค", "ง พัฒนา แห่งชาติ ง")
    assert confidences(after, (0.5, 0.4), left=0) == [shared(0.5, 0.4)] * 2
    other = (after[0], after[1].replace("แห่ง", "ของ"), *after[2:])
    assert confidences(other, (0.5, 0.4), left=0) == [0.5, 0.4]
    assert confidences(other, (0.5, 0.4), left=0, right=0) == [shared(0.5, 0.4)] * 2


def test_four_letters_beside_are_compared() -> None:
    """Or as many as the term has."""
    lines = ("ก สำนักงานพัดลม", "ข ฝ่ายบริกงานพัดลม", "ก สำนักงานพัฒนา", "ข งานกงานพัฒนา")
    assert confidences(lines, (0.5, 0.4)) == [shared(0.5, 0.4)] * 2
    lines = ("ก กวงานพัดลม", "ข กนงานพัดลม", "ก กวงานพัฒนา", "ข กนงานพัฒนา")
    assert confidences(lines, (0.5, 0.4)) == [0.5, 0.4]
    assert confidences(lines, (0.5, 0.4), left=3) == [shared(0.5, 0.4)] * 2


def test_another_reading_is_another_series() -> None:
    text = "\n".join((*MISREAD, *RIGHT))
    first, second = (at for at in range(len(text)) if text.startswith("พัดลม", at))
    for other in ({"intended": "พัทยา"}, {"observed": "พัด", "end": second + 3}):
        judged = [(0.5, candidate(text, first)), (0.4, candidate(text, second, **other))]
        assert pooled(judged, text) == judged
