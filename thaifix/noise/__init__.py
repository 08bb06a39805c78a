"""Noise: what engines do to a text, done on purpose, so that what should come back is known.

`corrupt` makes of any correct text what an engine would have read, with the edits that lead there.
`misread_terms` misreads only words within phrases, which is what terms are calibrated on.
"""

from __future__ import annotations

from thaifix.noise.documents import Noise, corrupt
from thaifix.noise.engines import NoiseError
from thaifix.noise.planting import Planted, Words, misread_terms, touching

__all__ = ["Noise", "NoiseError", "Planted", "Words", "corrupt", "misread_terms", "touching"]
