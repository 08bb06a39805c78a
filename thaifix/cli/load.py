"""The options that choose a corrector or what is written, and the corrector that they ask for."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, Any, TypedDict, TypeVar

import click

from thaifix.cli.output import ExitCode, fail, reason
from thaifix.errors import LexiconError

if TYPE_CHECKING:
    from thaifix.correct.corrector import Corrector
    from thaifix.formats import FormatOptions

_Command = TypeVar("_Command", bound=Callable[..., Any])


class Chosen(TypedDict):
    """What `corrector_options` give a command."""

    profile: str
    lexicon: Sequence[str]
    keep: str | None
    no_lexicons: bool
    no_memory: bool
    no_adapt: bool
    model: str | None


_CORRECTOR = (
    click.option(
        "--profile",
        type=click.Choice(["strict", "normal", "bold"]),
        default="normal",
        show_default=True,
        help="How much evidence an edit needs.",
    ),
    click.option("--lexicon", metavar="FILE", multiple=True, help="Further terms; repeatable."),
    click.option("--keep", metavar="FILE", help="Words never to touch, one a line."),
    click.option(
        "--no-lexicons", is_flag=True, help="Do without the terms that come with thaifix."
    ),
    click.option("--no-memory", is_flag=True, help="Let no place of a document teach another."),
    click.option(
        "--no-adapt", is_flag=True, help="Keep to the model's confusions in every document."
    ),
    click.option("--model", metavar="FILE", help="A model built by `thaifix train`."),
)
_FORMATS = (
    click.option(
        "--format", "format_", metavar="NAME", help="Format of the files, not the detected."
    ),
    click.option("--field", metavar="NAME", help="Field or column with the text (JSONL, Parquet)."),
    click.option("--no-originals", is_flag=True, help="Leave the original readings out."),
    click.option(
        "--merge-words", is_flag=True, help="Make whole words of Tesseract's single letters."
    ),
)


def corrector_options(command: _Command) -> _Command:
    """Add the options that choose a corrector; a command takes them as `**chosen`."""
    return _with(_CORRECTOR, command)


def format_options(command: _Command) -> _Command:
    """Add the options that say what files are and what is written, see `written`."""
    return _with(_FORMATS, command)


def _with(options: Sequence[Callable[[_Command], _Command]], command: _Command) -> _Command:
    for option in reversed(options):
        command = option(command)
    return command


def load(
    *,
    model: str | None,
    lexicon: Sequence[str],
    keep: str | None,
    profile: str = "normal",
    no_lexicons: bool = False,
    no_memory: bool = False,
    no_adapt: bool = False,
    threshold: float | None = None,
) -> Corrector:
    """Make a corrector; ends the run if a file cannot be read."""
    from thaifix.correct.corrector import Corrector
    from thaifix.correct.options import Options

    try:
        kept = _read_keep(keep) if keep is not None else []
        options = Options(
            profile=profile,
            threshold=threshold,
            lexicons=not no_lexicons,
            memory=not no_memory,
            adapt=not no_adapt,
        )
        return Corrector(model=model, lexicons=lexicon, keep=kept, options=options)
    except OSError as error:
        fail(ExitCode.MODEL, reason(error.filename or "model", error))


def files_of(chosen: Chosen) -> list[str]:
    """The files that a corrector is made of, as they were named."""
    return [*chosen["lexicon"], *filter(None, [chosen["keep"], chosen["model"]])]


def written(
    stamp: str, *, format_: str | None, field: str | None, no_originals: bool, merge_words: bool
) -> FormatOptions:
    """What formats write; ends the run if there is no such format."""
    from thaifix.formats import FORMATS, FormatOptions

    if format_ is not None and format_ not in FORMATS:
        raise click.UsageError(f"--format {format_}: give one of {', '.join(FORMATS)}")
    return FormatOptions(
        originals=not no_originals, merge_words=merge_words, field=field, stamp=stamp
    )


def _read_keep(path: str) -> list[str]:
    with open(path, encoding="utf-8-sig") as file:
        try:
            lines = [line.strip() for line in file]
        except UnicodeDecodeError as error:
            raise LexiconError(f"{path}: not UTF-8 ({error.reason}). Convert the file") from error
    return [line for line in lines if line and not line.startswith("#")]
