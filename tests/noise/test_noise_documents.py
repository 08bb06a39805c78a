"""Noise of whole texts: it can be undone, it repeats, and it is as much as was asked for."""

from __future__ import annotations

import json
import re
from dataclasses import replace
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rapidfuzz.distance import Levenshtein
from toy_engine import TOY, known_terms, silent

from thaifix.noise import NoiseError, NoiseSource, corrupt, documents
from thaifix.noise.draws import Draws
from thaifix.noise.engines import Engine, PageQuality, Style, names
from thaifix.noise.places import REASONS
from thaifix.noise.slips import Slips
from thaifix.text.edit import Correction, apply, invert
from thaifix.text.script import CONSONANTS, clusters
from thaifix.text.views import default

HERE = Path(__file__).parents[1]
CLEAN = HERE.parent / "corpora" / "clean"
CASES = json.loads((HERE / "cases" / "noise.json").read_text(encoding="utf-8"))
LETTERS = "กขคงจชซดตถทนบปผพฟมยรลวสหอ" + "ะาำเแโไใ" + "ิีึืุู่้๊์"
TEXTS = st.lists(
    st.one_of(
        st.text(st.sampled_from(LETTERS + "     \n๐๑๕1290aZ.,-()"), min_size=1, max_size=40),
        st.sampled_from(["\r\n", "\f", "\0", "\ufeff", "日本", "กระทรวงมหาดไทย", "\n\n"]),
        st.text(max_size=5),
    ),
    max_size=12,
).map("".join)
RATES = st.one_of(st.none(), st.floats(0, 0.3))
ENGINES = st.sampled_from(names())


def noisy(text: str, engine: str, rate: float | None, seed: int = 1) -> str:
    """What is read; a rate that the text is too short or too strange for is taken as it comes."""
    noise = NoiseSource(engine, rate=rate, seed=seed)
    return noise.document().correct(text).text


@cache
def plenty() -> str:
    """More than 100,000 code points of correct text, on pages of about 30 lines."""
    text = "\n".join(path.read_text("utf-8") for path in sorted(CLEAN.glob("*.txt")))
    spans = clusters(text.replace("\n", " "))
    lines = [text[a[0] : b[0]] for a, b in zip(spans[::60], spans[60::60], strict=False)]
    return "\n".join(lines * 2)[:110_000] + "\n"


@cache
def corrupted(engine: str, rate: float) -> Correction:
    """Plenty of text, read by an engine; read once for several tests."""
    return corrupt(plenty(), engine=engine, rate=rate)


def toy(folder: Path, engine: Engine, text: str, **options: Any) -> Correction:
    """Read a text by an engine made for a test."""
    profile = folder / f"{abs(hash(repr(engine)))}.json"
    engine.write(profile)
    return corrupt(text, engine=str(profile), **options)


@given(text=TEXTS, engine=ENGINES, rate=st.sampled_from([None, 0.0]), seed=st.integers(0, 99))
def test_edits_lead_there_and_back(text: str, engine: str, rate: float | None, seed: int) -> None:
    """The text stays the source; edits are sorted, do not overlap, and say what they are."""
    made = corrupt(text, engine=engine, rate=rate, seed=seed)
    assert made.source is text
    assert apply(text, made.edits) == made.text
    assert invert(made.text, made.edits) == text
    for edit in made.edits:
        assert edit.reason
        assert edit.observed != edit.replacement
        assert edit.observed == text[edit.start : edit.end]


@given(text=TEXTS, engine=ENGINES, rate=RATES, seed=st.integers(0, 9))
def test_equal_seeds_give_equal_noise(
    text: str, engine: str, rate: float | None, seed: int
) -> None:
    assert noisy(text, engine, rate, seed) == noisy(text, engine, rate, seed)


@pytest.mark.parametrize("engine", names())
def test_another_seed_gives_other_noise(engine: str) -> None:
    text = plenty()[:20_000]
    assert corrupt(text, engine=engine).text != corrupt(text, engine=engine, seed=2).text


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["why"])
def test_noise_is_the_same_on_every_machine(
    case: dict[str, Any], monkeypatch: pytest.MonkeyPatch
) -> None:
    """And in every version, unless somebody means to change it: then the cases change, too."""
    monkeypatch.setattr(documents, "shipped", lambda: known_terms(case["terms"]))
    made = corrupt(case["text"], engine=case["engine"], rate=case["rate"], seed=case["seed"])
    found = [[e.start, e.end, e.observed, e.replacement, e.reason] for e in made.edits]
    assert found == case["edits"]


@given(text=TEXTS, engine=ENGINES)
def test_rate_zero_is_the_same_text(text: str, engine: str) -> None:
    """Not even what an engine does throughout is done."""
    made = corrupt(text, engine=engine, rate=0.0)
    assert made.text is text
    assert made.edits == ()


@given(
    text=st.text(st.sampled_from("\0\r\v\x85\ud800\udcff日あ한😀ß"), max_size=50), engine=ENGINES
)
def test_what_no_engine_was_counted_on_stays(text: str, engine: str) -> None:
    """Controls, other scripts and bytes that are no characters are neither lost nor misread."""
    made = corrupt(text + "\n", engine=engine)
    touched = {e.observed for e in made.edits if e.reason not in ("lost_line", "repeated_line")}
    assert touched <= {""}


@given(st.integers(1, 30), ENGINES, st.floats(0.01, 0.3), st.integers(0, 99))
def test_lines_keep_their_order(count: int, engine: str, rate: float, seed: int) -> None:
    """Some are lost, some come twice in a row; those that are left stand as they stood."""
    marks = [chr(0x4E00 + number) for number in range(count)]  # which no engine misreads
    text = "".join(f"{mark}การประชุมครั้งที่ผ่านมา\n" for mark in marks)
    read = [letter for letter in noisy(text, engine, rate, seed) if letter in marks]
    assert read == sorted(read)


def test_documents_are_noised_alike_however_they_come() -> None:
    """A form feed begins a document; what went before it does not change how pages follow."""
    text = plenty()[:6_000]
    noise = NoiseSource("tesseract-tha", seed=3)
    apart = [noise.document().correct(part).text for part in (text + "\f", text)]
    assert corrupt(f"{text}\f{text}", seed=3).text == "".join(apart)
    assert apart[0].removesuffix("\f") != apart[1]


def test_a_byte_order_mark_is_no_text(tmp_path: Path) -> None:
    """It stays where it is, and what follows is read as without it."""
    made = toy(tmp_path, TOY, "\ufeffกขค")
    alone = toy(tmp_path, TOY, "กขค")
    assert made.text == "\ufeff" + alone.text
    assert [edit.start for edit in made.edits] == [edit.start + 1 for edit in alone.edits]


@pytest.mark.parametrize(
    ("engine", "rate", "within"),
    [
        ("tesseract-tha", 0.01, 0.1),
        ("tesseract-tha", 0.05, 0.1),
        ("tesseract-tha", 0.15, 0.1),
        ("tesseract-tha+eng", 0.05, 0.1),
        ("tesseract-script-thai", 0.05, 0.1),
        ("paddle", 0.05, 0.1),
        ("letter-spaced", 0.05, 0.1),
        ("letter-spaced", 0.3, 0.1),
        ("pdf-layer", 0.01, 0.1),
        ("pdf-layer", 0.05, 0.1),
        ("vlm", 0.01, 0.15),  # a dozen clauses and lines hold most of these errors
        ("vlm", 0.05, 0.1),
        ("vlm", 0.15, 0.1),
    ],
)
def test_the_rate_is_met(engine: str, rate: float, within: float) -> None:
    """Over 100,000 code points, as the default view counts errors."""
    text = plenty()
    assert len(text) > 100_000
    reference = default(text)
    hint = int(1.2 * rate * len(reference))  # for speed only
    made = default(corrupted(engine, rate).text)
    measured = Levenshtein.distance(reference, made, score_hint=hint) / len(reference)
    assert measured == pytest.approx(rate, rel=within)


def test_errors_come_in_bursts() -> None:
    """Evenly spread, 5 % of errors would leave 0.95 ** 62, 4 % of the lines, without any."""
    text = plenty()
    made = corrupted("tesseract-tha", 0.05)
    wrong = {text.count("\n", 0, e.start) for e in made.edits if e.replacement.strip("\n ํ")}
    assert len(wrong) < 0.75 * text.count("\n")


@pytest.mark.parametrize(
    ("engine", "reasons"),
    [
        (
            "tesseract-tha",
            {"confusion", "space", "margin", "blank_line", "phantom_line"},
        ),
        (
            "vlm",
            {"confusion", "space", "foreign_letter", "substitution", "repeated_clause"}
            | {"lost_line", "repeated_line"},
        ),
        ("paddle", {"confusion", "space", "lost_line"}),
        ("letter-spaced", {"letter_space", "parted_am"}),
    ],
)
def test_kinds_of_noise(engine: str, reasons: set[str]) -> None:
    assert {edit.reason for edit in corrupted(engine, 0.05).edits} == reasons


def bare(text: str) -> str:
    """What is left of a text without spaces and nikhahit: sara am is sara aa."""
    return re.sub("[ \u0e4d]", "", text).replace("\u0e33", "\u0e32")


@given(text=TEXTS, rate=RATES, seed=st.integers(0, 99))
def test_letters_set_apart_are_all_there(text: str, rate: float | None, seed: int) -> None:
    """Take the spaces out, and put sara am together, and the letters are those of the source."""
    assert bare(noisy(text, "letter-spaced", rate, seed)) == bare(text)


def test_letters_are_set_apart_as_they_were_measured() -> None:
    """Of a page with the spacing of Tesseract's models."""
    text = plenty()[:20_000]
    made = corrupt(text, engine="letter-spaced")
    assert not any(edit.reason == "space" for edit in made.edits)  # that other style
    between = [at for at in range(1, len(text)) if consonants(text[at - 1 : at + 1])]
    spaced = {edit.start for edit in made.edits if edit.reason == "letter_space"}
    assert sum(at in spaced for at in between) / len(between) == pytest.approx(0.965, abs=0.01)


def consonants(text: str) -> bool:
    return all(letter in CONSONANTS for letter in text)


def test_a_document_has_one_style() -> None:
    """What happens to it is what its style can do, and nothing else; no style is left out."""
    text = plenty()[:3_000]
    noise, again = NoiseSource("pdf-layer"), NoiseSource("pdf-layer")
    assert again.styles
    reasons: dict[str, set[str]] = {style.name: set() for style in noise.engine.styles}
    for _ in range(60):
        style = again.styles.draw()
        possible = Slips(style, Draws("unused")).survey(text).slips
        can_be = {(start, end, new) for start, end, found in possible for _, new in found}
        edits = noise.document().correct(text).edits
        assert {(edit.start, edit.end, edit.replacement) for edit in edits} <= can_be
        reasons[style.name] |= {edit.reason for edit in edits}
    for style in noise.engine.styles:
        assert reasons[style.name] == {REASONS[kind] for kind in style.shares}


def test_documents_have_the_styles_in_turn(tmp_path: Path) -> None:
    """As often as the profile says, and none has two."""
    styles = (
        Style("twice", 2, {"am_doubled": 1.0}),
        Style("never", 1, {}),
        Style("apart", 1, {"am_joined": 1.0}),
    )
    made = toy(tmp_path, silent(styles=styles), "ทำนำ\f" * 40)
    documents_read = made.text.split("\f")[:-1]
    assert set(documents_read) == {"ทำานำา", "ทำนำ", "ทํานํา"}
    assert documents_read.count("ทำานำา") == pytest.approx(20, abs=1)
    assert documents_read.count("ทำนำ") == pytest.approx(10, abs=1)


def test_slips_and_misread_letters_go_together(tmp_path: Path) -> None:
    """Every ก is misread, and between letters stands a space."""
    engine = replace(TOY, styles=(Style("apart", 1, {"gap": 1.0}),))
    assert toy(tmp_path, engine, "กขกก").text == "ถ ขถ ถ"


def test_a_style_can_reach_the_rate(tmp_path: Path) -> None:
    """Those that cannot are left out if a rate is asked for."""
    styles = Style("apart", 1, {"gap": 0.5}), Style("nothing", 5, {"am_doubled": 1.0})
    page = "กนม" * 20
    for rate, unchanged in (None, {24, 25, 26}), (0.2, {0}):
        made = toy(tmp_path, silent(styles=styles), f"{page}\f" * 30, rate=rate)
        assert made.text.split("\f").count(page) in unchanged


def test_no_style_can_reach_the_rate() -> None:
    with pytest.raises(NoiseError, match=r"pdf-layer can bring this text to 0\.000"):
        corrupt("๑๒๓ " * 500, engine="pdf-layer", rate=0.01)


def test_a_toy_engine(tmp_path: Path) -> None:
    """Every ก is misread and half of the ค get a mark, whatever else the text has."""
    made = toy(tmp_path, TOY, "กขค กขค\r\nกขค" * 20)
    assert made.text.count("ก") <= 1
    assert made.text.count("ข") == 60
    assert 15 <= made.text.count("ค้") <= 45
    assert {edit.reason for edit in made.edits} == {"confusion"}
    assert [(e.start, e.replacement) for e in made.edits[:4]] == [
        (0, "ถ"), (3, "้"), (4, "ถ"), (7, "้"),
    ]  # fmt: skip  # drawn on every machine


def test_margins_stand_before_the_line_end(tmp_path: Path) -> None:
    """With as many spaces as the profile says."""
    engine = silent(pages=(PageQuality(1.0, 0.0, 0.9),))
    lines = toy(tmp_path, engine, "ก\r\n" * 50).text.splitlines()
    assert set(lines) == {"ก", "ก-   "}


def lines_misread(made: Correction) -> str:
    """Write 1 for each line of the source in which something was misread, else 0."""
    text = made.source
    wrong = {text.count("\n", 0, edit.start) for edit in made.edits}
    return "".join(str(int(number in wrong)) for number in range(text.count("\n")))


def test_pages_are_as_long_as_those_that_were_counted(tmp_path: Path) -> None:
    """On one of two pages nothing is misread, on the other everything.

    A page of ten code points has room for three lines of three. The line that does not fit begins
    a page and is not counted, so that further pages have four.
    """
    pages = PageQuality(0.0, 0.0, 0.0), PageQuality(1e6, 0.0, 0.0)
    made = lines_misread(toy(tmp_path, replace(TOY, pages=pages, page_length=10), "กก\n" * 31))
    blocks = [made[:3], *(made[at : at + 4] for at in range(3, 31, 4))]
    assert {len(set(block)) for block in blocks} == {1}
    assert sum(int(block[0]) for block in blocks) == len(blocks) / 2


def test_every_document_begins_a_page(tmp_path: Path) -> None:
    """Of two documents of a line each, one is on the bad page."""
    pages = PageQuality(0.0, 0.0, 0.0), PageQuality(1e6, 0.0, 0.0)
    made = toy(tmp_path, replace(TOY, pages=pages), "กก\n\fกก\n")
    assert sorted(lines_misread(made)) == ["0", "1"]


def test_rows_of_a_page_differ(tmp_path: Path) -> None:
    """Half of them are misread in whole, the others not at all; long lines have several rows."""
    engine = replace(TOY, line=(0.0, 1e6))
    assert lines_misread(toy(tmp_path, engine, "กก\n" * 100)).count("1") == pytest.approx(50, abs=2)
    made = toy(tmp_path, engine, "ก" * 800)
    places = {edit.start // 80 for edit in made.edits}
    assert len(made.edits) == 80 * len(places)
    assert len(places) == pytest.approx(5, abs=1)


def test_lines_are_lost_in_whole(tmp_path: Path) -> None:
    """With their ends; what is lost is not misread as well."""
    made = toy(tmp_path, replace(TOY, lines={"lost_line": 0.5}, longest_lost=9), "กก\n" * 100)
    lost = [edit for edit in made.edits if edit.reason == "lost_line"]
    assert len(lost) == pytest.approx(50, abs=1)
    assert {(edit.observed, edit.replacement) for edit in lost} == {("กก\n", "")}
    assert len(made.edits) - len(lost) == 2 * (100 - len(lost))


def test_terms_reach_over_rows(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A term that a row divides is misread in whole, and letters behind it for themselves."""
    term = "กรมทางหลวงชนบท"
    terms = known_terms([["กรม", "ทาง", "หลวง", "ชนบท"]])
    monkeypatch.setattr(terms, "misread", lambda term, draws: (3, 10, "ไทย"))
    monkeypatch.setattr(documents, "shipped", lambda: terms)
    engine = replace(TOY, fluent={"substitution": 0.9}, lines={"lost_line": 0.4}, longest_lost=200)
    text = f"{'ข' * 74}{term}{'ข' * 90}\n" * 40  # the first row ends before หลวง
    made = toy(tmp_path, engine, text)
    assert invert(made.text, made.edits) == text
    lost = [edit for edit in made.edits if edit.reason == "lost_line"]
    substituted = [edit for edit in made.edits if edit.reason == "substitution"]
    assert {edit.observed for edit in substituted} == {"ทางหลวง"}
    assert {edit.start % 179 for edit in substituted} == {77}
    assert {(edit.start % 179, (edit.end - 1) % 179) for edit in lost} == {(0, 79), (80, 178)}
    lines = [{edit.start // 179 for edit in edits} for edits in (lost, substituted)]
    assert lines[0].isdisjoint(lines[1])  # what a term has reached into is not lost


def test_what_is_asked_of_an_engine_stands_in_its_stamp() -> None:
    """Which the log holds."""
    assert NoiseSource("vlm", rate=0.05, seed=2).stamp == "vlm 0.05 seed 2"
    assert NoiseSource("tesseract-tha").stamp == "tesseract-tha own rate seed 1"


def test_only_fluent_engines_need_terms(monkeypatch: pytest.MonkeyPatch) -> None:
    """To load them takes time."""
    monkeypatch.setattr(documents, "shipped", lambda: pytest.fail("loaded"))
    assert NoiseSource("tesseract-tha").terms is None


@pytest.mark.parametrize("rate", [-0.01, 0.51, float("nan")])
def test_a_rate_out_of_range(rate: float) -> None:
    with pytest.raises(NoiseError, match="is not from 0 to"):
        corrupt("ก", rate=rate)


def test_a_rate_out_of_reach() -> None:
    with pytest.raises(NoiseError, match=r"tesseract-tha can bring this text to 0\.0"):
        corrupt("日本語" * 1000, rate=0.1)
