"""Tasks spread over processes that end with the one that started them.

Neither `multiprocessing.Pool` nor `concurrent.futures` goes on when a process is killed in the
middle of a task, as the kernel does when memory runs out; here that costs the one task.
"""

from __future__ import annotations

import gc
import multiprocessing
import os
import signal
import threading
from collections.abc import Callable, Generator, Iterable
from contextlib import suppress
from itertools import islice
from multiprocessing.connection import Connection, wait
from multiprocessing.process import BaseProcess
from queue import SimpleQueue
from typing import Any, NamedTuple, TypeVar

Task = TypeVar("Task")
Answer = TypeVar("Answer")

_IDLE = 0.5
"""Seconds without an answer after which `idle` is called; by judgement."""


class ProcessDied(NamedTuple):
    """A process ended in the middle of a task.

    Attributes:
        exitcode: Its exit status, or the negative number of the signal that ended it.
    """

    exitcode: int


class _Worker:
    """One process, and the task that it is at."""

    def __init__(self, work: Callable[[Any], Any], task: object, others: Iterable[_Worker]) -> None:
        context = multiprocessing.get_context("fork")
        self.connection, far_end = context.Pipe()
        inherited = [self.connection, *(worker.connection for worker in others)]
        self._process: BaseProcess = context.Process(
            target=_serve, args=(work, far_end, inherited), daemon=True
        )
        self._process.start()
        far_end.close()
        self.give(task)

    def give(self, task: object) -> None:
        self.task: Any = task
        with suppress(OSError):  # it has died: told when its answer is asked for
            self.connection.send(task)

    def answer(self) -> Any:
        try:
            return self.connection.recv()
        except (EOFError, OSError):
            self._process.join()
            return ProcessDied(self._process.exitcode or 0)

    def end(self) -> None:
        self._process.terminate()
        self._process.join()
        self.connection.close()


def spread(
    work: Callable[[Task], Answer],
    tasks: Iterable[Task],
    processes: int,
    *,
    idle: Callable[[], object] = lambda: None,
) -> Generator[tuple[Task, Answer | ProcessDied], None, None]:
    """Do tasks in processes of their own, and yield each with its answer as it comes.

    The processes are forks of this one and share the memory of what it has loaded. A process that
    dies costs the task that it was at, and is replaced. All of them end when the iteration ends, at
    the latest when this process does, however that happens.

    Args:
        work: Called in the processes; what it returns must be fit to be pickled.
        tasks: Drawn as they are given out.
        processes: How many, at least 1.
        idle: Called when no answer has come for half a second.
    """
    coming = iter(tasks)
    workers: list[_Worker] = []
    gc.collect()
    gc.freeze()  # a collection in a fork would write to memory that is shared, and so copy it
    try:
        for task in islice(coming, processes):
            workers.append(_Worker(work, task, workers))
        while workers:
            ready = wait([worker.connection for worker in workers], timeout=_IDLE)
            if not ready:
                idle()
            for worker in [worker for worker in workers if worker.connection in ready]:
                task, answer = worker.task, worker.answer()
                following = list(islice(coming, 1))
                if following and not isinstance(answer, ProcessDied):
                    worker.give(following[0])
                else:
                    workers.remove(worker)
                    worker.end()
                    workers += [_Worker(work, new, workers) for new in following]
                yield task, answer
    finally:
        gc.unfreeze()
        for worker in workers:
            worker.end()


def _serve(work: Callable[[Any], Any], near: Connection, inherited: list[Connection]) -> None:
    """Answer tasks until the other end is closed."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C goes to all; the first process decides
    signal.signal(signal.SIGTERM, _leave)
    for connection in inherited:  # or the other end would stay open when the first process dies
        connection.close()
    tasks = SimpleQueue[Any]()
    threading.Thread(target=_receive, args=(near, tasks), daemon=True).start()
    while True:
        near.send(work(tasks.get()))


def _receive(near: Connection, tasks: SimpleQueue[Any]) -> None:
    """Take tasks in; at the end, end the process, whatever it is doing."""
    while True:
        try:
            tasks.put(near.recv())
        except (EOFError, OSError):
            os._exit(0)


def _leave(*_: object) -> None:
    raise SystemExit  # contexts are left, and delete what is unfinished
