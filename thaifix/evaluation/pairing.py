"""Reading and pairing of what is compared: files, folders, JSON lines.

Texts are paired by name or id, never by content or order alone.
"""

from __future__ import annotations

import json
from codecs import BOM_UTF16_BE, BOM_UTF16_LE
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from thaifix.errors import FormatError, PairingError
from thaifix.evaluation import Texts
from thaifix.formats import HEAD_BYTES, detect
from thaifix.formats import text as format_text

_RECORDS = frozenset({".jsonl", ".ndjson"})
_LAYOUT = frozenset({"hocr", "alto", "page"})  # formats that are read as their plain text
_SHOWN = 10  # names that a message lists
_TRUTH = ".gt"  # `page.gt.txt` holds what `page.txt` should say, in kraken, OCR-D and tesstrain
_HIPE = "transcription_unit"  # the key of all texts in the schema of HIPE-OCRepair

FIELDS: Mapping[str, tuple[str, ...]] = {
    "id": ("id", "document_metadata.document_id"),
    "reference": ("gold", "reference", "intended", f"ground_truth.{_HIPE}"),
    "hypothesis": ("ocr", "hypothesis", "observed", f"ocr_hypothesis.{_HIPE}"),
    "corrected": ("corrected", f"ocr_postcorrection_output.{_HIPE}"),
}
"""Where a record may hold what; the first that it has counts. Dots lead into objects."""


@dataclass(frozen=True, slots=True)
class Reader:
    """How texts are read and paired.

    Attributes:
        fields: Names of fields that take the place of those in `FIELDS`.
        pattern: Which files of a folder are pages.
        missing: What becomes of a page that not all have: "error"; "empty", an empty text for the
            hypothesis and the corrected ones; or "skip".
    """

    fields: Mapping[str, str] = field(default_factory=dict)
    pattern: str = "*.txt"
    missing: str = "error"

    def read(self, paths: Sequence[Path]) -> Paired:
        """Read a reference, a hypothesis, and what systems made of it.

        Args:
            paths: Files, or folders, or files of JSON lines, in this order; or one file of JSON
                lines whose records hold reference, hypothesis and perhaps a corrected text.
        Raises:
            PairingError: If a text is not UTF-8, a record is malformed, an id or name is given
                twice, pages are missing, or there are none.
            OSError: If a file cannot be read.
        """
        roles = ["reference", "hypothesis", *["corrected"] * (len(paths) - 2)]
        names = _distinct(paths[2:])
        if len(paths) == 1:
            sets, names = self._one(paths[0])
            roles = ["reference", "hypothesis", "corrected"][: len(sets)]
            return self._pair([f"{paths[0]} ({role})" for role in roles], sets, names)
        kinds = {_kind(path) for path in paths}
        if len(kinds) > 1:
            raise PairingError(
                f"{', '.join(map(str, paths))}: {' and '.join(sorted(kinds))} do not go together. "
                "Give files, or folders, or files of JSON lines"
            )
        if kinds == {"folder"}:
            sets = [self._folder(path) for path in paths]
        elif kinds == {"JSON lines"}:
            sets = [self._records(path, [role])[0] for role, path in zip(roles, paths, strict=True)]
            if len(paths) == 2 and "hypothesis" not in self.fields:
                self._refuse_corrected(paths)
        else:
            sets = [{paths[0].name: read_page(path)} for path in paths]
        return self._pair(list(map(str, paths)), sets, names)

    def _one(self, path: Path) -> tuple[list[dict[str, str]], list[str]]:
        if _kind(path) != "JSON lines":
            raise PairingError(
                f"{path} alone is not enough. Give a reference and a hypothesis, or a file "
                "named *.jsonl whose records hold both"
            )
        reference, hypothesis, corrected = self._records(
            path, ["reference", "hypothesis", "corrected"], optional="corrected"
        )
        if corrected or "corrected" in self.fields:
            return [reference, hypothesis, corrected], ["corrected"]
        return [reference, hypothesis], []

    def _refuse_corrected(self, paths: Sequence[Path]) -> None:
        """Refuse to guess which of two texts of a record is to be judged."""
        _, corrected = self._records(paths[1], ["hypothesis", "corrected"], optional="corrected")
        if corrected:
            one, other = paths
            raise PairingError(
                f"{other}: its records hold a corrected text, too. Judge both with: "
                f"thaifix evaluate {one} {other} {other}; or say what to judge with "
                "--hypothesis-field"
            )

    def _folder(self, path: Path) -> dict[str, str]:
        pages: dict[str, Path] = {}
        for file in self.files(path):
            name = file.relative_to(path).with_suffix("").as_posix().removesuffix(_TRUTH)
            if name in pages:
                raise PairingError(f"{pages[name]} and {file} have one name. Rename one")
            pages[name] = file
        if not pages:
            raise PairingError(f"{path}: no file is named {self.pattern}. See --pattern")
        return {name: read_page(file) for name, file in pages.items()}

    def files(self, path: Path) -> Iterator[Path]:
        """The files that a path stands for, sorted: of a folder its pages.

        Raises:
            PairingError: If the pattern is none.
        """
        if not path.is_dir():
            yield path
            return
        try:
            found = sorted(path.rglob(self.pattern))
        except (NotImplementedError, ValueError) as error:
            raise PairingError(
                f"--pattern {self.pattern!r}: {error}. Give one such as *.txt"
            ) from error
        for file in found:
            if file.is_file() and all(part[0] != "." for part in file.relative_to(path).parts):
                yield file

    def _records(
        self, path: Path, roles: Sequence[str], optional: str = ""
    ) -> list[dict[str, str]]:
        """Read the texts of records, a mapping by id for each role."""
        sets: list[dict[str, str]] = [{} for _ in roles]
        seen: dict[str, int] = {}
        numbered: bool | None = None  # whether records have no ids, and go by their lines
        for number, line in enumerate(read_text(path).split("\n"), 1):
            if not line.strip():
                continue
            record = _parse(line, where := f"{path}:{number}")
            key = self._id(record, where)
            if numbered not in (None, key is None):
                raise PairingError(f"{where}: some records have an id, some none. Give all one")
            numbered = key is None
            name = str(number) if key is None else key
            if name in seen:
                raise PairingError(f"{where}: id {name!r} is that of line {seen[name]}, too")
            seen[name] = number
            for role, texts in zip(roles, sets, strict=True):
                text = self._text(record, role, where, needed=role != optional)
                if text is not None:
                    texts[name] = text
        return sets

    def _text(self, record: dict[str, Any], role: str, where: str, *, needed: bool) -> str | None:
        """Find a record's text; None if it is null, or the placeholder of HIPE-OCRepair."""
        names = self._names(role)
        name = next((name for name in names if _has(record, name)), None)
        if name is None:
            if needed:
                raise PairingError(
                    f"{where}: no {role}: none of the fields {', '.join(names)}. "
                    f"Name it with --{role}-field"
                )
            return None
        value = _get(record, name)
        if value is None or (value == "None" and name.endswith(_HIPE)):
            return None
        if not isinstance(value, str):
            raise PairingError(f"{where}: the field {name} is no text but {type(value).__name__}")
        return value

    def _id(self, record: dict[str, Any], where: str) -> str | None:
        values = (_get(record, name) for name in self._names("id") if _has(record, name))
        key = next(values, None)
        if key is None and "id" in self.fields:
            raise PairingError(
                f"{where}: no field {self.fields['id']}. Name another with --id-field"
            )
        if not isinstance(key, str | int | None) or isinstance(key, bool):
            raise PairingError(f"{where}: the id is neither text nor a number. Give it one")
        return None if key is None else str(key)

    def _names(self, role: str) -> tuple[str, ...]:
        return (self.fields[role],) if role in self.fields else FIELDS[role]

    def _pair(
        self, sources: Sequence[str], sets: Sequence[dict[str, str]], names: Sequence[str]
    ) -> Paired:
        reference = sets[0]
        skipped: dict[str, None] = {}
        for source, texts in zip(sources[1:], sets[1:], strict=True):
            lacking = [name for name in reference if name not in texts]
            extra = [name for name in texts if name not in reference]
            if self.missing == "skip":
                skipped.update(dict.fromkeys(lacking + extra))
            elif extra:
                raise PairingError(
                    f"{sources[0]} lacks {_listed(extra)} that {source} has. "
                    "Add the references, or leave such pages out with --missing skip"
                )
            elif lacking and self.missing == "error":
                raise PairingError(
                    f"{source} lacks {_listed(lacking)} that {sources[0]} has. Add them, or count "
                    "them as empty with --missing empty, or leave them out with --missing skip"
                )
        documents = [
            Texts(name, text, sets[1].get(name, ""), tuple(s.get(name, "") for s in sets[2:]))
            for name, text in reference.items()
            if name not in skipped
        ]
        if not documents:
            raise PairingError(f"{sources[0]}: nothing to compare. Give at least one page")
        return Paired(documents, list(names), list(skipped))


@dataclass(frozen=True, slots=True)
class Paired:
    """What belongs together.

    Attributes:
        texts: The documents, in the order of the reference.
        systems: Names of the corrected texts.
        skipped: Ids of pages left out.
    """

    texts: list[Texts]
    systems: list[str]
    skipped: list[str]


def read_text(path: Path) -> str:
    """Read a file of UTF-8, without the byte order mark that it may begin with.

    Raises:
        PairingError: If it is not UTF-8; says at which byte.
        OSError: If it cannot be read.
    """
    return _decoded(path, path.read_bytes())


def read_page(path: Path) -> str:
    """Read a page: plain text as `read_text`; of hOCR, ALTO and PAGE XML the text of the page.

    Raises:
        PairingError: If it is neither.
        OSError: If it cannot be read.
    """
    data = path.read_bytes()
    if (found := detect(data[:HEAD_BYTES])) not in _LAYOUT:
        return _decoded(path, data)
    try:
        return "".join(format_text(found, [data], name=str(path)))
    except FormatError as error:
        raise PairingError(str(error)) from error


def _decoded(path: Path, data: bytes) -> str:
    try:
        return data.decode("utf-8").removeprefix("\ufeff")
    except UnicodeDecodeError as error:
        encoding = "UTF-16" if data.startswith((BOM_UTF16_LE, BOM_UTF16_BE)) else "TIS-620"
        raise PairingError(
            f"{path}: byte {error.start} is not UTF-8. If the file has another encoding, "
            f"convert it first: iconv -f {encoding} -t UTF-8"
        ) from error


def _distinct(paths: Sequence[Path]) -> list[str]:
    """Short names for paths, no two alike."""
    names = [path.name for path in paths]
    if len(set(names)) < len(names):
        names = list(map(str, paths))
    return [
        f"{name} ({names[:i].count(name) + 1})" if name in names[:i] else name
        for i, name in enumerate(names)
    ]


def _kind(path: Path) -> str:
    if path.is_dir():
        return "folder"
    return "JSON lines" if path.suffix.lower() in _RECORDS else "text"


def _parse(line: str, where: str) -> dict[str, Any]:
    try:
        record = json.loads(line)
    except (ValueError, RecursionError) as error:
        raise PairingError(f"{where}: not JSON: {error}. Give one object a line") from error
    if not isinstance(record, dict):
        raise PairingError(f"{where}: not an object. Give one object a line")
    return record


def _has(record: Any, name: str) -> bool:
    for key in name.split("."):
        if not isinstance(record, dict) or key not in record:
            return False
        record = record[key]
    return True


def _get(record: Any, name: str) -> Any:
    for key in name.split("."):
        record = record[key]
    return record


def _listed(names: Sequence[str]) -> str:
    more = f" and {len(names) - _SHOWN:,} more" if len(names) > _SHOWN else ""
    return f"{len(names):,} page{'s'[: len(names) > 1]} ({', '.join(names[:_SHOWN])}{more})"
