"""Ray Data, run for real: the same as direct calls, also if a worker is killed."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pyarrow as pa
import pytest
from killing import kill_once

from thaifix.arrow import CORRECTION, ArrayCorrector

ray = pytest.importorskip("ray")
pytestmark = [pytest.mark.engines, pytest.mark.filterwarnings("default")]


@pytest.fixture(scope="module", autouse=True)
def cluster() -> Iterator[None]:
    """Two cores of this machine."""
    path = str(Path(__file__).parent)
    ray.init(num_cpus=2, include_dashboard=False, runtime_env={"env_vars": {"PYTHONPATH": path}})
    yield
    ray.shutdown()


def dataset(texts: list[str | None]) -> Any:
    table = pa.table({"id": range(len(texts)), "text": pa.array(texts, pa.string())})
    return ray.data.from_arrow(table).repartition(4)


def rows_of(ds: Any) -> list[dict[str, Any]]:
    return sorted(ds.take_all(), key=lambda row: row["id"])


def expected(texts: list[str | None]) -> list[Any]:
    return list(ArrayCorrector()(pa.array(texts, pa.string())).to_pylist())


def test_rows_are_what_direct_calls_give(pages: list[dict[str, Any]]) -> None:
    """Among them null, an emoji, and one of ten megabytes beside the others."""
    from thaifix.pipelines.ray import corrected

    texts = [None, "\N{GRINNING FACE} สํานักงาน", "ก" * 3_500_000, *(page["ocr"] for page in pages)]
    result = corrected(dataset(texts), column="text", batch_size=3)
    assert result.columns() == ["id", "text", "corrected"]
    rows = rows_of(result)
    assert [row["text"] for row in rows] == texts
    assert [row["corrected"] for row in rows] == expected(texts)
    assert rows[1]["corrected"].keys() == {field.name for field in CORRECTION}


def test_options_go_with_it() -> None:
    from thaifix.pipelines.ray import corrected

    texts: list[str | None] = ["สํานักงาน"] * 3
    kept = corrected(dataset(texts), column="text", options={"keep": ["สํานักงาน"]}, concurrency=1)
    assert [row["corrected"]["text"] for row in rows_of(kept)] == texts


def test_a_worker_that_is_killed_loses_and_doubles_nothing(
    pages: list[dict[str, Any]], tmp_path: Path
) -> None:
    from thaifix.pipelines.ray import corrected

    mark = tmp_path / "mark"
    texts = [page["ocr"] for page in pages]

    def killed(batch: pa.Table) -> pa.Table:
        kill_once(mark)
        return batch

    result = corrected(dataset(texts), column="text").map_batches(killed, batch_format="pyarrow")
    rows = rows_of(result)
    assert mark.exists()
    assert [(row["id"], row["corrected"]) for row in rows] == list(enumerate(expected(texts)))


def test_what_cannot_be_meant_is_told() -> None:
    from thaifix.pipelines.ray import corrected

    ds = dataset(["ก"])
    with pytest.raises(KeyError, match="0 columns 'texts'"):
        corrected(ds, column="texts")
    with pytest.raises(ValueError, match="already"):
        corrected(ds, column="text", result="id")
    with pytest.raises(TypeError, match="unknown option"):
        corrected(ds, column="text", options={"profil": "bold"})
