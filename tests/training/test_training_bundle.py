"""A bundle from a handful of lines, the same every time."""

from __future__ import annotations

import hashlib
import json
import os
import subprocess
import sys
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any, TypedDict

import pytest
from few_words import few_words, write_few_words

from thaifix import Corrector, ModelError
from thaifix.correct.options import PROFILES
from thaifix.correct.proposals import FEATURES
from thaifix.correct.stages import term_features
from thaifix.correct.tuning import Tuning
from thaifix.errors import TrainingError
from thaifix.kernel.symbols import encode
from thaifix.kernel.trie import build_trie
from thaifix.model.bundle import Model, write

pytest.importorskip("numpy")
pytest.importorskip("tqdm")

from thaifix.training import atoms, decision, dirt, language, terms
from thaifix.training.bundle import build
from thaifix.training.pairs import confusions, part_of, read_pairs

TEXT = [
    "ที่ประชุมมีมติเห็นชอบตามที่เสนอ และมอบหมายให้หน่วยงานที่เกี่ยวข้องดำเนินการโดยเร็ว",
    "เมื่อวันที่ ๕ มีนาคม ๒๕๖๗ คณะกรรมการได้ตรวจเยี่ยมพื้นที่ก่อสร้างอาคารเรียน",
    "เจ้าหน้าที่ได้ชี้แจงรายละเอียดให้ประชาชนทราบแล้ว จึงเรียนมาเพื่อโปรดพิจารณา",
    "จังหวัดประสบปัญหาน้ำท่วมซ้ำซากทุกปี ราษฎรขาดแคลนน้ำดื่มสะอาด",
    "ผู้อำนวยการโรงเรียนกล่าวต้อนรับ นายสมชาย ใจดี และ นางสาวมาลี รักเรียน",
    "ประกาศ ก.พ. เรื่อง หลักเกณฑ์และวิธีการ ลงวันที่ ๑ ต.ค. ๒๕๖๖",
]
PARAGRAPHS = [f"{TEXT[i % len(TEXT)]} {TEXT[i * 5 % len(TEXT)]}" for i in range(40)]
"""So many that one is held out and n-grams come often enough."""

MISREADINGS = [("ที่", "ที"), ("ำ", "\u0e4d\u0e32"), ("ชอบ", "ซอบ"), ("เมื่อ", "เมือ"), ("น", "บ")]


class Material(TypedDict):
    """What a bundle is built from."""

    text: Path
    pairs: Path
    lexicons: Path


def page(number: int) -> dict[str, Any]:
    """One of the pages of as many articles."""
    lines = []
    for i, intended in enumerate(TEXT):
        right, wrong = MISREADINGS[(i + number) % len(MISREADINGS)]
        lines.append([intended.replace(right, wrong, 2), intended])
    return {
        "source": f"article-{number}",
        "ocr": "\n".join(observed for observed, _ in lines) + "\n",
        "gold": "\n".join(intended for _, intended in lines) + "\n",
        "lines": lines,
    }


@pytest.fixture(scope="module")
def material(tmp_path_factory: pytest.TempPathFactory) -> Material:
    folder = tmp_path_factory.mktemp("material")
    text, pairs, lexicons = (folder / name for name in ("text.txt", "pairs.jsonl", "lexicons"))
    text.write_text("\n".join(PARAGRAPHS) + "\n", "utf-8")
    pages = (json.dumps(page(number), ensure_ascii=False) + "\n" for number in range(8))
    pairs.write_text("".join(pages), "utf-8")
    lexicons.mkdir()
    for name in language.WORD_TABLES:
        (lexicons / f"{name}.tsv").write_text("id\tterm\ttype\n", "utf-8")
    (lexicons / "places.tsv").write_text("id\tterm\ttype\no-1\tธนวัฒนา\tplace\n", "utf-8")
    (lexicons / "sources.toml").write_text('[own]\nfile = "places.tsv"\n', "utf-8")
    return Material(text=text, pairs=pairs, lexicons=lexicons)


@pytest.fixture(scope="module")
def words(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The word list, one word a line."""
    return write_few_words(tmp_path_factory.mktemp("words") / "words.txt", "\n".join(TEXT))


@pytest.fixture(scope="module")
def built(material: Material, words: Path) -> Iterator[Path]:
    out = material["text"].with_name("own.thaifix")
    with few_words(words):
        assert build(**material, out=out) == Model(out).stamp
        yield out


BUILD = """
import sys
from pathlib import Path
import pythainlp.corpus
from thaifix.training.bundle import build
words, text, pairs, lexicons, out = map(Path, sys.argv[1:])
pythainlp.corpus.thai_words = lambda: frozenset(words.read_text("utf-8").split("\\n"))
build(text=text, pairs=pairs, lexicons=lexicons, out=out)
"""


def test_two_builds_are_equal_bit_for_bit(
    material: Material, built: Path, words: Path, tmp_path: Path
) -> None:
    """In another process, too, where sets have another order; nothing else is left or printed."""
    out = tmp_path / "again.thaifix"
    files = [words, material["text"], material["pairs"], material["lexicons"], out]
    done = subprocess.run(
        [sys.executable, "-P", "-c", BUILD, *map(str, files)],
        capture_output=True,
        check=True,
        env={**os.environ, "PYTHONHASHSEED": "5"},
    )
    assert out.read_bytes() == built.read_bytes()
    assert [*tmp_path.iterdir()] == [out]
    assert (done.stdout, done.stderr) == (b"", b"")


def test_the_bundle_says_where_it_comes_from(material: Material, built: Path) -> None:
    header = Model(built).header

    def told(path: Path) -> dict[str, Any]:
        data = path.read_bytes()
        digest = hashlib.sha256(data).hexdigest()
        return {"name": path.name, "bytes": len(data), "sha256": digest}

    assert header["origin"] == {
        "text": told(material["text"]),
        "pairs": told(material["pairs"]),
        "pages": 8,
        "lexicons": {"own": {"file": "places.tsv"}},
    }
    assert header["decoder"] == language.DECODER
    assert Tuning.read(header["tuning"]) == Tuning()
    assert header["recipe"].items() >= language.RECIPE.items()


def test_what_is_calibrated_is_in_the_header(material: Material, built: Path) -> None:
    """Of letters and of terms; the confusions are those of all pages."""
    header = Model(built).header
    pages = read_pairs(material["pairs"])
    assert [tuple(entry) for entry in header["confusions"]] == confusions(pages)
    for name, features, promises in [
        ("decision", FEATURES, decision.PROMISES),
        ("terms", term_features.FEATURES, terms.PROMISES),
    ]:
        table = header[name]
        assert {*table["weights"]} == {*features}
        assert {*table["thresholds"]} == {*promises} == {*PROFILES}
        for profile, promise in promises.items():
            assert promise.confidence <= table["thresholds"][profile] <= 1
    assert header["decision"]["judged"] > 50
    assert header["decision"]["weights"]["margin"] > 0
    assert header["decision"]["clean_code_points"] == len(PARAGRAPHS[7]) + 1
    assert header["terms"]["clean_code_points"] == 0  # too short for a practice document


def test_atoms_and_phrases_are_in_the_bundle(built: Path) -> None:
    model = Model(built)
    arrays = {name: model.array(name) for name in ("first", "label", "word", "cost")}
    assert list(model.array("cuts")) == list(atoms.cuts(arrays))
    assert bytes(model.array("phrases")) == terms.packed_phrases(model)


def test_the_bundle_corrects(built: Path) -> None:
    corrector = Corrector(model=built, profile="bold")
    observed = "\n".join(TEXT[:3]).replace("ที่", "ที").replace("เห็นชอบ", "เห็นซอบ")
    correction = corrector.correct(observed)
    assert correction.edits
    assert "เห็นชอบ" in correction.text


# Text is learned from, and not shipped.

PIECE = 30  # letters; more than the words and set phrases of the lexicons have there


def pieces(lines: Iterable[str]) -> set[str]:
    return {line[at : at + PIECE] for line in lines for at in range(len(line) - PIECE + 1)}


def shipped(path: Path, wanted: Iterable[str]) -> list[str]:
    """Which of the strings are in a bundle, as UTF-8 or as symbols; compressed, or as a word."""
    model = Model(path)
    held = [bytes(model.array(name)) for name in model._sections]
    held.append(json.dumps(model.header, ensure_ascii=False).encode())
    held.append(
        b"\n".join(atoms.spellings({n: model.array(n) for n in ("first", "label", "word")}))
    )
    everything = b"\0\0".join(held)
    return [s for s in wanted if s.encode() in everything or encode(s) in everything]


def test_no_sentence_is_in_the_bundle(material: Material, built: Path) -> None:
    """Neither of the text nor of the pages."""
    observed = [line for number in range(8) for line in page(number)["ocr"].splitlines()]
    normal = [line.replace("\u0e4d\u0e32", "ำ") for line in observed]
    assert shipped(built, pieces([*TEXT, *observed, *normal])) == []


@pytest.mark.parametrize("place", ["header", "section", "symbols", "packed", "word"])
def test_sentences_would_be_seen(place: str, built: Path, tmp_path: Path) -> None:
    """Wherever a bundle could hold them: the test before this one can fail."""
    model = Model(built)
    arrays: dict[str, Any] = {name: model.array(name) for name in model._sections}
    header = model.header
    sentence = TEXT[0][:PIECE]
    if place == "header":
        header = {**header, "recipe": {"text": [f"a {sentence} b"]}}
    elif place == "section":
        arrays["text"] = f"a {sentence} b".encode()
    elif place == "symbols":
        arrays["text"] = encode(f"a {sentence} b")
    elif place == "packed":
        arrays["phrases"] = b"a" + encode(sentence)
    else:
        first, label, word = build_trie([encode(sentence)])
        arrays |= {"first": first, "label": label, "word": word}
    out = tmp_path / "leaky.thaifix"
    write(out, header, arrays)
    assert shipped(out, [sentence, sentence[::-1]]) == [sentence]


# A language model that is taken over


def test_a_language_model_can_be_taken_over(material: Material, built: Path) -> None:
    """Then only what is learned from pairs is new; from the same pairs it is the same."""
    out = built.with_name("taken.thaifix")
    try:
        build(**material, out=out, language=built)
        assert out.read_bytes() == built.read_bytes()
    finally:
        out.unlink()


@pytest.mark.parametrize("left", [0, 1])
def test_articles_can_be_left_out(
    left: int, material: Material, built: Path, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    """One part of so many; neither confusions nor weights come from it."""
    seen: list[Any] = []

    def calibrate(model: Model, *data: Any) -> dict[str, Any]:
        seen.extend(data)
        return {}

    for part in (decision, terms, dirt):
        monkeypatch.setattr(part, "calibrate", calibrate)
    out = tmp_path / "fewer.thaifix"
    build(**material, out=out, language=built, leave_out=(left, 2))
    pages = [p for p in read_pairs(material["pairs"]) if part_of(p.article, 2) != left]
    assert 0 < len(pages) < 8
    assert seen == [pages, [PARAGRAPHS[7]], [PARAGRAPHS[7]], pages]
    taken = Model(out)
    assert taken.header["origin"]["pages"] == len(pages)
    assert [tuple(entry) for entry in taken.header["confusions"]] == confusions(pages)
    assert bytes(taken.array("pairs")) == bytes(Model(built).array("pairs"))


def test_nothing_is_left_of_a_build_that_failed(
    material: Material, built: Path, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    """And until its decisions are learned, a model changes nothing."""

    def fail(model: Model, pages: Any, clean: Any) -> dict[str, Any]:
        assert Corrector(model=model, profile="bold").correct("ที่ประซุม").edits == ()
        assert model.header["terms"] == {"weights": {}, "thresholds": dict.fromkeys(PROFILES, 1.0)}
        raise OSError("disk full")

    monkeypatch.setattr(decision, "calibrate", fail)
    with pytest.raises(OSError, match="disk full"):
        build(**material, out=tmp_path / "out", language=built)
    assert list(tmp_path.iterdir()) == []


def test_a_missing_language_model_is_an_error(material: Material, tmp_path: Path) -> None:
    with pytest.raises(ModelError, match="cannot read"):
        build(**material, out=tmp_path / "out", language=tmp_path / "none")
    assert list(tmp_path.iterdir()) == []


def test_pairs_that_are_none_are_an_error(material: Material, tmp_path: Path) -> None:
    (tmp_path / "pairs.jsonl").write_text("{}\n", "utf-8")
    pairs = tmp_path / "pairs.jsonl"
    with pytest.raises(TrainingError, match=r"pairs\.jsonl:1: no page"):
        build(text=material["text"], lexicons=material["lexicons"], pairs=pairs, out=tmp_path / "o")


def test_lexicons_without_a_manifest(
    material: Material, built: Path, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    table: dict[str, Any] = {"weights": {}, "thresholds": {}}
    monkeypatch.setattr(decision, "calibrate", lambda model, pages, clean: table)
    monkeypatch.setattr(terms, "calibrate", lambda model, clean: table)
    monkeypatch.setattr(dirt, "calibrate", lambda model, pages: table)
    out = tmp_path / "out"
    build(
        text=material["text"], pairs=material["pairs"], lexicons=tmp_path, out=out, language=built
    )
    assert Model(out).header["origin"]["lexicons"] == {}
