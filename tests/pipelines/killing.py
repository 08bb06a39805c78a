"""A worker that is killed once, in the midst of its work."""

from __future__ import annotations

import os
import signal
from pathlib import Path


def kill_once(mark: Path) -> None:
    """End this process by SIGKILL, unless one has been ended so before."""
    try:
        mark.touch(exist_ok=False)
    except FileExistsError:
        return
    os.kill(os.getpid(), signal.SIGKILL)
