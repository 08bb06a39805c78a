"""Files that are there whole or not at all, even after a power cut."""

from __future__ import annotations

import errno
import hashlib
import os
import re
import stat
from collections.abc import Iterable, Iterator
from contextlib import contextmanager, suppress
from itertools import count
from types import TracebackType

from thaifix.archive.layout import Layout, escape

CHUNK = 1 << 16
"""Bytes read at a time, at most."""

_HOPELESS = {errno.ENOSPC, errno.EDQUOT, errno.EROFS, errno.EIO}
_FOLDER = os.O_RDONLY | os.O_DIRECTORY | os.O_CLOEXEC
_NO_LINKS = {errno.EPERM, errno.ENOTSUP, errno.EOPNOTSUPP, errno.EMLINK, errno.ENOSYS}
_UNFINISHED = re.compile("[0-9]+-[0-9]+")  # names of unfinished files: process, number
_numbers = count()


class OutputError(Exception):
    """A file could not be written; the message says why and what to do.

    Attributes:
        hopeless: No other file can be written either.
    """

    def __init__(self, message: str, *, hopeless: bool = False) -> None:
        super().__init__(message)
        self.hopeless = hopeless


@contextmanager
def _writing(path: str) -> Iterator[None]:
    try:
        yield
    except OSError as error:
        advice = {
            errno.ENOSPC: ". Make room there, then run the same command again",
            errno.EDQUOT: ". Make room there, then run the same command again",
            errno.EROFS: ". Mount it for writing, then run the same command again",
            errno.EIO: ". Check that disk, then run the same command again",
            errno.EFBIG: ". Raise the limit on file sizes (ulimit -f), then run the command again",
            errno.EACCES: ". Ask its owner for access",
            errno.EXDEV: ". Give that file system a TARGET of its own",
        }.get(error.errno or 0, "")
        raise OutputError(
            f"cannot write {escape(path)}: {error.strerror or error}{advice}",
            hopeless=error.errno in _HOPELESS,
        ) from error


class Fresh:
    """A file that is being written, out of sight. Leaving the context without `publish` drops it.

    Attributes:
        path: Where it will stand.
        size: Bytes written so far.
    """

    def __init__(self, layout: Layout, path: str) -> None:
        """Begin a file of a target.

        Raises:
            OutputError: If it cannot be created.
        """
        self.path = path
        self.size = 0
        self._target = layout.target
        self._hash = hashlib.sha256()
        self._unfinished = os.path.join(layout.unfinished, f"{os.getpid()}-{next(_numbers)}")
        with _writing(path):
            self._file = open(self._unfinished, "xb")  # noqa: SIM115

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
        """Put the file in its place, its bytes being on the disk; `sync_folders` brings its name.

        What already stands there with the same bytes may stay: a run was killed after this step.

        Raises:
            OutputError: If the place is taken by something else and `overwrite` is not set, if it
                lies beyond a symbolic link, or if writing fails.
        """
        with _writing(self.path):
            self._file.flush()
            os.fsync(self._file.fileno())
            self._file.close()
            make_folders(os.path.dirname(self.path), self._target)
            if overwrite:
                os.replace(self._unfinished, self.path)
            else:
                self._link()

    def _link(self) -> None:
        """Give the file its name, which must be free: a link does not replace, as renaming does."""
        try:
            os.link(self._unfinished, self.path)
        except OSError as error:
            if error.errno in _NO_LINKS and not os.path.lexists(self.path):
                os.rename(self._unfinished, self.path)
            elif not os.path.lexists(self.path):
                raise
            elif not _holds(self.path, self.sha256):
                raise OutputError(
                    f"{escape(self.path)} is there already, and is not what would be written. "
                    "Move it away, or replace it with --overwrite"
                ) from None

    def __enter__(self) -> Fresh:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        with suppress(OSError):  # what could not be written cannot be flushed either
            self._file.close()
        with suppress(FileNotFoundError):
            os.unlink(self._unfinished)


def drop_unfinished(layout: Layout) -> None:
    """Delete the unfinished files that a killed run left; files with other names stay.

    Raises:
        OutputError: If the folder is a symbolic link or cannot be changed.
    """
    with _writing(layout.unfinished), _opened(layout.unfinished, layout.target) as folder:
        for name in os.listdir(folder):
            if _UNFINISHED.fullmatch(name):
                os.unlink(name, dir_fd=folder)


def drop(path: str, layout: Layout) -> None:
    """Delete a file of a target, if it is there.

    Raises:
        OutputError: If it lies beyond a symbolic link or cannot be deleted.
    """
    folder, name = os.path.split(path)
    with (
        _writing(path),
        suppress(FileNotFoundError),
        _opened(folder, layout.target) as descriptor,
    ):
        os.unlink(name, dir_fd=descriptor)


@contextmanager
def _opened(folder: str, target: str) -> Iterator[int]:
    """Open a folder of a target, step by step from the target on, through no symbolic link."""
    descriptor = os.open(target, _FOLDER)
    try:
        for name in os.path.relpath(folder, target).split(os.sep):
            try:
                inner = os.open(name, _FOLDER | os.O_NOFOLLOW, dir_fd=descriptor)
            except OSError as error:
                # Linux says ENOTDIR of a link that is opened as a folder, others ELOOP.
                if error.errno in (errno.ELOOP, errno.ENOTDIR):
                    raise _no_folder(folder) from None
                raise
            os.close(descriptor)
            descriptor = inner
        yield descriptor
    finally:
        os.close(descriptor)


def _no_folder(path: str) -> OutputError:
    return OutputError(
        f"{escape(path)} is there already, and is no folder. Move it away, "
        "then run the same command again"
    )


def _holds(path: str, sha256: str) -> bool:
    return stat.S_ISREG(os.lstat(path).st_mode) and digest(path) == sha256


def make_folders(folder: str, target: str) -> None:
    """Make a folder of a target and those above it, each on the disk before the next.

    Raises:
        OutputError: If one of them is a symbolic link, which could lead to the originals, or no
            folder. Nothing was written beyond it then.
        OSError: If one of them cannot be made.
    """
    missing = []
    while folder != target:
        missing.append(folder)
        folder = os.path.dirname(folder)
    for folder in reversed(missing):
        with suppress(FileExistsError):
            os.mkdir(folder)
            _sync(os.path.dirname(folder))
        if not stat.S_ISDIR(os.lstat(folder).st_mode):
            raise _no_folder(folder)


def sync_folders(paths: Iterable[str]) -> None:
    """Bring the names of files to the disk.

    Raises:
        OutputError: If that fails.
    """
    for folder in {os.path.dirname(path) for path in paths}:
        with _writing(folder):
            _sync(folder)


def _sync(folder: str) -> None:
    descriptor = os.open(folder, os.O_RDONLY | os.O_DIRECTORY)
    try:
        os.fsync(descriptor)
    except OSError as error:
        if error.errno not in (errno.EINVAL, errno.ENOTSUP):  # some file systems cannot
            raise
    finally:
        os.close(descriptor)


def digest(path: str) -> str:
    """SHA-256 of a file, in hexadecimal.

    Raises:
        OSError: If it cannot be read.
    """
    with open(path, "rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()
