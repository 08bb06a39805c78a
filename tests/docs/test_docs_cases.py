"""`tests/cases/README.md` says of each file of cases which fields it has."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest
from documents import ROOT, read

CASES = ROOT / "tests" / "cases"
SECTIONS = [
    section
    for section in re.split(r"^## ", read(Path("tests/cases/README.md")), flags=re.M)
    if section.partition("\n")[0].endswith(".json")
]
FIELDS = {
    section.split("\n")[0]: re.findall(r"^\| `(\w+)` \| (optional: )?", section, re.M)
    for section in SECTIONS
}


def test_every_file_has_a_section() -> None:
    assert sorted(FIELDS) == sorted(path.name for path in CASES.glob("*.json"))


@pytest.mark.parametrize("name", FIELDS)
def test_fields(name: str) -> None:
    """Every case has the required ones; the optional ones, some have and some lack."""
    every = {field for field, _ in FIELDS[name]}
    optional = {field for field, mark in FIELDS[name] if mark}
    cases = [set(case) for case in json.loads((CASES / name).read_text("utf-8"))]
    assert set.union(*cases) == every
    assert set.intersection(*cases) == every - optional


@pytest.mark.parametrize("section", SECTIONS, ids=FIELDS)
def test_the_tests_that_are_named_read_the_file(section: str) -> None:
    name = section.split(".json")[0]
    (test,) = set(re.findall(r"tests/\w+/[\w/]*test_\w+\.py", section))
    assert name in (ROOT / test).read_text("utf-8")
