"""Measure pages that a model was trained on, each by a model that did not see its article.

    python benchmarks cross_validate --text TEXT.xz --pairs PAGES.jsonl [--clean FILE]

Four models are built, each without a quarter of the articles: neither their confusions nor the
weights and thresholds come from the pages that they are measured on. The language model, which
knows nothing of the pages, is taken from the bundle that ships. Harm is printed once a model.
"""

from __future__ import annotations

import argparse
import tempfile
from pathlib import Path

from benchmarks.accuracy import (
    MeasuredPage,
    measure,
    records,
    report_harm,
    report_pages,
    report_worse,
)
from thaifix import Corrector
from thaifix.model.bundle import default_path
from thaifix.training.bundle import build
from thaifix.training.pairs import part_of

PARTS = 4
"""Models that are built, each without one part of the articles; by judgement, since each takes
minutes."""


def main() -> None:
    """Build, correct, print."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--text", required=True, type=Path)
    parser.add_argument("--pairs", required=True, type=Path)
    parser.add_argument("--lexicons", type=Path, default=Path(__file__).parent.parent / "lexicons")
    parser.add_argument("--clean", nargs="+", action="extend", default=[], type=Path)
    parser.add_argument("--profile", nargs="+", default=["normal"])
    args = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        models = [Path(folder) / f"{part}.thaifix" for part in range(PARTS)]
        for part, model in enumerate(models):
            build(
                pairs=args.pairs, text=args.text, lexicons=args.lexicons, out=model,
                language=default_path(), leave_out=(part, PARTS),
            )  # fmt: skip
        pages = list(records([args.pairs]))
        for profile in args.profile:
            print(f"profile {profile}\n")
            measured: list[MeasuredPage] = []
            for part, model in enumerate(models):
                held_out = [p for p in pages if part_of(p["source"], PARTS) == part]
                measured += measure(held_out, Corrector(model=model, profile=profile))
            report_pages(measured)
            report_worse(measured)
            for model in models if args.clean else []:
                report_harm(args.clean, Corrector(model=model, profile=profile), show=False)
