"""The exit statuses of all commands."""

from __future__ import annotations

from enum import IntEnum


class ExitCode(IntEnum):
    """What the exit status says; an error outweighs what `--check` found.

    Attributes:
        meaning: What `thaifix --help` says of it.
    """

    meaning: str

    def __new__(cls, value: int, meaning: str) -> ExitCode:
        """Attach the meaning."""
        code = int.__new__(cls, value)
        code._value_ = value
        code.meaning = meaning
        return code

    OK = 0, "done; also when the reader of the output went away"
    CHANGES = 1, "--check: something would change; lexicon: errors, differences, or no such entry"
    INPUT = 2, "wrong usage, or a file cannot be read or corrected; the others are done"
    MODEL = 3, "the model, a lexicon or the --keep list cannot be used"
    OUTPUT = 4, "the output could not be written"
    MISMATCH = 5, "revert, archive verify: this is not what thaifix wrote"
    INTERRUPTED = 130, "interrupted (Ctrl-C)"
