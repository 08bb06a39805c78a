"""JSON lines: one field of each record, a string; every other byte of the file stays.

A record is a document. One that changes gets the field `NAME_original`, right after the field, with
the string as it was written. A line that is no record, or cannot be corrected, passes through with
the flag `skipped_record`. A record passes through without a flag if it has no such field, or no
string in it.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterable, Iterator
from typing import Any, NamedTuple

from thaifix.errors import FormatError
from thaifix.formats.base import Format
from thaifix.formats.fields import ORIGINAL, choose
from thaifix.formats.options import FormatOptions
from thaifix.formats.text_stream import TextStream
from thaifix.text.edit import Edit

_TOKEN = re.compile(r'"(?:[^"\\]++|\\.)*+"|[{}\[\],:]', re.DOTALL)
_LETTER = re.compile(r"\\u[dD][89abAB]\w\w\\u[dD][c-fC-F]\w\w|\\u\w{4}|\\.|[^\\]", re.DOTALL)
_SURROGATE = re.compile("[\ud800-\udfff]")


class _Member(NamedTuple):
    """A field of a record: its name, and the spans of its name and string with their quotes."""

    name: str
    name_start: int
    name_end: int
    start: int
    end: int


class JsonLines(Format):
    """One JSON object a line."""

    def correct(
        self,
        chunks: Iterable[bytes],
        texts: TextStream,
        write: Callable[[bytes], object],
        options: FormatOptions,
    ) -> None:
        """Correct a file record by record; a piece's line is that of its record."""
        field, number, named = options.field, 0, False
        for number, data in enumerate(_lines(chunks), 1):
            try:
                line = data.decode("utf-8")
                record = _parse(line)
                field = field or choose(record)
                named = named or field in record
                if field is not None and isinstance(value := record.get(field), str):
                    if options.originals and field + ORIGINAL in record:
                        raise _kept_already(texts.name, number, field + ORIGINAL)
                    if edits := texts.correct(value, number):
                        data = _rewrite(line, field, edits, options).encode("utf-8")
            except FormatError:
                raise
            except (ValueError, RecursionError) as error:
                texts.skip(number, f"line {number} stays as it is: {error}")
            write(data)
        if options.field is not None and number and not named:
            raise FormatError(
                f"{texts.name}: no record has a field {options.field!r}. Name another (--field)"
            )

    def text(self, chunks: Iterable[bytes], *, field: str | None, name: str) -> Iterator[str]:
        """Give the field of each record, with form feeds between them."""
        between = ""
        for data in _lines(chunks):
            try:
                record = _parse(data.decode("utf-8"))
            except (ValueError, RecursionError):
                continue
            field = field or choose(record, corrected=True)
            value = record.get(field) if field is not None else None
            if isinstance(value, str) and not _SURROGATE.search(value):
                yield between + value
                between = "\f"

    def revert(
        self,
        chunks: Iterable[bytes],
        write: Callable[[bytes], object],
        *,
        field: str | None,
        name: str,
    ) -> None:
        """Put the strings back that records keep, and take those fields away.

        Raises:
            FormatError: If no record keeps one; the file has been written as it was then.
        """
        found = False
        for data in _lines(chunks):
            try:
                line = data.decode("utf-8")
                record = _parse(line)
                field = field or choose(record, corrected=True)
                if field is not None and field + ORIGINAL in record:
                    data = _restore(line, field).encode("utf-8")
                    found = True
            except (ValueError, RecursionError):
                pass
            write(data)
        if not found:
            raise FormatError(
                f"{name}: no record keeps what it was. It is no output of thaifix, was written "
                "with --no-originals, or of another field (--field)"
            )


def _kept_already(name: str, number: int, field: str) -> FormatError:
    return FormatError(
        f"{name}, line {number}: has a field {field!r} already. To correct once more, undo the "
        "first correction (thaifix revert); to replace the text alone: --no-originals"
    )


def _lines(chunks: Iterable[bytes]) -> Iterator[bytes]:
    """Divide a stream into lines, with their line feeds."""
    held: list[bytes] = []
    for chunk in chunks:
        *ended, rest = chunk.split(b"\n")
        for line in ended:
            yield b"".join([*held, line, b"\n"])
            held = []
        held.append(rest)
    if last := b"".join(held):
        yield last


def _parse(line: str) -> dict[str, Any]:
    """Parse a line; a blank one is a record without fields.

    Raises:
        ValueError: If it is no record.
    """
    text = line.removeprefix("\ufeff")
    if not text.strip():
        return {}
    record = json.loads(text)
    if not isinstance(record, dict):
        raise ValueError("not a JSON object")
    return record


def _members(line: str) -> Iterator[_Member]:
    """Find the fields of a record that hold strings."""
    depth, name, is_value = 0, None, False
    for match in _TOKEN.finditer(line):
        token = match[0]
        if token[0] == '"' and depth == 1:
            if name is None:
                name = match
            elif is_value:
                yield _Member(json.loads(name[0]), *name.span(), *match.span())
        elif token in "{[":
            depth += 1
        elif token in "}]":
            depth -= 1
        elif depth == 1:
            is_value = token == ":"
            name = name if is_value else None


def _member(line: str, name: str) -> _Member:
    """Find a field; of several with one name the last counts, as it does for `json.loads`.

    Raises:
        ValueError: If no field of that name holds a string.
    """
    found = [member for member in _members(line) if member.name == name]
    if not found:
        raise ValueError(f"no string in the field {name!r}")
    return found[-1]


def _rewrite(line: str, field: str, edits: Iterable[Edit], options: FormatOptions) -> str:
    """Carry edits out in a field's string, and keep the string as it was behind it."""
    member = _member(line, field)
    written = line[member.start : member.end]
    ends = [0]  # where the letters of the string end in `written`, without the opening quote
    for match in _LETTER.finditer(written, 1, len(written) - 1):
        ends.append(match.end() - 1)
    parts: list[str] = []
    done = 1
    for edit in edits:
        start, end = ends[edit.start] + 1, ends[edit.end] + 1
        new = json.dumps(edit.replacement, ensure_ascii=written.isascii())[1:-1]
        parts += written[done:start], new
        done = end
    new = '"' + "".join(parts) + written[done:]
    if options.originals:
        name = line[member.name_start : member.name_end - 1] + ORIGINAL + '"'
        colon = line[member.name_end : member.start]
        new += f",{' ' * colon.endswith(' ')}{name}{colon}{written}"
    return line[: member.start] + new + line[member.end :]


def _restore(line: str, field: str) -> str:
    """Put the original of a field in its place.

    Raises:
        ValueError: If the original is no string, or does not stand where `_rewrite` puts it.
    """
    kept = _member(line, field + ORIGINAL)
    member = _member(line, field)
    if line[member.end : kept.name_start].strip() != ",":
        raise ValueError("the original does not stand right behind the field")
    return line[: member.start] + line[kept.start : kept.end] + line[kept.end :]
