"""Processes that correct."""

from __future__ import annotations

import os
import signal
from collections.abc import Iterator

import pytest

from thaifix.errors import ProcessError
from thaifix.stream.processes import Processes, answer, in_order


def add(source: int, task: int) -> int:
    return source + task


def divide(source: int, task: int) -> int:
    return source // task


def process(source: int) -> int:
    return os.getpid()


def die(source: int) -> None:
    os.kill(os.getpid(), signal.SIGKILL)


@pytest.mark.parametrize("jobs", [1, 2, 3])
def test_answers_come_in_the_order_of_the_tasks(jobs: int) -> None:
    assert list(in_order(7, add, range(20), jobs)) == list(range(7, 27))


def test_tasks_are_drawn_as_answers_are_taken() -> None:
    drawn = []

    def tasks() -> Iterator[int]:
        for task in range(100):
            drawn.append(task)
            yield task

    answers = in_order(0, add, tasks(), 2)
    assert [next(answers) for _ in range(3)] == [0, 1, 2]
    assert len(drawn) < 10
    answers.close()


def test_a_failure_comes_after_the_answers_before_it() -> None:
    answers = in_order(6, divide, [1, 2, 0, 3], 2)
    assert [next(answers), next(answers)] == [6, 3]
    with pytest.raises(ZeroDivisionError):
        next(answers)

    def tasks() -> Iterator[int]:
        yield 1
        raise KeyError("no more")

    answers = in_order(6, add, tasks(), 2)
    assert next(answers) == 7
    with pytest.raises(KeyError, match="no more"):
        next(answers)


def test_a_process_that_is_killed_is_told() -> None:
    with Processes(0, 2) as processes:
        with pytest.raises(ProcessError, match="ended from outside"):
            answer(processes.submit(die))
        with pytest.raises(ProcessError, match="ended from outside"):
            answer(processes.submit(process))


def test_no_process_is_left() -> None:
    with Processes(0, 2) as processes:
        started = {answer(processes.submit(process)) for _ in range(8)}
        assert os.getpid() not in started
    for pid in started:
        with pytest.raises(ProcessLookupError):
            os.kill(pid, 0)


def test_at_least_one_process() -> None:
    with pytest.raises(ValueError, match="at least one is needed"):
        Processes(0, 0)
