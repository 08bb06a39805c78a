"""`thaifix archive report`: a page for a browser."""

from __future__ import annotations

import os

import click

from thaifix.cli.archives import opened
from thaifix.cli.streams import writer


@click.command()
@click.argument("target", type=click.Path(readable=False))
@click.option(
    "--html",
    metavar="FILE",
    required=True,
    type=click.Path(readable=False),
    help="Where to write it.",
)
def report(*, target: str, html: str) -> None:
    """Write a report of TARGET as one HTML file: totals, frequent changes, where review pays."""
    with opened(target) as (manifest, places):
        if os.path.commonpath([places.target, os.path.realpath(html)]) == places.target:
            raise click.UsageError(
                f"--html {html} would stand among the copies. Name a file elsewhere."
            )
        from thaifix.archive.report import render

        page = render(manifest, places)  # all of it, before an older report is overwritten
        writer(html)(page.encode("utf-8", "backslashreplace"))
