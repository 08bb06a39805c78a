"""One adapter in a process of its own, which `benchmarks.serve` runs."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from contextlib import suppress
from pathlib import Path
from typing import Any

from benchmarks.suite.entrants import Entrant

FOLDER = Path(__file__).parents[1]
"""Of the benchmarks; Python runs it."""

PEERS = Path(sys.prefix + "-peers")
"""The peers' environment: beside this one, as `make bench` makes it."""


class AdapterError(Exception):
    """An entrant cannot be had, or gave up; the message is the reason."""


class AdapterProcess:
    """An entrant's adapter, loaded.

    Attributes:
        versions: What takes part in it.
        error: Why it cannot be used; None if it can.
        cpu: CPU seconds that its corrections took, together.
        memory: Peak resident memory in MB at the end of the last one.
    """

    def __init__(self, entrant: Entrant) -> None:
        self.cpu = self.memory = 0.0
        python = sys.executable if entrant.own else PEERS / "bin" / "python"
        command = [python, FOLDER, "serve", entrant.adapter, *entrant.arguments]
        try:
            self._process = subprocess.Popen(
                command,
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                stderr=subprocess.DEVNULL,
                text=True,
                encoding="utf-8",
                # The order of sets decides between equal suggestions in some peers.
                env={**os.environ, "PYTHONHASHSEED": "0"},
            )
        except OSError as error:
            raise AdapterError(
                f"no {PEERS.name}, which `make bench` makes: {error.strerror}"
            ) from error
        self.versions: str = self._receive()["versions"]
        self.error: str | None = self._receive().get("error")

    def correct(self, text: str) -> str:
        """Have a text corrected.

        Raises:
            AdapterError: If the entrant fails.
        """
        assert self._process.stdin is not None
        try:
            self._process.stdin.write(json.dumps(text) + "\n")
            self._process.stdin.flush()
        except BrokenPipeError:
            pass  # the answer will be missing
        answer = self._receive()
        if "error" in answer:
            raise AdapterError(answer["error"])
        self.cpu += answer["cpu"]
        self.memory = answer["memory"]
        corrected: str = answer["text"]
        return corrected

    def close(self) -> float:
        """End the process.

        Returns:
            CPU seconds of its whole life, with the programs that it ran; 0 if it had ended.
        """
        assert self._process.stdin is not None
        assert self._process.stdout is not None
        with suppress(BrokenPipeError):  # of a process that ended by itself
            self._process.stdin.close()
        self._process.stdout.close()
        if self._process.returncode is not None:  # it ended by itself
            return 0.0
        _, status, used = os.wait4(self._process.pid, 0)
        self._process.returncode = os.waitstatus_to_exitcode(status)
        return used.ru_utime + used.ru_stime

    def _receive(self) -> dict[str, Any]:
        assert self._process.stdout is not None
        line = self._process.stdout.readline()
        if not line:
            raise AdapterError(f"its process ended with status {self._process.wait()}")
        answer: dict[str, Any] = json.loads(line)
        return answer
