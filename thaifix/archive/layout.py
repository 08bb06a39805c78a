"""What stands where under TARGET, and how paths are written down.

Paths are `str` as Python gives them: bytes that are not UTF-8 are lone surrogates. Paths of the
manifest are relative to TARGET, with `/` between their parts.
"""

from __future__ import annotations

import hashlib
import os
import re

FOLDER = ".thaifix"
"""What thaifix knows about a target, in the target."""

_LOG = ".jsonl"
_NAME = 255  # bytes of a name, at most, in all file systems that matter
_SHORT = 200  # bytes that are kept of a longer one
_WRITTEN = re.compile(r"\\x([0-9a-f]{2})")


class Layout:
    """The places of one target.

    Attributes:
        target: Absolute, without symbolic links.
        folder: What thaifix knows about it.
        manifest: The SQLite file.
        lock: Held by the run that writes.
        unfinished: Folder of files that are being written.
        provenance: Folder of PREMIS and METS records.
        logs: Folder of the files' logs.
    """

    def __init__(self, target: str) -> None:
        self.target = os.path.realpath(target)
        self.folder = os.path.join(self.target, FOLDER)
        self.manifest = os.path.join(self.folder, "manifest.sqlite")
        self.lock = os.path.join(self.folder, "lock")
        self.unfinished = os.path.join(self.folder, "unfinished")
        self.provenance = os.path.join(self.folder, "provenance")
        self.logs = os.path.join(self.folder, "edits")

    def output(self, path: str) -> str:
        """Where the corrected copy stands."""
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
    data = os.fsencode(name)
    if len(data) + len(suffix) <= _NAME:
        return name + suffix
    digest = hashlib.sha256(data).hexdigest()[:16]
    return f"{os.fsdecode(data[:_SHORT])}~{digest}{suffix}"


def escape(path: str) -> str:
    r"""Write a path as one line of plain text: `\xNN` for backslashes, control characters and bytes
    that are not UTF-8; `unescape` reads it.
    """
    return re.sub(
        "[\\\\\x00-\x1f\x7f\udc80-\udcff]", lambda match: f"\\x{ord(match[0]) & 0xFF:02x}", path
    )


def unescape(text: str) -> str:
    """Read a path that `escape` wrote."""

    def letter(match: re.Match[str]) -> str:
        value = int(match[1], 16)
        return chr(value if value < 0x80 else 0xDC00 + value)

    return _WRITTEN.sub(letter, text)
