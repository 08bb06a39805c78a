"""Extended grapheme clusters, the unit of the cluster CER.

They are what other tools count (dinglehopper, for one), so that rates can be compared. Everything
else in thaifix cuts texts into the clusters of `thaifix.text.script`.
"""

from __future__ import annotations


def graphemes(text: str) -> list[str]:
    """Cut a text into extended grapheme clusters.

    In Thai a mark and sara am belong to the letter before them; leading vowels and the following
    vowels a, aa stand alone.

    Returns:
        The clusters in their order; joined, they are the text.
    Time: linear.
    Source: Unicode Standard Annex 29, as the library `regex` has it.
    """
    import regex  # slow to load; correction needs none of it

    found: list[str] = regex.findall(r"\X", text)
    return found
