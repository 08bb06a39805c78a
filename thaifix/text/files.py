"""Files that are there whole or not at all, even after a power cut.

The order of the system calls is the promise: the bytes are written under a temporary name and
brought to the disk (fsync), then the file gets its name (link or rename), then the name is brought
to the disk (fsync of the folder). A reader sees the old file or the new one, never a part.

Where a folder is given as a descriptor, names are relative to it, as in the functions of `os`.
"""

from __future__ import annotations

import errno
import os
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from typing import Self

_CREATE = os.O_WRONLY | os.O_CREAT | os.O_EXCL
"""How a file is begun: O_EXCL refuses a name that is taken, also by a link (open(2))."""

_MODE = 0o666
"""Access to a new file before the umask takes its part away, as `open` has it."""

_NO_HARD_LINKS = frozenset(
    [errno.EPERM, errno.ENOTSUP, errno.EOPNOTSUPP, errno.EMLINK, errno.ENOSYS]
)
"""What `link` says on file systems without hard links (link(2) of Linux and of macOS)."""

_NO_FOLDER_SYNC = frozenset([errno.EINVAL, errno.ENOTSUP])
"""What fsync says on file systems that cannot bring folders to the disk (fsync(2) of Linux)."""


class NewFile:
    """A file that is written out of sight; leaving the context without `publish` deletes it.

    Args:
        temporary: Name until it is published, on the same file system as the final one. It must be
            free.
        folder: Descriptor of the folder that `temporary` is relative to.

    Raises:
        OSError: If it cannot be created.
    """

    def __init__(self, temporary: str, *, folder: int | None = None) -> None:
        self._temporary, self._folder = temporary, folder
        self._file = os.fdopen(os.open(temporary, _CREATE, _MODE, dir_fd=folder), "wb")

    def write(self, data: bytes) -> int:
        """Append bytes.

        Returns:
            How many.

        Raises:
            OSError: If they cannot be written.
        """
        return self._file.write(data)

    def publish(self, name: str, *, folder: int | None = None, overwrite: bool) -> None:
        """Bring the bytes to the disk and give the file its name; `sync_folder` makes that last.

        Args:
            name: Where the file will stand.
            folder: Descriptor of the folder that `name` is relative to.
            overwrite: Whether a file that stands there is replaced.

        Raises:
            FileExistsError: If something stands there and `overwrite` is not set.
            OSError: If one of the system calls fails; what stood there is still there then.
        """
        self._file.flush()
        os.fsync(self._file.fileno())
        self._file.close()
        if overwrite:
            os.replace(self._temporary, name, src_dir_fd=self._folder, dst_dir_fd=folder)
        else:
            self._link(name, folder)

    def _link(self, name: str, folder: int | None) -> None:
        """Give the file a name that must be free: a link does not replace, as renaming does."""
        try:
            os.link(self._temporary, name, src_dir_fd=self._folder, dst_dir_fd=folder)
        except OSError as error:
            if _exists(name, folder):
                raise FileExistsError(errno.EEXIST, os.strerror(errno.EEXIST), name) from error
            if error.errno not in _NO_HARD_LINKS:
                raise
            os.rename(self._temporary, name, src_dir_fd=self._folder, dst_dir_fd=folder)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        with suppress(OSError):  # what could not be written cannot be flushed either
            self._file.close()
        with suppress(FileNotFoundError):
            os.unlink(self._temporary, dir_fd=self._folder)


def _exists(name: str, folder: int | None) -> bool:
    try:
        os.stat(name, dir_fd=folder, follow_symlinks=False)
    except FileNotFoundError:
        return False
    return True


def write_whole(path: str | os.PathLike[str], data: bytes) -> None:
    """Write a file in one piece; one that stands there is replaced.

    Raises:
        OSError: If it cannot be written; names `path`, and what stood there is still there then.
    """
    path = os.fspath(path)
    folder = os.path.dirname(path) or os.curdir
    temporary = os.path.join(folder, f".thaifix-{os.urandom(8).hex()}.new")
    with _named(path), NewFile(temporary) as file:
        file.write(data)
        file.publish(path, overwrite=True)
        sync_folder(folder)


def sync_folder(folder: str) -> None:
    """Bring the names in a folder to the disk, where the file system can do that.

    Raises:
        OSError: If that fails.
    """
    descriptor = os.open(folder, os.O_RDONLY | os.O_DIRECTORY)
    try:
        os.fsync(descriptor)
    except OSError as error:
        if error.errno not in _NO_FOLDER_SYNC:
            raise
    finally:
        os.close(descriptor)


@contextmanager
def _named(path: str) -> Iterator[None]:
    """Name the file that was asked for in errors, not the temporary one."""
    try:
        yield
    except OSError as error:
        raise OSError(error.errno, error.strerror, path) from error
