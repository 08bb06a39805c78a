"""A collection: texts as numbers of words."""

from __future__ import annotations

import pytest
from camel_words import camel_words, collected

from thaifix.curate.collection import Collection


def test_words_are_numbered_once() -> None:
    """In the order in which they come; a 0 is before the first document and after each."""
    collection = collected("AbAb Cd", "CdEf\fAb\f\f")
    assert list(collection.words) == [0, 1, 1, 2, 3, 0, 3, 4, 2, 0, 1, 2, 0, 2, 0]
    assert collection.text([1, 2, 3, 0]) == "Ab Cd"
    assert collection.number("Ab", "word") == 1
    assert collection.number("New", "word") == 5
    assert collection.numbers("AbNewMore") == (1, 5, 6)


def test_white_space_is_one_space() -> None:
    collection = collected("Ab\n \tCd")
    assert len({*collection.words}) == 4
    assert collection.number("  \n", "sign") == collection.number(" ", "sign")
    assert collection.text([collection.number(" a \n b ", "word")]) == "a b"


def test_kinds_of_words() -> None:
    """What is no word is a gap, and so is the end of a document."""
    collection = collected("AbXx 1")
    assert [collection.is_gap(word) for word in range(5)] == [True, False, False, True, True]
    assert [collection.is_unknown(word) for word in range(5)] == [False, False, True, False, False]


def test_texts_are_normalised_and_decoded() -> None:
    """In chunks of any size; a byte order mark is no text, and what is no UTF-8 is a sign."""
    text = "\ufeffAbส\N{THAI CHARACTER NIKHAHIT}\N{THAI CHARACTER SARA AA}Cd".encode() + b"\xff"
    collection = Collection(camel_words())
    collection.read([text[i : i + 1] for i in range(len(text))])
    assert collection.text(collection.words) == "AbสำCd\N{REPLACEMENT CHARACTER}"


def test_documents_are_told_apart() -> None:
    """Files and what stands between form feeds; an empty file is none."""
    collection = collected("AbCd\fEf", "", "Gh")
    assert collection.text(collection.words) == "AbCd EfGh"
    places = {collection.text([word]): i for i, word in enumerate(collection.words) if word}
    assert [collection.document(places[word]) for word in ("Ab", "Cd", "Ef", "Gh")] == [1, 1, 2, 3]


@pytest.mark.parametrize(
    ("place", "length", "shown"),
    [
        (1, 1, "A B C D E F G H I J K L M"),
        (1, 2, "A B C D E F G H I J K L M N"),
        (12, 1, "A B C D E F G H I J K L M N O P Q R S T U V W X"),
        (13, 1, "A B C D E F G H I J K L M N O P Q R S T U V W X Y"),
        (14, 1, "B C D E F G H I J K L M N O P Q R S T U V W X Y Z"),
        (26, 1, "N O P Q R S T U V W X Y Z"),
        (28, 1, "A B"),
        (29, 1, "A B"),
    ],
)
def test_an_example_shows_twelve_words_on_each_side(place: int, length: int, shown: str) -> None:
    """And nothing of other documents."""
    collection = collected("ABCDEFGHIJKLMNOPQRSTUVWXYZ", "AB", "C")
    assert collection.around(place, length) == shown.replace(" ", "")


def test_memory_grows_with_distinct_words() -> None:
    """And by four bytes a word of text."""
    once, often = collected("AbCdEf"), collected("AbCdEf" * 1000)
    assert often.words.itemsize == 4
    assert len(often.words) == 3002
    assert len(often._surface) == len(once._surface) == len(often._number) == 4
    assert len(often._gap) == len(often._unknown) == 4
