"""How good a text is, and what a correction did to it; docs/evaluation.md defines every figure.

Begin with `document`, which measures one document, and `corpus`, which pools all of them. They use
the measures (`metrics`, `breakdown`, `entities`, `numbers`, `outcomes`, `risk`) and the statistics
(`comparison`, `significance`). `pairing` and `records` read files; `text_report`, `json_report` and
`html_report` write the result; `known_errors` judges a correction whose errors are all known.
May import `formats`, `lexicon`, `stream`, `text` and `html`. Needs the extra `evaluate`.

    evaluate([DocumentTexts("p1", reference, hypothesis, (corrected,))], ["mine"])
"""

from __future__ import annotations

from thaifix.evaluation.corpus import Evaluation, Summary, System, SystemDifference, evaluate
from thaifix.evaluation.document import DocumentResult, DocumentTexts, TextResult

__all__ = [
    "DocumentResult",
    "DocumentTexts",
    "Evaluation",
    "Summary",
    "System",
    "SystemDifference",
    "TextResult",
    "evaluate",
]
