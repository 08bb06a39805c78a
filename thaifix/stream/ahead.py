"""Documents that other processes have corrected before they are asked for.

Files are read twice. A thread reads ahead and finds out which documents there are; processes
correct them; and when the filter comes to a document, its correction is there. What cannot be read
ahead is corrected when it is asked for, as without processes: the result is the same.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from concurrent.futures import Future
from queue import SimpleQueue
from threading import Condition, Thread
from types import TracebackType
from typing import NamedTuple, TypeAlias

from thaifix.stream.filter import NO_FAMILIES, DocumentCorrector, DocumentSource
from thaifix.stream.processes import Processes, answer
from thaifix.text.edit import Correction, Edit, Flag, apply

LONGEST = 2_000_000
"""Code points of a document that is read ahead, at most; a longer one is corrected section by
section, so that memory is bounded. By judgement: a thousand pages."""

MOST_AHEAD = 1_000_000
"""Code points a process that are read ahead, at most, but for a single document: by judgement, many
documents of any kind, and a few megabytes."""

Found: TypeAlias = tuple[tuple[Edit, ...], tuple[Flag, ...]]


class Done(NamedTuple):
    """What a process gives for a document.

    Attributes:
        found: Edits and flags of each section.
        adapted, families: As of a `DocumentCorrector`, after the last section.
    """

    found: list[Found]
    adapted: int
    families: dict[str, int]


class TooLong(Exception):  # noqa: N818  no error: ends the reading ahead of a file
    """A document is longer than `LONGEST`."""


class Ahead:
    """A source of documents that are corrected in other processes. A context, see `Processes`."""

    def __init__(
        self, source: DocumentSource, jobs: int, read: Callable[[Recorder], object]
    ) -> None:
        """Begin to read ahead.

        Args:
            source: Corrects; must be fit to be pickled.
            jobs: How many processes, at least 1.
            read: Called in a thread of its own with a source that records: reads the files as they
                are going to be read, and tells where each begins by `Recorder.file`.
        """
        self._source = source
        self._processes = Processes(source, jobs)
        self._recorder = Recorder(self._processes)
        self._read = read
        self._next: _Item = None
        Thread(target=self._run, daemon=True).start()

    def file(self) -> None:
        """Go to the next file, which was read ahead or will be now."""
        while self._next is not _FILE:
            if self._next is _END:
                return
            if isinstance(self._next, _Sent):  # nobody asked for it
                self._recorder.taken(self._next.letters)
            self._take()
        self._take()

    def document(self) -> DocumentCorrector:
        """Begin the next document of the file."""
        if not isinstance(self._next, _Sent):
            return self._source.document()
        document = _Replayed(self._next, self._source)
        self._recorder.taken(self._next.letters)
        self._take()
        return document

    def _take(self) -> None:
        self._next = self._recorder.items.get()

    def _run(self) -> None:
        try:
            self._read(self._recorder)
        except Exception:
            pass  # who reads the files after this comes upon the same, and tells it
        finally:
            self._recorder.end()

    def __enter__(self) -> Ahead:
        self._processes.__enter__()
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        traceback: TracebackType | None,
    ) -> None:
        self._recorder.stop()
        self._processes.__exit__(kind, error, traceback)


class Recorder:
    """A source of documents that changes nothing and sends what it is given to processes."""

    def __init__(self, processes: Processes) -> None:
        self.items: SimpleQueue[_Item] = SimpleQueue()
        self._processes = processes
        self._document: _Recorded | None = None
        self._letters = 0  # of the documents that are ahead
        self._changed = Condition()
        self._stopped = False

    def file(self) -> None:
        """Begin the next file."""
        self._send()
        self.items.put(_FILE)

    def give_up(self) -> None:
        """Read the rest of the file no further, nor what there is of its last document."""
        self._document = None
        self.items.put(_REST)

    def document(self) -> DocumentCorrector:
        """Begin a document."""
        self._send()
        self._document = _Recorded()
        return self._document

    def end(self) -> None:
        """No file comes any more."""
        self._send()
        self.items.put(_END)

    def taken(self, letters: int) -> None:
        """A document of so many code points is no longer ahead."""
        with self._changed:
            self._letters -= letters
            self._changed.notify_all()

    def stop(self) -> None:
        """Have the reading end as soon as it comes here."""
        with self._changed:
            self._stopped = True
            self._changed.notify_all()

    def _send(self) -> None:
        """Send the last document out, when so few are ahead that it may be."""
        document, self._document = self._document, None
        if document is None:
            return
        letters = sum(map(len, document.sections))
        with self._changed:
            self._changed.wait_for(
                lambda: (
                    self._stopped
                    or not self._letters
                    or self._letters + letters <= MOST_AHEAD * self._processes.jobs
                )
            )
            if self._stopped:
                return
            self._letters += letters
        future = self._processes.submit(correct_document, document.sections)
        self.items.put(_Sent(document.sections, letters, future))


class _Recorded:
    """A document that is read ahead."""

    adapted = 0
    families: Mapping[str, int] = NO_FAMILIES

    def __init__(self) -> None:
        self.sections: list[str] = []
        self._letters = 0

    def correct(self, text: str, /) -> Correction:
        self._letters += len(text)
        if self._letters > LONGEST:
            raise TooLong
        self.sections.append(text)
        return Correction(text, text)


class _Sent(NamedTuple):
    """A document that a process corrects."""

    sections: Sequence[str]
    letters: int
    future: Future[Done]


class _Mark:
    """What is no document."""


_FILE = _Mark()  # a file begins
_REST = _Mark()  # the rest of the file is left to others
_END = _Mark()  # no more files come
_Item: TypeAlias = "_Sent | _Mark | None"


class _Replayed:
    """A document that a process has corrected, or is at."""

    def __init__(self, sent: _Sent, source: DocumentSource) -> None:
        self._sections, self._future = sent.sections, sent.future
        self._source = source
        self._own: DocumentCorrector | None = None
        self._at = 0

    @property
    def adapted(self) -> int:
        return self._own.adapted if self._own else answer(self._future).adapted

    @property
    def families(self) -> Mapping[str, int]:
        return self._own.families if self._own else answer(self._future).families

    def correct(self, text: str, /) -> Correction:
        if self._own is None and (
            self._at == len(self._sections) or self._sections[self._at] != text
        ):
            self._own = self._source.document()  # the file has changed since it was read ahead
            for section in self._sections[: self._at]:
                self._own.correct(section)
        if self._own:
            return self._own.correct(text)
        edits, flags = answer(self._future).found[self._at]
        self._at += 1
        return Correction(text, apply(text, edits), edits, flags)


def correct_document(source: DocumentSource, sections: Iterable[str]) -> Done:
    """Correct a document, section by section."""
    document = source.document()
    found = [(c.edits, c.flags) for c in map(document.correct, sections)]
    return Done(found, document.adapted, dict(document.families))


class Shared:
    """The bytes of a stream, for one who reads ahead and one who follows.

    Args:
        chunks: The stream. It is read when either comes to what the other has not read, and once
            the first has given up, by the second alone.
    """

    def __init__(self, chunks: Iterable[bytes]) -> None:
        self._chunks = iter(chunks)
        self._read: SimpleQueue[bytes | None] = SimpleQueue()

    def ahead(self) -> Iterator[bytes]:
        """Read the stream, and keep what was read for the other."""
        for chunk in self._chunks:
            self._read.put(chunk)
            yield chunk

    def give_up(self) -> None:
        """Leave what was not read to the other."""
        self._read.put(None)

    def following(self) -> Iterator[bytes]:
        """What was read, as it comes, and then what was not."""
        while (chunk := self._read.get()) is not None:
            yield chunk
        yield from self._chunks
