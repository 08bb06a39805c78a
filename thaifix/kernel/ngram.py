"""To be replaced by a compiled module."""

from __future__ import annotations

from thaifix.kernel._kernel import Ngram, fill_table

__all__ = ["Ngram", "fill_table"]
