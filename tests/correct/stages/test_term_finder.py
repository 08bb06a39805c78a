"""Finding terms: each bound from both sides, with words whose costs are known."""

from __future__ import annotations

from array import array
from collections.abc import Mapping
from typing import cast

import pytest
from scanning import Words

from thaifix.correct.stages.term_features import Candidate
from thaifix.correct.stages.term_finder import TermFinder
from thaifix.kernel.decoder import Decoder
from thaifix.kernel.symbols import encode
from thaifix.lexicon.entries import Entry
from thaifix.model import phrases

LETTERS = "กขคงจชซดตทนบปพฟมยรลวหอถผฝสศธภญณฐฮฬ"
CHEAP = 0.5


def finder(costs: Mapping[str, float], *terms: str) -> TermFinder:
    decoder = cast("Decoder", Words(costs))
    scanned = phrases.scan([Entry(term, f"te-{i}") for i, term in enumerate(terms)], decoder)
    return TermFinder(scanned, decoder, decoder, array("I", [0] * len(costs)))


def found(terms: TermFinder, text: str) -> list[Candidate]:
    symbols = encode(text)
    return terms.candidates(text, symbols, terms.scan(symbols), terms.index.strings.find(symbols))


def gaps(
    observed: tuple[str, float],
    intended: tuple[str, float],
    before: int,
    after: int,
    *,
    missing: str = "",
) -> list[tuple[str, str]]:
    """What is found of a term with so many letters around a word, where another word stands.

    Args:
        observed, intended: The words, with what they cost.
        before, after: Letters of the term; each side is one cheap word.
        missing: A word more of the term, at its end, that the text has not.
    """
    left, right = (LETTERS[8:] * 3)[:before], (LETTERS[8:][::-1] * 3)[:after]
    costs = dict([observed, intended])
    costs |= {word: CHEAP for word in (left, right, missing, "ฬฬ") if word}
    terms = finder({w: c for w, c in costs.items() if w}, left + intended[0] + right + missing)
    return [(c.observed, c.intended) for c in found(terms, f"ฬฬ{left}{observed[0]}{right}ฬฬ")]


@pytest.mark.parametrize(("cost", "looked_for"), [(8.9, False), (9.0, True)])
def test_a_gap_is_looked_for_at_a_word_that_costs_nine_nats(cost: float, looked_for: bool) -> None:
    assert bool(gaps(("กข", cost), ("คง", CHEAP), 30, 30)) is looked_for


@pytest.mark.parametrize(("after", "anchored"), [(2, False), (3, True)])
def test_beside_a_gap_stand_five_letters(after: int, anchored: bool) -> None:
    gap = "กขคง", "จชซด"
    assert (gap in gaps((gap[0], 40.0), (gap[1], CHEAP), 2, after)) is anchored


@pytest.mark.parametrize(("before", "anchored"), [(8, False), (9, True)])
def test_if_a_phrase_lacks_more_beside_a_gap_stand_eighteen(before: int, anchored: bool) -> None:
    found = gaps(("กข", 40.0), ("คง", CHEAP), before, 9, missing="ฮฮฮฮฮ")
    assert (("กข", "คง") in found) is anchored


@pytest.mark.parametrize(("cost", "enough"), [(10.4, False), (10.6, True)])
def test_what_a_phrase_must_save(cost: float, enough: bool) -> None:
    """Eight nats, two more for each of two letters, two less for eight of its anchors."""
    assert (("กข", "คง") in gaps(("กข", cost), ("คง", CHEAP), 4, 4)) is enough


@pytest.mark.parametrize(("cost", "enough"), [(10.6, False), (10.9, True)])
def test_a_word_too_many_counts_as_three_letters(cost: float, enough: bool) -> None:
    """It saves eight nats and two for each, less a quarter for each of thirteen letters beside."""
    word, left, right = "กขคงจ", "ชซดต", "ทนบป"
    terms = finder({word: cost, left: CHEAP, right: CHEAP}, left + word + right)
    lost = [c for c in found(terms, left + word + word + right) if c.observed == word]
    assert bool(lost) is enough
    assert {c.intended for c in lost} == {""} if enough else not lost


@pytest.mark.parametrize(("letters", "seen"), [(24, True), (25, False)])
@pytest.mark.parametrize("behind", [False, True])
def test_24_letters_on_each_side_tell_what_is_saved(letters: int, seen: bool, behind: bool) -> None:
    """If they are one word with what is intended, that word is seen."""
    beside = LETTERS[8 : 8 + letters]
    word = f"คง{beside}" if behind else f"{beside}คง"
    terms = finder({word: CHEAP})
    text, at = (f"กข{beside}", 0) if behind else (f"{beside}กข", letters)
    saved = terms.gain(text, at, at + 2, "คง")
    assert saved == (12.0 * (letters + 2) - CHEAP if seen else 0.0)


def test_words_of_the_model_can_be_divided_and_no_others() -> None:
    """A user's words come after them; unknown letters are no words."""
    decoder = cast("Decoder", Words({"กขค": 1.0, "งจช": 1.0, "ซดต": 1.0, "ทนบ": 1.0}))
    cuts = array("I", [0b010, 0b100, 0b110])
    terms = TermFinder(phrases.scan([], decoder), decoder, decoder, cuts)
    assert terms.divisions("กขคงจชซดตทนบป") == [1, 3, 5, 6, 7, 8, 9, 12]
