"""Writing in a target: whole or not at all, on the disk, and through no symbolic link.

A link in a target could lead to the originals, or to anything else of the user's. So every folder
is opened step by step from the target on, none of the steps through a link, and files are made,
named and deleted relative to the folder that is open: who puts a link there meanwhile changes
nothing.
"""

from __future__ import annotations

import errno
import hashlib
import os
import re
import stat
from collections.abc import Iterable, Iterator
from contextlib import ExitStack, contextmanager, suppress
from itertools import count
from typing import Self

from thaifix.archive.fixity import CHUNK, READ_ONLY, sha256_of
from thaifix.archive.places import Places, escape
from thaifix.text.files import NewFile, sync_folder

_AGAIN = "then run the same command again"
_ADVICE = {  # by error: what the user can do
    errno.ENOSPC: f". Make room there, {_AGAIN}",
    errno.EDQUOT: f". Make room there, {_AGAIN}",
    errno.EROFS: f". Mount it for writing, {_AGAIN}",
    errno.EIO: f". Check that disk, {_AGAIN}",
    errno.EFBIG: ". Raise the limit on file sizes (ulimit -f), then run the command again",
    errno.EACCES: ". Ask its owner for access",
    errno.EISDIR: f". Move that folder away, {_AGAIN}",
    errno.EXDEV: ". Give that file system a TARGET of its own",
}
_HOPELESS = frozenset([errno.ENOSPC, errno.EDQUOT, errno.EROFS, errno.EIO])
"""Errors after which no other file can be written either."""

_FOLDER = os.O_RDONLY | os.O_DIRECTORY | os.O_NOFOLLOW
"""How a folder is opened: not through a link."""

_UNFINISHED = re.compile("[0-9]+-[0-9]+")
"""Names of unfinished files: the process that writes it, and a number."""

_numbers = count()  # of the unfinished files of this process


class OutputError(Exception):
    """A file could not be written; the message says why and what to do.

    Attributes:
        hopeless: Whether no other file can be written either.
    """

    def __init__(self, message: str, *, hopeless: bool = False) -> None:
        super().__init__(message)
        self.hopeless = hopeless


@contextmanager
def _writing(path: str) -> Iterator[None]:
    """Say of an error which file could not be written, and what to do."""
    try:
        yield
    except OSError as error:
        raise OutputError(
            f"cannot write {escape(path)}: {error.strerror or error}"
            f"{_ADVICE.get(error.errno or 0, '')}",
            hopeless=error.errno in _HOPELESS,
        ) from error


class TargetFile:
    """A file of a target that is being written; leaving the context without `publish` deletes it.

    Attributes:
        path: Where it will stand, absolute.
        size: Bytes written so far.
    """

    def __init__(self, places: Places, path: str) -> None:
        """Begin a file, out of sight.

        Raises:
            OutputError: If it cannot be created.
        """
        self.path = path
        self.size = 0
        self._target = places.target
        self._hash = hashlib.sha256()
        with _writing(path), ExitStack() as opened:
            folder = opened.enter_context(_opened(places.unfinished, places.target))
            temporary = f"{os.getpid()}-{next(_numbers)}"
            self._file = opened.enter_context(NewFile(temporary, folder=folder))
            self._opened = opened.pop_all()

    @property
    def sha256(self) -> str:
        """Of what was written so far, in hexadecimal."""
        return self._hash.hexdigest()

    def write(self, data: bytes) -> int:
        """Append bytes.

        Returns:
            How many.

        Raises:
            OutputError: If they cannot be written.
        """
        with _writing(self.path):
            self._file.write(data)
        self._hash.update(data)
        self.size += len(data)
        return len(data)

    def publish(self, *, overwrite: bool) -> None:
        """Put the file in its place, its bytes being on the disk; `sync_names` brings its name.

        What already stands there with the same bytes may stay: a run was killed after this step.

        Raises:
            OutputError: If the place is taken by something else and `overwrite` is not set, if it
                lies beyond a symbolic link, or if writing fails.
        """
        folder, name = os.path.split(self.path)
        with _writing(self.path), _opened(folder, self._target, create=True) as descriptor:
            try:
                self._file.publish(name, folder=descriptor, overwrite=overwrite)
            except FileExistsError:
                if not _holds(name, descriptor, self.sha256):
                    raise OutputError(
                        f"{escape(self.path)} is there already, and is not what would be written. "
                        "Move it away, or replace it with --overwrite"
                    ) from None

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self._opened.close()


def _holds(name: str, folder: int, sha256: str) -> bool:
    """Tell whether a name in an open folder is a regular file with this checksum."""
    try:
        file = open(name, "rb", opener=lambda path, _: os.open(path, READ_ONLY, dir_fd=folder))  # noqa: SIM115
    except OSError:  # a link, a folder, a socket
        return False
    with file:
        is_file = stat.S_ISREG(os.fstat(file.fileno()).st_mode)
        return is_file and sha256_of(iter(lambda: file.read(CHUNK), b"")) == sha256


@contextmanager
def _opened(folder: str, target: str, *, create: bool = False) -> Iterator[int]:
    """Open a folder of a target, step by step from the target on, through no symbolic link.

    Raises:
        OutputError: If one of the folders is a symbolic link, or no folder.
        FileNotFoundError: If one of them is missing and `create` is not set.
        OSError: If one of them cannot be opened or made.
    """
    descriptor = os.open(target, _FOLDER)
    reached = target
    try:
        for name in os.path.relpath(folder, target).split(os.sep):
            reached = os.path.join(reached, name)
            try:
                inner = _enter(name, descriptor, create=create)
            except OSError as error:
                # Linux says ENOTDIR of a link that is opened as a folder, others ELOOP.
                if error.errno in (errno.ELOOP, errno.ENOTDIR):
                    raise OutputError(
                        f"{escape(reached)} is there already, and is no folder. Move it away, "
                        f"{_AGAIN}"
                    ) from None
                raise
            os.close(descriptor)
            descriptor = inner
        yield descriptor
    finally:
        os.close(descriptor)


def _enter(name: str, folder: int, *, create: bool) -> int:
    try:
        return os.open(name, _FOLDER, dir_fd=folder)
    except FileNotFoundError:
        if not create:
            raise
    with suppress(FileExistsError):  # another process has just made it
        os.mkdir(name, dir_fd=folder)
    return os.open(name, _FOLDER, dir_fd=folder)


def make_folder(folder: str, target: str) -> None:
    """Make a folder of a target, and those above it.

    Raises:
        OutputError: If a symbolic link stands in the place of one of them, or a file. Nothing was
            written beyond it then.
        OSError: If one of them cannot be made.
    """
    with _opened(folder, target, create=True):
        pass


def drop(path: str, target: str) -> None:
    """Delete a file of a target, if it is there.

    Raises:
        OutputError: If it lies beyond a symbolic link or cannot be deleted.
    """
    folder, name = os.path.split(path)
    with _writing(path), suppress(FileNotFoundError), _opened(folder, target) as descriptor:
        os.unlink(name, dir_fd=descriptor)


def drop_unfinished(places: Places) -> None:
    """Delete the unfinished files that a killed run left; files with other names stay.

    Raises:
        OutputError: If the folder is a symbolic link or cannot be changed.
    """
    with _writing(places.unfinished), _opened(places.unfinished, places.target) as folder:
        for name in os.listdir(folder):
            if _UNFINISHED.fullmatch(name):
                os.unlink(name, dir_fd=folder)


def sync_names(paths: Iterable[str], target: str) -> None:
    """Bring the names of files to the disk, and those of the folders that lead to them.

    Raises:
        OutputError: If that fails.
    """
    folders = {target}
    for path in paths:
        folder = os.path.dirname(path)
        while folder not in folders:
            folders.add(folder)
            folder = os.path.dirname(folder)
    for folder in sorted(folders):
        with _writing(folder):
            sync_folder(folder)
