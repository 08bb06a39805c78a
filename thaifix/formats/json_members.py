"""Members of JSON objects, with their places in the text, so that all other bytes can stay."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

from thaifix.formats.fields import ORIGINAL
from thaifix.text.edit import Edit

_TOKEN = re.compile(r'"(?:[^"\\]++|\\.)*+"|[{}\[\],:]', re.DOTALL)
_LETTER = re.compile(r"\\u[dD][89abAB]\w\w\\u[dD][c-fC-F]\w\w|\\u\w{4}|\\.|[^\\]", re.DOTALL)


class Member(NamedTuple):
    """A member of an object that has strings: as its value, or in lists that are its value.

    Attributes:
        path: As in `fields`; of strings in lists it ends with `[]`.
        object: Where the object begins.
        name: Its name.
        name_start, name_end: The name's span, with quotes.
        start, end: The value's span.
        strings: The spans of the strings, with quotes, in order.
    """

    path: str
    object: int
    name: str
    name_start: int
    name_end: int
    start: int
    end: int
    strings: tuple[tuple[int, int], ...]


@dataclass(slots=True)
class _Frame:
    """An object or a list that is open."""

    is_list: bool
    path: str
    start: int
    name: re.Match[str] | None = None
    has_colon: bool = False
    object: int = -1  # of a list that is the value of a member: where the object begins
    strings: dict[str, list[tuple[int, int]]] = field(default_factory=dict)


def members(text: str) -> Iterator[Member]:
    """Yield the members that have strings, in the order in which they end. O(n)."""
    stack: list[_Frame] = []
    for match in _TOKEN.finditer(text):
        token, top = match[0], stack[-1] if stack else None
        if token[0] == '"':
            if top is None:
                continue
            if top.is_list:
                top.strings.setdefault(top.path, []).append(match.span())
            elif not top.has_colon:
                top.name = match
            elif top.name:
                top.has_colon = False
                yield _member(top, top.name, *match.span(), _inside(top), (match.span(),))
        elif token in "{[":
            stack.append(_opened(token, match.start(), top))
        elif token in "}]":
            if top is None:
                continue
            stack.pop()
            yield from _closed(top, match.end(), stack)
        elif top:
            top.has_colon = token == ":"


def _inside(frame: _Frame) -> str:
    """The path of what is open in a frame."""
    if frame.is_list or not frame.name:
        return frame.path
    name = json.loads(frame.name[0])
    return f"{frame.path}.{name}" if frame.path else str(name)


def _opened(token: str, at: int, top: _Frame | None) -> _Frame:
    is_list = token == "["
    path = _inside(top) if top else ""
    frame = _Frame(is_list, f"{path}[]" if is_list else path, at)
    if top and not top.is_list:
        top.has_colon = False
        if is_list:
            frame.name, frame.object = top.name, top.start
    return frame


def _closed(frame: _Frame, end: int, stack: Sequence[_Frame]) -> Iterator[Member]:
    """Give the member that a list was, or its strings to the list that it is in."""
    if not frame.is_list:
        return
    if frame.name:
        for path, spans in frame.strings.items():
            name = json.loads(frame.name[0])
            names = frame.name.span()
            yield Member(path, frame.object, name, *names, frame.start, end, tuple(spans))
    elif stack and stack[-1].is_list:
        for path, spans in frame.strings.items():
            stack[-1].strings.setdefault(path, []).extend(spans)


def _member(
    frame: _Frame,
    name: re.Match[str],
    start: int,
    end: int,
    path: str,
    strings: tuple[tuple[int, int], ...],
) -> Member:
    return Member(path, frame.start, json.loads(name[0]), *name.span(), start, end, strings)


def chosen(text: str, paths: Iterable[str]) -> list[Member]:
    """Give the members at some paths, sorted; of several with one name in an object the last."""
    wanted = frozenset(paths)
    last = {(m.object, m.name, m.path): m for m in members(text) if m.path in wanted}
    return sorted(last.values(), key=lambda member: member.start)


def rewritten(
    text: str, found: Sequence[Member], edits: Sequence[Sequence[Edit]], *, originals: bool
) -> str:
    """Carry edits out in the strings of members.

    Args:
        text: JSON.
        found: Members of it, sorted.
        edits: Those of each string of all of them, in code points of its value.
        originals: Whether a member that changes is kept as it was, in one behind it.
    """
    parts: list[str] = []
    done = 0
    waiting = iter(edits)
    for member in found:
        changed = False
        begun = len(parts)
        at = member.start
        for start, end in member.strings:
            new = next(waiting)
            if new:
                changed = True
                parts += text[at:start], _edited(text[start:end], new)
                at = end
        if not changed:
            continue
        parts.insert(begun, text[done : member.start])
        parts.append(text[at : member.end])
        if originals:
            name = text[member.name_start : member.name_end - 1] + ORIGINAL + '"'
            colon = text[member.name_end : member.start]
            kept = text[member.start : member.end]
            parts.append(f",{' ' * colon.endswith(' ')}{name}{colon}{kept}")
        done = member.end
    return "".join([*parts, text[done:]])


def _edited(written: str, edits: Iterable[Edit]) -> str:
    """Carry edits out in a string as it is written; what is escaped stays so."""
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
    return '"' + "".join(parts) + written[done:]


def restored(text: str, paths: Iterable[str] | None) -> str | None:
    """Put the originals of members in their place, where `rewritten` has put them behind.

    Args:
        text: JSON.
        paths: Of the members; None for all.
    Returns:
        The text before; None if no member keeps one.
    """
    wanted = None if paths is None else frozenset(paths)
    parts: list[str] = []
    done = 0
    for member, kept in _kept(text):
        if member.start < done or (wanted is not None and member.path not in wanted):
            continue
        parts += text[done : member.start], text[kept.start : kept.end]
        done = kept.end
    return "".join([*parts, text[done:]]) if parts else None


def kept_paths(text: str) -> list[str]:
    """Give the paths of the members that have an original right behind them."""
    return [member.path for member, _ in _kept(text)]


def _kept(text: str) -> Iterator[tuple[Member, Member]]:
    """Yield the members that have an original right behind them, and those."""
    by_name = {(m.object, m.name): m for m in members(text)}
    for member in sorted(by_name.values(), key=lambda member: member.start):
        kept = by_name.get((member.object, member.name + ORIGINAL))
        if kept and text[member.end : kept.name_start].strip() == ",":
            yield member, kept
