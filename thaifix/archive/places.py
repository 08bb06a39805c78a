"""What stands where under TARGET, and how paths are written down.

Paths are `str` as Python gives them: bytes that are not UTF-8 are lone surrogates. Paths of the
manifest are relative to TARGET, with `/` between their parts.
"""

from __future__ import annotations

import hashlib
import os
import re

RECORDS = ".thaifix"
"""Name of the folder, in a target, of what thaifix knows about it."""

_LOG = ".jsonl"
_LONGEST_NAME = 255
"""Bytes of a file's name, at most: NAME_MAX of ext4, XFS, btrfs, ZFS, APFS and NFS."""

_KEPT_OF_LONG_NAME = 200
"""Bytes that are kept of a name that would be longer; by judgement: leaves room for a digest."""

_ESCAPED = re.compile("[\\\\\x00-\x1f\x7f\udc80-\udcff]")
_ESCAPE = re.compile(r"\\x([0-9a-f]{2})")


class Places:
    """The places of one target.

    Attributes:
        target: Absolute path, without symbolic links.
        records: Folder of what thaifix knows about the target.
        manifest: The SQLite file.
        lock: File that the run that writes has locked.
        unfinished: Folder of files that are being written.
        provenance: Folder of PREMIS and METS records.
        logs: Folder of the files' logs.
    """

    def __init__(self, target: str) -> None:
        self.target = os.path.realpath(target)
        self.records = os.path.join(self.target, RECORDS)
        self.manifest = os.path.join(self.records, "manifest.sqlite")
        self.lock = os.path.join(self.records, "lock")
        self.unfinished = os.path.join(self.records, "unfinished")
        self.provenance = os.path.join(self.records, "provenance")
        self.logs = os.path.join(self.records, "edits")

    def copy(self, path: str) -> str:
        """Where the corrected copy of a file stands."""
        return os.path.join(self.target, path)

    def log(self, path: str) -> str:
        """Where the log of a file's edits and flags stands: its path, with `.jsonl`.

        A folder whose name ends in `.jsonl` or `~` gets a `~`, so that it cannot be a file's log.
        Names that would be too long are cut, and end in the first digits of their SHA-256.
        """
        *folders, name = path.split("/")
        parts = [_fit(part, "~" if part.endswith((_LOG, "~")) else "") for part in folders]
        return os.path.join(self.logs, *parts, _fit(name, _LOG))

    def premis(self, run: int) -> str:
        """Where the PREMIS record of a run stands."""
        return os.path.join(self.provenance, f"run-{run:04}.premis.xml")

    def mets(self, run: int) -> str:
        """Where the METS record of a run stands."""
        return os.path.join(self.provenance, f"run-{run:04}.mets.xml")


def _fit(name: str, suffix: str) -> str:
    """Append a suffix to a name, and cut the name if it would be too long."""
    data = os.fsencode(name)
    if len(data) + len(suffix) <= _LONGEST_NAME:
        return name + suffix
    digest = hashlib.sha256(data).hexdigest()[:16]
    return f"{os.fsdecode(data[:_KEPT_OF_LONG_NAME])}~{digest}{suffix}"


def escape(path: str) -> str:
    r"""Write a path as one line of plain text; `unescape` reads it.

    `\xNN` stands for a backslash, a control character, or a byte that is not UTF-8.
    """
    return _ESCAPED.sub(lambda match: f"\\x{ord(match[0]) & 0xFF:02x}", path)


def unescape(text: str) -> str:
    """Read a path that `escape` wrote."""

    def letter(match: re.Match[str]) -> str:
        value = int(match[1], 16)
        return chr(value if value < 0x80 else 0xDC00 + value)

    return _ESCAPE.sub(letter, text)
