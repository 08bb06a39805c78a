"""Misread members of the closed class come back where their form decides, and only there."""

from __future__ import annotations

import pytest

from thaifix.correct.stage import ERRS, DocumentState
from thaifix.correct.stages.codes import Codes
from thaifix.text.edit import apply


def corrected(text: str, *, errs: bool = True) -> str:
    document = DocumentState()
    document.worst = ERRS if errs else 0.0
    return apply(text, Codes().find(text, None, document).edits)


@pytest.mark.parametrize(
    ("observed", "intended"),
    [
        ("ผล.ต.ต. ประเสริฐ แสงทอง", "พล.ต.ต. ประเสริฐ แสงทอง"),
        ("เมื่อ 4 นิ.ย. 2560", "เมื่อ 4 มิ.ย. 2560"),
        ("ตาม บ.วิ.อ. มาตรา 12", "ตาม ป.วิ.อ. มาตรา 12"),
        ("ร่าง พ.ธ.ป. นี้", "ร่าง พ.ร.ป. นี้"),
        ("เลขาธิการ บ.ป.ช. กล่าว", "เลขาธิการ ป.ป.ช. กล่าว"),
    ],
)
def test_a_form_decides(observed: str, intended: str) -> None:
    assert corrected(observed) == intended
    assert corrected(observed, errs=False) == observed


@pytest.mark.parametrize(
    "text",
    [
        "ถนน นิ.ย. ยาวมาก",  # no form
        "พ.ร.ป. ว่าด้วยการเลือกตั้ง",
        "สำนักงาน กปพ. แจ้งว่า",
    ],
)
def test_elsewhere_nothing_changes(text: str) -> None:
    assert corrected(text) == text
