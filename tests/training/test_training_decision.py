"""Calibration of letters: what is proposed, how it is judged, and by whom."""

from __future__ import annotations

from collections.abc import Sequence
from types import SimpleNamespace
from typing import Any, cast

import pytest

from thaifix import Corrector
from thaifix.correct.noise_level import NoiseLevel
from thaifix.correct.options import PROFILES
from thaifix.correct.proposals import FEATURES, Proposal, features
from thaifix.correct.tuning import Tuning
from thaifix.correct.windows import Encoded, Windows
from thaifix.lexicon.entries import Lexicon
from thaifix.model.bundle import Model

pytest.importorskip("numpy")
pytest.importorskip("tqdm")

from thaifix.training import decision
from thaifix.training.pairs import PagePair
from thaifix.training.thresholds import Judged

# Judging


@pytest.fixture(scope="module")
def windows(corrector: Corrector) -> Windows:
    return Windows(corrector.model, Lexicon(), Tuning())


def proposal(start: int, observed: str, intended: str, margin: float = 9.0) -> Proposal:
    return Proposal(
        start, start + len(observed), observed, intended,
        margin, 5.0, 5.0, 1, True, "respell", None,
    )  # fmt: skip


@pytest.mark.parametrize(
    ("text", "start", "observed", "intended", "truth", "gain"),
    [
        ("วับนี้", 2, "บ", "น", "วันนี้", 1),
        ("วันนี้", 2, "น", "บ", "วันนี้", -1),
        ("วับนี้", 2, "บ", "ม", "วันนี้", 0),
        ("วับนื้", 2, "บนื้", "นนี้", "วันนี้", 2),
        # Another error beside it changes nothing; nor does one far away that shifts the text.
        ("วับนื้", 2, "บ", "น", "วันนี้", 1),
        ("กขคงจฉชซฌญฎฏวับนี้", 14, "บ", "น", "ฎฏวันนี้", 1),
        ("วับนี้กขคงจฉชซฌญฎฏ", 2, "บ", "น", "วันนี้", 1),
        # Letters that were lost, letters too many.
        ("วันี้", 3, "", "น", "วันนี้", 1),
        ("วันนนี้", 2, "น", "", "วันนี้", 1),
        ("วันนี", 5, "", "้", "วันนี้", 1),
        ("", 0, "", "ก", "", -1),
    ],
)
def test_a_change_is_judged_by_its_place(
    text: str, start: int, observed: str, intended: str, truth: str, gain: int
) -> None:
    """By how many letters the surroundings come nearer to the intended text."""
    assert decision.gains(text, [proposal(start, observed, intended)], truth) == [gain]


@pytest.mark.parametrize("before", range(30))
def test_eight_letters_beside_a_change_are_compared(before: int) -> None:
    """What errs within eight letters bears on it, what errs farther away does not.

    At the end of a run of thirty letters one is too many: to leave out another is as good. At the
    beginning of another run a letter is wrong: to put one in makes that no better and no worse.
    """
    after = 29 - before
    left_out = proposal(before, "ก", "")
    assert decision.gains("ก" * 30, [left_out], "ก" * 29) == [1 if after <= 8 else -1]
    put_in = proposal(before, "", "ก")
    assert decision.gains("ข" + "ก" * 30, [put_in], "ก" * 31) == [0 if before <= 8 else -1]


def fake(proposals: Sequence[Proposal]) -> Windows:
    """What proposes the same for every text."""
    decoder = SimpleNamespace(scan=lambda symbols: ((), (), ()))
    found = SimpleNamespace(
        propose=lambda block, fired, noise: (proposals, noise),
        encoded=lambda text, spans: text,
        decoder=decoder,
    )
    return cast(Windows, found)


@pytest.mark.parametrize(
    ("text", "start", "observed", "intended", "margin", "counts"),
    [
        ("ผลพิจรณา", 2, "พิจรณา", "พิจารณา", 17.99, True),
        ("ผลพิจรณา", 2, "พิจรณา", "พิจารณา", 18.0, False),
        ("นายพิจรณา", 3, "พิจรณา", "พิจารณา", 18.0, True),
        ("ผลพ.ศ", 2, "พ.ศ", "พศ", 18.0, True),
        ("ผลพศ", 2, "พศ", "พ.ศ", 18.0, True),
    ],
)
def test_in_clean_text_sure_changes_are_the_author_s_errors(
    text: str, start: int, observed: str, intended: str, margin: float, counts: bool
) -> None:
    """But for names and abbreviations."""
    p = proposal(start, observed, intended, margin)
    known = features(p, text, NoiseLevel())
    assert decision.judge(fake([p]), text, None) == [Judged(known, False, 1.0, True)] * counts


def test_on_pages_every_proposal_counts_a_third() -> None:
    """The sure ones, too; right is what brings the text nearer."""
    text = "ผลพิจรณา"
    right, wrong, nothing = (proposal(2, "พิจรณา", w, 30.0) for w in ("พิจารณา", "จรณา", "พิจรณะ"))
    found = decision.judge(fake([right, wrong, nothing]), text, "ผลพิจารณา")
    assert [j.right for j in found] == [True, False, False]
    assert {(j.weight, j.clean) for j in found} == {(1 / 3, False)}
    assert [j.features for j in found] == [
        features(p, text, NoiseLevel()) for p in (right, wrong, nothing)
    ]


def test_proposals_are_judged_by_the_intended_text(
    corrector: Corrector, windows: Windows, noisy_page: str
) -> None:
    intended = corrector.correct(noisy_page).text
    right = decision.judge(windows, noisy_page, intended)
    wrong = decision.judge(windows, noisy_page, noisy_page)
    assert len(right) == len(wrong) > 5
    assert sum(j.right for j in right) > len(right) / 2
    assert not any(j.right for j in wrong)


def test_judged_features_are_those_of_the_decision(windows: Windows, noisy_page: str) -> None:
    """Block after block, each with what rules and proposals say of the noise so far."""
    text = noisy_page * 20  # of more than one block
    seen: list[tuple[str, int, NoiseLevel]] = []
    propose = windows.propose

    def watch(block: Encoded, *, fired: int, noise: NoiseLevel) -> Any:
        seen.append((block.text, fired, noise))
        return propose(block, fired=fired, noise=noise)

    watched = cast(
        Windows,
        SimpleNamespace(propose=watch, encoded=windows.encoded, decoder=windows.decoder),
    )
    judged = decision.judge(watched, text, text)
    assert len(seen) > 1
    assert seen[0][2] == NoiseLevel()
    expected = []
    for (block, fired, before), after in zip(seen, [*seen[1:], None], strict=True):
        assert fired > 0
        found, noise = propose(windows.encoded(block, ()), fired=fired, noise=before)
        assert after is None or after[2] == noise
        expected += [features(p, block, noise) for p in found]
    assert [j.features for j in judged] == expected


def test_protected_spans_are_named() -> None:
    text = "เมือวันที https://example.org/เมือวันที"
    seen: list[Any] = []

    def encoded(text: str, spans: Any) -> None:
        seen.append(spans)

    watched = SimpleNamespace(
        propose=lambda block, fired, noise: ([], noise), encoded=encoded, decoder=None
    )
    decision.judge(cast(Windows, watched), text, None)
    assert seen == [[(10, len(text))]]


# Variants

PAGE = PagePair(
    "article",
    "ท\u0e4d\u0e32\nข\nค",
    "ทำ\nข้\nค้",
    [(f"o{i}", f"i{i}") for i in range(1000)],
)
CLEAN = [f"clean {i}" for i in range(30)]


def test_a_page_as_it_is_and_with_sara_am_composed() -> None:
    found = decision.variants(PAGE, CLEAN)
    assert len(found) == 4
    assert found[:2] == [(PAGE.observed, PAGE.intended), ("ทำ\nข\nค", PAGE.intended)]


def test_most_lines_are_read_rightly() -> None:
    """In their order, in a share that is drawn for each article."""
    shares = set()
    for number in range(40):
        observed, intended = decision.variants(PAGE._replace(article=str(number)), CLEAN)[2]
        assert intended == PAGE.intended
        lines = observed.split("\n")
        assert [line[1:] for line in lines] == [str(i) for i in range(1000)]
        share = sum(line[0] == "i" for line in lines) / 1000
        shares.add(min(decision.RIGHT_LINES, key=lambda right: abs(right - share)))
        assert min(abs(right - share) for right in decision.RIGHT_LINES) < 0.06
    assert shares == {*decision.RIGHT_LINES} == {0.3, 0.6, 0.85, 0.95}


@pytest.mark.parametrize(("lines", "paragraphs"), [(1000, 30), (1000, 4), (2, 30), (0, 0)])
def test_a_few_lines_stand_in_clean_text(lines: int, paragraphs: int) -> None:
    """Three of the page among ten of the text, in any order, as far as there are so many."""
    page = PAGE._replace(lines=PAGE.lines[:lines])
    observed, intended = decision.variants(page, CLEAN[:paragraphs])[3]
    pairs = list(zip(observed.split("\n"), intended.split("\n"), strict=True))
    of_page = [pair for pair in pairs if pair in PAGE.lines]
    of_text = [pair for pair in pairs if pair[0] in CLEAN and pair[0] == pair[1]]
    assert len(set(of_page)) == min(3, lines)
    assert len(set(of_text)) == min(10, paragraphs)
    assert len(pairs) == max(1, len(of_page) + len(of_text))


def test_variants_are_the_same_every_time_and_mixed() -> None:
    assert decision.variants(PAGE, CLEAN) == decision.variants(PAGE, CLEAN)
    orders = set()
    for number in range(10):
        observed, _ = decision.variants(PAGE._replace(article=str(number)), CLEAN)[3]
        orders.add(tuple(line.startswith("o") for line in observed.split("\n")))
    assert len(orders) > 5


# Calibrating


@pytest.mark.parametrize(("article", "fold"), [("article-1", 0), ("ข่าว", 3), ("", 2), ("x", 3)])
def test_articles_belong_to_the_same_fold_everywhere(article: str, fold: int) -> None:
    """And to other folds than the parts that are left out for cross-validation."""
    assert decision._fold(PAGE._replace(article=article)) == fold


def test_no_page_is_judged_by_what_it_taught(monkeypatch: pytest.MonkeyPatch) -> None:
    """Each page once, by the confusions of the other folds; clean text by those of all pages."""
    pages = [PagePair(f"article-{i % 12}", str(i), "", [("a", "b")]) for i in range(24)]
    judged: list[tuple[Any, str, str | None]] = []

    def judge(windows: Any, observed: str, intended: str | None) -> list[Judged]:
        judged.append((windows.model.header["confusions"], observed, intended))
        return [Judged([float(len(judged))], intended is not None, 1.0, intended is None)]

    def fit(*arguments: Any) -> dict[str, Any]:
        fitted.append(arguments)
        return {"weights": {"one": 5.0, "entry": 5.0}}

    fitted: list[Any] = []
    monkeypatch.setattr(decision, "judge", judge)
    monkeypatch.setattr(decision, "Windows", lambda model, *_: SimpleNamespace(model=model))
    monkeypatch.setattr(decision, "confusions", lambda some: sorted({p.article for p in some}))
    monkeypatch.setattr(decision, "variants", lambda page, clean: [(page.observed, *clean[:1])] * 2)
    monkeypatch.setattr("thaifix.training.thresholds.fit", fit)
    model = SimpleNamespace(header={"confusions": None})
    table = decision.calibrate(cast(Model, model), pages, ["ก", "ขค"])

    everything = sorted({page.article for page in pages})
    *on_pages, on_text = judged
    assert on_text == (everything, "ก\nขค\n", None)
    assert sorted(observed for _, observed, _ in on_pages) == sorted(
        [p.observed for p in pages] * 2
    )
    parts = set()
    for others, observed, intended in on_pages:
        assert pages[int(observed)].article not in others
        assert len(others) >= 6
        assert intended == "ก"
        parts.add(tuple(others))
    assert len(parts) == 4
    assert model.header["confusions"] == everything
    [(found, names, code_points, promises)] = fitted
    assert [j.features for j in found] == [[float(i)] for i in range(1, 50)]
    assert (names, code_points, promises) == (FEATURES, 5, decision.PROMISES)
    assert table == {"weights": {"one": 5.0, "entry": 1.0, "foreign": 3.0}}


def test_the_bundle_s_table_keeps_the_promises(corrector: Corrector) -> None:
    """It knows every feature, and the weights that no pages show."""
    table = corrector.model.header["decision"]
    assert {*table["weights"]} == {*FEATURES}
    assert table["weights"].items() >= decision.PRIOR_WEIGHTS.items()
    strict, normal, bold = (table["thresholds"][name] for name in PROFILES)
    assert 1 > strict >= normal >= bold
    for name, promise in decision.PROMISES.items():
        assert promise.confidence <= table["thresholds"][name]
