"""A target that is open for writing: its folders, its lock, its manifest."""

from __future__ import annotations

import fcntl
import os
import time
from collections.abc import Iterator
from contextlib import contextmanager

from thaifix.archive.durable import OutputError, drop_unfinished, make_folder
from thaifix.archive.manifest import Manifest
from thaifix.archive.places import Places, escape
from thaifix.errors import ArchiveError
from thaifix.text.files import sync_folder

_PATIENCE = 5.0
"""Seconds in which the processes of a run that was killed are gone; by judgement."""

_BETWEEN_TRIES = 0.1
"""Seconds between two tries to get the lock; by judgement."""


@contextmanager
def open_target(places: Places) -> Iterator[Manifest]:
    """Open a target for writing: make its folders, keep others out, drop what is unfinished.

    Raises:
        ArchiveError: If another run writes there, or the manifest cannot be used.
        OutputError: If the folders cannot be made, or a symbolic link stands in their place.
    """
    try:
        _make_target(places.target)
        for folder in places.records, places.unfinished, places.provenance, places.logs:
            make_folder(folder, places.target)
        for path in places.manifest, places.lock:
            if os.path.islink(path):
                raise OutputError(
                    f"{escape(path)} is a symbolic link. Put the file itself there, "
                    "then run the same command again"
                )
        lock = os.open(places.lock, os.O_RDWR | os.O_CREAT | os.O_NOFOLLOW, 0o666)
    except OSError as error:
        raise OutputError(
            f"cannot write {escape(places.records)}: {error.strerror}. "
            "Name a TARGET that you may write to"
        ) from error
    try:
        _lock(lock, places.target)
        drop_unfinished(places)
        with Manifest(places.manifest, create=True) as manifest:
            yield manifest
    finally:
        os.close(lock)


def _make_target(target: str) -> None:
    """Make the folder of a target and those above it, and bring their names to the disk."""
    missing = []
    folder = target
    while not os.path.isdir(folder):
        missing.append(folder)
        folder = os.path.dirname(folder)
    os.makedirs(target, exist_ok=True)
    for folder in missing:
        sync_folder(os.path.dirname(folder))


def _lock(descriptor: int, target: str) -> None:
    """Lock an open file, for as long as this process or a fork of it has it open.

    That is why filelock does not do it: it gives the lock up in every fork, so that a run could
    begin while the processes of one that was killed still write (measured with filelock 4.3.1).

    Raises:
        ArchiveError: If another run keeps the lock for longer than `_PATIENCE`.
        OutputError: If the file system has no locks.
    """
    patience = time.monotonic() + _PATIENCE
    while True:
        try:
            fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
            return
        except BlockingIOError:
            if time.monotonic() > patience:
                raise ArchiveError(
                    f"{escape(target)}: another run is writing there. Wait for its end"
                ) from None
            time.sleep(_BETWEEN_TRIES)
        except OSError as error:
            raise OutputError(
                f"cannot lock {escape(target)}: {error.strerror}. "
                "Name a TARGET on a file system that has locks"
            ) from error
