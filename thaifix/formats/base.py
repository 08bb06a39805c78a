"""What a format must do.

Each format is a class of its own, in a module of its own; `thaifix.formats` lists them. A format
knows no corrector: the text that it has read goes through a `TextStream`, which gives edits back.
"""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Callable, Iterable, Iterator
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from thaifix.formats.options import FormatOptions
    from thaifix.formats.text_stream import TextStream


Skip = Callable[[int, str], object]
"""Receives the number of a line that is left out, and why."""


def ignore(line: int, why: str) -> None:
    """Do nothing about a line that is left out."""


class Format(ABC):
    """A kind of file: how its text is found, written back, and led back to what it was.

    Everywhere, `chunks` are the bytes of one file in pieces of any size, `write` receives the bytes
    of the new file in order, and `name` is the file's name, for messages. Every error is a
    `FormatError` that names the file and says what to do.
    """

    @abstractmethod
    def correct(
        self,
        chunks: Iterable[bytes],
        texts: TextStream,
        write: Callable[[bytes], object],
        options: FormatOptions,
    ) -> None:
        """Correct the text of a file and write the file back; all other bytes of it stay.

        Args:
            chunks: The file.
            texts: Corrects the text; knows the file's name.
            write: Receives the corrected file.
            options: What is written.
        """

    @abstractmethod
    def text(
        self,
        chunks: Iterable[bytes],
        options: FormatOptions,
        *,
        name: str,
        skip: Skip = ignore,
    ) -> Iterator[str]:
        """Give the text of a file: what `texts` gets in `correct`, form feeds between its parts.

        Args:
            chunks, options, name: As in `correct`.
            skip: Called for each line that is no record.
        """

    @abstractmethod
    def revert(
        self,
        chunks: Iterable[bytes],
        write: Callable[[bytes], object],
        *,
        field: str | None,
        name: str,
    ) -> None:
        """Give the file before correction back, or refuse if it is not kept."""

    def digest(self, chunks: Iterable[bytes], options: FormatOptions, *, name: str) -> bytes:
        """Give a SHA-256 that two files share if they say the same, whatever their bytes are."""
        import hashlib

        sha256 = hashlib.sha256()
        for text in self.text(chunks, options, name=name):
            sha256.update(text.encode("utf-8", "surrogatepass"))
        return sha256.digest()
