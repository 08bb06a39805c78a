"""What the shipped model makes of the public corpora, edit by edit."""

from __future__ import annotations

import golden
import pytest

from thaifix import Corrector
from thaifix.correct.options import PROFILES


@pytest.mark.parametrize("profile", PROFILES)
def test_no_edit_and_no_flag_has_changed(profile: str, profiles: dict[str, Corrector]) -> None:
    """If that was intended: `python -P tests/golden.py`, and read the difference."""
    expected = (golden.GOLDEN / f"{profile}.tsv").read_text("utf-8").split("\n")
    assert [*golden.found(profiles[profile]), ""] == expected


def test_every_mechanism_is_exercised() -> None:
    """By the documents of the golden files, in the normal profile."""
    lines = (golden.GOLDEN / "normal.tsv").read_text("utf-8").split("\n")
    reasons = {line.split("\t")[3] for line in lines if line}
    assert reasons >= {
        "abbreviation_of", "foreign_letter", "law_year", "memory", "misreading", "name_variant",
        "name_variants", "official_form", "respell", "term",
    }  # fmt: skip
