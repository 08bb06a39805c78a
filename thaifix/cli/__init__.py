"""The command line: options, one call of the library, bytes.

`commands/` has one file for each command, named like it; a folder there is a command that has
commands of its own. A command's file is imported when the command is called, and imports what it
needs of the library when it runs: the plain filter must start fast. The other files are what
commands share: `options` and what becomes of them (`loading`), `streams` (bytes in and out),
`filtering` (files through a corrector), `messages`, `exit_codes`, `tables`, `archives`. Everything
but `thaifix/__init__.py` may be imported here; nothing but `thaifix/__main__.py` imports from here.

Begin reading with `commands/text.py`, then `commands/correct.py` and `filtering`.
"""

from __future__ import annotations

from typing import Any

import click

from thaifix.cli.exit_codes import ExitCode
from thaifix.cli.groups import CommandGroup
from thaifix.cli.messages import fail, messages_may_be_lost
from thaifix.cli.streams import abandon_output
from thaifix.errors import LexiconError, ModelError, ProcessError


class _Program(CommandGroup):
    """The group of all commands; gives what may end any of them its exit status."""

    def main(self, *args: Any, **extra: Any) -> Any:
        """Run the program."""
        with messages_may_be_lost():
            return super().main(*args, **extra)

    def invoke(self, ctx: click.Context) -> object:
        try:
            return super().invoke(ctx)
        except BrokenPipeError:
            abandon_output()
            raise click.exceptions.Exit(ExitCode.OK) from None
        except KeyboardInterrupt:
            raise click.exceptions.Exit(ExitCode.INTERRUPTED) from None
        except (ModelError, LexiconError) as error:
            fail(ExitCode.MODEL, str(error))
        except ProcessError as error:
            fail(ExitCode.OUTPUT, str(error))


@click.group(
    cls=_Program,
    folder=f"{__name__}.commands",
    names=(
        "apply",
        "archive",
        "correct",
        "corrupt",
        "evaluate",
        "lexicon",
        "revert",
        "series",
        "text",
        "train",
    ),
    unnamed="correct",
    add_help_option=False,
)
def main() -> None:
    """Correct Thai text from OCR."""
