"""Settings of all tests, and what is dear to make and safe to share."""

from __future__ import annotations

import json
import os
import signal
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from hypothesis import settings

from thaifix import Corrector
from thaifix.correct.options import PROFILES

# No deadline: a test judges what the code does, not how fast this machine is.
settings.register_profile("local", deadline=None)
settings.register_profile("ci", deadline=None, derandomize=True, print_blob=True)
settings.load_profile("ci" if os.environ.get("CI") else "local")

ROOT = Path(__file__).resolve().parents[1]
CORPORA = ROOT / "corpora"

# A shell's `&` and nohup let programs ignore these; tests send them, and wait for what comes of it.
signal.signal(signal.SIGINT, signal.default_int_handler)
for _number in signal.SIGHUP, signal.SIGQUIT:
    signal.signal(_number, signal.SIG_DFL)

# For `benchmarks`, which is tested too. At the end: what is installed goes before the checkout,
# whose kernel is not compiled.
sys.path.append(str(ROOT))


@pytest.fixture(scope="session")
def corrector() -> Corrector:
    """The default model, lexicons and profile."""
    return Corrector()


@pytest.fixture(scope="session")
def profiles() -> dict[str, Corrector]:
    """A corrector of each profile, from strict to bold."""
    return {name: Corrector(profile=name) for name in PROFILES}


@pytest.fixture(scope="session")
def pages() -> list[dict[str, Any]]:
    """Pages that Tesseract read; the cases name places in them."""
    path = Path(__file__).parent / "data" / "pages.jsonl"
    lines = path.read_text(encoding="utf-8").splitlines()
    return [json.loads(line) for line in lines]


@pytest.fixture(scope="session")
def noisy_page() -> str:
    """A page that is evidently OCR, to be put before a text whose noise alone would not show."""
    return (
        "รายงานการตรวจเยียมโรงเรียนบ้านหนองไผ่\n\n"
        "เมือวันที ๕ มิถุนายน คณะกรรมการได้เดินทางไปตรวจเยียมพืนทีก่อสร้างอาคารเรียน\n"
        "พบว่าผู้รับจ้างดําเนินการล่าช้ากว่ากําหนด เนืองจากนําท่วมขังเส้นทางเป็นเวลาสองสัปดาห์\n"
        "ทังนี ผู้อํานวยการได้ชีแจงว่าจะเร่งรัดให้แล้วเสร็จภายในสินเดือนหน้า\n\n"
    )


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
