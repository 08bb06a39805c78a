"""To be replaced by a compiled module."""

from __future__ import annotations

from thaifix.kernel._kernel import Channel

__all__ = ["Channel"]
