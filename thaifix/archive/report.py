"""A report of a target as one HTML file that needs nothing else."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from thaifix import formats
from thaifix.archive.fixity import opened
from thaifix.archive.manifest import Manifest
from thaifix.archive.places import Places, escape
from thaifix.archive.rows import FileRow, now
from thaifix.archive.whole_words import ChangedWords, changed_words
from thaifix.errors import ArchiveError, FormatError
from thaifix.html import render as pages
from thaifix.model.words import Words
from thaifix.stream.diff import code_points, legible, visible
from thaifix.stream.log import LogError, Logged, read
from thaifix.text.edit import Edit, Flag
from thaifix.text.script import starts_cluster

BINS = 20
"""Bins of the histogram of confidences, each 0.05 wide; by judgement."""

_LISTED = 50
"""Changes and files that are listed, the first ones of each; by judgement."""

_EXAMPLES = 3
"""Examples of a change or a flag, of a change each from another file; by judgement."""

_AROUND = 24
"""Code points shown on either side of an example; by judgement."""

_BREAK = re.compile("[\n\f]")
"""Where a line ends, or a page, record or row."""

_LONGEST_COPY = 2_000_000
"""Bytes of a copy that is read for its words, at most: the letters that changed are shown of longer
ones. By judgement."""


@dataclass(slots=True)
class FrequentChange:
    """Words that were made of others, wherever that was done.

    Attributes:
        observed: What stood there.
        replacement: What stands there now.
        count: In how many places it was made.
        files: In how many files.
        confidence: Sum of the confidences of the places, each that of its least certain edit.
        reasons: How often each reason was given.
        examples: Some of the places.
    """

    observed: str
    replacement: str
    count: int = 0
    files: int = 0
    confidence: float = 0.0
    reasons: Counter[str] = field(default_factory=Counter)
    examples: list[ChangeExample] = field(default_factory=list)

    @property
    def mean(self) -> float:
        """Mean confidence."""
        return self.confidence / self.count


@dataclass(slots=True)
class ChangeExample:
    """A place, and what stands around it.

    Attributes:
        row: Its file.
        line: Its line, from 1.
        before, after: What stands around it on its line; "" if the copy cannot be read.
    """

    row: FileRow
    line: int
    before: str
    after: str


@dataclass(slots=True)
class FlagExample:
    """A place that was flagged.

    Attributes:
        row: Its file.
        line: Its line, from 1.
        observed: What stands there.
        note: What the flag says about it.
    """

    row: FileRow
    line: int
    observed: str
    note: str


@dataclass(slots=True)
class ReviewedFile:
    """A file as a reader would look for it.

    Attributes:
        row: Its row in the manifest.
        doubt: How many of its edits are likely wrong: the sum of what each confidence lacks to 1.
    """

    row: FileRow
    doubt: float

    @property
    def density(self) -> float:
        """Edits per 1,000 code points."""
        return 1000 * (self.row.edits or 0) / max(self.row.code_points or 0, 1)


@dataclass(slots=True)
class LogSummary:
    """What the logs of a target hold, summed up.

    Attributes:
        changes: Changed words, by what stood there and what stands there now.
        reasons, flags: How often each was given.
        flagged: Examples of each flag.
        bins: Histogram of the confidences of all edits.
        files: All files that are done.
    """

    changes: dict[tuple[str, str], FrequentChange] = field(default_factory=dict)
    reasons: Counter[str] = field(default_factory=Counter)
    flags: Counter[str] = field(default_factory=Counter)
    flagged: dict[str, list[FlagExample]] = field(default_factory=dict)
    bins: list[int] = field(default_factory=lambda: [0] * BINS)
    files: list[ReviewedFile] = field(default_factory=list)


def summarise(manifest: Manifest, places: Places) -> LogSummary:
    """Read all logs of a target, and for the words around the edits the copies.

    Raises:
        ArchiveError: If a log is missing or damaged.

    Time: linear in the logs and in the copies that have edits.
    Memory: grows with the different changes and with the files, not with the places of changes.
    """
    summary = LogSummary()
    words = Words()
    for row in manifest.rows(status="done"):
        doubt = 0.0
        edits: list[tuple[Logged, Edit]] = []
        for logged in _logged(row, places):
            if isinstance(logged.item, Flag):
                _add_flag(summary, row, logged, logged.item)
            else:
                doubt += 1 - logged.item.confidence
                _add_edit(summary, logged.item)
                edits.append((logged, logged.item))
        if edits:
            text = _copied(row, places, manifest.run_of(row).options.get("field"))
            _add_changes(summary, row, changed_words(edits, text, words), text)
        summary.files.append(ReviewedFile(row, doubt))
    return summary


def _logged(row: FileRow, places: Places) -> Iterator[Logged]:
    if not row.log_sha256:
        return
    try:
        with opened(places.log(row.path)) as file:
            for _, logged in read(file):
                yield logged
    except (OSError, LogError) as error:
        raise ArchiveError(
            f"{escape(row.path)}: its log of edits is missing or damaged. "
            "See what else is: thaifix archive verify"
        ) from error


def _add_edit(summary: LogSummary, edit: Edit) -> None:
    summary.reasons[edit.reason] += 1
    summary.bins[min(int(edit.confidence * BINS), BINS - 1)] += 1


def _add_changes(
    summary: LogSummary, row: FileRow, changes: Iterable[ChangedWords], text: str | None
) -> None:
    seen = set[tuple[str, str]]()
    for changed in changes:
        key = changed.observed, changed.replacement
        change = summary.changes.get(key) or summary.changes.setdefault(key, FrequentChange(*key))
        change.count += 1
        change.confidence += changed.confidence
        change.reasons[changed.reason] += 1
        if key not in seen:
            seen.add(key)
            change.files += 1
            if len(change.examples) < _EXAMPLES:
                around = _around(changed.start, changed.end, text or "")
                change.examples.append(ChangeExample(row, changed.line, *around))


def _add_flag(summary: LogSummary, row: FileRow, logged: Logged, flag: Flag) -> None:
    summary.flags[flag.reason] += 1
    examples = summary.flagged.setdefault(flag.reason, [])
    if len(examples) < _EXAMPLES:
        examples.append(FlagExample(row, logged.line, logged.observed, flag.note))


def render(manifest: Manifest, places: Places) -> str:
    """Make the report.

    Raises:
        ArchiveError: If a log is missing or damaged.
    """
    summary = summarise(manifest, places)
    changes = sorted(summary.changes.values(), key=lambda change: -change.count)[:_LISTED]
    review = sorted(summary.files, key=lambda file: -(file.doubt + (file.row.flags or 0)))
    return pages.render(
        "archive.html",
        {"path": escape, "visible": _visible, "legible": legible},
        target=places.target,
        made=now(),
        runs=manifest.runs(),
        counts=manifest.counts(),
        totals=manifest.totals(),
        summary=summary,
        changes=changes,
        review=[file for file in review[:_LISTED] if file.row.edits or file.row.flags],
        unchanged=sum(not file.row.edits for file in summary.files),
        problems=[row for status in ("failed", "skipped") for row in manifest.rows(status=status)],
        code_points=code_points,
        tallest=max(summary.bins),
        bins=BINS,
    )


def _copied(row: FileRow, places: Places, field: str | None) -> str | None:
    """The text of a copy, if that can be had and is not too long to be read for a report."""
    if (row.output_size or 0) > _LONGEST_COPY:
        return None
    try:
        with opened(places.copy(row.path)) as file:
            chunks = iter([file.read()])
            name = escape(row.path)
            return "".join(formats.text(str(row.format), chunks, field=field, name=name))
    except (OSError, FormatError):
        return None  # what is wrong with the copy, `verify` tells


def _around(start: int, end: int, text: str) -> tuple[str, str]:
    """What stands before and behind a span, on its lines and page, in whole clusters."""
    lo, hi = max(0, start - _AROUND), min(len(text), end + _AROUND)
    while lo < start and not starts_cluster(text, lo):
        lo += 1
    while hi > end and hi < len(text) and not starts_cluster(text, hi):
        hi -= 1
    return _BREAK.split(text[lo:start])[-1], _BREAK.split(text[end:hi])[0]


def _visible(text: str) -> str:
    """Show a text with its white space, and that there is none."""
    return visible(text).replace(" ", "\N{OPEN BOX}") or "\N{EMPTY SET}"
