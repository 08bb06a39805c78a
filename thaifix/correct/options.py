"""Options: what decides a correction besides the model and the lexicons."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Options:
    """What decides a correction besides the model and the lexicons. All costs in nats."""

    profile: str = "normal"
    """strict, normal or bold: how sure an edit must be; see the model card for what each
    does to clean text."""
    threshold: float | None = None
    """Confidence from which a proposal becomes an edit, instead of the profile's."""
    few: float = 1.2
    """From so many evident errors per 1,000 code points on a document errs visibly ..."""
    many: float = 4.0
    """... and from so many on it is a bad scan. Between the two it takes a confidence of `careful`:
    the deeper reading finds much that only looks wrong."""
    careful: float = 0.85
    """See `many`."""
    enough: float = 1000.0
    """Code points from which such counts say something."""
    suspicion: float = 12.5
    """A word dearer than this, given the word before, is looked at. Lower: slower, finds more."""
    half: float = 0.8
    """Share of `suspicion` that is enough within two words of a suspicious one."""
    pair: float = 20.0
    """Two neighbouring words dearer than this together are looked at."""
    budget: float = 8.0
    """Dearest misreading of one word that is considered. Higher: slower, finds more."""
    noisy: float = 0.7
    """From how many evident errors per 1,000 code points a block is read a second time."""
    noisy_suspicion: float = 9.0
    """`suspicion` of the second reading."""
    noisy_budget: float = 9.0
    """`budget` of the second reading."""
    barely: float = 3.0
    """In the second reading a window is read once more, deeper, if an unknown word in it is kept
    or changed for a gain of less than this."""
    deep_budget: float = 13.5
    """`budget` of that deeper reading."""
    deep_gain: float = 0.5
    """`gain` of that deeper reading."""
    memory: float = 0.5
    """Weight of the earlier blocks' noise, halved (by default) with every block."""
    terms: bool = True
    """Whether phrases of the lexicons that come with thaifix are looked for."""
    adapt: bool = True
    """Whether a document's own confusions, seen in its surest corrections, become cheaper in it."""
    document_memory: bool = True
    """Whether what was learned in one place of a document counts in its other places."""
    before: int = 1
    """Words before a suspicious one that its window takes in."""
    after: int = 2
    """Words after it."""
    window: int = 72
    """Longest window, in code points."""
    beam: float = 5.0
    """Readings dearer than the best by more than this are dropped."""
    gain: float = 5.0
    """What a misreading must gain over the observed letters to be considered, at least."""
    noisy_gain: float = 4.0
    """`gain` of the second reading."""
    adjacent: float = 5.0
    """Dearest misreading after which the very next letter may be misread too."""
    inside: float = 6.0
    """Dearest misreading of a word that begins in the middle of an unknown one."""
    rate: float = 0.5
    """What any words would cost at least, per code point."""
    slack: float = 0.55
    """Cost of ordinary text per code point; what a window costs beyond it can be gained."""
    space: float = 6.0
    """Cost of a space that was lost or came in."""
