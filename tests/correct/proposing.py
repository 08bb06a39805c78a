"""Proposals as the decoder makes them, for tests of what is made of them."""

from __future__ import annotations

from thaifix.correct.proposals import Proposal


def proposal(
    start: int = 0, observed: str = "ที", intended: str = "ที่", **values: object
) -> Proposal:
    """A proposal of one mark, sure and by one operation, but for what is given."""
    usual: dict[str, object] = {
        "margin": 10.0,
        "rival": 8.0,
        "channel": 3.0,
        "operations": 1,
        "unknown": False,
        "reason": "respell",
        "entry": None,
    }
    return Proposal(start, start + len(observed), observed, intended, **(usual | values))  # type: ignore[arg-type]
