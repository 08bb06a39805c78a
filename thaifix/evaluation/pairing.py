"""Which texts belong together: files, folders of pages, or JSON lines.

Texts are paired by name or id; only records that have no ids are paired by their line numbers.
"""

from __future__ import annotations

from codecs import BOM_UTF16_BE, BOM_UTF16_LE
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from thaifix.errors import FormatError, PairingError
from thaifix.evaluation.document import DocumentTexts
from thaifix.evaluation.records import Records
from thaifix.formats import HEAD_BYTES, UNKNOWN, detect
from thaifix.formats import text as format_text
from thaifix.formats.compression import compression_of

NAMES_IN_MESSAGE = 10
"""Names of pages that a message lists, at most. By judgement: they fit on two lines."""

_RECORDS = frozenset({".jsonl", ".ndjson"})  # extensions of files of JSON lines
_LAYOUT = frozenset({"hocr", "alto", "page"})  # formats that are read as their plain text
_MADE_FIRST = {"pdf": "is a PDF", "parquet": "is a table (Parquet)", "arrow": "is a table (Arrow)"}
"""Formats whose text is not read here, and what to say of them."""
_ENCODINGS = frozenset({"utf-16", "utf-32", "thai-8-bit", "8-bit"})
"""What `detect` finds in text that is not UTF-8."""
_TRUTH = ".gt"  # `page.gt.txt` holds what `page.txt` should say, in kraken, OCR-D and tesstrain


@dataclass(frozen=True, slots=True)
class Paired:
    """What belongs together.

    Attributes:
        texts: The documents, in the order of the reference.
        systems: Names of the corrected texts.
        skipped: Ids of pages that were left out.
    """

    texts: list[DocumentTexts]
    systems: list[str]
    skipped: list[str]


@dataclass(frozen=True, slots=True)
class Reader:
    """How texts are read and paired.

    Attributes:
        fields: Names of fields that replace those in `records.FIELDS`, by the same keys.
        pattern: Which files of a folder are pages.
        missing: What becomes of a page that not all inputs have. "error" raises; "empty" takes an
            empty text for a hypothesis or corrected text that is missing; "skip" leaves the page
            out.
    """

    fields: Mapping[str, str] = field(default_factory=dict)
    pattern: str = "*.txt"
    missing: str = "error"

    def read(self, paths: Sequence[Path]) -> Paired:
        """Read a reference, a hypothesis, and what systems made of it.

        Args:
            paths: In this order, files, or folders, or files of JSON lines; or a single file of
                JSON lines whose records hold reference, hypothesis and perhaps a corrected text.
        Raises:
            PairingError: If a text is not UTF-8, a record is malformed, an id or name is given
                twice, pages are missing, or there are none.
            OSError: If a file cannot be read.
        """
        for path in paths:
            path.stat()  # what is not there is no text, nor a folder
        if len(paths) == 1:
            return self._one(paths[0])
        kinds = {_kind(path) for path in paths}
        if len(kinds) > 1:
            raise PairingError(
                f"{', '.join(map(str, paths))}: {' and '.join(sorted(kinds))} do not go together. "
                "Give files, or folders, or files of JSON lines"
            )
        if kinds == {"folder"}:
            sets = [self._folder(path) for path in paths]
        elif kinds == {"JSON lines"}:
            roles = ["reference", "hypothesis", *["corrected"] * (len(paths) - 2)]
            sets = [self._records(path, [role])[0] for role, path in zip(roles, paths, strict=True)]
            if len(paths) == 2 and "hypothesis" not in self.fields:
                self._refuse_corrected(paths)
        else:
            sets = [{paths[0].name: read_page(path)} for path in paths]
        return self._pair(list(map(str, paths)), sets, _distinct(paths[2:]))

    def files(self, path: Path) -> Iterator[Path]:
        """Give the files that a path stands for, sorted: a file itself, or the pages of a folder.

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

    def _one(self, path: Path) -> Paired:
        """Read a single file of records that hold all texts."""
        if _kind(path) != "JSON lines":
            raise PairingError(
                f"{path} alone is not enough. Give a reference and a hypothesis, or a file "
                "named *.jsonl whose records hold both"
            )
        roles = ["reference", "hypothesis", "corrected"]
        sets = self._records(path, roles, optional="corrected")
        if not sets[2] and "corrected" not in self.fields:
            sets.pop()  # there are no corrected texts, and none were asked for
        sources = [f"{path} ({role})" for role in roles[: len(sets)]]
        return self._pair(sources, sets, roles[2 : len(sets)])

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

    def _records(
        self, path: Path, roles: Sequence[str], optional: str = ""
    ) -> list[dict[str, str]]:
        return Records(self.fields).texts(
            path, read_text(path).split("\n"), roles, optional=optional
        )

    def _pair(
        self, sources: Sequence[str], sets: Sequence[dict[str, str]], names: Sequence[str]
    ) -> Paired:
        """Put the texts of each page together.

        Args:
            sources: What each set is called in messages.
            sets: Texts by id: the references, the hypotheses, then those of each system.
            names: Of the systems.
        """
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
            DocumentTexts(
                name, text, sets[1].get(name, ""), tuple(s.get(name, "") for s in sets[2:])
            )
            for name, text in reference.items()
            if name not in skipped
        ]
        if not documents:
            raise PairingError(f"{sources[0]}: nothing to compare. Give at least one page")
        return Paired(documents, list(names), list(skipped))


def read_text(path: Path) -> str:
    """Read a file of UTF-8, without the byte order mark that it may begin with.

    Raises:
        PairingError: If it is not UTF-8; says at which byte.
        OSError: If it cannot be read.
    """
    return _decoded(path, path.read_bytes())


def read_page(path: Path) -> str:
    """Read a page: the text of hOCR, ALTO and PAGE XML, anything else as `read_text` does.

    Raises:
        PairingError: If it is damaged, not UTF-8, or a PDF or table, whose text must be made first.
        OSError: If it cannot be read.
    """
    data = path.read_bytes()
    found = detect(data[:HEAD_BYTES])
    if found in _MADE_FIRST:
        raise PairingError(f"{path}: {_MADE_FIRST[found]}. {_advice(path)}")
    if found not in _LAYOUT:
        return _decoded(path, data)
    try:
        return "".join(format_text(found, [data], name=str(path)))
    except FormatError as error:
        raise PairingError(str(error)) from error


def _decoded(path: Path, data: bytes) -> str:
    try:
        return data.decode("utf-8").removeprefix("\ufeff")
    except UnicodeDecodeError as error:
        kind = detect(data[:HEAD_BYTES])
        if compression_of(data):
            raise PairingError(f"{path}: is compressed. {_advice(path)}") from error
        if kind in UNKNOWN and kind not in _ENCODINGS:
            raise PairingError(f"{path}: {UNKNOWN[kind]}") from error
        encoding = "UTF-16" if data.startswith((BOM_UTF16_LE, BOM_UTF16_BE)) else "TIS-620"
        raise PairingError(
            f"{path}: byte {error.start} is not UTF-8. If the file has another encoding, "
            f"convert it first: iconv -f {encoding} -t UTF-8"
        ) from error


def _advice(path: Path) -> str:
    return f"Make its text first: thaifix text '{path}' > FILE.txt"


def _distinct(paths: Sequence[Path]) -> list[str]:
    """Give paths short names, no two alike."""
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


def _listed(names: Sequence[str]) -> str:
    """Count and list pages; of many, only the first."""
    count = len(names)
    more = f" and {count - NAMES_IN_MESSAGE:,} more" if count > NAMES_IN_MESSAGE else ""
    return f"{count:,} page{'s'[: count > 1]} ({', '.join(names[:NAMES_IN_MESSAGE])}{more})"
