"""Files that are read ahead, so that processes correct their documents: `--jobs`."""

from __future__ import annotations

import os
import stat
from collections.abc import Iterable, Iterator, Sequence
from contextlib import suppress

from thaifix import formats
from thaifix.cli.streams import STDIN, chunks, discard
from thaifix.formats import FormatOptions
from thaifix.stream.ahead import Ahead, Recorder, Shared
from thaifix.stream.filter import DocumentSource, Filter

_UNREAD = ("pdf",)
"""Formats that are not read ahead: to find their text takes longer than to correct it."""


class FilesAhead(Ahead):
    """The documents of some files, corrected by processes. A context, as `Ahead` is."""

    def __init__(
        self,
        source: DocumentSource,
        jobs: int,
        inputs: Sequence[str],
        failed: list[str],
        *,
        format_: str | None,
        encoding: str | None,
        options: FormatOptions | None,
    ) -> None:
        """Begin to read ahead.

        Args:
            source: Corrects; must be fit to be pickled.
            jobs: How many processes, at least 1.
            inputs, failed, format_, encoding, options: As for `filtering.run` and `filtering.each`.
        """
        self._shared = Shared(chunks(STDIN, failed)) if inputs.count(STDIN) == 1 else None
        self._format, self._encoding, self._options = format_, encoding, options
        super().__init__(source, jobs, lambda recorder: self._files(inputs, recorder))

    def begin(self, name: str) -> Iterable[bytes] | None:
        """Go to the next file, and give its bytes if they can be read only once."""
        if name == STDIN and self._shared:
            data = self._shared.following()
            self.file()
            return data
        self.file()
        return None

    def _files(self, inputs: Sequence[str], recorder: Recorder) -> None:
        """Read the files, but for those that can be read only once and are not standard input."""
        try:
            for name in inputs:
                recorder.file()
                if name == STDIN and self._shared:
                    self._read_file(name, self._shared.ahead(), recorder)
                    self._shared.give_up()
                elif is_regular(name):
                    with suppress(OSError), open(name, "rb") as file:
                        self._read_file(name, iter(lambda: file.read(1 << 16), b""), recorder)
        finally:
            if self._shared:
                self._shared.give_up()

    def _read_file(self, name: str, data: Iterator[bytes], recorder: Recorder) -> None:
        try:
            found, data = formats.peek(data, self._encoding)
            found = formats.chosen(found, self._format)
            if found == "text":
                Filter(recorder, discard).file(name, data)
            elif found not in _UNREAD:
                formats.correct(found, data, recorder, discard, options=self._options, name=name)
            else:
                recorder.give_up()
        except Exception:  # told by those who read the file to correct it
            recorder.give_up()


def is_regular(name: str) -> bool:
    """Whether a name is that of a file that can be read time and again."""
    try:
        return stat.S_ISREG(os.stat(name).st_mode)
    except (OSError, ValueError):
        return False
