"""A word list of a size that a test can learn from."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest


@pytest.fixture(scope="session")
def few_words(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Every fortieth word of pythainlp's list, and words of the tests, one a line."""
    from pythainlp.corpus import thai_words

    needed = [
        "การ",
        "ก่อสร้าง",
        "กล่าว",
        "เกี่ยวข้อง",
        "คณะกรรมการ",
        "ช้าง",
        "ชาวบ้าน",
        "ซ้ำซาก",
        "ดำเนินการ",
        "ได้",
        "ตรวจ",
        "ตาม",
        "ที่",
        "ทุก",
        "น้ำ",
        "ปี",
        "ประชุม",
        "พื้นที่",
        "มติ",
        "มอบหมาย",
        "มี",
        "มีนาคม",
        "เมื่อ",
        "เยี่ยม",
        "โรงเรียน",
        "และ",
        "วัน",
        "ว่า",
        "เสนอ",
        "หน่วยงาน",
        "ให้",
        "เห็นชอบ",
        "ท่วม",
    ]
    path = tmp_path_factory.mktemp("words") / "words.txt"
    path.write_text("\n".join({*sorted(thai_words())[::40], *needed}), "utf-8")
    return path


@pytest.fixture(scope="session")
def small_vocabulary(few_words: Path) -> Iterator[None]:
    """While it is in use, models are learned with few words."""
    words = frozenset(few_words.read_text("utf-8").split("\n"))
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("pythainlp.corpus.thai_words", lambda: words)
        yield
