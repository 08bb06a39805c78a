"""Calibration of terms: what is judged right, and what comes of little or much text."""

from __future__ import annotations

from array import array
from types import SimpleNamespace
from typing import Any, cast

import pytest

from thaifix import Corrector
from thaifix.correct.stages.term_features import FEATURES, Candidate, features
from thaifix.kernel.symbols import FIRST_WORD, encode
from thaifix.kernel.trie import build_trie
from thaifix.model.bundle import Model
from thaifix.noise import Planted

pytest.importorskip("numpy")
pytest.importorskip("tqdm")

from thaifix.training import terms
from thaifix.training.thresholds import Judged

TERM = "สำนักงานคณะกรรมการสิทธิมนุษยชนแห่งชาติ"
CLEAN = [
    f"ตามที่{TERM}แจ้งว่า กระทรวงการพัฒนาสังคมและความมั่นคงของมนุษย์ได้ประชุมเมื่อวันศุกร์",
    "ชาวบ้านเดินทางไปตลาดแต่เช้า เพื่อซื้อผักและผลไม้มาทำอาหารถวายพระ",
    "กรมป้องกันและบรรเทาสาธารณภัยร่วมกับกรมส่งเสริมการปกครองท้องถิ่นจัดการฝึกอบรม",
] * 60


def candidate(
    start: int, observed: str, intended: str, gain: float = 9.0, end: int | None = None
) -> Candidate:
    end = start + len(observed) if end is None else end
    return Candidate(
        start, end, observed, intended, TERM, "a", 8, 8, True, gain, 0.0, 0, 0.0, False, True
    )


@pytest.mark.parametrize(
    ("start", "end", "intended", "right", "why"),
    [
        (4, 8, "กลาง", True, "just what was planted"),
        (4, 11, "กลางแดง", True, "with letters beside it that stay"),
        (3, 8, "กกลาง", True, "with a letter before it that stays"),
        (2, 8, "แดกลาง", False, "with letters beside it that change"),
        (4, 8, "ลาง", False, "something else"),
        (4, 6, "กล", False, "a part of it"),
        (4, 8, "กล าง", True, "spaces do not count"),
        (0, 2, "xx", False, "elsewhere"),
        (15, 19, "เขียว", True, "another one that was planted"),
        (4, 19, "กลางแดงดำฟเขียว", False, "both at once are not one of them"),
    ],
)
def test_a_candidate_is_right_if_it_restores(
    start: int, end: int, intended: str, right: bool, why: str
) -> None:
    """Of the text "ab แปลกแดงดำเขีย", where the second word and the last one were others."""
    observed = "ab ก" + "แปลก" + "แดง" + "ดำฟ" + "ฟขีย"
    assert len(observed) == 18
    planted = [Planted(4, 8, "กลาง"), Planted(15, 19, "เขียว")]
    c = candidate(start, observed[start:end], intended, end=end)
    assert terms.restores(c, observed, planted) is right, why


@pytest.mark.parametrize(
    ("observed", "intended", "gain", "counts"),
    [
        ("กรรมกร", "กรรมการ", 11.99, True),
        ("กรรมกร", "กรรมการ", 12.0, False),
        ("กรมกร", "กรรมการ", 12.0, False),
        ("กมกร", "กรรมการ", 12.0, True),
        ("กร", "กร์", 12.0, False),
        ("ก", "กร", 12.0, True),
        ("", "กร", 12.0, True),
    ],
)
def test_in_clean_text_sure_small_changes_are_the_author_s_errors(
    observed: str, intended: str, gain: float, counts: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Of at most two letters, in a word of more than two."""
    c = candidate(3, observed, intended, gain)
    monkeypatch.setattr(terms, "propose", lambda _, text: [c] if "misread" not in text else [])
    judged = calibrated(monkeypatch, ["ก" * 6_001])[0]
    expected = Judged(features(c, "ก" * 6_001), False, 2.0, True)
    assert judged == [expected] * counts


def calibrated(monkeypatch: pytest.MonkeyPatch, clean: list[str]) -> tuple[Any, ...]:
    """What `fit` is called with, for a model without phrases and a text misread as "misread"."""
    called: list[tuple[Any, ...]] = []

    def fit(*arguments: Any) -> dict[str, Any]:
        called.append(arguments)
        return {}

    index = SimpleNamespace(phrases=SimpleNamespace(texts=[TERM, "ก"]))
    stage = SimpleNamespace(index=index, divisions=lambda phrase: [3] if phrase == TERM else [])
    monkeypatch.setattr(terms, "TermFinder", lambda *arguments: stage)
    monkeypatch.setattr(terms, "build_decoder", lambda model: None)
    monkeypatch.setattr(terms, "_frequent", lambda model: ["ก", "ข"])
    monkeypatch.setattr("thaifix.model.phrases.unpack", lambda data: None)
    monkeypatch.setattr("thaifix.training.thresholds.fit", fit)

    def misread(
        text: str, known: Any, words: Any, *, most: int, seed: int
    ) -> tuple[str, list[Planted]]:
        assert known == [(TERM, [3])]
        assert words.all == ["ก", "ข"]
        assert most == 12
        return f"misread {seed} {text}", [Planted(0, 7, "ก")]

    monkeypatch.setattr(terms, "misread_terms", misread)
    terms.calibrate(cast(Model, SimpleNamespace(array=lambda name: None)), clean)
    [arguments] = called
    return arguments


def test_misread_text_is_judged_beside_the_text_itself(monkeypatch: pytest.MonkeyPatch) -> None:
    """Right is what restores; in the text as it was all is wrong and weighs twice."""
    right, wrong, harm = (
        candidate(0, "misread", "ก"),
        candidate(0, "m", "ก"),
        candidate(1, "ข", "ค"),
    )
    monkeypatch.setattr(
        terms, "propose", lambda _, text: [right, wrong] if "misread" in text else [harm]
    )
    clean = ["ก" * 6_000, "ข", "ค" * 6_001, "ง" * 6_000]
    judged, names, code_points, promises = calibrated(monkeypatch, clean)
    first, second = "ก" * 6_000 + "\nข", "ค" * 6_001
    assert judged == [
        case
        for seed, text in enumerate([first, second])
        for observed in [f"misread {seed} {text}"]
        for case in [
            Judged(features(right, observed), True, 1.0, False),
            Judged(features(wrong, observed), False, 1.0, False),
            Judged(features(harm, text), False, 2.0, True),
        ]
    ]
    assert (names, promises) == (FEATURES, terms.PROMISES)
    assert code_points == len(first) + len(second)


def test_frequent_words_may_be_what_others_are_misread_as() -> None:
    """Of two Thai letters and more, of an abbreviation its letters; none that is dear alone."""
    costs = {"กาน": 150, "มาก": 151, "ก.พ.": 60, "ก": 60, "a": 60, "กๆ": 0}  # units of 1 / 12 nat
    order = sorted(costs, key=encode)
    first, label, word = build_trie([encode(w) for w in order])
    cost = array("B", [0] * FIRST_WORD + [costs[w] for w in order])
    arrays = {"first": first, "label": label, "word": word, "cost": cost}
    model = cast(Model, SimpleNamespace(array=arrays.__getitem__))
    assert [*terms._frequent(model)] == ["กาน", "กๆ", "กพ"]


@pytest.fixture(scope="module")
def table(corrector: Corrector) -> dict[str, Any]:
    return terms.calibrate(corrector.model, CLEAN)


def test_the_table_is_what_a_decision_needs(table: dict[str, Any]) -> None:
    """A weight for each feature, and thresholds from strict to bold, none below the floor."""
    assert [*table["weights"]] == [*FEATURES]
    assert table["judged"]
    for profile, promise in terms.PROMISES.items():
        assert promise.confidence <= table["thresholds"][profile] < 1.01
    strict, normal, bold = (table["thresholds"][name] for name in ("strict", "normal", "bold"))
    assert strict >= normal >= bold


def test_what_misreadings_show_is_learned(table: dict[str, Any]) -> None:
    """More saved by the phrase speaks for it."""
    assert table["weights"]["gain"] + table["weights"]["ahead"] > 0


def test_it_is_the_same_every_time(corrector: Corrector, table: dict[str, Any]) -> None:
    assert terms.calibrate(corrector.model, CLEAN) == table


def test_the_bundle_s_table_keeps_the_promises(corrector: Corrector) -> None:
    """And knows every feature."""
    table = corrector.model.header["terms"]
    assert {*table["weights"]} == {*FEATURES}
    strict, normal, bold = (table["thresholds"][name] for name in ("strict", "normal", "bold"))
    assert 0 < bold <= normal <= strict < 1
    for profile, promise in terms.PROMISES.items():
        assert promise.confidence <= table["thresholds"][profile]
