"""Files through a filter: the text, its diff and its log, for every command that writes text."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterable, Sequence
from contextlib import suppress
from typing import TYPE_CHECKING

import click

from thaifix.cli.output import STDOUT, ExitCode, chunks, discard, identity, warn, writer

if TYPE_CHECKING:
    from thaifix.formats import FormatOptions
    from thaifix.stream.filter import DocumentSource, Filter, Piece, Stats

_JOINABLE = ("text", "jsonl")  # of which files one after the other are a file again


def run(
    source: DocumentSource,
    stamp: str,
    inputs: Sequence[str],
    *,
    diff: bool,
    edits: str | None,
    check: bool,
    stats: bool = False,
    flags: bool = False,
    line_buffered: bool = False,
    format_: str | None = None,
    options: FormatOptions | None = None,
) -> None:
    """Filter files to standard output; ends the run with the status that was earned.

    Args:
        source: Corrects them.
        stamp: What the log names it.
        inputs: Names of files, "-" for standard input.
        diff, edits, check, stats, flags, line_buffered: The options of `thaifix`.
        format_: Format of all files, instead of the detected ones.
        options: Of formats.
    """
    from thaifix import formats
    from thaifix.errors import FormatError
    from thaifix.stream import filter as stream
    from thaifix.stream.log import render

    write = discard if check else writer(STDOUT)
    log = writer(edits) if edits is not None else discard
    shown_on = sys.stderr if check else sys.stdout
    colour = bool(shown_on and shown_on.isatty() and not os.environ.get("NO_COLOR"))
    failed: list[str] = []

    def watch(piece: Piece) -> None:
        place = piece.correction, piece.file, piece.line
        if edits and (lines := render(piece, stamp)):
            log(lines)
        if diff and piece.correction.edits:
            from thaifix.stream.diff import render_edits

            shown = render_edits(*place, colour=colour)
            click.echo(shown, nl=False, err=True, color=colour) if check else write(shown.encode())
        for flag in piece.correction.flags:
            if flag.reason == formats.SKIPPED:
                warn(f"{piece.file}: {flag.note}")
        if flags and piece.correction.flags:
            from thaifix.stream.diff import render_flags

            click.echo(render_flags(*place), nl=False, err=True)

    sink = discard if diff else write
    if len(inputs) > 1 and sink is not discard:
        _refuse_joining(inputs, format_)
    filter_ = stream.Filter(source, sink, by_line=line_buffered, watch=watch)
    for name in inputs:
        data = chunks(name, failed)
        found = format_
        if found is None:
            found, data = formats.peek(data)
        if found == "text":
            _feed(filter_, name, data)
            continue
        try:
            filter_.stats += formats.correct(
                found, data, source, sink, options=options, name=name, watch=watch
            )
        except FormatError as error:
            failed.append(name)
            warn(str(error))
    filter_.close()
    if stats:
        _show_stats(filter_.stats, stamp)
    if failed:
        raise click.exceptions.Exit(ExitCode.INPUT)
    if check and filter_.stats.edits:
        raise click.exceptions.Exit(ExitCode.CHANGES)


def feed(filter_: Filter, inputs: Sequence[str], failed: list[str]) -> None:
    """Read texts into a filter; what cannot be read is told, and added to `failed`."""
    for name in inputs:
        _feed(filter_, name, chunks(name, failed))
    filter_.close()


def _feed(filter_: Filter, name: str, data: Iterable[bytes]) -> None:
    if invalid := filter_.file(name, data):
        warn(
            f"{name}: passed through {invalid} bytes that are not UTF-8. "
            "If the file has another encoding, convert it first: iconv -f TIS-620 -t UTF-8"
        )


def _refuse_joining(inputs: Sequence[str], format_: str | None) -> None:
    """End the run before it writes files behind each other that are none together."""
    from thaifix import formats

    for name in inputs:
        found = format_ or "text"
        if format_ is None and identity(name):
            with suppress(OSError), open(name, "rb") as file:
                found = formats.detect(file.read(formats.ENOUGH))
        if found not in _JOINABLE and found not in formats.UNKNOWN:
            raise click.UsageError(
                f"{name} is {found}; several such files cannot be written to one output. "
                "Correct them one by one, or all with: thaifix archive FOLDER --to TARGET"
            )


def refuse_overwriting(edits: str | None, inputs: Sequence[str]) -> None:
    """End the run if the log is what this run reads or writes."""
    if edits is None:
        return
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
    if stats.adapted:
        warn(f"adapted: {stats.adapted:,} confusions, to the documents' own")
    warn(f"model: {stamp}")
