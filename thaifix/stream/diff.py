"""Showing edits to a reader: the changed lines, letter by letter.

Nothing that is shown can hide, or act on a terminal: a mark or sara am without its letter stands on
a dotted circle, and control, format and undecodable characters are replaced by something visible.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator
from itertools import groupby

from thaifix.text.edit import Correction, Edit, Flag, apply, trim
from thaifix.text.normalize import normalize
from thaifix.text.script import SARA_AM

_CONTEXT = 40  # code points of unchanged text shown on each side of a change; by judgement
_DOTTED_CIRCLE = "\N{DOTTED CIRCLE}"
_ELLIPSIS = "\N{HORIZONTAL ELLIPSIS}"

# Signs around unchanged, removed and added text, after the word diff of git.
_PLAIN = {" ": ("", ""), "-": ("[-", "-]"), "+": ("{+", "+}")}
# Removed is red and struck out, added is green and bold: not told apart by hue alone.
_COLOUR = {" ": ("", ""), "-": ("\x1b[31;9m", "\x1b[0m"), "+": ("\x1b[32;1m", "\x1b[0m")}


def render_edits(correction: Correction, file: str, line: int, *, colour: bool) -> str:
    """Show each changed line as `file:line: text` with what was removed and added in it.

    A change that reaches over a line end shows its lines as one. Of long lines only the
    neighbourhood of the changes is shown.

    Args:
        correction: The text and its edits.
        file: Name to show.
        line: Number of the text's first line, from 1.
        colour: Mark with terminal colours; else with `[-removed-]{+added+}`.
    Returns:
        Lines with their line ends; "" without edits.
    """
    signs = _COLOUR if colour else _PLAIN
    shown = []
    for start, segments in _changed_lines(correction):
        number = line + correction.source.count("\n", 0, start)
        shown.append(f"{visible(file)}:{number}: ")
        for kind, text in segments:
            before, after = signs[kind]
            shown.append(before + visible(text) + after)
        shown.append("\n")
    return "".join(shown)


def render_flags(correction: Correction, file: str, line: int) -> str:
    """Show each flag as `file:line: reason: excerpt`, with `line` as for `render_edits`."""
    source = correction.source
    shown = []
    for flag in correction.flags:
        number = line + source.count("\n", 0, flag.start)
        excerpt = visible(_clip(source[flag.start : flag.end], first=False, last=False))
        shown.append(f"{visible(file)}:{number}: {flag.reason}: {excerpt}\n")
    return "".join(shown)


def render_messages(correction: Correction, file: str, line: int, *, flags: bool) -> str:
    """Show each edit as `file:line:column: reason: message`, as editors read it.

    Args:
        correction: The text, its edits and flags.
        file: Name to show.
        line: Number of the text's first line, from 1.
        flags: Whether flags are shown, too.
    Returns:
        Lines with their line ends, in the order of the text; "" if there is nothing to show.
        Columns are code points, from 1. The message of an edit is `observed -> replacement`, that
        of a flag its note, or what stands there.
    """
    source = correction.source
    items: list[Edit | Flag] = [*correction.edits, *(correction.flags if flags else ())]
    shown = []
    for item in sorted(items, key=lambda item: item.start):
        start = item.start
        number = line + source.count("\n", 0, start)
        column = start - source.rfind("\n", 0, start)
        if isinstance(item, Edit):
            message = f"{visible(item.observed)} -> {visible(item.replacement)}"
        else:
            message = item.note or visible(_clip(source[start : item.end], first=False, last=False))
        shown.append(f"{visible(file)}:{number}:{column}: {item.reason}: {message}\n")
    return "".join(shown)


def visible(text: str) -> str:
    """Replace what a terminal would hide, obey or put on the letter before `text`."""
    shown = legible(text)
    attached = text and (unicodedata.category(text[0])[0] == "M" or text[0] == SARA_AM)
    return _DOTTED_CIRCLE + shown if attached else shown


def legible(text: str) -> str:
    """Replace what a terminal or a page would hide, obey, or draw as a box."""
    return "".join(map(_visible_letter, text))


def code_points(observed: str, replacement: str) -> str:
    """Tell texts apart that look alike, by what differs in them.

    Returns:
        Such as `U+0E4D U+0E32 → U+0E33`; "" if a reader sees what differs: rules (`text.normalize`)
        do not make the same of both.

    >>> code_points("ส\u0e4d\u0e32คัญ", "ส\u0e33คัญ")
    'U+0E4D U+0E32 → U+0E33'
    >>> code_points("กำหนต", "กำหนด")
    ''
    """
    one, other = (apply(text, normalize(text, ())) for text in (observed, replacement))
    if observed == replacement or one != other:
        return ""
    changed = trim(Edit(0, len(observed), replacement, reason="", observed=observed))
    sides = (
        " ".join(f"U+{ord(letter):04X}" for letter in side) or "\N{EMPTY SET}"
        for side in (changed.observed, changed.replacement)
    )
    return " \N{RIGHTWARDS ARROW} ".join(sides)


def _visible_letter(letter: str) -> str:
    category = unicodedata.category(letter)
    if letter in "\t ":
        return letter
    if letter == "\n":
        return "\N{DOWNWARDS ARROW WITH CORNER LEFTWARDS}"
    if letter < " ":
        return chr(0x2400 + ord(letter))  # CONTROL PICTURES
    if category == "Cs":
        return "\N{REPLACEMENT CHARACTER}"
    if category[0] in "CZ":
        return f"<U+{ord(letter):04X}>"
    return letter


def _changed_lines(correction: Correction) -> Iterator[tuple[int, list[tuple[str, str]]]]:
    """Yield the start of each changed line and its segments: kind (" ", "-" or "+") and text."""
    source, edits = correction.source, list(correction.edits)
    while edits:
        start = at = source.rfind("\n", 0, edits[0].start) + 1
        end = start
        segments: list[tuple[str, str]] = []
        while edits and (edits[0].start <= end or not segments):
            edit = edits.pop(0)
            segments.append((" ", source[at : edit.start]))
            segments += _letters(source[edit.start : edit.end], edit.replacement)
            at = edit.end
            end = source.find("\n", at)
            end = len(source) if end < 0 else end
        segments.append((" ", source[at:end].removesuffix("\r")))
        runs = groupby((segment for segment in segments if segment[1]), key=lambda s: s[0])
        segments = [(kind, "".join(text for _, text in run)) for kind, run in runs]
        last = len(segments) - 1
        for i, (kind, text) in enumerate(segments):
            if kind == " ":
                segments[i] = kind, _clip(text, first=i == 0, last=i == last)
        yield start, segments


def _letters(observed: str, replacement: str) -> Iterator[tuple[str, str]]:
    """Align one edit's two texts with the fewest changed code points."""
    from rapidfuzz.distance import Levenshtein

    removed = added = ""
    for step in Levenshtein.opcodes(observed, replacement):
        if step.tag == "equal":
            same = observed[step.src_start : step.src_end]
            yield from (("-", removed), ("+", added), (" ", same))
            removed = added = ""
        else:
            removed += observed[step.src_start : step.src_end]
            added += replacement[step.dest_start : step.dest_end]
    yield from (("-", removed), ("+", added))


def _clip(text: str, *, first: bool, last: bool) -> str:
    before = "" if first else text[:_CONTEXT]
    after = "" if last else text[-_CONTEXT:]
    short = len(text) <= len(before) + len(after)
    return text if short else f"{before}{_ELLIPSIS}{after}"
