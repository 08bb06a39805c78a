"""Which stage takes how long: what they do is timed from outside, as exclusive time."""

from __future__ import annotations

import time
from collections import defaultdict
from collections.abc import Callable, Iterator
from functools import wraps
from importlib import import_module
from pkgutil import walk_packages
from types import TracebackType
from typing import Any

from thaifix.correct import stages
from thaifix.correct.stage import Stage

PARTS = (
    ("scan", "windows", "Windows.encoded"),
    ("scan", "windows", "Windows.rescan"),
    ("choose windows", "windows", "Windows._windows"),
    ("decode", "windows", "Windows._decode"),
    ("proposals", "windows", "Windows.propose"),
    ("decide", "stages.letters", "LettersReader.decide"),
    ("adapt", "stages.letters", "LettersReader.adapted"),
    ("protect", "stage", "protected_spans"),
    ("protect", "stages.misreadings", "protected_spans"),
    ("flags", "document", "find_flags"),
    ("document", "document", "Document.correct"),
    ("document", "corrector", "Corrector.correct"),
)
"""What is timed besides the stages: the name that the time goes by, a module in `thaifix.correct`,
and the function in it."""


class StageClock:
    """Times the stages of all correctors of this process while its context lasts.

    Attributes:
        seconds: CPU seconds of the thread by name, without what other names have taken within. The
            clock itself takes about a microsecond a call, which counts as the caller's.
    """

    def __init__(self) -> None:
        self.seconds: defaultdict[str, float] = defaultdict(float)
        self._open: list[str] = []
        self._since = 0.0
        self._replaced: list[tuple[Any, str, Any]] = []

    def __enter__(self) -> StageClock:
        for name, owner, attribute in timed():
            function = vars(owner)[attribute]
            self._replaced.append((owner, attribute, function))
            setattr(owner, attribute, self._timing(name, function))
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        traceback: TracebackType | None,
    ) -> None:
        while self._replaced:
            setattr(*self._replaced.pop())

    def _timing(self, name: str, function: Callable[..., Any]) -> Callable[..., Any]:
        @wraps(function)
        def call(*arguments: Any, **named: Any) -> Any:
            self._count()
            self._open.append(name)
            try:
                return function(*arguments, **named)
            finally:
                self._count()
                self._open.pop()

        return call

    def _count(self) -> None:
        """Count the time since the last call for what is open now."""
        now = time.thread_time()
        if self._open:
            self.seconds[self._open[-1]] += now - self._since
        self._since = now


def timed() -> Iterator[tuple[str, Any, str]]:
    """Yield what is timed: name, the class or module that holds it, and its name there."""
    for name, module, path in PARTS:
        owner: Any = import_module(f"thaifix.correct.{module}")
        *classes, attribute = path.split(".")
        for class_ in classes:
            owner = getattr(owner, class_)
        yield name, owner, attribute
    for module_found in walk_packages(stages.__path__, "thaifix.correct.stages."):
        import_module(module_found.name)
    for stage in sorted(Stage.__subclasses__(), key=lambda stage: stage.__qualname__):
        for attribute in ("find", "learn"):
            if attribute in vars(stage):
                yield stage_name(stage), stage, attribute


def stage_name(stage: type[Stage]) -> str:
    """The name of a stage in a table: `BrokenClusters` is "broken clusters"."""
    return "".join(f" {c.lower()}" if c.isupper() else c for c in stage.__name__).strip()
