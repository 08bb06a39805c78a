"""Batches from end to end: what they do, leave alone, survive and refuse."""

from __future__ import annotations

import multiprocessing
import os
import random
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from contextlib import suppress
from dataclasses import replace
from pathlib import Path

import pytest

from thaifix import Corrector, Options, formats
from thaifix.archive import batch as module
from thaifix.archive import execution
from thaifix.archive.batch import Batch
from thaifix.archive.execution import Outcome
from thaifix.archive.fixity import sha256_of_file
from thaifix.archive.manifest import Manifest
from thaifix.archive.plan import Plan
from thaifix.archive.rows import FileRow
from thaifix.errors import ArchiveError
from thaifix.version import __version__

OBSERVED = "ส\N{THAI CHARACTER NIKHAHIT}าคัญ"
INTENDED = "ส\N{THAI CHARACTER SARA AM}คัญ"
ODD = "ชั้น ๑\nซ้าย/" + os.fsdecode(b"\xe0\xb8 .txt")


@pytest.fixture
def box(tmp_path: Path) -> Path:
    """A source with two texts, one without errors, an image and odd names."""
    box = tmp_path / "box"
    (box / ODD).parent.mkdir(parents=True)
    (box / "a.txt").write_text(f"{OBSERVED}\r\n", "utf-8", newline="")
    (box / ODD).write_text(OBSERVED, "utf-8")
    (box / "clean.txt").write_text(INTENDED, "utf-8")
    (box / "image.png").write_bytes(b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR")
    return box


@pytest.fixture
def target(tmp_path: Path) -> Path:
    return tmp_path / "out"


class Ran:
    """What a batch made of a target."""

    def __init__(self, target: Path, plan: Plan, outcome: Outcome, said: list[str]) -> None:
        self.plan, self.outcome, self.said = plan, outcome, said
        with Manifest(str(target / ".thaifix" / "manifest.sqlite")) as manifest:
            self.rows = {row.path: row for row in manifest.rows()}
            self.runs = manifest.runs()


@pytest.fixture
def run(corrector: Corrector, target: Path) -> Callable[..., Ran]:
    """Run a batch in this process and its forks."""

    def run(
        *sources: Path, jobs: int = 2, overwrite: bool = False, by: Corrector = corrector
    ) -> Ran:
        said: list[str] = []
        batch = Batch([str(source) for source in sources], str(target), by, overwrite=overwrite)
        return Ran(target, *batch.run(jobs=jobs, mets=False, say=said.append), said)

    return run


Run = Callable[..., Ran]


def copies(target: Path) -> dict[str, bytes]:
    return {
        str(path.relative_to(target)): path.read_bytes()
        for path in sorted(target.rglob("*"))
        if path.is_file() and ".thaifix" not in path.parts
    }


def identity(path: Path) -> tuple[int, int]:
    """What changes when a file is written or replaced."""
    return path.stat().st_ino, path.stat().st_mtime_ns


def test_a_corrected_copy(box: Path, target: Path, run: Run) -> None:
    """Mirrored, each file with the bytes of the filter; the originals are as they were."""
    before = {path: identity(box.parent / path) for path in copies(box.parent)}
    ran = run(box)
    assert ran.outcome == Outcome(done=3, skipped=1)
    assert copies(target) == {
        "box/a.txt": f"{INTENDED}\r\n".encode(),
        "box/clean.txt": INTENDED.encode(),
        f"box/{ODD}": INTENDED.encode(),
    }
    assert {path: identity(box.parent / path) for path in before} == before
    assert ran.rows["box/image.png"].status == "skipped"


def test_what_is_known_about_a_run(box: Path, target: Path, run: Run, corrector: Corrector) -> None:
    """Version, model, and all that was chosen."""
    (about,) = run(box).runs
    assert (about.id, about.version) == (1, __version__)
    assert about.model_sha256 == sha256_of_file(str(corrector.model.path))
    assert about.corrector == corrector.stamp
    assert about.finished is not None
    assert about.started <= about.finished
    chosen = about.options
    assert (chosen["profile"], chosen["format"], chosen["originals"]) == ("normal", None, True)
    assert "stamp" not in chosen


@pytest.mark.parametrize(
    "change",
    [
        {"format_": "text"},
        {"options": formats.FormatOptions(originals=False)},
        {"options": formats.FormatOptions(field="ocr")},
    ],
)
def test_the_stamp_stands_for_all_that_changes_copies(
    box: Path, target: Path, corrector: Corrector, change: dict[str, object]
) -> None:
    """Model, lexicons and options of the corrector; formats and theirs; not the names of files."""
    usual = Batch([str(box)], str(target), corrector).about
    named = Batch([str(box)], str(target), corrector, files={"keep": "k"}).about
    assert (named.stamp, named.options["keep"]) == (usual.stamp, "k")
    assert len(usual.stamp) == 16
    changed = Batch([str(box)], str(target), corrector, **change).about  # type: ignore[arg-type]
    assert changed.stamp != usual.stamp
    assert changed.corrector == usual.corrector


def test_a_format_that_there_is_not(box: Path, target: Path, corrector: Corrector) -> None:
    with pytest.raises(ArchiveError, match=r"no format 'doc'\. The formats are text, hocr, alto"):
        Batch([str(box)], str(target), corrector, format_="doc")
    assert not target.exists()


@pytest.mark.parametrize(
    "name", ["ก" * 85, "a" * 251 + ".txt", "-", ".hidden", "two\nlines", "ก\\ข"]
)
def test_any_name(tmp_path: Path, target: Path, run: Run, name: str) -> None:
    """As long as a file system lets them be."""
    (tmp_path / "box").mkdir()
    (tmp_path / "box" / name).write_text(OBSERVED, "utf-8")
    assert run(tmp_path / "box", jobs=1).outcome == Outcome(done=1)
    assert copies(target) == {f"box/{name}": INTENDED.encode()}
    assert len(list((target / ".thaifix" / "edits" / "box").iterdir())) == 1
    assert run(tmp_path / "box", jobs=1).plan.kept == 1


def test_what_is_done_is_not_done_again(box: Path, target: Path, run: Run) -> None:
    """Nothing is touched, also if a source was moved or its time was changed."""
    first = run(box)
    box.rename(box.parent / "moved")
    (box.parent / "moved").rename(box)
    os.utime(box / "a.txt")
    before = {path: identity(path) for path in target.rglob("*.txt")}
    again = run(box)
    assert (again.outcome, again.plan.kept, again.plan.skipped) == (Outcome(), 3, 1)
    assert {path: identity(path) for path in target.rglob("*.txt")} == before
    assert len(again.runs) == 1
    assert again.rows["box/clean.txt"] == first.rows["box/clean.txt"]


def test_new_files_are_added(box: Path, tmp_path: Path, run: Run) -> None:
    """From the same source or another one; what is done already stays."""
    (tmp_path / "box-2").mkdir()
    (tmp_path / "box-2" / "a.txt").write_text(OBSERVED, "utf-8")
    run(box)
    (box / "b.txt").write_text(OBSERVED, "utf-8")
    again = run(box, tmp_path / "box-2")
    assert again.outcome == Outcome(done=2)
    assert (again.rows["box/b.txt"].run, again.rows["box/a.txt"].run) == (2, 1)


def change_source(box: Path, target: Path) -> None:
    (box / "a.txt").write_text(f"{OBSERVED} {OBSERVED}", "utf-8")


def change_letters(box: Path, target: Path) -> None:
    """As many bytes as before."""
    (box / "a.txt").write_text(f"{OBSERVED[::-1]}\r\n", "utf-8", newline="")
    os.utime(box / "a.txt", ns=(1, 1))


def change_copy(box: Path, target: Path) -> None:
    (target / "box" / "a.txt").write_text("another", "utf-8")


def remove_source(box: Path, target: Path) -> None:
    (box / "a.txt").unlink()
    (box / "a.txt").symlink_to("/")


@pytest.mark.parametrize(
    ("change", "reason", "is_replaced"),
    [
        (change_source, "has changed since it was corrected", True),
        (change_letters, "has changed since it was corrected", True),
        (change_copy, "its copy is not as it was written", True),
        (remove_source, "was a file, is now: symbolic link that leaves the source", False),
    ],
)
def test_nothing_is_overwritten_unless_asked(
    box: Path,
    target: Path,
    run: Run,
    change: Callable[[Path, Path], None],
    reason: str,
    is_replaced: bool,
) -> None:
    """What would have to be replaced is refused, and its row stays."""
    row = run(box).rows["box/a.txt"]
    change(box, target)
    before = copies(target)
    refused = run(box)
    assert refused.said == [line for line in refused.said if line.startswith("box/a.txt: ")]
    assert reason in refused.said[0]
    assert copies(target) == before
    assert refused.rows["box/a.txt"] == row
    replaced = run(box, overwrite=True)
    assert replaced.outcome == Outcome(done=int(is_replaced))
    if is_replaced:
        assert run(box).plan.kept == 3


def test_a_file_of_another_is_not_overwritten(box: Path, target: Path, run: Run) -> None:
    (target / "box").mkdir(parents=True)
    (target / "box" / "a.txt").write_text("of another", "utf-8")
    ran = run(box)
    assert ran.outcome == Outcome(done=2, skipped=1, failed=1)
    assert "is there already" in str(ran.rows["box/a.txt"].error)
    assert (target / "box" / "a.txt").read_text("utf-8") == "of another"
    assert not (target / ".thaifix" / "edits" / "box" / "a.txt.jsonl").exists()
    assert run(box, overwrite=True).outcome == Outcome(done=1)


def test_other_options_are_refused(box: Path, target: Path, run: Run) -> None:
    """A target has one stamp; with `overwrite` all is made again."""
    run(box)
    strict = Corrector(options=Options(profile="strict"))
    with pytest.raises(ArchiveError, match=r"other options \(profile 'normal', now 'strict'\)"):
        run(box, by=strict)
    again = run(box, by=strict, overwrite=True)
    assert again.outcome == Outcome(done=3, skipped=1)
    assert {row.run for row in again.rows.values() if row.status == "done"} == {2}
    assert run(box, by=strict).outcome == Outcome()  # the last run counts
    assert run(box, by=strict, overwrite=True).outcome == Outcome()


def test_other_words_to_keep_are_refused(box: Path, target: Path, run: Run) -> None:
    """Their list is not among the options, and is told all the same."""
    run(box)
    with pytest.raises(ArchiveError, match="a lexicon or the keep list had other contents"):
        run(box, by=Corrector(keep=["คำ"]))


ALTO = (
    '<?xml version="1.0" encoding="UTF-8"?>\n{}<alto xmlns="http://www.loc.gov/standards/alto/ns-v4#">'
    "<Layout><Page><PrintSpace><TextBlock><TextLine>"
    '<String CONTENT="{}"/></TextLine></TextBlock></PrintSpace></Page></Layout></alto>\n'
)
LAUGHS = '<!DOCTYPE alto [<!ENTITY l0 "lol">{}]>'.format(
    "".join(f'<!ENTITY l{i + 1} "{f"&l{i};" * 10}">' for i in range(9))
)
DAMAGED = {
    "cut": ALTO.format("", OBSERVED)[:-40],
    "tag": ALTO.format("", OBSERVED).replace("<TextLine>", "<TextLine"),
    "attribute": ALTO.format("", f'{OBSERVED}" CONTENT="'),
    "entity": ALTO.format("", "&undefined;"),
    "laughs": ALTO.format(LAUGHS, "&l9;"),
    "external": ALTO.format('<!DOCTYPE alto [<!ENTITY x SYSTEM "secret.txt">]>', "&x;"),
}


def test_damaged_and_hostile_xml_is_left_out(box: Path, target: Path, run: Run) -> None:
    """It is recorded as what it is, expands to nothing, and the rest is done."""
    (box / "secret.txt").write_text("the secret of another file", "utf-8")
    (box / "whole.xml").write_text(ALTO.format("", OBSERVED), "utf-8")
    for name, text in DAMAGED.items():
        (box / f"{name}.xml").write_text(text, "utf-8")
    ran = run(box)
    assert ran.outcome == Outcome(done=5, skipped=1, failed=len(DAMAGED))
    for name in DAMAGED:
        row = ran.rows[f"box/{name}.xml"]
        assert row.status == "failed"
        assert f"{name}.xml" not in str(row.error)  # said once, by who lists it
        assert "report this" not in str(row.error)
        assert not (target / "box" / f"{name}.xml").exists()
    assert INTENDED in (target / "box" / "whole.xml").read_text("utf-8")
    assert ran.rows["box/whole.xml"].format == "alto"


def test_a_copy_that_may_not_be_so_large(tmp_path: Path, target: Path) -> None:
    """A limit on the size of files: that file is left out, the rest is done."""
    resource = pytest.importorskip("resource")
    limit = 100_000
    (tmp_path / "box").mkdir()
    (tmp_path / "box" / "large.txt").write_text("word\n" * (limit // 5 + 1), "utf-8")
    (tmp_path / "box" / "small.txt").write_text(OBSERVED, "utf-8")
    done = subprocess.run(
        [sys.executable, "-Pm", "thaifix", "archive", str(tmp_path / "box"), "--to", str(target)],
        stderr=subprocess.PIPE,
        check=False,
        preexec_fn=lambda: resource.setrlimit(resource.RLIMIT_FSIZE, (limit, limit)),
    )
    assert done.returncode == 2
    assert b"large.txt: File too large. Raise the limit on file sizes" in done.stderr
    assert list(copies(target)) == ["box/small.txt"]


def test_errors_of_files_that_are_gone_are_forgotten(box: Path, run: Run) -> None:
    (box / "self").symlink_to("self")
    ran = run(box)
    assert ran.rows["box/self"].status == "failed"
    assert len(ran.said) == 1
    assert ran.said[0].startswith("box/self: cannot be read")
    (box / "self").unlink()
    assert "box/self" not in run(box).rows


def test_what_a_killed_run_left_is_recognised(box: Path, target: Path, run: Run) -> None:
    """A copy that came to its place, but not into the manifest; and what was unfinished."""
    ran = run(box)
    path = target / "box" / "a.txt"
    before = identity(path)
    (target / ".thaifix" / "unfinished" / "1-1").write_bytes(b"half")
    row = ran.rows["box/a.txt"]
    with Manifest(str(target / ".thaifix" / "manifest.sqlite")) as manifest:
        manifest.put([FileRow(row.path, row.source, "pending")])
    again = run(box)
    assert again.outcome == Outcome(done=1)
    assert identity(path) == before
    assert replace(again.rows["box/a.txt"], run=1, finished="", seconds=0.0) == replace(
        row, finished="", seconds=0.0
    )
    assert list((target / ".thaifix" / "unfinished").iterdir()) == []


@pytest.mark.parametrize(("jobs", "files", "times"), [(1, 2, 0), (2, 1, 0), (2, 2, 1)])
def test_what_processes_share_is_loaded_before_they_begin(
    tmp_path: Path,
    target: Path,
    run: Run,
    corrector: Corrector,
    monkeypatch: pytest.MonkeyPatch,
    jobs: int,
    files: int,
    times: int,
) -> None:
    """If there are several: one alone loads what it needs when it needs it."""
    (tmp_path / "box").mkdir()
    for number in range(files):
        (tmp_path / "box" / f"{number}.txt").write_text(OBSERVED, "utf-8")
    loaded: list[str] = []
    correct = Corrector.correct

    def record(self: Corrector, text: str) -> object:
        loaded.append(text)
        return correct(self, text)

    monkeypatch.setattr(Corrector, "correct", record)
    run(tmp_path / "box", jobs=jobs)
    assert loaded == [module._WARM_UP] * times


def finished(target: Path) -> dict[str, FileRow]:
    try:
        with Manifest(str(target / ".thaifix" / "manifest.sqlite")) as manifest:
            return {row.path: row for row in manifest.rows(status="done")}
    except ArchiveError:
        return {}


@pytest.mark.parametrize("number", [signal.SIGKILL, signal.SIGTERM, signal.SIGINT])
def test_a_batch_that_is_stopped_at_any_moment(
    tmp_path: Path,
    target: Path,
    run: Run,
    monkeypatch: pytest.MonkeyPatch,
    number: signal.Signals,
) -> None:
    """Nothing is lost, nothing done twice, whichever moment it is; see benchmarks/faults.py."""
    monkeypatch.setattr(execution, "_BETWEEN_COMMITS", 0.01)  # so that there are more moments
    box = tmp_path / "box"
    box.mkdir()
    files = 40
    for i in range(files):
        (box / f"{i}.txt").write_text(f"{i} {OBSERVED}\n" * 20, "utf-8")
    moments = random.Random(number)
    done: dict[str, FileRow] = {}
    for _ in range(5):
        process = multiprocessing.get_context("fork").Process(target=stopped_run, args=(run, box))
        process.start()
        while process.is_alive() and len(finished(target)) == len(done):
            time.sleep(0.005)
        time.sleep(moments.uniform(0.0, 0.05))
        if process.is_alive():
            os.kill(process.ident or 0, number)
        process.join()
        now = finished(target)
        assert done.items() <= now.items()
        assert all((target / path).stat().st_size == row.output_size for path, row in now.items())
        done = now
    ran = run(box)
    assert done.items() <= ran.rows.items()
    assert copies(target) == {
        f"box/{i}.txt": (f"{i} {INTENDED}\n" * 20).encode() for i in range(files)
    }
    assert list((target / ".thaifix" / "unfinished").iterdir()) == []


def stopped_run(run: Run, box: Path) -> None:
    signal.signal(signal.SIGTERM, signal.default_int_handler)
    with suppress(KeyboardInterrupt):
        run(box)
