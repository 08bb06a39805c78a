# distutils: language = c++
# cython: language_level=3, boundscheck=False, wraparound=False, cdivision=True
"""Atoms: the words of a text, and the parts into which the longer ones are divided."""

from libc.stdint cimport uint8_t, uint32_t
from libcpp.vector cimport vector

from thaifix.kernel.hashing cimport hash_of
from thaifix.kernel.symbols cimport BLANK, FIRST_WORD, KIND, MAIYAMOK, NEWLINE, PAIYANNOI, UNKNOWN

cdef enum:
    MASK_BITS = 32      # of a word's cuts: it is not divided further on


cdef int divide(const Scanned* scan, float dear, vector[Atom]* atoms) except -1 nogil:
    """Divide the words of a scan at their cuts.

    Spaces and line ends are no atoms, but a blank line is one, with key 0. After the last atom
    comes one that only tells the cost of all.
    """
    cdef Py_ssize_t i
    cdef int start, end
    cdef float sum = 0
    cdef bint expensive
    for i in range(scan.tokens):
        start = scan.starts[i]
        end = scan.starts[i + 1] if i + 1 < scan.tokens else scan.n
        if start < 0 or start >= end or end > scan.n:
            raise ValueError(f"token {i} has symbols {start} to {end} of {scan.n}")
        if KIND[scan.o[start]] & BLANK:
            if _is_blank_line(scan.o, start, end):
                atoms.push_back(Atom(0, start, end, sum, False, False, False))
        else:
            expensive = scan.words[i] == UNKNOWN or scan.costs[i] >= dear
            sum = _divide_word(scan, scan.words[i], start, end, scan.costs[i] / (end - start), sum,
                               expensive, atoms)
    atoms.push_back(Atom(0, scan.n, scan.n, sum, False, False, False))
    return 0


cdef bint _is_blank_line(const uint8_t* o, int start, int end) noexcept nogil:
    """Whether blanks hold two line ends, or one that comes after another token's."""
    cdef int at, line_ends = 0
    for at in range(start, end):
        line_ends += o[at] == NEWLINE
    return line_ends > 1 or (line_ends == 1 and start > 0 and o[start - 1] == NEWLINE)


cdef float _divide_word(const Scanned* scan, uint32_t word, int start, int end, float cost,
                        float sum, bint expensive, vector[Atom]* atoms) except -1 nogil:
    """Add the atoms of o[start:end], whose symbols cost `cost` each; the cost of all so far."""
    cdef uint32_t mask = 0
    cdef int begin = start, at
    if word >= FIRST_WORD and word - FIRST_WORD < scan.n_cuts:
        mask = scan.cuts[word - FIRST_WORD]
    for at in range(start + 1, end + 1):
        if at == end or (at - start < MASK_BITS and mask >> (at - start) & 1):
            atoms.push_back(Atom(hash_of(scan.o, begin, at), begin, at, sum, expensive,
                                 _is_thai(scan.o[begin]), False))
            sum += cost * (at - begin)
            begin = at
    return sum


cdef bint _is_thai(uint8_t symbol) noexcept nogil:
    """Whether an atom that begins so may be part of a gap.

    Paiyannoi and mai yamok stand for something longer, so that a gap there is meant.
    """
    return symbol < NEWLINE and symbol != PAIYANNOI and symbol != MAIYAMOK
