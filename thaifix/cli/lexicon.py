"""`thaifix lexicon`: look after lexicons."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Literal

import click

from thaifix.cli.output import STDOUT, ExitCode, chunks, fail, warn, writer

if TYPE_CHECKING:
    from thaifix.lexicon.entries import Entry

_LEXICON = click.option(
    "--lexicon",
    "lexicons",
    metavar="FILE",
    multiple=True,
    help="Lexicon to look in instead of those that come with thaifix; repeatable.",
)


@click.group()
def lexicon() -> None:
    """Look after lexicons: the terms that thaifix knows as a whole.

    A lexicon is plain text, one term a line, or TSV with a header line. Tables go to standard
    output, messages to standard error.
    """


@lexicon.command(epilog="\b\nExample:\n  thaifix lexicon check own.tsv | cut -f 2,4,5,6")
@click.argument("files", metavar="[FILE]...", nargs=-1)
@click.option("--notes", is_flag=True, help="List also what is but good to know.")
def check(*, files: Sequence[str], notes: bool) -> None:
    """Find errors and dangers in lexicons that are used together.

    Default: those that come with thaifix. One finding a line: file, line, severity (error, warning,
    note), kind, term, detail. Exit status 1 if there are errors.
    """
    from thaifix.curate.check import check as find
    from thaifix.lexicon.entries import tables

    found = find([Path(file) for file in files] or tables())
    _table(finding for finding in found if notes or finding.severity != "note")
    counts = (
        f"{sum(finding.severity == severity for finding in found):,} {severity}s"
        for severity in ("error", "warning", "note")
    )
    warn(", ".join(counts))
    if any(finding.severity == "error" for finding in found):
        raise click.exceptions.Exit(ExitCode.CHANGES)


@lexicon.command(epilog="\b\nExample:\n  thaifix lexicon show กรมการปกครอง WHO")
@click.argument("terms", metavar="TERM|ID...", nargs=-1, required=True)
@_LEXICON
def show(*, terms: Sequence[str], lexicons: Sequence[str]) -> None:
    """Show the entries of terms, aliases, misreadings or ids; if there is none, what is alike.

    Exit status 1 if there is no entry for one of them.
    """
    from thaifix.lexicon.neighbours import near
    from thaifix.lexicon.search import alike, find

    entries = _entries(lexicons)
    write = writer(STDOUT)
    missing = False
    for term in terms:
        found = find(term, entries)
        for entry in found:
            others = near(entry.term, {other.term for other in entries})
            write((_card(entry, others) + "\n").encode())
        if not found:
            missing = True
            warn(f"{term}: no such entry. Alike: {', '.join(alike(term, entries)) or 'nothing'}")
    if missing:
        raise click.exceptions.Exit(ExitCode.CHANGES)


@lexicon.command(epilog="\b\nExample:\n  thaifix lexicon diff yesterday.tsv today.tsv")
@click.argument("old", metavar="OLD")
@click.argument("new", metavar="NEW")
def diff(*, old: str, new: str) -> None:
    """Compare two lexicons.

    One difference a line: added, removed or changed, id, term, field, old, new. Exit status 1 if
    there are any.
    """
    from thaifix.lexicon.entries import read_entries
    from thaifix.lexicon.merge import compare

    found = compare(read_entries(Path(old)), read_entries(Path(new)))
    _table(found)
    if found:
        raise click.exceptions.Exit(ExitCode.CHANGES)


@lexicon.command(epilog="\b\nExample:\n  thaifix lexicon merge own.tsv judged.tsv --out new.tsv")
@click.argument("files", metavar="FILE...", nargs=-1, required=True)
@click.option("--out", metavar="FILE", help="Where to write, if not to standard output.")
@click.option(
    "--prefer",
    type=click.Choice(["first", "last"]),
    help="Which side stays where entries contradict.",
)
def merge(
    *, files: Sequence[str], out: str | None, prefer: Literal["first", "last"] | None
) -> None:
    """Unite lexicons in one table, sorted by term.

    Entries of one term become one, with all aliases and misreadings. Where types, years or ids
    contradict, the conflicts are listed on standard error and, without --prefer, nothing is
    written and the exit status is 1. Of a table with a column "judge", as `thaifix lexicon mine`
    writes it, only rows with "yes" are taken.
    """
    from thaifix.lexicon.entries import read_entries, render
    from thaifix.lexicon.merge import merge as unite

    united, conflicts = unite([read_entries(Path(file)) for file in files], prefer or "first")
    for kept, other, field in conflicts:
        warn(f"conflict in {field}: {_brief(kept)} / {_brief(other)}")
    if conflicts and not prefer:
        fail(ExitCode.CHANGES, "nothing written. Mend the files, or choose --prefer first|last")
    writer(out or STDOUT)(render(united).encode())


@lexicon.command(epilog="\b\nExample:\n  thaifix lexicon mine archive/*.txt > proposals.tsv")
@click.argument("texts", metavar="TEXT...", nargs=-1, required=True)
@_LEXICON
@click.option(
    "--min-count",
    metavar="N",
    type=click.IntRange(min=2),
    default=5,
    show_default=True,
    help="How often a new term must occur.",
)
def mine(*, texts: Sequence[str], lexicons: Sequence[str], min_count: int) -> None:
    """Propose terms, abbreviations and misreadings from a collection of texts.

    Writes a table for a person to judge: the columns of a lexicon, then count, documents, examples
    and judge. Write yes or no in the last one, then `thaifix lexicon merge` it into a lexicon. A
    row with a misreading has its count; that of the term stands in the note.
    """
    from thaifix.curate.mine import COLUMNS
    from thaifix.curate.mine import mine as propose

    failed: list[str] = []
    documents = (chunks(name, failed) for name in texts)
    proposals = propose(documents, _entries(lexicons), min_count=min_count)
    _table([COLUMNS, *proposals])
    if failed:
        raise click.exceptions.Exit(ExitCode.INPUT)


def _entries(files: Sequence[str]) -> list[Entry]:
    from thaifix.lexicon.entries import read_entries, tables

    paths = [Path(file) for file in files] or tables()
    return [entry for path in paths for entry in read_entries(path)]


def _table(rows: Iterable[Iterable[object]]) -> None:
    write = writer(STDOUT)
    lines = ["\t".join(map(str, row)) + "\n" for row in rows]
    write("".join(lines).encode("utf-8", "backslashreplace"))


def _card(entry: Entry, neighbours: Sequence[tuple[str, int]]) -> str:
    from thaifix.lexicon.entries import COLUMNS, cells

    fields = dict(zip(COLUMNS, cells(entry), strict=True))
    fields["neighbours"] = ", ".join(f"{other} ({distance})" for other, distance in neighbours)
    shown = "".join(
        f"  {name}: {value.replace('|', ', ')}\n"
        for name, value in fields.items()
        if value and name != "term"
    )
    return f"{entry.term}\n{shown}"


def _brief(entry: Entry) -> str:
    years = f" {entry.since or ''}-{entry.until or ''}" if entry.since or entry.until else ""
    return f"{entry.term} [{entry.id}] {entry.type}{years}"
