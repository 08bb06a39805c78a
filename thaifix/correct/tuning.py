"""Tuning: what training sets.

The values belong to the weights that were calibrated under them, so they come with the bundle:
`thaifix train` writes the defaults of this module into it, and a corrector reads them from there.
They were found by trial: on development pages and clean text, what repairs more at equal harm and
speed. All costs are in nats.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass, fields
from typing import Any

from thaifix.errors import ModelError


@dataclass(frozen=True, slots=True)
class Depth:
    """How deep a block or a window is read. Lower `suspicion`, higher `budget`, lower `gain`: the
    reading finds more, takes longer and is wrong more often.
    """

    suspicion: float
    """A word that costs more than this, given the word before, is looked at."""
    budget: float
    """Cost of the dearest misreading of one word that is considered."""
    gain: float
    """What a misreading must gain over the observed letters to be considered."""
    adjacent: float
    """Cost of the dearest misreading after which the next letter may be misread, too."""
    inside: float
    """Budget of a word that begins in the middle of an unknown one."""
    beam: float
    """Paths dearer than the best one at a position by more than this are dropped."""


@dataclass(frozen=True, slots=True)
class Tuning:
    """What training sets, besides weights, thresholds and the models themselves."""

    first: Depth = Depth(suspicion=12.5, budget=8.0, gain=5.0, adjacent=5.0, inside=6.0, beam=5.0)
    """The reading of every block."""
    second: Depth = Depth(suspicion=6.0, budget=10.0, gain=3.0, adjacent=9.0, inside=8.0, beam=6.0)
    """The reading of a block whose document errs (see `noisy`), instead of the first."""
    third: Depth = Depth(suspicion=6.0, budget=16.0, gain=-0.5, adjacent=9.0, inside=8.0, beam=6.0)
    """The reading of those windows of the second in which an unknown word stayed unclear (see
    `barely`); its `suspicion` is that of the second."""
    noisy: float = 0.7
    """Evident errors per 1,000 code points above which a block is read a second time."""
    typical: float = 1.0
    """Evident errors per 1,000 code points for which the costs of misreadings hold; where a
    document has more, they fall by the logarithm of the ratio, ..."""
    relief: float = 2.5
    """... but by this at most."""
    barely: float = 3.0
    """Least margin of a change that makes an unknown word clear."""
    carried: float = 0.5
    """Weight of the noise of the blocks before; it shrinks by this factor with every block."""
    few: float = 0.3
    """Evident errors per 1,000 code points above which a document errs visibly, ..."""
    many: float = 4.0
    """... and from which it is a bad scan. Between the two an edit needs the confidence `careful`,
    however long the document is: the second reading finds much that is right."""
    careful: float = 0.75
    """Least confidence of an edit in a document that errs visibly and is no bad scan, ..."""
    plain: float = 13.0
    """... but for what one reading explains: observed letters and next best reading are dearer than
    that by so much."""
    half: float = 0.8
    """Share of `suspicion` that is enough for a word within `near` of a suspicious one."""
    near: int = 2
    """How many words apart such words are, at most."""
    pair: float = 20.0
    """Cost of two neighbouring words together above which both are looked at."""
    before: int = 1
    """Words before a suspicious one that its window takes in."""
    after: int = 2
    """Words after it."""
    window: int = 72
    """Length of the longest window, in code points."""
    slack: float = 0.55
    """Cost of ordinary text per code point; only what a window costs beyond it can be gained."""
    rate: float = 0.5
    """Cost of any words per code point, at least."""
    space: float = 6.0
    """Cost of a space that was lost or came in."""
    beam_width: int = 12
    """Paths that are kept at a position, at most."""
    operations: int = 3
    """Operations of the channel in one word, at most."""
    rivals: int = 8
    """How often the cheapest path with another text is looked for, at most."""
    dear: float = 7.0
    """Cost of a word from which its block is looked over for terms, misreadings, facts, names."""

    def header(self) -> dict[str, Any]:
        """The values as a bundle's header holds them."""
        return asdict(self)

    @classmethod
    def read(cls, table: Mapping[str, Any]) -> Tuning:
        """Read what `header` gave.

        Raises:
            ModelError: If a value is missing or unknown: another version wrote the bundle.
        """
        known = {field.name for field in fields(cls)}
        if known != table.keys():
            raise ModelError(
                f"the model's tuning differs in {', '.join(sorted(known ^ table.keys()))}; "
                "rebuild the model with 'thaifix train'"
            )
        try:
            values: dict[str, Any] = {
                name: Depth(**value) if isinstance(value, dict) else value
                for name, value in table.items()
            }
            return cls(**values)
        except TypeError as error:
            raise ModelError(
                f"the model's tuning cannot be read ({error}); rebuild it with 'thaifix train'"
            ) from error
