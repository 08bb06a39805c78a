"""The shell filter: options, one library call, bytes.

Imported here is only what every start needs; each command imports the rest itself.
"""

from __future__ import annotations

import os
import stat
import sys
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, nullcontext, suppress
from enum import IntEnum
from typing import TYPE_CHECKING, Any, BinaryIO, NoReturn, TextIO

import click

from thaifix import __version__
from thaifix.errors import EditError, LexiconError, ModelError

if TYPE_CHECKING:
    from thaifix.corrector import Corrector
    from thaifix.stream import Piece, Stats

_CHUNK = 1 << 16  # bytes read at a time, at most
_STDOUT = "standard output"


class ExitCode(IntEnum):
    """What the exit status says; an error outweighs what `--check` found."""

    meaning: str

    def __new__(cls, value: int, meaning: str) -> ExitCode:
        """Attach the meaning that `--help` shows."""
        code = int.__new__(cls, value)
        code._value_ = value
        code.meaning = meaning
        return code

    OK = 0, "done; also when the reader of the output went away"
    CHANGES = 1, "--check found something to change"
    INPUT = 2, "a file could not be read (the others were done), or wrong usage"
    MODEL = 3, "the model, a lexicon or the --keep list cannot be used"
    OUTPUT = 4, "the output could not be written"
    MISMATCH = 5, "revert: the text and the edit log do not belong together"
    INTERRUPTED = 130, "interrupted (Ctrl-C)"


class _Filter(click.Group):
    """A group that corrects unless its first argument names another command."""

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        if not (args and args[0] in self.commands) and not ctx.resilient_parsing:
            args = ["correct", *args]
        return super().parse_args(ctx, args)

    def invoke(self, ctx: click.Context) -> object:
        try:
            return super().invoke(ctx)
        except BrokenPipeError:
            _abandon_output()
            raise click.exceptions.Exit(ExitCode.OK) from None
        except KeyboardInterrupt:
            raise click.exceptions.Exit(ExitCode.INTERRUPTED) from None
        except (ModelError, LexiconError) as error:
            _fail(ExitCode.MODEL, str(error))


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


@click.group(cls=_Filter, add_help_option=False)
def main() -> None:
    """Correct Thai text from OCR."""


@main.command(
    "correct",
    cls=_Correct,
    epilog="\b\nOther commands:\n"
    "  thaifix revert EDITS [FILE]  give the text before correction back\n"
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
    corrector = _load(model, lexicon, keep, profile)
    write = _discard if check else _writer(_STDOUT)
    log = _writer(edits) if edits is not None else _discard
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

    sink = _discard if diff else write
    run = stream.Filter(corrector, sink, by_line=line_buffered, watch=watch)
    for name in inputs:
        if invalid := run.file(name, _chunks(name, failed)):
            _warn(
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


@main.command()
@click.argument("edits", type=click.File("rb"))
@click.argument("file", default="-", type=click.Path())
def revert(*, edits: BinaryIO, file: str) -> None:
    """Give the text before correction back, byte for byte.

    EDITS is the log that `thaifix --edits EDITS` wrote, FILE the text it wrote in the same run
    (default: standard input).
    """
    from thaifix import stream

    write = _writer(_STDOUT)
    failed: list[str] = []
    try:
        stream.revert(edits, _chunks(file, failed), write)
    except EditError as error:
        if not failed:
            _fail(ExitCode.MISMATCH, str(error))
    if failed:
        raise click.exceptions.Exit(ExitCode.INPUT)


@main.command()
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
        from thaifix.calibrate import build
    except ModuleNotFoundError as error:
        _fail(ExitCode.INPUT, f"{error}. Training needs: pip install 'thaifix[train]'")
    try:
        build(
            text=Path(text),
            pairs=Path(pairs),
            lexicons=Path(lexicons),
            out=Path(out),
            language=Path(language) if language else None,
            leave_out=leave_out,
        )
    except OSError as error:
        file = str(error.filename or out)
        _fail(ExitCode.OUTPUT if file.startswith(out) else ExitCode.INPUT, _reason(file, error))


def _load(model: str | None, lexicons: Sequence[str], keep: str | None, profile: str) -> Corrector:
    from thaifix.corrector import Corrector

    try:
        kept = _read_keep(keep) if keep is not None else []
        return Corrector(model=model, lexicons=lexicons, keep=kept, profile=profile)
    except OSError as error:
        _fail(ExitCode.MODEL, _reason(error.filename or "model", error))


def _read_keep(path: str) -> list[str]:
    with open(path, encoding="utf-8-sig") as file:
        try:
            lines = [line.strip() for line in file]
        except UnicodeDecodeError as error:
            raise LexiconError(f"{path}: not UTF-8 ({error.reason}). Convert the file") from error
    return [line for line in lines if line and not line.startswith("#")]


def _chunks(name: str, failed: list[str]) -> Iterator[bytes]:
    """Read a file as its bytes come; a failure is reported and ends the file, not the run."""
    try:
        with nullcontext(_buffer(sys.stdin)) if name == "-" else open(name, "rb") as file:
            if (identity := _identity(file)) and identity == _identity(sys.stdout):
                raise OSError(0, "is also the output. Write to another file and rename that")
            while chunk := file.read1(_CHUNK):
                yield chunk
    except OSError as error:
        failed.append(name)
        _warn(_reason(name, error))


def _reason(name: str, error: OSError) -> str:
    advice = {
        FileNotFoundError: ". Check the name",
        IsADirectoryError: ". Name the files in it",
        PermissionError: ". Ask its owner for access",
    }.get(type(error), "")
    return f"{name}: {error.strerror or error}{advice}"


def _buffer(standard: TextIO | None) -> Any:
    """Find the binary stream under a standard one, which is None if the shell closed it."""
    if standard is None:
        raise OSError(0, "is closed")
    return standard.buffer


def _discard(data: bytes) -> None:
    pass


@contextmanager
def _writing(name: str) -> Iterator[None]:
    """Report what goes wrong; only a closed pipe on standard output is left to the group."""
    try:
        yield
    except OSError as error:
        if isinstance(error, BrokenPipeError) and name == _STDOUT:
            raise
        _abandon_output()
        _warn(f"cannot write {_reason(name, error)}")
        _fail(
            ExitCode.OUTPUT, "the output is incomplete; make room or name another file, and rerun"
        )


def _writer(name: str) -> Callable[[bytes], None]:
    with _writing(name):
        stream = _buffer(sys.stdout) if name == _STDOUT else click.open_file(name, "wb")

    def close() -> None:
        with suppress(OSError):  # known from the last write
            stream.close()

    if name != _STDOUT:
        click.get_current_context().call_on_close(close)

    def write(data: bytes) -> None:
        with _writing(name):
            stream.write(data)
            stream.flush()

    return write


def _abandon_output() -> None:
    """Send what is still buffered nowhere, or Python would complain about it at exit."""
    with suppress(OSError, AttributeError):
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


def _identity(file: Any) -> tuple[int, int] | None:
    """Tell which regular file this path or stream is; None if it is none."""
    with suppress(OSError, AttributeError):
        status = os.stat(file if isinstance(file, str) else file.fileno())
        if stat.S_ISREG(status.st_mode):
            return status.st_dev, status.st_ino
    return None


def _refuse_overwriting(edits: str, inputs: Sequence[str]) -> None:
    log = _identity(edits)
    taken = [sys.stdin if name == "-" else name for name in inputs]
    if edits == "-" or (log and log in map(_identity, [sys.stdout, *taken])):
        raise click.UsageError(
            f"--edits {edits} would overwrite what this run reads or writes. Name another file."
        )


def _show_stats(stats: Stats, stamp: str) -> None:
    _warn(
        f"{stats.lines:,} lines, {stats.code_points:,} code points, {stats.bytes:,} bytes "
        f"({stats.invalid_bytes:,} not UTF-8)"
    )
    for name, counts in ("edits", stats.edits), ("flags", stats.flags):
        reasons = ", ".join(f"{reason} {count:,}" for reason, count in counts.most_common())
        _warn(f"{name}: {counts.total():,}{reasons and f' ({reasons})'}")
    _warn(f"model: {stamp}")


def _warn(message: str) -> None:
    click.echo(f"thaifix: {message}", err=True)


def _fail(code: ExitCode, message: str) -> NoReturn:
    _warn(message)
    raise click.exceptions.Exit(code)
