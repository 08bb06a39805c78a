"""What options ask for: the corrector, how formats are written, the entries of lexicons."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

import click

from thaifix.cli.exit_codes import ExitCode
from thaifix.cli.messages import fail, reason, warn
from thaifix.cli.options import ChosenCorrector
from thaifix.errors import LexiconError
from thaifix.text.counted import counted

if TYPE_CHECKING:
    from thaifix.correct.corrector import Corrector
    from thaifix.curate.decisions import Decided
    from thaifix.formats import FormatOptions
    from thaifix.lexicon.entries import Entry


def load_corrector(
    *,
    model: str | None,
    lexicon: Sequence[str],
    keep: str | None,
    profile: str = "normal",
    threshold: float | None = None,
    no_lexicons: bool = False,
    no_memory: bool = False,
    no_adapt: bool = False,
    no_numbers: bool = False,
    orthography: str = "auto",
    engine: str = "auto",
) -> Corrector:
    """Make the corrector that `corrector_options` describe; end the run if a file is missing."""
    from thaifix.correct.corrector import Corrector
    from thaifix.correct.options import Options
    from thaifix.lexicon.entries import Lexicon

    try:
        kept = _read_keep(keep) if keep is not None else []
        options = Options(
            profile=profile,
            threshold=threshold,
            lexicons=not no_lexicons,
            memory=not no_memory,
            adapt=not no_adapt,
            numbers=not no_numbers,
            orthography=orthography,
            engine=engine,
        )
        bad: list[str] = []
        terms = Lexicon.read(lexicon, leave_out=bad.append)
        _tell_bad_rows(bad)
        return Corrector(model=model, lexicons=terms, keep=kept, options=options)
    except OSError as error:
        fail(ExitCode.MODEL, reason(error.filename or "model", error))


def _tell_bad_rows(bad: Sequence[str]) -> None:
    """Say which rows of lexicons are left out, and why: one spoilt row stops no run."""
    from thaifix.lexicon.entries import MOST_NAMED

    for row in bad[:MOST_NAMED]:
        warn(f"{row}; the row is left out")
    if (more := len(bad) - MOST_NAMED) > 0:
        warn(f"so {'is' if more == 1 else 'are'} {counted(more, 'more row')}")


def _read_keep(path: str) -> list[str]:
    """Read a list of words, one a line; empty lines and lines that begin with # are no words.

    Raises:
        LexiconError: If it is not UTF-8.
        OSError: If it cannot be read.
    """
    with open(path, encoding="utf-8-sig") as file:
        try:
            lines = [line.strip() for line in file]
        except UnicodeDecodeError as error:
            raise LexiconError(f"{path}: not UTF-8 ({error.reason}). Convert the file") from error
    return [line for line in lines if line and not line.startswith("#")]


def files_of(chosen: ChosenCorrector) -> list[str]:
    """Name the files that a corrector is made of, as they were given."""
    return [*chosen["lexicon"], *filter(None, [chosen["keep"], chosen["model"]])]


def written(
    stamp: str,
    *,
    format_: str | None,
    field: str | None,
    no_originals: bool,
    merge_words: bool,
    language: str | None,
    redo: bool,
) -> FormatOptions:
    """Say how formats are written, as `format_options` ask for; refuse an unknown format.

    Args:
        stamp: Identifies the corrector in what is written about the correction.
        format_, field, no_originals, merge_words, language, redo: The options.
    """
    from thaifix.formats import FORMATS, FormatOptions

    if format_ is not None and format_ not in FORMATS:
        raise click.UsageError(f"--format {format_}: give one of {', '.join(FORMATS)}")
    return FormatOptions(
        originals=not no_originals,
        merge_words=merge_words,
        field=field,
        language=language,
        redo=redo,
        stamp=stamp,
    )


def load_decisions(table: str) -> list[Decided]:
    """Read a table of decided error series; end the run if it cannot be used."""
    from pathlib import Path

    from thaifix.curate.decisions import read
    from thaifix.errors import SeriesError

    try:
        return read(Path(table))
    except OSError as error:
        fail(ExitCode.INPUT, reason(table, error))
    except SeriesError as error:
        fail(ExitCode.INPUT, str(error))


def load_entries(lexicons: Sequence[str]) -> list[Entry]:
    """Read lexicons, or those that come with thaifix if none is named."""
    from pathlib import Path

    from thaifix.lexicon.entries import read_entries, tables

    paths = [Path(file) for file in lexicons] or tables()
    return [entry for path in paths for entry in read_entries(path)]
