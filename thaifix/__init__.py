r"""thaifix: Thai OCR post-correction that repairs and does no harm.

>>> import thaifix
>>> thaifix.correct("ส\u0e4d\u0e32คัญ")
'สำคัญ'

The packages are layers; each says in its docstring what lives there and where to begin reading.
The vocabulary, one word per thing, in names, docstrings, options and logs:

intended, observed
    The true text, and what the OCR printed (noisy channel).
reference, hypothesis
    The truth, and the text being judged, observed or corrected (evaluation only).
view
    What of a text is compared (evaluation only).
region
    Parts of three texts between places where observed, corrected and intended agree.
span
    Half-open range `[start, end)`, in code points.
edit
    A span with its replacement, margin, confidence and reason.
flag
    A span that looks wrong and is not changed, with reason and note.
cost
    Negative log probability, at least 0, in nats; costs add.
margin
    How much dearer the observed text is than the edit, in nats.
confidence
    Calibrated probability that an edit is right, 0 to 1.
cluster
    A Thai letter with the marks and following vowels behind it and the leading vowel before it.
grapheme cluster
    What Unicode Standard Annex 29 calls so: the unit of a rate (evaluation only).
symbol
    A code point as the kernel knows it, one byte.
word
    A token of the segmenter that is named; here, of the model's own scan.
scan
    The likeliest words of a text, with their costs.
window
    Suspicious words of a block with their neighbours.
lattice
    All words that may stand in a window, as edges between positions.
decode
    Find the cheapest path through the lattice.
proposal
    What a decoded window would change; if it is sure enough, it becomes an edit.
confusion model
    -log P(observed | intended) over short strings.
entry
    A term of a lexicon, with its id.
phrase
    A term or alias long enough to be looked for as a whole.
atom
    A word of a phrase, or one of the words that it consists of.
gap
    What stands in a text where a phrase has other atoms; between two texts, what does not agree.
anchor
    Letters of a phrase that stand beside a gap.
candidate
    A gap with what a phrase has there.
series
    The places of a document, or of many, where one thing is read for another.
document
    What belongs together: a file, a page between form feeds, a record. One teaches no other.
row
    A string of an array; a document, unless another array says which rows belong together.
section
    A stretch of a document that is held in memory at a time.
block
    A stretch of a section whose letters are read at a time.
proof
    The place of a document that proves an edit of a number.
seal
    The last line of an edit log: checksums of the text before and after.
stage
    One step of correction: text in, edits and flags out.
profile
    strict, normal or bold: how sure an edit must be.
tuning
    What training sets, as against the options, which people set.
"""

from __future__ import annotations

from functools import lru_cache

from thaifix.correct.corrector import Corrector
from thaifix.correct.options import Options
from thaifix.errors import EditError, LexiconError, ModelError, ThaifixError
from thaifix.text.edit import Correction, Edit, Flag, apply, invert
from thaifix.version import __version__

__all__ = [
    "Correction",
    "Corrector",
    "Edit",
    "EditError",
    "Flag",
    "LexiconError",
    "ModelError",
    "Options",
    "ThaifixError",
    "__version__",
    "apply",
    "correct",
    "invert",
]


@lru_cache(maxsize=1)
def _default() -> Corrector:
    return Corrector()


def correct(text: str) -> str:
    """Correct a text with the default model, lexicons and profile.

    Returns the very same object if nothing changes. The model is opened at the first call.

    Raises:
        ModelError: If the package's model cannot be opened.
    """
    return _default().correct(text).text
