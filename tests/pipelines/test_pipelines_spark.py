"""Spark, run for real: the same as direct calls, also if a worker is killed."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pyarrow as pa
import pytest
from killing import kill_once

from thaifix.arrow import CORRECTION, ArrayCorrector

sql = pytest.importorskip("pyspark.sql")
pytestmark = [pytest.mark.engines, pytest.mark.filterwarnings("default")]


@pytest.fixture(scope="module")
def spark() -> Iterator[Any]:
    """Two workers; a task is tried four times."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("PYSPARK_PYTHON", sys.executable)
        builder = sql.SparkSession.builder.master("local[2,4]")
        session = (
            builder.config("spark.ui.enabled", "false")
            .config("spark.sql.execution.arrow.maxRecordsPerBatch", 8)
            .config("spark.driver.host", "127.0.0.1")
            .getOrCreate()
        )
        yield session
        session.stop()


def rows_of(df: Any) -> list[dict[str, Any]]:
    return [row.asDict(recursive=True) for row in df.orderBy("id").collect()]


def expected(texts: list[str | None]) -> list[Any]:
    return list(ArrayCorrector()(pa.array(texts, pa.string())).to_pylist())


def test_rows_are_what_direct_calls_give(spark: Any, pages: list[dict[str, Any]]) -> None:
    """Among them null and an emoji."""
    from thaifix.pipelines.spark import corrected

    texts = [None, "\N{GRINNING FACE} สํานักงาน", *(page["ocr"] for page in pages)]
    df = spark.createDataFrame(list(enumerate(texts)), "id int, text string").repartition(4)
    result = corrected(df, column="text")
    assert result.columns == ["id", "text", "corrected"]
    rows = rows_of(result)
    assert [row["text"] for row in rows] == texts
    assert [row["corrected"] for row in rows] == expected(texts)


def test_a_row_that_is_not_utf_8_stays_alone(spark: Any) -> None:
    from thaifix.pipelines.spark import corrected

    df = spark.sql("select 1 as id, cast(X'EDA080' as string) as text union select 2, 'สํานักงาน'")
    df = corrected(df, column="text")
    one, two = df.selectExpr(
        "id", "hex(corrected.text) as bytes", "corrected.flags.reason as why"
    ).orderBy("id").collect()  # fmt: skip
    assert (one.bytes, one.why) == ("EDA080", ["skipped_record"])
    assert bytes.fromhex(two.bytes).decode() == "สำนักงาน"


def test_a_worker_that_is_killed_loses_and_doubles_nothing(
    spark: Any, pages: list[dict[str, Any]], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from thaifix.pipelines.spark import corrected

    mark = tmp_path / "mark"
    texts = [page["ocr"] for page in pages]

    def killed(batches: Iterator[pa.RecordBatch]) -> Iterator[pa.RecordBatch]:
        for number, batch in enumerate(batches):
            if number == 1:
                kill_once(mark)
            yield batch

    spark.sparkContext.addPyFile(str(Path(__file__).with_name("killing.py")))
    df = spark.createDataFrame(list(enumerate(texts)), "id int, text string").repartition(2)
    rows = rows_of(
        corrected(df, column="text").mapInArrow(killed, corrected(df, column="text").schema)
    )
    assert mark.exists()
    assert [(row["id"], row["corrected"]) for row in rows] == list(enumerate(expected(texts)))
    assert rows[0]["corrected"].keys() == {field.name for field in CORRECTION}


def test_what_cannot_be_meant_is_told(spark: Any) -> None:
    from thaifix.pipelines.spark import corrected

    df = spark.createDataFrame([(1, "ก")], "id int, text string")
    with pytest.raises(KeyError, match="0 columns 'texts'"):
        corrected(df, column="texts")
    with pytest.raises(ValueError, match="already"):
        corrected(df, column="text", result="id")
    with pytest.raises(TypeError, match="unknown option"):
        corrected(df, column="text", options={"profil": "bold"})
