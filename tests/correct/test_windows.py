"""Windows: what is read again, and what a reading says."""

from __future__ import annotations

from array import array
from dataclasses import replace
from unittest.mock import patch

import pytest
from hypothesis import given
from hypothesis import strategies as st

from thaifix import Corrector, Options
from thaifix.correct import windows as module
from thaifix.correct.noise_level import NoiseLevel
from thaifix.correct.proposals import Proposal
from thaifix.correct.stages.letters import LettersReader
from thaifix.correct.tuning import Depth, Tuning
from thaifix.correct.windows import Windows
from thaifix.kernel.symbols import BOUNDARY, LINE_END
from thaifix.lexicon.entries import Lexicon
from thaifix.model.bundle import Model
from thaifix.model.decoder import Scan, scan

BAD = NoiseLevel(2000, 20, 30)
TEXT = "ที่ประชุมมีมติเห็นซอบตามที่เสนอ"


@pytest.fixture(scope="module")
def windows(corrector: Corrector) -> Windows:
    return Windows(corrector.model, Lexicon(), Tuning())


def proposals(
    windows: Windows, text: str, *protected: tuple[int, int], noise: NoiseLevel | None = None
) -> list[Proposal]:
    block = windows.encoded(text, protected)
    return windows.propose(block, fired=0, noise=noise or NoiseLevel())[0]


@pytest.mark.parametrize(
    ("text", "noise", "found"),
    [
        (TEXT, None, [("เห็นซอบ", "เห็นชอบ", "respell", None)]),
        ("เมือวันที่ ๕ มีนาคม", None, [("เมือ", "เมื่อ", "respell", None)]),
        (
            "ตามหลักเกณฑ์และวิธีกาຣดำเนินการ",
            None,
            [("วิธีกาຣ", "วิธีการ", "foreign_letter", None)],
        ),
        ("การประชุมwาระพิเศษ", None, [("wาระ", "วาระ", "foreign_letter", None)]),
        (
            "เจ้าหน้าที่ได้ชี้แจงราย\nละเอียดให้ประชา ชนทราบแล้ว",
            None,
            [("ประชา ชน", "ประชาชน", "join", None)],
        ),
        ("ลงวันที่ ๕ มีนาคม พศ ๒๕๖๐", None, [("พศ", "พ.ศ.", "respell", None)]),
        ("ตาม พ.ร.บ จราจร", BAD, [("พ.ร.บ ", "พ.ร.บ.", "respell", None)]),
    ],
)
def test_what_is_proposed(
    windows: Windows,
    text: str,
    noise: NoiseLevel | None,
    found: list[tuple[str, str, str, str | None]],
) -> None:
    """Spans and letters are those of the text; the margin is what the change saves."""
    read = proposals(windows, text, noise=noise)
    assert [(p.observed, p.intended, p.reason, p.entry) for p in read] == found
    for p in read:
        assert p.observed == text[p.start : p.end]
        assert p.margin > 0
        assert p.operations > 0
        assert p.channel > 0


@pytest.mark.parametrize("text", ["", "\n", "abc", "ที่ประชุมมีมติเห็นชอบตามที่เสนอ"])
def test_nothing_is_proposed_where_nothing_is_suspicious(windows: Windows, text: str) -> None:
    assert proposals(windows, text) == []


def test_what_is_protected_stays(windows: Windows) -> None:
    at = TEXT.index("ซอบ")
    assert proposals(windows, TEXT)
    for p in proposals(windows, TEXT, (at, at + 3)):
        assert p.end <= at or at + 3 <= p.start


def test_a_protected_latin_letter_is_no_misreading(windows: Windows) -> None:
    text = "การประชุมwาระพิเศษ"
    at = text.index("w")
    assert proposals(windows, text)
    assert not any("w" in p.observed for p in proposals(windows, text, (at, at + 1)))


def test_the_scan_and_the_noise_are_those_of_the_block(windows: Windows) -> None:
    """They are handed on, so that nobody scans twice."""
    text = "ที่ประชุมมีมติเห็นซอบ\nตามที่เสนอ"
    block = windows.encoded(text, ())
    found, noise = windows.propose(block, fired=3, noise=NoiseLevel(100, 8, 4))
    assert block.scan == scan(windows.decoder, text)
    assert noise == NoiseLevel(50 + len(text), 4 + 3, 2 + sum(p.sure for p in found))


def test_a_noisy_document_is_read_deeper(windows: Windows) -> None:
    """The same block gives more where what came before erred much."""
    text = "ที่ประชุมมีมติเห็นซอบตามที่เสนอ และให้เจ้าหน้าทีแจ้งผู้เกียวข้องทราบ\n"
    clean = proposals(windows, text, noise=NoiseLevel(50_000, 0, 0))
    noisy = proposals(windows, text, noise=NoiseLevel(50_000, 2000, 2000))
    assert {p.observed for p in clean} < {p.observed for p in noisy}


@pytest.mark.parametrize(("sure", "read"), [(0.3, 1), (0.4, 2)])
def test_noise_decides_how_often_a_block_is_read(windows: Windows, sure: float, read: int) -> None:
    """Above 0.7 evident errors per 1,000 letters: of this block alone, 0.35 in half a thousand."""
    depths = []
    one = windows._read

    def watched(block: object, depth: Depth, **more: object) -> list[Proposal]:
        depths.append(depth)
        return one(block, depth, **more)  # type: ignore[arg-type]

    with patch.object(windows, "_read", watched):
        windows.propose(windows.encoded("ก", ()), fired=0, noise=NoiseLevel(0, 0, 2 * sure))
    assert depths == [Tuning().first, Tuning().second][read - 1 : read]


@pytest.mark.parametrize("noise", [NoiseLevel(50_000, 0, 0), BAD])
def test_what_the_vetoes_refuse_is_no_evidence(
    windows: Windows, noise: NoiseLevel, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Whether a block is read once or deeper: nothing is proposed, and no error is counted."""
    block = windows.encoded(TEXT, ())
    found, counted = windows.propose(block, fired=0, noise=noise)
    assert [proposal.sure for proposal in found] == [True]
    monkeypatch.setattr(module, "admitted", lambda proposal, text: None)
    refused, less = windows.propose(block, fired=0, noise=noise)
    assert refused == []
    assert less == counted._replace(sure=counted.sure - 1)


def test_an_entry_is_named() -> None:
    """The words past the model's are the lexicon's entries."""
    lexicon = Lexicon.read([["กรมพฤกษ์ธาราวิมาน"]])
    windows = Windows(Model(), lexicon, Tuning())
    [found] = proposals(windows, "ตามที่กรมพฤกษ์ธาราวิมาบแจ้งมา")
    assert (found.entry, found.intended) == ("list:1", "กรมพฤกษ์ธาราวิมาน")


def test_an_entry_may_begin_far_before_what_looks_wrong() -> None:
    """Windows reach as far as the longest entry is."""
    term = "สำนักงานโครงการพัฒนาเศรษฐกิจและสังคมบุนดารา"
    windows = Windows(Model(), Lexicon.read([[term]]), Tuning())
    [found] = proposals(windows, f"ตามที่{term.replace('บุน', 'บุบ')} แจ้งมา")
    assert (found.entry, found.intended) == ("list:1", term)


def test_reading_again_gives_the_same(windows: Windows, corrector: Corrector) -> None:
    """Windows that were decoded once are remembered, which only saves time."""
    text = f"{TEXT} เมือวันที ๕"
    fresh = Windows(corrector.model, Lexicon(), Tuning())
    assert proposals(windows, text) == proposals(windows, text) == proposals(fresh, text)


def test_no_more_windows_are_remembered_than_may_be(corrector: Corrector) -> None:
    windows = Windows(corrector.model, Lexicon(), Tuning())
    with patch.object(module, "_REMEMBERED", 2):
        for number in range(6):
            proposals(windows, f"{'ก' * number}{TEXT}")
            assert len(windows._seen) <= 2


LINES = st.lists(st.sampled_from(["ที่ประชุม", "เห็นซอบ ", "ก\u0e48", "๕", "abc", "\n", "\n\n"]))


@given(LINES.map("".join), LINES.map("".join), LINES.map("".join))
def test_scanning_the_edited_lines_is_scanning_all(
    windows: Windows, before: str, one: str, other: str
) -> None:
    """But for what a line's end means, which depends on the lines beside it."""
    old, new = f"{before}\n{one}", f"{before}\n{other}"
    again = windows.rescan(old, new, scan(windows.decoder, old))
    whole = scan(windows.decoder, new)
    if old.count("\n") != new.count("\n") or "\n" not in before + one + other:
        assert again.words[:1] == whole.words[:1]
    if old.count("\n") != new.count("\n"):
        assert again == whole
    assert list(again.starts) == sorted(set(again.starts))
    assert len(again.starts) == len(again.words) == len(again.costs)


def test_only_edited_lines_are_scanned_again(windows: Windows) -> None:
    old = "ที่ประชุมมีมติ\n\nเห็นซอบ\n\nตามที่เสนอ"
    new = old.replace("ซอบ", "ชอบแล้ว")
    scanned = scan(windows.decoder, old)
    again = windows.rescan(old, new, scanned)
    assert again.starts == scan(windows.decoder, new).starts
    with patch.object(module, "scan", wraps=scan) as watched:
        windows.rescan(old, new, scanned)
    assert [call.args[1] for call in watched.call_args_list] == ["เห็นชอบแล้ว\n"]


# Which words are suspicious: above 10 alone, above 8 near a suspicious one, above 20 as a pair.

SUSPICION = 10.0


@pytest.mark.parametrize(
    ("words", "costs", "suspects"),
    [
        ((200, 200), (10.0, 1.0), []),
        ((200, 200), (10.1, 1.0), [0]),
        ((0, 200), (1.0, 1.0), [0]),  # unknown
        ((LINE_END, 200), (30.0, 1.0), []),
        ((BOUNDARY, 200), (30.0, 1.0), [0]),
        ((200, 200), (9.9, 10.1), [0, 1]),  # near one: 9.9 is above 8
        ((200, 200), (8.0, 10.1), [1]),
        ((200, 200, 200, 200), (8.1, 1.0, 10.1, 1.0), [0, 2]),
        ((200, 200, 200, 200), (8.1, 1.0, 1.0, 10.1), [3]),  # three words apart
        ((200, 200), (9.9, 9.9), []),
    ],
)
def test_suspicious_words(
    words: tuple[int, ...], costs: tuple[float, ...], suspects: list[int]
) -> None:
    scanned = Scan(array("i", range(len(words))), array("I", words), array("f", costs))
    assert module._suspects(scanned, SUSPICION, Tuning()) == suspects


@pytest.mark.parametrize(("pair", "suspects"), [(19.9, []), (19.7, [0, 1])])
def test_a_dear_pair_is_suspicious(pair: float, suspects: list[int]) -> None:
    scanned = Scan(array("i", (0, 1)), array("I", (200, 200)), array("f", (9.9, 9.9)))
    assert module._suspects(scanned, SUSPICION, replace(Tuning(), pair=pair)) == suspects


# What is careful


@pytest.mark.parametrize(
    ("noise", "least"),
    [
        (NoiseLevel(2500, 0, 0.9), 0.0),  # 0.3 errors per 1,000 letters, half a thousand added
        (NoiseLevel(2500, 0, 0.91), 0.75),
        (NoiseLevel(100, 0, 1), 0.75),  # a line with one error
        (NoiseLevel(2500, 0, 11.9), 0.75),
        (NoiseLevel(2500, 0, 12.0), 0.0),  # 4: a bad scan
    ],
)
def test_where_errors_are_few_an_edit_must_be_surer(
    corrector: Corrector, noise: NoiseLevel, least: float
) -> None:
    reader = LettersReader(corrector.model, Lexicon(), Options(), Tuning())
    assert reader._careful(noise) == least
    for threshold, bound in ((0.3, min(0.3, least)), (0.6, least), (0.9, min(0.9, least * 2))):
        own = LettersReader(corrector.model, Lexicon(), Options(threshold=threshold), Tuning())
        assert own._careful(noise) == bound


@pytest.mark.parametrize(
    ("margin", "rival", "channel", "plain"),
    [
        (13.0, 13.0, 8.0, True),
        (12.9, 13.0, 8.0, False),  # little better than what stands there
        (13.0, 12.9, 8.0, False),  # another reading is near
        (13.0, 13.0, 8.1, False),  # not a usual misreading
    ],
)
def test_what_one_reading_explains_is_plain(
    corrector: Corrector, margin: float, rival: float, channel: float, plain: bool
) -> None:
    reader = LettersReader(corrector.model, Lexicon(), Options(), Tuning())
    proposal = Proposal(0, 1, "ก", "ข", margin, rival, channel, 1, False, "respell", None)
    assert reader._is_plain(proposal) is plain


@pytest.mark.parametrize(
    ("profile", "unknown", "margin", "made"),
    [
        ("strict", False, 7.9, False),
        ("strict", False, 8.0, True),
        ("strict", True, 7.9, True),
        ("normal", False, 4.9, False),
        ("normal", False, 5.0, True),
        ("bold", False, 3.0, True),
    ],
)
def test_a_known_word_is_exchanged_for_much_alone(
    corrector: Corrector, profile: str, unknown: bool, margin: float, made: bool
) -> None:
    """The threshold is left out, so that nothing else decides."""
    options = Options(profile, threshold=0.0)
    reader = LettersReader(corrector.model, Lexicon(), options, Tuning())
    proposal = Proposal(0, 3, "แม่", "แม้", margin, 7.0, 4.0, 1, unknown, "respell", None)
    assert bool(reader.decide([proposal], "แม่ว่า", NoiseLevel(3000, 0, 30))) is made


@pytest.mark.parametrize(
    ("evident", "relief"),
    [(0.0, 0.0), (1.0, 0.0), (1.6, 0.5), (4.0, 1.5), (12.0, 2.5), (1000.0, 2.5)],
)
def test_misreadings_are_cheaper_where_there_are_more(
    corrector: Corrector, evident: float, relief: float
) -> None:
    """In steps of half a nat, by the logarithm of the noise, to a bound; each decoder is kept."""
    windows = Windows(corrector.model, Lexicon(), Tuning())
    decoder = windows._decoder(evident)
    assert (decoder is windows.decoder) == (relief == 0)
    assert windows._decoder(evident) is decoder
    assert windows._relieved[round(relief / 0.5)] is decoder


@pytest.mark.parametrize(("letters", "reach"), [(15, 3), (16, 4), (31, 7), (32, 8), (80, 8)])
def test_windows_reach_a_word_for_four_letters_of_the_longest_entry(
    letters: int, reach: int, corrector: Corrector
) -> None:
    """And eight at most; else as far as the tuning says."""
    lexicon = Lexicon.read([["ก" * letters]])
    windows = Windows(corrector.model, lexicon, Tuning(before=0, after=0))
    assert (windows._before, windows._after) == (reach, reach)
    assert Windows(corrector.model, lexicon, Tuning(before=9, after=9))._before == 9
