"""The files of the sources, and where each will stand under TARGET.

As with `cp -r A B TARGET`, every source stands under TARGET by its own name: `TARGET/A/...`.
"""

from __future__ import annotations

import os
import stat
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from thaifix.archive.places import RECORDS, Places, escape
from thaifix.errors import ArchiveError

_Folders = tuple[tuple[int, int], ...]  # device and number of each folder above
_Entry = tuple[str, str, _Folders]  # path, path under TARGET, folders above


class Source(NamedTuple):
    """A file or folder that was named.

    Attributes:
        name: Name under TARGET.
        path: Absolute path, without symbolic links.
    """

    name: str
    path: str


class SourceFile(NamedTuple):
    """What a source holds.

    Attributes:
        path: Where its copy will stand, relative to TARGET.
        source: Absolute path of the regular file; links are resolved.
        size: Its bytes.
        mtime_ns: When it was last changed, in nanoseconds since 1970.
        skipped: Why it cannot be corrected, if so.
        error: What failed when it was looked at, if so.
    """

    path: str
    source: str
    size: int = 0
    mtime_ns: int = 0
    skipped: str = ""
    error: str = ""


def check_sources(named: Sequence[str], places: Places) -> list[Source]:
    """Check what was named before anything is done.

    Raises:
        ArchiveError: If a source is missing, is TARGET, holds it or lies in it, or if two sources
            would stand at the same place.
    """
    found: dict[str, Source] = {}
    for source in named:
        path = os.path.realpath(source)
        name = os.path.basename(os.path.abspath(source))
        shown = escape(source)
        if not os.path.exists(path):
            raise ArchiveError(f"{shown}: there is no such file or folder. Check the name")
        if not name:
            raise ArchiveError(f"{shown}: has no name of its own. Name the folders in it")
        if _within(places.target, path) or _within(path, places.target):
            raise ArchiveError(
                f"{shown}: TARGET is in it, or it is in TARGET ({escape(places.target)}). "
                "Corrected copies never stand among the originals: name a folder elsewhere"
            )
        if name == RECORDS:
            raise ArchiveError(f"{shown}: thaifix keeps its own records under that name. Rename it")
        if name in found:
            raise ArchiveError(
                f"{escape(found[name].path)} and {escape(path)} would both be "
                f"{escape(places.copy(name))}. Use two targets, or name a folder that holds both"
            )
        found[name] = Source(name, path)
    return list(found.values())


def _within(path: str, folder: str) -> bool:
    return os.path.commonpath([path, folder]) == folder


def list_files(source: Source) -> Iterator[SourceFile]:
    """List the files of a source, folder by folder, in the order of their names' bytes.

    Symbolic links are followed within the source. Links that leave it, that are broken or lead back
    to a folder that they lie in, devices, pipes and sockets are skipped, each with the reason.
    """
    waiting: list[_Entry] = [(source.path, source.name, ())]
    while waiting:
        path, name, above = waiting.pop()
        try:
            looked_at = _look(path, name, above, source)
        except FileNotFoundError:
            yield SourceFile(name, path, skipped="symbolic link to nothing")
        except OSError as error:
            advice = ". Ask its owner for access" if isinstance(error, PermissionError) else ""
            yield SourceFile(name, path, error=f"cannot be read: {error.strerror}{advice}")
        else:
            if isinstance(looked_at, SourceFile):
                yield looked_at
            else:
                waiting += looked_at


def _look(path: str, name: str, above: _Folders, source: Source) -> SourceFile | list[_Entry]:
    """Say what stands at a path; of a folder, what is in it, last first."""
    status = os.lstat(path)
    if stat.S_ISLNK(status.st_mode):
        path = os.path.realpath(path)
        if not _within(path, source.path):
            return SourceFile(name, path, skipped="symbolic link that leaves the source")
        status = os.stat(path)
    if stat.S_ISREG(status.st_mode):
        return SourceFile(name, path, status.st_size, status.st_mtime_ns)
    if not stat.S_ISDIR(status.st_mode):
        return SourceFile(name, path, skipped="neither a file nor a folder")
    identity = status.st_dev, status.st_ino
    if identity in above:
        return SourceFile(name, path, skipped="symbolic link to a folder that it lies in")
    if os.path.basename(name) == RECORDS:
        return SourceFile(name, path, skipped="records of thaifix")
    inner = sorted(os.listdir(path), key=os.fsencode, reverse=True)
    return [(os.path.join(path, entry), f"{name}/{entry}", (*above, identity)) for entry in inner]
