"""What the commands of `thaifix archive` share: the target's manifest, and what may go wrong."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

from thaifix.cli.exit_codes import ExitCode
from thaifix.cli.messages import fail
from thaifix.errors import ArchiveError

if TYPE_CHECKING:
    from thaifix.archive.manifest import Manifest
    from thaifix.archive.places import Places

STATUSES = ("done", "skipped", "failed", "pending")
"""What may have become of a file, in the order in which it is told."""


@contextmanager
def errors_told() -> Iterator[None]:
    """Say what stands in the way and what to do about it, and end the run."""
    import sqlite3

    from thaifix.archive.durable import OutputError

    try:
        yield
    except ArchiveError as error:
        fail(ExitCode.INPUT, str(error))
    except OutputError as error:
        fail(ExitCode.OUTPUT, str(error))
    except sqlite3.Error as error:
        fail(ExitCode.INPUT, f"the manifest is damaged: {error}. Restore it from a backup")
    except ImportError as error:
        fail(ExitCode.INPUT, f"{error.name} is missing. Install it: pip install 'thaifix[archive]'")
    except KeyboardInterrupt:
        fail(ExitCode.INTERRUPTED, "interrupted. Run the same command again to go on")


@contextmanager
def opened(target: str) -> Iterator[tuple[Manifest, Places]]:
    """Open the manifest of a target; what stands in the way is told and ends the run."""
    from thaifix.archive.manifest import Manifest
    from thaifix.archive.places import Places

    places = Places(target)
    with errors_told(), Manifest(places.manifest) as manifest:
        yield manifest, places
