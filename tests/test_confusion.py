"""The confusion model: what is counted, and what it costs."""

from __future__ import annotations

import math

from thaifix import confusion


def test_count_by_hand() -> None:
    """One letter for another, a lost one, one too many; each line counts its letters."""
    lines = [("ขาวนา", "ชาวนา"), ("ทีดี", "ที่ดี"), ("กรรมม", "กรรม"), ("", "หาย"), ("กกกก", "ขขขข")]
    found = confusion.count(lines)
    assert dict(found.pairs) == {
        ("ข", "ช"): 1,
        ("", "\N{THAI CHARACTER MAI EK}"): 1,
        ("ม", ""): 1,
    }
    assert found.letters["า"] == 2
    assert "ห" not in found.letters  # lost and badly damaged lines are left out
    assert "ข" not in found.letters


def test_a_seen_confusion_is_cheaper() -> None:
    unseen = costs({})
    seen = costs({("ซ", "ช"): 40})
    assert seen["ซ", "ช"] < unseen["ซ", "ช"]
    assert seen["ซ", "ข"] == unseen["ซ", "ข"]


def test_look_alikes_are_cheaper_than_others() -> None:
    """Without a single pair, shape tells; every letter can be misread."""
    prior = costs({})
    assert prior["ด", "ต"] < prior["ด", "ห"] < prior["ด", "า"]
    assert all(0 < cost < math.inf for cost in prior.values())


def test_digits_and_line_ends_are_never_intended() -> None:
    found = costs({("ว", "๓"): 50, ("ก", "1"): 50, ("ก", "\n"): 50, ("\n", ""): 50})
    assert not any(c.isdigit() or c == "\n" for o, t in found for c in t)
    assert ("\n", "") not in found


def test_costs_scale() -> None:
    single, double = costs({}), costs({}, scale=2.0)
    assert all(math.isclose(double[pair], 2 * single[pair], abs_tol=2e-3) for pair in single)


def costs(pairs: dict[tuple[str, str], int], scale: float = 1.0) -> dict[tuple[str, str], float]:
    letters = dict.fromkeys("กขคชซดตหา", 1000)
    entries = confusion.costs(confusion.Confusions(pairs, letters), scale)
    return {(o, t): cost for o, t, cost in entries}
