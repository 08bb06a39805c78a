"""The edit log: every edit and every flag of a run as a line of JSON, and a seal.

A log leads from the corrected text back to the source (`thaifix.stream.revert`), and from the
source to the corrected text again (`thaifix.archive.replay`). Its lines are in the order of the
source. A line holds, all spans half-open and in code points of the whole stream:

    file, line      name of the file, and the line in it where the span begins, from 1
    source          span in the source
    observed        what stands there
    output          of an edit: span in the output
    replacement     of an edit: what stands there
    reason, margin, confidence, entry
                    of an edit; the margin is null if it is infinite
    proof           of an edit that another place proves: the span of that place in the source
    flag, note      of a flag, instead of what only an edit has
    model           stands for model, lexicons and options

The last line seals the log. A log without it is that of a run that was stopped, or a part. It holds

    edits, flags    how many lines of each stand above
    source_sha256, output_sha256
                    SHA-256 of all text that was read and written, in UTF-8: of plain text those of
                    the files themselves, one behind the other
    engines         edits that each family of OCR engines explains best
    model           as above
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping
from math import inf
from typing import Any, NamedTuple

from thaifix.errors import EditError
from thaifix.stream.filter import Piece, encode
from thaifix.text.edit import Edit, Flag, shift

DIGITS = 4
"""Decimal places of margins and confidences; by judgement."""

_ALWAYS = frozenset(("source", "observed", "model"))
_SEALED = frozenset(("source_sha256", "output_sha256", "model"))
_SHA256 = re.compile("[0-9a-f]{64}")


class LogError(EditError):
    """A line of a log is damaged, or there is no log.

    Attributes:
        line: Its number, from 1.
    """

    def __init__(self, line: int, why: object) -> None:
        super().__init__(
            f"edit log, line {line}: not an edit ({why}). "
            "Give the file that `thaifix --edits FILE` wrote, unchanged"
        )
        self.line = line


class Logged(NamedTuple):
    """A line of a log.

    Attributes:
        file: Name of the file, as the run was given it.
        line: Number of the line in that file in which the span begins, from 1.
        item: The edit or flag; its span is in code points of the whole source stream.
        observed: What stands there in the source.
        output: Where an edit's replacement begins in the output stream, in code points; of a flag,
            where its span begins there.
        stamp: Stands for model, lexicons and options.
    """

    file: str
    line: int
    item: Edit | Flag
    observed: str
    output: int
    stamp: str


class Seal(NamedTuple):
    """The last line of a log.

    Attributes:
        edits, flags: How many lines of each stand above.
        source_sha256, output_sha256: Of the text that was read and written, as hexadecimal digits.
        engines: Edits that each family of OCR engines explains best.
        stamp: Stands for model, lexicons and options.
    """

    edits: int
    flags: int
    source_sha256: str
    output_sha256: str
    engines: Mapping[str, int]
    stamp: str


class LogWriter:
    """Writes the log of a stream as its pieces come.

    Args:
        write: Receives whole lines.
        stamp: Stands for model, lexicons and options.
    """

    def __init__(self, write: Callable[[bytes], object], stamp: str) -> None:
        from hashlib import sha256  # slow to load; a run without a log needs none

        self._write = write
        self._stamp = stamp
        self._source, self._output = sha256(), sha256()
        self._lines = Counter[type]()

    def watch(self, piece: Piece) -> None:
        """Log what was done to the next piece."""
        correction = piece.correction
        source = encode(correction.source)
        self._source.update(source)
        self._output.update(encode(correction.text) if correction.edits else source)
        self._lines[Edit] += len(correction.edits)
        self._lines[Flag] += len(correction.flags)
        if lines := render(piece, self._stamp):
            self._write(lines)

    def close(self, engines: Mapping[str, int]) -> None:
        """Write the last line, when all text has been read.

        Args:
            engines: As in `Seal`.
        """
        digests = self._source.hexdigest(), self._output.hexdigest()
        counts = self._lines[Edit], self._lines[Flag]
        record = Seal(*counts, *digests, dict(engines), self._stamp)._asdict()
        record["model"] = record.pop("stamp")
        self._write(_line(record))


def collect(piece: Piece, stamp: str) -> Iterator[Logged]:
    """Yield the edits and flags of a corrected section, in the order of the source.

    Args:
        piece: What the filter handed to `watch`.
        stamp: Stands for model, lexicons and options.
    Time: linear.
    """
    source, line, counted = piece.correction.source, piece.line, 0
    ahead = piece.output_start - piece.start  # how far the output is ahead of the source
    items: list[Edit | Flag] = [*piece.correction.edits, *piece.correction.flags]
    for item in sorted(items, key=lambda item: item.start):
        line += source.count("\n", counted, item.start)
        counted = item.start
        start, end = piece.start + item.start, piece.start + item.end
        observed = source[item.start : item.end]
        moved: Edit | Flag
        if isinstance(item, Edit):
            (moved,) = shift((item,), piece.start)
        else:
            moved = item._replace(start=start, end=end)
        yield Logged(piece.file, line, moved, observed, start + ahead, stamp)
        if isinstance(item, Edit):
            ahead += len(item.replacement) - (end - start)


def render(piece: Piece, stamp: str) -> bytes:
    """Write the log of a corrected section.

    Args:
        piece: What the filter handed to `watch`.
        stamp: Stands for model, lexicons and options.
    Returns:
        One line for each edit and flag, with its line end; b"" if there are none. Lone surrogates
        (bytes that were not UTF-8) are escaped as JSON escapes them.
    """
    return b"".join(_line(_record(logged)) for logged in collect(piece, stamp))


def _line(record: Mapping[str, object]) -> bytes:
    import json

    line = json.dumps(record, ensure_ascii=False, allow_nan=False)
    return line.encode("utf-8", "backslashreplace") + b"\n"


def read(lines: Iterable[bytes]) -> Iterator[tuple[int, Logged]]:
    """Read the edits and flags of a log, as its lines come in, whether it is whole or not.

    Yields:
        The number of each line, from 1, and what it holds.
    Raises:
        LogError: If a line is none of a log; raised when the line is reached.
    """
    for number, item in read_sealed(lines):
        if isinstance(item, Logged):
            yield number, item


def read_sealed(lines: Iterable[bytes]) -> Iterator[tuple[int, Logged | Seal]]:
    """Read a log with its last line.

    Yields, raises: As `read`; the seal comes last, unless the log is cut off.
    """
    import json

    sealed = False
    for number, line in enumerate(lines, 1):
        try:
            if sealed:
                raise ValueError("the line above ends the log")
            record = json.loads(line)
            sealed = isinstance(record, dict) and record.keys() >= _SEALED
            yield number, _seal(record) if sealed else _logged(record)
        except (ValueError, TypeError, KeyError, RecursionError) as error:
            raise LogError(number, error) from error


def is_logged(line: bytes) -> bool:
    """Tell a line of a log, damaged or not, from a line of other JSON lines and from any text."""
    import json

    try:
        record = json.loads(line)
    except (ValueError, RecursionError):
        return False
    return isinstance(record, dict) and (record.keys() >= _ALWAYS or record.keys() >= _SEALED)


def _record(logged: Logged) -> dict[str, object]:
    """The JSON object of a line, its fields in their order."""
    item = logged.item
    record: dict[str, object] = {
        "file": logged.file,
        "line": logged.line,
        "source": [item.start, item.end],
        "observed": logged.observed,
    }
    if isinstance(item, Edit):
        record |= {
            "output": [logged.output, logged.output + len(item.replacement)],
            "replacement": item.replacement,
            "reason": item.reason,
            "margin": None if item.margin == inf else round(item.margin, DIGITS),
            "confidence": round(item.confidence, DIGITS),
            "entry": item.entry,
        }
        if item.proof:
            record["proof"] = [*item.proof]
    else:
        record |= {"flag": item.reason, "note": item.note}
    return record | {"model": logged.stamp}


def _logged(record: Mapping[str, Any]) -> Logged:
    """Check the JSON object of a line.

    Raises:
        ValueError, TypeError, KeyError: If it is none that `_record` makes.
    """
    start, end = _span(record["source"])
    observed, output = _text(record["observed"]), start
    if end - start != len(observed):
        raise ValueError("a span and its text differ in length")
    item: Edit | Flag
    if "flag" in record:
        item = Flag(start, end, _text(record["flag"]), _text(record["note"]))
    else:
        output, output_end = _span(record["output"])
        replacement, entry = _text(record["replacement"]), record["entry"]
        if output_end - output != len(replacement):
            raise ValueError("a span and its text differ in length")
        margin, confidence = record["margin"], record["confidence"]
        item = Edit(
            start,
            end,
            replacement,
            inf if margin is None else _number(margin),
            _number(confidence, most=1),
            _text(record["reason"]),
            None if entry is None else _text(entry),
            observed,
            _span(record["proof"]) if "proof" in record else None,
        )
    line = record["line"]
    if type(line) is not int:
        raise TypeError(f"{line!r} is no number of a line")
    return Logged(_text(record["file"]), line, item, observed, output, _text(record["model"]))


def _seal(record: Mapping[str, Any]) -> Seal:
    """Check the JSON object of the last line; raises as `_logged`."""
    digests = record["source_sha256"], record["output_sha256"]
    for digest in digests:
        if not _SHA256.fullmatch(digest):
            raise ValueError(f"{digest!r} is no SHA-256")
    edits, flags = _count(record["edits"]), _count(record["flags"])
    engines = record["engines"]
    if not isinstance(engines, dict):
        raise TypeError(f"{engines!r} are no engines")
    for count in engines.values():
        _count(count)
    return Seal(edits, flags, *digests, engines, _text(record["model"]))


def _count(value: Any) -> int:
    if type(value) is not int or value < 0:
        raise ValueError(f"{value!r} is no number of lines")
    return value


def _span(value: Any) -> tuple[int, int]:
    start, end = value
    if not (type(start) is type(end) is int and 0 <= start <= end):
        raise ValueError(f"{value!r} is no span")
    return start, end


def _text(value: Any) -> str:
    if not isinstance(value, str):
        raise TypeError(f"{value!r} is no text")
    value.encode("utf-8", "surrogateescape")  # what a stream can hold
    return value


def _number(value: Any, most: float = inf) -> float:
    if not (type(value) in (int, float) and -inf < value <= most):
        raise ValueError(f"{value!r} is no such number")
    return float(value)
