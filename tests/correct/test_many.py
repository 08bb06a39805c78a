"""Many texts, corrected by several processes."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from thaifix import Corrector

TEXTS = ["กำหนตการ", "", "ที่ประชุมกำหนตให้ดำเนินการ\fคณะกรรมการได้กำหนตไว้แล้ว", "a\ud800b", "ก" * 20_000]


@pytest.mark.parametrize("jobs", [1, 2])
def test_each_as_it_is_alone(corrector: Corrector, jobs: int) -> None:
    texts = TEXTS * 3
    found = list(corrector.correct_many(iter(texts), jobs=jobs))
    assert found == [corrector.correct(text) for text in texts]
    assert all(c.text is c.source for c in found if not c.edits)


def test_options_and_lexicons_go_with_it() -> None:
    own = Corrector(profile="strict", lexicons=[["กรมมะพร้าวอ่อน"]], keep=["กำหนตการ"])
    texts = ["เรื่องของกรมมะพร้าวออน และกำหนตการ"] * 2
    assert list(own.correct_many(texts, jobs=2)) == [own.correct(text) for text in texts]


def test_what_is_no_text_is_told_after_the_texts_before_it(corrector: Corrector) -> None:
    def texts() -> Iterator[str]:
        yield "กำหนตการ"
        yield 7  # type: ignore[misc]

    for jobs in (1, 2):
        found = corrector.correct_many(texts(), jobs=jobs)
        assert next(found).source == "กำหนตการ"
        with pytest.raises(TypeError, match="int"):
            next(found)


@pytest.mark.parametrize("jobs", [0, -1])
def test_at_least_one_process(corrector: Corrector, jobs: int) -> None:
    with pytest.raises(ValueError, match="at least one is needed"):
        corrector.correct_many([], jobs=jobs)
