"""Options: what a user sets."""

from __future__ import annotations

from dataclasses import dataclass

from thaifix.model.families import FAMILIES

PROFILES = ("strict", "normal", "bold")
"""From harmless to thorough. Each is a threshold on the confidence of an edit; `strict` also only
flags what letters do not settle."""


ORTHOGRAPHIES = ("auto", "modern", "historic")
"""Which spelling is right: what a document itself shows, today's, or that of its time."""

ENGINES = ("auto", *FAMILIES)
"""What a document comes from: what it shows itself, or a family of engines."""


@dataclass(frozen=True, slots=True)
class Options:
    """What a user sets, besides the model and the lexicons.

    A field has the same name on the command line: `profile` is `--profile`, and a switch that is
    off is `--no-lexicons`, `--no-memory`, `--no-adapt`, `--no-numbers`.
    """

    profile: str = "normal"
    """One of `PROFILES`: how sure an edit must be."""
    threshold: float | None = None
    """Least confidence of an edit, 0 to 1, whatever its reason; for letters and terms it takes the
    place of the profile's."""
    lexicons: bool = True
    """Whether the lexicons that come with thaifix are used, beyond their words: edits with the
    reasons `term`, `misreading`, `law_year`, `abbreviation_of`, `official_form` and `misread_code`.
    Lexicons that the user brings are used in any case."""
    memory: bool = True
    """Whether one place of a document teaches another: edits with the reasons `memory` and
    `name_variant`, flags `name_variants`, and terms that several places prove together."""
    adapt: bool = True
    """Whether the confusions that a document shows become cheaper for the rest of it."""
    numbers: bool = True
    """Whether numbers change that another place of the document proves, and flags tell where such
    places contradict each other; the year of a law that a lexicon knows is not among them."""
    orthography: str = "auto"
    """One of `ORTHOGRAPHIES`: whether a document may spell as was right long ago."""
    engine: str = "auto"
    """One of `ENGINES`: the family of engines whose errors are expected, see `model.families`."""

    def __post_init__(self) -> None:
        """Check the values.

        Raises:
            ValueError: If the profile, the orthography or the engine is unknown, or the threshold
                no probability.
        """
        if self.profile not in PROFILES:
            raise ValueError(f"unknown profile {self.profile!r}: use {', '.join(PROFILES)}")
        if self.orthography not in ORTHOGRAPHIES:
            raise ValueError(
                f"unknown orthography {self.orthography!r}: use {', '.join(ORTHOGRAPHIES)}"
            )
        if self.engine not in ENGINES:
            raise ValueError(f"unknown engine {self.engine!r}: use {', '.join(ENGINES)}")
        if self.threshold is not None and not 0 <= self.threshold <= 1:
            raise ValueError(f"threshold {self.threshold}: give a confidence from 0 to 1")
