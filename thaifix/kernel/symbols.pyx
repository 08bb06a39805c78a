# distutils: language = c++
# cython: language_level=3, boundscheck=False, wraparound=False, cdivision=True
"""Symbols, their classes, and the ids of words. The contracts stand in `symbols.pyi`."""

from cpython.unicode cimport PyUnicode_GET_LENGTH, PyUnicode_READ_CHAR
from libc.limits cimport INT_MAX
from libc.stdint cimport uint8_t, uint32_t
from libc.string cimport memset


cdef void _classify() noexcept:
    """Fill `KIND`."""
    cdef int s
    memset(KIND, 0, sizeof(KIND))
    for s in range(0x01, PAIYANNOI):    # ko kai to ho nokhuk, with ru and lu
        KIND[s] = THAI | CONSONANT
    KIND[PAIYANNOI] = THAI
    for s in range(0x30, 0x3B):         # sara a to phinthu
        KIND[s] = THAI | ATTACHED
    for s in range(0x40, 0x45):         # sara e to sara ai maimalai
        KIND[s] = THAI | LEADING
    KIND[0x45] = THAI | ATTACHED        # lakkhangyao
    KIND[MAIYAMOK] = THAI
    for s in range(0x47, 0x4F):         # maitaikhu to yamakkan
        KIND[s] = THAI | ATTACHED
    for s in range(10):
        KIND[0x50 + s] = KIND[ASCII + 0x10 + s] = DIGIT
    KIND[ASCII] = KIND[NEWLINE] = BLANK
    for s in range(26):
        KIND[ASCII + 0x21 + s] = KIND[ASCII + 0x41 + s] = ROMAN
    for s in b",-./:":
        KIND[ASCII - 0x20 + s] = JOINER


_classify()
KINDS = bytes([KIND[s] for s in range(SYMBOLS)])
globals()["LINE_END"] = <uint32_t>NO_WORD


cdef inline bint _foreign(uint32_t c) noexcept nogil:
    """Whether OCR may give a letter of this code point's script for a Thai letter."""
    return (0x0E80 <= c <= 0x0EFF       # Lao
            or 0x0980 <= c <= 0x0A7F    # Bengali, Gurmukhi
            or 0x3040 <= c <= 0x30FF    # Hiragana, Katakana
            or 0x4E00 <= c <= 0x9FFF    # Han
            or 0xAC00 <= c <= 0xD7A3    # Hangul
            or 0x0400 <= c <= 0x04FF    # Cyrillic
            or 0x0900 <= c <= 0x097F    # Devanagari
            or 0x1780 <= c <= 0x17FF    # Khmer
            or 0x1000 <= c <= 0x109F)   # Burmese


cdef inline uint8_t _symbol(uint32_t c) noexcept nogil:
    if 0x0E01 <= c <= 0x0E5B:
        return <uint8_t>(c - 0x0E00)
    if 0x20 <= c <= 0x7E:
        return <uint8_t>(ASCII + c - 0x20)
    if c == 0x0A or c == 0x0D:
        return NEWLINE
    if c == 0x09 or c == 0xA0:          # tab, no-break space
        return ASCII
    if 0x201C <= c <= 0x201F:           # double quotation marks
        return ASCII + 0x02
    if 0x2018 <= c <= 0x201B:           # single ones
        return ASCII + 0x07
    if 0x2010 <= c <= 0x2015:           # hyphens and dashes
        return ASCII + 0x0D
    if c < 0x20 or c == 0x7F or 0xD800 <= c <= 0xDFFF:
        return OPAQUE
    return FOREIGN if _foreign(c) else OTHER


def encode(str text not None):
    cdef Py_ssize_t i, n = PyUnicode_GET_LENGTH(text)
    cdef bytearray out = bytearray(n)
    cdef uint8_t* p = out
    for i in range(n):
        p[i] = _symbol(PyUnicode_READ_CHAR(text, i))
    return bytes(out)


def decode(bytes symbols not None):
    cdef uint8_t s
    if max(symbols, default=0) >= FOREIGN:
        raise ValueError("only Thai and ASCII symbols have a letter, those of other scripts do not")
    return "".join([
        chr(0x0E00 + s) if s < NEWLINE else "\n" if s == NEWLINE else chr(0x20 + s - ASCII)
        for s in symbols
    ])


def cluster_end(bytes symbols not None, Py_ssize_t start):
    if not 0 <= start < len(symbols):
        raise IndexError(f"position {start} of {len(symbols)} symbols")
    return cluster_end_at(symbols, <int>start, checked(symbols))


cdef int checked(bytes symbols) except -1:
    """How many symbols these are. Raises an error if they are no symbols, or too many."""
    cdef const uint8_t* o = symbols
    cdef Py_ssize_t i, n = len(symbols)
    cdef uint8_t highest = 0
    if n >= INT_MAX:
        raise OverflowError(f"{n} symbols are too many for one text: divide it")
    for i in range(n):
        highest = max(highest, o[i])
    if highest >= SYMBOLS:
        raise ValueError(f"{highest} is no symbol: encode the text first")
    return <int>n
