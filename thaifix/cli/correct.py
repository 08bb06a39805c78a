"""The shell filter, `thaifix [FILE]...`: the command that goes without its name."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Unpack

import click

from thaifix.cli.filtering import refuse_overwriting, run
from thaifix.cli.load import (
    Chosen,
    corrector_options,
    files_of,
    format_options,
    load,
    written,
)
from thaifix.cli.output import ExitCode
from thaifix.version import __version__


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
    "  thaifix revert [EDITS] FILE  give what was before correction back\n"
    "  thaifix text [FILE]...       print the plain text of any format\n"
    "  thaifix series [FILE]...     list what is suspected, for a person to judge\n"
    "  thaifix apply TABLE [FILE]   put what was decided, everywhere\n"
    "  thaifix archive SOURCE...    make a corrected copy of a whole archive\n"
    "  thaifix corrupt [FILE]...    make of clean text what an engine would have read\n"
    "  thaifix evaluate ...         compare texts with their references\n"
    "  thaifix lexicon COMMAND ...  check, show, compare, unite and propose terms\n"
    "  thaifix train ...            build a model\n\n"
    "\b\nExit status:\n" + "\n".join(f"  {code:3}  {code.meaning}" for code in ExitCode),
)
@click.argument("files", metavar="[FILE]...", nargs=-1, type=click.Path(readable=False))
@click.option("--diff", is_flag=True, help="Show the changes, letter by letter, not the text.")
@click.option("--edits", metavar="FILE", type=click.Path(), help="Log each edit as a JSON line.")
@corrector_options
@click.option("--check", is_flag=True, help="Write no text; exit 1 if anything would change.")
@click.option("--stats", is_flag=True, help="Count lines, edits by reason and flags on stderr.")
@click.option("--flags", is_flag=True, help="List on stderr what looks wrong but was not changed.")
@click.option("--line-buffered", is_flag=True, help="Correct each line as it comes.")
@format_options
@click.version_option(__version__, prog_name="thaifix")
def correct(
    *,
    files: Sequence[str],
    diff: bool,
    edits: str | None,
    check: bool,
    stats: bool,
    flags: bool,
    line_buffered: bool,
    format_: str | None,
    field: str | None,
    no_originals: bool,
    merge_words: bool,
    **chosen: Unpack[Chosen],
) -> None:
    """Correct Thai text from OCR.

    Reads each FILE, or standard input if there is none or it is "-", and writes the corrected file
    to standard output: text, hOCR, ALTO, PAGE XML, JSON lines, Parquet, Arrow, PDF, told by their
    content. Bytes outside the edits stay as they are. --diff takes the place of the file; with
    --check it goes to standard error.
    """
    inputs = files or ("-",)
    refuse_overwriting(edits, [*inputs, *files_of(chosen)])
    corrector = load(**chosen)
    run(
        corrector,
        corrector.stamp,
        inputs,
        diff=diff,
        edits=edits,
        check=check,
        stats=stats,
        flags=flags,
        line_buffered=line_buffered,
        format_=format_,
        options=written(
            corrector.stamp,
            format_=format_,
            field=field,
            no_originals=no_originals,
            merge_words=merge_words,
        ),
    )
