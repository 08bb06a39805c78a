"""Families of engines: a document's corrections say which it comes from."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from pathlib import Path
from typing import Any

import pytest
from rapidfuzz.distance import Levenshtein

from thaifix import Corrector, Edit, Options
from thaifix.correct.families import (
    FamilyEvidence,
    Likelihoods,
)
from thaifix.model.bundle import Model
from thaifix.model.families import FAMILIES
from thaifix.noise.documents import NoiseSource

CLEAN = Path(__file__).parents[2] / "corpora" / "clean"
LETTERS = "กขคงจชซดตถทนบปผพมยรลวสหอ"


@pytest.fixture(scope="module")
def likelihoods() -> Likelihoods:
    return Likelihoods(Model().header["confusions"])


def seen(evidence: FamilyEvidence, pieces: Iterable[tuple[str, str, str]]) -> FamilyEvidence:
    """Show pieces of evidence, each in a context of its own."""
    text = "".join(f"{a}{b}{pair}" for a in LETTERS for b in LETTERS for pair in LETTERS)
    for at, (reason, observed, intended) in enumerate(pieces):
        place = 100 + 3 * at
        edit = Edit(place, place + len(observed), intended, reason=reason, observed=observed)
        evidence.see([edit], text)
    return evidence


PDF = ("move_mark", "อ้", "้อ")
SWAP = ("respell", "ค", "ก")  # seven nats for the model, usual for `paddle`
SCAN = ("respell", "่", "้")


def test_without_evidence_a_document_is_a_scan(likelihoods: Likelihoods) -> None:
    evidence = FamilyEvidence(likelihoods, None)
    assert evidence.family() == "scan"
    assert evidence.pieces() == {}


@pytest.mark.parametrize(
    ("piece", "family"),
    [
        (PDF, "pdf-layer"),
        (("read_old_glyphs", "\uf70a", "่"), "pdf-layer"),
        (("letter_space", " ", ""), "letter-spaced"),
        (("merge_doubled_marks", "่", ""), "vlm"),
        (("read_lao_twins", "ກ", "ก"), "vlm"),
        (SWAP, "paddle"),
        (SCAN, "scan"),
        (("join_nikhahit_aa", "ํา", "ำ"), "scan"),
    ],
)
def test_what_is_typical_of_a_family(
    piece: tuple[str, str, str], family: str, likelihoods: Likelihoods
) -> None:
    evidence = seen(FamilyEvidence(likelihoods, None), [piece] * 32)
    assert evidence.family() == family
    assert evidence.pieces() == {family: 32}


REASONS = """
    choose_mark foreign_letter join join_nikhahit_aa join_parted_mark join_split_am letter_space
    merge_doubled_am merge_doubled_marks move_mark read_doubled_tone read_lao_twins read_latin_marks
    read_old_glyphs read_ring respell split strip term turn_am
"""


def test_what_families_make_sums_to_one() -> None:
    """Of each family, whatever the letters; with what was never seen of it left out."""
    of = Likelihoods(()).of
    for i, family in enumerate(FAMILIES):
        seldom = of(("no reason", "", ""))[i]
        shares = [of((reason, "", ""))[i] for reason in ("", *REASONS.split())]
        whole = sum(share for share in shares if share > seldom)
        assert whole == pytest.approx(1, abs=1e-4), family


def test_little_evidence_is_none(likelihoods: Likelihoods) -> None:
    few = seen(FamilyEvidence(likelihoods, None), [PDF] * 7)
    assert few.family() == "scan"
    assert seen(few, [SWAP] * 0 + [PDF] * 12).family() == "pdf-layer"


def test_a_mixture_is_what_it_has_most_of(likelihoods: Likelihoods) -> None:
    """Pieces are counted for the family that explains them; half of them decide."""
    mixture = [PDF] * 20 + [SCAN] * 12
    evidence = seen(FamilyEvidence(likelihoods, None), mixture)
    assert evidence.pieces() == {"pdf-layer": 20, "scan": 12}
    assert evidence.family() == "pdf-layer"
    assert seen(FamilyEvidence(likelihoods, None), mixture + [SCAN] * 12).family() == "scan"


def test_the_same_in_the_same_context_counts_once(likelihoods: Likelihoods) -> None:
    evidence = FamilyEvidence(likelihoods, None)
    line = "เรื่องขอ้มูล\n"
    for _ in range(3):
        place = line.index("อ้")
        edits = [
            Edit(at + place, at + place + 2, "้อ", reason="move_mark", observed="อ้")
            for at in (0, len(line))
        ]
        evidence.see(edits, line * 2)
    assert evidence.pieces() == {"pdf-layer": 1}


def test_memory_is_bounded(likelihoods: Likelihoods) -> None:
    evidence = seen(FamilyEvidence(likelihoods, None), [PDF] * 2050)
    assert evidence.pieces().total() == 2000


@pytest.mark.parametrize("family", FAMILIES)
def test_the_user_may_fix_the_family(family: str, likelihoods: Likelihoods) -> None:
    evidence = seen(FamilyEvidence(likelihoods, family), [PDF] * 100)
    assert evidence.family() == family
    assert evidence.pieces() == {}, "nothing is estimated"


@pytest.mark.parametrize("engine", ["letter-spaced", "pdf-layer", "paddle", "tesseract-tha"])
def test_noise_is_recognised(engine: str, corrector: Corrector) -> None:
    """Of most pages that an engine spoilt."""
    found: Counter[str] = Counter()
    for name in ("official", "news", "law"):
        text = (CLEAN / f"{name}.txt").read_text("utf-8")[:9000]
        for seed in (1, 2):
            source = NoiseSource(engine, seed=seed)
            for at in range(0, len(text), 3000):
                document = corrector.document()
                document.correct(source.document().correct(text[at : at + 3000]).text)
                found[document.families.most_common(1)[0][0]] += 1
    family = "scan" if engine.startswith("tesseract") else engine
    assert found[family] >= 0.75 * found.total(), found


def test_pages_of_tesseract_are_scans(corrector: Corrector, pages: list[dict[str, Any]]) -> None:
    for page in pages:
        document = corrector.document()
        document.correct(page["ocr"])
        assert max(document.families, key=document.families.__getitem__) == "scan"


def test_what_an_engine_changes() -> None:
    """Short texts show nothing by themselves: spaces between letters, unusual confusions."""
    spaced = "ร ะ เ บี ย บ"
    assert Corrector().correct(spaced).text == spaced
    assert Corrector(options=Options(engine="letter-spaced")).correct(spaced).text == "ระเบียบ"
    long = "ก ร ม ก า ร ป ก ค ร อ ง แ จ้ ง ใ ห้ จั ง ห วั ด ท ร า บ แ ล ะ ถื อ ป ฏิ บั ติ"
    assert Corrector().correct(long).text == "กรมการปกครองแจ้งให้จังหวัดทราบและถือปฏิบัติ"
    paddle = Corrector(options=Options(engine="paddle")).correct(long)
    assert "letter_space" not in {edit.reason for edit in paddle.edits}


def test_a_familys_confusions_bring_more_back() -> None:
    """The letters that PaddleOCR takes for one another; a scan's expectations bring fewer back."""
    text = (CLEAN / "official.txt").read_text("utf-8")[:6000]
    observed = NoiseSource("paddle", seed=3).document().correct(text).text
    wrong = {
        engine: Levenshtein.distance(
            Corrector(options=Options(engine=engine)).correct(observed).text, text
        )
        for engine in ("scan", "paddle", "auto")
    }
    assert wrong["auto"] == wrong["paddle"] < wrong["scan"]


def test_unknown_engines_are_refused() -> None:
    with pytest.raises(ValueError, match="unknown engine 'xerox': use auto, scan"):
        Options(engine="xerox")


def test_what_counts_before_there_is_evidence(likelihoods: Likelihoods) -> None:
    """A scan is eight times as likely as any other family."""
    shares = FamilyEvidence(likelihoods, None)._shares()
    others = {shares[family] for family in FAMILIES if family != "scan"}
    assert others == {shares["scan"] / 8}
    assert sum(shares.values()) == pytest.approx(1)


@pytest.mark.parametrize(("pdf", "scan", "family"), [(12, 6, "pdf-layer"), (12, 7, "scan")])
def test_more_than_half_of_all_decides(
    pdf: int, scan: int, family: str, likelihoods: Likelihoods
) -> None:
    """What counts before there is evidence included."""
    evidence = seen(FamilyEvidence(likelihoods, None), [PDF] * pdf + [SCAN] * scan)
    assert evidence.family() == family
