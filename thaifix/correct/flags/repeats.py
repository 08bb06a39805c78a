"""What stands twice."""

from __future__ import annotations

from collections.abc import Iterator

from thaifix.text.edit import Flag
from thaifix.text.lazy import pattern
from thaifix.text.script import FOLLOWING_VOWELS, LETTERS, MARKS

_PIECE = 10  # code points between spaces that may show that a clause is repeated
_PIECES = 60  # of a clause, at most
_ODD_PIECES = 3  # pieces of the period that begin or end otherwise, or stand between
_DIRECT = 40  # code points of a clause that is repeated directly
_LINE = 60  # ... of lines: shorter ones are columns of a table, or signatures
_NEAR = 80  # ... after up to so many others:
_BETWEEN = 12
_WORD = 6  # letters of the shortest word
_RARE = "ฃฅฆฉฌญฎฏฐฑฒณธภชถผสศษฤำ"  # most long words have one: fewer places need a look
_TWICE = pattern(f"([{_RARE}][{LETTERS}]{{2}})[{LETTERS}]{{{_WORD - 3},21}}?(\\1)")
_NEVER_FIRST = frozenset(MARKS + FOLLOWING_VOWELS)  # in a syllable
_LETTERS_ONLY = pattern(f"[{LETTERS}]+")
_NUMBERED = pattern(r"\s?\d")  # `ห้องที่ 1 ... ห้องที่ 2`: what follows tells them apart
_THAI = pattern(f"[{LETTERS}]")


def repeated_clause(text: str) -> Iterator[Flag]:
    """A clause or line that is repeated word for word after itself: a reader's loop."""
    pieces = text.split()
    starts: list[int] = []  # of the pieces, as far as they are asked for
    done = 0
    for first, second in _repeated_pieces(pieces):
        _find_starts(text, pieces, second, starts)
        at, again = starts[first], starts[second]
        if again < done:
            continue
        start, end = _extent(text, at, again)
        length, period = end - start, again - at
        between = period - length
        if length < (_DIRECT if between <= 2 else _NEAR) or between > _BETWEEN:
            continue
        if "|" in text[start:end] or 2 * len(_THAI.findall(text, start, end)) < length:
            continue
        if _NUMBERED.match(text, end) and _NUMBERED.match(text, end + period):
            continue
        if "\n" in text[start : start + period] and (
            length < _LINE or not (length >= 2 * period or _whole_lines(text, start, end, period))
        ):
            continue
        done = end + period
        second_copy = text[start + period : done]
        start = done - len(second_copy.lstrip())
        end = start + len(second_copy.strip())
        yield Flag(start, end, "repeated_clause", "repeats what stands before")


def _repeated_pieces(pieces: list[str]) -> Iterator[tuple[int, int]]:
    """Pairs of equal pieces between which all but a few are repeated too, the first of each run."""
    last: dict[str, int] = {}
    done = 0
    for i, piece in [(i, piece) for i, piece in enumerate(pieces) if len(piece) >= _PIECE]:
        before = last.get(piece)
        last[piece] = i
        if before is None or i < done or i - before > _PIECES:
            continue
        run = 1
        while i + run < len(pieces) and pieces[before + run] == pieces[i + run]:
            run += 1
        back = 0
        while back < before and pieces[before - 1 - back] == pieces[i - 1 - back]:
            back += 1
        if run + back >= i - before - _ODD_PIECES and (
            run + back > 1 or len(piece) >= _DIRECT // 2
        ):
            done = i + run
            yield before, i


def _find_starts(text: str, pieces: list[str], last: int, starts: list[int]) -> None:
    """Go on with the list of where the pieces of a text start, to the last that is asked for."""
    end = starts[-1] + len(pieces[len(starts) - 1]) if starts else 0
    for piece in pieces[len(starts) : last + 1]:
        start = text.index(piece, end)
        starts.append(start)
        end = start + len(piece)


def _extent(text: str, at: int, again: int) -> tuple[int, int]:
    """The longest span around `at` that stands around `again` too."""
    period = again - at
    start = end = at
    while start and text[start - 1] == text[start - 1 + period]:
        start -= 1
    while end + period < len(text) and text[end] == text[end + period]:
        end += 1
    return start, end


def _whole_lines(text: str, start: int, end: int, period: int) -> bool:
    """Tell whether what is repeated is lines: no headline that the next line takes up again."""
    lines = text[start:end].strip("\n")
    start += text[start:end].index(lines)
    return all(
        text[at - 1 : at] in ("", "\n")
        and text[at + len(lines) : at + len(lines) + 1] in ("", "\n")
        for at in (start, start + period)
    )


def repeated_word(text: str) -> Iterator[Flag]:
    """A long Thai word or part of one that follows itself without a space."""
    done = 0
    for match in _TWICE.finditer(text):
        at, again = match.start(), match.start(2)
        if again < done:
            continue
        start, end = _extent(text, at, again)
        period = again - at
        if end - start >= period and _LETTERS_ONLY.fullmatch(text, start, end + period):
            done = end + period
            back = 0  # to where a syllable can begin, if that is repeated too
            while back < (end - start) % period and text[end - back] in _NEVER_FIRST:
                back += 1
            first = end - back - ((end - start) // period - 1) * period
            yield Flag(first, done - back, "repeated_word", "repeats the letters before")
