"""Groups of commands: a command's module is imported only when that command is called.

Not `click-default-group`: its group parses options before it looks for a command, so that
`thaifix -- revert` would call the command and not read the file, and `thaifix -- -page.txt` would
be an unknown option; and it wants its commands imported.
"""

from __future__ import annotations

import os
from collections.abc import Sequence
from importlib import import_module
from typing import Any

import click

_LIKE = 0.75
"""Likeness of a misspelt command to the right one, after `difflib`: by judgement, one letter in a
short name, two in a long one.
"""


class CommandGroup(click.Group):
    """A group whose commands are the modules of one folder, each named like its command."""

    def __init__(
        self, *, folder: str, names: Sequence[str], unnamed: str | None = None, **settings: Any
    ) -> None:
        """Say where the commands are.

        Args:
            folder: Dotted name of the package that holds them.
            names: Of the commands, in the order of the help.
            unnamed: The command that is called if the first argument names no other one.
            settings: Of `click.Group`.
        """
        super().__init__(**settings)
        self._folder = folder
        self._names = tuple(names)
        self._unnamed = unnamed

    def list_commands(self, ctx: click.Context) -> list[str]:
        """Name the commands, without importing them."""
        return list(self._names)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """Import a command; None if there is none of this name."""
        if cmd_name not in self._names:
            return None
        command: click.Command = getattr(import_module(f"{self._folder}.{cmd_name}"), cmd_name)
        return command

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        """Put the name of the unnamed command in front, unless another is named.

        Not while a shell completes a word: there all commands are to be offered.
        """
        named = bool(args) and args[0] in self._names
        if self._unnamed and not named and not ctx.resilient_parsing:
            args = [self._unnamed, *args]
        return super().parse_args(ctx, args)


class UnnamedCommand(click.Command):
    """A command that goes without its name, and whose usage line shows its group's name."""

    def make_context(
        self,
        info_name: str | None,
        args: list[str],
        parent: click.Context | None = None,
        **extra: Any,
    ) -> click.Context:
        """Make a context that is named like the group, as if there were no group."""
        name = parent.command_path if parent else info_name
        return super().make_context(name, args, parent=None, **extra)


def refuse_misspelt_command(files: Sequence[str], known: Sequence[str]) -> None:
    """End the run if the first file is none and is named like a command that is known."""
    if not files or os.path.exists(files[0]):
        return
    from difflib import get_close_matches

    if near := get_close_matches(files[0], known, n=1, cutoff=_LIKE):
        raise click.UsageError(f"{files[0]}: no such file. Is the command {near[0]!r} meant?")
