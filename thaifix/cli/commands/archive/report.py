"""`thaifix archive report`: a page for a browser."""

from __future__ import annotations

import os

import click

from thaifix.cli.archives import opened
from thaifix.cli.streams import writer


@click.command()
@click.argument("target", type=click.Path(readable=False))
@click.option("--html", metavar="FILE", required=True, type=click.Path(), help="Where to write it.")
def report(*, target: str, html: str) -> None:
    """Write a report of TARGET as one HTML file: totals, frequent changes, where review pays."""
    from thaifix.archive.report import render

    with opened(target) as (manifest, layout):
        if os.path.commonpath([layout.target, os.path.realpath(html)]) == layout.target:
            raise click.UsageError(
                f"--html {html} would stand among the copies. Name a file elsewhere."
            )
        writer(html)(render(manifest, layout).encode("utf-8", "backslashreplace"))
