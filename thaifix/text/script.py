"""Facts about Thai writing: kinds of letters, the order of marks, clusters.

Every constant is a string of single code points, so that it can stand in a character class of a
regular expression and answer `letter in CONSONANTS`. An empty string is `in` all of them: ask only
about one code point.

Source: The Unicode Standard, chapter 16.1 and the Thai block chart (U+0E00 to U+0E7F).
"""

from __future__ import annotations

import re

CONSONANTS = "".join(map(chr, range(0x0E01, 0x0E2F)))  # with the vocalic letters ru and lu
SARA_E = "\N{THAI CHARACTER SARA E}"
SARA_AE = "\N{THAI CHARACTER SARA AE}"
LEADING_VOWELS = (
    f"{SARA_E}{SARA_AE}\N{THAI CHARACTER SARA O}"
    "\N{THAI CHARACTER SARA AI MAIMUAN}\N{THAI CHARACTER SARA AI MAIMALAI}"
)
SARA_A = "\N{THAI CHARACTER SARA A}"
SARA_AA = "\N{THAI CHARACTER SARA AA}"
SARA_AM = "\N{THAI CHARACTER SARA AM}"
FOLLOWING_VOWELS = SARA_A + SARA_AA + SARA_AM + "\N{THAI CHARACTER LAKKHANGYAO}"
ABOVE_VOWELS = (
    "\N{THAI CHARACTER MAI HAN-AKAT}\N{THAI CHARACTER SARA I}\N{THAI CHARACTER SARA II}"
    "\N{THAI CHARACTER SARA UE}\N{THAI CHARACTER SARA UEE}"
)
BELOW_VOWELS = "\N{THAI CHARACTER SARA U}\N{THAI CHARACTER SARA UU}"
ABOVE_BELOW_VOWELS = ABOVE_VOWELS + BELOW_VOWELS
PHINTHU = "\N{THAI CHARACTER PHINTHU}"
MAITAIKHU = "\N{THAI CHARACTER MAITAIKHU}"
TONE_MARKS = (
    "\N{THAI CHARACTER MAI EK}\N{THAI CHARACTER MAI THO}"
    "\N{THAI CHARACTER MAI TRI}\N{THAI CHARACTER MAI CHATTAWA}"
)
THANTHAKHAT = "\N{THAI CHARACTER THANTHAKHAT}"
NIKHAHIT = "\N{THAI CHARACTER NIKHAHIT}"
YAMAKKAN = "\N{THAI CHARACTER YAMAKKAN}"
PAIYANNOI = "\N{THAI CHARACTER PAIYANNOI}"
MAIYAMOK = "\N{THAI CHARACTER MAIYAMOK}"
DIGITS = "".join(map(chr, range(0x0E50, 0x0E5A)))

# All that combine with the letter before them: the Thai code points of category Mn.
MARKS = ABOVE_BELOW_VOWELS + PHINTHU + MAITAIKHU + TONE_MARKS + THANTHAKHAT + NIKHAHIT + YAMAKKAN
# What Thai words are spelled with; neither digits nor the signs paiyannoi and maiyamok.
LETTERS = CONSONANTS + LEADING_VOWELS + FOLLOWING_VOWELS + MARKS

# Canonical order of the marks on one letter; whoever is not listed stays where it is.
MARK_RANK = (
    dict.fromkeys(ABOVE_BELOW_VOWELS + MAITAIKHU, 0)
    | dict.fromkeys(TONE_MARKS, 1)
    | {THANTHAKHAT: 2}
)

# Lao letters of the same shape and use as a Thai one, for `str.translate`: the vowels and marks
# that Thai has too, and the consonants of Unicode Technical Standard 39, confusables.txt. Lao code
# points are 0x80 after Thai ones.
LAO_TWINS = {
    ord(thai) + 0x80: thai
    for thai in "จบปฝพฟ"
    + (LEADING_VOWELS + FOLLOWING_VOWELS[:3] + ABOVE_BELOW_VOWELS)
    + (TONE_MARKS + THANTHAKHAT + NIKHAHIT)
}
ZERO_WIDTH = "\u00ad\u200b\u200c\u200d\u2060\ufeff"  # from soft hyphen to byte order mark

_LAO_MARKS = "\u0eb1\u0eb4-\u0ebc\u0ec8-\u0ece"
_GENERAL_MARKS = (
    "\u0300-\u036f\u1ab0-\u1ace\u1dc0-\u1dff\u200c\u200d\u20d0-\u20f0\ufe00-\ufe0f\ufe20-\ufe2f"
)
_ATTACHING = f"{MARKS}{SARA_AM}{_LAO_MARKS}\u0eb3{_GENERAL_MARKS}"
_CONTROLS = "\x00-\x1f\x7f-\x9f\u00ad\u200b\u200e\u200f\u2028-\u202e\u2060-\u206f\ufeff"
_ATTACHES = re.compile(f"[{_ATTACHING}]")
_CONTROL = re.compile(f"[{_CONTROLS}]")


def clusters(text: str) -> list[tuple[int, int]]:
    """Cut a text into extended grapheme clusters, as Unicode Standard Annex 29 defines them.

    In Thai a mark and sara am belong to the letter before them; leading vowels and the following
    vowels a, aa stand alone.

    Returns:
        Spans in code points that follow each other without a gap.
    Time: linear.
    """
    import regex  # correction needs none of it

    return [match.span() for match in regex.finditer(r"\X", text)]


def starts_cluster(text: str, position: int) -> bool:
    """Tell whether a cluster begins at a position, or the text ends there.

    As `clusters` in Thai, Lao, Latin and what else has only general combining marks; signs of
    other Indic scripts, joined emoji, flags and Hangul jamo are taken apart.

    Args:
        text: Any text.
        position: From 0 to `len(text)`, in code points.
    """
    if position in (0, len(text)):
        return True
    if _ATTACHES.match(text, position):
        return _CONTROL.match(text, position - 1) is not None
    return text[position - 1 : position + 1] != "\r\n"


def letter_at(text: str, position: int) -> bool:
    """Tell whether a Thai letter or mark stands at a position, which may be outside the text."""
    return 0 <= position < len(text) and text[position] in LETTERS


def consonant_at(text: str, position: int) -> bool:
    """Tell whether a Thai consonant stands at a position, which may be outside the text."""
    return 0 <= position < len(text) and text[position] in CONSONANTS
