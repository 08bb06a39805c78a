"""The words that a word error rate counts: those of newmm, PyThaiNLP's segmenter."""

from __future__ import annotations

from functools import lru_cache
from importlib.util import find_spec

NAME = "newmm"
# Code points of a line, by judgement:
_LONGEST_UNSAFE = 2_000  # beyond it, newmm's time may explode without its safe mode
_LONGEST_REMEMBERED = 500  # up to it, a line's words are remembered


def installed() -> bool:
    """Whether PyThaiNLP is there, without importing it."""
    return find_spec("pythainlp") is not None


def version() -> str:
    """The version of PyThaiNLP, whose dictionary decides what a word is.

    Time: some tenths of a second at the first call, to read the dictionary.
    """
    import pythainlp

    return str(pythainlp.__version__)


def words(text: str) -> list[str]:
    """Cut a text into words, line by line; white space separates them and is left out.

    Time: linear, about 2 MB/s.
    """
    return [
        word
        for line in text.split("\n")
        for word in (_remembered(line) if len(line) <= _LONGEST_REMEMBERED else _cut(line))
    ]


def _cut(line: str) -> tuple[str, ...]:
    from pythainlp.tokenize import newmm

    found = newmm.segment(line, safe_mode=len(line) > _LONGEST_UNSAFE)
    return tuple(word for word in found if not word.isspace())


_remembered = lru_cache(maxsize=1 << 14)(_cut)  # a correction leaves most lines as they are
