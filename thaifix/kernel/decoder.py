"""To be replaced by a compiled module."""

from thaifix.kernel._kernel import Decoder

Part = tuple[int, int, bytes, int, int]
Group = tuple[int, int, float, float, float, int, list[Part]]

__all__ = ["Decoder", "Group", "Part"]
