"""Calibration of terms: what is judged right, and what comes of little or much text."""

from __future__ import annotations

import pytest

from thaifix import Corrector
from thaifix.correct.stages.term_features import FEATURES, Candidate
from thaifix.noise import Planted

pytest.importorskip("numpy")
pytest.importorskip("tqdm")

from thaifix.training import terms as calibrate_terms

TERM = "สำนักงานคณะกรรมการสิทธิมนุษยชนแห่งชาติ"
CLEAN = [
    f"ตามที่{TERM}แจ้งว่า กระทรวงการพัฒนาสังคมและความมั่นคงของมนุษย์ได้ประชุมเมื่อวันศุกร์",
    "ชาวบ้านเดินทางไปตลาดแต่เช้า เพื่อซื้อผักและผลไม้มาทำอาหารถวายพระ",
    "กรมป้องกันและบรรเทาสาธารณภัยร่วมกับกรมส่งเสริมการปกครองท้องถิ่นจัดการฝึกอบรม",
] * 60


def candidate(start: int, end: int, observed: str, intended: str) -> Candidate:
    return Candidate(
        start, end, observed, intended, TERM, "a", 8, 8, True, 9.0, 0.0, 0, 0.0, False, True
    )


@pytest.mark.parametrize(
    ("start", "end", "intended", "right", "why"),
    [
        (4, 8, "กลาง", True, "just what was planted"),
        (4, 11, "กลางแดง", True, "with letters beside it that stay"),
        (2, 8, "แดกลาง", False, "with letters beside it that change"),
        (4, 8, "ลาง", False, "something else"),
        (4, 6, "กล", False, "a part of it"),
        (4, 8, "กล าง", True, "spaces do not count"),
        (0, 2, "xx", False, "elsewhere"),
    ],
)
def test_a_candidate_is_right_if_it_restores(
    start: int, end: int, intended: str, right: bool, why: str
) -> None:
    """Of the text "ab แปลกแดง", where the second word was another."""
    observed = "ab ก" + "แปลก" + "แดง"
    planted = [Planted(4, 8, "กลาง")]
    c = candidate(start, end, observed[start:end], intended)
    assert calibrate_terms.restores(c, observed, planted) is right, why


@pytest.fixture(scope="module")
def table(corrector: Corrector) -> dict[str, object]:
    return calibrate_terms.decision(corrector.model, CLEAN)


def test_the_table_is_what_a_decision_needs(table: dict[str, object]) -> None:
    """A weight for each feature, and thresholds from strict to bold, none below the floor."""
    weights, thresholds = table["weights"], table["thresholds"]
    assert isinstance(weights, dict)
    assert isinstance(thresholds, dict)
    assert [*weights] == [*FEATURES]
    assert table["judged"]
    for profile, floor in calibrate_terms.FLOOR.items():
        assert floor <= thresholds[profile] < 1.01
    assert thresholds["strict"] >= thresholds["normal"] >= thresholds["bold"]


def test_what_misreadings_show_is_learned(table: dict[str, object]) -> None:
    """More saved by the phrase speaks for it."""
    weights = table["weights"]
    assert isinstance(weights, dict)
    assert weights["gain"] + weights["ahead"] > 0


def test_it_is_the_same_every_time(corrector: Corrector, table: dict[str, object]) -> None:
    assert calibrate_terms.decision(corrector.model, CLEAN) == table


def test_no_text_gives_no_weights_and_the_floors(corrector: Corrector) -> None:
    table = calibrate_terms.decision(corrector.model, [])
    assert set(table["weights"].values()) == {0.0}
    assert table["judged"] == table["clean_code_points"] == 0
    for profile, floor in calibrate_terms.FLOOR.items():
        assert table["thresholds"][profile] == pytest.approx(floor, abs=1e-3)


def test_the_bundle_s_table_knows_every_feature(corrector: Corrector) -> None:
    table = corrector.model.header["terms"]
    assert {*table["weights"]} == {*FEATURES}
    strict, normal, bold = (table["thresholds"][name] for name in ("strict", "normal", "bold"))
    assert 0 < bold <= normal <= strict < 1
