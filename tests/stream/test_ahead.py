"""Documents that are read ahead: the result is that of a filter without processes."""

from __future__ import annotations

import random
from collections.abc import Callable, Iterator

import pytest

from thaifix.stream import ahead
from thaifix.stream.ahead import Ahead, Recorder, Shared
from thaifix.stream.filter import Filter, Stats
from thaifix.text.edit import Correction, Edit, Flag, apply


class Counting:
    """Puts before each `o` how many a document has had so far."""

    def document(self) -> CountingDocument:
        return CountingDocument()


class CountingDocument:
    def __init__(self) -> None:
        self.seen = 0

    @property
    def adapted(self) -> int:
        return self.seen

    @property
    def families(self) -> dict[str, int]:
        return {"o": self.seen}

    def correct(self, text: str, /) -> Correction:
        edits = []
        for at, letter in enumerate(text):
            if letter == "o":
                edits.append(Edit(at, at, str(self.seen), reason="counted"))
                self.seen += 1
        return Correction(text, apply(text, edits), tuple(edits), (Flag(0, 0, str(len(text))),))


def filtered(files: list[bytes], jobs: int) -> tuple[bytes, Stats]:
    """What comes out of a filter, and what it counts."""
    out = bytearray()
    if jobs == 1:
        filter_ = Filter(Counting(), out.extend)
        for number, data in enumerate(files):
            filter_.file(str(number), [data])
        filter_.close()
        return bytes(out), filter_.stats
    with Ahead(Counting(), jobs, reader(files)) as source:
        filter_ = Filter(source, out.extend)
        for number, data in enumerate(files):
            source.file()
            filter_.file(str(number), [data])
        filter_.close()
    return bytes(out), filter_.stats


def reader(files: list[bytes]) -> Callable[[Recorder], object]:
    def read(recorder: Recorder) -> None:
        for data in files:
            recorder.file()
            try:
                Filter(recorder, lambda data: None).file("", [data])
            except ahead.TooLong:
                recorder.give_up()

    return read


def random_files(seed: int) -> list[bytes]:
    """Documents of many lengths, with form feeds, byte order marks and bytes that are no UTF-8."""
    rng = random.Random(seed)
    pieces = [
        b"o",
        b"no\n",
        b"\n\n",
        b"\f",
        b"\xe0\xb8\x81",
        b"\xe0\xb8",
        b"\xef\xbb\xbf",
        b"o" * 900,
    ]
    return [b"".join(rng.choices(pieces, k=rng.randrange(60))) for _ in range(rng.randrange(1, 6))]


@pytest.mark.parametrize("seed", range(6))
def test_the_result_is_that_of_one_process(seed: int) -> None:
    files = random_files(seed)
    expected = filtered(files, 1)
    assert filtered(files, 1 + seed % 3 + 1) == expected


def test_a_long_document_is_corrected_when_it_is_asked_for(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(ahead, "LONGEST", 50)
    files = [b"no\fno" + b"go\n\n" * 40 + b"\fno", b"so"]
    assert filtered(files, 2) == filtered(files, 1)


def test_few_documents_are_ahead(monkeypatch: pytest.MonkeyPatch) -> None:
    """A document is longer than all that may be ahead together: they come one by one."""
    monkeypatch.setattr(ahead, "MOST_AHEAD", 3)
    files = [b"\f".join([b"some do"] * 20)] * 2
    assert filtered(files, 2) == filtered(files, 1)


def test_files_that_nobody_asks_for_stop_nothing() -> None:
    files = [b"no\fno"] * 3
    with Ahead(Counting(), 2, reader(files)) as source:
        for _ in files:
            source.file()
        assert source.document().correct("oo").text == "0o1o"
        source.file()  # there is none
        assert source.document().correct("oo").text == "0o1o"


def test_a_file_that_has_changed_since_it_was_read_ahead() -> None:
    with Ahead(Counting(), 2, reader([b"no\n\n" * 3])) as source:
        source.file()
        document = source.document()
        assert document.correct("other").text == "0other"
        assert document.correct("oo").text == "1o2o"
        assert (document.adapted, document.families) == (3, {"o": 3})


def test_what_goes_wrong_ahead_goes_wrong_later_or_not_at_all() -> None:
    def read(recorder: Recorder) -> None:
        recorder.file()
        raise RuntimeError

    with Ahead(Counting(), 2, read) as source:
        source.file()
        assert source.document().correct("oo").text == "0o1o"


def test_a_stream_is_read_once() -> None:
    """What the first leaves is for the second."""
    drawn = []

    def chunks() -> Iterator[bytes]:
        for at in range(5):
            drawn.append(at)
            yield bytes([at])

    shared = Shared(chunks())
    first = shared.ahead()
    assert [next(first), next(first)] == [b"\0", b"\1"]
    shared.give_up()
    assert b"".join(shared.following()) == bytes(range(5))
    assert drawn == list(range(5))
