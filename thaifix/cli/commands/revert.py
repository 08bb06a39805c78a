"""`thaifix revert`: what was there before correction."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import chain

import click

from thaifix.cli.exit_codes import ExitCode
from thaifix.cli.messages import fail
from thaifix.cli.options import encoding_option, joined
from thaifix.cli.streams import STDIN, STDOUT, chunks, writer
from thaifix.errors import EditError, FormatError

_LONGEST_LINE = 1 << 20  # bytes: a flag spans a section at most, whose letters have 3 bytes each


@click.command()
@click.argument("edits", metavar="[EDITS]", default=STDIN, type=click.Path(readable=False))
@click.argument("file", metavar="[FILE]", required=False, type=click.Path(readable=False))
@click.option(
    "--format",
    "format_",
    metavar="NAME",
    help="Format of the corrected file, instead of the detected one.",
)
@click.option(
    "--field",
    metavar="NAME",
    multiple=True,
    callback=joined,
    help="Field or column that was corrected, as it was named then; may be repeated.",
)
@encoding_option
def revert(
    *, edits: str, file: str | None, format_: str | None, field: str | None, encoding: str | None
) -> None:
    """Give back what was there before correction.

    Text needs its log: EDITS is what `thaifix --edits EDITS` wrote, FILE the text of the same run
    (default: standard input). hOCR, ALTO, PAGE XML, JSON, Parquet and Arrow need none:
    `thaifix revert FILE` gives the input back from the corrected file alone (default: standard
    input), unless that was written with --no-originals. What comes back is the input byte for
    byte; of Parquet and Arrow it is the same table, and compressed files are compressed anew. A
    PDF cannot be given back.
    """
    from thaifix import formats
    from thaifix.stream.revert import revert as revert_text

    write = writer(STDOUT)
    failed: list[str] = []
    try:
        found, data = formats.peek(chunks(edits, failed))
        head = _first_line(data)
        data = chain((head,), data)
        if file is None and not format_ and found == "text" and head.strip():
            raise FormatError(
                f"{edits}: is no edit log. A text comes back by the log of the run that corrected "
                "it, written by --edits: thaifix revert LOG TEXT"
            )
        if file is None and (format_ or not _is_log(found, head)):
            if encoding:
                found, data = formats.peek(data, encoding)
            formats.revert(formats.chosen(found, format_), data, write, field=field, name=edits)
        else:
            name = file or STDIN
            found, text = formats.peek(chunks(name, failed), encoding)
            around = formats.wrapping(found)
            write_inside, finish = formats.writer_around(found, write, name)
            inside = formats.unwrapped(text, around.encoding, around.compression, name)
            revert_text(_lines(data), inside, write_inside)
            finish()
    except (EditError, FormatError) as error:
        if not failed:
            fail(ExitCode.MISMATCH, str(error))
    if failed:
        raise click.exceptions.Exit(ExitCode.INPUT)


def _first_line(data: Iterator[bytes]) -> bytes:
    """Take pieces up to the first line end, or so many that no line of a log is longer."""
    head = b""
    while b"\n" not in head.lstrip() and len(head) < _LONGEST_LINE:
        piece = next(data, b"")
        if not piece:
            break
        head += piece
    return head


def _is_log(format_: str, head: bytes) -> bool:
    """Tell an edit log from a corrected file; plain text counts as a log, which is then refused."""
    if format_ != "jsonl":
        return format_ == "text"
    from thaifix.stream.log import is_logged

    return is_logged(head.lstrip().partition(b"\n")[0])


def _lines(chunks: Iterable[bytes]) -> Iterator[bytes]:
    """Divide bytes that come in pieces into lines, without their line ends."""
    held: list[bytes] = []
    for chunk in chunks:
        *ended, rest = chunk.split(b"\n")
        for line in ended:
            yield b"".join([*held, line])
            held = []
        held.append(rest)
    if last := b"".join(held):
        yield last
