"""datatrove, run for real: the same as direct calls, also if it is killed and run again."""

from __future__ import annotations

import gzip
import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import pyarrow as pa
import pytest

from thaifix import Corrector
from thaifix.arrow import ArrayCorrector

pytest.importorskip("datatrove")
pytestmark = [pytest.mark.engines, pytest.mark.filterwarnings("default")]

PROGRAM = """
import sys
from pathlib import Path
from datatrove.executor import LocalPipelineExecutor
from datatrove.pipeline.readers import JsonlReader
from datatrove.pipeline.writers import JsonlWriter
from thaifix.pipelines.datatrove import Corrected, CorrectedText
from killing import kill_once

source, target, step, mark = sys.argv[1:]

def killed(data, rank=0, world_size=1):
    for number, document in enumerate(data):
        if number == 3 and rank == 1 and mark:
            kill_once(Path(mark))
        yield document

if __name__ == "__main__":
    steps = [JsonlReader(source), {"step": Corrected, "text": CorrectedText}[step](), killed,
             JsonlWriter(target + "/out", output_filename="${rank}.jsonl.gz")]
    executor = LocalPipelineExecutor(steps, tasks=4, workers=1, logging_dir=target + "/log")
    executor.run()
"""


@pytest.fixture
def source(pages: list[dict[str, Any]], tmp_path: Path) -> Path:
    """Four files, one for each task."""
    folder = tmp_path / "source"
    folder.mkdir()
    for number in range(4):
        records = [
            json.dumps({"id": str(i), "text": page["ocr"]})
            for i, page in enumerate(pages)
            if i % 4 == number
        ]
        (folder / f"{number}.jsonl").write_text("\n".join(records) + "\n", "utf-8")
    return folder


def run(source: Path, target: Path, step: str, mark: str = "") -> int:
    given = [sys.executable, "-c", PROGRAM, str(source), str(target), step, mark]
    environment = {
        "PYTHONPATH": str(Path(__file__).parent),
        "PYTHONSAFEPATH": "1",  # what is installed, not the checkout
        "PATH": "/usr/bin:/bin",
        "HOME": "/tmp",
    }
    quiet = subprocess.DEVNULL  # a pipe would stay open in what a killed program leaves
    return subprocess.run(given, env=environment, stdout=quiet, stderr=quiet).returncode


def records(target: Path) -> dict[str, dict[str, Any]]:
    lines = [
        json.loads(line)
        for path in sorted((target / "out").glob("*.jsonl.gz"))
        for line in gzip.decompress(path.read_bytes()).decode().splitlines()
    ]
    found = {line["id"]: line for line in lines}
    assert len(found) == len(lines)
    return found


@pytest.mark.parametrize("killed", [False, True])
def test_documents_are_what_direct_calls_give(
    killed: bool, source: Path, pages: list[dict[str, Any]], tmp_path: Path
) -> None:
    """A run that was killed goes on with the tasks that it had not finished."""
    target, mark = tmp_path / "target", tmp_path / "mark"
    if killed:
        assert run(source, target, "step", str(mark)) != 0
        assert mark.exists()
    assert run(source, target, "step", str(mark) if killed else "") == 0
    found = records(target)
    texts = [page["ocr"] for page in pages]
    expected = ArrayCorrector()(pa.array(texts)).to_pylist()
    rows = [found[str(i)] for i in range(len(texts))]
    assert [row["text"] for row in rows] == [row["text"] for row in expected]
    kept = [row["metadata"]["thaifix"] for row in rows]
    assert kept == [{"edits": row["edits"], "flags": row["flags"]} for row in expected]
    counted = 0  # by task: the stats of a run have only the tasks that it has run
    for path in (target / "log" / "stats").glob("*.json"):
        (step,) = [s for s in json.loads(path.read_text("utf-8")) if "thaifix" in s["name"]]
        edits = step["stats"]["edits"]
        counted += edits["total"] if isinstance(edits, dict) else edits
    assert counted == sum(len(row["edits"]) for row in expected)


def test_the_formatter_changes_the_text_alone(
    source: Path, pages: list[dict[str, Any]], tmp_path: Path, corrector: Corrector
) -> None:
    assert run(source, tmp_path, "text") == 0
    found = records(tmp_path)
    texts = [corrector.correct(page["ocr"]).text for page in pages]
    assert [found[str(i)]["text"] for i in range(len(pages))] == texts
    assert not any("thaifix" in row.get("metadata", {}) for row in found.values())
