"""The manifest of a target: one row a file, in SQLite, written by one process at a time.

A rollback journal, not a write-ahead log: that needs memory shared between processes, which network
file systems do not have. A commit is on the disk when it returns (`synchronous = EXTRA`: FULL does
not wait until the journal's end is on the disk, and a power cut could bring the old rows back).
"""

from __future__ import annotations

import json
import os
import sqlite3
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import fields
from operator import attrgetter
from typing import Any, Self

from thaifix.archive.durable import OutputError
from thaifix.archive.places import escape
from thaifix.archive.rows import FileRow, RunRow, Status, damaged, now, read_file, read_run
from thaifix.errors import ArchiveError

VERSION = 1
"""Version of the tables; stands in the file as SQLite's `user_version`."""

_APPLICATION = 0x74686678
"""What a manifest is recognised by, SQLite's `application_id`: "thfx" in ASCII."""

_PATIENCE = 60.0
"""Seconds that a reader waits for a commit of the run that writes; by judgement."""

_OF_THE_DISK = frozenset(
    [sqlite3.SQLITE_FULL, sqlite3.SQLITE_READONLY, sqlite3.SQLITE_CANTOPEN, sqlite3.SQLITE_IOERR]
)
"""SQLite's primary result codes that say something about the disk, nothing about the manifest."""

_TABLES = """
CREATE TABLE runs (
    id INTEGER PRIMARY KEY,
    started TEXT NOT NULL,
    finished TEXT,
    version TEXT NOT NULL,
    model_sha256 TEXT NOT NULL,
    corrector TEXT NOT NULL,
    stamp TEXT NOT NULL,
    options TEXT NOT NULL
);
CREATE TABLE files (
    path TEXT PRIMARY KEY,
    source TEXT NOT NULL,
    status TEXT NOT NULL CHECK (status IN ('pending', 'done', 'skipped', 'failed')),
    error TEXT,
    run INTEGER REFERENCES runs (id),
    stamp TEXT,
    format TEXT,
    input_size INTEGER NOT NULL,
    input_mtime_ns INTEGER NOT NULL,
    input_sha256 TEXT,
    output_size INTEGER,
    output_sha256 TEXT,
    edits INTEGER,
    flags INTEGER,
    code_points INTEGER,
    invalid_bytes INTEGER,
    log_sha256 TEXT,
    finished TEXT,
    seconds REAL
) WITHOUT ROWID;
CREATE INDEX files_by_status ON files (status);
CREATE INDEX files_by_run ON files (run);
"""


_values = attrgetter(*(field.name for field in fields(FileRow)))
_PUT = f"INSERT OR REPLACE INTO files VALUES ({', '.join('?' * len(fields(FileRow)))})"


class Manifest:
    """An open manifest; a context that closes it."""

    def __init__(self, path: str, *, create: bool = False) -> None:
        """Open the manifest of a target.

        Args:
            path: The SQLite file.
            create: Whether to make it if there is none.

        Raises:
            ArchiveError: If there is none and `create` is not set, or if it cannot be used.
            OutputError: If it cannot be made.
        """
        self._shown = escape(path)
        self._runs: dict[int | None, RunRow] = {}
        if not create and not os.path.exists(path):
            raise ArchiveError(
                f"{self._shown}: there is no such file. Name a folder that `thaifix archive` made"
            )
        try:
            self._db = sqlite3.connect(path, timeout=_PATIENCE, isolation_level=None)
        except sqlite3.Error as error:
            raise self._refused(error) from error
        try:
            self._check(create=create)
        except sqlite3.Error as error:
            self.close()
            raise self._refused(error) from error
        except BaseException:
            self.close()
            raise

    def _refused(self, error: sqlite3.Error) -> Exception:
        """Say why the manifest cannot be opened."""
        if error.sqlite_errorcode & 0xFF in _OF_THE_DISK:
            return self._not_written(error)
        return ArchiveError(f"{self._shown}: {error}. Restore it from a backup")

    def _not_written(self, error: sqlite3.Error) -> OutputError:
        return OutputError(
            f"cannot write the manifest {self._shown}: {error}. "
            "Make room there if the disk is full, then run the same command again",
            hopeless=True,
        )

    def _check(self, *, create: bool) -> None:
        """Make the tables if there are none; refuse what is no manifest or another version's."""
        self._db.execute("PRAGMA synchronous = EXTRA")
        version = self._value("PRAGMA user_version")
        if version == 0 and create:
            self._db.executescript(
                f"BEGIN; {_TABLES} PRAGMA application_id = {_APPLICATION}; "
                f"PRAGMA user_version = {VERSION}; COMMIT"
            )
            version = VERSION
        if version == 0:
            raise ArchiveError(f"{self._shown}: is empty. Run `thaifix archive` first")
        if version != VERSION or self._value("PRAGMA application_id") != _APPLICATION:
            raise ArchiveError(
                f"{self._shown}: version {version}; this thaifix reads version {VERSION}. "
                "Use the thaifix that wrote it"
            )

    def _value(self, pragma: str) -> Any:
        (value,) = self._db.execute(pragma).fetchone()
        return value

    def close(self) -> None:
        """Close it."""
        self._db.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def begin(self, run: RunRow) -> int:
        """Note that a run begins.

        Args:
            run: What is known about it; its `id` counts for nothing.

        Returns:
            Its id.

        Raises:
            OutputError: If it cannot be written.
        """
        with self._writing():
            cursor = self._db.execute(
                "INSERT INTO runs (started, version, model_sha256, corrector, stamp, options) "
                "VALUES (?, ?, ?, ?, ?, ?)",
                (
                    run.started,
                    run.version,
                    run.model_sha256,
                    run.corrector,
                    run.stamp,
                    json.dumps(run.options, ensure_ascii=True, sort_keys=True),
                ),
            )
        assert cursor.lastrowid is not None
        return cursor.lastrowid

    def finish(self, run: int) -> None:
        """Note that a run came to its end.

        Raises:
            OutputError: If that cannot be written.
        """
        with self._writing():
            self._db.execute("UPDATE runs SET finished = ? WHERE id = ?", (now(), run))

    def put(self, rows: Iterable[FileRow], *, forget: Iterable[str] = ()) -> None:
        """Write rows, each in place of the row of the same file, and forget files: all or nothing.

        Args:
            rows: What is known about files now.
            forget: Paths of files whose rows are deleted.

        Raises:
            OutputError: If they cannot be written.
        """
        with self._writing():
            self._db.execute("BEGIN IMMEDIATE")
            self._db.executemany(
                "DELETE FROM files WHERE path = ?", [(escape(path),) for path in forget]
            )
            self._db.executemany(_PUT, map(_written, rows))

    @contextmanager
    def _writing(self) -> Iterator[None]:
        """Commit at the end, or roll back and say why."""
        try:
            with self._db:
                yield
        except sqlite3.Error as error:
            raise self._not_written(error) from error

    def runs(self) -> list[RunRow]:
        """All runs, in their order."""
        rows = self._db.execute("SELECT * FROM runs ORDER BY id")
        names = [name for name, *_ in rows.description]
        return [read_run(dict(zip(names, row, strict=True))) for row in rows]

    def run_of(self, row: FileRow) -> RunRow:
        """The run that did a file.

        Raises:
            ArchiveError: If there is none.
        """
        if row.run not in self._runs:
            self._runs = {run.id: run for run in self.runs()}
        if row.run not in self._runs:
            raise damaged(f"{escape(row.path)} has no run")
        return self._runs[row.run]

    def get(self, path: str) -> FileRow | None:
        """The row of a file, if there is one."""
        row = self._db.execute("SELECT * FROM files WHERE path = ?", (escape(path),)).fetchone()
        return read_file(row) if row else None

    def rows(self, *, status: Status | None = None, run: int | None = None) -> Iterator[FileRow]:
        """The rows of all files, of those with a status, or of those of a run, by path.

        Memory: does not grow with the manifest.
        """
        for row in self._db.execute(
            "SELECT * FROM files WHERE (:status IS NULL OR status = :status) "
            "AND (:run IS NULL OR run = :run) ORDER BY path",
            {"status": status, "run": run},
        ):
            yield read_file(row)

    def counts(self) -> dict[str, int]:
        """How many files have each status."""
        return dict(self._db.execute("SELECT status, count(*) FROM files GROUP BY status"))

    def totals(self) -> dict[str, int]:
        """Sums over the files that are done."""
        columns = "input_size", "output_size", "edits", "flags", "code_points", "invalid_bytes"
        sums = ", ".join(f"ifnull(sum({name}), 0)" for name in columns)
        row = self._db.execute(f"SELECT {sums} FROM files WHERE status = 'done'").fetchone()
        return dict(zip(columns, row, strict=True))


def _written(row: FileRow) -> tuple[object, ...]:
    path, source, *rest = _values(row)
    return escape(path), escape(source), *rest
