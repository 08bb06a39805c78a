"""The command line: options, one library call, bytes.

One module a command, of the command's name, imported only when the command is called; what each
command needs of the library it imports itself, when it runs.
"""

from __future__ import annotations

from importlib import import_module

import click

from thaifix.cli.output import ExitCode, abandon_output, fail
from thaifix.errors import LexiconError, ModelError

_COMMANDS = (
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
)


class _Filter(click.Group):
    """A group that corrects unless its first argument names another command."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        return list(_COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        if cmd_name not in _COMMANDS:
            return None
        command: click.Command = getattr(import_module(f"{__name__}.{cmd_name}"), cmd_name)
        return command

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        if not (args and args[0] in _COMMANDS) and not ctx.resilient_parsing:
            args = ["correct", *args]
        return super().parse_args(ctx, args)

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


@click.group(cls=_Filter, add_help_option=False)
def main() -> None:
    """Correct Thai text from OCR."""
