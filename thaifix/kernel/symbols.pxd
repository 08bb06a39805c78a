# cython: language_level=3, boundscheck=False, wraparound=False, cdivision=True
# What every text of the kernel consists of: symbols, their classes, and the ids of words.
#
# These numbers stand here and nowhere else. C code cimports them; Python imports them from
# `thaifix.kernel.symbols`. A model is built with them: whoever changes one builds the model anew.

from libc.stdint cimport uint8_t, uint32_t

# One byte a code point. Thai code points have their offset in the Thai block, 0x01 to 0x5B.
cpdef enum:
    PAIYANNOI = 0x2F
    MAIYAMOK = 0x46
    NEWLINE = 95            # LF and CR; the symbols below it are the Thai ones
    LETTERS = 96            # how many symbols the table of letter costs is for: 0 (no letter) to 95
    ASCII = 96              # 0x20 is 96, ..., 0x7E is 190
    FULL_STOP = ASCII + 14
    FOREIGN = 191           # a letter of another script that may be a misread Thai letter
    OTHER = 192             # any other code point
    OPAQUE = 193            # a control character or an undecodable byte: no part of a text
    SYMBOLS = 194           # how many symbols there are

# Ids of words. Those below FIRST_WORD are classes; word k of the trie is FIRST_WORD + k.
cpdef enum:
    UNKNOWN = 0             # letters that are no word
    BOUNDARY = 1            # where a text or a paragraph ends
    SPACE = 2
    NUMBER = 3
    LATIN = 4
    MISC = 5                # any sign that is not in ASCII
    ABBREVIATION = 6
    PUNCTUATION = 7         # and the next 94: a sign or digit of ASCII, in ASCII's order
    FIRST_WORD = 102

# In the place of a word's id: a line end that stands for nothing. Python reads it as LINE_END.
cdef enum:
    NO_WORD = -1

# Classes of symbols: bits of `KIND`.
cpdef enum:
    THAI = 1                # a letter, mark or sign that words are written with
    ATTACHED = 2            # a mark or vowel that belongs to the letter before it
    LEADING = 4             # a vowel that belongs to the consonant after it
    DIGIT = 8
    BLANK = 16
    ROMAN = 32
    CONSONANT = 64
    JOINER = 128            # a sign that stands between the digits of a number

cdef uint8_t KIND[256]      # the classes of each symbol; bytes that are no symbols have none


cdef int checked(bytes symbols) except -1


cdef inline bint inside(const uint8_t* o, int at, int n) noexcept nogil:
    """Whether a position lies inside a cluster: what begins or ends there is no word."""
    return at < n and (KIND[o[at]] & ATTACHED) != 0


cdef inline int cluster_end_at(const uint8_t* o, int at, int n) noexcept nogil:
    """Where the cluster ends that begins at a position."""
    cdef int end = at + 1
    if KIND[o[at]] & LEADING and end < n and KIND[o[end]] & CONSONANT:
        end += 1
    while inside(o, end, n):
        end += 1
    return end


cdef inline int blank_end(const uint8_t* o, int at, int n, bint* line_end) noexcept nogil:
    """Where the blanks at a position end, and whether a line end is among them."""
    line_end[0] = False
    while at < n and KIND[o[at]] & BLANK:
        if o[at] == NEWLINE:
            line_end[0] = True
        at += 1
    return at


cdef inline int plain_end(const uint8_t* o, int at, int n, uint32_t* word) noexcept nogil:
    """Where the number, Latin word or sign at a position ends, and the id of its class.

    What stands there is neither Thai nor foreign nor blank.
    """
    cdef int end = at + 1
    cdef uint8_t kind = KIND[o[at]]
    if kind & DIGIT:
        word[0] = NUMBER
        while end < n and (KIND[o[end]] & DIGIT or (
                KIND[o[end]] & JOINER and end + 1 < n and KIND[o[end + 1]] & DIGIT)):
            end += 1
    elif kind & ROMAN:
        word[0] = LATIN
        while end < n and KIND[o[end]] & ROMAN:
            end += 1
    elif ASCII <= o[at] < FOREIGN:
        word[0] = PUNCTUATION + o[at] - ASCII
    else:
        word[0] = MISC
    return end


cdef inline int abbreviation_end(const uint8_t* o, int at, int n) noexcept nogil:
    """Where 1 to 5 Thai letters and a full stop at a position end, 0 if there are none."""
    cdef int end = at
    if at > 0 and KIND[o[at - 1]] & THAI:
        return 0
    while end < n and end < at + 6 and KIND[o[end]] & THAI:
        end += 1
    if end == at or end == at + 6 or end == n or o[end] != FULL_STOP:
        return 0
    return end + 1
