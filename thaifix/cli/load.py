"""The corrector that a command's options ask for."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from thaifix.cli.output import ExitCode, fail, reason
from thaifix.errors import LexiconError

if TYPE_CHECKING:
    from thaifix.corrector import Corrector


def load(
    model: str | None,
    lexicons: Sequence[str],
    keep: str | None,
    profile: str,
    threshold: float | None = None,
    *,
    lexicons_of_thaifix: bool = True,
    memory: bool = True,
    adapt: bool = True,
) -> Corrector:
    """Make a corrector; ends the run if a file cannot be read."""
    from thaifix import Corrector, Options

    try:
        kept = _read_keep(keep) if keep is not None else []
        options = Options(
            profile=profile,
            threshold=threshold,
            terms=lexicons_of_thaifix,
            document_memory=memory,
            adapt=adapt,
        )
        return Corrector(model=model, lexicons=lexicons, keep=kept, options=options)
    except OSError as error:
        fail(ExitCode.MODEL, reason(error.filename or "model", error))


def _read_keep(path: str) -> list[str]:
    with open(path, encoding="utf-8-sig") as file:
        try:
            lines = [line.strip() for line in file]
        except UnicodeDecodeError as error:
            raise LexiconError(f"{path}: not UTF-8 ({error.reason}). Convert the file") from error
    return [line for line in lines if line and not line.startswith("#")]
