"""`thaifix evaluate`: how good is a text, and does a correction help?"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from itertools import tee
from pathlib import Path
from typing import TYPE_CHECKING, Unpack

import click
from click.core import ParameterSource

from thaifix.cli.exit_codes import ExitCode
from thaifix.cli.filtering import with_bar
from thaifix.cli.loading import files_of, load_corrector
from thaifix.cli.messages import fail, reason, warn
from thaifix.cli.options import ChosenCorrector, corrector_options
from thaifix.cli.streams import STDIN, STDOUT, overwrites, writer
from thaifix.errors import MissingExtraError, PairingError

if TYPE_CHECKING:
    from thaifix.correct.corrector import Corrector
    from thaifix.evaluation import DocumentTexts
    from thaifix.evaluation.pairing import Paired, Reader

_FIELD_HELP = "Field of JSON lines that holds the {}; dots lead into objects."


@click.command()
@click.argument("paths", metavar="REFERENCE [HYPOTHESIS] [CORRECTED]...", nargs=-1, required=True)
@click.option("--correct", is_flag=True, help="Also correct the hypothesis, and judge that.")
@corrector_options
@click.option(
    "--jobs",
    type=click.IntRange(1),
    default=1,
    show_default=True,
    help="How many processes correct.",
)
@click.option("--json", "as_json", is_flag=True, help="Write one JSON object, not a table.")
@click.option("--html", metavar="FILE", help="Also write a report for a browser.")
@click.option(
    "--missing",
    type=click.Choice(["error", "empty", "skip"]),
    default="error",
    show_default=True,
    help="What to do about a page that is missing somewhere.",
)
@click.option(
    "--pattern",
    default="*.txt",
    show_default=True,
    help="Which files of a folder are pages.",
)
@click.option("--id-field", metavar="NAME", help=_FIELD_HELP.format("id"))
@click.option("--reference-field", metavar="NAME", help=_FIELD_HELP.format("true text"))
@click.option("--hypothesis-field", metavar="NAME", help=_FIELD_HELP.format("text to judge"))
@click.option("--corrected-field", metavar="NAME", help=_FIELD_HELP.format("corrected text"))
@click.option("--resamples", type=click.IntRange(1), default=2_000, show_default=True,
              help="Samples of the bootstrap and of the paired tests.")  # fmt: skip
@click.option("--seed", default=1, show_default=True, help="Seed of the random numbers.")
def evaluate(
    *,
    paths: Sequence[str],
    correct: bool,
    jobs: int,
    as_json: bool,
    html: str | None,
    missing: str,
    pattern: str,
    id_field: str | None,
    reference_field: str | None,
    hypothesis_field: str | None,
    corrected_field: str | None,
    resamples: int,
    seed: int,
    **chosen: Unpack[ChosenCorrector],
) -> None:
    """Compare texts with their references: error rates, and what corrections did.

    Give files, or folders (pages are paired by name without the last extension, and without .gt),
    or JSON lines in *.jsonl (paired by id). Of hOCR, ALTO and PAGE XML the text counts. One file of
    JSON lines may hold all: {"id", "gold", "ocr"}, perhaps with "corrected", or the schema of
    HIPE-OCRepair. Each further argument is what one system made of the hypothesis. The options that
    choose a corrector are those of --correct.

    \b
    thaifix evaluate gold/ ocr/
    thaifix evaluate gold/ ocr/ mine/ theirs/ --json
    thaifix evaluate gold/ ocr/ --correct --html report.html
    thaifix evaluate pages.jsonl --correct --profile strict
    """  # noqa: D301 (click wants the very control character)
    from thaifix.evaluation import evaluate as judge
    from thaifix.evaluation import json_report, text_report
    from thaifix.evaluation.pairing import Reader

    if not correct:
        _refuse_options(chosen)
    fields = {
        "id": id_field,
        "reference": reference_field,
        "hypothesis": hypothesis_field,
        "corrected": corrected_field,
    }
    named = {role: name for role, name in fields.items() if name is not None}
    paired = _read(Reader(named, pattern, missing), paths, html, files_of(chosen))
    texts: Iterable[DocumentTexts] = paired.texts
    systems = paired.systems
    if correct:
        texts = _corrected(texts, load_corrector(**chosen), jobs)
        systems = [*systems, _name(chosen)]
    evaluation = judge(texts, systems, resamples=resamples, seed=seed)
    report = json_report if as_json else text_report
    writer(STDOUT)(report.render(evaluation).encode("utf-8", "backslashreplace"))
    if html is not None:
        from thaifix.evaluation.html_report import render

        page = render(evaluation, title=" · ".join(Path(path).name for path in paths))
        writer(html)(page.encode("utf-8", "backslashreplace"))


def _read(reader: Reader, paths: Sequence[str], html: str | None, files: Sequence[str]) -> Paired:
    """Read what is compared; end the run if that cannot be, or if the report would overwrite it."""
    from thaifix.evaluation.requirements import require

    try:
        require("pythainlp", "regex", *["jinja2"] * (html is not None))
        if html is not None:
            read = [str(file) for path in paths for file in reader.files(Path(path))]
            _refuse_overwriting(html, [*read, *files])
        paired = reader.read([Path(path) for path in paths])
    except (MissingExtraError, PairingError) as error:
        fail(ExitCode.INPUT, str(error))
    except OSError as error:
        fail(ExitCode.INPUT, reason(error.filename or paths[0], error))
    if paired.skipped:
        count = len(paired.skipped)
        warn(f"left out {count:,} page{'s'[: count > 1]} that not all have")
    return paired


def _name(chosen: ChosenCorrector) -> str:
    """Name the corrector in the report."""
    threshold = chosen["threshold"]
    return f"thaifix {chosen['profile']}" + ("" if threshold is None else f" from {threshold:g} on")


def _refuse_overwriting(html: str, inputs: Iterable[str]) -> None:
    """End the run if the report cannot be written, or is what the run reads."""
    if html == STDIN:
        raise click.UsageError("--html -: standard output has the figures. Name a file.")
    if not Path(html).parent.is_dir():
        raise click.UsageError(f"--html {html}: there is no such folder. Make it first.")
    if overwrites(html, inputs):
        raise click.UsageError(
            f"--html {html} would overwrite what this run reads or writes. Name another file."
        )


def _refuse_options(chosen: ChosenCorrector) -> None:
    """End the run if a corrector is described, and none is asked for."""
    context = click.get_current_context()
    for name in (*chosen, "jobs"):
        if context.get_parameter_source(name) is ParameterSource.COMMANDLINE:
            option = name.replace("_", "-")
            raise click.UsageError(f"--{option} says how to correct. Give --correct, too.")


def _corrected(
    texts: Iterable[DocumentTexts], corrector: Corrector, jobs: int
) -> Iterator[DocumentTexts]:
    """Add what a corrector makes of each hypothesis, and its edits."""
    texts, following = tee(with_bar(texts, "page"))
    corrections = corrector.correct_many((text.hypothesis for text in texts), jobs=jobs)
    for text, correction in zip(following, corrections, strict=True):
        yield text._replace(
            corrected=(*text.corrected, correction.text),
            corrections=(*[None] * len(text.corrected), correction),
        )
