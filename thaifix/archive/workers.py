"""Work spread over processes that end with the one that started them."""

from __future__ import annotations

import gc
import multiprocessing
import os
import signal
import threading
from collections import deque
from collections.abc import Callable, Generator, Iterable
from contextlib import suppress
from multiprocessing.connection import Connection, wait
from multiprocessing.process import BaseProcess
from queue import SimpleQueue
from typing import Any, NamedTuple, TypeVar

Task = TypeVar("Task")
Answer = TypeVar("Answer")

_AHEAD = 2  # tasks a process has at hand, so that it need not wait for the next


class Died(NamedTuple):
    """A process ended in the middle of a task.

    Attributes:
        exitcode: Its exit status, or the negative number of the signal that ended it.
    """

    exitcode: int


class _Worker:
    """One process, and the tasks it has not answered yet; it is at the first of them."""

    def __init__(self, work: Callable[[Any], Any], others: Iterable[_Worker]) -> None:
        context = multiprocessing.get_context("fork")
        self.connection, far_end = context.Pipe()
        self.tasks: deque[Any] = deque()
        inherited = [self.connection, *(worker.connection for worker in others)]
        self.process: BaseProcess = context.Process(
            target=_serve, args=(work, far_end, inherited), daemon=True
        )
        self.process.start()
        far_end.close()

    def give(self, task: object) -> None:
        self.tasks.append(task)
        with suppress(OSError):  # it has died: told when its end of the connection is read
            self.connection.send(task)


def spread(
    work: Callable[[Task], Answer], tasks: Iterable[Task], jobs: int
) -> Generator[tuple[Task, Answer | Died], None, None]:
    """Do tasks in processes of their own, and yield each with its answer as it comes.

    The processes are forks of this one and share the memory of what it has loaded. A process that
    dies costs the task it was at, and is replaced. All of them end when the iteration ends, at the
    latest when this process does, however that happens.

    Args:
        work: Called in the processes; what it returns must be fit to be pickled.
        tasks: Drawn as they are given out.
        jobs: How many processes, at least 1.
    """
    coming = iter(tasks)
    again: deque[Task] = deque()  # given to a process that died before it came to them
    workers: list[_Worker] = []

    def feed(worker: _Worker) -> None:
        while len(worker.tasks) < _AHEAD:
            try:
                worker.give(again.popleft() if again else next(coming))
            except StopIteration:
                return

    gc.collect()
    gc.freeze()  # a collection in a fork would write to memory that is shared, and so copy it
    try:
        for _ in range(jobs):
            workers.append(_Worker(work, workers))
            feed(workers[-1])
        while busy := {worker.connection: worker for worker in workers if worker.tasks}:
            for connection in wait(busy):
                worker = busy[connection]  # type: ignore[index]
                try:
                    answer = worker.connection.recv()
                except (EOFError, OSError):
                    worker.process.join()
                    answer = Died(worker.process.exitcode or 0)
                task = worker.tasks.popleft()
                if isinstance(answer, Died):
                    again.extend(worker.tasks)
                    worker.connection.close()
                    workers.remove(worker)
                    worker = _Worker(work, workers)
                    workers.append(worker)
                feed(worker)
                yield task, answer
    finally:
        gc.unfreeze()
        for worker in workers:
            worker.process.terminate()
        for worker in workers:
            worker.process.join()
            worker.connection.close()


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
    raise SystemExit  # contexts are left, and drop what is unfinished
