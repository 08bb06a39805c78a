"""Ray Data: `corrected(ds, column="text")` is the dataset with a column of corrections behind it.

Needs `pip install 'thaifix[ray]'` wherever Ray runs. Actors correct; each opens the model once, and
lexicons are read where the dataset is made. Ray shows the progress. Spans are code points.
"""

from __future__ import annotations

from collections.abc import Mapping
from importlib import import_module
from typing import TYPE_CHECKING, Any

import pyarrow as pa

from thaifix.arrow import ArrayCorrector

if TYPE_CHECKING:
    from ray.data import Dataset

    from thaifix.correct.corrector import Corrector

ROWS = 64
"""Rows of a batch: by judgement, so few that pages keep all actors busy, and so many that handing
them over is little."""


class Batches:
    """Corrects batches, as `Dataset.map_batches` with `batch_format="pyarrow"` calls it."""

    def __init__(self, corrector: ArrayCorrector, column: str, result: str = "corrected") -> None:
        """Take over a corrector.

        Args:
            corrector: Corrects; is sent to each actor.
            column: Name of the column with the strings.
            result: Name of the new column.
        """
        self._corrector, self._column, self._result = corrector, column, result

    def __call__(self, batch: pa.Table) -> pa.Table:
        """Give a batch with the new column behind the others.

        Raises:
            KeyError, TypeError, ValueError: As `ArrayCorrector.append`.
        """
        return self._corrector.append(batch, self._column, result=self._result)


def corrected(
    ds: Dataset,
    *,
    column: str,
    options: Mapping[str, Any] | Corrector | None = None,
    result: str = "corrected",
    concurrency: int | None = None,
    batch_size: int = ROWS,
) -> Dataset:
    """Correct a column of a dataset; a row is a document.

    Args:
        ds: The dataset.
        column: Name of the column with the strings.
        options: As for `ArrayCorrector`.
        result: Name of the new column.
        concurrency: How many actors, each on a core; None for as many as Ray has cores.
        batch_size: Rows that an actor is given at once. With rows of megabytes, set it low.
    Returns:
        The dataset with the column `result`, of the type `thaifix.arrow.CORRECTION`.
    Raises:
        KeyError: If there is no such column, or several.
        ValueError: If there is a column `result` already.
        TypeError, ModelError, LexiconError: As `ArrayCorrector`.
    Nothing is corrected before Ray needs the result.
    """
    corrector = ArrayCorrector(options)
    names = ds.columns() or []
    if names.count(column) != 1:
        raise KeyError(f"{names.count(column)} columns {column!r}: {', '.join(names)}")
    if result in names:
        raise ValueError(f"there is a column {result!r} already: name another for the result")
    ray: Any = import_module("ray")  # slow to load, and of unknown types
    cores = concurrency or int(ray.cluster_resources().get("CPU", 1))
    return ds.map_batches(
        Batches,
        fn_constructor_args=(corrector, column, result),
        batch_format="pyarrow",
        batch_size=batch_size,
        concurrency=(1, cores),
        num_cpus=1,
    )
