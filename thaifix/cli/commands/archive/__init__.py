"""`thaifix archive`: corrected copies of whole archives, and what is known about them."""

from __future__ import annotations

import click

from thaifix.cli.groups import CommandGroup


@click.group(
    cls=CommandGroup,
    folder=__name__,
    names=("report", "run", "status", "verify"),
    unnamed="run",
    add_help_option=False,
)
def archive() -> None:
    """Make corrected copies of whole archives, and prove later what was changed."""
