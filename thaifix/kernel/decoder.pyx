# distutils: language = c++
# cython: language_level=3, boundscheck=False, wraparound=False, cdivision=True
"""What Python asks: the words of a text, and what a window should read."""

cimport cython

from thaifix.kernel.channel cimport Channel
from thaifix.kernel.groups cimport find_groups
from thaifix.kernel.language cimport Language
from thaifix.kernel.lattice cimport Lattice
from thaifix.kernel.ngram cimport Ngram
from thaifix.kernel.readings cimport Limits
from thaifix.kernel.scan cimport scan
from thaifix.kernel.search cimport Search
from thaifix.kernel.trie cimport Trie

Part = tuple[int, int, bytes, int, int]
Group = tuple[int, int, float, float, float, int, list[Part]]


@cython.final
cdef class Decoder:
    def __init__(self, Trie trie not None, Ngram ngram not None, Channel channel not None,
                 letters not None, Trie entries, *, least=None, float rate=0, int scan_width=6,
                 **costs):
        if scan_width < 1:
            raise ValueError(f"a scan keeps at least one word a position, not {scan_width}")
        self.language = Language(trie, ngram, letters, entries, least=least, rate=rate, **costs)
        self.channel = channel
        self.scan_width = scan_width

    @property
    def words(self):
        return self.language.ngram.words

    def scan(self, bytes symbols not None):
        return scan(self.language, symbols, self.scan_width)

    def decode(self, bytes symbols not None, bytes fixed not None, tuple left not None,
               tuple right not None, *, float budget, float slack, float insertion,
               float deletion, float tolerance, float adjacent, float inside, float beam,
               int beam_width=12, int operations=3, int rivals=8, int recalled=2048,
               bytes deep=None, float shallow=0):
        cdef Lattice lattice = Lattice(self.language, self.channel, symbols, fixed, deep, shallow)
        cdef Search search = Search(lattice, left, right, beam, beam_width, recalled)
        if not 0 <= operations <= 255:
            raise ValueError(f"{operations} operations in a word; 0 to 255 can be counted")
        # The budget and the tolerance are those of the lattice that is built.
        lattice.reader.limits = Limits(0, adjacent, inside, operations)
        return find_groups(search, budget, slack, insertion, deletion, tolerance, rivals)
