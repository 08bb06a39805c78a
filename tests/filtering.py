"""Files run through a filter whose corrector is plain to see."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable
from typing import NamedTuple

from hypothesis import strategies as st

from thaifix.stream.filter import DocumentCorrector, Filter, Piece
from thaifix.stream.log import LogWriter
from thaifix.text.edit import Correction, Edit, Flag, apply

ZERO_WIDTH_SPACE = "\N{ZERO WIDTH SPACE}"
SARA_E = "\N{THAI CHARACTER SARA E}"
# Same length, shorter, longer, and gone.
REPAIRS = {
    "ผิต": "ผิด",
    SARA_E * 2: "\N{THAI CHARACTER SARA AE}",
    "พศ": "พ.ศ.",
    ZERO_WIDTH_SPACE: "",
}
MISTAKE = re.compile("|".join(REPAIRS))
PIECES = [*REPAIRS, *REPAIRS.values(), "ก", "a", " ", "\r", "\n", "\r\n", "\f", "\0", "\ufeff"]


class FakeDocument:
    """Repairs what `REPAIRS` lists, and is in doubt about a time."""

    def __init__(self) -> None:
        self.adapted = 0
        self.families: Counter[str] = Counter()

    def correct(self, text: str, /) -> Correction:
        self.adapted += 2
        self.families["scan"] += 1
        edits = tuple(
            Edit(m.start(), m.end(), REPAIRS[m[0]], 2.5, 0.75, "repair", "entry-1", m[0])
            for m in MISTAKE.finditer(text)
        )
        flags = tuple(Flag(m.start(), m.end(), "doubt", "why") for m in re.finditer("๑๖.๙๙", text))
        return Correction(source=text, text=apply(text, edits), edits=edits, flags=flags)


class FakeCorrector:
    def __init__(self) -> None:
        self.documents = 0

    def document(self) -> DocumentCorrector:
        self.documents += 1
        return FakeDocument()


class Run(NamedTuple):
    output: bytes
    log: list[bytes]
    filter: Filter
    pieces: list[Piece]
    invalid: list[int]


def run(files: Iterable[Iterable[bytes]], *, by_line: bool = False) -> Run:
    written: list[bytes] = []
    pieces: list[Piece] = []
    log: list[bytes] = []
    writer = LogWriter(log.append, "stamp")

    def watch(piece: Piece) -> None:
        pieces.append(piece)
        writer.watch(piece)

    filter_ = Filter(FakeCorrector(), written.append, by_line=by_line, watch=watch)
    invalid = [filter_.file(f"file-{i}", chunks) for i, chunks in enumerate(files)]
    filter_.close()
    writer.close(filter_.stats.families)
    lines = b"".join(log).splitlines(keepends=True)
    return Run(b"".join(written), lines, filter_, pieces, invalid)


def cut(data: bytes, size: int) -> list[bytes]:
    return [data[i : i + size] for i in range(0, len(data), size)]


def code_points(data: bytes) -> str:
    return data.decode("utf-8", "surrogateescape")


texts = st.lists(st.sampled_from(PIECES)).map(lambda pieces: "".join(pieces).encode())
# Characters in shreds: bytes that are not UTF-8 alone but could be with their neighbours.
shreds = st.lists(
    st.sampled_from([b"\xe0", b"\xb8", b"\x81", b"\xf0\x9f", b"\xff", "ก".encode()])
    | st.sampled_from(PIECES).map(str.encode)
).map(b"".join)
streams = st.lists(texts | shreds | st.binary(), max_size=3)
