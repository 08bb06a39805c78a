"""Evidence: what counts once, however often a document says it.

A page's header, a form's line and the circle that a language model runs in say a thing many times
and prove it once.
"""

from __future__ import annotations

CONTEXT = 24
"""Code points to each side in which two places must differ to be two pieces of evidence. By
judgement."""


def context_of(text: str, start: int, end: int) -> str:
    """What stands around a span in its line, as far as it makes evidence of its own.

    Args:
        text: What the span is of.
        start: Where the span begins, in code points.
        end: Where it ends.
    """
    before = text[max(0, start - CONTEXT) : start].rpartition("\n")[2]
    return f"{before}\0{text[end : end + CONTEXT].partition(chr(10))[0]}"
