"""What docs/pipelines.md does with tables in memory, run as it stands there."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from thaifix import Corrector

pytestmark = [pytest.mark.engines, pytest.mark.filterwarnings("default")]
RECIPES = {
    "pandas": "pandas as pd\nimport pyarrow as pa\nfrom thaifix.arrow import corrected\n",
    "dask": "import dask",
    "polars": "import polars",
    "duckdb": "import duckdb",
    "datasets": "from datasets import",
}
"""By the package that they are about: what of the code no other has."""

DOCUMENT = Path(__file__).parents[2] / "docs" / "pipelines.md"


def recipe(beginning: str) -> str:
    """The block of code that begins so."""
    blocks: list[list[str]] = [[]]
    for line in DOCUMENT.read_text("utf-8").splitlines():
        if line.startswith("    ") or not line:
            blocks[-1].append(line[4:])
        elif blocks[-1]:
            blocks.append([])
    [found] = ["\n".join(block).strip() for block in blocks if beginning in "\n".join(block)]
    return found


def texts_of(name: str, made: dict[str, Any]) -> list[Any]:
    """The corrected texts that a recipe has made."""
    if name == "duckdb":
        return [row[1]["text"] for row in made["df"].fetchall()]
    if name == "polars":
        return list(made["df"]["corrected"].struct.field("text"))
    if name == "datasets":
        rows = made["ds"].with_format(None)["corrected"]
        return [row and row["text"] for row in rows]
    df = made["df"].compute() if name == "dask" else made["df"]
    return [text if isinstance(text, str) else None for text in df["corrected"]]


@pytest.mark.parametrize("name", RECIPES)
def test_a_recipe_gives_what_a_direct_call_gives(name: str) -> None:
    pytest.importorskip(name)
    made: dict[str, Any] = {}
    code = recipe(RECIPES[name])
    exec(compile(code, name, "exec"), made)
    right = Corrector().correct("สํานักงาน").text
    assert right == "สำนักงาน"
    assert texts_of(name, made) == ([right] if name == "duckdb" else [right, None])
