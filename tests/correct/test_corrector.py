"""The corrector: what it repairs, what it leaves alone, and what it is told."""

from __future__ import annotations

import pickle
import sys
from collections import Counter
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import FrozenInstanceError
from pathlib import Path
from typing import Any

import pytest

import thaifix
from thaifix import Correction, Corrector, LexiconError, ModelError, Options
from thaifix.correct.options import PROFILES
from thaifix.evaluation.metrics import ErrorRate, better_same_worse, cer, harm
from thaifix.model.bundle import Model

CORPORA = Path(__file__).parents[2] / "corpora"

# Sentences with one misreading, made up, and what they should be.
REPAIRED = [
    ("เจ้าหน้าทีได้ชี้แจงรายละเอียดให้ประชาชนทราบแล้ว", "เจ้าหน้าที่ได้ชี้แจงรายละเอียดให้ประชาชนทราบแล้ว"),
    ("จังหวัดประสบปัญหานําท่วมซ้ำซากทุกปี", "จังหวัดประสบปัญหาน้ำท่วมซ้ำซากทุกปี"),
    ("ราษฎรในหมู่บ้านขาดแคลนน้าดื่มสะอาด", "ราษฎรในหมู่บ้านขาดแคลนน้ำดื่มสะอาด"),
    ("ที่ประชุมมีมติเห็นซอบตามที่เสนอ", "ที่ประชุมมีมติเห็นชอบตามที่เสนอ"),
    ("ให้หน่วยงานที่เกี่ยวช้องดำเนินการโดยเร็ว", "ให้หน่วยงานที่เกี่ยวข้องดำเนินการโดยเร็ว"),
    ("กระทรวงสาธารณสุชเร่งฉีดวัคซีนให้ผู้สูงอายุ", "กระทรวงสาธารณสุขเร่งฉีดวัคซีนให้ผู้สูงอายุ"),
    ("โครงการนี้ได้รับงบประมาณสนับสบุนจากรัฐบาล", "โครงการนี้ได้รับงบประมาณสนับสนุนจากรัฐบาล"),
    ("เพือให้การดำเนินงานเป็นไปอย่างมีประสิทธิภาพ", "เพื่อให้การดำเนินงานเป็นไปอย่างมีประสิทธิภาพ"),
    ("การอบุรักษ์ทรัพยากรธรรมชาติและสิ่งแวดล้อม", "การอนุรักษ์ทรัพยากรธรรมชาติและสิ่งแวดล้อม"),
    ("จึงเรียบมาเพื่อโปรดพิจารณา", "จึงเรียนมาเพื่อโปรดพิจารณา"),
    ("อุปกรณ์อิเล็กทรอนิกล์ต้องผ่านมาตรฐาน", "อุปกรณ์อิเล็กทรอนิกส์ต้องผ่านมาตรฐาน"),
    ("ผู้ป่วยเข้ารับการรักษาที่โรงพยาบาสประจำจังหวัด", "ผู้ป่วยเข้ารับการรักษาที่โรงพยาบาลประจำจังหวัด"),
    ("เศรษฐกิจไทยขยายดัวร้อยละสามในไตรมาสแรก", "เศรษฐกิจไทยขยายตัวร้อยละสามในไตรมาสแรก"),
    ("กรรมการสิทธิมนุษยขนแห่งชาติ", "กรรมการสิทธิมนุษยชนแห่งชาติ"),
    ("รายไดัของเกษตรกรเพิ่มสูงขึ้น", "รายได้ของเกษตรกรเพิ่มสูงขึ้น"),
    ("การป้องกันและบรรเทาสาธารณภ้ย", "การป้องกันและบรรเทาสาธารณภัย"),
]


@pytest.mark.parametrize(("observed", "intended"), REPAIRED, ids=[t for _, t in REPAIRED])
def test_a_misreading_on_a_noisy_page_is_repaired(
    corrector: Corrector, noisy_page: str, observed: str, intended: str
) -> None:
    correction = corrector.correct(f"{noisy_page}{observed}\n")
    assert correction.text.endswith(f"\n{intended}\n")
    [edit] = [e for e in correction.edits if e.start >= len(noisy_page)]
    assert edit.confidence > 0.6
    assert edit.margin > 0


def test_a_noisy_page_is_repaired(corrector: Corrector, noisy_page: str) -> None:
    repaired = corrector.correct(noisy_page).text
    for word in ("ตรวจเยี่ยม", "เมื่อวันที่", "ดำเนินการ", "เนื่องจากน้ำท่วมขัง", "ทั้งนี้", "ภายในสิ้นเดือน"):
        assert word in repaired


def test_the_shortest_way(corrector: Corrector) -> None:
    """`thaifix.correct` is the default corrector, and returns what needs nothing as it is."""
    text = "เมือวันที ๕ มีนาคม ที่ประชุมมีมติเห็นซอบ"
    assert thaifix.correct(text) == corrector.correct(text).text != text
    clean = "ที่ประชุมมีมติเห็นชอบ"
    assert thaifix.correct(clean) is clean


@pytest.mark.parametrize("text", ["", "\n", "abc", "๑๒๓", "ก", "\ud800"])
def test_nothing_to_do(corrector: Corrector, text: str) -> None:
    assert corrector.correct(text) == Correction(text, text)
    assert corrector.correct(text).text is text


# Profiles


def test_profiles_are_nested(
    profiles: dict[str, Corrector], pages: list[dict[str, Any]], noisy_page: str
) -> None:
    """Where a careful profile changes something, a bolder one does, too."""
    counts = Counter[str]()
    for text in (*(page["ocr"] for page in pages), noisy_page):
        edits = {name: profiles[name].correct(text).edits for name in PROFILES}
        counts.update({name: len(edits[name]) for name in PROFILES})
        for careful, bolder in (("strict", "normal"), ("normal", "bold")):
            for edit in set(edits[careful]) - set(edits[bolder]):
                assert any(e.start <= edit.end and edit.start <= e.end for e in edits[bolder])
    assert 0 < counts["strict"] <= counts["normal"] <= counts["bold"]


def test_no_edit_is_less_sure_than_the_profile(
    profiles: dict[str, Corrector], noisy_page: str
) -> None:
    for name, corrector in profiles.items():
        least = corrector.model.header["decision"]["thresholds"][name]
        assert min(e.confidence for e in corrector.correct(noisy_page).edits) >= round(least, 4)


def test_unknown_profile() -> None:
    with pytest.raises(ValueError, match="unknown profile 'brave': use strict, normal, bold"):
        Corrector(profile="brave")
    with pytest.raises(ValueError, match="unknown profile"):
        Corrector(options=Options(profile=""))


def test_options_are_frozen(corrector: Corrector) -> None:
    with pytest.raises(FrozenInstanceError):
        corrector.options.profile = "bold"  # type: ignore[misc]
    assert corrector.options == Options() == Options("normal")
    assert Corrector(profile="bold").options == Options("bold")
    assert Corrector(options=Options(adapt=False)).options == Options(adapt=False)


@pytest.mark.parametrize("profile", PROFILES)
def test_the_profile_is_given_once(profile: str) -> None:
    """Not beside options, which have one, too: nobody could say which counts."""
    with pytest.raises(ValueError, match=f"give Options.profile='{profile}'"):
        Corrector(profile=profile, options=Options("strict"))


@pytest.mark.parametrize("threshold", [-0.1, 1.1, float("nan")])
def test_a_threshold_is_a_confidence(threshold: float) -> None:
    with pytest.raises(ValueError, match="from 0 to 1"):
        Options(threshold=threshold)


# User lexicons

TERM = "สำนักงานกระบวนศิลป์ธนวัฒนา"
MISREAD = "ตามที่สำนักงานกระบวนศิลป์ธบวัฒนา ได้มีหนังสือแจ้งมา\n"
RIGHT = MISREAD.replace("ธบ", "ธน")


def test_a_users_term_is_effective_at_once(corrector: Corrector, tmp_path: Path) -> None:
    """The edit names the entry; other text is as before."""
    lexicon = tmp_path / "agencies.tsv"
    lexicon.write_text(f"id\tterm\ttype\nag-7\t{TERM}\tagency\n", encoding="utf-8")
    correction = Corrector(lexicons=[lexicon]).correct(MISREAD)
    assert correction.text == RIGHT
    assert [edit.entry for edit in correction.edits] == ["ag-7"]
    assert corrector.correct(MISREAD).text != RIGHT


@pytest.mark.parametrize("profile", PROFILES)
def test_a_users_term_is_left_alone_where_it_is_right(profile: str, noisy_page: str) -> None:
    corrector = Corrector(lexicons=[[TERM]], profile=profile)
    assert corrector.correct(RIGHT).edits == ()
    assert corrector.correct(noisy_page + RIGHT).text.endswith(RIGHT)


def test_several_lexicons(tmp_path: Path) -> None:
    """Files as str or path, and lists, together."""
    plain = tmp_path / "plain.txt"
    plain.write_text("กองมัสยาบาล\n", encoding="utf-8")
    corrector = Corrector(lexicons=[str(plain), plain, [TERM, "กรมพฤกษ์ธาราวิมาน"]])
    assert len(corrector.lexicon.entries) == 3
    observed = "หนังสือของกรมพฤกษ์ธาราวิมาบ ถึง กองมัสยานาล"
    correction = corrector.correct(observed)
    assert correction.text == "หนังสือของกรมพฤกษ์ธาราวิมาน ถึง กองมัสยาบาล"
    assert [edit.entry for edit in correction.edits] == ["list:2", "plain.txt:1"]


def test_100_000_terms_are_effective() -> None:
    syllables = [f"{first}า{last}" for first in "กขคงจชซดตถ" for last in "กงดนบมยว"]
    terms = [f"กรม{a}{b}{c}" for a in syllables[:25] for b in syllables[:50] for c in syllables]
    assert len(set(terms)) == 100_000
    corrector = Corrector(lexicons=[terms])
    assert corrector.correct(f"ตามที่{terms[77_777]} ได้มีหนังสือแจ้งมา").edits == ()
    with pytest.raises(LexiconError, match="100001 entries; thaifix takes at most 100000"):
        Corrector(lexicons=[terms, ["กรมสุดท้าย"]])


def test_a_lexicon_that_cannot_be_used_says_which(tmp_path: Path) -> None:
    path = tmp_path / "own.txt"
    for data in (None, b"\xff", "ก\n漢\n".encode(), ("ก" * 81).encode(), b"id\tterm\n1\t\n"):
        if data is not None:
            path.write_bytes(data)
        with pytest.raises(LexiconError, match=r"own\.txt"):
            Corrector(lexicons=[path])
    with pytest.raises(LexiconError, match="list"):
        Corrector(lexicons=[["กรม", " "]])


# Never-touch lists


def test_kept_words_are_not_touched(noisy_page: str) -> None:
    kept = Corrector(keep=["เยียม", "ทังนี"]).correct(noisy_page).text
    assert kept.count("เยียม") == noisy_page.count("เยียม")
    assert "ทังนี" in kept
    assert "เมื่อวันที่" in kept


def test_keeping_everything_changes_nothing() -> None:
    text = "คณะรัฐมนดรี มีมติเห็นซอบ ในวันเรีมต้น"
    assert Corrector().correct(text).edits
    assert Corrector(keep=text.split()).correct(text).text is text


def test_a_kept_word_gets_no_mark_at_its_end() -> None:
    """With a mark more it is another word."""
    text = "เมือวันที ๕ มีนาคม"
    assert Corrector(keep=["เมือวันที"]).correct(text).text is text


def test_a_kept_word_too_long_is_an_error() -> None:
    with pytest.raises(LexiconError, match="never-touch word"):
        Corrector(keep=["ก" * 1000])


# Models and stamps


def test_a_model_that_cannot_be_used_is_an_error(tmp_path: Path) -> None:
    with pytest.raises(ModelError, match="cannot read"):
        Corrector(model=tmp_path / "none.thaifix")
    (tmp_path / "bad.thaifix").write_bytes(b"x" * 100)
    with pytest.raises(ModelError, match="not a thaifix model"):
        Corrector(model=tmp_path / "bad.thaifix")


def test_a_model_may_be_a_path_or_open(corrector: Corrector, noisy_page: str) -> None:
    model = Model()
    for same in (model, model.path, str(model.path)):
        other = Corrector(model=same)
        assert other.stamp == corrector.stamp
        assert other.correct(noisy_page) == corrector.correct(noisy_page)


def test_the_stamp_tells_apart_whatever_decides(corrector: Corrector) -> None:
    model = Model()
    model.stamp = "00000000"
    others = [
        Corrector(profile="strict"),
        Corrector(profile="bold"),
        Corrector(options=Options(threshold=0.5)),
        Corrector(options=Options(lexicons=False)),
        Corrector(options=Options(memory=False)),
        Corrector(options=Options(adapt=False)),
        Corrector(lexicons=[["กรม"]]),
        Corrector(lexicons=[["กอง"]]),
        Corrector(keep=["กรม"]),
        Corrector(keep=["กอง"]),
        Corrector(keep=["\ud800"]),
        Corrector(model=model),
    ]
    stamps = [corrector.stamp, *(other.stamp for other in others)]
    assert len(set(stamps)) == len(stamps)
    assert all(len(stamp) == 16 and int(stamp, 16) >= 0 for stamp in stamps)


def test_the_stamp_is_the_same_for_the_same(corrector: Corrector) -> None:
    assert Corrector().stamp == corrector.stamp
    assert Corrector(keep=["ก", "ข"]).stamp == Corrector(keep=["ข", "ก", "ข"]).stamp


# Threads


def test_threads_may_share_a_corrector(pages: list[dict[str, Any]]) -> None:
    texts = [page["ocr"] for page in pages] * 2
    shared = Corrector()
    expected = [Corrector().correct(text) for text in texts[: len(pages)]] * 2
    with ThreadPoolExecutor(4) as pool:
        assert list(pool.map(shared.correct, texts)) == expected


# Harm and use


def test_clean_text_is_left_alone(corrector: Corrector) -> None:
    """At most one changed span per 10,000 code points, and two where spelling is free."""
    official, social = ErrorRate(), ErrorRate()
    for path in sorted((CORPORA / "clean").glob("*.txt")):
        rate = harm(corrector.correct(path.read_text(encoding="utf-8")))
        if path.stem == "social":
            social += rate
        else:
            official += rate
    assert official.total > 50_000
    assert official.rate <= 1 / 10_000, official
    assert social.total > 8_000
    assert social.rate <= 2 / 10_000, social


def test_the_strict_profile_harms_less(profiles: dict[str, Corrector]) -> None:
    """At most 0.3 changed spans per 10,000 code points, whatever the text."""
    paths = sorted((CORPORA / "clean").glob("*.txt"))
    texts = [path.read_text(encoding="utf-8") for path in paths]
    rates = [harm(profiles["strict"].correct(text)) for text in texts]
    assert sum(rates, ErrorRate()).rate <= 0.3 / 10_000, dict(zip(paths, rates, strict=True))


@pytest.mark.parametrize("view", ["collapsed", "letters"])
def test_pages_get_better_and_none_worse(
    corrector: Corrector, pages: list[dict[str, Any]], view: str
) -> None:
    """Errors of OCR pages fall by at least 40 %."""
    rates = [
        (
            cer(page["gold"], page["ocr"], view=view),
            cer(page["gold"], corrector.correct(page["ocr"]).text, view=view),
        )
        for page in pages
    ]
    before = sum((b for b, _ in rates), ErrorRate())
    after = sum((a for _, a in rates), ErrorRate())
    assert better_same_worse(rates).worse == 0
    assert after.rate <= 0.6 * before.rate, (before, after)


def test_correction_converges(corrector: Corrector, pages: list[dict[str, Any]]) -> None:
    """A second reading finds little, though a decoder need not be idempotent."""
    first = [corrector.correct(page["ocr"]) for page in pages]
    again = [corrector.correct(correction.text) for correction in first]
    assert sum(len(c.edits) for c in again) <= sum(len(c.edits) for c in first) / 10


def wrong(value: object) -> Any:
    """A value of a type that the signature forbids."""
    return value


@pytest.mark.parametrize(
    ("make", "said"),
    [
        (lambda: Corrector(keep="ธีรรัตน์"), r"keep='ธีรรัตน์': give a list of words, keep=\['ธีรรัตน์'\]"),
        (lambda: Corrector(keep=wrong(5)), "keep=5: give a list of words"),
        (lambda: Corrector(keep=wrong([5])), "a text is a str, not int"),
        (lambda: Corrector(lexicons="five.txt"), r"give a list of files.*lexicons=\['five.txt'\]"),
        (
            lambda: Corrector(lexicons=wrong([5])),
            "5 is neither the path of a lexicon nor a list of terms",
        ),
        (lambda: Corrector(options=wrong("strict")), "options='strict': give Options"),
        (lambda: thaifix.correct(wrong(None)), r"a text is a str, not NoneType \(None\)"),
        (lambda: thaifix.correct(wrong(float("nan"))), r"a text is a str, not float \(nan\)"),
        (lambda: thaifix.correct(wrong(b"x")), "a text is a str, not bytes .*Decode it first"),
        (lambda: Corrector().document().correct(wrong(None)), "a text is a str, not NoneType"),
    ],
)
def test_slips_are_told(make: Callable[[], object], said: str) -> None:
    with pytest.raises(TypeError, match=said):
        make()


@pytest.mark.parametrize("profile", PROFILES)
@pytest.mark.parametrize(
    "line",
    [
        "จำนวนเงิน ๕,๔๓๗,๐๐๑ บาท (ห้าล้านสี่แสนสามหมื่นเจ็ดพันเอ็ดบาทถ้วน)",
        "เป็นเงินหนึ่งพันเอ็ดบาทถ้วน",
        "รวม ๒๗๓,๕๐๑ บาท (สองแสนเจ็ดหมื่นสามพันห้าร้อยเอ็ดบาทถ้วน)",
    ],
)
def test_right_number_words_stay_on_a_noisy_page(
    noisy_page: str, profiles: dict[str, Corrector], profile: str, line: str
) -> None:
    """`เอ็ด`, rare behind a thousand, is no `เจ็ด`; digits that were right would follow it."""
    assert profiles[profile].correct(f"{noisy_page}{line}\n").text.endswith(f"{line}\n")


# Pickles


@pytest.mark.parametrize("protocol", range(pickle.HIGHEST_PROTOCOL + 1))
def test_a_pickled_corrector_is_the_same(protocol: int, noisy_page: str) -> None:
    made = Corrector(lexicons=[[TERM]], keep=["\ud800", "ก"], options=Options("bold", memory=False))
    again = pickle.loads(pickle.dumps(made, protocol))
    assert again == made
    assert hash(again) == hash(made)
    assert (again.lexicon.entries, again.options) == (made.lexicon.entries, made.options)
    assert again.correct(noisy_page + MISREAD) == made.correct(noisy_page + MISREAD)


def test_a_corrector_that_comes_twice_is_made_once(corrector: Corrector) -> None:
    data = pickle.dumps(corrector)
    assert pickle.loads(data) is pickle.loads(data)
    other = pickle.loads(pickle.dumps(Corrector(profile="strict")))
    assert other != corrector
    assert other.model is pickle.loads(data).model


def test_a_corrector_of_another_version_is_refused(
    corrector: Corrector, monkeypatch: pytest.MonkeyPatch
) -> None:
    """It might correct otherwise than those beside it."""
    monkeypatch.setattr(sys.modules[Corrector.__module__], "__version__", "0.0.1")
    data = pickle.dumps(corrector)
    monkeypatch.undo()
    with pytest.raises(thaifix.ThaifixError, match=r"of thaifix 0\.0\.1 was sent to thaifix"):
        pickle.loads(data)


def test_a_lexicon_may_be_read_before() -> None:
    lexicon = Corrector(lexicons=[[TERM]]).lexicon
    assert Corrector(lexicons=lexicon).correct(MISREAD).text == RIGHT
