"""To be replaced by a compiled module."""

from __future__ import annotations

from thaifix.kernel._phrases import Phrases, Strings

__all__ = ["Phrases", "Strings"]
