"""What the decision about terms knows: each figure by hand, and where it grows no more."""

from __future__ import annotations

from math import log1p
from typing import Any

import pytest

from thaifix.correct.stages.term_features import FEATURES, Candidate, features

SARA_AA, SARA_AM = "\N{THAI CHARACTER SARA AA}", "\N{THAI CHARACTER SARA AM}"
TEXT = "รนม" + "ก" * 70 + "รนม"
GAP = Candidate(
    start=3, end=73, observed="ก", intended="อ", phrase="", entry="", left=3, right=3, whole=False,
    gain=20.0, ahead=5.0, known=1, rare=10.0, optional=False, unique=False,
)  # fmt: skip
FILLER = {"observed": "กก", "intended": ""}


def gap(observed: int, intended: int | None = None, **more: Any) -> dict[str, Any]:
    """So many letters were read as so many others, none of which looks alike."""
    return {"observed": "ก" * observed, "intended": "อ" * (intended or observed), **more}


def between(left: int, right: int, **more: Any) -> dict[str, Any]:
    return {"left": left, "right": right, **more}


BY_HAND: list[tuple[str, dict[str, Any], float]] = [
    ("one", {}, 1),
    *(("gain", {"gain": gain}, value) for gain, value in ((0, 0), (39, 3.9), (40, 4), (41, 4))),
    *(
        ("much", {"gain": gain}, value)
        for gain, value in ((0, 0), (15, 0), (16, 0.1), (39, 2.4), (40, 2.5), (41, 2.5))
    ),
    *(("distance", gap(n), value) for n, value in ((1, 0.25), (9, 2.25), (10, 2.5), (11, 2.5))),
    *(("shape", gap(n), value) for n, value in ((1, 0.25), (9, 2.25), (10, 2.5), (11, 2.5))),
    ("shape", {"observed": "ภภ", "intended": "ถถ"}, 0),
    ("shape", {"observed": "ภภ", "intended": "ถอ"}, 0.25),
    ("shape", {"observed": SARA_AM, "intended": SARA_AA}, 0),
    *(("far", gap(n), value) for n, value in ((3, 0), (4, 1))),
    ("alike", {"observed": "กข", "intended": "กค"}, 0.5),
    ("alike", {"observed": "ก ข", "intended": "กค"}, 0.5),
    ("alike", {"observed": "กข", "intended": "ก ค"}, 0.5),
    *(("anchors", between(n, 20), value) for n, value in ((39, 5.9), (40, 6), (41, 6))),
    *(("held", between(9, 21, **gap(n)), value) for n, value in ((3, 0), (4, 3))),
    *(("both", between(n, 99), value) for n, value in ((9, 1.8), (10, 2), (11, 2))),
    *(("both", between(99, n), value) for n, value in ((9, 1.8), (10, 2), (11, 2))),
    *(("whole", {"whole": whole}, whole) for whole in (False, True)),
    *(("near", gap(n), value) for n, value in ((1, 1), (2, 0))),
    ("near", {"observed": "ภภภ", "intended": "ถถอ"}, 1),
    *(("short", between(0, 9, **gap(n)), value) for n, value in ((3, 1), (4, 0))),
    *(("short", between(0, 9, **gap(*n)), 0) for n in ((3, 4), (4, 3))),
    ("short", between(9, 0), 1),
    ("short", between(1, 1), 0),
    *(("lost", {"observed": observed}, value) for observed, value in (("", 1), (" ", 1), ("ก", 0))),
    *(("extra", {"intended": intended}, value) for intended, value in (("", 1), ("อ", 0))),
    *(
        ("ahead", {"ahead": ahead}, value)
        for ahead, value in ((14, 1.4), (15, 1.5), (16, 1.5), (-9, -0.9), (-10, -1), (-11, -1))
    ),
    *(("letters", gap(n), value) for n, value in ((6, 1), (11, 11 / 6), (12, 2), (13, 2))),
    *(("filler", {"rare": rare, **FILLER}, value) for rare, value in ((7.9, 1), (8.0, 0))),
    ("filler", {"rare": 0}, 0),
    *(("optional", {"optional": optional}, optional) for optional in (False, True)),
    ("rival", {"known": 7, "observed": "กก"}, 5 / 6),
    ("rival", {"known": 1, "observed": "กก"}, 0),
    ("rival", between(0, 0, known=3), 2),
    ("loose", between(0, 9, **gap(4)), 1),
    ("loose", between(9, 0, observed="กข", intended="กค"), 0.5),
    ("loose", between(1, 1), 0),
    ("spaced", {"observed": "ก ก", "intended": "ออ"}, 1),
    ("spaced", {"observed": "ก ก", "intended": "อ อ"}, 0),
    ("spaced", {"observed": " ก ", "intended": "อ"}, 0),
    ("spaced", {"observed": "ก", "intended": ""}, 0),
    *(("unique", {"unique": unique}, unique) for unique in (False, True)),
    *(("surely", between(9, 21, unique=True, **gap(n)), value) for n, value in ((3, 0), (4, 3))),
    ("surely", between(9, 21, **gap(4)), 0),
]


@pytest.mark.parametrize(("name", "changes", "value"), BY_HAND)
def test_figures_by_hand(name: str, changes: dict[str, Any], value: float) -> None:
    found = dict(zip(FEATURES, features(GAP._replace(**changes), TEXT), strict=True))
    assert found[name] == pytest.approx(value)


@pytest.mark.parametrize(
    ("name", "times", "value"),
    [
        ("seen", 0, 0),
        ("seen", 19, log1p(19)),
        ("seen", 20, log1p(20)),
        ("seen", 21, log1p(20)),
        ("echo", 0, 0),
        ("echo", 2, 2),
        ("echo", 3, 3),
        ("echo", 4, 3),
    ],
)
def test_other_places_by_hand(name: str, times: int, value: float) -> None:
    """Where what is intended stands between the same letters, six on each side at most."""
    text = "ฮรนมรนมกลงยลงยฮ" + "รนมรนมอลงยลงย" * times + "ฮอลงยลงย รนมรนมอฮ"
    one = GAP._replace(start=7, end=8, left=7, right=7)
    for left, right in (7, 7), (6, 6), (3, 3):
        c = one._replace(left=left, right=right)
        assert dict(zip(FEATURES, features(c, text), strict=True))[name] == pytest.approx(value)
    for left, right in (2, 3), (3, 2):
        c = one._replace(left=left, right=right)
        found = dict(zip(FEATURES, features(c, text), strict=True))
        assert found[name] == (0 if name == "echo" else pytest.approx(value))


@pytest.mark.parametrize(("other", "seen"), [("ฮรนมรนม", 1), ("ฮฮนมรนม", 0)])
def test_six_letters_beside_it_must_be_the_same(other: str, seen: int) -> None:
    """Before it as behind it."""
    one = GAP._replace(start=6, end=7, left=6, right=0)
    text = f"รนมรนมก {other}อ"
    values = dict(zip(FEATURES, features(one, text), strict=True))
    assert values["seen"] == pytest.approx(log1p(seen))
    one = one._replace(start=len(text) - 7, end=len(text) - 6, left=0, right=6)
    values = dict(zip(FEATURES, features(one, text[::-1]), strict=True))
    assert values["seen"] == pytest.approx(log1p(seen))


def test_every_figure_is_tested() -> None:
    assert {name for name, *_ in BY_HAND} | {"seen", "echo"} == set(FEATURES)
