"""Files through a filter: the text, its diff and its log, for every command that writes text."""

from __future__ import annotations

import os
import sys
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import suppress
from itertools import chain
from typing import TYPE_CHECKING, TypeVar

import click

from thaifix.cli.exit_codes import ExitCode
from thaifix.cli.messages import show, warn
from thaifix.cli.streams import STDOUT, chunks, discard, identity, overwrites, writer
from thaifix.text.counted import counted

if TYPE_CHECKING:
    from thaifix.formats import FormatOptions
    from thaifix.stream.filter import DocumentSource, Piece, Stats
    from thaifix.stream.log import LogWriter

_Item = TypeVar("_Item")
_MOST_TOLD = 10
"""Lines of a file that are told one by one, at most, if they are no records; by judgement."""
_JOINABLE = ("text", "jsonl")  # several files of these formats, put together, are one again


def run(
    source: DocumentSource,
    stamp: str,
    inputs: Sequence[str],
    *,
    diff: bool = False,
    edits: str | None = None,
    check: bool = False,
    messages: bool = False,
    stats: bool = False,
    flags: bool = False,
    line_buffered: bool = False,
    format_: str | None = None,
    encoding: str | None = None,
    options: FormatOptions | None = None,
    jobs: int = 1,
) -> None:
    """Filter files to standard output; end the run if its exit status is not 0.

    Args:
        source: Corrects the text.
        stamp: What the log calls it.
        inputs: Names of files, `streams.STDIN` for standard input.
        diff, edits, check, stats, flags, line_buffered: The options of `thaifix`.
        messages: Whether `--format-message` is given.
        format_: Format of all files, instead of the detected ones.
        encoding: That of all files, if it is not UTF-8.
        options: How formats are written.
        jobs: How many processes correct.
    """
    from thaifix import formats
    from thaifix.errors import FormatError
    from thaifix.formats.passed import passed_over
    from thaifix.stream.filter import Filter

    if len(inputs) > 1 and not (check or diff):
        _refuse_joining(inputs, format_, encoding)
    write = discard if check else writer(STDOUT)
    log = None
    if edits is not None:
        from thaifix.stream.log import LogWriter

        log = LogWriter(writer(edits), stamp)
    out = writer(STDOUT) if messages else write
    watch = _watcher(out, log, diff=diff, check=check, messages=messages, flags=flags)
    sink = discard if diff else write
    failed: list[str] = []
    ahead = None
    if jobs > 1:
        from thaifix.cli.ahead import FilesAhead

        ahead = FilesAhead(
            source, jobs, inputs, failed, format_=format_, encoding=encoding, options=options
        )
        source = click.get_current_context().with_resource(ahead)
    filter_ = Filter(source, sink, by_line=line_buffered, watch=watch)

    def correct(found: str, name: str, data: Iterable[bytes]) -> None:
        try:
            refuse_field(found, options.field if options else None, name)
        except FormatError:
            for piece in data:
                sink(piece)
            raise
        if found == "text":
            tell_invalid(name, filter_.file(name, data))
            return
        done = formats.correct(
            found, data, source, sink, options=options, name=name, watch=watch,
            by_line=line_buffered,
        )  # fmt: skip
        filter_.stats += done
        if (untold := done.flags[formats.SKIPPED] - _MOST_TOLD) > 0:
            warn(f"{name}: so do {counted(untold, 'more line')}")
        for said in passed_over(found, done):
            warn(f"{name}: {said}")

    for name in inputs:
        data = ahead.begin(name) if ahead else None
        each(correct, name, failed, format_=format_, encoding=encoding, data=data)
    filter_.close()
    if log:
        log.close(filter_.stats.families)
    if stats:
        _show_stats(filter_.stats, stamp)
    if failed:
        raise click.exceptions.Exit(ExitCode.INPUT)
    if check and filter_.stats.edits:
        raise click.exceptions.Exit(ExitCode.CHANGES)


def _watcher(
    write: Callable[[bytes], None],
    log: LogWriter | None,
    *,
    diff: bool,
    check: bool,
    messages: bool,
    flags: bool,
) -> Callable[[Piece], None]:
    """Give what shows and logs each piece before its text is written."""
    from thaifix.formats import SKIPPED

    bad = Counter[str]()
    shown_on = sys.stderr if check else sys.stdout
    colour = bool(shown_on and shown_on.isatty() and not os.environ.get("NO_COLOR"))

    def watch(piece: Piece) -> None:
        place = piece.correction, piece.file, piece.line
        if log:
            log.watch(piece)
        if diff and piece.correction.edits:
            from thaifix.stream.diff import render_edits

            shown = render_edits(*place, colour=colour)
            show(shown) if check else write(shown.encode())
        for flag in piece.correction.flags:
            if flag.reason == SKIPPED:
                bad[piece.file] += 1
                if bad[piece.file] <= _MOST_TOLD:
                    warn(f"{piece.file}: {flag.note}")
        if messages:
            from thaifix.stream.diff import render_messages

            write(render_messages(*place, flags=flags).encode())
        elif flags and piece.correction.flags:
            from thaifix.stream.diff import render_flags

            show(render_flags(*place))

    return watch


def each(
    work: Callable[[str, str, Iterable[bytes]], object],
    name: str,
    failed: list[str],
    *,
    format_: str | None,
    encoding: str | None,
    data: Iterable[bytes] | None = None,
) -> None:
    """Find out the format of a file and do something with it.

    Args:
        work: Is given the format, the file's name, and its bytes.
        name: Of the file, or `streams.STDIN`.
        failed: Receives the name if the file cannot be read, which is told.
        format_, encoding: As for `run`.
        data: The file's bytes, if they are read elsewhere.
    """
    from thaifix import formats
    from thaifix.errors import FormatError

    before = len(failed)
    found, data = formats.peek(chunks(name, failed) if data is None else data, encoding)
    if failed[before:]:  # nothing more comes, and perhaps nothing at all
        if not (head := next(data, b"")):
            return
        data = chain((head,), data)
    try:
        work(formats.chosen(found, format_), name, data)
    except FormatError as error:
        failed.append(name)
        warn(str(error))


def feed(
    source: DocumentSource,
    inputs: Sequence[str],
    failed: list[str],
    *,
    watch: Callable[[Piece], object] = lambda piece: None,
    format_: str | None = None,
    field: str | None = None,
    encoding: str | None = None,
) -> None:
    """Let a source of documents read the texts of files of any format, and write nothing.

    Args:
        source: Reads them.
        inputs, format_, encoding: As for `run`.
        failed: Receives the names of files that cannot be read, which is told.
        watch: As for `formats.correct`; lines of plain text are those of the file.
        field: As in `FormatOptions`.
    """
    from thaifix import formats
    from thaifix.formats.passed import bad_lines, passed_over
    from thaifix.stream.filter import Filter

    filter_ = Filter(source, discard, watch=watch)
    options = formats.FormatOptions(field=field, originals=False)

    def read(found: str, name: str, data: Iterable[bytes]) -> None:
        refuse_field(found, field, name)
        if found == "text":
            tell_invalid(name, filter_.file(name, data))
            return
        done = formats.correct(
            found, data, source, discard, options=options, name=name, watch=watch
        )
        for said in (*passed_over(found, done), *bad_lines(done)):
            warn(f"{name}: {said}")

    for name in with_bar(inputs):
        each(read, name, failed, format_=format_, encoding=encoding)
    filter_.close()


def refuse_field(found: str, field: str | None, name: str) -> None:
    """See to it that a field is named only of a file that has some.

    Args:
        found: The file's format.
        field: As in `FormatOptions`.
        name: The file's name.
    Raises:
        FormatError: If one is named, and the file has none. Not all of it is meant then.
    """
    from thaifix import formats
    from thaifix.errors import FormatError

    if field and not formats.has_fields(found) and found not in formats.UNKNOWN:
        raise FormatError(
            f"{name}: is {formats.wrapping(found).format}, which has no fields. "
            "Leave --field out to read all of it"
        )


def texts_of(
    inputs: Sequence[str],
    failed: list[str],
    *,
    format_: str | None = None,
    field: str | None = None,
    encoding: str | None = None,
) -> Iterator[list[bytes]]:
    """Yield the text of each file of any format, in UTF-8; arguments as for `feed`."""
    from thaifix import formats
    from thaifix.stream.filter import encode

    parts: list[bytes] = []

    def read(found: str, name: str, data: Iterable[bytes]) -> None:
        refuse_field(found, field, name)
        left_out = LeftOut(name)
        found_text = formats.text(found, data, field=field, name=name, skip=left_out.tell)
        parts.extend(encode(part) for part in found_text)
        left_out.close()

    for name in with_bar(inputs):
        each(read, name, failed, format_=format_, encoding=encoding)
        yield parts
        parts.clear()


def with_bar(items: Iterable[_Item], unit: str = "file") -> Iterable[_Item]:
    """Give things one by one, with a bar on a terminal that says how many are done."""
    if sys.stderr is None or not sys.stderr.isatty():
        return items
    from tqdm import tqdm

    bar: Iterable[_Item] = tqdm(items, unit=unit, leave=False)
    return bar


class LeftOut:
    """Tells of lines that the text of a file is without: of the first ones each, then how many."""

    def __init__(self, name: str) -> None:
        self._name, self._lines = name, 0

    def tell(self, line: int, why: str) -> None:
        """Say that a line is left out, and why."""
        self._lines += 1
        if self._lines <= _MOST_TOLD:
            warn(f"{self._name}: line {line} is left out: {why}")

    def close(self) -> None:
        """Say how many more there were."""
        if (untold := self._lines - _MOST_TOLD) > 0:
            verb = "is" if untold == 1 else "are"
            warn(f"{self._name}: so {verb} {counted(untold, 'more line')}")


def tell_invalid(name: str, invalid: int) -> None:
    """Say how many bytes of a file are not UTF-8, if any are."""
    if invalid:
        warn(
            f"{name}: passed through {counted(invalid, 'byte')} of another encoding than UTF-8. "
            "If the file has another encoding, convert it first: iconv -f TIS-620 -t UTF-8"
        )


def _refuse_joining(inputs: Sequence[str], format_: str | None, encoding: str | None) -> None:
    """End the run if its output would be several files in a row that are no file together."""
    from thaifix import formats

    for name in inputs:
        found = format_ or "text"
        if format_ is None and identity(name):
            with suppress(OSError), open(name, "rb") as file:
                found, _ = formats.peek([file.read(formats.HEAD_BYTES)], encoding)
        if found not in _JOINABLE and found not in formats.UNKNOWN:
            raise click.UsageError(
                f"{name} is {found}; several such files cannot be written to one output. "
                "Correct them one by one, or all with: thaifix archive FOLDER --to TARGET"
            )


def refuse_overwriting(edits: str | None, inputs: Sequence[str]) -> None:
    """End the run if the log is what this run reads or writes.

    Args:
        edits: The option `--edits`.
        inputs: All files that the run reads, `streams.STDIN` for standard input.
    """
    if edits is not None and overwrites(edits, inputs):
        raise click.UsageError(
            f"--edits {edits} would overwrite what this run reads or writes. Name another file."
        )


def _show_stats(stats: Stats, stamp: str) -> None:
    """Say on standard error what went through the filter."""
    warn(
        f"{stats.lines:,} lines, {stats.code_points:,} code points, {stats.bytes:,} bytes "
        f"({stats.invalid_bytes:,} not UTF-8)"
    )
    for name, counts in ("edits", stats.edits), ("flags", stats.flags):
        reasons = ", ".join(f"{reason} {count:,}" for reason, count in counts.most_common())
        warn(f"{name}: {counts.total():,}{reasons and f' ({reasons})'}")
    if stats.adapted:
        warn(f"adapted: {stats.adapted:,} confusions, to the documents' own")
    if stats.families:
        warn("engines: " + ", ".join(f"{name} {n:,}" for name, n in stats.families.most_common()))
    warn(f"model: {stamp}")
