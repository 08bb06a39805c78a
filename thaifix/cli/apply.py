"""`thaifix apply`: what a person decided about error series, everywhere."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

import click

from thaifix.cli.filtering import refuse_overwriting, run
from thaifix.cli.load import load
from thaifix.cli.output import ExitCode, fail, reason, warn
from thaifix.errors import SeriesError

if TYPE_CHECKING:
    from thaifix.curate.decisions import Decided


@click.command()
@click.argument("table", metavar="TABLE", type=click.Path(readable=False))
@click.argument("files", metavar="[FILE]...", nargs=-1, type=click.Path(readable=False))
@click.option("--learn", metavar="DIR", help="Write DIR/lexicon.tsv and DIR/keep.txt instead.")
@click.option("--diff", is_flag=True, help="Show the changes, letter by letter, not the text.")
@click.option("--edits", metavar="FILE", type=click.Path(), help="Log each edit as a JSON line.")
@click.option("--check", is_flag=True, help="Write no text; exit 1 if anything would change.")
@click.option("--lexicon", metavar="FILE", multiple=True, help="As for `thaifix series`.")
@click.option("--keep", metavar="FILE", help="Words never to touch, one a line.")
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
) -> None:
    """Carry out the decisions of a table that `thaifix series` wrote, and nothing else.

    Reads each FILE, or standard input if there is none or it is "-", and writes the text to
    standard output; `thaifix revert` takes the log that --edits writes. Decisions, in any letter
    case: yes, y, ใช่ (put what is intended); no, n, ไม่, ไม่ใช่ (leave it); any other text is put
    itself, and =TEXT puts TEXT whatever it is.

    With --learn no text is read: what was put becomes entries with known misreadings, what was
    left never-touch words, for `thaifix --lexicon DIR/lexicon.tsv --keep DIR/keep.txt`.
    """
    from pathlib import Path

    from thaifix.curate.decisions import Applier, read
    from thaifix.curate.series import THRESHOLD

    inputs = files or ("-",)
    if learn is not None and (files or diff or edits or check):
        raise click.UsageError("--learn reads no text: leave the files and the other options out")
    refuse_overwriting(edits, [table, *inputs, *lexicon, *filter(None, [keep, model])])
    try:
        rows = read(Path(table))
        if learn is not None:
            _learn(rows, learn, table)
            return
    except OSError as error:
        fail(ExitCode.INPUT, reason(table, error))
    except SeriesError as error:
        fail(ExitCode.INPUT, str(error))

    applier = Applier(rows, load(model=model, lexicon=lexicon, keep=keep, threshold=THRESHOLD))
    run(applier, applier.stamp, inputs, diff=diff, edits=edits, check=check)


def _learn(rows: Sequence[Decided], folder: str, table: str) -> None:
    from pathlib import Path

    from thaifix.curate.learn import learn

    try:
        left = learn(rows, Path(folder))
    except SeriesError as error:
        fail(ExitCode.INPUT, f"{table}: {error}")
    except OSError as error:
        fail(ExitCode.OUTPUT, reason(str(error.filename or folder), error))
    for row in left:
        warn(f"{table}:{row.line}: not learned: no entry or word can say it (see the README)")
