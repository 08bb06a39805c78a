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
    CHANGES = 1, "--check found something to change; lexicon: errors, differences, or nothing"
    INPUT = 2, "a file could not be read (the others were done), or wrong usage"
    MODEL = 3, "the model, a lexicon or the --keep list cannot be used"
    OUTPUT = 4, "the output could not be written"
    MISMATCH = 5, "revert: what is given does not lead back to an input"
    INTERRUPTED = 130, "interrupted (Ctrl-C)"
