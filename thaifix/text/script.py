"""Facts about Thai writing: kinds of letters, the order of marks, clusters.

A constant of letters is a string of single code points: it can stand in a character class of a
regular expression, and `letter in CONSONANTS` is a question. Ask about one code point only: the
empty string is `in` all of them.

Source: The Unicode Standard, chapter 16.1 and the Thai block chart (U+0E00 to U+0E7F).
"""

from __future__ import annotations

import re
from itertools import pairwise

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
MAI_HAN_AKAT = "\N{THAI CHARACTER MAI HAN-AKAT}"
ABOVE_VOWELS = (
    f"{MAI_HAN_AKAT}\N{THAI CHARACTER SARA I}\N{THAI CHARACTER SARA II}"
    "\N{THAI CHARACTER SARA UE}\N{THAI CHARACTER SARA UEE}"
)
BELOW_VOWELS = "\N{THAI CHARACTER SARA U}\N{THAI CHARACTER SARA UU}"
ABOVE_BELOW_VOWELS = ABOVE_VOWELS + BELOW_VOWELS
PHINTHU = "\N{THAI CHARACTER PHINTHU}"
MAITAIKHU = "\N{THAI CHARACTER MAITAIKHU}"
MAI_EK = "\N{THAI CHARACTER MAI EK}"
MAI_THO = "\N{THAI CHARACTER MAI THO}"
TONE_MARKS = f"{MAI_EK}{MAI_THO}\N{THAI CHARACTER MAI TRI}\N{THAI CHARACTER MAI CHATTAWA}"
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

# Canonical order of the marks on one letter; a mark that is not listed stays where it is.
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
# Private-use glyphs that fonts for Windows of the 1990s have for marks in other places and for yo
# ying and tho than without their tails; text layers of PDF files keep them. For `str.translate`.
# Source: the glyph names of such fonts, as FontForge and pdfminer list them.
OLD_GLYPHS = {
    0xF700: "\N{THAI CHARACTER THO THAN}",
    0xF70F: "\N{THAI CHARACTER YO YING}",
    0xF710: "\N{THAI CHARACTER MAI HAN-AKAT}",
    0xF711: NIKHAHIT,
    0xF712: MAITAIKHU,
    0xF718: "\N{THAI CHARACTER SARA U}",
    0xF719: "\N{THAI CHARACTER SARA UU}",
    0xF71A: PHINTHU,
} | dict(
    zip(
        (*range(0xF701, 0xF70F), *range(0xF713, 0xF718)),
        ABOVE_VOWELS[1:] + 3 * (TONE_MARKS + THANTHAKHAT),
        strict=True,
    )
)
# Latin capitals that text layers with old encodings have for tone marks and thanthakhat.
LATIN_MARKS = dict(zip(range(0xC9, 0xCE), TONE_MARKS + THANTHAKHAT, strict=True))
ZERO_WIDTH = "\u00ad\u200b\u200c\u200d\u2060\ufeff"  # from soft hyphen to byte order mark

_LAO_MARKS = "\u0eb1\u0eb4-\u0ebc\u0ec8-\u0ece"
_LAO_AM = "\u0eb3"
_GENERAL_MARKS = (
    "\u0300-\u036f\u1ab0-\u1ace\u1dc0-\u1dff\u200c\u200d\u20d0-\u20f0\ufe00-\ufe0f\ufe20-\ufe2f"
)
# What nothing attaches to: controls, format characters but the joiners, line and paragraph ends.
_CONTROLS = "\x00-\x1f\x7f-\x9f\u00ad\u200b\u200e\u200f\u2028-\u202e\u2060-\u206f\ufeff"
_ATTACHED = f"(?<=[^{_CONTROLS}])[{MARKS}{SARA_AM}{_LAO_MARKS}{_LAO_AM}{_GENERAL_MARKS}]"
_ATTACHES = re.compile(_ATTACHED)
# Each matches one code point, and looks at one before it.
_INSIDE_CLUSTER = re.compile(
    f"{_ATTACHED}"
    f"|(?<=[{LETTERS}{PAIYANNOI}{MAIYAMOK}])[{FOLLOWING_VOWELS}]"
    f"|(?<=[{LEADING_VOWELS}])[{CONSONANTS}]"
    "|(?<=\r)\n"
)


def clusters(text: str) -> list[tuple[int, int]]:
    """Cut a text into clusters: letters that no line end and no end of a word can part.

    A Thai cluster is a letter with all marks and following vowels behind it, and with the leading
    vowel before it, if one stands there. This is also the unit in which the kernel spells unknown
    words. In other scripts a cluster is a letter with the general combining marks (and Lao marks)
    behind it; CR LF is one cluster.

    These are not the extended grapheme clusters of Unicode Standard Annex 29 (see
    `thaifix.evaluation.graphemes`): those have leading vowels and the following vowels a, aa alone,
    and join more in other scripts (Indic conjuncts, emoji, flags, Hangul jamo).

    Returns:
        Spans in code points that follow each other without a gap.
    Time: linear.
    """
    inside = {match.start() for match in _INSIDE_CLUSTER.finditer(text)}
    starts = [position for position in range(len(text)) if position not in inside]
    return list(pairwise([*starts, len(text)]))


def starts_cluster(text: str, position: int) -> bool:
    """Tell whether a cluster (see `clusters`) begins at a position, or the text ends there.

    Args:
        text: Any text.
        position: From 0 to `len(text)`, in code points.
    """
    return position in (0, len(text)) or not _INSIDE_CLUSTER.match(text, position)


def attaches(text: str, position: int) -> bool:
    """Tell whether a mark or sara am stands at a position, drawn on the letter before it.

    Leading and following vowels do not attach: on a page they have a place of their own.

    Args:
        text: Any text.
        position: From 0 to `len(text)`, in code points.
    """
    return _ATTACHES.match(text, position) is not None


def letter_at(text: str, position: int) -> bool:
    """Tell whether a Thai letter or mark stands at a position, which may be outside the text."""
    return 0 <= position < len(text) and text[position] in LETTERS


def consonant_at(text: str, position: int) -> bool:
    """Tell whether a Thai consonant stands at a position, which may be outside the text."""
    return 0 <= position < len(text) and text[position] in CONSONANTS
