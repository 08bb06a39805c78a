"""The shell filter, `thaifix [FILE]...`: the command that goes without its name."""

from __future__ import annotations

import os
import sys
from collections.abc import Sequence
from typing import TYPE_CHECKING

import click

from thaifix import __version__
from thaifix.cli.load import load
from thaifix.cli.output import STDOUT, ExitCode, chunks, discard, identity, warn, writer

if TYPE_CHECKING:
    from thaifix.stream import Piece, Stats


class _Correct(click.Command):
    """The command that goes without its name."""

    def make_context(
        self,
        info_name: str | None,
        args: list[str],
        parent: click.Context | None = None,
        **extra: object,
    ) -> click.Context:
        name = parent.info_name if parent else info_name
        return super().make_context(name, args, parent=None, **extra)


@click.command(
    "correct",
    cls=_Correct,
    epilog="\b\nOther commands:\n"
    "  thaifix revert EDITS [FILE]  give the text before correction back\n"
    "  thaifix lexicon COMMAND ...  check, show, compare, unite and propose terms\n"
    "  thaifix train ...            build a model\n\n"
    "\b\nExit status:\n" + "\n".join(f"  {code:3}  {code.meaning}" for code in ExitCode),
)
@click.argument("files", metavar="[FILE]...", nargs=-1, type=click.Path())
@click.option("--diff", is_flag=True, help="Show the changes, letter by letter, not the text.")
@click.option("--edits", metavar="FILE", type=click.Path(), help="Log each edit as a JSON line.")
@click.option(
    "--profile",
    type=click.Choice(["strict", "normal", "bold"]),
    default="normal",
    show_default=True,
    help="How much evidence an edit needs.",
)
@click.option("--lexicon", metavar="FILE", multiple=True, help="Further terms; repeatable.")
@click.option("--keep", metavar="FILE", help="Words never to touch, one a line.")
@click.option("--model", metavar="FILE", help="A model built by `thaifix train`.")
@click.option("--check", is_flag=True, help="Write no text; exit 1 if anything would change.")
@click.option("--stats", is_flag=True, help="Count lines, edits by reason and flags on stderr.")
@click.option("--flags", is_flag=True, help="List on stderr what looks wrong but was not changed.")
@click.option("--line-buffered", is_flag=True, help="Correct each line as it comes.")
@click.version_option(__version__, prog_name="thaifix")
def correct(
    *,
    files: Sequence[str],
    diff: bool,
    edits: str | None,
    profile: str,
    lexicon: Sequence[str],
    keep: str | None,
    model: str | None,
    check: bool,
    stats: bool,
    flags: bool,
    line_buffered: bool,
) -> None:
    """Correct Thai text from OCR.

    Reads each FILE, or standard input if there is none or it is "-", and writes the corrected text
    to standard output. Bytes outside the edits stay as they are. --diff takes the place of the
    text; with --check it goes to standard error.
    """
    from thaifix import stream

    inputs = files or ("-",)
    if edits is not None:
        _refuse_overwriting(edits, [*inputs, *lexicon, *filter(None, [keep, model])])
    corrector = load(model, lexicon, keep, profile)
    write = discard if check else writer(STDOUT)
    log = writer(edits) if edits is not None else discard
    shown_on = sys.stderr if check else sys.stdout
    colour = bool(shown_on and shown_on.isatty() and not os.environ.get("NO_COLOR"))
    failed: list[str] = []

    def watch(piece: Piece) -> None:
        place = piece.correction, piece.file, piece.line
        if edits and (lines := stream.log_lines(piece, corrector.stamp)):
            log(lines.encode("utf-8", "backslashreplace"))
        if diff and piece.correction.edits:
            from thaifix.diff import render_edits

            shown = render_edits(*place, colour=colour)
            click.echo(shown, nl=False, err=True, color=colour) if check else write(shown.encode())
        if flags and piece.correction.flags:
            from thaifix.diff import render_flags

            click.echo(render_flags(*place), nl=False, err=True)

    sink = discard if diff else write
    run = stream.Filter(corrector, sink, by_line=line_buffered, watch=watch)
    for name in inputs:
        if invalid := run.file(name, chunks(name, failed)):
            warn(
                f"{name}: passed through {invalid} bytes that are not UTF-8. "
                "If the file has another encoding, convert it first: iconv -f TIS-620 -t UTF-8"
            )
    run.close()
    if stats:
        _show_stats(run.stats, corrector.stamp)
    if failed:
        raise click.exceptions.Exit(ExitCode.INPUT)
    if check and run.stats.edits:
        raise click.exceptions.Exit(ExitCode.CHANGES)


def _refuse_overwriting(edits: str, inputs: Sequence[str]) -> None:
    log = identity(edits)
    taken = [sys.stdin if name == "-" else name for name in inputs]
    if edits == "-" or (log and log in map(identity, [sys.stdout, *taken])):
        raise click.UsageError(
            f"--edits {edits} would overwrite what this run reads or writes. Name another file."
        )


def _show_stats(stats: Stats, stamp: str) -> None:
    warn(
        f"{stats.lines:,} lines, {stats.code_points:,} code points, {stats.bytes:,} bytes "
        f"({stats.invalid_bytes:,} not UTF-8)"
    )
    for name, counts in ("edits", stats.edits), ("flags", stats.flags):
        reasons = ", ".join(f"{reason} {count:,}" for reason, count in counts.most_common())
        warn(f"{name}: {counts.total():,}{reasons and f' ({reasons})'}")
    warn(f"model: {stamp}")
