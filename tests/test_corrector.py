"""The corrector as a whole: repairs, harm, options."""

from __future__ import annotations

import dataclasses
import json
import threading
from pathlib import Path

import pytest

import thaifix
from thaifix import Corrector, LexiconError, ModelError, Options
from thaifix.metrics import ErrorRate, cer, harm

CORPORA = Path(__file__).parent.parent / "corpora"
LETTERS = (CORPORA / "letters.jsonl").read_text(encoding="utf-8").splitlines()
PAGES = [json.loads(line) for line in LETTERS]
CLEAN = {path.stem: path.read_bytes().decode() for path in (CORPORA / "clean").glob("*.txt")}


def test_correct_is_the_default_corrector(corrector: Corrector) -> None:
    observed = PAGES[0]["ocr"]
    assert thaifix.correct(observed) == corrector.correct(observed).text


@pytest.mark.parametrize("view", ["collapsed", "letters"])
def test_real_pages_get_better(corrector: Corrector, view: str) -> None:
    """The errors of pages in unseen fonts fall by 40 % at least; no page gets worse."""
    before = after = ErrorRate()
    for page in PAGES:
        first = cer(page["gold"], page["ocr"], view=view)
        last = cer(page["gold"], corrector.correct(page["ocr"]).text, view=view)
        assert last.errors <= first.errors, page["id"]
        before, after = before + first, after + last
    assert after.errors < 0.6 * before.errors


def test_clean_text_stays(corrector: Corrector) -> None:
    """At most 1 changed span per 10,000 code points of ordinary text, 2 of informal text."""
    rates = {name: harm(corrector.correct(text)) for name, text in CLEAN.items()}
    social = rates.pop("social")
    ordinary = sum(rates.values(), ErrorRate())
    assert len(rates) == 5
    assert ordinary.errors <= ordinary.total / 10_000
    assert social.errors <= 2 * social.total / 10_000 + 1


def test_strict_changes_no_more_than_normal(corrector: Corrector) -> None:
    """Profiles are thresholds on one confidence: the edits of strict are among normal's."""
    strict = Corrector(profile="strict")
    for page in PAGES[::4]:
        few, many = strict.correct(page["ocr"]).edits, corrector.correct(page["ocr"]).edits
        assert {e[:3] for e in few if e.margin < 1e9} <= {e[:3] for e in many}


def test_names_and_abbreviations_of_the_memo_stay(corrector: Corrector) -> None:
    """No edit of the memo touches a span that its reading leaves alone, in the part read."""
    memo = (CORPORA / "nhrct-memo" / "observed.txt").read_bytes().decode()
    reading = (CORPORA / "nhrct-memo" / "edits-first-half.tsv").read_text(encoding="utf-8")
    rows = [line.split("\t") for line in reading.splitlines() if line[0].isdigit()]
    right = {(int(start), observed, intended) for start, _, observed, intended, _, _ in rows}
    read = max(start for start, _, _ in right) + 100
    edits = [e for e in corrector.correct(memo).edits if e.end < read]
    assert edits
    assert [e for e in edits if (e.start, e.observed, e.replacement) not in right] == []


def test_documents_are_apart(corrector: Corrector) -> None:
    """After a form feed nothing is remembered."""
    noisy, quiet = PAGES[1]["ocr"], CLEAN["law"][:2000]
    both = corrector.correct(noisy + "\f" + quiet)
    assert both.text == corrector.correct(noisy + "\f").text + corrector.correct(quiet).text


def test_threads_share_a_corrector(corrector: Corrector) -> None:
    texts = [page["ocr"] for page in PAGES[:6]]
    expected = [corrector.correct(text) for text in texts]
    fresh = Corrector()
    results: dict[int, list[thaifix.Correction]] = {}

    def work(k: int) -> None:
        results[k] = [fresh.correct(text) for text in texts]

    threads = [threading.Thread(target=work, args=(k,)) for k in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert results == {0: expected, 1: expected}


def test_options_are_frozen() -> None:
    with pytest.raises(dataclasses.FrozenInstanceError):
        Options().profile = "bold"  # type: ignore[misc]


def test_unknown_profile() -> None:
    with pytest.raises(ValueError, match="use strict, normal, bold"):
        Corrector(profile="gentle")


def test_missing_model(tmp_path: Path) -> None:
    with pytest.raises(ModelError):
        Corrector(model=tmp_path / "none")


def test_bad_lexicon() -> None:
    with pytest.raises(LexiconError):
        Corrector(lexicons=[["漢字"]])


def test_stamp_tells_everything_apart() -> None:
    """Profile, keep list, lexicon and options all count; nothing else does."""
    stamps = {
        Corrector().stamp,
        Corrector(profile="strict").stamp,
        Corrector(keep=["ก"]).stamp,
        Corrector(lexicons=[["กรมทดสอบ"]]).stamp,
        Corrector(options=Options(beam=4.0)).stamp,
    }
    assert len(stamps) == 5
    assert Corrector().stamp in stamps
