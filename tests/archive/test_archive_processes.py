"""Processes that do tasks, and die."""

from __future__ import annotations

import gc
import multiprocessing
import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from itertools import islice
from pathlib import Path

import pytest

from thaifix.archive.processes import ProcessDied, spread

if not hasattr(os, "fork"):
    pytest.skip("processes of POSIX", allow_module_level=True)


def square(number: int) -> int:
    return number * number


@pytest.mark.parametrize("jobs", [1, 3])
@pytest.mark.parametrize("count", [0, 1, 20])
def test_every_task_is_answered_once(jobs: int, count: int) -> None:
    found = sorted(spread(square, range(count), jobs))
    assert found == [(number, number * number) for number in range(count)]


def test_tasks_are_drawn_as_they_are_needed() -> None:
    """One for each process, and the next for the one that has answered."""
    drawn: list[int] = []

    def tasks() -> Iterator[int]:
        for number in range(100):
            drawn.append(number)
            yield number

    answers = spread(square, tasks(), 2)
    next(answers)
    assert drawn == [0, 1, 2]
    answers.close()


def die_of_thirteen(number: int) -> int:
    if number == 13:
        os.kill(os.getpid(), signal.SIGKILL)
    if number == 17:
        os._exit(3)
    return number


@pytest.mark.parametrize("jobs", [1, 3])
def test_a_process_that_dies_costs_its_task_only(jobs: int) -> None:
    found = dict(spread(die_of_thirteen, range(30), jobs))
    assert found.pop(13) == ProcessDied(-signal.SIGKILL)
    assert found.pop(17) == ProcessDied(3)
    assert found == {number: number for number in range(30) if number not in (13, 17)}


def test_the_memory_of_what_is_loaded_is_shared() -> None:
    """Work may be anything, also what cannot be pickled."""
    loaded = iter("abc")
    assert list(spread(lambda _: next(loaded), [1], 1)) == [(1, "a")]


def test_idle_is_called_when_nothing_comes(tmp_path: Path) -> None:
    """The task goes on until it was called."""
    mark = tmp_path / "idle"

    def wait(_: int) -> str:
        while not mark.exists():
            time.sleep(0.01)
        return "answered"

    assert list(spread(wait, [1], 1, idle=mark.touch)) == [(1, "answered")]


def test_interrupts_are_left_to_the_first_process() -> None:
    """Ctrl-C reaches all processes of a terminal."""

    def interrupted(number: int) -> int:
        os.kill(os.getpid(), signal.SIGINT)
        return number

    assert list(spread(interrupted, [1, 2], 1)) == [(1, 1), (2, 2)]


def test_contexts_are_left_when_the_iteration_ends(tmp_path: Path) -> None:
    """A process that is stopped drops what it has not finished."""
    mark = tmp_path / "mark"

    def work(seconds: float) -> None:
        if seconds:
            mark.touch()
            try:
                time.sleep(seconds)
            finally:
                mark.unlink()

    answers = spread(work, [0.0, 60.0], 1)
    next(answers)
    while not mark.exists():
        time.sleep(0.01)
    answers.close()
    assert not mark.exists()


ENDLESS = """
import os, sys, time
from pathlib import Path
from thaifix.archive.processes import spread
def work(number):
    os.write(1, b"%d\\n" % os.getpid())
    time.sleep(20)
    Path(sys.argv[1], str(number)).touch()
list(spread(work, [1, 2, 3], 3))
"""


def test_processes_end_with_the_first_one(tmp_path: Path) -> None:
    """Even if it is killed, while they are at work: none comes to the end of its task."""
    command = [sys.executable, "-Pc", ENDLESS, str(tmp_path)]
    with subprocess.Popen(command, stdout=subprocess.PIPE) as first:
        assert first.stdout
        workers = {int(first.stdout.readline()) for _ in range(3)}
        first.kill()
        first.stdout.read()  # ends when the last process that could write has ended
    assert len({*workers, first.pid}) == 4
    assert list(tmp_path.iterdir()) == []


def test_processes_are_gone_when_the_iteration_ends() -> None:
    """Those that answered and those that are at work."""
    answers = spread(time.sleep, [0.0, 0.0, 60.0], 2)
    assert [task for task, _ in islice(answers, 2)] == [0.0, 0.0]
    assert len(multiprocessing.active_children()) == 1
    answers.close()
    assert multiprocessing.active_children() == []


def test_collections_go_on_afterwards() -> None:
    """What was frozen so that forks share it is not kept for ever."""
    list(spread(square, [1], 1))
    assert gc.get_freeze_count() == 0


def test_what_is_loaded_is_frozen_meanwhile() -> None:
    """A collection in a fork would write to memory that is shared."""
    ((_, frozen),) = spread(lambda _: gc.get_freeze_count(), [1], 1)
    assert isinstance(frozen, int)
    assert frozen > 0
