"""A report of a target as one HTML file that needs nothing else."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field

from thaifix import formats
from thaifix.archive.layout import Layout, escape
from thaifix.archive.manifest import Manifest, Row, now
from thaifix.errors import ArchiveError, FormatError
from thaifix.html import render as pages
from thaifix.stream.diff import visible
from thaifix.stream.log import LogError, Logged, read
from thaifix.text.edit import Edit, Flag
from thaifix.text.script import starts_cluster

BINS = 20
"""Of the histogram of confidences, each 0.05 wide."""

_SHOWN = 50  # changes, and files
_EXAMPLES = 3  # of a change, each of another file if there are so many
_AROUND = 24  # code points shown on either side of an example
_LONGEST = 2_000_000  # bytes of a copy that is read for an example, at most


@dataclass(slots=True)
class Change:
    """One substitution, wherever it was made.

    Attributes:
        observed, replacement: What stood there, and what stands there now.
        count, files: In how many places of how many files.
        confidence: Sum over the places.
        reasons: Why.
        examples: Where: path, line, span in the text of the copy.
    """

    observed: str
    replacement: str
    count: int = 0
    files: int = 0
    confidence: float = 0.0
    reasons: Counter[str] = field(default_factory=Counter)
    examples: list[Example] = field(default_factory=list)

    @property
    def mean(self) -> float:
        """Mean confidence."""
        return self.confidence / self.count


@dataclass(slots=True)
class Example:
    """A place, and once it is looked up, what stands around it."""

    row: Row
    line: int
    start: int
    end: int
    before: str = ""
    after: str = ""


@dataclass(slots=True)
class File:
    """A file as a reader would look for it.

    Attributes:
        row: In the manifest.
        doubt: How many of its edits are wrong, as their confidences have it: the sum of what each
            lacks to 1.
    """

    row: Row
    doubt: float

    @property
    def density(self) -> float:
        """Edits per 1,000 code points."""
        return 1000 * (self.row.edits or 0) / max(self.row.code_points or 0, 1)


@dataclass(slots=True)
class Found:
    """What the logs of a target hold, summed up."""

    changes: dict[tuple[str, str], Change] = field(default_factory=dict)
    reasons: Counter[str] = field(default_factory=Counter)
    flags: Counter[str] = field(default_factory=Counter)
    flagged: dict[str, list[tuple[Row, int, str, str]]] = field(default_factory=dict)
    bins: list[int] = field(default_factory=lambda: [0] * BINS)
    files: list[File] = field(default_factory=list)


def gather(manifest: Manifest, layout: Layout) -> Found:
    """Read all logs of a target. Memory grows with the different changes, not with their places."""
    found = Found()
    for row in manifest.rows(status="done"):
        doubt = 0.0
        seen = set[tuple[str, str]]()
        for logged in _logged(row, layout):
            if isinstance(logged.item, Flag):
                _add_flag(found, row, logged, logged.item)
            else:
                doubt += 1 - logged.item.confidence
                _add_edit(found, row, logged, logged.item, seen)
        found.files.append(File(row, doubt))
    return found


def _logged(row: Row, layout: Layout) -> Iterator[Logged]:
    if not row.log_sha256:
        return
    try:
        with open(layout.log(row.path), "rb") as file:
            for _, logged in read(file):
                yield logged
    except (OSError, LogError) as error:
        raise ArchiveError(
            f"{escape(row.path)}: its log of edits is missing or damaged. "
            "See what else is: thaifix archive verify"
        ) from error


def _add_edit(
    found: Found, row: Row, logged: Logged, edit: Edit, seen: set[tuple[str, str]]
) -> None:
    key = edit.observed, edit.replacement
    change = found.changes.get(key) or found.changes.setdefault(key, Change(*key))
    change.count += 1
    change.confidence += edit.confidence
    change.reasons[edit.reason] += 1
    if key not in seen:
        seen.add(key)
        change.files += 1
        if len(change.examples) < _EXAMPLES:
            end = logged.output + len(edit.replacement)
            change.examples.append(Example(row, logged.line, logged.output, end))
    found.reasons[edit.reason] += 1
    found.bins[min(int(edit.confidence * BINS), BINS - 1)] += 1


def _add_flag(found: Found, row: Row, logged: Logged, flag: Flag) -> None:
    found.flags[flag.reason] += 1
    examples = found.flagged.setdefault(flag.reason, [])
    if len(examples) < _EXAMPLES:
        examples.append((row, logged.line, logged.observed, flag.note))


def render(manifest: Manifest, layout: Layout) -> str:
    """Make the report.

    Raises:
        ArchiveError: If a log is missing or damaged.
    """
    found = gather(manifest, layout)
    changes = sorted(found.changes.values(), key=lambda change: -change.count)[:_SHOWN]
    fields: dict[int | None, str | None] = {run.id: run.options["field"] for run in manifest.runs()}
    for change in changes:
        for example in change.examples:
            _look_up(example, layout, fields[example.row.run])
    review = sorted(found.files, key=lambda file: -(file.doubt + (file.row.flags or 0)))
    return pages.render(
        "archive.html",
        {"path": escape, "visible": _visible},
        target=layout.target,
        made=now(),
        runs=manifest.runs(),
        counts=manifest.counts(),
        totals=manifest.totals(),
        found=found,
        changes=changes,
        review=[file for file in review[:_SHOWN] if file.row.edits or file.row.flags],
        unchanged=sum(not file.row.edits for file in found.files),
        problems=[row for status in ("failed", "skipped") for row in manifest.rows(status=status)],
        tallest=max(found.bins, default=0),
        bins=BINS,
    )


def _look_up(example: Example, layout: Layout, field: str | None) -> None:
    """Fill in what stands around an example, if its file is not too long to be read for that."""
    row = example.row
    if (row.output_size or 0) > _LONGEST:
        return
    try:
        with open(layout.output(row.path), "rb") as file:
            chunks = iter([file.read()])
            name = escape(row.path)
            text = "".join(formats.text(str(row.format), chunks, field=field, name=name))
    except (OSError, FormatError):
        return  # what is the matter with the copy, `verify` tells
    start, end = max(0, example.start - _AROUND), min(len(text), example.end + _AROUND)
    while start < example.start and not starts_cluster(text, start):
        start += 1
    while end > example.end and end < len(text) and not starts_cluster(text, end):
        end -= 1
    example.before = text[start : example.start].rpartition("\n")[2]
    example.after = text[example.end : end].partition("\n")[0]


def _visible(text: str) -> str:
    """Show a text with its white space; nothing is shown, too."""
    return visible(text).replace(" ", "\N{OPEN BOX}") or "\N{EMPTY SET}"
