"""Noise: clean text damaged on purpose as an engine would, so that what should come back is known.

Begin with `documents`: `corrupt` reads a text as an engine would and gives the edits. It draws on
four kinds of noise (`letters`, `lines`, `fluent`, `slips`), steers to a rate (`rate`), and takes
what an engine does from a profile (`engines`). Where slips can happen is told by `spacing` and
`layers`, with `places` and `glyphs`. `measure`, with `faults` and `spread`, counts a profile on
real pages. `planting` misreads only words within phrases, for the calibration of terms.
May import `evaluation`, `model`, `text` and `kernel`.
"""

from __future__ import annotations

from thaifix.noise.documents import NoiseSource, corrupt
from thaifix.noise.engines import NoiseError
from thaifix.noise.planting import Planted, WordPool, misread_terms, touching

__all__ = [
    "NoiseError",
    "NoiseSource",
    "Planted",
    "WordPool",
    "corrupt",
    "misread_terms",
    "touching",
]
