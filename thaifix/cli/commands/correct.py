"""The shell filter, `thaifix [FILE]...`: the command that goes without its name."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Unpack

import click

from thaifix.cli.exit_codes import ExitCode
from thaifix.cli.filtering import refuse_overwriting, run
from thaifix.cli.groups import UnnamedCommand, refuse_misspelt_command
from thaifix.cli.loading import files_of, load_corrector, written
from thaifix.cli.options import (
    ChosenCorrector,
    check_option,
    corrector_options,
    diff_option,
    edits_option,
    files_argument,
    format_options,
    jobs_option,
    message_option,
)
from thaifix.cli.streams import STDIN
from thaifix.version import __version__


@click.command(
    "correct",
    cls=UnnamedCommand,
    epilog="\b\nOther commands:\n"
    "  thaifix revert [EDITS] FILE  give back what was there before correction\n"
    "  thaifix text [FILE]...       print the plain text of any format\n"
    "  thaifix series [FILE]...     list what is suspected, for a person to judge\n"
    "  thaifix apply TABLE [FILE]   carry out what was decided, everywhere\n"
    "  thaifix archive SOURCE...    make a corrected copy of a whole archive\n"
    "  thaifix corrupt [FILE]...    put the errors of an OCR engine into clean text\n"
    "  thaifix evaluate ...         compare texts with their references\n"
    "  thaifix lexicon COMMAND ...  check, show, compare and merge lexicons, propose terms\n"
    "  thaifix train ...            build a model\n\n"
    "\b\nExit status:\n" + "\n".join(f"  {code:3}  {code.meaning}" for code in ExitCode),
)
@files_argument
@diff_option
@edits_option
@corrector_options
@check_option
@message_option
@click.option("--stats", is_flag=True, help="Count lines, edits and flags on standard error.")
@click.option(
    "--flags", is_flag=True, help="List on standard error what looks wrong but was not changed."
)
@click.option(
    "--line-buffered", is_flag=True, help="Correct and write each line as soon as it comes."
)
@jobs_option
@format_options
@click.version_option(__version__, prog_name="thaifix")
def correct(
    *,
    files: Sequence[str],
    diff: bool,
    edits: str | None,
    check: bool,
    messages: str | None,
    stats: bool,
    flags: bool,
    line_buffered: bool,
    jobs: int,
    format_: str | None,
    field: str | None,
    encoding: str | None,
    no_originals: bool,
    merge_words: bool,
    language: str | None,
    redo: bool,
    **chosen: Unpack[ChosenCorrector],
) -> None:
    """Correct Thai text from OCR.

    Reads each FILE, or standard input if there is none or it is "-", and writes the corrected file
    to standard output: text, hOCR, ALTO, PAGE XML, JSON lines, Parquet, Arrow or PDF, which it
    finds out from the content. Bytes outside the edits stay as they are; tables and PDF are written
    anew. With --check, --diff writes to standard error.
    """
    from thaifix.cli import main  # not above: it is made of the commands

    if messages and (diff or not check):
        raise click.UsageError("--format-message goes with --check, and without --diff.")
    if jobs > 1 and line_buffered:
        raise click.UsageError("--jobs reads ahead, --line-buffered does not: give one of them.")
    refuse_misspelt_command(files, main.list_commands(click.get_current_context()))
    inputs = files or (STDIN,)
    refuse_overwriting(edits, [*inputs, *files_of(chosen)])
    corrector = load_corrector(**chosen)
    run(
        corrector,
        corrector.stamp,
        inputs,
        diff=diff,
        edits=edits,
        check=check,
        messages=messages is not None,
        stats=stats,
        flags=flags,
        line_buffered=line_buffered,
        jobs=jobs,
        format_=format_,
        encoding=encoding,
        options=written(
            corrector.stamp,
            format_=format_,
            field=field,
            no_originals=no_originals,
            merge_words=merge_words,
            language=language,
            redo=redo,
        ),
    )
