"""Calibration: a bundle from a handful of lines, the same every time."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TypedDict

import pytest

from thaifix import Corrector, ModelError
from thaifix.correct.noise_level import NoiseLevel
from thaifix.correct.options import PROFILES
from thaifix.correct.proposals import FEATURES, features
from thaifix.correct.tuning import Tuning
from thaifix.correct.windows import Windows
from thaifix.lexicon.entries import Lexicon
from thaifix.model.bundle import Model

np = pytest.importorskip("numpy")
pytest.importorskip("tqdm")

from thaifix.training import decision as calibrate  # noqa: E402  (they need numpy)
from thaifix.training import language as train  # noqa: E402

TEXT = [
    "ที่ประชุมมีมติเห็นชอบตามที่เสนอ และมอบหมายให้หน่วยงานที่เกี่ยวข้องดำเนินการโดยเร็ว",
    "เมื่อวันที่ ๕ มีนาคม ๒๕๖๗ คณะกรรมการได้ตรวจเยี่ยมพื้นที่ก่อสร้างอาคารเรียน",
    "เจ้าหน้าที่ได้ชี้แจงรายละเอียดให้ประชาชนทราบแล้ว จึงเรียนมาเพื่อโปรดพิจารณา",
    "จังหวัดประสบปัญหาน้ำท่วมซ้ำซากทุกปี ราษฎรขาดแคลนน้ำดื่มสะอาด",
    "ผู้อำนวยการโรงเรียนกล่าวต้อนรับ นายสมชาย ใจดี และ นางสาวมาลี รักเรียน",
    "ประกาศ ก.พ. เรื่อง หลักเกณฑ์และวิธีการ ลงวันที่ ๑ ต.ค. ๒๕๖๖",
]
MISREADINGS = [("ที่", "ที"), ("ำ", "\u0e4d\u0e32"), ("ชอบ", "ซอบ"), ("เมื่อ", "เมือ"), ("น", "บ")]


class Material(TypedDict):
    """What a bundle is built from."""

    text: Path
    pairs: Path
    lexicons: Path


def write_text(path: Path) -> Path:
    """Write 40 paragraphs, so that some are held out and n-grams come often enough."""
    lines = [f"{TEXT[i % len(TEXT)]} {TEXT[i * 5 % len(TEXT)]}" for i in range(40)]
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")
    return path


def write_pairs(path: Path) -> Path:
    """Write eight pages of eight articles."""
    pages = []
    for number in range(8):
        lines = []
        for i, intended in enumerate(TEXT):
            right, wrong = MISREADINGS[(i + number) % len(MISREADINGS)]
            lines.append([intended.replace(right, wrong, 2), intended])
        page = {
            "source": f"article-{number}",
            "ocr": "\n".join(observed for observed, _ in lines) + "\n",
            "gold": "\n".join(intended for _, intended in lines) + "\n",
            "lines": lines,
        }
        pages.append(json.dumps(page, ensure_ascii=False))
    path.write_text("\n".join(pages) + "\n", encoding="utf-8")
    return path


def write_lexicons(path: Path) -> Path:
    path.mkdir()
    for name in train.WORDS:
        (path / f"{name}.tsv").write_text("id\tterm\ttype\n", encoding="utf-8")
    (path / "places.tsv").write_text("id\tterm\ttype\no-1\tธนวัฒนา\tplace\n", encoding="utf-8")
    (path / "sources.toml").write_text('[own]\nfile = "places.tsv"\n', encoding="utf-8")
    return path


@pytest.fixture(scope="module")
def material(tmp_path_factory: pytest.TempPathFactory) -> Material:
    folder = tmp_path_factory.mktemp("material")
    return Material(
        text=write_text(folder / "text.txt"),
        pairs=write_pairs(folder / "pairs.jsonl"),
        lexicons=write_lexicons(folder / "lexicons"),
    )


@pytest.fixture(scope="module")
def bundle(material: Material) -> Path:
    out = material["text"].with_name("own.thaifix")
    calibrate.build(**material, out=out)
    return out


def test_two_builds_are_equal_bit_for_bit(material: Material, bundle: Path) -> None:
    out = bundle.with_name("again.thaifix")
    stamp = calibrate.build(**material, out=out)
    assert out.read_bytes() == bundle.read_bytes()
    assert Model(bundle).stamp == stamp


def test_a_build_leaves_nothing_but_the_bundle(bundle: Path) -> None:
    assert {p.suffix for p in bundle.parent.iterdir()} == {".txt", ".jsonl", ".thaifix", ""}


def test_the_bundle_says_where_it_comes_from(material: Material, bundle: Path) -> None:
    header = Model(bundle).header
    origin = header["origin"]
    assert origin["pages"] == 8
    assert origin["text"]["name"] == "text.txt"
    assert origin["pairs"]["bytes"] == material["pairs"].stat().st_size
    assert len(origin["pairs"]["sha256"]) == 64
    assert origin["lexicons"] == {"own": {"file": "places.tsv"}}
    assert header["decoder"] == train.DECODER
    assert header["recipe"].items() >= train.RECIPE.items()


def test_the_decision_knows_every_feature(bundle: Path) -> None:
    decision = Model(bundle).header["decision"]
    assert {*FEATURES} == {*decision["weights"]}
    assert decision["judged"] > 0
    strict, normal, bold = (decision["thresholds"][name] for name in PROFILES)
    assert strict >= normal >= bold >= calibrate.FLOOR["bold"]


def test_no_sentence_is_in_the_bundle(bundle: Path) -> None:
    data = bundle.read_bytes()
    assert not any(line[:30].encode() in data for line in TEXT)


def test_the_bundle_corrects(bundle: Path) -> None:
    corrector = Corrector(model=bundle, profile="bold")
    observed = "\n".join(TEXT[:3]).replace("ที่", "ที").replace("เห็นชอบ", "เห็นซอบ")
    correction = corrector.correct(observed)
    assert correction.edits
    assert "เห็นชอบ" in correction.text


def test_a_language_model_can_be_taken_over(material: Material, bundle: Path) -> None:
    """Then only what is learned from pairs is new; from the same pairs it is the same."""
    out = bundle.with_name("taken.thaifix")
    calibrate.build(**material, out=out, language=bundle)
    assert out.read_bytes() == bundle.read_bytes()
    fewer = bundle.with_name("fewer.thaifix")
    calibrate.build(**material, out=fewer, language=bundle, leave_out=(0, 2))
    taken = Model(fewer)
    left_out = sum(calibrate.part_of(f"article-{n}", 2) == 0 for n in range(8))
    assert 0 < taken.header["origin"]["pages"] == 8 - left_out < 8
    assert bytes(taken.array("pairs")) == bytes(Model(bundle).array("pairs"))


def test_a_missing_language_model_is_an_error(material: Material, tmp_path: Path) -> None:
    with pytest.raises(ModelError, match="cannot read"):
        calibrate.build(**material, out=tmp_path / "out", language=tmp_path / "none")
    assert list(tmp_path.iterdir()) == []


# Parts


@pytest.mark.parametrize(
    ("article", "parts", "part"), [("article-1", 5, 3), ("ข่าว", 5, 2), ("", 5, 0), ("x", 1, 0)]
)
def test_articles_belong_to_the_same_part_everywhere(article: str, parts: int, part: int) -> None:
    assert calibrate.part_of(article, parts) == part


def test_parts_are_of_about_one_size() -> None:
    sizes = [0] * 5
    for number in range(1000):
        sizes[calibrate.part_of(f"article-{number}", 5)] += 1
    assert min(sizes) > 150


# Judging


@pytest.fixture(scope="module")
def windows(corrector: Corrector) -> Windows:
    return Windows(corrector.model, Lexicon(), Tuning())


def test_proposals_are_judged_by_the_intended_text(
    corrector: Corrector, windows: Windows, noisy_page: str
) -> None:
    intended = corrector.correct(noisy_page).text
    right = calibrate.judge(windows, noisy_page, intended)
    wrong = calibrate.judge(windows, noisy_page, noisy_page)
    assert len(right) == len(wrong) > 5
    assert sum(j.right for j in right) > len(right) / 2
    assert not any(j.right for j in wrong)
    assert {len(j.features) for j in right} == {len(FEATURES)}


def test_on_clean_text_every_proposal_is_wrong(windows: Windows) -> None:
    """But for very sure ones, which are taken for their authors' errors and left out."""
    typo = "การปฎิบัติราชการ และเค้าบอกว่าหนูเปนคนดี"
    assert not any(j.right for j in calibrate.judge(windows, typo, None))
    assert len(calibrate.judge(windows, typo, None)) < len(calibrate.judge(windows, typo, typo))


def test_judged_features_are_those_of_the_decision(windows: Windows) -> None:
    text = "เมือวันที่ ๕ มีนาคม"
    found, noise, _ = windows.propose(text, [(10, 11)], fired=0, noise=NoiseLevel())
    judged = calibrate.judge(windows, text, text)
    assert [j.features for j in judged] == [features(p, text, noise) for p in found]
