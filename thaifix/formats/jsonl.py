"""JSON lines: the text of each record, one string or several; every other byte of the file stays.

A record is a document. A member that changes gets another right behind it, `NAME_original`, with
what it was. A line that is no record, or cannot be corrected, passes through with the flag
`skipped_record`; a record without a text there passes through and is counted.
"""

from __future__ import annotations

import json
import re
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from typing import Any

from thaifix.errors import FormatError
from thaifix.formats import fields
from thaifix.formats.base import Format, Skip, ignore
from thaifix.formats.json_members import chosen, kept_paths, restored, rewritten
from thaifix.formats.options import FormatOptions
from thaifix.formats.text_stream import TextStream

_SURROGATE = re.compile("[\ud800-\udfff]")
_SAMPLE = 100
"""Records whose strings are looked through for advice, at most. By judgement."""


class JsonLines(Format):
    """One JSON object a line."""

    def correct(
        self,
        chunks: Iterable[bytes],
        texts: TextStream,
        write: Callable[[bytes], object],
        options: FormatOptions,
    ) -> None:
        """Correct a file record by record; a piece's line is that of its record.

        Raises:
            FormatError: If no line is a record, or no record has the field, or a string there: all
                has been written as it was then.
        """
        paths = fields.split(options.field) if options.field else []
        records, without, skipped, seen = 0, 0, 0, Counter[str]()
        for number, data in enumerate(_lines(chunks), 1):
            try:
                line = data.decode("utf-8")
                record = _parse(line)
                if record is None:
                    write(data)
                    continue
                records += 1
                if not paths and (field := fields.choose(record)):
                    paths = [field]
                if without == records - 1 and records <= _SAMPLE:
                    seen += fields.thai_paths(record)
                found = correct_strings(line, record, paths, texts, options, number)
                if found is None:
                    why = fields.why_not(record, paths)
                    without += why != fields.NULL
                    texts.pass_over(why)
                else:
                    data = found.encode("utf-8")
            except FormatError:
                raise
            except (ValueError, RecursionError) as error:
                skipped += 1
                texts.skip(number, f"line {number} stays as it is: {error}")
            write(data)
        if skipped and not records:
            raise no_records(texts.name)
        if records and without == records:
            raise no_text(texts.name, options.field, seen)

    def text(
        self,
        chunks: Iterable[bytes],
        options: FormatOptions,
        *,
        name: str,
        skip: Skip = ignore,
    ) -> Iterator[str]:
        """Give the texts of each record, with form feeds between them.

        Raises:
            FormatError: If no line is a record, or no record has the field that was named.
        """
        field = options.field
        paths = fields.split(field) if field else []
        between, records, without, skipped, seen = "", 0, 0, 0, Counter[str]()
        for number, data in enumerate(_lines(chunks), 1):
            try:
                record = _parse(data.decode("utf-8"))
            except (ValueError, RecursionError) as error:
                skipped += 1
                skip(number, str(error))
                continue
            if record is None:
                continue
            records += 1
            if not paths and (own := fields.choose(record, corrected=True)):
                paths = [own]
            if without == records - 1 and records <= _SAMPLE:
                seen += fields.thai_paths(record)
            found = strings(record, paths)
            if not found:
                without += fields.why_not(record, paths) != fields.NULL
            for value in found:
                if surrogate := _SURROGATE.search(value):
                    skip(number, f"a lone surrogate, \\u{ord(surrogate[0]):04x}")
                else:
                    yield between + value
                    between = "\f"
        if skipped and not records:
            raise no_records(name)
        if records and without == records:
            raise no_text(name, field, seen)

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
            FormatError: If no record keeps one there; the file has been written as it was then.
            SeveralOriginalsError: If no field is named and a record keeps others, too; the file has
                been written with the first put back.
        """
        paths = fields.split(field) if field else []
        found, kept, left = False, Counter[str](), Counter[str]()
        for data in _lines(chunks):
            try:
                line = data.decode("utf-8")
                record = _parse(line)
                if not paths and record and (own := fields.choose(record, corrected=True)):
                    paths = [own]
                if (before := restored(line, paths)) is not None:
                    data = before.encode("utf-8")
                    found = True
                    if not field and fields.ORIGINAL in before:
                        left.update(kept_paths(before))
                elif not found and fields.ORIGINAL in line:
                    kept.update(kept_paths(line))
            except (ValueError, RecursionError):
                pass
            write(data)
        if not found:
            raise not_kept(name, kept)
        if left:
            raise fields.several_originals(name, [*paths, *left])


def strings(record: Any, paths: Sequence[str]) -> list[str]:
    """Give the strings that a record has at some paths."""
    return [
        value for path in paths for value in fields.values(record, path) if isinstance(value, str)
    ]


def correct_strings(
    text: str,
    record: Any,
    paths: Sequence[str],
    texts: TextStream,
    options: FormatOptions,
    number: int | None,
) -> str | None:
    """Correct the strings of a JSON value that stand at some paths.

    Args:
        text: The value as it is written.
        record: The same, parsed.
        paths: Of the strings.
        texts: Corrects them.
        options: Whether originals are kept.
        number: The line that pieces are to name; None counts the lines of the strings.
    Returns:
        The value with the corrections; None if it has no string there.
    Raises:
        FormatError: If an original is there already.
        ValueError: If a string has lone surrogates.
    """
    if not strings(record, paths):
        return None
    found = chosen(text, paths)
    values = [json.loads(text[start:end]) for m in found for start, end in m.strings]
    for value in values:
        value.encode("utf-8")
    if options.originals:
        _refuse_kept(text, found, texts.name, number)
    edits = [texts.correct(value, number) for value in values]
    return rewritten(text, found, edits, originals=options.originals) if any(edits) else text


def _refuse_kept(text: str, found: Sequence[Any], name: str, number: int | None) -> None:
    from thaifix.formats.json_members import members

    if fields.ORIGINAL not in text:
        return
    names = {(member.object, member.name) for member in members(text)}
    for member in found:
        if (member.object, kept := member.name + fields.ORIGINAL) in names:
            where = name if number is None else f"{name}, line {number}"
            raise FormatError(
                f"{where}: has a field {kept!r} already. To correct once more, undo the "
                "first correction (thaifix revert); to replace the text alone: --no-originals"
            )


def no_records(name: str) -> FormatError:
    """Say that no line is a record."""
    return FormatError(
        f"{name}: is no JSON lines: no line is a JSON object. To correct it as plain text: "
        "--format text"
    )


def no_text(name: str, field: str | None, seen: Counter[str]) -> FormatError:
    """Say that no record has a text, and which fields have one."""
    where = f" in the field {field!r}" if field else ""
    return FormatError(f"{name}: no record has a text{where}. {fields.advice(seen)}")


def not_kept(name: str, kept: Mapping[str, int]) -> FormatError:
    """Say that there is nothing to go back to, or where there seems to be: at the paths given."""
    if kept:
        named = fields.named(kept)
        return FormatError(f"{name}: name the field that was corrected, perhaps {named}")
    return FormatError(
        f"{name}: no record keeps what it was. It is no output of thaifix, or was written "
        "with --no-originals"
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


def _parse(line: str) -> dict[str, Any] | None:
    """Parse a line; a blank one is no record.

    Raises:
        ValueError: If it is no record.
    """
    text = line.removeprefix("\ufeff")
    if not text.strip():
        return None
    record = json.loads(text)
    if not isinstance(record, dict):
        raise ValueError("not a JSON object")
    return record
