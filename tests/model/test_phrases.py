"""Phrases: scanned phrases as data, and what a document uses of them."""

from __future__ import annotations

from array import array

import pytest
from hypothesis import given
from hypothesis import strategies as st

from thaifix import Corrector
from thaifix.kernel.decoder import Decoder
from thaifix.kernel.symbols import encode
from thaifix.lexicon.entries import Entry
from thaifix.model import phrases
from thaifix.model.decoder import build_decoder
from thaifix.model.phrases import Index, Scanned

TERMS = [
    "สำนักงานตรวจเงินแผ่นดิน",
    "กรมทางหลวง ชนบท",
    "คณะกรรมการกฤษฎีกา",
    "ศาลปกครองสูงสุด",
    "กระทรวงการคลัง",
]
ENTRIES = [Entry(term, f"t-{i}", "") for i, term in enumerate(TERMS)]
SOME = st.lists(st.sampled_from(ENTRIES), unique=True)


@pytest.fixture(scope="module")
def decoder(corrector: Corrector) -> Decoder:
    return build_decoder(corrector.model)


@pytest.mark.parametrize(
    ("entry", "texts"),
    [
        (Entry("กระทรวงการคลัง", "a", ""), ["กระทรวงการคลัง"]),
        (Entry("กรมที่ดิ", "a", ""), ["กรมที่ดิ"]),
        (Entry("กรมที่ด", "a", ""), []),
        (Entry("กระทรวง ก.พ.", "a", ""), []),
        (Entry("WHO ประเทศไทย", "a", ""), []),
        (Entry("กรมธนารักษ์", "a", "", ("ธร.", "การธนารักษ์")), ["กรมธนารักษ์", "การธนารักษ์"]),
    ],
)  # fmt: skip
def test_which_strings_are_phrases(decoder: Decoder, entry: Entry, texts: list[str]) -> None:
    found = phrases.scan([entry], decoder)
    assert (found.texts, found.ids) == (texts, ["a"] * len(texts))


def test_of_equal_phrases_the_first_counts(decoder: Decoder) -> None:
    found = phrases.scan([ENTRIES[0], ENTRIES[1], ENTRIES[0]._replace(id="later")], decoder)
    assert list(zip(found.texts, found.ids, strict=True)) == [(TERMS[0], "t-0"), (TERMS[1], "t-1")]


@given(some=SOME)
def test_a_scan_is_that_of_each_phrase(decoder: Decoder, some: list[Entry]) -> None:
    found = phrases.scan(some, decoder)
    text = "\n".join(found.texts)
    begin, tokens = 0, list(zip(*found[3:], strict=True))
    for entry, end in zip(some, found.ends, strict=True):
        assert text[begin:end] == entry.term
        own = [(start - begin, word, cost) for start, word, cost in tokens if begin <= start < end]
        assert own == list(zip(*decoder.scan(encode(entry.term)), strict=True))
        begin = end + 1


@given(some=SOME)
def test_unpack_undoes_pack(decoder: Decoder, some: list[Entry]) -> None:
    found = phrases.scan(some, decoder)
    assert phrases.unpack(phrases.pack(found)) == found
    assert phrases.unpack(memoryview(phrases.pack(found))) == found


@given(some=SOME, other=SOME)
def test_one_after_the_other_is_a_scan_of_both(
    decoder: Decoder, some: list[Entry], other: list[Entry]
) -> None:
    both = [*some, *(e._replace(term=e.term + "ใหม่") for e in other)]
    first, second = phrases.scan(some, decoder), phrases.scan(both[len(some) :], decoder)
    kept = tuple(map(list, first))
    assert first.then(second) == phrases.scan(both, decoder)
    assert tuple(map(list, first)) == kept


@given(some=SOME, data=st.data())
def test_a_part_is_a_scan_of_its_members(
    decoder: Decoder, some: list[Entry], data: st.DataObject
) -> None:
    members = data.draw(
        st.lists(st.integers(0, len(some) - 1), unique=True) if some else st.just([])
    )
    found = phrases.scan(some, decoder)
    whole = phrases.scan([some[i] for i in members], decoder)
    assert found.part(members, 1.0) == whole
    assert found.part(range(len(some)), 1.0) == found
    half = found.part(members, 0.5)
    assert half[:5] == whole[:5]
    assert list(half.costs) == pytest.approx([cost / 2 for cost in whole.costs])


# What a document uses


def test_phrases_that_stand_twice_are_familiar(decoder: Decoder, corrector: Corrector) -> None:
    index = Index(phrases.scan(ENTRIES, decoder), corrector.model.array("cuts"))
    text = f"{TERMS[0]} และ{TERMS[2]} กับ{TERMS[0]}\n{TERMS[4]} {TERMS[2]}"
    familiar = index.familiar(index.strings.find(encode(text)))
    assert familiar is not None
    assert familiar.phrases.texts == [TERMS[0], TERMS[2]]
    assert sum(familiar.phrases.costs) == pytest.approx(
        (1 - phrases.REFUND) * sum(index.phrases.part([0, 2], 1.0).costs), rel=1e-5
    )
    assert index.familiar(index.strings.find(encode(text[:60]))) is None


def test_nothing_is_a_scan_too(decoder: Decoder) -> None:
    nothing = phrases.scan([], decoder)
    assert nothing == Scanned([], [], array("i"), array("i"), array("I"), array("f"))
    some = phrases.scan(ENTRIES, decoder)
    assert nothing.then(some) == some == some.then(nothing)
