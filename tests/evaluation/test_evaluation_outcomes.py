"""What a correction did: the regions add up to the errors before and after."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from thaifix.evaluation.outcomes import Changes, Region, Tally, pool, regions, tally
from thaifix.text.align import distance, matches

TEXTS = st.text(alphabet="กขค่า \n", max_size=24)


def find(intended: str, observed: str, corrected: str) -> list[Region]:
    return regions(
        intended, observed, corrected, matches(intended, observed), matches(intended, corrected)
    )


@pytest.mark.parametrize(
    ("observed", "corrected", "expected"),
    [
        pytest.param("abcdefgh", "abcdefgh", [], id="nothing was or is wrong"),
        pytest.param("abXdefgh", "abcdefgh", [("repaired", "c", "X", "c", 1, 0)], id="repaired"),
        pytest.param("abXdefgh", "abXdefgh", [("missed", "c", "X", "X", 1, 1)], id="missed"),
        pytest.param("abXdefgh", "abYdefgh", [("wrong", "c", "X", "Y", 1, 1)], id="wrong"),
        pytest.param("abcdefgh", "abYdefgh", [("damaged", "c", "c", "Y", 0, 1)], id="damaged"),
        pytest.param("abdefgh", "abcdefgh", [("repaired", "c", "", "c", 1, 0)], id="put back"),
        pytest.param("abcdefgh", "abcdeh", [("damaged", "fg", "fg", "", 0, 2)], id="lost"),
        pytest.param("abcdefgh", "abcQdefgh", [("damaged", "", "", "Q", 0, 1)], id="came in"),
        pytest.param(
            "aXcdeYgh",
            "abcdeYgZ",
            [
                ("repaired", "b", "X", "b", 1, 0),
                ("missed", "f", "Y", "Y", 1, 1),
                ("damaged", "h", "h", "Z", 0, 1),
            ],
            id="three places",
        ),
        pytest.param(
            "aXcdefgh", "abYdefgh", [("wrong", "bc", "Xc", "bY", 1, 1)], id="beside each other"
        ),
        pytest.param("", "abcdefgh", [("repaired", "abcdefgh", "", "abcdefgh", 8, 0)], id="all"),
        pytest.param("abcdefgh", "", [("damaged", "abcdefgh", "abcdefgh", "", 0, 8)], id="gone"),
    ],
)
def test_regions(
    observed: str, corrected: str, expected: list[tuple[str, str, str, str, int, int]]
) -> None:
    """Of the intended text abcdefgh: what it is, its three parts, errors before and after."""
    intended = "abcdefgh"
    assert [
        (
            region.outcome,
            intended[region.start : region.end],
            observed[region.observed_start : region.observed_end],
            corrected[region.corrected_start : region.corrected_end],
            region.before,
            region.after,
        )
        for region in find(intended, observed, corrected)
    ] == expected


def test_one_error_at_two_places_is_missed() -> None:
    """Of three equal letters any may be the one too many; it is neither repaired nor damage."""
    intended, observed = "กขขค", "กขขขค"
    before = [*matches("กข", "กข")]  # the second ข is too many ...
    before = [before[0], before[0]._replace(reference=2, hypothesis=3, length=2)]
    after = [before[0]._replace(length=3), before[0]._replace(reference=3, hypothesis=4, length=1)]
    (region,) = regions(intended, observed, observed, before, after)  # ... or the third
    assert (region.outcome, region.before, region.after) == ("missed", 1, 1)


@given(TEXTS, TEXTS, TEXTS)
def test_regions_add_up(intended: str, observed: str, corrected: str) -> None:
    """To the errors before, to those after, and to the texts."""
    found = find(intended, observed, corrected)
    changes = tally(found)
    before, after = distance(intended, observed), distance(intended, corrected)
    assert changes.repaired.before + changes.missed.before + changes.wrong.before == before
    assert changes.missed.after + changes.wrong.after + changes.damaged.after == after
    assert changes.repaired.after == changes.damaged.before == 0
    assert changes.missed.before == changes.missed.after
    assert sum(part.regions for part in changes) == len(found)
    done = (0, 0, 0)
    for region in found:  # what is between regions is the same in all texts
        spans = (
            (intended, region.start, region.end),
            (observed, region.observed_start, region.observed_end),
            (corrected, region.corrected_start, region.corrected_end),
        )
        kept = {text[at:start] for at, (text, start, _) in zip(done, spans, strict=True)}
        assert len(kept) == 1
        done = (spans[0][2], spans[1][2], spans[2][2])
    ends = zip(done, (intended, observed, corrected), strict=True)
    assert len({text[at:] for at, text in ends}) == 1


@given(TEXTS, TEXTS)
def test_regions_of_special_corrections(intended: str, observed: str) -> None:
    """Doing nothing misses all errors, the truth repairs all, and a right text is only damaged."""
    assert {region.outcome for region in find(intended, observed, observed)} <= {"missed"}
    assert {region.outcome for region in find(intended, observed, intended)} <= {"repaired"}
    assert {region.outcome for region in find(intended, intended, observed)} <= {"damaged"}


def test_precision_recall_and_f() -> None:
    """Six repaired of ten changed and of eight wrong: 0.6, 0.75; F0.5 = 1.25 * 0.45 / 0.9."""
    changes = Changes(Tally(6, 6, 0), Tally(1, 1, 1), Tally(1, 1, 1), Tally(3, 0, 3))
    assert changes.precision == 6 / 10
    assert changes.recall == 6 / 8
    assert changes.f05 == pytest.approx(0.625)
    assert pool([changes, changes]).damaged == Tally(6, 0, 6)
    assert pool([]) == Changes()


def test_undefined_precision_and_recall() -> None:
    """Without changes there is no precision, without errors no recall; none right is 0."""
    assert Changes(missed=Tally(1, 1, 1)).precision is None
    assert Changes(damaged=Tally(1, 0, 1)).recall is None
    assert Changes().f05 is None
    assert Changes(wrong=Tally(1, 1, 1)).f05 == 0.0
