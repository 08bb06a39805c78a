"""In tables, formulas, code, subtitles and lists nothing is flagged that was written so."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from thaifix.correct.flags import find_flags
from thaifix.correct.flags.markup import in_address, markup_spans
from thaifix.text.protect import protected_spans

CASES = json.loads(
    (Path(__file__).parents[2] / "cases" / "markup.json").read_text(encoding="utf-8")
)


@pytest.mark.parametrize("case", CASES, ids=[case["why"] for case in CASES])
def test_nothing_is_flagged(case: dict[str, str]) -> None:
    text = case["text"]
    assert find_flags(text, [], protected_spans(text)) == []
    assert find_flags(text, [], []) == [] or "`" in text or "<" in text


def test_nothing_is_flagged_in_all_of_them_together() -> None:
    text = "\n\n".join(case["text"] for case in CASES if "\\begin" not in case["text"])
    found = find_flags(text, [], protected_spans(text))
    assert [text[f.start : f.end] for f in found if f.reason != "lost_text"] == []


@pytest.mark.parametrize("line", ["- . , '", "' ` . ,", "« - ' .", "า . , '", "\u2018 \u201d , -"])
def test_dirt_is_flagged_among_markup(line: str) -> None:
    text = f"| ๑ | ก |\n|---|---|\n\n{line}\n\n๑. ก\n$x^2$"
    found = [(f.reason, text[f.start : f.end]) for f in find_flags(text, [], protected_spans(text))]
    assert found == [("margin_noise", line)]


@pytest.mark.parametrize("line", ["- .", "- . -", "| . , '", "* ~ *", ". . .", "- , -"])
def test_two_kinds_of_specks_are_an_ornament(line: str) -> None:
    assert find_flags(f"ก\n{line}\nข", [], []) == []


@pytest.mark.parametrize("word", ["«^»", "36«", "«|0%«", ".-«", "^|~", "a^|", "}{|", "©¢§"])
def test_strings_of_signs_are_flagged(word: str) -> None:
    text = f"คำว่า {word} คือ"
    assert [f.reason for f in find_flags(text, [], [])] == ["latin_misread"]


@pytest.mark.parametrize(
    "word",
    [
        "x^2",
        "[^1]:",
        "25~30",
        "^_^",
        "T^T",
        "¥100",
        "§5",
        "«bonjour»",
        "{1,",
        "\\d{2}",
        "ok~~",
        "1\\.",
        "©2567",
    ],
)
def test_signs_that_are_written_so_are_not(word: str) -> None:
    assert find_flags(f"คำว่า {word} คือ", [], []) == []


@pytest.mark.parametrize(
    ("text", "inside"),
    [
        ("$ก = @$", True),
        ("$5 ก @ $6", False),
        ("$$ @ $$", True),
        ("\\( @ \\) \\[ ก \\]", True),
        ("\\frac{ก}{@}", True),
        ("\\frac{ก}{{@}}", True),
        ("\\begin{array}\n@\n\\end{array}", True),
        ("\\begin{array}\n@", False),
        ("`@`", True),
        ("`ก` @ `ข`", False),
        ("`ก\n@`", False),
        ("<a ก='@'>", True),
        ("1 < @", False),
        ("{\\pos(@)}", True),
        ("ก //b/@", True),
        ("ก //b/ @", False),
        ("C:\\@", True),
        ("00:01 --> @", True),
        ("00:01 -->\n@", False),
        ("ก" * 1990 + " `@`", True),
    ],
)
def test_where_markup_ends(text: str, inside: bool) -> None:
    at = text.index("@")
    text = text.replace("@", "ฆ")
    spans = markup_spans(text)
    assert spans == sorted(spans)
    found = any(start <= at < end for start, end in spans) or in_address(text, at, at + 1)
    assert found is inside
