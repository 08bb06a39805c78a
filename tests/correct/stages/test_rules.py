"""Rules: which of them say that a document was misread."""

from __future__ import annotations

import json
from pathlib import Path

from thaifix.correct.stage import DocumentState
from thaifix.correct.stages.letters import OF_TEXT_LAYERS, Rules
from thaifix.text.protect import KeepList

CASES = json.loads((Path(__file__).parents[2] / "cases" / "normalize.json").read_text("utf-8"))
SILENT = {
    "merge_doubled_am",
    "merge_doubled_marks",
    "read_latin_marks",
    "read_old_glyphs",
    "read_ring",
}


def test_what_text_layers_do_says_nothing_of_how_letters_were_read() -> None:
    """Every case counts the rules that do."""
    assert OF_TEXT_LAYERS == SILENT
    silent = 0
    for case in CASES:
        document = DocumentState()
        document.fired = 99  # of the block before
        found = Rules().find(case["observed"], None, document)
        assert document.fired == sum(reason not in SILENT for reason in case["reasons"])
        silent += document.fired == 0 and bool(found.edits)
    assert silent


def test_what_is_protected_fires_no_rule() -> None:
    document = DocumentState()
    assert Rules().find("ส\u0e4dานัก", None, document).edits
    assert document.fired == 1
    document = DocumentState()
    assert not Rules().find("ส\u0e4dานัก", KeepList(["ส\u0e4dานัก"]), document).edits
    assert document.fired == 0
