"""Batches: what they do, leave alone, survive and refuse."""

from __future__ import annotations

import json
import os
import random
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from thaifix import Corrector, Options, formats
from thaifix.archive.batch import Batch
from thaifix.archive.durable import OutputError, TargetFile
from thaifix.archive.execution import Outcome
from thaifix.archive.manifest import FileRow, Manifest
from thaifix.archive.plan import Plan
from thaifix.errors import ArchiveError

OBSERVED = "ส\N{THAI CHARACTER NIKHAHIT}าคัญ"
INTENDED = "ส\N{THAI CHARACTER SARA AM}คัญ"
THAIFIX = [sys.executable, "-Pm", "thaifix", "archive"]


@pytest.fixture
def box(tmp_path: Path) -> Path:
    """A source with two texts, one without errors, an image and odd names."""
    box = tmp_path / "box"
    (box / "ชั้น ๑\nซ้าย").mkdir(parents=True)
    (box / "a.txt").write_text(f"{OBSERVED}\r\n", "utf-8", newline="")
    (box / "ชั้น ๑\nซ้าย" / os.fsdecode(b"\xe0\xb8 .txt")).write_text(OBSERVED, "utf-8")
    (box / "clean.txt").write_text(INTENDED, "utf-8")
    (box / "image.png").write_bytes(b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR")
    return box


@pytest.fixture
def target(tmp_path: Path) -> Path:
    return tmp_path / "out"


class Ran:
    """What a batch made of a target."""

    def __init__(self, target: Path, planned: Plan, outcome: Outcome, said: list[str]) -> None:
        self.planned, self.outcome, self.said = planned, outcome, said
        with Manifest(str(target / ".thaifix" / "manifest.sqlite")) as manifest:
            self.rows = {row.path: row for row in manifest.rows()}
            self.runs = manifest.runs()

    @property
    def counts(self) -> tuple[int, int, int]:
        """How many were done, skipped and failed."""
        return self.outcome.done, self.outcome.skipped, self.outcome.failed


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
    """Mirrored, each file with the bytes of the filter; what is no text is named."""
    before = copies(box)
    ran = run(box)
    assert ran.counts == (3, 1, 0)
    assert copies(target) == {
        "box/a.txt": f"{INTENDED}\r\n".encode(),
        "box/clean.txt": INTENDED.encode(),
        "box/ชั้น ๑\nซ้าย/" + os.fsdecode(b"\xe0\xb8 .txt"): INTENDED.encode(),
    }
    assert copies(box) == before
    image = ran.rows["box/image.png"]
    assert (image.status, image.error) == ("skipped", "no text in UTF-8: it has NUL bytes")
    row = ran.rows["box/a.txt"]
    assert (row.status, row.format, row.edits, row.flags, row.code_points) == (
        "done",
        "text",
        1,
        0,
        len(OBSERVED) + 2,
    )
    assert row.input_mtime_ns == (box / "a.txt").stat().st_mtime_ns


@pytest.mark.parametrize(
    "name", ["ก" * 85, "a" * 251 + ".txt", "-", ".hidden", "two\nlines", "ก\\ข"]
)
def test_any_name(tmp_path: Path, target: Path, run: Run, name: str) -> None:
    """As long as a file system lets them be."""
    (tmp_path / "box").mkdir()
    (tmp_path / "box" / name).write_text(OBSERVED, "utf-8")
    assert run(tmp_path / "box", jobs=1).counts == (1, 0, 0)
    assert copies(target) == {f"box/{name}": INTENDED.encode()}
    assert len(list((target / ".thaifix" / "edits" / "box").iterdir())) == 1
    assert run(tmp_path / "box", jobs=1).planned.kept == 1


def test_the_log_is_that_of_the_filter(box: Path, target: Path, run: Run) -> None:
    """One line an edit; no log if there is nothing to log."""
    run(box)
    logs = target / ".thaifix" / "edits" / "box"
    record = json.loads((logs / "a.txt.jsonl").read_text("utf-8"))
    assert (record["file"], record["line"], record["source"]) == ("box/a.txt", 1, [1, 3])
    assert not (logs / "clean.txt.jsonl").exists()


def test_what_is_done_is_not_done_again(box: Path, target: Path, run: Run) -> None:
    """Nothing is touched, also if a source was moved or its time was changed."""
    first = run(box)
    box.rename(box.parent / "moved")
    (box.parent / "moved").rename(box)
    os.utime(box / "a.txt")
    before = {path: identity(path) for path in target.rglob("*.txt")}
    again = run(box)
    assert (again.counts, again.planned.kept) == ((0, 0, 0), 4)
    assert {path: identity(path) for path in target.rglob("*.txt")} == before
    assert len(again.runs) == 1
    assert again.rows["box/clean.txt"] == first.rows["box/clean.txt"]


def test_new_files_are_added(box: Path, tmp_path: Path, run: Run) -> None:
    """From the same source or another one."""
    run(box)
    (box / "b.txt").write_text(OBSERVED, "utf-8")
    assert run(box).counts == (1, 0, 0)
    (tmp_path / "box-2").mkdir()
    (tmp_path / "box-2" / "a.txt").write_text(OBSERVED, "utf-8")
    assert run(box, tmp_path / "box-2").counts == (1, 0, 0)


def test_a_copy_that_is_gone_is_made_again(box: Path, target: Path, run: Run) -> None:
    run(box)
    before = copies(target)
    (target / "box" / "a.txt").unlink()
    assert run(box).counts == (1, 0, 0)
    assert copies(target) == before


def change_source(box: Path, target: Path) -> None:
    (box / "a.txt").write_text(f"{OBSERVED} {OBSERVED}", "utf-8")


def change_copy(box: Path, target: Path) -> None:
    (target / "box" / "a.txt").write_text("another", "utf-8")


def remove_source(box: Path, target: Path) -> None:
    (box / "a.txt").unlink()
    (box / "a.txt").symlink_to("/")


@pytest.mark.parametrize(
    ("change", "reason", "after"),
    [
        (change_source, "has changed since it was corrected", f"{INTENDED} {INTENDED}"),
        (change_copy, "its copy is not as it was written", f"{INTENDED}\r\n"),
        (remove_source, "was a file, is now: symbolic link that leaves the source", None),
    ],
)
def test_nothing_is_overwritten_unless_asked(
    box: Path,
    target: Path,
    run: Run,
    change: Callable[[Path, Path], None],
    reason: str,
    after: str | None,
) -> None:
    """What would have to be replaced is refused, and its row stays."""
    row = run(box).rows["box/a.txt"]
    change(box, target)
    before = copies(target)
    refused = run(box)
    assert [line for line in refused.said if line.startswith("box/a.txt: ")] == refused.said
    assert reason in refused.said[0]
    assert copies(target) == before
    assert refused.rows["box/a.txt"] == row
    replaced = run(box, overwrite=True)
    if after is not None:
        assert replaced.counts == (1, 0, 0)
        assert (target / "box" / "a.txt").read_bytes() == after.encode()
        assert run(box).planned.kept == 4


def test_a_file_of_another_is_not_overwritten(box: Path, target: Path, run: Run) -> None:
    (target / "box").mkdir(parents=True)
    (target / "box" / "a.txt").write_text("of another", "utf-8")
    ran = run(box)
    assert ran.counts == (2, 1, 1)
    assert "is there already" in str(ran.rows["box/a.txt"].error)
    assert (target / "box" / "a.txt").read_text("utf-8") == "of another"
    assert not (target / ".thaifix" / "edits" / "box" / "a.txt.jsonl").exists()
    assert run(box, overwrite=True).counts == (1, 0, 0)


def test_other_options_are_refused(box: Path, target: Path, run: Run) -> None:
    """A target has one stamp; with `overwrite` all is made again."""
    run(box)
    strict = Corrector(options=Options(profile="strict"))
    with pytest.raises(ArchiveError, match="profile 'normal', now 'strict'"):
        run(box, by=strict)
    again = run(box, by=strict, overwrite=True)
    assert again.counts == (3, 1, 0)
    assert {row.run for row in again.rows.values() if row.status == "done"} == {2}
    assert run(box, by=strict, overwrite=True).counts == (0, 0, 0)


def test_one_bad_file_does_not_stop_the_rest(
    box: Path, run: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    """It is recorded, with the reason, and tried again the next time."""
    correct = formats.correct

    def fail(format: str, *arguments: object, name: str, **options: object) -> object:
        if name == "box/a.txt":
            raise KeyError("oops")
        return correct(format, *arguments, name=name, **options)  # type: ignore[arg-type]

    monkeypatch.setattr(formats, "correct", fail)
    ran = run(box)
    assert ran.counts == (2, 1, 1)
    assert ran.rows["box/a.txt"].error == "KeyError: 'oops'. Please report this as a bug"
    monkeypatch.undo()
    assert run(box).counts == (1, 0, 0)


def test_a_file_that_kills_its_process(
    box: Path, run: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    """As the kernel does when memory runs out."""
    original = formats.correct

    def killed(format: str, *arguments: object, name: str, **options: object) -> object:
        if name == "box/a.txt":
            os.kill(os.getpid(), signal.SIGKILL)
        return original(format, *arguments, name=name, **options)  # type: ignore[arg-type]

    monkeypatch.setattr(formats, "correct", killed)
    ran = run(box)
    assert ran.counts == (2, 1, 1)
    assert "ended (signal 9), perhaps for lack of memory" in str(ran.rows["box/a.txt"].error)


@pytest.mark.parametrize(
    "change",
    [
        lambda path: path.write_bytes(path.read_bytes() + b"more"),
        lambda path: os.utime(path, ns=(1, 1)),
        lambda path: (
            path.rename(path.with_suffix(".old"))
            and path.write_bytes(path.with_suffix(".old").read_bytes())
        ),
    ],
    ids=["longer", "touched", "replaced"],
)
def test_a_file_that_changes_while_it_is_read(
    box: Path,
    target: Path,
    run: Run,
    monkeypatch: pytest.MonkeyPatch,
    change: Callable[[Path], object],
) -> None:
    """It is not half the one and half the other: it is left out."""
    original = formats.correct

    def changing(format: str, *arguments: object, name: str, **options: object) -> object:
        stats = original(format, *arguments, name=name, **options)  # type: ignore[arg-type]
        if name == "box/a.txt":
            change(box / "a.txt")
        return stats

    monkeypatch.setattr(formats, "correct", changing)
    ran = run(box)
    assert ran.counts == (2, 1, 1)
    assert "changed while it was read" in str(ran.rows["box/a.txt"].error)
    assert not (target / "box" / "a.txt").exists()


def test_a_full_disk_ends_the_run(
    box: Path, target: Path, run: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Files done before stay done; with room it goes on."""
    write = TargetFile.write

    def full(self: TargetFile, data: bytes) -> int:
        if self.path.endswith("clean.txt"):
            raise OutputError("cannot write: No space left on device", hopeless=True)
        return write(self, data)

    monkeypatch.setattr(TargetFile, "write", full)
    with pytest.raises(OutputError, match="No space left"):
        run(box, jobs=1)
    monkeypatch.undo()
    assert copies(target) == {"box/a.txt": f"{INTENDED}\r\n".encode()}
    ran = run(box)
    assert ran.counts == (2, 1, 0)
    assert ran.rows["box/a.txt"].run == 1


ALTO = (
    '<?xml version="1.0" encoding="UTF-8"?>\n{}<alto xmlns="http://www.loc.gov/standards/alto/ns-v4#">'
    "<Places><Page><PrintSpace><TextBlock><TextLine>"
    '<String CONTENT="{}"/></TextLine></TextBlock></PrintSpace></Page></Places></alto>\n'
)
LAUGHS = '<!DOCTYPE alto [<!ENTITY l0 "lol">{}]>'.format(
    "".join(f'<!ENTITY l{i + 1} "{f"&l{i};" * 10}">' for i in range(9))
)
SECRET = "the secret of another file"


@pytest.mark.parametrize(
    "damaged",
    [
        ALTO.format("", OBSERVED)[:-40],
        ALTO.format("", OBSERVED).replace("<TextLine>", "<TextLine"),
        ALTO.format("", f'{OBSERVED}" CONTENT="'),
        ALTO.format("", "&undefined;"),
        ALTO.format(LAUGHS, "&l9;"),
        ALTO.format('<!DOCTYPE alto [<!ENTITY x SYSTEM "secret.txt">]>', "&x;"),
    ],
    ids=["cut", "tag", "attribute", "entity", "laughs", "external"],
)
def test_damaged_and_hostile_xml_is_left_out(
    box: Path, target: Path, run: Run, damaged: str
) -> None:
    """It is recorded as what it is, expands to nothing, and the rest is done."""
    (box / "secret.txt").write_text(SECRET, "utf-8")
    (box / "whole.xml").write_text(ALTO.format("", OBSERVED), "utf-8")
    (box / "damaged.xml").write_text(damaged, "utf-8")
    ran = run(box)
    assert ran.counts == (5, 1, 1)
    row = ran.rows["box/damaged.xml"]
    assert row.status == "failed"
    assert "damaged.xml" in str(row.error)
    assert "report this" not in str(row.error)
    assert not (target / "box" / "damaged.xml").exists()
    assert INTENDED in (target / "box" / "whole.xml").read_text("utf-8")
    assert ran.rows["box/whole.xml"].format == "alto"


def test_a_copy_that_may_not_be_so_large(tmp_path: Path, target: Path) -> None:
    """A limit on the size of files: that file is left out, the rest is done."""
    resource = pytest.importorskip("resource")
    limit = 200_000
    (tmp_path / "box").mkdir()
    (tmp_path / "box" / "large.txt").write_text("word\n" * (limit // 5 + 1), "utf-8")
    (tmp_path / "box" / "small.txt").write_text(OBSERVED, "utf-8")
    done = subprocess.run(
        [*THAIFIX, str(tmp_path / "box"), "--to", str(target)],
        stderr=subprocess.PIPE,
        check=False,
        preexec_fn=lambda: resource.setrlimit(resource.RLIMIT_FSIZE, (limit, limit)),
    )
    assert done.returncode == 2
    assert b"large.txt: File too large. Raise the limit on file sizes" in done.stderr
    assert list(copies(target)) == ["box/small.txt"]


def test_a_file_that_may_not_be_read(box: Path, run: Run) -> None:
    (box / "a.txt").chmod(0)
    if os.access(box / "a.txt", os.R_OK):
        pytest.skip("root may read everything")
    ran = run(box)
    assert ran.rows["box/a.txt"].error == (
        "cannot be read: Permission denied. Ask its owner for access"
    )


def test_errors_of_files_that_are_gone_are_forgotten(box: Path, target: Path, run: Run) -> None:
    (box / "self").symlink_to("self")
    assert run(box).rows["box/self"].status == "failed"
    (box / "self").unlink()
    assert "box/self" not in run(box).rows


def test_only_one_run_at_a_time(
    box: Path, target: Path, corrector: Corrector, monkeypatch: pytest.MonkeyPatch
) -> None:
    from thaifix.archive import target as run

    monkeypatch.setattr(run, "_PATIENCE", 0.2)
    batch = Batch([str(box)], str(target), corrector)
    with (
        run.open_target(batch.places),
        pytest.raises(ArchiveError, match="another run is writing there"),
        run.open_target(batch.places),
    ):
        pass


def test_what_a_killed_run_left_is_recognised(box: Path, target: Path, run: Run) -> None:
    """A copy that came to its place, but not into the manifest; and what was unfinished."""
    ran = run(box)
    path = target / "box" / "a.txt"
    before = identity(path)
    (target / ".thaifix" / "unfinished" / "1-1").write_bytes(b"half")
    with Manifest(str(target / ".thaifix" / "manifest.sqlite")) as manifest:
        row = ran.rows["box/a.txt"]
        manifest.put([FileRow(row.path, row.source, "pending")])
    again = run(box)
    assert again.counts == (1, 0, 0)
    assert identity(path) == before
    assert replace(again.rows["box/a.txt"], run=1, finished="", seconds=0.0) == replace(
        row, finished="", seconds=0.0
    )
    assert list((target / ".thaifix" / "unfinished").iterdir()) == []


def finished(target: Path) -> dict[str, FileRow]:
    try:
        with Manifest(str(target / ".thaifix" / "manifest.sqlite")) as manifest:
            return {row.path: row for row in manifest.rows(status="done")}
    except ArchiveError:
        return {}


@pytest.mark.parametrize("number", [signal.SIGKILL, signal.SIGTERM, signal.SIGINT])
def test_a_batch_that_is_stopped_at_any_moment(
    tmp_path: Path, target: Path, run: Run, number: signal.Signals
) -> None:
    """Nothing is lost, nothing done twice; see also benchmarks/faults.py."""
    box = tmp_path / "box"
    box.mkdir()
    for i in range(60):
        (box / f"{i}.txt").write_text(f"{i} {OBSERVED}\n" * 60, "utf-8")
    moments = random.Random(number)
    command = [*THAIFIX, str(box), "--to", str(target), "--jobs", "2"]
    done: dict[str, FileRow] = {}
    for _ in range(8):
        with subprocess.Popen(
            command,
            stderr=subprocess.PIPE,
            preexec_fn=lambda: signal.signal(signal.SIGINT, signal.default_int_handler),
        ) as process:
            while process.poll() is None and len(finished(target)) == len(done):
                time.sleep(0.02)
            time.sleep(moments.uniform(0.0, 0.2))
            process.send_signal(number)
            _, told = process.communicate()
            leaving = len(finished(target)) == 60 and process.returncode == -number
            if number != signal.SIGKILL and process.returncode and not leaving:
                assert process.returncode == 130
                assert b"interrupted. Run the same command again to go on" in told
                assert list((target / ".thaifix" / "unfinished").iterdir()) == []
        now = finished(target)
        assert done.items() <= now.items()
        assert all((target / path).stat().st_size == row.output_size for path, row in now.items())
        done = now
    ran = run(box)
    assert done.items() <= ran.rows.items()
    assert copies(target) == {
        f"box/{i}.txt": (f"{i} {INTENDED}\n" * 60).encode() for i in range(60)
    }


@pytest.mark.parametrize("place", [".thaifix", "unfinished", "provenance", "edits", "lock"])
def test_a_link_among_the_records_is_refused(place: str, box: Path, target: Path) -> None:
    """Nothing behind it is deleted or written: it may lead to anything of the user's."""
    theirs = target.parent / "theirs"
    (theirs / "unfinished").mkdir(parents=True)
    for name in "letter.txt", "12-3", "unfinished/letter.txt", "unfinished/12-3":
        (theirs / name).write_text("mine", "utf-8")
    before = sorted(theirs.rglob("*"))
    records = target / ".thaifix"
    link = records if place == records.name else records / place
    link.parent.mkdir(parents=True)
    link.symlink_to(theirs / "letter.txt" if place == "lock" else theirs)
    run = subprocess.run(
        [*THAIFIX, str(box), "--to", str(target)], capture_output=True, text=True, check=False
    )
    assert run.returncode == 4  # ExitCode.OUTPUT
    assert str(link) in run.stderr
    assert sorted(theirs.rglob("*")) == before
    assert all(path.read_text("utf-8") == "mine" for path in before if path.is_file())
    assert [path for path in target.rglob("*.txt") if path.is_relative_to(target / "box")] == []


def test_a_manifest_that_is_a_link_is_refused(box: Path, target: Path) -> None:
    (target / ".thaifix").mkdir(parents=True)
    elsewhere = target.parent / "elsewhere.sqlite"
    (target / ".thaifix" / "manifest.sqlite").symlink_to(elsewhere)
    run = subprocess.run(
        [*THAIFIX, str(box), "--to", str(target)], capture_output=True, text=True, check=False
    )
    assert (run.returncode, elsewhere.exists()) == (4, False)
    assert "is a symbolic link" in run.stderr
