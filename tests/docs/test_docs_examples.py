"""The examples of the documents run: commands in a shell, Python as doctests."""

from __future__ import annotations

import doctest
import gzip
import importlib
import json
import lzma
import os
import re
import shlex
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from click.testing import CliRunner
from documents import DOCUMENTS, ROOT, Block, blocks
from pdf_files import printed, reads_thai, scan

import thaifix
from thaifix.cli import main

DATA = ROOT / "tests" / "data"

PROGRAMS = {"thaifix", "ocrmypdf", "make", "git", "pip", "python", ".venv/bin/python", ".ci/run"}
"""Beginnings of commands; also a command is what stands behind a $."""

NOT_RUN = {
    "git clone": "needs the network",
    "sudo apt-get": "needs the network",
    "pip install 'thaifix[pdf]'": "needs the network",
    "ocrmypdf": "tests/pipelines run it",
    "thaifix train": "takes minutes, and data that are not in the repository",
    "make": "takes minutes; test_docs_names.py looks for the targets",
    ".ci/run": "takes minutes",
    ".venv/bin/python benchmarks": "takes minutes",
    "python benchmarks": "takes minutes",
}
"""Beginnings of commands that are not run, and why."""

OTHER = (
    "repaired.before",
    "import ocrmypdf",
    "<?thaifix-undo",
    "struct<",
    "from thaifix.pipelines",
    "df = ",
    "pipeline = ",
    "ds = ",
    "import pandas",
    "import dask",
    "import polars",
    "import duckdb",
    "from datasets",
)
"""Beginnings of blocks that are no commands."""

STATUS = {
    "thaifix --check *.txt": 1,
    "thaifix --check --format-message unix page.txt": 1,
    "thaifix lexicon diff own.tsv new.tsv": 1,
}
"""Exit statuses other than 0."""

BEFORE = {
    "thaifix lexicon merge": "sed -i '2,$ s/$/yes/' mined.tsv",
    "thaifix apply": r"sed -i '2 s/\t\t/\tyes\t/; 3,$ s/\t\t/\tno\t/' series.tsv",
    "thaifix revert corrected/.thaifix": "thaifix archive box --to corrected --profile strict",
}
"""What a person does before a command, as the text around it says."""

GIVES = {
    "thaifix revert log.jsonl < repaired.txt": "page.txt",
    "thaifix revert log.jsonl noisy.txt": "clean.txt",
}
"""Commands whose output is a file that is there."""

TOGETHER = {Path("docs/archive.md"), Path("docs/lexicons.md")}
"""Documents of which all blocks are one example."""

AGENCY = "สำนักงานส่งเสริมการเลี้ยงผึ้งแห่งชาติ"
TEXT = "จำนวนผู้เข้าร่วมประชุมตามหนังสือของกรมการปกครอง\n" * 9
READ = "จํานวนผู้เข้าร่วมประชุม ตามกำหนตนั้น\n"
OTHER_READ = "เมือวันที ๕ มิถุนายน คณะกรรมการได้เดินทางไปตรวจเยียมพืนที\n"


def commands(block: Block) -> list[str]:
    """The commands of a block, without the comments behind them."""
    lines = [line[2:] for line in block.lines if line.startswith("$ ")]
    if not lines and all(line.split()[:1] in [[name] for name in PROGRAMS] for line in block.lines):
        lines = block.lines
    return [re.split(r"\s+#\s", line)[0] for line in lines]


def runs(command: str) -> bool:
    return not any(command.startswith(beginning) for beginning in NOT_RUN)


def examples() -> list[list[Block]]:
    """Blocks that have commands to run; those of one list in one folder, one after the other."""
    found: list[list[Block]] = []
    for document in DOCUMENTS:
        running = [block for block in blocks(document) if any(map(runs, commands(block)))]
        found += [running] if document in TOGETHER else [[block] for block in running]
    return found


def furnish(folder: Path, code: str) -> None:
    """Put into a folder what the examples are about."""
    (folder / "page.txt").write_text(READ * 3, "utf-8")
    (folder / "clean.txt").write_text(TEXT, "utf-8")
    (folder / "pages.jsonl").write_text(json.dumps({"id": 1, "text": READ}) + "\n", "utf-8")
    (folder / "names.txt").write_text("ธีรรัตน์\n", "utf-8")
    (folder / "own.tsv").write_text("id\tterm\ttype\na\tกรมเจ้าท่า\tagency\n", "utf-8")
    shutil.copy(DATA / "tesseract.hocr", folder / "page.hocr")
    shutil.copy(DATA / "tesseract.xml", folder / "page.xml")
    record = json.dumps({"text": READ}) + "\n"
    (folder / "news.jsonl.gz").write_bytes(gzip.compress(record.encode()))
    (folder / "records.jsonl").write_text(json.dumps({"ocr": {"text": READ}}) + "\n", "utf-8")
    vision = {"responses": [{"fullTextAnnotation": {"text": READ}}]}
    (folder / "vision.json").write_text(json.dumps(vision, indent=1), "utf-8")
    (folder / "page.hocr.xz").write_bytes(lzma.compress((DATA / "tesseract.hocr").read_bytes()))
    (folder / "letter.tis").write_bytes(TEXT.encode("cp874"))
    for name in "alto", "archive", "box":
        (folder / name).mkdir()
    for number in 1, 2:
        shutil.copy(DATA / "tesseract.xml", folder / "alto" / f"000{number}.xml")
        mentions = "".join(f"ทราบว่า {AGENCY} ที่ {i}\n" for i in range(5))
        (folder / "archive" / f"{number}.txt").write_text(READ + OTHER_READ + mentions, "utf-8")
    (folder / "box" / "a.txt").write_text(READ, "utf-8")
    if "printed.pdf" in code:
        reads_thai()
        (folder / "pdfs").mkdir()
        printed(folder / "printed.pdf")
        shutil.copy(scan(folder / "scanned.pdf"), folder / "pdfs")
    if "thaifix evaluate" not in code:
        return
    for name in "gold", "ocr", "corrected", "mine", "theirs":
        (folder / name).mkdir()
        text = READ if name in ("ocr", "theirs") else READ.replace("กำหนต", "กำหนด")
        for page in "1.txt", "2.txt":
            (folder / name / page).write_text(text, "utf-8")
    (folder / "gold.txt").write_text(TEXT, "utf-8")
    (folder / "ocr.txt").write_text(TEXT, "utf-8")
    records = [{"id": i, "gold": TEXT, "ocr": TEXT + READ} for i in range(3)]
    (folder / "pages.jsonl").write_text("\n".join(map(json.dumps, records)), "utf-8")


def run(line: str) -> tuple[int, bytes, bytes]:
    """Run a command in the current folder: its exit status and what it wrote.

    Without pipes thaifix runs in this process, which saves seconds of imports for each command.
    """
    words = shlex.split(line)
    if words[0] != "thaifix" or {"|", "&&"} & set(words):
        path = os.pathsep.join([str(Path(sys.executable).parent), os.environ["PATH"]])
        environment = {**os.environ, "PATH": path}
        done = subprocess.run(["sh", "-c", line], env=environment, capture_output=True, check=False)
        return done.returncode, done.stdout, done.stderr
    files = {sign: words[words.index(sign) + 1] for sign in "<>" if sign in words}
    words = [word for word in words[1:] if word not in ("<", ">", *files.values())]
    words = [
        str(path)
        for word in words
        for path in (sorted(Path().glob(word)) if "*" in word else [word])
    ]
    given = Path(files["<"]).read_bytes() if "<" in files else b""
    result = CliRunner().invoke(main, words, input=given)
    if ">" in files:
        Path(files[">"]).write_bytes(result.stdout_bytes)
    return result.exit_code, result.stdout_bytes, result.stderr_bytes


@pytest.mark.skipif(os.name == "nt", reason="shell of POSIX")
@pytest.mark.parametrize("example", examples(), ids=lambda example: str(example[0]))
def test_commands_run(
    example: list[Block], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Each with the exit status that the document gives."""
    monkeypatch.chdir(tmp_path)
    lines = [line for block in example for line in commands(block) if runs(line)]
    furnish(tmp_path, "\n".join(lines))
    for line in lines:
        for beginning, before in BEFORE.items():
            if line.startswith(beginning):
                assert run(before)[0] == 0, before
        status, output, said = run(line)
        assert status == STATUS.get(line, 0), (line, said.decode())
        if line in GIVES:
            assert output == Path(GIVES[line]).read_bytes(), line


def test_all_blocks_are_known() -> None:
    """None is passed over by mistake, and nothing above is out of date."""
    code = [block for document in DOCUMENTS for block in blocks(document)]
    lines = [line for block in code for line in commands(block)]
    for block in code:
        known = commands(block) or block.lines[0].startswith((">>> ", *OTHER))
        assert known, f"{block}: no commands, no doctest"
    for beginning in [*NOT_RUN, *STATUS, *BEFORE, *GIVES]:
        assert any(line.startswith(beginning) for line in lines), beginning


@pytest.mark.parametrize(
    "document", [path for path in DOCUMENTS if ">>> " in (ROOT / path).read_text("utf-8")], ids=str
)
def test_python_runs(document: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    furnish(tmp_path, "")
    assert doctest.testfile(str(ROOT / document), module_relative=False).failed == 0


PACKAGE = Path(thaifix.__path__[0])


@pytest.mark.parametrize(
    "path",
    [path for path in sorted(PACKAGE.rglob("*.py")) if ">>> " in path.read_text("utf-8")],
    ids=lambda path: str(path.relative_to(PACKAGE)),
)
def test_doctests_of_modules(path: Path) -> None:
    parts = path.relative_to(PACKAGE.parent).with_suffix("").parts
    module = importlib.import_module(".".join(parts).removesuffix(".__init__"))
    result = doctest.testmod(module)
    assert result.attempted
    assert result.failed == 0
