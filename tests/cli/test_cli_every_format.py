"""Commands that read texts read them in every format, and what is written keeps its format."""

from __future__ import annotations

import gzip
import json
from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from thaifix.cli import main
from thaifix.cli.exit_codes import ExitCode

TEXT = "ที่ประชุมกำหนตให้ดำเนินการตามแผน คณะกรรมการได้กำหนตไว้แล้ว"
HOCR = (
    "<html><body><div class='ocr_page'><p class='ocr_par'><span class='ocr_line' "
    "title='bbox 0 0 900 30'>{}</span></p></div></body></html>"
)
WRAP: dict[str, Callable[[str], bytes]] = {
    "text": str.encode,
    "text.gz": lambda text: gzip.compress(text.encode()),
    "cp874": lambda text: text.encode("cp874"),
    "hocr": lambda text: HOCR.format(text).encode(),
    "jsonl": lambda text: json.dumps({"id": 1, "ocr": {"text": text}}).encode() + b"\n",
    "json": lambda text: json.dumps({"pages": [{"text": text}]}, indent=1).encode(),
}
OPTIONS = {
    "cp874": ["--encoding", "cp874"],
    "jsonl": ["--field", "ocr.text"],
    "json": ["--field", "pages[].text"],
}


def thaifix(*arguments: str | Path) -> Result:
    return CliRunner().invoke(main, list(map(str, arguments)))


@pytest.fixture(params=WRAP)
def kind(request: pytest.FixtureRequest) -> str:
    return str(request.param)


@pytest.fixture
def page(kind: str, tmp_path: Path) -> Path:
    path = tmp_path / "page"
    path.write_bytes(WRAP[kind](TEXT))
    return path


def plain(path: Path, kind: str) -> str:
    """The text of a file."""
    return thaifix("text", *OPTIONS.get(kind, []), path).stdout.strip()


def test_series_and_their_decisions(page: Path, kind: str, tmp_path: Path) -> None:
    """What is suspected is found in the text, not in markup; it is written back in its place."""
    options = OPTIONS.get(kind, [])
    listed = thaifix("series", *options, page)
    assert listed.exit_code == ExitCode.OK
    header, row, *others = (line.split("\t") for line in listed.stdout.splitlines())
    assert (row[2:5], others) == (["กำหนต", "กำหนด", "2"], [])
    table, applied = tmp_path / "table.tsv", tmp_path / "applied"
    table.write_text(
        "\t".join(header) + "\n" + "\t".join([row[0], "yes", *row[2:]]) + "\n", "utf-8"
    )
    done = thaifix("apply", *options, table, page)
    assert done.exit_code == ExitCode.OK
    applied.write_bytes(done.stdout_bytes)
    assert plain(applied, kind) == TEXT.replace("กำหนต", "กำหนด")
    if kind in ("hocr", "jsonl", "json"):
        field = [] if kind == "hocr" else options
        assert thaifix("revert", *field, applied).stdout_bytes == page.read_bytes()


def test_errors_are_put_into_the_text_alone(page: Path, kind: str, tmp_path: Path) -> None:
    noisy = tmp_path / "noisy"
    done = thaifix("corrupt", "--rate", "0.2", *OPTIONS.get(kind, []), page)
    assert done.exit_code == ExitCode.OK
    noisy.write_bytes(done.stdout_bytes)
    assert plain(noisy, kind) != TEXT
    if kind == "hocr":
        assert done.stdout.startswith("<html><body><div class='ocr_page'>")


def test_records_of_errors_have_the_text(page: Path, kind: str) -> None:
    done = thaifix("corrupt", "--jsonl", "--rate", "0.2", *OPTIONS.get(kind, []), page)
    (record,) = map(json.loads, done.stdout.splitlines())
    assert record["gold"].strip() == TEXT


def test_terms_are_mined_from_the_text(page: Path, kind: str) -> None:
    page.write_bytes(WRAP[kind]("สำนักงานพัฒนาตัวอย่างแห่งชาติ อนุมัติแผน " * 6))
    done = thaifix("lexicon", "mine", *OPTIONS.get(kind, []), page)
    assert done.exit_code == ExitCode.OK
    assert "\tสำนักงานพัฒนาตัวอย่างแห่งชาติ\toffice\t" in done.stdout
    assert "ocr_page" not in done.stdout


@pytest.mark.parametrize("command", [["series"], ["corrupt"], ["lexicon", "mine"]])
def test_what_is_no_text_is_told(command: list[str], tmp_path: Path) -> None:
    image = tmp_path / "image"
    image.write_bytes(b"\x89PNG\r\n\x1a\n")
    done = thaifix(*command, image)
    assert done.exit_code == ExitCode.INPUT
    assert f"{image}: is an image" in done.stderr


def test_decisions_for_a_whole_archive(kind: str, tmp_path: Path) -> None:
    """As by `apply`; nothing else is changed, and `verify` proves it."""
    source, target, table = tmp_path / "box", tmp_path / "out", tmp_path / "table.tsv"
    source.mkdir()
    page = source / "page"
    page.write_bytes(WRAP[kind](f"{TEXT} เจ้าหน้าทีได้ชี้แจงแล้ว"))
    options = OPTIONS.get(kind, [])
    header, *rows = (
        line.split("\t") for line in thaifix("series", *options, page).stdout.splitlines()
    )
    decided = [[row[0], "yes" if row[2] == "กำหนต" else "", *row[2:]] for row in rows]
    assert len(decided) > 1
    table.write_text("".join("\t".join(row) + "\n" for row in [header, *decided]), "utf-8")
    archive: list[str | Path] = ["archive", source, "--to", target, "--jobs", "1", *options]
    assert thaifix(*archive, "--decisions", table).exit_code == ExitCode.OK
    applied = thaifix("apply", *options, table, page).stdout_bytes
    copy = target / "box" / "page"
    assert plain(copy, kind) == f"{TEXT} เจ้าหน้าทีได้ชี้แจงแล้ว".replace("กำหนต", "กำหนด")
    if kind != "text.gz":
        assert copy.read_bytes() == applied
    assert thaifix("archive", "verify", target).exit_code == ExitCode.OK
    other = thaifix(*archive)
    assert other.exit_code == ExitCode.INPUT
    assert "decisions" in other.stderr
    done = thaifix(*archive, "--decisions", tmp_path / "missing")
    assert done.exit_code == ExitCode.INPUT
    assert "missing: No such file" in done.stderr
