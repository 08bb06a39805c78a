"""Adaptation: a document's own confusions."""

from __future__ import annotations

from itertools import permutations, product
from math import exp, log

import pytest
from hypothesis import given
from hypothesis import strategies as st

from thaifix import Corrector, Edit, Options
from thaifix.model.adapt import (
    Adaptation,
)

ENTRIES = [("ข", "ช", 5.0), ("ช", "ข", 5.0), ("", "่", 4.0)]


def edit(observed: str, intended: str, confidence: float = 1.0) -> Edit:
    return Edit(0, len(observed), intended, 9.0, confidence, "respell", None, observed)


def test_what_a_document_repeats_becomes_cheaper() -> None:
    """A confusion that the document shows costs less, the others as much as before."""
    document = Adaptation()
    assert document.learn([edit("ข", "ช")] * 12, "ช" * 50)
    costs, changed = document.costs(ENTRIES)
    assert changed == 1
    assert costs[0][2] < 5.0
    assert costs[1:] == ENTRIES[1:]


def test_a_documents_own_cost() -> None:
    """Its counts against what the model expects of 1,000 letters."""
    document = Adaptation()
    document.learn([edit("ข", "ช")] * 12, "ช" * 50 + "ก")
    (_, _, cost), *_ = document.costs(ENTRIES)[0]
    assert cost == pytest.approx(-log((12 + 1000 * exp(-5.0)) / (50 + 12 + 1000)))


def test_what_three_times_show_counts() -> None:
    document = Adaptation()
    document.learn([edit("ข", "ช", 0.8)] * 3 + [edit("ช", "ข")] * 2, "ขช")
    assert document.costs([("ข", "ช", 9.0), ("ช", "ข", 9.0)])[1] == 1


def test_the_first_adaptation_is_due_at_twelve() -> None:
    document = Adaptation()
    assert not document.learn([edit("ข", "ช")] * 11, "ช")
    assert not document.learn([], "ช")
    assert document.learn([edit("ข", "ช")], "ช")


def test_once_or_unsure_is_not_enough() -> None:
    document = Adaptation()
    unsure = [edit("ข", "ช", 0.79)] * 12
    assert not document.learn(unsure, "ช" * 50)
    assert not document.learn([edit("ข", "ช")] * 2, "ช" * 50)
    assert document.costs(ENTRIES) == (ENTRIES, 0)


def test_it_is_due_again_at_twice_as_many() -> None:
    document = Adaptation()
    assert document.learn([edit("ข", "ช")] * 12, "ช")
    assert not document.learn([edit("ข", "ช")] * 11, "ช")
    assert document.learn([edit("ข", "ช")], "ช")


@given(st.lists(st.sampled_from([("ข", "ช"), ("ช", "ข"), ("ขข", "ช"), ("", "่")])))
def test_costs_never_rise(seen: list[tuple[str, str]]) -> None:
    document = Adaptation()
    document.learn([edit(*pair) for pair in seen], "ชาวบ้านขาย")
    costs, _ = document.costs(ENTRIES)
    for (observed, intended, cost), before in zip(costs, ENTRIES, strict=True):
        assert (observed, intended) == before[:2]
        assert 0 < cost <= before[2]


def test_it_can_be_switched_off() -> None:
    """A long document of one confusion adapts, but not if it must not."""
    clauses = ["ขาวบ้านในขุมขนได้ขี้แจงว่า", "การข่วยเหลือนี้จะดำเนินการ", "โดยข่างของเทศบาล"]
    places = ["ในพื้นที่", "ที่หมู่บ้าน", "ทางทิศเหนือ", "เมื่อวานนี้", "ตามแผนงาน", "ในปีนี้"]
    lines = product(permutations(clauses), places, places)  # equal lines would be one
    page = "".join(f"{a} {b} {x} {c} {y}\n" for (a, b, c), x, y in lines)
    adapted = []
    for adapt in (True, False):
        document = Corrector(options=Options(adapt=adapt)).document()
        document.correct(page)
        adapted.append(document.adapted)
    assert adapted[0] > 0 == adapted[1]
