"""`thaifix corrupt`: the errors of an OCR engine in clean text."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from typing import TYPE_CHECKING, Unpack

import click

from thaifix.cli.exit_codes import ExitCode
from thaifix.cli.filtering import feed, refuse_overwriting, run
from thaifix.cli.messages import fail
from thaifix.cli.options import ChosenReading, edits_option, files_argument, reading_options
from thaifix.cli.streams import STDIN, STDOUT, writer

if TYPE_CHECKING:
    from thaifix.noise import NoiseSource
    from thaifix.stream.filter import Piece

_BYTE_ORDER_MARK = "\ufeff"


@click.command()
@files_argument
@click.option(
    "--engine",
    metavar="NAME",
    default="tesseract-tha",
    show_default=True,
    help="Engine whose errors these are: tesseract-tha, letter-spaced, pdf-layer, paddle, vlm, ... "
    "(a wrong name lists all), or a profile FILE.json.",
)
@click.option(
    "--rate",
    type=float,
    metavar="SHARE",
    help="Expected errors per code point, 0 to 0.5; another spelling of the same letters, such as "
    "decomposed sara am, does not count.",
    show_default="the engine's own",
)
@click.option("--seed", type=int, default=1, show_default=True, help="Seed of the random numbers.")
@edits_option
@reading_options
@click.option(
    "--jsonl", is_flag=True, help="Write records with ocr, gold and edits instead of the text."
)
def corrupt(
    *,
    files: Sequence[str],
    engine: str,
    rate: float | None,
    seed: int,
    edits: str | None,
    jsonl: bool,
    **reading: Unpack[ChosenReading],
) -> None:
    """Put the errors of an OCR engine into clean text.

    Reads each FILE, or standard input if there is none or it is "-", and writes the noisy file, of
    whatever format it is, to standard output. Of text, `thaifix revert EDITS` takes the errors out
    again, byte for byte. The same input, options and version give the same bytes on every machine.

    With --jsonl the output is a test set for `thaifix evaluate`: each document (a file, or what
    stands between form feeds; a long one is cut every 65,536 code points) is a line
    {"id", "ocr", "gold", "edits"}. Its id is FILE:LINE, where it begins, with #2, #3 ... if others
    begin in the same line; spans of edits are in code points of gold.
    """
    from thaifix.formats import FormatOptions
    from thaifix.noise import NoiseError, NoiseSource

    inputs = files or (STDIN,)
    refuse_overwriting(edits, inputs)
    if jsonl and edits is not None:
        raise click.UsageError("--jsonl holds the edits: give --jsonl or --edits, not both.")
    try:
        noise = NoiseSource(engine, rate=rate, seed=seed)
    except NoiseError as error:
        raise click.UsageError(str(error)) from error
    if jsonl:
        _write_records(noise, inputs, reading)
    else:
        options = FormatOptions(field=reading["field"], originals=False, stamp=noise.stamp)
        run(
            noise, noise.stamp, inputs, edits=edits, options=options,
            format_=reading["format_"], encoding=reading["encoding"],
        )  # fmt: skip
    try:
        noise.check()
    except NoiseError as error:
        fail(ExitCode.INPUT, str(error))


def _write_records(noise: NoiseSource, inputs: Sequence[str], reading: ChosenReading) -> None:
    """Write a JSON line for each section instead of the text."""
    import json

    write = writer(STDOUT)
    failed: list[str] = []
    begun: Counter[str] = Counter()

    def watch(piece: Piece) -> None:
        gold = piece.correction.source
        if gold == _BYTE_ORDER_MARK:
            return
        place = f"{piece.file}:{piece.line}"
        begun[place] += 1
        record = {
            "id": place if begun[place] == 1 else f"{place}#{begun[place]}",
            "ocr": piece.correction.text,
            "gold": gold,
            "edits": [
                {
                    "source": [edit.start, edit.end],
                    "observed": edit.observed,
                    "replacement": edit.replacement,
                    "reason": edit.reason,
                }
                for edit in piece.correction.edits
            ],
        }
        line = json.dumps(record, ensure_ascii=False) + "\n"
        write(line.encode("utf-8", "backslashreplace"))

    feed(noise, inputs, failed, watch=watch, **reading)
    if failed:
        raise click.exceptions.Exit(ExitCode.INPUT)
