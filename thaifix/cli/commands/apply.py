"""`thaifix apply`: what a person decided about error series, everywhere."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

import click

from thaifix.cli.exit_codes import ExitCode
from thaifix.cli.filtering import refuse_overwriting, run
from thaifix.cli.loading import load_corrector, load_decisions, written
from thaifix.cli.messages import fail, reason, warn
from thaifix.cli.options import (
    check_option,
    diff_option,
    edits_option,
    files_argument,
    format_options,
)
from thaifix.cli.streams import STDIN
from thaifix.errors import SeriesError

if TYPE_CHECKING:
    from thaifix.curate.decisions import Decided


@click.command()
@click.argument("table", metavar="TABLE", type=click.Path(readable=False))
@files_argument
@click.option("--learn", metavar="DIR", help="Write DIR/lexicon.tsv and DIR/keep.txt, and no text.")
@diff_option
@edits_option
@check_option
@format_options
@click.option("--lexicon", metavar="FILE", multiple=True, help="As for `thaifix series`.")
@click.option("--keep", metavar="FILE", help="As for `thaifix series`.")
@click.option("--model", metavar="FILE", help="As for `thaifix series`.")
def apply(
    *,
    table: str,
    files: Sequence[str],
    learn: str | None,
    diff: bool,
    edits: str | None,
    check: bool,
    lexicon: Sequence[str],
    keep: str | None,
    model: str | None,
    format_: str | None,
    field: str | None,
    encoding: str | None,
    no_originals: bool,
    merge_words: bool,
    language: str | None,
    redo: bool,
) -> None:
    """Carry out the decisions of a table that `thaifix series` wrote, and nothing else.

    Reads each FILE, or standard input if there is none or it is "-", and writes it to standard
    output, of whatever format it is; `thaifix revert` leads back as after correction. Decisions, in
    any letter case: yes, y, ใช่ (write what is intended); no, n, ไม่, ไม่ใช่ (leave it). Any other
    text is written itself; =TEXT stands for TEXT, whatever that is. Without = a word such as maybe,
    or a text without Thai for a Thai one, is an error, and nothing is done.

    With --learn no text is read. What was decided becomes entries with known misreadings and words
    to keep, for `thaifix --lexicon DIR/lexicon.tsv --keep DIR/keep.txt`.
    """
    from thaifix.curate.decisions import Applier
    from thaifix.curate.series import THRESHOLD

    inputs = files or (STDIN,)
    if learn is not None and (files or diff or edits or check):
        raise click.UsageError("--learn reads no text: leave the files and the other options out")
    refuse_overwriting(edits, [table, *inputs, *lexicon, *filter(None, [keep, model])])
    rows = load_decisions(table)
    if learn is not None:
        _learn(rows, learn, table)
        return
    corrector = load_corrector(model=model, lexicon=lexicon, keep=keep, threshold=THRESHOLD)
    applier = Applier(rows, corrector)
    run(
        applier, applier.stamp, inputs, diff=diff, edits=edits, check=check,
        format_=format_, encoding=encoding,
        options=written(
            applier.stamp, format_=format_, field=field, no_originals=no_originals,
            merge_words=merge_words,
            language=language,
            redo=redo,
        ),
    )  # fmt: skip


def _learn(rows: Sequence[Decided], folder: str, table: str) -> None:
    """Write what the decisions teach into a folder, and name those that it cannot hold."""
    from pathlib import Path

    from thaifix.curate.learn import learn

    try:
        left = learn(rows, Path(folder))
    except SeriesError as error:
        fail(ExitCode.INPUT, f"{table}: {error}")
    except OSError as error:
        fail(ExitCode.OUTPUT, reason(str(error.filename or folder), error))
    for one in left:
        warn(f"{table}:{one.row.line}: not learned: {one.why}")
