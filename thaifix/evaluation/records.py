"""Records of JSON lines: which of their fields hold the texts of a page."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from thaifix.errors import PairingError
from thaifix.formats.fields import values

_HIPE = "transcription_unit"  # the key of every text in the schema of HIPE-OCRepair
_HIPE_NOTHING = "None"  # what stands there for a text that is missing
_ABSENT = object()

FIELDS: Mapping[str, tuple[str, ...]] = {
    "id": ("id", "document_metadata.document_id"),
    "reference": ("gold", "reference", "intended", f"ground_truth.{_HIPE}"),
    "hypothesis": ("ocr", "hypothesis", "observed", f"ocr_hypothesis.{_HIPE}"),
    "corrected": ("corrected", f"ocr_postcorrection_output.{_HIPE}"),
}
"""The fields in which a record may hold its id and each of its texts; of several, the first counts.
Paths are those of `formats.fields`. The last names are those of HIPE-OCRepair."""


class Records:
    """Reads records, with the fields that a user has named."""

    def __init__(self, fields: Mapping[str, str]) -> None:
        """Take the fields that replace those in `FIELDS`, by the same keys."""
        self._fields = fields

    def texts(
        self, path: Path, lines: Sequence[str], roles: Sequence[str], *, optional: str = ""
    ) -> list[dict[str, str]]:
        """Read the texts of a file's records.

        Args:
            path: The file, for messages.
            lines: Its lines; blank ones are passed over.
            roles: Which texts to read: keys of `FIELDS`.
            optional: The role whose text a record may lack.
        Returns:
            For each role the texts by id. Records without ids have the numbers of their lines.
        Raises:
            PairingError: If a line is not a JSON object, a text or id is missing, is not of the
                right type, or an id is given twice; names the line and what to do.
        """
        sets: list[dict[str, str]] = [{} for _ in roles]
        line_of_id: dict[str, int] = {}
        without_ids: bool | None = None  # not known before the first record
        for number, line in enumerate(lines, 1):
            if not line.strip():
                continue
            where = f"{path}:{number}"
            record = _parse(line, where)
            key = self._id(record, where)
            if without_ids not in (None, key is None):
                raise PairingError(f"{where}: some records have an id, some none. Give all one")
            without_ids = key is None
            name = str(number) if key is None else key
            if name in line_of_id:
                raise PairingError(f"{where}: id {name!r} is that of line {line_of_id[name]}, too")
            line_of_id[name] = number
            for role, texts in zip(roles, sets, strict=True):
                text = self._text(record, role, where, needed=role != optional)
                if text is not None:
                    texts[name] = text
        return sets

    def _text(self, record: dict[str, Any], role: str, where: str, *, needed: bool) -> str | None:
        """Find a record's text; None if it is null, or the placeholder of HIPE-OCRepair."""
        names = self._names(role)
        name, value = _first(record, names)
        if value is _ABSENT:
            if needed:
                raise PairingError(
                    f"{where}: no {role}: none of the fields {', '.join(names)}. "
                    f"Name it with --{role}-field"
                )
            return None
        if value is None or (value == _HIPE_NOTHING and name.endswith(_HIPE)):
            return None
        if not isinstance(value, str):
            raise PairingError(f"{where}: the field {name} is no text but {type(value).__name__}")
        return value

    def _id(self, record: dict[str, Any], where: str) -> str | None:
        """Find a record's id; None if it has none, or if it is null."""
        _, value = _first(record, self._names("id"))
        key = None if value is _ABSENT else value
        if key is None and "id" in self._fields:
            raise PairingError(
                f"{where}: no field {self._fields['id']}. Name another with --id-field"
            )
        if not isinstance(key, str | int | None) or isinstance(key, bool):
            raise PairingError(f"{where}: the id is neither text nor a number. Give it one")
        return None if key is None else str(key)

    def _names(self, role: str) -> tuple[str, ...]:
        return (self._fields[role],) if role in self._fields else FIELDS[role]


def _parse(line: str, where: str) -> dict[str, Any]:
    try:
        record = json.loads(line)
    except (ValueError, RecursionError) as error:
        raise PairingError(f"{where}: not JSON: {error}. Give one object a line") from error
    if not isinstance(record, dict):
        raise PairingError(f"{where}: not an object. Give one object a line")
    return record


def _first(record: dict[str, Any], names: Sequence[str]) -> tuple[str, Any]:
    """Find the first of several fields that a record has: its name and value, or `_ABSENT`. Strings
    of a list are its lines.
    """
    for name in names:
        found = list(values(record, name))
        if len(found) > 1 and all(isinstance(value, str) for value in found):
            return name, "\n".join(found)
        if found:
            return name, found[0]
    return "", _ABSENT
