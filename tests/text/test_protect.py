"""What nobody may change, and what only looks like it."""

from __future__ import annotations

import string
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from thaifix.errors import LexiconError
from thaifix.text.protect import KeepList, protected_spans, touches

TICKS = "`" * 32
ALPHABET = "กนาี่เ aZ5๑./@<>`[](){}-_*&;#:\n\r\x00\x0c\udc80ແেกา拉"


def protected(text: str, keep: KeepList | None = None) -> list[str]:
    return [text[start:end] for start, end in protected_spans(text, keep)]


@pytest.mark.parametrize(
    ("text", "expected", "why"),
    [
        ("ดู https://www.nhrc.or.th/ข่าว?id=๑ ต่อ", ["https://www.nhrc.or.th/ข่าว?id=๑"], "URL"),
        ("ดูwww.egat.co.thได้", ["www.egat.co.thได้"], "a URL may go on in Thai"),
        ("ที่ moph.go.th/ข่าว/๑ นี้", ["moph.go.th/ข่าว/๑"], "host and path"),
        ("ส่ง saraban@dla.go.th ด้วย", ["saraban@dla.go.th"], "e-mail"),
        ("(mailto:ก@ไทย.ไทย)", ["mailto:ก@ไทย.ไทย)"], "e-mail in Thai letters"),
        ("<b class='ก'>หนา</b>", ["<b class='ก'>", "</b>"], "HTML tags, not what they enclose"),
        ("ก<!-- ข -->ค<br/>", ["<!-- ข -->", "<br/>"], "HTML comment"),
        ("ก < ข และ ค > ง", [], "less than"),
        ("ก&nbsp;ข&#3585;ค&#xE01;", ["&nbsp;", "&#3585;", "&#xE01;"], "HTML entities"),
        ("ใช้ `ls ก` กับ ``ก ข`` ค", ["`ls ก`", "``ก ข``"], "Markdown code"),
        (f"ข{TICKS}ก{TICKS}ค", [f"{TICKS}ก{TICKS}"], "with up to 32 ticks"),
        (f"ข{TICKS}`ก`{TICKS}ค", [], "no more"),
        ("``ก` ข", ["`ก`"], "as many before as behind"),
        ("[รายงาน](ไฟล์/ก (๑).pdf)", ["](ไฟล์/ก (๑).pdf)"], "link target, not link text"),
        ("**หนา** ~~ขีด~~", ["**", "**", "~~", "~~"], "Markdown markup"),
        ("# หัวข้อ\n## ย่อย #๑", ["#", "##", "๑"], "Markdown headings"),
        ("ก\n```py\nพิมพ์ ก\n```\nข", ["```py\nพิมพ์ ก\n```\n"], "code fence"),
        ("ก\n~~~~\n```\n~~~\n~~~~\nข", ["~~~~\n```\n~~~\n~~~~\n"], "fence in a longer fence"),
        ("ก\n```\nข\nค", ["```\n"], "a fence without an end is a line"),
        ("ตาม World Health Organization (WHO) ว่า", ["World Health Organization", "WHO"], "Latin"),
        ("วิตามิน C กับ Covid-19", ["C", "Covid-19"], "a Latin letter by itself"),
        ("José Müller ＡＢ Việt", ["José Müller ＡＢ Việt"], "Latin with marks, full-width Latin"),
        ("e\u0301ก", ["e\u0301"], "a letter and its mark as two code points"),
        ("มีทั้งสิ้น 1,234.50 บาท", ["1,234.50"], "number"),
        ("วันที่ ๑๒/๑๐/๒๕๖๗ เวลา ๑๖.๓๐ น.", ["๑๒/๑๐/๒๕๖๗", "๑๖.๓๐"], "Thai digits, date, time"),
        ("ก5ข", ["5"], "a digit in a word: digits never change"),
        ("ปี 2560–2567.", ["2560–2567"], "range; the full stop after it is not part of it"),
        ("ก\x00\x1bข\x0c\r\n\tค", ["\x00\x1b", "\x0c"], "control characters, not line ends"),
        ("ก\udce0\udcb8ข", ["\udce0\udcb8"], "bytes that are not UTF-8"),
        ("กระทรวnแรงงาน", [], "a Latin letter in a Thai word may be a misreading"),
        ("กnnข", ["nn"], "two may be a word"),
        ("ถ้อยແลง นেื่อง มา拉เกช ท່าน", [], "foreign letters in Thai words"),
        ("กປ່ข", [], "a Lao letter with its mark"),
        ("ภาษาລາວ ກ 漢字ก", ["ລາວ", "ກ", "漢字"], "other scripts"),
        ("กรุงเทพฯ (เขต ก.) “ทุก ๆ” - ต่าง…", [], "Thai and its punctuation"),
        ("| ก | ข |", ["|", "|", "|"], "Markdown table"),
        ("จ้าาา มากกก ค่ะะ", ["จ้าาา", "มากกก", "ค่ะะ"], "syllables lengthened for effect"),
        ("กรรม พรรค สรรหา ธรรม", [], "ro han is not"),
        ("", [], "nothing"),
    ],
)
def test_protected(text: str, expected: list[str], why: str) -> None:
    assert protected(text) == expected


@pytest.mark.parametrize("sign", [*string.ascii_letters, *string.digits])
def test_latin_and_digits_behind_a_foreign_letter_are_no_part_of_it(sign: str) -> None:
    """The foreign letter may be a misreading; they are not, and a URL goes on over each of them."""
    assert protected(f"ก\N{LAO LETTER LO LOOT}{sign} ข") == [sign]
    assert protected(f"ดู //ก http://ก{sign}ข ค") == [f"http://ก{sign}ข"]


KEEP = KeepList(["กสม", "กสมช", "สมชาย", "นา", "ก.พ.", "ริมา ธรรม", ""])


@pytest.mark.parametrize(
    ("text", "expected", "why"),
    [
        ("ใน กสมช และ กสม", ["กสมช", "กสม"], "the longest word"),
        ("กสมชาย", ["กสมชาย"], "words that overlap protect both"),
        ("ที่กสมบอก", ["กสม"], "inside a word: Thai has no spaces to tell"),
        ("นาน น้า น่า", ["นา"], "letters with other marks are another word"),
        ("กสมี", [], "a mark more is another word"),
        ("กสมชี", ["กสม"], "then the shorter word may stand"),
        ("กXพ. ก.พ.", ["ก.พ."], "a full stop is a full stop"),
        ("ริมา ธรรมดา", ["ริมา ธรรม"], "words may contain spaces"),
        ("กส", [], "the text ends before the word"),
    ],
)
def test_never_touch_words(text: str, expected: list[str], why: str) -> None:
    assert protected(text, KEEP) == expected
    assert len(KEEP) == 6


def test_an_empty_list_keeps_nothing() -> None:
    assert list(KeepList([]).spans("กขค")) == []
    assert protected("กขค", KeepList([""])) == []


def test_too_long_a_word_is_refused() -> None:
    """As the documentation says, 200 code points are a word."""
    assert protected(f"ข {'ก' * 200} ข", KeepList(["ก" * 200])) == ["ก" * 200]
    with pytest.raises(LexiconError, match=r"has 201 code points: at most 200 .* Give words"):
        KeepList(["ก" * 201])


@given(st.sets(st.text("กขาี", max_size=5)), st.text("กขาี ", max_size=20))
def test_never_touch_words_against_plain_search(words: set[str], text: str) -> None:
    longest: dict[int, int] = {}
    for word in words - {""}:
        for start in range(len(text)):
            end = start + len(word)
            if text.startswith(word, start) and text[end : end + 1] != "ี":
                longest[start] = max(end, longest.get(start, 0))
    assert list(KeepList(words).spans(text)) == sorted(longest.items())


@settings(max_examples=500)
@given(st.text(alphabet=ALPHABET), st.sets(st.text("กนา", min_size=1, max_size=3), max_size=3))
def test_spans_are_sorted_apart_and_within_the_text(text: str, words: set[str]) -> None:
    spans = protected_spans(text, KeepList(words))
    bounds = [-1, *(bound for span in spans for bound in span)]
    assert all(a < b for a, b in pairwise(bounds))
    assert bounds[-1] <= len(text)


@given(st.text(alphabet=ALPHABET))
def test_digits_and_controls_are_always_protected(text: str) -> None:
    covered = {i for start, end in protected_spans(text) for i in range(start, end)}
    never = {i for i, letter in enumerate(text) if letter in "5๑\x00\x0c\udc80"}
    assert never <= covered


@pytest.mark.parametrize(
    "unit",
    [
        "a",
        "a.",
        "a-",
        "<",
        "<a ",
        "`",
        "``a",
        "](",
        "](a(",
        "&a",
        "a ",
        "1.",
        "a@",
        "*",
        "www.",
        "```\n",
    ],
)
def test_hostile_text_is_searched_in_linear_time(unit: str) -> None:
    """Or this test would take minutes."""
    text = unit * (200_000 // len(unit))
    assert all(0 <= start < end <= len(text) for start, end in protected_spans(text))


def test_a_large_list() -> None:
    words = ["".join(chr(0x0E01 + int(digit)) for digit in f"{i:06}") for i in range(20_000)]
    spans = list(KeepList(words).spans("".join(words[::10])))
    assert {(6 * i, 6 * i + 6) for i in range(2_000)} <= set(spans)


@pytest.mark.parametrize(
    ("start", "end", "touched"),
    [
        (0, 2, False), (0, 3, True), (2, 2, False), (2, 3, True), (3, 3, True), (4, 9, True),
        (5, 5, False), (5, 7, False), (5, 8, True), (8, 9, True), (9, 12, False), (1, 12, True),
    ],
)  # fmt: skip
def test_what_touches_a_protected_span(start: int, end: int, touched: bool) -> None:
    assert touches([(2, 5), (7, 9)], start, end) == touched
    assert not touches([], start, end)
