"""A plan carried out: what is in the manifest is on the disk, and nothing good is forgotten."""

from __future__ import annotations

import errno
import os
import signal
import stat
import time
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest

from thaifix import Corrector, formats
from thaifix.archive import durable, execution
from thaifix.archive.durable import OutputError, TargetFile
from thaifix.archive.execution import Outcome, carry_out
from thaifix.archive.manifest import Manifest
from thaifix.archive.places import Places
from thaifix.archive.plan import Plan, make_plan
from thaifix.archive.processes import spread
from thaifix.archive.progress import Progress
from thaifix.archive.rows import FileRow, RunRow
from thaifix.archive.sources import Source
from thaifix.archive.task import TaskSettings
from thaifix.errors import FormatError

OBSERVED = "ส\N{THAI CHARACTER NIKHAHIT}าคัญ"
STAMP = "0123456789abcdef"
RUN = RunRow(0, "2026-01-02T03:04:05Z", None, "0.1.0", "ab" * 32, "c" * 16, STAMP, {})


@pytest.fixture
def box(tmp_path: Path) -> Path:
    """A source with an erring text and one without errors, in two folders."""
    (tmp_path / "box" / "inner").mkdir(parents=True)
    (tmp_path / "box" / "a.txt").write_text(OBSERVED, "utf-8")
    (tmp_path / "box" / "inner" / "clean.txt").write_text("สำคัญ", "utf-8")
    return tmp_path / "box"


@pytest.fixture
def places(tmp_path: Path) -> Places:
    """A target that can be written to."""
    places = Places(str(tmp_path / "out"))
    os.makedirs(places.unfinished)
    return places


@pytest.fixture
def manifest(places: Places) -> Iterator[Manifest]:
    with Manifest(places.manifest, create=True) as manifest:
        yield manifest


class Shown(Progress):
    """Progress that is not shown, but kept."""

    def __init__(self) -> None:
        self.sizes: list[int] = []
        self.said: list[str] = []

    def add(self, size: int) -> None:
        self.sizes.append(size)

    def say(self, message: str) -> None:
        self.said.append(message)


Run = Callable[..., Outcome]


@pytest.fixture
def shown() -> Shown:
    return Shown()


@pytest.fixture
def run(box: Path, places: Places, manifest: Manifest, corrector: Corrector, shown: Shown) -> Run:
    """Plan and carry out, with one process unless more are asked for."""

    def run(*, processes: int = 1, overwrite: bool = False, stamp: str = STAMP) -> Outcome:
        sources = [Source("box", str(box))]
        plan = make_plan(sources, manifest, places, stamp, overwrite=overwrite)
        settings = TaskSettings(places, corrector, None, formats.FormatOptions(stamp="c" * 16))
        about = replace(RUN, stamp=stamp)
        return carry_out(plan, manifest, about, settings, processes=processes, progress=shown)

    return run


def test_all_files_are_done_and_counted(
    run: Run, manifest: Manifest, shown: Shown, box: Path
) -> None:
    (box / "image.png").write_bytes(b"\x89PNG\r\n")
    (box / "page.xml").write_text("<alto", "utf-8")
    assert run(processes=2) == Outcome(done=2, skipped=1, failed=1)
    statuses = {row.path: row.status for row in manifest.rows()}
    assert statuses == {
        "box/a.txt": "done",
        "box/image.png": "skipped",
        "box/inner/clean.txt": "done",
        "box/page.xml": "failed",
    }
    assert {(row.run, row.stamp) for row in manifest.rows()} == {(1, STAMP)}
    assert sorted(shown.sizes) == [5, 6, 15, 18]
    (told,) = shown.said
    assert told.startswith("thaifix: box/page.xml: ")
    (about,) = manifest.runs()
    assert about.finished is not None


def test_nothing_to_do_is_no_run(run: Run, manifest: Manifest) -> None:
    """What is not corrected is noted all the same."""
    run()
    before = list(manifest.rows())
    os.utime(before[0].source, ns=(1, 1))
    assert run() == Outcome()
    assert len(manifest.runs()) == 1
    assert manifest.get("box/a.txt") == replace(before[0], input_mtime_ns=1)


def test_rows_say_what_is_pending(
    run: Run, manifest: Manifest, monkeypatch: pytest.MonkeyPatch
) -> None:
    """If the run is killed, the manifest knows what it had to do."""

    def kill(*_: object, **__: object) -> object:
        raise KeyboardInterrupt

    monkeypatch.setattr(execution, "spread", kill)
    with pytest.raises(KeyboardInterrupt):
        run()
    assert manifest.counts() == {"pending": 2}
    assert [run.finished for run in manifest.runs()] == [None]


def failing(path: str) -> Callable[..., Any]:
    """Correct all files but one."""
    correct = formats.correct

    def call(*arguments: Any, name: str, **options: Any) -> Any:
        if name == path:
            raise FormatError("it is damaged")
        return correct(*arguments, name=name, **options)

    return call


def test_a_failure_does_not_replace_what_is_known_about_a_copy(
    run: Run,
    manifest: Manifest,
    places: Places,
    shown: Shown,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """The older copy is there and whole; it can be proved and led back as before."""
    run()
    before = manifest.get("box/a.txt")
    copy = Path(places.copy("box/a.txt")).read_bytes()
    monkeypatch.setattr(formats, "correct", failing("box/a.txt"))
    outcome = run(overwrite=True, stamp="another")
    assert outcome == Outcome(done=1, failed=1)
    assert shown.said == ["thaifix: box/a.txt: it is damaged"]
    assert manifest.get("box/a.txt") == before
    assert Path(places.copy("box/a.txt")).read_bytes() == copy
    clean = manifest.get("box/inner/clean.txt")
    assert clean is not None
    assert (clean.run, clean.stamp) == (2, "another")


def test_a_success_replaces_what_is_known_of_a_failure(
    run: Run, manifest: Manifest, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(formats, "correct", failing("box/a.txt"))
    assert run() == Outcome(done=1, failed=1)
    row = manifest.get("box/a.txt")
    assert row is not None
    assert (row.status, row.error, row.run) == ("failed", "it is damaged", 1)
    assert run() == Outcome(failed=1)
    row = manifest.get("box/a.txt")
    assert row is not None
    assert row.run == 2
    monkeypatch.undo()
    assert run() == Outcome(done=1)
    row = manifest.get("box/a.txt")
    assert row is not None
    assert (row.status, row.error, row.run) == ("done", None, 3)


@pytest.mark.parametrize(
    ("end", "cause"),
    [
        (lambda: os.kill(os.getpid(), signal.SIGKILL), "signal 9"),
        (lambda: os._exit(3), "status 3"),
    ],
    ids=["signal", "status"],
)
def test_a_process_that_ends_costs_its_file_only(
    run: Run,
    manifest: Manifest,
    monkeypatch: pytest.MonkeyPatch,
    end: Callable[[], object],
    cause: str,
) -> None:
    correct = formats.correct

    def call(*arguments: Any, name: str, **options: Any) -> Any:
        if name == "box/a.txt":
            end()
        return correct(*arguments, name=name, **options)

    monkeypatch.setattr(formats, "correct", call)
    assert run() == Outcome(done=1, failed=1)
    row = manifest.get("box/a.txt")
    assert row is not None
    assert row.error == (
        f"the process that corrected it ended ({cause}), perhaps for lack of memory. "
        "Use fewer --jobs, or divide the file"
    )
    assert row.finished is not None


def test_a_full_disk_ends_the_run(
    run: Run, manifest: Manifest, places: Places, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What was done until then is done; the rest is pending."""
    write = TargetFile.write

    def full(self: TargetFile, data: bytes) -> int:
        if self.path.endswith("clean.txt"):
            raise OutputError("no room", hopeless=True)
        return write(self, data)

    monkeypatch.setattr(TargetFile, "write", full)
    with pytest.raises(OutputError, match="no room") as caught:
        run()
    assert caught.value.hopeless
    statuses = {row.path: row.status for row in manifest.rows()}
    assert statuses == {"box/a.txt": "done", "box/inner/clean.txt": "pending"}
    assert [run.finished for run in manifest.runs()] == [None]


def test_names_that_do_not_come_to_the_disk_are_in_no_manifest(
    run: Run, manifest: Manifest, monkeypatch: pytest.MonkeyPatch
) -> None:
    """After a power cut those files would be missing."""

    def fail(_: str) -> None:
        raise OSError(errno.EIO, os.strerror(errno.EIO))

    monkeypatch.setattr(durable, "sync_folder", fail)
    with pytest.raises(OutputError, match="Check that disk"):
        run()
    assert manifest.counts() == {"pending": 2}


Call = tuple[str, object]


@pytest.fixture
def calls(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Callable[[], list[str]]:
    """What brings files to the disk, in all processes, in its order: what is done, and to what.

    Files and folders are known by their inode numbers, whatever their names are by then.
    """
    told = os.open(tmp_path / "calls", os.O_CREAT | os.O_APPEND | os.O_RDWR)

    def tell(call: str, inode: int) -> None:
        os.write(told, f"{call} {inode}\n".encode())

    fsync, link, replace, put = os.fsync, os.link, os.replace, Manifest.put

    def record_fsync(descriptor: int) -> None:
        fsync(descriptor)
        tell("sync", os.fstat(descriptor).st_ino)

    def record_naming(name: str, function: Callable[..., None]) -> Callable[..., None]:
        def record(source: str, *arguments: Any, src_dir_fd: int, **options: Any) -> None:
            tell(name, os.stat(source, dir_fd=src_dir_fd).st_ino)
            function(source, *arguments, src_dir_fd=src_dir_fd, **options)

        return record

    def record_put(self: Manifest, rows: list[FileRow], **options: Any) -> None:
        for row in rows:
            if row.status == "done":
                tell("commit", os.stat(Path(self._shown).parents[1] / row.path).st_ino)
        put(self, rows, **options)

    monkeypatch.setattr(os, "fsync", record_fsync)
    monkeypatch.setattr(os, "link", record_naming("name", link))
    monkeypatch.setattr(os, "replace", record_naming("name", replace))
    monkeypatch.setattr(Manifest, "put", record_put)
    return lambda: (tmp_path / "calls").read_text("utf-8").splitlines()


@pytest.mark.parametrize("processes", [1, 2])
def test_the_disk_has_the_bytes_then_the_names_then_the_row(
    run: Run, places: Places, calls: Callable[[], list[str]], processes: int
) -> None:
    """Of the copy, of its log and of all folders that lead to them: no power cut can part them."""
    run(processes=processes)
    order = calls()

    def at(call: str, path: str, *, last: bool = False) -> int:
        inode = os.stat(path).st_ino
        found = [number for number, told in enumerate(order) if told == f"{call} {inode}"]
        assert found, (call, path, order)
        return found[-1 if last else 0]

    for path, logged in ("box/a.txt", True), ("box/inner/clean.txt", False):
        copy = places.copy(path)
        files = [copy, places.log(path)] if logged else [copy]
        commit = at("commit", copy)
        for file in files:
            assert stat.S_ISREG(os.stat(file).st_mode)
            named = at("name", file)
            assert at("sync", file) < named < commit
            folder = os.path.dirname(file)
            while folder.startswith(places.target):
                assert any(
                    named < number < commit
                    for number, told in enumerate(order)
                    if told == f"sync {os.stat(folder).st_ino}"
                ), folder
                folder = os.path.dirname(folder)


def test_a_log_that_was_deleted_is_deleted_on_the_disk(
    run: Run, box: Path, places: Places, calls: Callable[[], list[str]]
) -> None:
    """After a power cut it would lie beside a copy that it does not belong to."""
    run()
    (box / "a.txt").write_text("สำคัญ", "utf-8")
    before = len(calls())
    run(overwrite=True)
    order = calls()[before:]
    folder = os.stat(os.path.dirname(places.log("box/a.txt"))).st_ino
    commit = f"commit {os.stat(places.copy('box/a.txt')).st_ino}"
    assert order.index(f"sync {folder}") < order.index(commit)


def test_rows_come_into_the_manifest_while_the_run_goes_on(
    run: Run, manifest: Manifest, box: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Not only at its end: a run that is killed would have done nothing."""
    clock = iter(float(number) for number in range(1000))
    monkeypatch.setattr(execution, "time", SimpleNamespace(monotonic=lambda: next(clock)))
    counts: list[dict[str, int]] = []
    monkeypatch.setattr(Shown, "add", lambda *_: counts.append(manifest.counts()))
    run()
    assert counts == [{"done": 1, "pending": 1}, {"done": 2}]


def test_rows_come_some_at_a_time(
    run: Run, manifest: Manifest, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What follows within half a second goes with the next commit."""
    clock = iter([0.0, 0.5, 0.5])
    monkeypatch.setattr(execution, "time", SimpleNamespace(monotonic=lambda: next(clock, 0.5)))
    counts: list[dict[str, int]] = []
    monkeypatch.setattr(Shown, "add", lambda *_: counts.append(manifest.counts()))
    run()
    assert counts == [{"pending": 2}, {"pending": 2}]
    assert manifest.counts() == {"done": 2}


def test_rows_come_into_the_manifest_when_nothing_else_happens(
    run: Run, manifest: Manifest, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """While a long file is corrected, what was done before it is not at risk."""
    mark = tmp_path / "committed"
    correct = formats.correct

    def slow(*arguments: Any, name: str, **options: Any) -> Any:
        while name.endswith("clean.txt") and not mark.exists():
            time.sleep(0.02)
        return correct(*arguments, name=name, **options)

    put = Manifest.put

    def record(self: Manifest, rows: list[FileRow], **options: Any) -> None:
        put(self, rows, **options)
        if any(row.status == "done" for row in rows):
            mark.touch()

    monkeypatch.setattr(execution, "time", SimpleNamespace(monotonic=lambda: 0.0))
    monkeypatch.setattr(formats, "correct", slow)
    monkeypatch.setattr(Manifest, "put", record)
    assert run() == Outcome(done=2)


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT])
def test_a_signal_ends_the_run_and_what_is_done_is_kept(
    run: Run,
    manifest: Manifest,
    places: Places,
    monkeypatch: pytest.MonkeyPatch,
    number: signal.Signals,
) -> None:
    """SIGTERM as SIGINT, while a file is corrected, which leaves nothing unfinished."""
    before = signal.getsignal(number)
    correct = formats.correct
    first = os.getpid()

    def interrupt(*arguments: Any, name: str, **options: Any) -> Any:
        if name.endswith("clean.txt"):
            with Manifest(places.manifest) as reader:
                while "done" not in reader.counts():
                    time.sleep(0.02)
            os.kill(first, number)
            signal.pause()
        return correct(*arguments, name=name, **options)

    monkeypatch.setattr(formats, "correct", interrupt)
    with pytest.raises(KeyboardInterrupt):
        run()
    statuses = {row.path: row.status for row in manifest.rows()}
    assert statuses == {"box/a.txt": "done", "box/inner/clean.txt": "pending"}
    assert [run.finished for run in manifest.runs()] == [None]
    assert os.listdir(places.unfinished) == []
    assert signal.getsignal(number) == before


def test_more_processes_than_files_are_not_begun(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[int] = []

    def record(work: Any, tasks: Any, processes: int, **options: Any) -> Any:
        asked.append(processes)
        return spread(work, tasks, processes, **options)

    monkeypatch.setattr(execution, "spread", record)
    run(processes=5)
    assert asked == [2]


def test_an_empty_plan_forgets_all_the_same(
    manifest: Manifest, corrector: Corrector, places: Places, shown: Shown
) -> None:
    manifest.put([FileRow("box/gone", "/box/gone", "failed")])
    settings = TaskSettings(places, corrector, None, formats.FormatOptions())
    plan = Plan(forgotten=["box/gone"])
    assert carry_out(plan, manifest, RUN, settings, processes=1, progress=shown) == Outcome()
    assert list(manifest.rows()) == []
    assert manifest.runs() == []
