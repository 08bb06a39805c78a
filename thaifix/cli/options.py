"""The options that several commands have; what becomes of them stands in `loading`."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any, TypedDict, TypeVar

import click

_Command = TypeVar("_Command", bound=Callable[..., Any])


def _encoding(context: click.Context, parameter: click.Parameter, name: str | None) -> str | None:
    """Check the name of an encoding."""
    if name is None:
        return None
    from thaifix.formats.wrapping import encoding_named

    if name.lower() in ("utf-8", "utf8"):
        return None
    try:
        return encoding_named(name)
    except LookupError:
        raise click.BadParameter(
            f"{name!r} is none that thaifix takes: those of one byte a letter, such as cp874, "
            "UTF-16 and UTF-32"
        ) from None


def joined(context: click.Context, parameter: click.Parameter, names: Sequence[str]) -> str | None:
    """Make one name of several."""
    return ",".join(names) or None


files_argument = click.argument(
    "files", metavar="[FILE]...", nargs=-1, type=click.Path(readable=False)
)
diff_option = click.option(
    "--diff", is_flag=True, help="Write the changes, letter by letter, instead of the text."
)
edits_option = click.option(
    "--edits",
    metavar="FILE",
    type=click.Path(readable=False),
    help="Write each edit and flag into FILE, a JSON line each.",
)
check_option = click.option(
    "--check", is_flag=True, help="Write no text; exit status 1 if anything would change."
)
jobs_option = click.option(
    "--jobs",
    type=click.IntRange(1),
    default=1,
    show_default=True,
    help="How many processes correct documents: files, records, or what form feeds part. They are "
    "read ahead, so no program may wait for an answer to each. PDF is corrected by one.",
)
message_option = click.option(
    "--format-message",
    "messages",
    type=click.Choice(["unix"]),
    help="With --check, write each change (with --flags each flag, too) to standard output as "
    "file:line:column: reason: message, for editors; columns are code points, from 1.",
)
format_option = click.option(
    "--format", "format_", metavar="NAME", help="Format of the files, instead of the detected one."
)
field_option = click.option(
    "--field",
    metavar="NAME",
    multiple=True,
    callback=joined,
    help="Field or column with the text (JSON, Parquet, Arrow): a name or a path, such as "
    "messages[].content; may be repeated.",
)
encoding_option = click.option(
    "--encoding",
    metavar="NAME",
    callback=_encoding,
    help="Encoding of the files, such as cp874 or utf-16, if it is not UTF-8; it stays.",
)
lexicons_option = click.option(
    "--lexicon",
    "lexicons",
    metavar="FILE",
    multiple=True,
    help="Lexicon to look in instead of those that come with thaifix; may be repeated.",
)

_CORRECTOR = (
    click.option(
        "--profile",
        type=click.Choice(["strict", "normal", "bold"]),
        default="normal",
        show_default=True,
        help="How sure a change must be.",
    ),
    click.option(
        "--threshold",
        metavar="FLOAT",
        type=click.FloatRange(0, 1),
        help="Confidence from which a change is made, 0 to 1, instead of the profile's.",
    ),
    click.option(
        "--lexicon", metavar="FILE", multiple=True, help="Further terms; may be repeated."
    ),
    click.option("--keep", metavar="FILE", help="Words that are never changed, one a line."),
    click.option(
        "--no-lexicons", is_flag=True, help="Do without the lexicons that come with thaifix."
    ),
    click.option(
        "--no-memory", is_flag=True, help="Do not let one place of a document teach another."
    ),
    click.option("--no-adapt", is_flag=True, help="Do not learn the confusions of each document."),
    click.option(
        "--no-numbers", is_flag=True, help="Leave numbers alone that the rest of a document proves."
    ),
    click.option(
        "--orthography",
        type=click.Choice(["auto", "modern", "historic"]),
        default="auto",
        show_default=True,
        help="Which spelling is right: what the document shows, today's, or that of its time.",
    ),
    click.option(
        "--engine",
        type=click.Choice(["auto", "scan", "letter-spaced", "pdf-layer", "vlm", "paddle"]),
        default="auto",
        show_default=True,
        help="Which kind of engine the text comes from: what each document shows, or this one.",
    ),
    click.option("--model", metavar="FILE", help="Model to use, made by `thaifix train`."),
)
language_option = click.option(
    "--language",
    metavar="NAME",
    help="Languages that Tesseract reads, such as tha+eng (PDF).",
)
_FORMATS = (
    language_option,
    click.option(
        "--redo", is_flag=True, help="Read pages anew that have a text of their own (PDF)."
    ),
    format_option,
    field_option,
    encoding_option,
    click.option(
        "--no-originals",
        is_flag=True,
        help="Do not keep the original readings in the file: `revert` cannot lead back from it.",
    ),
    click.option(
        "--merge-words",
        is_flag=True,
        help="Make whole words of single letters (hOCR, ALTO of Tesseract).",
    ),
)


class ChosenReading(TypedDict):
    """What `reading_options` give a command."""

    format_: str | None
    field: str | None
    encoding: str | None


class ChosenCorrector(TypedDict):
    """What `corrector_options` give a command."""

    profile: str
    threshold: float | None
    lexicon: Sequence[str]
    keep: str | None
    no_lexicons: bool
    no_memory: bool
    no_adapt: bool
    no_numbers: bool
    orthography: str
    engine: str
    model: str | None


def corrector_options(command: _Command) -> _Command:
    """Add the options that choose a corrector, see `loading.load_corrector`."""
    return _with(_CORRECTOR, command)


def reading_options(command: _Command) -> _Command:
    """Add the options that say what files are, of commands that read them and write a table."""
    return _with((format_option, field_option, encoding_option), command)


def format_options(command: _Command) -> _Command:
    """Add the options that say what files are and what is written, see `loading.written`."""
    return _with(_FORMATS, command)


def _with(options: Sequence[Callable[[_Command], _Command]], command: _Command) -> _Command:
    for option in reversed(options):
        command = option(command)
    return command
