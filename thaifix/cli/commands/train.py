"""`thaifix train`: a model of one's own."""

from __future__ import annotations

import click

from thaifix.cli.exit_codes import ExitCode
from thaifix.cli.messages import fail, reason
from thaifix.errors import TrainingError


@click.command()
@click.option("--text", metavar="FILE.xz", required=True, help="Correct text, xz-compressed.")
@click.option("--pairs", metavar="FILE.jsonl", required=True, help="Observed and intended pages.")
@click.option("--lexicons", metavar="DIR", required=True, help="Folder of lexicon files.")
@click.option("--out", metavar="MODEL", required=True, help="Where to write the model.")
@click.option("--language", metavar="MODEL", help="Take the language model from this bundle.")
@click.option(
    "--leave-out",
    type=(int, int),
    metavar="K N",
    help="Leave out the K-th of N parts of the articles in the pairs, for cross-validation.",
)
def train(
    *,
    text: str,
    pairs: str,
    lexicons: str,
    out: str,
    language: str | None,
    leave_out: tuple[int, int] | None,
) -> None:
    """Build a model from text and from pages read by OCR, the same bit for bit each time."""
    from pathlib import Path

    try:
        from thaifix.training.bundle import build
    except ModuleNotFoundError as error:
        fail(ExitCode.INPUT, f"{error}. Training needs: pip install 'thaifix[train]'")
    try:
        build(
            text=Path(text),
            pairs=Path(pairs),
            lexicons=Path(lexicons),
            out=Path(out),
            language=Path(language) if language else None,
            leave_out=leave_out,
        )
    except TrainingError as error:
        fail(ExitCode.INPUT, str(error))
    except OSError as error:
        file = str(error.filename or out)
        fail(ExitCode.OUTPUT if file.startswith(out) else ExitCode.INPUT, reason(file, error))
