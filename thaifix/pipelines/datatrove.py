"""datatrove: a step that keeps its edits, and a formatter that only changes the text.

Needs `pip install 'thaifix[datatrove]'`. A document of datatrove is a document of
thaifix; each task opens the model once.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from datatrove.pipeline.base import PipelineStep
from datatrove.pipeline.formatters.base import BaseFormatter

from thaifix.correct.corrector import Corrector

if TYPE_CHECKING:
    from datatrove.data import DocumentsPipeline


class CorrectedText(BaseFormatter):  # type: ignore[misc]
    """Corrects the text of documents, and keeps nothing of what it did."""

    name = "thaifix"

    def __init__(self, options: Mapping[str, Any] | Corrector | None = None) -> None:
        """Take options, as for `thaifix.arrow.ArrayCorrector`."""
        super().__init__()
        self._corrector = _of(options)

    def format(self, text: str) -> str:
        """Correct a text."""
        return self._corrector.correct(text).text


class Corrected(PipelineStep):  # type: ignore[misc]
    """Corrects documents; their metadata get `thaifix` with edits and flags, as rows of Arrow have.

    Counts in its stats `edits` and `flags`, and each reason as `edit_REASON` and `flag_REASON`.
    """

    type = "📝 - FORMAT"
    name = "thaifix"

    def __init__(self, options: Mapping[str, Any] | Corrector | None = None) -> None:
        """Take options, as for `thaifix.arrow.ArrayCorrector`."""
        super().__init__()
        self._corrector = _of(options)

    def run(self, data: DocumentsPipeline, rank: int = 0, world_size: int = 1) -> DocumentsPipeline:
        """Correct documents as they come."""
        for document in data:
            with self.track_time():
                found = self._corrector.correct(document.text)
                document.text = found.text
                document.metadata["thaifix"] = {
                    "edits": [
                        {name: getattr(edit, name) for name in _FIELDS} for edit in found.edits
                    ],
                    "flags": [flag._asdict() for flag in found.flags],
                }
                self.stat_update("edits", value=len(found.edits))
                self.stat_update("flags", value=len(found.flags))
                for edit in found.edits:
                    self.stat_update(f"edit_{edit.reason}")
                for flag in found.flags:
                    self.stat_update(f"flag_{flag.reason}")
                self.update_doc_stats(document)
            yield document


_FIELDS = ("start", "end", "observed", "replacement", "reason", "confidence", "entry")


def _of(options: Mapping[str, Any] | Corrector | None) -> Corrector:
    return options if isinstance(options, Corrector) else Corrector.configured(options or {})
