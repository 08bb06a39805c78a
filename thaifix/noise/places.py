"""Kinds of slips: what a style can do, and how the log names it."""

from __future__ import annotations

from types import MappingProxyType
from typing import NamedTuple

Choices = tuple[tuple[str, str], ...]
"""What can stand at a place instead: kinds of `REASONS`, each with the replacement."""


class Slip(NamedTuple):
    """A place where something can happen.

    Attributes:
        start: Where it begins, in code points.
        end: Where it ends; `end == start` if something is put in.
        choices: What can stand there instead.
    """

    start: int
    end: int
    choices: Choices


GAP_KINDS = frozenset(
    {
        "gap",  # between two letters, but for those below
        "gap_before_mark",
        "gap_before_vowel",  # a following one
        "gap_in_tight",  # between a tight letter (`spacing.TIGHT`) and its mark or vowel
        "gap_behind_tight",  # between a tight letter and another cluster
        "gap_behind_leading_vowel",
        "gap_at_digit",  # beside a Thai digit, or between two
        "gap_at_sign",  # between a letter and a punctuation mark
        "double_space",
    }
)
"""Kinds of slips that put a space in; each happens at other places."""

AM_KINDS = frozenset(
    {
        "am_gap",  # a space and sara aa
        "am_apart",  # nikhahit, a space, sara aa
        "am_joined",  # nikhahit, sara aa
        "am_swapped",  # sara aa, nikhahit
        "am_swapped_gap",  # the same with a space behind
        "am_doubled",  # sara am, sara aa
        "am_as_aa",  # sara aa
        "am_unreadable",  # the sign for what cannot be read, sara aa
    }
)
"""Kinds of slips of sara am: what stands for it."""

REASONS = MappingProxyType(
    dict.fromkeys(GAP_KINDS, "letter_space")
    | {"double_space": "space"}
    | dict.fromkeys(AM_KINDS, "parted_am")
    | dict.fromkeys(("am_unreadable", "mark_unreadable", "letter_unreadable"), "unreadable")
    | dict.fromkeys(("private_use", "private_use_always"), "private_use")
    | dict.fromkeys(("mark_moved", "mark_moved_gap"), "moved_mark")
    | {"mark_parted": "parted_mark", "mark_doubled": "doubled_mark", "tone_latin": "latin_tone"}
)
"""The kinds of slips that a style can have, and the reason that the log gives for each."""
