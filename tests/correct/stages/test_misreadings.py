"""Known misreadings are put right as whole words, and nothing else is."""

from collections.abc import Iterator, Sequence

import pytest
from hypothesis import given
from hypothesis import strategies as st
from scanning import Words

from thaifix.correct.stages.misreadings import Misreadings
from thaifix.lexicon.entries import Entry
from thaifix.text.edit import Edit, apply
from thaifix.text.protect import KeepList

KNOWN = (
    "กรม",
    "การ",
    "ค้า",
    "ขนส่ง",
    "ส่ง",
    "ทาง",
    "ราง",
    "ถาวร",
    "ถิ่นฐาน",
    "โยกย้าย",
    "ของ",
    "บ้าน",
    "เรือน",
)
DEAR = {"ถาวร": 9, "เรือน": 1}
ENTRIES = [
    Entry("กรมการขนส่งทางราง", "ag-1", misreadings=("กรมการชนส่งทางราง", "กรมการขนส่งทางลาง")),
    Entry("ถิ่นฐาน", "rt-1", misreadings=("ถาวร", "ถาวรสหภพ", "บ้าน")),
    Entry("UNFPA", "io-1", misreadings=("UNFPN",)),
    Entry("บ้านถาวร", "rt-2"),
    Entry("การค้า", "te-1", aliases=("การคำ",), misreadings=("การคำ", "การข้า", "ค้าง")),
    Entry("การงาน", "te-2", misreadings=("การข้า",)),
]


def scan(symbols: bytes) -> tuple[Sequence[int], Sequence[int], Sequence[float]]:
    """A scan that takes the longest known word, else one letter that costs much."""
    text = "".join(chr(0x0E00 + s) if s < 95 else chr(s - 64) if s >= 96 else " " for s in symbols)
    tokens = list(_tokens(text))
    return (
        [at for at, _ in tokens],
        [200 if word else 0 for _, word in tokens],
        [DEAR.get(word, 4.0) if word else 12.0 for _, word in tokens],
    )


def _tokens(text: str) -> Iterator[tuple[int, str]]:
    at = 0
    while at < len(text):
        word = max((w for w in KNOWN if text.startswith(w, at)), key=len, default="")
        yield at, word
        at += len(word) or 1


CORRECTED = [
    ("ที่กรมการชนส่งทางรางแจ้ง", "ที่กรมการขนส่งทางรางแจ้ง"),
    ("กรมการชนส่งทางลาง", "กรมการชนส่งทางลาง"),  # another string
    ("กรมการชนส่งทาง\nราง", "กรมการชนส่งทาง\nราง"),  # not as a whole
    ("โยกย้ายถาวรของ", "โยกย้ายถิ่นฐานของ"),
    ("โยกย้ายถาวรสหภพของ", "โยกย้ายถิ่นฐานของ"),  # the longest
    ("บ้านถาวร", "บ้านถาวร"),  # part of a right term
    ("บ้านของ", "บ้านของ"),  # no cheaper
    ("ถาวร์", "ถาวร์"),  # a mark more is another word
    ("การคำ", "การคำ"),  # an alias, too
    ("การข้า", "การข้า"),  # of two terms
    ("(UNFPN)", "(UNFPA)"),
    ("www.UNFPN.org", "www.UNFPN.org"),
    ("", ""),
]


@pytest.mark.parametrize(("observed", "intended"), CORRECTED)
def test_misreadings_are_put_right(observed: str, intended: str) -> None:
    assert apply(observed, Misreadings(ENTRIES, scan).edits(observed)) == intended


@pytest.mark.parametrize("before", [0, 13, 14, 30])
@pytest.mark.parametrize("after", [0, 13, 14, 30])
@pytest.mark.parametrize(
    ("observed", "intended"),
    [
        ("โยกย้ายถาวร", "โยกย้ายถิ่นฐาน"),  # ends with a known word
        ("กรมการชนส่งทางราง", "กรมการขนส่งทางราง"),
        ("ฃบ้าน", "ฃบ้าน"),  # no cheaper
        ("โยกย้ายถาวรณ", "โยกย้ายถิ่นฐานณ"),
    ],
)
def test_how_long_the_text_is_does_not_matter(
    before: int, after: int, observed: str, intended: str
) -> None:
    """Only the words around a misreading are scanned."""
    head, tail = "ของ" * before, "ของ" * after
    text = head + observed + tail
    assert apply(text, Misreadings(ENTRIES, scan).edits(text)) == head + intended + tail


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("กขคง", 1),
        ("จกขคงฉ", 0),  # the right name
        ("จกขคงจกขคง", 0),  # two of them, one over the other
        ("กขคงฉกขคง", 2),
        ("จกขคงซ", 1),
    ],
)
def test_a_right_name_stands_in_the_way_wherever_it_holds_a_misreading(
    text: str, found: int
) -> None:
    entries = [
        Entry("ของ", "te-1", misreadings=("กขคง",)),
        Entry("จกขคงฉ", "te-2", aliases=("จกขคงจกขคง",)),
    ]
    assert len(Misreadings(entries, scan).edits(text)) == found


def test_an_edit_names_its_entry() -> None:
    (edit,) = Misreadings(ENTRIES, scan).edits("โยกย้ายถาวรสหภพ")
    assert (edit.reason, edit.entry) == ("misreading", "rt-1")
    assert 0 < edit.confidence < 1


def test_words_need_more_than_unknown_letters() -> None:
    """Known words may be meant; letters that are no word are not."""
    cheap = [Entry("ถิ่นฐาน", "rt-1", misreadings=("เรือน",))]
    assert Misreadings(cheap, scan).edits("เรือน") == []
    unknown = [Entry("ถิ่นฐาน", "rt-1", misreadings=("ถึนฐาน",))]
    assert len(Misreadings(unknown, scan).edits("ถึนฐาน")) == 1


@pytest.mark.parametrize(
    ("text", "found"), [("ถาวรณ", 0), ("กาวรณ", 1), ("กาวรณของ", 1), ("เวรณ", 0), ("วรณา", 0)]
)
def test_a_misreading_does_not_begin_in_a_known_word(text: str, found: int) -> None:
    """Nor within a cluster."""
    entries = [Entry("ของ", "te-1", misreadings=("วรณ",))]
    assert len(Misreadings(entries, scan).edits(text)) == found


@pytest.mark.parametrize("text", ["โยกย้ายถาวร", "กรมการชนส่งทางราง"])
def test_what_is_never_touched_stays(text: str) -> None:
    assert Misreadings(ENTRIES, scan).edits(text, KeepList([text[-4:]])) == []


def test_no_entries_no_edits() -> None:
    assert Misreadings([], scan).edits("ถาวร") == []


PIECES = [*(pair[0] for pair in CORRECTED), "ถิ่นฐาน", " ", "\n", "\r\n", "ก", "่", "โยกย้าย", "ของ"]


@given(st.lists(st.sampled_from(PIECES), max_size=12).map("".join))
def test_edits_apply_once_and_keep_lines(text: str) -> None:
    """Sorted, disjoint and true to the text, or `apply` would refuse them."""
    misreadings = Misreadings(ENTRIES, scan)
    corrected = apply(text, misreadings.edits(text))
    assert misreadings.edits(corrected) == []
    assert corrected.count("\n") == text.count("\n")
    assert corrected.count("\r") == text.count("\r")


def made(
    misreading: str, costs: dict[str, float], text: str = "", right: str = "ฮฬ"
) -> Sequence[Edit]:
    """The edits of a text that is a misreading, if words have these costs."""
    entries = [Entry(right, "te-1", misreadings=(misreading,))]
    return Misreadings(entries, Words(costs).scan).edits(text or misreading)


@pytest.mark.parametrize(("letters", "found"), [(2, 0), (3, 1)])
def test_a_misreading_has_three_code_points(letters: int, found: int) -> None:
    assert len(made("กขค"[:letters], {})) == found


@pytest.mark.parametrize(("saved", "found"), [(3.75, 0), (4.0, 1)])
def test_where_it_is_words_four_nats_are_saved(saved: float, found: int) -> None:
    assert len(made("กขค", {"กขค": 1 + saved, "ฮฬ": 1.0})) == found


def test_how_sure_an_edit_is() -> None:
    """Letters that are no word, or eight letters, are surest; then words that save eight nats."""
    no_word, long, short, much, little = (
        edit.confidence
        for misreading, costs in (
            ("กขค", {"ฮฬ": 1.0}),
            ("กขคงจชซด", {"กขคงจชซด": 6.0, "ฮฬ": 1.0}),
            ("กขคงจชซ", {"กขคงจชซ": 6.0, "ฮฬ": 1.0}),
            ("กขค", {"กขค": 9.0, "ฮฬ": 1.0}),
            ("กขค", {"กขค": 8.75, "ฮฬ": 1.0}),
        )
        for edit in made(misreading, costs)
    )
    assert 1 > no_word == long > much > little == short > 0.5


@pytest.mark.parametrize(("letters", "seen"), [(16, True), (17, False)])
@pytest.mark.parametrize("behind", [False, True])
def test_16_letters_on_each_side_tell_what_is_saved(letters: int, seen: bool, behind: bool) -> None:
    """If they are one word with what is intended, that word is seen."""
    beside = "คงจชซดตทนบปพฟมยรล"[:letters]
    word = f"ฮฬ{beside}" if behind else f"{beside}ฮฬ"
    text = f"ณญภ{beside}" if behind else f"{beside}ณญภ"
    (edit,) = made("ณญภ", {word: 0.5}, text)
    assert edit.margin == (12 * (letters + 3) - 0.5 if seen else 12)


@pytest.mark.parametrize(("letters", "found"), [(40, 0), (41, 1)])
@pytest.mark.parametrize("behind", [False, True])
def test_words_that_reach_40_letters_beyond_it_are_seen(
    letters: int, found: int, behind: bool
) -> None:
    """A misreading is no part of one."""
    beside = "คงจชซดตทนบป" * 4
    text, word = (
        (f"ณญภ{beside[:letters]}", f"ภ{beside[:letters]}")
        if behind
        else (f"{beside[:letters]}ณญภ", f"{beside[:letters]}ณ")
    )
    assert len(made("ณญภ", {word: 0.5}, text)) == found
