"""JSON that is one document, as Google Vision, Azure and Textract give it: strings at a path."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from typing import Any

from thaifix.errors import FormatError, UnknownFormatError
from thaifix.formats import fields
from thaifix.formats.base import Format, Skip, ignore
from thaifix.formats.json_members import kept_paths, restored
from thaifix.formats.jsonl import correct_strings, no_text, not_kept, strings
from thaifix.formats.options import FormatOptions
from thaifix.formats.text_stream import TextStream


class JsonDocument(Format):
    """A file that is one JSON value. Its text must be named."""

    def correct(
        self,
        chunks: Iterable[bytes],
        texts: TextStream,
        write: Callable[[bytes], object],
        options: FormatOptions,
    ) -> None:
        """Correct the strings at the paths that were named; each is a document.

        Raises:
            FormatError: If the file is not JSON or has neither string nor null there.
            UnknownFormatError: If no path was named.
        """
        text, data, paths = _opened(chunks, options.field, texts.name)
        try:
            corrected = correct_strings(text, data, paths, texts, options, None)
        except UnicodeEncodeError as error:
            raise FormatError(f"{texts.name}: a string is damaged: {error}") from error
        passed = [value for path in paths for value in fields.values(data, path)]
        passed = [value for value in passed if not isinstance(value, str)]
        if corrected is None and None not in passed:
            raise no_text(texts.name, options.field, fields.thai_paths(data))
        for value in passed:
            texts.pass_over(fields.NULL if value is None else fields.OTHER)
        write((text if corrected is None else corrected).encode("utf-8"))

    def text(
        self,
        chunks: Iterable[bytes],
        options: FormatOptions,
        *,
        name: str,
        skip: Skip = ignore,
    ) -> Iterator[str]:
        """Give the strings, with form feeds between them."""
        _, data, paths = _opened(chunks, options.field, name)
        found = strings(data, paths)
        if not found:
            raise no_text(name, options.field, fields.thai_paths(data))
        yield "\f".join(found)

    def revert(
        self,
        chunks: Iterable[bytes],
        write: Callable[[bytes], object],
        *,
        field: str | None,
        name: str,
    ) -> None:
        """Put the strings back that the file keeps; without a field all of them.

        Raises:
            FormatError: If it keeps none.
        """
        text = _decoded(chunks, name)
        before = restored(text, fields.split(field) if field else None)
        if before is None:
            raise not_kept(name, Counter(kept_paths(text)))
        write(before.encode("utf-8"))


def _decoded(chunks: Iterable[bytes], name: str) -> str:
    try:
        return b"".join(chunks).decode("utf-8")
    except UnicodeDecodeError as error:
        raise FormatError(f"{name}: is JSON, but not in UTF-8 at byte {error.start}") from error


def _opened(chunks: Iterable[bytes], field: str | None, name: str) -> tuple[str, Any, list[str]]:
    """Give a file's text, its value, and the paths that were named."""
    text = _decoded(chunks, name)
    try:
        data = json.loads(text.removeprefix("\ufeff"))
    except RecursionError as error:
        raise FormatError(f"{name}: is nested too deeply") from error
    except ValueError as error:
        raise FormatError(f"{name}: is no JSON: {error}. Get an undamaged copy") from error
    if not field:
        counts = Counter(fields.thai_paths(data))
        raise UnknownFormatError(
            f"{name}: is JSON, but not one record a line. {fields.advice(counts)}"
        )
    return text, data, fields.split(field)
