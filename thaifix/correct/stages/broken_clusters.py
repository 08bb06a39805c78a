"""Broken clusters, read as the language model finds likeliest."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from thaifix.correct.likeliest import AROUND, likeliest
from thaifix.correct.revision import Findings
from thaifix.correct.stage import DocumentState, Stage
from thaifix.kernel.decoder import Decoder
from thaifix.text.broken import Place, broken_clusters
from thaifix.text.edit import Edit, apply, compose, trim
from thaifix.text.protect import KeepList, touches
from thaifix.text.script import SARA_AM, TONE_MARKS

LEAST_CONFIDENCES = {"strict": 0.98, "normal": 0.88, "bold": 0.7}
"""Least confidence of an edit by profile: margins of about 4, 2 and 0.8 nats. By judgement."""


class BrokenClusters(Stage):
    """What repairs the places of `text.broken`. Safe to share between documents and threads."""

    def __init__(self, decoder: Decoder, least: float = LEAST_CONFIDENCES["normal"]) -> None:
        """Take what reads, and how sure an edit must be.

        Args:
            decoder: Of the model.
            least: Least confidence of an edit.
        """
        self._decoder = decoder
        self._least = least

    def find(self, text: str, keep: KeepList | None, document: DocumentState) -> Findings:
        """Repair the broken clusters of a block. O(n), and a scan for each of their readings."""
        places = broken_clusters(text)
        if not places:
            return Findings()
        edits: Sequence[Edit] = list(self._edits(text, places, document.protected(text, keep)))
        if 0 < len(edits) < len(places):  # what was unclear may be clear beside what is repaired
            after = apply(text, edits)
            again = self._edits(after, broken_clusters(after), document.protected(after, keep))
            edits = compose(edits, list(again))
        document.fired += sum(map(_is_misread, edits))
        return Findings(edits)

    def _edits(
        self, text: str, places: Sequence[Place], protected: Sequence[tuple[int, int]]
    ) -> Iterator[Edit]:
        before = ""  # what stands before a place, repaired, as far as it is needed
        at = 0
        for start, end, reason, readings in places:
            if touches(protected, start, end):
                continue
            before = (before + text[at:start])[-AROUND:]
            at = end
            observed = text[start:end]
            best, margin, confidence = likeliest(
                self._decoder, before, observed, dict(readings), text[end : end + AROUND]
            )
            if best != observed and confidence >= self._least:
                edit = Edit(
                    start, end, best, round(margin, 2), round(confidence, 4), reason, None, observed
                )
                yield trim(edit)
                before += best
            else:
                before += observed


def _is_misread(edit: Edit) -> bool:
    """Whether only an engine that looks at pages errs so: it takes the ring of sara am for a tone
    mark, and a tone mark for a vowel.
    """
    if edit.reason == "read_doubled_tone":
        return edit.replacement == SARA_AM
    new = set(edit.replacement) - set(edit.observed)
    return edit.reason == "choose_mark" and any(mark in TONE_MARKS for mark in new)
