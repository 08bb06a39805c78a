"""Processes that correct: each has a corrector of its own, and answers in the order of asking.

They are started anew (`spawn`) and not forked: a fork of a process that has threads may hang.
"""

from __future__ import annotations

import multiprocessing
import signal
import threading
from collections import deque
from collections.abc import Callable, Generator, Iterable
from concurrent.futures import Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from types import TracebackType
from typing import Any, ParamSpec, TypeVar

from thaifix.errors import ProcessError

Source = TypeVar("Source")
Task = TypeVar("Task")
Answer = TypeVar("Answer")
Asked = ParamSpec("Asked")

_WAITING = 2
"""Tasks a process that are given out and not yet taken back, at most: one that it does and one that
it goes on with."""

_source: Any = None  # of the process that this module is loaded in


class Processes:
    """Some processes that have a copy of the same object, such as a corrector.

    A context: at its end the processes end, whatever they are doing.
    """

    def __init__(self, source: object, jobs: int) -> None:
        """Start processes.

        Args:
            source: Sent to each; must be fit to be pickled.
            jobs: How many processes, at least 1.
        Raises:
            ValueError: If there are to be none.
        Time: that of loading a model, while this process goes on.
        """
        if jobs < 1:
            raise ValueError(f"{jobs} processes; at least one is needed")
        self.jobs = jobs
        self._pool = ProcessPoolExecutor(
            jobs, multiprocessing.get_context("spawn"), _begin, (source,)
        )
        with _without_interrupts():
            for _ in range(jobs):
                self._pool.submit(_nothing)  # a process starts with the first task

    def submit(self, work: Callable[..., Answer], *arguments: Any) -> Future[Answer]:
        """Have a task done.

        Args:
            work: A function of a module; is given the process's copy of the source first.
            arguments: What else it is given.
        """
        try:
            return self._pool.submit(_work, work, arguments)
        except BrokenProcessPool as error:
            raise _died(error) from error

    def __enter__(self) -> Processes:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        traceback: TracebackType | None,
    ) -> None:
        running = list((self._pool._processes or {}).values())  # no other way to end them
        self._pool.shutdown(wait=False, cancel_futures=True)
        for process in running:
            process.terminate()
        for process in running:
            process.join()


def answer(future: Future[Answer]) -> Answer:
    """Wait for what a task gives.

    Raises:
        ProcessError: If its process was ended.
        Exception: That of the task.
    """
    try:
        return future.result()
    except BrokenProcessPool as error:
        raise _died(error) from error


def in_order(
    source: object, work: Callable[[Any, Task], Answer], tasks: Iterable[Task], jobs: int
) -> Generator[Answer, None, None]:
    """Do tasks in processes of their own and yield the answers in the order of the tasks.

    Args:
        source: As for `Processes`.
        work: As for `Processes.submit`.
        tasks: Drawn as they are given out: a few a process before their answers are asked for.
        jobs: How many processes, at least 1.
    Raises:
        Exception: That of a task, or of drawing one, after the answers to those before it.
    """
    with Processes(source, jobs) as processes:
        waiting: deque[Future[Answer]] = deque()
        coming = iter(tasks)
        failure = None
        while failure is None:
            try:
                waiting.append(processes.submit(work, next(coming)))
            except Exception as error:  # told after what came before it
                failure = error
            while waiting and (failure or len(waiting) >= _WAITING * jobs):
                yield answer(waiting.popleft())
        if not isinstance(failure, StopIteration):
            raise failure


def _died(error: BrokenProcessPool) -> ProcessError:
    return ProcessError(
        "a process that corrects was ended from outside, perhaps because memory ran out. "
        "Use fewer jobs"
    )


def _begin(source: object) -> None:
    """Take the source, in a new process."""
    global _source
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C goes to all; the first process decides
    _source = source


def _work(work: Callable[..., Answer], arguments: tuple[Any, ...]) -> Answer:
    return work(_source, *arguments)


def _nothing() -> None:
    pass


class _without_interrupts:  # noqa: N801  used like a function
    """While it lasts, new processes are deaf to Ctrl-C from their first moment."""

    def __enter__(self) -> None:
        self._here = threading.current_thread() is threading.main_thread()
        if self._here:
            self._before = signal.signal(signal.SIGINT, signal.SIG_IGN)

    def __exit__(self, *_: object) -> None:
        if self._here:
            signal.signal(signal.SIGINT, self._before)
