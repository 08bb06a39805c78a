"""Vetoes: what stays beside damage, whatever the language model thinks of it."""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path

import pytest

from thaifix import Corrector
from thaifix.correct.options import PROFILES
from thaifix.correct.proposals import Proposal
from thaifix.correct.vetoes import admitted

LINES = json.loads((Path(__file__).parents[1] / "cases" / "innocent.json").read_text("utf-8"))
DAMAGED = "ส\u0e4dานักการคลังแจ้งวันท่ี ผูัจัดการ กรมกาปกครอง และจ้าหน้าทีเทศบาล\n"


def proposal(text: str, observed: str, intended: str) -> Proposal:
    """A sure change of what stands in a text once."""
    start = text.index(observed)
    end = start + len(observed)
    return Proposal(start, end, observed, intended, 20.0, 20.0, 4.0, 1, True, "respell", None)


@pytest.mark.parametrize("profile", PROFILES)
@pytest.mark.parametrize("line", [case["text"] for case in LINES])
def test_innocent_lines_stay(profiles: Mapping[str, Corrector], line: str, profile: str) -> None:
    """Before and after a damaged line, which is repaired all the same."""
    for text in (f"{line}\n{DAMAGED}", f"{DAMAGED}{line}\n"):
        correction = profiles[profile].correct(text)
        assert line in correction.text.split("\n")
        assert "กรมการปกครอง" in correction.text


@pytest.mark.parametrize(
    ("text", "observed", "intended", "left"),
    [
        ("ตอนที่ ๗ ง ราชกิงจา", "ง ราชกิง", "ราชกิจ", "ราชกิง"),
        ("ราชกิงจ ง ตอน", "ราชกิงจ ง", "ราชกิจจา", "ราชกิงจ"),
        ("ตรวจ ก รับ", "ตรวจ ก รับ", "ตรวจรับ", None),
        ("ข้อ ก\n", "ก", "", None),
        ("ห้อง ก๑ ข๒", "ข", "", None),
        ("ทะเบียน 1กข 123", "กข", "กษ", None),
        ("ที่ประชุ ม ทราบ", "ประชุ ม", "ประชุม", "ประชุ ม"),
        ("พศ ๒๕๖๐", "พศ", "พ.ศ.", "พศ"),
        ("[70ฏ7ฮ8 นอก", "ฏ", "", "ฏ"),
        ("ค\ufffdาสั่ง", "า", "", None),
        ("ค\ufffdาสัง", "สัง", "สั่ง", None),
        ("*กมการ*", "กมการ", "กรมการ", "กมการ"),
        ("*กรรมการ*", "กรรมการ", "กมการ", None),
        ("ผล ->ข", "->", "", None),
        ("ผล > ดี", ">", "", None),
        ("ผล . ดี", " .", "", " ."),
        ("หัวข้อ: ดี", ":", "", None),
        ("แล: ดี", ":", "ะ", ":"),
        ("ค่า .85", ".", "", None),
        ("กรร-\nมการ", "มการ", "กรรมการ", None),
        ("แจ้ง สนช. แล้ว", "สนช.", "สปช.", None),
        ("แจ้ง สนช. แลว", "สนช. แลว", "สนช. แล้ว", "สนช. แลว"),
        ("แจ้ง ฟฉฏ. แล้ว", "ฟฉฏ.", "สนช.", "ฟฉฏ."),
        ("จ.ส.ท. ดำ", "จ.ส.ท.", "จ.ส.ต.", None),
    ],
)
def test_admitted(text: str, observed: str, intended: str, left: str | None) -> None:
    """What is left of a proposal: the letters that it still changes, None if it may not be."""
    found = admitted(proposal(text, observed, intended), text)
    assert (found and found.observed) == left
    assert found is None or text[found.start : found.end] == found.observed
    assert found is None or found.intended == intended
