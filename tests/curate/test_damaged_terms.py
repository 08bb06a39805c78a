"""Rare strings near a term are its misreadings, and nothing else is."""

from __future__ import annotations

import pytest
from camel_words import collected

from thaifix.curate import damaged_terms
from thaifix.curate.damaged_terms import damaged

TERM = "AbcDefGhiJkl"


def found(
    *texts: str, terms: tuple[str, ...] = (TERM,), taken: tuple[str, ...] = ()
) -> list[tuple[str, str, int, int]]:
    """Term, string, how often it stands, how often the term stands."""
    collection = collected(*texts)
    targets = [collection.numbers(term) for term in terms]
    rows = damaged(collection, targets, {*terms, *taken})
    rows_of_texts = []
    for target, wrong, places, count in rows:
        size = len(wrong)
        text = tuple(collection.words)
        assert places == [i for i in range(len(text)) if text[i : i + size] == wrong]
        rows_of_texts.append((collection.text(target), collection.text(wrong), len(places), count))
    return sorted(rows_of_texts)


@pytest.mark.parametrize(
    ("wrong", "is_found"),
    [
        # One letter of twelve may differ at an end, another one, one more or one less.
        ("AbcDefGhiJkm", True),
        ("AbcDefGhiJkmm", False),
        ("AbcDefGhiJmm", False),
        ("AbmDefGhiJkl", True),
        ("AmmDefGhiJkl", False),
        ("AbbcDefGhiJkl", True),
        ("AcDefGhiJkl", True),
        # Two may differ between intact ends, or a word be one of them.
        ("AbcDefGmmJkl", True),
        ("AbcDmmGhiJkl", True),
        ("AbcDefMmmJkl", False),
        ("AbcDefGJkl", True),
        ("AbcDefGhiMmJkl", True),
        ("AbcDefGhiMmmJkl", False),
        ("AbcDefJkl", False),
        ("AbcDefGMJkl", True),
        # Both halves must not be damaged.
        ("AbmDefGhmJkl", False),
        ("AbmDefGhiJkm", False),
    ],
)
def test_near_strings_are_found(wrong: str, is_found: bool) -> None:
    rows = found(*[f"Zz{TERM}Yy"] * 10, f"Zz{wrong}Yy")
    assert rows == ([(TERM, wrong, 1, 10)] if is_found else [])


def test_the_nearest_string_counts() -> None:
    """Without words that follow; of equally near ones the shortest."""
    assert found(*[TERM] * 10, "AbcDefGmmJklZ") == [(TERM, "AbcDefGmmJkl", 1, 10)]
    assert found(*[TERM] * 10, "AbcDefGhiJkmZ") == [(TERM, "AbcDefGhiJkm", 1, 10)]
    rows = found(*[TERM] * 10, "AbcDefGhiJkmM")
    assert rows == [(TERM, "AbcDefGhiJkm", 1, 10)]


@pytest.mark.parametrize(
    ("right", "wrong", "is_found"),
    [
        (10, 1, True),
        (9, 1, True),
        (1, 1, True),
        (0, 1, False),
        (10, 2, False),
        (19, 2, False),
        (20, 2, True),
    ],
)
def test_misreadings_are_rare(right: int, wrong: int, is_found: bool) -> None:
    """Ten times rarer than the term, or alone; without the term nothing is known."""
    rows = found(*[TERM] * right, *["AbcDefGhiJkm"] * wrong)
    assert rows == ([(TERM, "AbcDefGhiJkm", wrong, right)] if is_found else [])


def test_an_unknown_word_is_evidence_by_itself() -> None:
    """If it is rare."""
    assert found("AbcDefGhiJkx") == [(TERM, "AbcDefGhiJkx", 1, 0)]
    assert found("AbcDefGhiJkx", "AbcDefGhiJkx") == []


def test_what_is_right_is_no_misreading() -> None:
    """A known term or alias, another target that occurs, what has the term in it or is in it."""
    texts = [TERM] * 10
    other = "AbcDefGhiJkm"
    assert found(*texts, other, taken=(other,)) == []
    assert found(*texts, other, terms=(TERM, other)) == []
    assert found(*texts, "AbcDefGhiJklm", taken=("AbcDefGhiJklm",)) == []
    assert found(*["AbcDefGhiJklM"] * 20, "AbcDefGhiJkl", terms=("AbcDefGhiJklM",)) == []
    assert found(*[TERM] * 20, "AbcDefGhiJklM", terms=(TERM,)) == []


def test_gaps_end_what_is_compared() -> None:
    """So do the ends of a document."""
    texts = [TERM] * 10
    assert found(*texts, "AbcDef GhiJkm") == []
    assert found(*texts, "AbcDefGhi Jkm") == []
    assert found(*texts, "AbcDefGhi", "Jkm") == []
    assert found(*texts, "Mm AbmDefGhiJkl") == [(TERM, "AbmDefGhiJkl", 1, 10)]


def test_terms_of_one_word_or_with_a_gap_have_no_halves() -> None:
    assert found(*["Abcdefghijkl"] * 10, "Abcdefghijkm", terms=("Abcdefghijkl",)) == []
    assert found(*["AbcDef GhiJkl"] * 10, "AbcDef GhiJkm", terms=("AbcDef GhiJkl",)) == []


def test_a_term_is_counted_once_by_its_beginning_or_its_end() -> None:
    """Whatever else begins with its words."""
    longer = f"{TERM}MnoPqr"
    texts = [TERM] * 16 + [longer] * 24
    wrong = ["AbcDefGhiJkm", f"{TERM}MnoPqs"]
    rows = found(*texts, *wrong, terms=(TERM, longer))
    assert (TERM, wrong[0], 1, 41) in rows
    assert (longer, wrong[1], 1, 24) in rows


def test_halves_of_very_many_terms_are_no_anchors() -> None:
    """Then only the other half finds what is damaged."""
    letters = "abcdefghij"
    many = [f"AbcDefGhi{a.upper()}{b}q" for a in letters for b in letters]
    texts = [TERM] * 10
    first_half, last_half = "AbcDefGhiJkm", "AbmDefGhiJkl"
    for terms, rows in [
        ([TERM, *many[:99]], 2),
        ([TERM, *many[:100]], 1),
    ]:
        collection = collected(*texts, first_half, last_half)
        targets = [collection.numbers(term) for term in terms]
        wrong = [
            collection.text(wrong)
            for target, wrong, _, _ in damaged(collection, targets, set(terms))
            if collection.text(target) == TERM
        ]
        assert sorted(wrong) == [first_half, last_half][2 - rows :]


def test_fourteen_words_beside_an_intact_half_are_compared() -> None:
    """A term of thirty words has halves of fifteen."""
    words = [f"{a}{b}" for a in "ABC" for b in "abcdefghij"]
    for size, is_found in [(28, True), (29, False)]:
        term = "".join(words[:size])
        wrong = "".join([*words[: size - 1], words[size - 1][0] + "z"])
        rows = found(*[term] * 10, wrong, terms=(term,))
        assert rows == ([(term, wrong, 1, 10)] if is_found else [])


@pytest.mark.parametrize(("wrong", "is_found"), [("AbcDmmGhij", True), ("AbcDmmGhi", False)])
def test_of_ten_letters_two_may_differ_between_intact_ends(wrong: str, is_found: bool) -> None:
    """Of nine, one."""
    term = "AbcDefGhij"[: len(wrong)]
    rows = found(*[f"Zz{term}Yy"] * 10, f"Zz{wrong}Yy", terms=(term,))
    assert bool(rows) is is_found


@pytest.mark.parametrize("most", [0, 1, 1 << 20])
def test_what_is_remembered_does_not_matter(most: int, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(damaged_terms, "_MOST_REMEMBERED", most)
    texts = [*[f"Zz{TERM}Yy"] * 20, "ZzAbcDefGmmJklYy", "XxAbmDefGhiJklZz"]
    assert found(*texts) == [(TERM, "AbcDefGmmJkl", 1, 20), (TERM, "AbmDefGhiJkl", 1, 20)]
