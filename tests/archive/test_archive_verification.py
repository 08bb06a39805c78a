"""Proof: what is as it was written is said to be so, and nothing else is."""

from __future__ import annotations

import errno
import json
import os
import sqlite3
import subprocess
import sys
from collections.abc import Callable
from contextlib import closing
from dataclasses import replace
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.ipc
import pyarrow.parquet as pq
import pytest

from thaifix import Corrector, formats
from thaifix.archive.batch import Batch
from thaifix.archive.fixity import sha256_of_file
from thaifix.archive.manifest import Manifest
from thaifix.archive.places import Places, escape
from thaifix.archive.rows import FileRow
from thaifix.archive.verification import FileCheck, check_file, verify
from thaifix.errors import ArchiveError
from thaifix.version import __version__

OBSERVED = "ส\N{THAI CHARACTER NIKHAHIT}าคัญ"
INTENDED = "ส\N{THAI CHARACTER SARA AM}คัญ"
NAME = "ก & ข\n" + os.fsdecode(b"\xff") + ".txt"
TEXT = f"box/{NAME}"


@pytest.fixture
def box(tmp_path: Path) -> Path:
    """A source with a text that changes, one that does not, and one that is flagged."""
    box = tmp_path / "box"
    box.mkdir()
    (box / NAME).write_text(f"{OBSERVED} <b>\n{OBSERVED}", "utf-8")
    (box / "clean.txt").write_text(INTENDED, "utf-8")
    (box / "flagged.txt").write_text("เวลา ๑๖.๙๙ น.\n", "utf-8")
    return box


@pytest.fixture
def places(tmp_path: Path) -> Places:
    return Places(str(tmp_path / "out"))


Run = Callable[..., None]


@pytest.fixture
def run(box: Path, places: Places, corrector: Corrector) -> Run:
    """Correct the source into the target."""

    def run(**chosen: Any) -> None:
        batch = Batch([str(box)], places.target, corrector, options=formats.FormatOptions(**chosen))
        _, outcome = batch.run(jobs=1, mets=False, say=pytest.fail)
        assert outcome.failed == 0

    return run


def checks(places: Places) -> dict[str, FileCheck]:
    with Manifest(places.manifest) as manifest:
        return {check.path: check for check in verify(manifest, places)}


def change_row(places: Places, path: str, **changes: Any) -> None:
    """Forge what the manifest says of a file."""
    with Manifest(places.manifest) as manifest:
        row = manifest.get(path)
        assert row is not None
        manifest.put([replace(row, **changes)])


def accept(places: Places, path: str) -> None:
    """Give the manifest the checksums of a copy and its log as they are now."""
    log = places.log(path)
    change_row(
        places,
        path,
        output_sha256=sha256_of_file(places.copy(path)),
        log_sha256=sha256_of_file(log) if os.path.exists(log) else None,
    )


def test_all_is_as_it_was_written(run: Run, places: Places) -> None:
    run()
    assert checks(places) == {
        path: FileCheck(path, [], known=True, original=True, undone=True)
        for path in (TEXT, "box/clean.txt", "box/flagged.txt")
    }


def test_without_the_originals_copies_still_lead_back(run: Run, places: Places, box: Path) -> None:
    run()
    for path in box.iterdir():
        path.unlink()
    found = checks(places).values()
    assert all(check == FileCheck(check.path, original=False, undone=True) for check in found)


def tamper(path: str) -> None:
    """Change one bit."""
    data = Path(path).read_bytes()
    Path(path).write_bytes(data[:-1] + bytes([data[-1] ^ 1]))


def link(path: str) -> None:
    """Put a link to the same bytes in the place of a file."""
    os.rename(path, path + "~")
    os.symlink(path + "~", path)


@pytest.mark.parametrize(
    ("change", "difference"),
    [
        (lambda places, box: tamper(places.copy(TEXT)), "the copy is not as it was written"),
        (lambda places, box: link(places.copy(TEXT)), "the copy is not as it was written"),
        (lambda places, box: os.unlink(places.copy(TEXT)), f"{{copy}}: {os.strerror(2)}"),
        (lambda places, box: tamper(places.log(TEXT)), "the log of edits is not as it was written"),
        (lambda places, box: os.unlink(places.log(TEXT)), f"{{log}}: {os.strerror(2)}"),
        (lambda places, box: tamper(str(box / NAME)), "the original is not as it was read"),
    ],
    ids=["copy", "link", "no copy", "log", "no log", "original"],
)
def test_differences_are_named(
    run: Run,
    places: Places,
    box: Path,
    change: Callable[[Places, Path], None],
    difference: str,
) -> None:
    """Those of the file that has them; the others are as they were."""
    run()
    change(places, box)
    found = checks(places)
    found.pop(TEXT + "~", None)
    assert [path for path, check in found.items() if check.differences] == [TEXT]
    named = difference.format(copy=escape(places.copy(TEXT)), log=escape(places.log(TEXT)))
    assert found[TEXT].differences == [named]
    assert found[TEXT].undone is (True if "original" in difference else None)


def test_both_copy_and_log_are_named(run: Run, places: Places) -> None:
    run()
    tamper(places.copy(TEXT))
    tamper(places.log(TEXT))
    assert len(checks(places)[TEXT].differences) == 2


def test_a_log_that_does_not_make_the_copy(run: Run, places: Places) -> None:
    """Even if someone gave it the checksum that the manifest has."""
    run()
    log = Path(places.log(TEXT))
    *lines, seal = log.read_text("utf-8").splitlines(keepends=True)
    log.write_text(lines[0] + seal, "utf-8")
    accept(places, TEXT)
    makes, leads = checks(places)[TEXT].differences
    assert makes == "the logged edits do not make the copy of the original"
    assert "lines of it are missing or were changed" in leads


def test_a_log_that_was_cut_off(run: Run, places: Places) -> None:
    run()
    log = Path(places.log(TEXT))
    log.write_text("".join(log.read_text("utf-8").splitlines(keepends=True)[:-1]), "utf-8")
    accept(places, TEXT)
    (difference,) = checks(places)[TEXT].differences
    assert "its last line, which seals it, is not there" in difference


def test_a_log_with_an_edit_that_has_no_place(run: Run, places: Places) -> None:
    """The bytes are the same without it, but the log says what was not done."""
    run()
    log = Path(places.log(TEXT))
    *lines, seal = log.read_text("utf-8").splitlines(keepends=True)
    line = json.loads(lines[-1])
    line["source"] = [position + 10_000 for position in line["source"]]
    log.write_text("".join([*lines, json.dumps(line) + "\n", seal]), "utf-8")
    accept(places, TEXT)
    assert "the logged edits do not make the copy of the original" in (
        checks(places)[TEXT].differences
    )


@pytest.mark.parametrize("line", ["no json\n", "[]\n", "{}\n", '{"source": 1}\n'])
def test_a_damaged_log_is_a_difference(run: Run, places: Places, line: str) -> None:
    run()
    log = Path(places.log(TEXT))
    log.write_text(line + log.read_text("utf-8"), "utf-8")
    accept(places, TEXT)
    assert checks(places)[TEXT].differences == ["line 1 of the log of edits is damaged"]


def test_files_that_are_no_copies_are_named(run: Run, places: Places) -> None:
    """Also links, files of a run that failed, and those in folders; not thaifix's own records."""
    run()
    os.makedirs(places.copy("box/inner/.thaifix"))
    names = "stranger.txt", "box/failed.txt", "box/inner/stranger", "box/inner/.thaifix/theirs"
    for name in names:
        Path(places.copy(name)).touch()
    os.symlink("/", places.copy("box/link"))
    with Manifest(places.manifest) as manifest:
        manifest.put([FileRow("box/failed.txt", "/box/failed.txt", "failed")])
    strangers = [check for check in checks(places).values() if not check.known]
    assert strangers == [
        FileCheck(path, ["is not in the manifest"], known=False)
        for path in (
            "stranger.txt",
            "box/failed.txt",
            "box/link",
            "box/inner/stranger",
            "box/inner/.thaifix/theirs",
        )
    ]


def test_a_folder_that_cannot_be_read_is_named(
    run: Run, places: Places, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The rest is checked."""
    run()
    os.mkdir(places.copy("locked"))
    scandir = os.scandir

    def fail(path: str) -> Any:
        if path.endswith("locked"):
            raise PermissionError(errno.EACCES, "Permission denied", path)
        return scandir(path)

    monkeypatch.setattr(os, "scandir", fail)
    found = checks(places)
    assert found["locked"] == FileCheck(
        "locked", ["cannot be read: Permission denied"], known=False
    )
    assert len(found) == 4


def test_edits_at_the_very_end_can_be_carried_out_again(
    run: Run, places: Places, box: Path
) -> None:
    """What is put in after the last letter belongs to no section that begins there."""
    (box / "a.txt").write_text("\ufeffเมื่อ พ.ศ", "utf-8")
    run()
    assert checks(places)["box/a.txt"] == FileCheck("box/a.txt", original=True, undone=True)


ALTO = (
    '<alto xmlns="http://www.loc.gov/standards/alto/ns-v4#"><Layout><Page><PrintSpace>'
    f'<TextBlock><TextLine><String WC="0.9" CONTENT="{OBSERVED}"/></TextLine></TextBlock>'
    "</PrintSpace></Page></Layout></alto>\n"
)
PAGE = (
    '<PcGts xmlns="http://schema.primaresearch.org/PAGE/gts/pagecontent/2019-07-15">'
    "<Metadata><Creator>0.9</Creator><Created>2026-01-02T03:04:05</Created>"
    "<LastChange>2026-01-02T03:04:05</LastChange></Metadata><Page>"
    f'<TextRegion id="r"><TextLine id="l"><TextEquiv><Unicode>{OBSERVED}</Unicode></TextEquiv>'
    "</TextLine></TextRegion></Page></PcGts>\n"
)
HOCR = (
    '<html xmlns="http://www.w3.org/1999/xhtml"><head><title>0.9</title></head>'
    f'<body><div class="ocr_page"><span class="ocr_line"><span class="ocrx_word">{OBSERVED}</span>'
    "</span></div></body></html>"
)
JSONL = f'{{"text": "{OBSERVED}"}}\n{{"text": ""}}\n{{"text": "{OBSERVED}", "n": 0.9}}\n'
FORMATS = {"alto": ALTO, "page": PAGE, "hocr": HOCR, "jsonl": JSONL}


@pytest.fixture
def _all_formats(box: Path) -> None:
    """A source with a file of each format that is written in place."""
    for path in box.iterdir():
        path.unlink()
    for name, text in FORMATS.items():
        (box / name).write_text(text, "utf-8")


@pytest.mark.usefixtures("_all_formats")
@pytest.mark.parametrize("originals", [True, False])
def test_every_format_can_be_proved(run: Run, places: Places, originals: bool) -> None:
    """Undone only with the originals."""
    run(originals=originals)
    with Manifest(places.manifest) as manifest:
        assert {(row.path, row.format) for row in manifest.rows()} == {
            (f"box/{name}", name) for name in FORMATS
        }
        assert all(row.edits for row in manifest.rows())
    undone = True if originals else None
    assert checks(places) == {
        path: FileCheck(path, original=True, undone=undone)
        for path in (f"box/{name}" for name in FORMATS)
    }


@pytest.mark.usefixtures("_all_formats")
@pytest.mark.parametrize("format_", FORMATS)
def test_what_is_forged_beside_the_text(run: Run, places: Places, format_: str) -> None:
    """Even if the manifest has the checksum: the proof is all bytes, not those of the text."""
    run(originals=False)
    copy = Path(places.copy(f"box/{format_}"))
    forged = copy.read_text("utf-8").replace("0.9", "0.1")
    assert forged != copy.read_text("utf-8")
    copy.write_text(forged, "utf-8")
    accept(places, f"box/{format_}")
    assert checks(places)[f"box/{format_}"].differences == [
        "the logged edits do not make the copy of the original"
    ]


@pytest.mark.parametrize(
    ("damaged", "version"),
    [("original", "9.9.9"), ("copy", "9.9.9"), ("copy", __version__)],
    ids=["the original", "the copy of another version", "the copy"],
)
def test_what_cannot_be_read_is_named_in_one_line(
    run: Run, places: Places, box: Path, damaged: str, version: str
) -> None:
    """Whatever is in its name, which is written as everywhere."""
    name = NAME.replace(".txt", ".xml")
    (box / name).write_text(ALTO, "utf-8")
    run()
    path = f"box/{name}"
    file = {"original": str(box / name), "copy": places.copy(path)}[damaged]
    Path(file).write_text("<alto", "utf-8")
    column = {"original": "input_sha256", "copy": "output_sha256"}[damaged]
    change_row(places, path, **{column: sha256_of_file(file)})
    with Manifest(places.manifest) as manifest:
        row = manifest.get(path)
    assert row is not None
    *_, difference = check_file(row, places, formats.FormatOptions(), version).differences
    assert difference.startswith(escape(path))
    assert "\n" not in difference
    difference.encode()  # without lone surrogates


ANOTHER = """
import sys
from thaifix import version
version.__version__ = "9.9.9"
from thaifix.cli import main
main(["archive", *sys.argv[1:]])
"""


@pytest.mark.usefixtures("_all_formats")
@pytest.mark.parametrize("originals", [True, False])
def test_what_another_version_wrote_can_be_proved(
    box: Path, places: Places, originals: bool
) -> None:
    """It wrote its own name into some files, so their text is compared; that must be right."""
    (box / "a.txt").write_text(OBSERVED, "utf-8")
    (box / "b.xml").write_text(ALTO, "utf-8")
    options = [] if originals else ["--no-originals"]
    subprocess.run(
        [sys.executable, "-Pc", ANOTHER, str(box), "--to", places.target, *options],
        check=True,
        capture_output=True,
    )
    with Manifest(places.manifest) as manifest:
        assert [run.version for run in manifest.runs()] == ["9.9.9"]
    found = checks(places)
    assert [path for path, check in found.items() if check.differences or not check.original] == []
    for name in "b.xml", "a.txt":
        copy = Path(places.copy(f"box/{name}"))
        copy.write_bytes(copy.read_bytes().replace(INTENDED.encode(), OBSERVED[::-1].encode()))
        accept(places, f"box/{name}")
        assert "the logged edits do not make the copy of the original" in (
            checks(places)[f"box/{name}"].differences
        )
    # Text is nothing but text: there the bytes are the proof, also of another version's.
    Path(places.copy("box/a.txt")).write_bytes(INTENDED.encode() + b"\xe0")
    accept(places, "box/a.txt")
    assert "the logged edits do not make the copy of the original" in (
        checks(places)["box/a.txt"].differences
    )


def write_parquet(table: pa.Table, path: str | Path) -> None:
    pq.write_table(table, path)


def write_arrow(table: pa.Table, path: str | Path) -> None:
    with pa.ipc.new_file(str(path), table.schema) as file:
        file.write_table(table)


def read_arrow(path: str | Path) -> pa.Table:
    with pa.ipc.open_file(str(path)) as file:
        return file.read_all()


TABLES = {"parquet": (write_parquet, pq.read_table), "arrow": (write_arrow, read_arrow)}


@pytest.mark.parametrize("format_", TABLES)
def test_tables_are_proved_by_their_rows(run: Run, places: Places, box: Path, format_: str) -> None:
    """Of all columns; their bytes are their library's."""
    write, _ = TABLES[format_]
    write(pa.table({"id": [1, 2], "text": [OBSERVED, "ก"]}), box / "table")
    run(originals=False)
    assert checks(places)["box/table"] == FileCheck("box/table", original=True, undone=None)
    with Manifest(places.manifest) as manifest:
        row = manifest.get("box/table")
    assert row is not None
    assert row.format == format_
    copy = places.copy("box/table")
    for ids, text, differences in (
        ([1, 2], INTENDED, []),
        ([9, 2], INTENDED, ["the logged edits do not make the copy of the original"]),
        ([1, 2], OBSERVED, ["the logged edits do not make the copy of the original"]),
    ):
        write(pa.table({"id": ids, "text": [text, "ก"]}), copy)
        accept(places, "box/table")
        assert checks(places)["box/table"].differences == differences


@pytest.mark.parametrize("format_", TABLES)
def test_originals_of_a_table_come_back(run: Run, places: Places, box: Path, format_: str) -> None:
    """All rows; that can be told while the original is there."""
    write, read = TABLES[format_]
    write(pa.table({"text": [OBSERVED, "ก"]}), box / "table")
    run()
    assert checks(places)["box/table"] == FileCheck("box/table", original=True, undone=True)
    copy = read(places.copy("box/table"))
    forged = copy.set_column(1, "text_original", pa.array(["x", None], pa.string()))
    write(forged, places.copy("box/table"))
    accept(places, "box/table")
    found = checks(places)["box/table"]
    assert "the copy does not lead back to the original" in found.differences
    assert found.undone is False
    (box / "table").unlink()
    assert checks(places)["box/table"] == FileCheck("box/table", original=False, undone=None)


def test_a_pdf_has_no_way_back(run: Run, places: Places, monkeypatch: pytest.MonkeyPatch) -> None:
    """That is no difference; it is told that the copy was not led back."""
    run()
    change_row(places, TEXT, format="pdf")
    for name in "correct", "text", "digest":
        function = getattr(formats, name)

        def as_text(_: str, *arguments: Any, function: Any = function, **options: Any) -> Any:
            return function("text", *arguments, **options)

        monkeypatch.setattr(formats, name, as_text)
    assert checks(places)[TEXT] == FileCheck(TEXT, original=True, undone=None)
    copy = Path(places.copy(TEXT))
    copy.write_text(copy.read_text("utf-8") + "more", "utf-8")
    accept(places, TEXT)
    assert checks(places)[TEXT].differences == [
        "the logged edits do not make the copy of the original"
    ]


def test_what_cannot_be_read_back_is_a_difference(run: Run, places: Places, box: Path) -> None:
    """And what else there is, is checked."""
    (box / "a.xml").write_text(ALTO, "utf-8")
    run()
    Path(places.copy("box/a.xml")).write_text("<alto", "utf-8")
    (box / "a.xml").unlink()
    accept(places, "box/a.xml")
    found = checks(places)
    assert len(found) == 4
    ((path, check),) = [item for item in found.items() if item[1].differences]
    assert (path, check.undone, len(check.differences)) == ("box/a.xml", None, 1)


def test_options_of_the_run_count(run: Run, places: Places, box: Path) -> None:
    """A field that was named, and originals that were left out."""
    (box / "a.jsonl").write_text(f'{{"text": "{"ก" * 99}", "ocr": "{OBSERVED}"}}\n', "utf-8")
    run(field="ocr")
    with Manifest(places.manifest) as manifest:
        row = manifest.get("box/a.jsonl")
    assert row is not None
    assert (row.format, row.edits) == ("jsonl", 1)
    assert checks(places)["box/a.jsonl"] == FileCheck("box/a.jsonl", original=True, undone=True)


def test_originals_that_records_had_before_are_no_difference(
    run: Run, places: Places, box: Path
) -> None:
    """They stay; that of the correction goes."""
    record = f'{{"text": "{OBSERVED}", "title": "ก", "title_original": "ข"}}\n'
    (box / "a.jsonl").write_text(record, "utf-8")
    run()
    assert checks(places)["box/a.jsonl"] == FileCheck("box/a.jsonl", original=True, undone=True)


def test_pipes_and_devices_are_not_read(run: Run, places: Places, box: Path) -> None:
    """Reading them would never end."""
    run()
    original, log = box / NAME, Path(places.log(TEXT))
    text = original.read_bytes()
    original.unlink()
    os.mkfifo(original)
    assert checks(places)[TEXT].differences == [f"{escape(str(original))}: is no file any more"]
    original.unlink()
    original.symlink_to("/dev/zero")
    assert len(checks(places)[TEXT].differences) == 1
    original.unlink()
    original.write_bytes(text)
    log.unlink()
    os.mkfifo(log)
    assert checks(places)[TEXT].differences == [f"{escape(str(log))}: is no file any more"]


def test_a_run_without_its_options_is_damage(run: Run, places: Places) -> None:
    run()
    with closing(sqlite3.connect(places.manifest)) as database, database:
        database.execute("UPDATE runs SET options = '{}'")
    with pytest.raises(ArchiveError, match="the manifest is damaged: run 1 has no option field"):
        checks(places)
