"""Deterministic rewrites that keep what a reader reads: one function per rule.

A rule takes a text and yields edits of it; its name is their reason. `normalize` applies all rules
until none fires. No rule guesses: two different tone marks in a row, a doubled one before aa (which
may stand for sara am), a nikhahit without its aa, and a foreign letter without an exact twin are
left to `text.broken` and the decoder. No rule touches Thai digits,
paiyannoi, maiyamok, spaces, line ends or Latin text, nor a mark without a Thai letter under it
(that is noise of a page's margin).

A new rule is a function here, in `RULES` where the order wants it. `_may_fire` must find its
trigger (`_RARE` and the patterns beside it), else it never runs. Its cases go into
tests/cases/normalize.json.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence

from thaifix.text.edit import Edit, apply, compose, trim
from thaifix.text.lazy import pattern
from thaifix.text.script import (
    ABOVE_BELOW_VOWELS,
    CONSONANTS,
    FOLLOWING_VOWELS,
    LAO_TWINS,
    LATIN_MARKS,
    LEADING_VOWELS,
    LETTERS,
    MAITAIKHU,
    MARK_RANK,
    MARKS,
    NIKHAHIT,
    OLD_GLYPHS,
    PHINTHU,
    SARA_AA,
    SARA_AE,
    SARA_AM,
    SARA_E,
    THANTHAKHAT,
    TONE_MARKS,
    YAMAKKAN,
    ZERO_WIDTH,
    consonant_at,
    letter_at,
)

Rule = Callable[[str], Iterator[Edit]]

_BYTE_ORDER_MARK = "\ufeff"
_NO_BREAK_SPACE = "\u00a0"
_BENGALI_E = "\u09c7"
_FOREIGN = f"\u0980-\u09ff\u0e80-\u0eff{ZERO_WIDTH}"
_LONGEST_MISREADING = 2  # code points; more Lao letters in a row are Lao. By judgement
_VOWELS = ABOVE_BELOW_VOWELS + MAITAIKHU
_LATE_MARKS = TONE_MARKS + THANTHAKHAT

# Each begins with a letter or a class of letters: the search for those is fast.
_ZERO_WIDTH_RUN = pattern(f"[{ZERO_WIDTH}]+")
_NO_BREAK_RUN = pattern(f"{_NO_BREAK_SPACE}+")
_FOREIGN_RUN = pattern(f"[{_FOREIGN}]+")
_SEVERAL_E = pattern(f"{SARA_E}{SARA_E}+")
_MARK_RUN = pattern(f"[{_VOWELS}{_LATE_MARKS}]{{2,}}")
_AM_TONE = pattern(f"{SARA_AM}([{TONE_MARKS}])\\1*(?![{TONE_MARKS}])")
_DOUBLED_MARK = pattern(f"([{MARKS}])\\1+")
_NIKHAHIT_AA = pattern(f"{NIKHAHIT}([{TONE_MARKS}]?){SARA_AA}")
_DOUBLED_AM = pattern(
    f"(?<=[{CONSONANTS}{TONE_MARKS}])(?:{NIKHAHIT}{SARA_AM}|{SARA_AM}[{SARA_AM}{SARA_AA}{NIKHAHIT}])"
    f"(?![{MARKS}])"
)
_RING = pattern(
    f"(?<=[{CONSONANTS}])([{TONE_MARKS}]?)[\u02da\u030a\u0366]([{TONE_MARKS}]?){SARA_AA}"
)  # what may be over a letter and looks like nikhahit
_OLD_GLYPH = pattern(
    "[\uf700-\uf71a]|(?<=[\u0e01-\u0e4e])(?P<position>[\uf873-\uf875])"
)  # positions are those of marks, in Apple's encoding
_LATIN_MARK = pattern(
    f"(?<=[{CONSONANTS}{ABOVE_BELOW_VOWELS}])[\u00c9-\u00cd](?![A-Za-z\u00c0-\u024f{MARKS}])"
)

# No rule fires on a text in which none of these is found, nor two sara e in a row.
_RARE = pattern(
    f"[{NIKHAHIT}{PHINTHU}{YAMAKKAN}{_NO_BREAK_SPACE}{_FOREIGN}"
    "\u00c9-\u00cd\u02da\u030a\u0366\uf700-\uf71a\uf873-\uf875]"
)
_AFTER_LATE_MARK = pattern(f"[{_LATE_MARKS}](?=[{_VOWELS}{_LATE_MARKS}])")
_AFTER_AM = pattern(f"{SARA_AM}[{SARA_AM}{SARA_AA}]")
_AFTER_VOWEL = pattern(f"[{_VOWELS}](?=[{_VOWELS}])")


def remove_zero_width(text: str) -> Iterator[Edit]:
    """Remove what has no width next to a Thai letter; a byte order mark at the start stays."""
    for match in _ZERO_WIDTH_RUN.finditer(text):
        start, end = match.span()
        start += start == 0 and text[0] == _BYTE_ORDER_MARK
        if start < end and (letter_at(text, start - 1) or letter_at(text, end)):
            yield _edit(text, start, end, "", remove_zero_width)


def plain_space(text: str) -> Iterator[Edit]:
    """Make no-break spaces between Thai letters ordinary ones."""
    for match in _NO_BREAK_RUN.finditer(text):
        start, end = match.span()
        if letter_at(text, start - 1) and letter_at(text, end):
            yield _edit(text, start, end, " " * (end - start), plain_space)


def read_lao_twins(text: str) -> Iterator[Edit]:
    """Read one or two Lao letters in a Thai word as their Thai twins.

    A leading vowel must have Thai after it, a mark or following vowel Thai before it, a consonant
    Thai on one side.
    """
    for match in _FOREIGN_RUN.finditer(text):
        start, end = match.span()
        read = match[0].translate(LAO_TWINS)
        if end - start > _LONGEST_MISREADING or not all(letter in LETTERS for letter in read):
            continue
        before, after = letter_at(text, start - 1), letter_at(text, end)
        needs_before, needs_after = read[0] in FOLLOWING_VOWELS + MARKS, read[-1] in LEADING_VOWELS
        if (before or after) and before >= needs_before and after >= needs_after:
            yield _edit(text, start, end, read, read_lao_twins)


def read_bengali_e(text: str) -> Iterator[Edit]:
    """Read the Bengali vowel e in a Thai word as sara e.

    The Bengali sign is written left of the consonant that precedes it in the text, so behind a
    consonant it changes places with it. Between two consonants both readings are possible: it
    stays.
    """
    for match in _FOREIGN_RUN.finditer(text):
        if match[0] != _BENGALI_E:
            continue
        start, end = match.span()
        before, after = consonant_at(text, start - 1), consonant_at(text, end)
        if before and not after:
            yield _edit(text, start - 1, end, SARA_E + text[start - 1], read_bengali_e)
        elif after and not before:
            yield _edit(text, start, end, SARA_E, read_bengali_e)


def join_double_e(text: str) -> Iterator[Edit]:
    """Make two sara e the sara ae they look like; three and more stay."""
    for match in _SEVERAL_E.finditer(text):
        if len(match[0]) == 2:
            yield _edit(text, *match.span(), SARA_AE, join_double_e)


def order_marks(text: str) -> Iterator[Edit]:
    """Put the marks on a consonant in their order: vowel, tone mark, thanthakhat."""
    if not _AFTER_LATE_MARK.search(text):
        return
    for match in _MARK_RUN.finditer(text):
        ordered = "".join(sorted(match[0], key=MARK_RANK.__getitem__))
        if ordered != match[0] and consonant_at(text, match.start() - 1):
            yield trim(_edit(text, *match.span(), ordered, order_marks))


def put_tone_before_am(text: str) -> Iterator[Edit]:
    """Put a tone mark behind sara am before it, where Thai writes it."""
    for match in _AM_TONE.finditer(text):
        if consonant_at(text, match.start() - 1):
            yield _edit(text, *match.span(), match[1] + SARA_AM, put_tone_before_am)


def read_old_glyphs(text: str) -> Iterator[Edit]:
    """Read the private-use glyphs of old fonts as the letters and marks that they draw."""
    for match in _OLD_GLYPH.finditer(text):
        start, end = match.span()
        read = "" if match["position"] else match[0].translate(OLD_GLYPHS)
        if (
            match["position"]
            or read in CONSONANTS
            or letter_at(text, start - 1)
            or (start > 0 and _OLD_GLYPH.match(text, start - 1))
        ):
            yield _edit(text, start, end, read, read_old_glyphs)


def read_latin_marks(text: str) -> Iterator[Edit]:
    """Read a Latin capital on a Thai letter as the mark in whose place old encodings have it."""
    for match in _LATIN_MARK.finditer(text):
        yield _edit(text, *match.span(), match[0].translate(LATIN_MARKS), read_latin_marks)


def merge_doubled_marks(text: str) -> Iterator[Edit]:
    """Make one mark of the same mark twice or more over a Thai letter.

    A doubled tone mark before aa stays: in text from Tesseract it mostly stands for a tone mark and
    sara am, from other engines for a tone mark and aa.
    """
    for match in _DOUBLED_MARK.finditer(text):
        before_aa = match[1] in TONE_MARKS and text[match.end() : match.end() + 1] == SARA_AA
        if letter_at(text, match.start() - 1) and not before_aa:
            yield _edit(text, match.start() + 1, match.end(), "", merge_doubled_marks)


def join_nikhahit_aa(text: str) -> Iterator[Edit]:
    """Make nikhahit and aa one sara am, with a tone mark between or before them first."""
    for match in _NIKHAHIT_AA.finditer(text):
        before, tone = text[max(0, match.start() - 1) : match.start()], match[1]
        if before == tone:
            tone = ""
        if not (tone and before and before in TONE_MARKS):
            yield _edit(text, *match.span(), tone + SARA_AM, join_nikhahit_aa)


def merge_doubled_am(text: str) -> Iterator[Edit]:
    """Make one sara am of two, and of one with one of its halves beside it."""
    for match in _DOUBLED_AM.finditer(text):
        yield _edit(text, *match.span(), SARA_AM, merge_doubled_am)


def read_ring(text: str) -> Iterator[Edit]:
    """Read a ring over a letter before aa as the upper half of sara am."""
    for match in _RING.finditer(text):
        yield _edit(text, *match.span(), (match[1] or match[2]) + SARA_AM, read_ring)


RULES: tuple[Rule, ...] = (
    remove_zero_width,
    plain_space,
    read_old_glyphs,
    read_latin_marks,
    read_lao_twins,
    read_bengali_e,
    join_double_e,
    order_marks,
    put_tone_before_am,
    merge_doubled_marks,
    join_nikhahit_aa,
    merge_doubled_am,
    read_ring,
)


def normalize(text: str, protected: Sequence[tuple[int, int]] = ()) -> tuple[Edit, ...]:
    """Apply all rules until none fires.

    Args:
        text: Any text.
        protected: Sorted, disjoint spans that no edit may touch, in code points.
    Returns:
        Edits of `text` that lead to the fixed point; where rules worked on the same place, the
        edit has the name of the last. Margins are infinite, confidences 1.
    Time: linear; text that needs nothing is only searched.
    """
    edits: tuple[Edit, ...] = ()
    current = text
    while _may_fire(current):
        if current is text:
            current = _masked(text, protected)
        done = True
        for rule in RULES:
            if fired := tuple(rule(current)):
                current, edits, done = apply(current, fired), compose(edits, fired), False
        if done:
            break
    return tuple(map(trim, edits))


def _may_fire(text: str) -> bool:
    return bool(
        _RARE.search(text)
        or SARA_E + SARA_E in text
        or _AFTER_LATE_MARK.search(text)
        or _AFTER_VOWEL.search(text)
        or _AM_TONE.search(text)
        or _AFTER_AM.search(text)
    )


def _masked(text: str, protected: Sequence[tuple[int, int]]) -> str:
    """Put NUL, which no rule knows, in the place of what is protected."""
    parts: list[str] = []
    done = 0
    for start, end in protected:
        parts += text[done:start], "\0" * (end - start)
        done = end
    return "".join([*parts, text[done:]])


def _edit(text: str, start: int, end: int, read: str, rule: Rule) -> Edit:
    return Edit(start, end, read, reason=rule.__name__, observed=text[start:end])
