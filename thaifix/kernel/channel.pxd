# cython: language_level=3, boundscheck=False, wraparound=False, cdivision=True
# What it costs to read intended symbols as observed ones, beyond reading them as they stand.

cimport cython
from libc.stdint cimport uint8_t
from libcpp.vector cimport vector

from thaifix.kernel.symbols cimport SYMBOLS

cdef enum:              # longest sides of a rule, in symbols
    MOST_OBSERVED = 2
    MOST_INTENDED = 3


cdef struct Rule:       # an entry with more than one symbol on a side
    uint8_t observed[MOST_OBSERVED]
    uint8_t intended[MOST_INTENDED]
    uint8_t n_observed
    uint8_t n_intended
    float cost


@cython.final
cdef class Channel:
    cdef float replaced[SYMBOLS][SYMBOLS]   # by observed and intended symbol
    cdef float inserted[SYMBOLS]            # an intended symbol that was not observed
    cdef float deleted[SYMBOLS]             # an observed one that stands for nothing
    cdef float any_one, any_two             # a foreign letter that is any one symbol, or any two
    cdef float least_inserted               # the cheapest insertion
    cdef float least[SYMBOLS]               # the cheapest operation at an observed symbol
    cdef uint8_t near[SYMBOLS][SYMBOLS]     # by observed symbol: intended ones, cheapest first
    cdef int n_near[SYMBOLS]                # how many there are
    cdef uint8_t near_nothing[SYMBOLS]      # inserted symbols, cheapest first
    cdef int n_near_nothing
    cdef vector[Rule] rules                 # by their first observed symbol, the cheapest first
    cdef int rule_at[SYMBOLS + 1]           # where the rules of each symbol begin

    cdef int take_rules(self, list rules) except -1
    cdef void find_least(self) noexcept
    cdef void find_near(self)
