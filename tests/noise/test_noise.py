"""Noise made on purpose: it can be undone, it repeats, and it is as much as was asked for."""

from __future__ import annotations

from dataclasses import replace
from functools import cache
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rapidfuzz.distance import Levenshtein

from thaifix.noise import NoiseError, NoiseSource, corrupt
from thaifix.noise.engines import Engine, Margin, PageQuality, names
from thaifix.text.edit import apply, invert
from thaifix.text.script import clusters
from thaifix.text.views import default

CORPORA = Path(__file__).parents[2] / "corpora"
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
TOY = Engine(
    name="toy",
    origin="made up",
    rate=0.1,
    page_length=1000,
    seen=dict.fromkeys("กขค ", 1_000_000),
    letters={"ก": {"ถ": 1_000_000}, "ค": {"ค้": 500_000}},
    pages=(PageQuality(1.0, 0.0, 0.0),),
    line=(1.0,),
    garbled=0.0,
    before=Margin({}, (1.0,)),
    after=Margin({"- ": 1}, (3.0,)),
    lines={},
    longest_lost=0,
    fluent={},
)


def noisy(text: str, engine: str, rate: float | None, seed: int = 1) -> str:
    """What is read; a rate that the text is too short or too strange for is taken as it comes."""
    noise = NoiseSource(engine, rate=rate, seed=seed)
    return noise.document().correct(text).text


@cache
def plenty() -> str:
    """More than 100,000 code points of correct text, on pages of about 30 lines."""
    files = sorted(CORPORA.glob("clean/*.txt"))
    text = "\n".join(path.read_text("utf-8") for path in files)
    spans = clusters(text.replace("\n", " "))
    lines = [text[a[0] : b[0]] for a, b in zip(spans[::60], spans[60::60], strict=False)]
    return "\n".join(lines * 2)[:110_000] + "\n"


@given(text=TEXTS, engine=ENGINES, rate=st.sampled_from([None, 0.0]), seed=st.integers(0, 99))
def test_edits_lead_there_and_back(text: str, engine: str, rate: float | None, seed: int) -> None:
    """The edits are sorted, do not overlap, and each says what it is."""
    made = corrupt(text, engine=engine, rate=rate, seed=seed)
    assert made.source == text
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


def test_documents_are_noised_alike_however_they_come() -> None:
    """A form feed begins a document; what went before it does not change how pages follow."""
    text = plenty()[:6_000]
    noise = NoiseSource("tesseract-tha", seed=3)
    apart = [noise.document().correct(part).text for part in (text + "\f", text)]
    assert corrupt(f"{text}\f{text}", seed=3).text == "".join(apart)
    assert apart[0].removesuffix("\f") != apart[1]


@pytest.mark.parametrize(
    ("engine", "rate", "within"),
    [
        ("tesseract-tha", 0.01, 0.1),
        ("tesseract-tha", 0.05, 0.1),
        ("tesseract-tha", 0.15, 0.1),
        ("tesseract-tha+eng", 0.05, 0.1),
        ("tesseract-script-thai", 0.05, 0.1),
        ("vlm", 0.01, 0.15),  # a dozen clauses and lines hold most of these errors
        ("vlm", 0.05, 0.1),
        ("vlm", 0.15, 0.1),
    ],
)
def test_the_rate_is_met(engine: str, rate: float, within: float) -> None:
    """Over 100,000 code points, as the default view counts errors."""
    text = plenty()
    assert len(text) > 100_000
    made = corrupt(text, engine=engine, rate=rate).text
    measured = Levenshtein.distance(default(text), default(made)) / len(default(text))
    assert measured == pytest.approx(rate, rel=within)


def test_errors_come_in_bursts() -> None:
    """Evenly spread, 3 % of errors would leave (1 - 0.03) ** 62, 15 % of the lines, without any."""
    text = plenty()
    made = corrupt(text, rate=0.03)
    wrong = {text.count("\n", 0, e.start) for e in made.edits if e.replacement.strip("\n ํ")}
    assert len(wrong) < 0.7 * text.count("\n")


@pytest.mark.parametrize(
    ("engine", "reasons"),
    [
        ("tesseract-tha", {"confusion", "space", "margin", "blank_line"}),
        (
            "vlm",
            {"confusion", "space", "foreign_letter", "substitution", "repeated_clause"}
            | {"lost_line", "repeated_line"},
        ),
    ],
)
def test_kinds_of_noise(engine: str, reasons: set[str]) -> None:
    made = corrupt(plenty(), engine=engine, rate=0.05)
    assert reasons <= {edit.reason for edit in made.edits}


def test_a_term_is_misread_as_the_same_words_again() -> None:
    """As an engine does that knows another term better."""
    text = "เสนอสำนักงานคณะกรรมการกฤษฎีกา\nแล้วให้ทราบ\n" * 40
    made = corrupt(text, engine="vlm", rate=0.05)
    words = [e.replacement for e in made.edits if e.reason == "substitution"]
    assert len(words) > 10
    assert len(set(words)) == 1


def test_a_toy_engine(tmp_path: Path) -> None:
    """Every ก is misread and half of the ค get a mark, whatever else the text has."""
    profile = tmp_path / "toy.json"
    TOY.write(profile)
    made = corrupt("กขค กขค\r\nกขค" * 20, engine=str(profile))
    assert made.text.count("ก") <= 1
    assert made.text.count("ข") == 60
    assert 15 <= made.text.count("ค้") <= 45
    assert {edit.reason for edit in made.edits} == {"confusion"}
    assert [(e.start, e.replacement) for e in made.edits[:4]] == [
        (0, "ถ"), (3, "้"), (4, "ถ"), (7, "้"),
    ]  # fmt: skip  # drawn on every machine


def test_margins_stand_before_the_line_end(tmp_path: Path) -> None:
    """With as many spaces as the profile says."""
    profile = tmp_path / "toy.json"
    replace(TOY, letters={}, pages=(PageQuality(1.0, 0.0, 0.9),)).write(profile)
    lines = corrupt("ก\r\n" * 50, engine=str(profile)).text.splitlines()
    assert set(lines) == {"ก", "ก-   "}


@pytest.mark.parametrize("rate", [-0.01, 0.51, float("nan")])
def test_a_rate_out_of_range(rate: float) -> None:
    with pytest.raises(NoiseError, match="is not from 0 to"):
        corrupt("ก", rate=rate)


def test_a_rate_out_of_reach() -> None:
    with pytest.raises(NoiseError, match="can bring this text to 0\\.0"):
        corrupt("日本語" * 1000, rate=0.1)
