"""Records of JSON lines: which field holds what."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from thaifix.errors import PairingError
from thaifix.evaluation.records import FIELDS, Records

PATH = Path("pages.jsonl")


def read(
    *records: dict[str, Any], roles: tuple[str, ...] = ("reference",), **fields: str
) -> list[dict[str, str]]:
    return Records(fields).texts(PATH, [json.dumps(record) for record in records], roles)


@pytest.mark.parametrize(("role", "name"), [(r, n) for r in FIELDS for n in FIELDS[r] if r != "id"])
def test_every_field_is_read(role: str, name: str) -> None:
    """A dot leads into an object."""
    outer, _, inner = name.partition(".")
    assert read({"id": "p", outer: {inner: "ก"} if inner else "ก"}, roles=(role,)) == [{"p": "ก"}]


@pytest.mark.parametrize("name", FIELDS["id"])
def test_every_id_is_read(name: str) -> None:
    outer, _, inner = name.partition(".")
    assert read({"gold": "ก", outer: {inner: 7} if inner else 7}) == [{"7": "ก"}]


def test_the_first_field_counts() -> None:
    """Also if it is null: then the text is missing, whatever the others hold."""
    assert read({"id": 1, "reference": "ข", "gold": "ก"}) == [{"1": "ก"}]
    assert read({"id": 1, "reference": "ข", "gold": None}) == [{}]
    assert read({"id": None, "document_metadata": {"document_id": "x"}, "gold": "ก"}) == [
        {"1": "ก"}
    ]


def test_named_fields_take_the_place_of_all_others() -> None:
    record = {"id": 1, "gold": "ก", "text": "ข", "deep": {"er": "ค"}}
    assert read(record, reference="text") == [{"1": "ข"}]
    assert read(record, reference="deep.er") == [{"1": "ค"}]
    for name in "missing", "text.gold", "deep.er.gold":
        with pytest.raises(PairingError, match=rf"pages\.jsonl:1: no reference.*fields {name}\."):
            read(record, reference=name)


def test_the_placeholder_of_hipe_is_a_missing_text() -> None:
    """In its own field only: elsewhere it is a text."""
    nothing = {"id": 1, "ground_truth": {"transcription_unit": "None"}}
    assert read(nothing) == [{}]
    assert read({"id": 1, "gold": "None"}) == [{"1": "None"}]
    assert read({"id": 1, "ground_truth": {"transcription_unit": "none"}}) == [{"1": "none"}]


def test_lines_are_numbered_as_an_editor_does() -> None:
    """Blank ones count, but are no records."""
    lines = ["", '{"gold": "ก"}', "  ", '{"gold": "ข"}']
    assert Records({}).texts(PATH, lines, ["reference"]) == [{"2": "ก", "4": "ข"}]


def test_texts_of_several_roles() -> None:
    """One of them may be missing, if that is said."""
    lines = ['{"id": 1, "gold": "ก", "corrected": "ข"}', '{"id": 2, "gold": "ค"}']
    roles = ["reference", "corrected"]
    assert Records({}).texts(PATH, lines, roles, optional="corrected") == [
        {"1": "ก", "2": "ค"},
        {"1": "ข"},
    ]
    with pytest.raises(PairingError, match=r":2: no corrected: .*Name it with --corrected-field"):
        Records({}).texts(PATH, lines, roles)


@pytest.mark.parametrize(
    ("records", "message"),
    [
        ([{"id": 1.5, "gold": "ก"}], ":1: the id is neither text nor a number"),
        ([{"id": True, "gold": "ก"}], ":1: the id is neither text nor a number"),
        ([{"id": "1", "gold": "ก"}, {"id": 1, "gold": "ก"}], ":2: id '1' is that of line 1, too"),
        ([{"id": 1, "gold": "ก"}, {"gold": "ก"}], ":2: some records have an id, some none"),
        ([{"gold": "ก"}, {"id": 1, "gold": "ก"}], ":2: some records have an id, some none"),
        ([{"id": 1, "gold": ["ก"]}], ":1: the field gold is no text but list"),
    ],
)
def test_records_that_cannot_be_used(records: list[dict[str, Any]], message: str) -> None:
    with pytest.raises(PairingError, match=f"pages\\.jsonl{message}"):
        read(*records)
