"""Planted damage: what text layers and engines break for certain comes back, and does no harm."""

from __future__ import annotations

import random
import re
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path

import pytest

from thaifix import Corrector
from thaifix.text.script import CONSONANTS, LETTERS, MARKS, OLD_GLYPHS, SARA_AA, SARA_AM, TONE_MARKS

CLEAN = Path(__file__).parents[2] / "corpora" / "clean"
SENTENCES = 100  # of each kind: together some seconds
LEAST_MENDED = 0.85
MOST_WRONG = {"strict": 0.01, "normal": 0.02}
FEWEST, MOST = 20, 120  # code points of a sentence

_PRIVATE = {read: chr(glyph) for glyph, read in OLD_GLYPHS.items() if read in TONE_MARKS}
_SPELLING = "".join(mark for mark in MARKS if mark not in "\u0e3a\u0e4d\u0e4e")

KINDS: Mapping[str, tuple[str, Callable[[re.Match[str]], str]]] = {
    "doubled tone mark": (f"[{TONE_MARKS}](?={SARA_AA})", lambda m: m[0] * 2),
    "space before a mark": (
        f"(?<=[{CONSONANTS}])[{_SPELLING}]{{1,2}}(?![{MARKS}])",
        lambda m: f" {m[0]}",
    ),
    "sara am as space and aa": (f"(?<=[{CONSONANTS}]){SARA_AM}", lambda m: f" {SARA_AA}"),
    "sara am as aa and ring": (f"(?<=[{CONSONANTS}]){SARA_AM}", lambda m: f"{SARA_AA}\u0e4d"),
    "mark one letter right": (
        f"(?<=[{CONSONANTS}])([{TONE_MARKS}])([{CONSONANTS}])(?![{MARKS}{SARA_AM}])",
        lambda m: m[2] + m[1],
    ),
    "tone mark as private-use glyph": (f"[{TONE_MARKS}]", lambda m: _PRIVATE[m[0]]),
}


def sentences() -> Iterator[str]:
    """Stretches between the spaces of all clean texts that are nothing but Thai letters."""
    for path in sorted(CLEAN.glob("*.txt")):
        for stretch in path.read_text("utf-8").split():
            if FEWEST <= len(stretch) <= MOST and re.fullmatch(f"[{LETTERS}]+", stretch):
                yield stretch


def planted(pattern: str, damage: Callable[[re.Match[str]], str]) -> list[tuple[str, str]]:
    """Sentences with one fault each, and as they were; the same ones every time."""
    rng = random.Random(pattern)
    pairs = []
    for sentence in rng.sample(found := list(sentences()), len(found)):
        places = list(re.finditer(pattern, sentence))
        if places:
            place = rng.choice(places)
            broken = sentence[: place.start()] + damage(place) + sentence[place.end() :]
            pairs.append((broken, sentence))
        if len(pairs) == SENTENCES:
            break
    return pairs


@pytest.mark.parametrize("kind", KINDS)
def test_planted_damage_comes_back(profiles: Mapping[str, Corrector], kind: str) -> None:
    """Nearly always; in its place hardly ever stands something else, and in strict even less."""
    pairs = planted(*KINDS[kind])
    assert len(pairs) == SENTENCES
    for profile, most in MOST_WRONG.items():
        read = [(profiles[profile].correct(broken).text, broken, true) for broken, true in pairs]
        wrong = [text for text, broken, true in read if text not in (broken, true)]
        assert len(wrong) <= most * SENTENCES, wrong
        if profile == "normal":
            mended = sum(text == true for text, _, true in read)
            assert mended >= LEAST_MENDED * SENTENCES


def test_what_cannot_be_read_is_flagged(profiles: Mapping[str, Corrector]) -> None:
    """A letter that is lost stays lost."""
    pairs = planted(f"(?<=[{LETTERS}])[{CONSONANTS}](?=[{LETTERS}])", lambda m: "\ufffd")
    assert len(pairs) == SENTENCES
    for broken, _ in pairs:
        for corrector in profiles.values():
            correction = corrector.correct(broken)
            assert correction.text == broken
            flags = [f for f in correction.flags if f.reason == "broken_cluster"]
            assert any(broken[f.start : f.end] == "\ufffd" for f in flags)
