"""Profiles counted on pages: what was misread, in the margins, in lines, and how unevenly."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from thaifix.noise import measure as module
from thaifix.noise.engines import Margin, load
from thaifix.noise.faults import faults
from thaifix.noise.letters import Letters, errors
from thaifix.noise.measure import add_digits, measure

CORPORA = Path(__file__).parents[2] / "corpora"
NIKHAHIT_AA, AM = "\u0e4d\u0e32", "\u0e33"
LINE = "กขคงจ ฉชซญฐ"
PAGE = f"{LINE}\n" * 8 + LINE


def read(*replacements: tuple[int, str, str], page: str = PAGE) -> str:
    """A page with some strings replaced, each in one line."""
    lines = page.split("\n")
    for number, intended, observed in replacements:
        assert intended in lines[number]
        lines[number] = lines[number].replace(intended, observed)
    return "\n".join(lines)


def test_letters_by_hand() -> None:
    """What is misread as a whole three times is counted so, all else letter by letter."""
    observed = read(
        *((number, "ขค", "xyz") for number in (0, 2, 4)),
        *((number, "งจ", "pq") for number in (1, 3)),
        (5, "ฉ", "g"),
        (6, "ฉ", ""),
        (7, "ญฐ", "y"),
        (8, "ก", "กขhi"),
    )
    engine = measure("own", "made up", [(observed, PAGE)])
    assert engine.letters == {
        "ก": {},
        "ขค": {"xyz": 3},
        "ง": {"p": 2},
        "จ": {"q": 2},
        "ฉ": {"": 1, "g": 1},
        "ญ": {"y": 1},
        "ฐ": {"": 1},
    } | {"ก": engine.letters.get("ก", {})}
    assert engine.seen == dict.fromkeys(sorted({*LINE, "ขค"}), 9)
    assert (engine.name, engine.origin) == ("own", "made up")
    assert engine.page_length == len(PAGE)
    assert engine.lines == {}
    assert engine.fluent == {}
    assert engine.longest_lost == 0


@pytest.mark.parametrize(
    ("intended", "observed", "letters"),
    [
        pytest.param("ขคง", "x", {"ข": {"x": 1}, "ค": {"": 1}, "ง": {"": 1}}, id="lost behind"),
        pytest.param("ข", "xyzw", {"ข": {"w": 1}}, id="what comes in first is left out"),
        pytest.param("ขคงจ", "xyzw", {"ข": {"x": 1}, "ค": {"y": 1}, "ง": {"z": 1}, "จ": {"w": 1}},
                     id="face each other"),
        pytest.param("", "x", {"ก": {"กx": 1}}, id="put in behind a letter"),
        pytest.param("", "xy", {"ก": {"กx": 1, "กy": 1}}, id="two put in"),
        pytest.param("ข", "", {"ข": {"": 1}}, id="lost"),
    ],
)  # fmt: skip
def test_long_misreadings_are_taken_apart(
    intended: str, observed: str, letters: dict[str, dict[str, int]]
) -> None:
    """Once each: too seldom to be counted as a whole."""
    pages = [(f"กก{observed}ฉ", f"กก{intended}ฉ")]
    assert measure("own", "", pages).letters == letters


@pytest.mark.parametrize(
    ("intended", "observed", "whole"),
    [("ข", "xyz", True), ("ขค", "xyz", True), ("ข", "xyzw", False), ("ขคง", "x", False)],
)
def test_what_is_counted_as_a_whole(intended: str, observed: str, whole: bool) -> None:
    """Up to two letters read as up to three, three times."""
    for times in 2, 3:
        lines = [f"ก{intended}ฉ"] * times
        pages = [("\n".join(lines).replace(intended, observed), "\n".join(lines))]
        engine = measure("own", "", pages)
        assert (engine.letters.get(intended) == {observed: times}) == (whole and times == 3)


def test_sara_am_in_two_parts_is_a_habit() -> None:
    """Of an engine that prints most of them so; the few that are misread are none."""
    intended = f"น{AM}ก{AM}\n" * 10
    observed = intended.replace(AM, NIKHAHIT_AA, 17).replace(AM, "า", 2)
    engine = measure("own", "", [(observed, intended)])
    assert engine.letters == {AM: {"า": 2, NIKHAHIT_AA: 18}}
    assert engine.seen[AM] == 20
    whole = measure("own", "", [(intended.replace(AM, "า", 2), intended)])
    assert whole.letters == {AM: {"า": 2}}


def test_sara_am_within_a_misreading_is_written_in_two_parts() -> None:
    intended = f"น{AM}\n" * 5 + "กข\n" * 3
    observed = intended.replace(AM, NIKHAHIT_AA).replace("ก", f"ก{NIKHAHIT_AA}")
    engine = measure("own", "", [(observed, intended)])
    assert engine.letters == {AM: {NIKHAHIT_AA: 5}, "ก": {f"ก{NIKHAHIT_AA}": 3}}


def test_lines_and_margins_by_hand() -> None:
    """Of 20 lines on two pages: one lost, two out of nothing, one blank; three have a margin."""
    letters = ("กขคงจฉ", "ชซฌญฎฏ", "ฐฑฒณดต", "ถทธนบป", "ผฝพฟภม", "ยรลวศษ", "สหฬอฮะ", "าเแโใไ")
    lines = [*letters, "123456", "๑๒๓๔๕๖"]
    intended = "\n".join(lines)
    worse = f"""| {lines[0]}
{lines[1]}  - .
-x-
{lines[2]}
{lines[3]}
{lines[5]}
{lines[6]}
{lines[7]}

{lines[8]} .
..
{lines[9]}"""
    better = intended.replace("ก", "x", 1)
    engine = measure("own", "", [(worse, intended), (better, intended)])
    assert engine.lines == {"lost_line": 0.05, "phantom_line": 0.1, "blank_line": 0.05}
    assert engine.longest_lost == len(lines[4])
    assert engine.before == Margin({"| ": 1}, (1.0,))
    assert engine.after == Margin({" - .": 1, " .": 1}, (1.0, 1.0, 2.0))
    assert [page[1:] for page in engine.pages] == [(0.1, 0.2), (0.0, 0.0)]
    assert [page.factor > 0 for page in engine.pages] == [False, True]
    errors_of_page = len("| ") + len(" - .") + len("-x-\n") + len(" .") + len("..\n")
    total = errors_of_page + len(lines[4]) + 1 + 1
    assert engine.rate == round(total / (2 * len(intended)), 5)


def test_of_many_pages_some_are_kept(monkeypatch: pytest.MonkeyPatch) -> None:
    """Every third of five: from the best on."""
    pages = [(read(*((n, "ก", "x") for n in range(wrong))), PAGE) for wrong in (4, 2, 0, 1, 3)]
    everything = measure("own", "", pages).pages
    assert len(everything) == 5
    assert everything[0].factor == 0
    monkeypatch.setattr(module, "MOST_PAGES_IN_PROFILE", 2)
    assert measure("own", "", pages).pages == (everything[0], everything[3])
    assert list(everything) == sorted(everything)


def test_factors_of_pages_give_the_errors_that_were_counted() -> None:
    """With the factors of lines and the garbled share of the same profile."""
    pages = [(read(*((n, "ก", "x") for n in range(wrong))), PAGE) for wrong in (8, 4, 1)]
    pages += [(read((0, "ฉ", "y"), (0, "ชซ", "zw"), (1, "ญ", "")), PAGE)]
    engine = measure("own", "", pages)
    letters = Letters(engine.seen, engine.letters)
    expected = sorted(
        letters.expected(
            letters.misreadable(PAGE), [page.factor * f for f in engine.line], engine.garbled
        )
        for page in engine.pages
    )
    assert expected == pytest.approx([1, 4, 4, 8], rel=0.01)


def test_thai_digits_of_other_pages_are_added() -> None:
    """And nothing else of those pages; the other letters keep what was counted."""
    one = measure("one", "these", [(read((0, "ก", "x")), PAGE)])
    pages = [("๑๒๒ g", "๑๒๖ ก"), ("๑๒๖ ก", "๑๒๖ ก")]
    both = add_digits(one, measure("two", "those", pages))
    assert both.origin == "these; Thai digits also on those"
    assert {key: n for key, n in both.seen.items() if key not in one.seen} == {
        "๑": 2,
        "๒": 2,
        "๖": 2,
    }
    assert both.letters == dict(one.letters) | {"๖": {"๒": 1}}
    again = add_digits(both, measure("two", "those", pages))
    assert (again.seen["๖"], again.letters["๖"]) == (4, {"๒": 2})


def test_the_profile_of_a_split_is_counted_again() -> None:
    """As it comes with thaifix, from the pages that its origin names: to the last digit."""
    shipped = load("tesseract-script-thai")
    lines = (CORPORA / "official-letters" / "train.jsonl").read_text("utf-8").splitlines()
    pages = [page for page in map(json.loads, lines) if page["engine"] == "script/Thai"]
    counted = measure(shipped.name, shipped.origin, [(p["ocr"], p["gold"]) for p in pages])
    assert counted == shipped


def test_a_profile_of_pages(pages: list[dict[str, Any]], tmp_path: Path) -> None:
    """Tesseract prints no sara am; written and read again the profile is the same."""
    read = [(page["ocr"], page["gold"]) for page in pages if page["engine"] == "tha"][:6]
    engine = measure("own", "pages of tests", read)
    assert engine.letters[AM][NIKHAHIT_AA] > 0.8 * engine.seen[AM]
    assert 0.01 < engine.rate < 0.1
    assert len(engine.pages) == len(read)
    assert sum(engine.line) / len(engine.line) == pytest.approx(1, abs=0.05)
    engine.write(tmp_path / "own.json")
    assert load(str(tmp_path / "own.json")) == engine
    wrong = [fault for fault in faults(read[0][1], read[0][0]) if fault.kind == "letters"]
    assert sum(errors(fault.intended, fault.observed) for fault in wrong) > 0


@pytest.mark.parametrize("pages", [[], [("กขค", "กขค")], [("", "")], [("\n", " ")]])
def test_pages_without_errors(pages: list[tuple[str, str]]) -> None:
    with pytest.raises(ValueError, match=r"no errors to count\. Give pages"):
        measure("own", "", pages)
