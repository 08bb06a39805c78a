"""Series: what is listed, how it is counted and written."""

from __future__ import annotations

from collections import Counter
from functools import cache
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from thaifix import Corrector, Options
from thaifix.curate.decisions import unescape
from thaifix.curate.series import (
    COLUMNS,
    THRESHOLD,
    Listing,
    Scan,
    Words,
    escape,
    identify,
    render,
    scanner,
)
from thaifix.stream.filter import Filter
from thaifix.text.edit import Edit, apply

MAI_EK = "\N{THAI CHARACTER MAI EK}"
NIKHAHIT_AA = "\N{THAI CHARACTER NIKHAHIT}\N{THAI CHARACTER SARA AA}"


@pytest.fixture(scope="module")
def doubtful() -> Corrector:
    return Corrector(options=Options(threshold=THRESHOLD))


def listed(
    files: list[str],
    corrector: Corrector,
    doubtful: Corrector,
    *,
    rules: bool = False,
    size: int = 0,
) -> str:
    listing = Listing(corrector, doubtful, rules=rules)
    filter_ = Filter(listing, lambda data: None)
    for i, file in enumerate(files):
        data = file.encode()
        size = size or len(data) + 1
        filter_.file(str(i), [data[k : k + size] for k in range(0, len(data), size)])
    filter_.close()
    return render(listing.rows())


def table(text: str) -> list[dict[str, str]]:
    header, *lines = text.splitlines()
    assert header == "\t".join(COLUMNS)
    return [dict(zip(COLUMNS, line.split("\t"), strict=True)) for line in lines]


def edit(text: str, observed: str, replacement: str) -> Edit:
    start = text.index(observed)
    return Edit(start, start + len(observed), replacement, 2.0, 0.5, "respell", observed=observed)


@pytest.mark.parametrize(
    ("text", "observed", "replacement", "words"),
    [
        # In the middle of a word, which the observed text has in pieces.
        ("คณะกรรมการกำหนตแล้ว", "ต", "ด", ("กำหนต", "กำหนด")),
        # An insertion.
        ("ผลพิจรณาแล้ว", "ร", "าร", ("พิจรณา", "พิจารณา")),
        # Nothing.
        ("ผลการพิจารณา", "ร", "ร", None),
        # The same words where sara am is spelled in two letters.
        (f"คณะกรรมการก{NIKHAHIT_AA}หนตแล้ว", "ต", "ด", ("กำหนต", "กำหนด")),
        # A space between words is seen with the words.
        ("ประชุม ใหญ่", " ", "", ("ประชุม ใหญ่", "ประชุมใหญ่")),
        # Signs are no words; what is deleted is seen alone.
        ("ประชุม ; ใหญ่", " ;", "", (" ;", "")),
    ],
)
def test_places_are_whole_words(
    text: str,
    observed: str,
    replacement: str,
    words: tuple[str, str] | None,
    doubtful: Corrector,
) -> None:
    found = Words(text, scanner(doubtful)).places([edit(text, observed, replacement)])
    assert [place[2:4] for place in found] == ([words] if words else [])


def test_edits_of_one_word_are_one_place(doubtful: Corrector) -> None:
    """The least certain edit counts."""
    text = "ใบรั้บรองแพทบ์มาด้วย"
    edits = [
        edit(text, "้", "")._replace(confidence=0.9),
        edit(text, "บ์", "ย์")._replace(confidence=0.3, reason="term", entry="t1"),
    ]
    (place,) = Words(text, scanner(doubtful)).places(edits)
    assert place.observed == "ใบรั้บรองแพทบ์"
    assert place.intended == "ใบรับรองแพทย์"
    assert (place.confidence, place.reason, place.entry) == (0.3, "respell+term", "t1")


def test_rules_are_no_suspicion(corrector: Corrector, doubtful: Corrector) -> None:
    """What is normalised without doubt is listed on request, in its raw spelling."""
    text = f"ต้องท{NIKHAHIT_AA}งาน"
    assert table(listed([text], corrector, doubtful)) == []
    (row,) = table(listed([text], corrector, doubtful, rules=True))
    assert row["observed"].startswith(f"ท{NIKHAHIT_AA}")
    assert row["intended"].startswith("ทำ")
    assert (row["count"], row["applied"], row["confidence"]) == ("1", "1", "1.00")


@pytest.mark.parametrize("size", [0, 1, 7, 1000])
def test_listing_does_not_depend_on_chunks(
    size: int, corrector: Corrector, doubtful: Corrector, pages: list[dict[str, Any]]
) -> None:
    texts = [page["ocr"] for page in pages[:4]]
    whole = listed(texts, corrector, doubtful, rules=True)
    assert listed(texts, corrector, doubtful, rules=True, size=size) == whole


def test_counts_are_those_of_the_places(
    corrector: Corrector, doubtful: Corrector, pages: list[dict[str, Any]]
) -> None:
    """Count, documents and applied, against counting without streams."""
    texts = [page["ocr"] for page in pages[:12]]
    rows = table(listed(["\f".join(texts)], corrector, doubtful))
    count: Counter[tuple[str, str]] = Counter()
    documents: Counter[tuple[str, str]] = Counter()
    applied: Counter[tuple[str, str]] = Counter()
    for text in texts:
        words = Words(text, scanner(doubtful))
        places = words.places(doubtful.correct(text).edits)
        sure = words.places(corrector.correct(text).edits)
        keys = [(place.observed, place.intended) for place in places]
        count.update(keys)
        documents.update(set(keys))
        applied.update(place[2:4] for place in places if place[:4] in {p[:4] for p in sure})
    assert len(rows) == len(count) > 20
    for row in rows:
        key = unescape(row["observed"]), unescape(row["intended"])
        assert row["id"] == identify(*key)
        found = tuple(int(row[name]) for name in ("count", "documents", "applied"))
        assert found == (count[key], documents[key], applied[key])


def test_places_stand_in_the_source(doubtful: Corrector, pages: list[dict[str, Any]]) -> None:
    """A place's span, normalised, is what it observed; places do not overlap."""
    for page in pages:
        text = page["ocr"]
        done = 0
        for place in Words(text, scanner(doubtful)).places(doubtful.correct(text).edits):
            assert done <= place.start <= place.end
            done = place.end
            assert place.observed != place.intended
            raw = text[place.start : place.end]
            alone = Words(raw, scanner(doubtful))
            assert alone.text == place.observed


def test_worth_comes_first(corrector: Corrector, doubtful: Corrector) -> None:
    """Sorted by what a decision is expected to set right, then by count."""
    listing = Listing(corrector, doubtful)
    listing.document()
    text = "กำหนตกับพิจรณากับกำหนต"
    first, other = edit(text, "ต", "ด"), edit(text, "ร", "าร")
    last = first._replace(start=len(text) - 1, end=len(text))
    sure = [e._replace(confidence=0.9) for e in (first, last)]
    listing.add(text, sure, [sure[0], other._replace(confidence=0.3), sure[1]])
    names = [(row.intended, row.count, row.applied) for row in listing.rows()]
    assert names == [("พิจารณา", 1, 0), ("กำหนด", 2, 2)]
    worths = [row.worth for row in listing.rows()]
    assert worths == pytest.approx([0.3, 0.2])


def test_examples_show_the_place(corrector: Corrector, doubtful: Corrector) -> None:
    """In its context, as it stands there; equal ones once."""
    listing = Listing(corrector, doubtful)
    text = f"\tก{NIKHAHIT_AA}หนต\nแล้ว"
    for _ in range(2):
        listing.document()
        listing.add(text, [], [edit(text, "ต", "ด")])
    (row,) = table(render(listing.rows()))
    assert row["example1"] == f"\\t[ก{NIKHAHIT_AA}หนต->กำหนด]\\nแล้ว"
    assert (row["example2"], row["count"], row["documents"]) == ("", "2", "2")


def test_words_map_spans_both_ways() -> None:
    """Source to text and back, but not through a rule's edit."""
    corrector = Corrector()
    text = f"ก{NIKHAHIT_AA}หนด\N{ZERO WIDTH SPACE}แล้ว"
    words = Words(text, scanner(corrector))
    assert words.text == "กำหนดแล้ว"
    assert words.span(0, 6) == (0, 5)
    assert words.origin(0, 5) == (0, 6)
    assert words.origin(5, 9) == (7, 11)
    assert words.span(2, 6) is None
    assert apply(text, words.rules) == words.text


@given(
    st.lists(
        st.sampled_from(["กำ", f"ก{NIKHAHIT_AA}", "เเล", "\N{ZERO WIDTH SPACE}", "นํ้า", " "])
    ).map("".join),
    st.data(),
)
def test_spans_lead_back(text: str, data: st.DataObject) -> None:
    """To the same span, or to the shorter one without what rules delete beside it."""
    words = Words(text, _scan())
    start = data.draw(st.integers(0, len(words.text)))
    end = data.draw(st.integers(start, len(words.text)))
    raw = words.origin(start, end)
    if raw is None:
        return
    assert words.span(*raw) == (start, end)
    rules = [rule for rule in words.rules if raw[0] <= rule.start and rule.end <= raw[1]]
    moved = [rule._replace(start=rule.start - raw[0], end=rule.end - raw[0]) for rule in rules]
    assert apply(text[raw[0] : raw[1]], moved) == words.text[start:end]


@cache
def _scan() -> Scan:
    return scanner(Corrector())


@given(st.text(alphabet=st.sampled_from('กำ "\\\t\n\rtnu0\u2028\x85\u200b\udc80=\U000e0001')))
def test_escape_is_undone(text: str) -> None:
    """A cell is one cell, can be seen, and is the text again."""
    cell = escape(text)
    assert unescape(cell) == text
    assert cell.isprintable()
    assert '"' not in cell
    assert cell == cell.strip()
