"""Which fields of a record, or columns of a table, are its text.

A field is a name, or a path: a dot leads into an object, `[]` to every item of a list
(`ocr.text`, `messages[].content`, `pages[].lines[].text`). Several stand with commas between them.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import pairwise
from typing import Any

from thaifix.errors import SeveralOriginalsError
from thaifix.text.script import LETTERS

ORIGINAL = "_original"
"""What the name of the field that keeps the original ends with, after the name of the text's."""
_TEXT = "text"  # the name that most data sets give the text
_SUGGESTED = 3  # paths that are named to a user, at most; by judgement
_ITEMS = "[]"

MISSING, NULL, OTHER = "no such field", "null", "no string"
"""What a record may have instead of a text."""


def choose(record: Mapping[str, object], *, corrected: bool = False) -> str | None:
    """Choose the field that is most likely the text.

    That is `text`, else the string with the most Thai letters; the first of several.

    Args:
        record: A record.
        corrected: Whether it may be an output of thaifix, which may have changed which field has
            the most: one with its original right behind it comes first then.
    Returns:
        Its name; None if no field has a string with Thai letters.
    """
    if corrected:
        for name, behind in pairwise(record):
            if behind == name + ORIGINAL and isinstance(record[name], str):
                return name
    if isinstance(record.get(_TEXT), str):
        return _TEXT
    best, most = None, 0
    for name, value in record.items():
        if isinstance(value, str) and not _keeps_original(name, record):
            count = sum(letter in LETTERS for letter in value)
            if count > most:
                best, most = name, count
    return best


def _keeps_original(name: str, record: Mapping[str, object]) -> bool:
    return name.endswith(ORIGINAL) and name.removesuffix(ORIGINAL) in record


def split(fields: str) -> list[str]:
    """Take apart what a user has named."""
    return [field for field in (part.strip() for part in fields.split(",")) if field]


def steps(path: str) -> list[str]:
    """Take a path apart: names, and `[]` for every item."""
    found: list[str] = []
    for number, part in enumerate(path.split(".")):
        name = part.rstrip(_ITEMS)
        if name or number:  # behind a dot a name is always, were it the empty one
            found.append(name)
        found += [_ITEMS] * ((len(part) - len(name)) // len(_ITEMS))
    return found


def values(data: Any, path: str) -> Iterator[Any]:
    """Yield what a JSON value has at a path, in order: strings, or anything else.

    A name that stands in an object as it is goes before a path.
    """
    if isinstance(data, dict) and path in data:
        yield data[path]
    else:
        yield from _values(data, steps(path))


def _values(data: Any, path: Sequence[str]) -> Iterator[Any]:
    if not path:
        yield data
    elif path[0] == _ITEMS:
        if isinstance(data, list):
            for item in data:
                yield from _values(item, path[1:])
    elif isinstance(data, dict) and path[0] in data:
        yield from _values(data[path[0]], path[1:])


def why_not(data: Any, paths: Sequence[str]) -> str:
    """Tell why a record has no text at any of some paths: `MISSING`, `NULL` or `OTHER`."""
    found = [value for path in paths for value in values(data, path)]
    if not found:
        return MISSING
    return NULL if all(value is None for value in found) else OTHER


def thai_paths(data: Any) -> Counter[str]:
    """Count the Thai letters that a JSON value has at each path. O(size of the value)."""
    found: Counter[str] = Counter()
    waiting: list[tuple[str, Any]] = [("", data)]
    while waiting:
        path, value = waiting.pop()
        if isinstance(value, str):
            found[path] += sum(letter in LETTERS for letter in value)
        elif isinstance(value, list):
            waiting += ((f"{path}{_ITEMS}", item) for item in value)
        elif isinstance(value, dict):
            waiting += (
                (f"{path}.{name}" if path else name, inner) for name, inner in value.items()
            )
    return +found


def advice(counts: Counter[str]) -> str:
    """Say which fields a user may name, by the Thai letters at each path."""
    if not counts:
        return "It has no Thai letters in any string"
    named = [path for path, _ in counts.most_common(_SUGGESTED)]
    return "Name the text: " + " or ".join(f"--field '{path}'" for path in named)


def named(paths: Iterable[str]) -> str:
    """Write paths as options."""
    return " ".join(f"--field '{path}'" for path in paths)


def several_originals(name: str, paths: Sequence[str]) -> SeveralOriginalsError:
    """Say that a file keeps originals at several paths, and that those of the first are back."""
    return SeveralOriginalsError(
        f"{name}: keeps originals of several fields, and only those of {paths[0]!r} were put back. "
        f"Name the fields that were corrected, of {named(paths)}"
    )
