"""Proposals: the rewritings that the decoder finds, and what the decision knows of each."""

from __future__ import annotations

import re
from functools import cache
from typing import NamedTuple

from thaifix.correct.noise_level import NoiseLevel
from thaifix.lexicon import titles
from thaifix.text.lazy import pattern

SURE = 6.0
"""Margin in nats from which a proposal counts as evidence of noise, if ..."""

USUAL = 8.0
"""... its misreading costs at most this, in nats: people's own spelling errs in other ways."""

_ABBREVIATED = pattern("[\u0e01-\u0e2e]{1,5}[.]")
_QUOTES = ('"', "'")
_MEANT = '-\u2013\u2018\u2019\u201c\u201d"/'
_AT_EDGE = pattern(
    "(?:^|[^\u0e01-\u0e4e])[^\u0000-\u0e7f\u2000-\u20ff]|[^\u0000-\u0e7f\u2000-\u20ff](?![\u0e01-\u0e4e])"
)
_LATIN = pattern("[A-Za-z]")
_FAR = 20.0  # nats; three usual misreadings in a word, by judgement
_LITTLE = 7.0  # nats; of 0, 7, 8 and 10 what costs 0.6 % of the repairs of 218 pages of ours
_SAFE = 4.0  # nats by which a foreign letter's reading must beat the next best one
_CONTEXT = 64  # code points before a span in which a title is looked for
_MARK = pattern(
    "[\N{THAI CHARACTER MAI HAN-AKAT}\N{THAI CHARACTER SARA I}-\N{THAI CHARACTER PHINTHU}"
    "\N{THAI CHARACTER MAITAIKHU}-\N{THAI CHARACTER YAMAKKAN}]"
)


class Proposal(NamedTuple):
    """A rewriting the decoder found cheaper than the observed text.

    Span in code points of the text decoded; costs in nats.
    """

    start: int
    end: int
    observed: str
    intended: str
    margin: float  # how much dearer the observed reading is
    rival: float  # how much dearer the next best reading is
    channel: float  # cost of the misreading
    operations: int
    unknown: bool  # the observed letters contain an unknown word
    reason: str
    entry: str | None

    @property
    def sure(self) -> bool:
        """Whether it counts as evidence of noise."""
        usual = self.channel <= USUAL and self.reason in ("respell", "foreign_letter")
        return usual and self.margin >= SURE


FEATURES = (
    "one", "margin", "low_margin", "rival", "operations", "fired", "errors",
    "margin_errors", "unknown", "unknown_errors", "name", "name_unknown", "stop", "short",
    "long", "join", "split", "strip", "mark", "line", "known_margin", "stop_errors", "name_errors",
    "entry", "foreign",
)  # fmt: skip
"""Names of the features, in the order of `features`."""


def in_name(proposal: Proposal, text: str) -> bool:
    """Whether a title or rank stands shortly before, so that the span may be a person's name."""
    return bool(_named().search(text[max(0, proposal.start - _CONTEXT) : proposal.start]))


@cache
def _named() -> re.Pattern[str]:
    """Match a title with at most three words behind it, up to the end of a text."""
    name = "(?:[\u0e01-\u0e4e]{1,24}\\s?){0,2}[\u0e01-\u0e4e]{0,24}$"
    return re.compile(f"{titles.before_name()}\\s?{name}")


def in_word(proposal: Proposal, text: str) -> bool:
    """Whether Thai letters stand on both sides of every foreign letter of the span.

    A Latin letter must also be read as part of a word, without doubt: people do write `กลุ่มB`.
    """
    around = text[max(0, proposal.start - 1) : proposal.end + 1]
    if _LATIN.search(proposal.observed) and (
        len(proposal.observed) < 2 or min(proposal.rival, proposal.margin) < _SAFE
    ):
        return False
    return not _AT_EDGE.search(around)


def is_far_fetched(proposal: Proposal) -> bool:
    """Whether hardly a letter is as it stood, and the words that come of it are little better than
    what was there: so foreign names and names of peoples are read.
    """
    return proposal.channel > _FAR and proposal.margin < _LITTLE


def drops_sign(proposal: Proposal) -> bool:
    """Whether a hyphen or a quotation mark would go: people write them anywhere, dirt rarely looks
    like them.
    """
    return any(
        proposal.observed.count(sign) > proposal.intended.count(sign)
        for sign in _MEANT
        if sign in proposal.observed
    )


def is_quoted(proposal: Proposal, text: str) -> bool:
    """Whether signs would go that stand between two quotation marks: they part strings."""
    if proposal.reason != "strip":
        return False
    before = text[max(0, proposal.start - 2) : proposal.start].rstrip(" ")
    after = text[proposal.end : proposal.end + 2].lstrip(" ")
    return before.endswith(_QUOTES) and after.startswith(_QUOTES)


def keeping_space(proposal: Proposal) -> Proposal:
    """The same with the space before an abbreviation, which people write or leave out at will."""
    spaces = proposal.observed[: len(proposal.observed) - len(proposal.observed.lstrip(" "))]
    if spaces and _ABBREVIATED.match(proposal.intended):
        return proposal._replace(intended=spaces + proposal.intended)
    return proposal


def features(proposal: Proposal, text: str, noise: NoiseLevel) -> list[float]:
    """What the decision knows of a proposal, in the order of `FEATURES`."""
    fired, errors = noise.rates(own=proposal.sure)
    margin = min(proposal.margin, 25.0)
    name = in_name(proposal, text)
    letters = sum(not c.isspace() for c in proposal.observed)
    stop = proposal.observed.replace(".", "") == proposal.intended.replace(".", "")
    marks = _MARK.sub("", proposal.observed) == _MARK.sub("", proposal.intended)
    return [
        1.0,
        margin / 10,
        min(margin, 4.0) / 4,
        min(proposal.rival, margin) / 10,
        proposal.operations / 2,
        fired,
        errors,
        margin / 10 * errors,
        proposal.unknown,
        proposal.unknown * errors,
        name,
        name and proposal.unknown,
        stop,
        letters <= 2,
        letters >= 7,
        proposal.reason == "join",
        proposal.reason == "split",
        proposal.reason == "strip",
        marks,
        "\n" in proposal.observed,
        (not proposal.unknown) * max(margin - 10, 0) / 10,
        stop * errors,
        name * errors,
        proposal.entry is not None,
        proposal.reason == "foreign_letter"
        and min(proposal.rival, margin) >= _SAFE
        and in_word(proposal, text),
    ]
