"""To be replaced by a compiled module."""

from __future__ import annotations

from thaifix.kernel._kernel import Trie, build_trie

__all__ = ["Trie", "build_trie"]
