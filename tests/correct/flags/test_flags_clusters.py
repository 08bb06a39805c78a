"""Broken clusters and signs for letters that nobody can read."""

from __future__ import annotations

import pytest

from thaifix.correct.flags.clusters import broken_cluster

EK, THO, RING = "\u0e48", "\u0e49", "\u0e4d"


@pytest.mark.parametrize(
    ("text", "flagged"),
    [
        ("ส านัก", [" า"]),
        (f"กา{RING} ดี", [f"า{RING} "]),
        (f"ก{EK}{THO} ข {THO}", [EK + THO, f" {THO}"]),
        (f"{THO}ก", []),  # `losses` says so
        (f"ก\n{THO}ก", []),
        ("ก\ufffdข", ["\ufffd"]),
        ("ก\ufffd", ["\ufffd"]),
        ("\ufffdก", ["\ufffd"]),
        (f"ก{EK}\ufffd", ["\ufffd"]),
        ("ก\ufffd\ue000\uf8ff\ufffd", ["\ufffd\ue000\uf8ff\ufffd"]),
        ("5\ue000\uf8ffก", ["\ue000\uf8ff"]),
        ("ก\ufffdข\ufffd", ["\ufffd", "\ufffd"]),
        ("ก \ufffd ข", []),
        ("\ufffd", []),
        ("5\ufffd5", []),
        ("ๆ\ufffd", []),
        ("ก\udfff\uf900\ufffcข", []),
        ("สำนักงาน", []),
    ],
)
def test_what_is_flagged(text: str, flagged: list[str]) -> None:
    """With what is wrong there."""
    flags = list(broken_cluster(text))
    assert [text[f.start : f.end] for f in flags] == flagged
    assert {f.reason for f in flags} <= {"broken_cluster"}
    for flag in flags:
        unreadable = "\ufffd" in text or "\ue000" in text
        note = "a letter that cannot be read" if unreadable else "no Thai text has this"
        assert flag.note == note
