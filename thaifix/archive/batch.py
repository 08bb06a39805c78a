"""`thaifix archive SOURCE... --to TARGET` as one call."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Sequence
from dataclasses import asdict, replace

from thaifix import formats
from thaifix.archive import provenance
from thaifix.archive.layout import Layout, escape
from thaifix.archive.manifest import Manifest, Run, now
from thaifix.archive.plan import Plan, plan
from thaifix.archive.progress import Progress
from thaifix.archive.run import Outcome, opened, refuse_other_options, run
from thaifix.archive.walk import roots
from thaifix.archive.work import Settings
from thaifix.archive.write import digest
from thaifix.correct.corrector import Corrector
from thaifix.errors import ArchiveError
from thaifix.version import __version__

_WARMING = "เมือวันที ๕ มิถุนายน พ.ศ. ๒๕๖๐ (คณะกรรมการ) ได้เดินทางไปตรวจเยียมพืนที\n" * 2


class Batch:
    """A batch that was asked for and can be done.

    Attributes:
        layout: Of the target.
        about: What the manifest is to say of it.
    """

    def __init__(
        self,
        sources: Sequence[str],
        target: str,
        corrector: Corrector,
        *,
        format_: str | None = None,
        options: formats.FormatOptions | None = None,
        files: dict[str, object] | None = None,
        overwrite: bool = False,
    ) -> None:
        """Check what was asked for; nothing is written yet.

        Args:
            sources: Files and folders.
            target: Folder of the copies; made if it is not there.
            corrector: Corrects the text.
            format_: Format of all files, instead of the detected ones.
            options: Of formats.
            files: What else was chosen, for the record: names of lexicons and the like.
            overwrite: Whether copies may be replaced that are out of date or of unknown origin.
        Raises:
            ArchiveError: If the sources and the target do not go together, or there is no such
                format.
        """
        if format_ is not None and format_ not in formats.FORMATS:
            known = ", ".join(formats.FORMATS)
            raise ArchiveError(f"no format {format_!r}. The formats are {known}")
        options = replace(options or formats.FormatOptions(), stamp=corrector.stamp)
        self.layout = Layout(target)
        self._roots = roots(sources, self.layout)
        self._overwrite = overwrite
        identity = repr((corrector.stamp, format_, asdict(options)))
        chosen = {
            **asdict(corrector.options),
            **asdict(options),
            "format": format_,
            **(files or {}),
        }
        del chosen["stamp"]  # stands for the rest
        self.about = Run(
            id=0,
            started=now(),
            finished=None,
            version=__version__,
            model_sha256=digest(str(corrector.model.path)),
            corrector=corrector.stamp,
            stamp=hashlib.sha256(identity.encode()).hexdigest()[:16],
            options=chosen,
        )
        self._corrector = corrector
        self._settings = Settings(self.layout, corrector, format_, options)

    def plan(self, manifest: Manifest | None) -> Plan:
        """What would be done.

        Args:
            manifest: Of the target, if it has one.
        Raises:
            ArchiveError: If the target was begun with other options and `overwrite` is not set.
        """
        if manifest and not self._overwrite:
            refuse_other_options(manifest.runs(), self.about)
        stamp = self.about.stamp
        return plan(self._roots, manifest, self.layout, stamp, overwrite=self._overwrite)

    def run(self, *, jobs: int, mets: bool, say: Callable[[str], None]) -> tuple[Plan, Outcome]:
        """Do it.

        Args:
            jobs: How many processes, at least 1.
            mets: Whether METS headers are written beside the PREMIS records.
            say: Is told what is refused.
        Returns:
            What was planned, and what became of it.
        Raises:
            ArchiveError: See `plan`; also if another run writes to the target.
            OutputError: If nothing more can be written.
            KeyboardInterrupt: At SIGINT and SIGTERM.
        """
        with opened(self.layout) as manifest:
            provenance.complete(manifest, self.layout, mets=mets)  # of runs that were killed
            planned = self.plan(manifest)
            for path, reason in planned.refused:
                say(f"{escape(path)}: {reason}")
            if jobs > 1 and len(planned.tasks) > 1:
                self._corrector.correct(_WARMING)  # loads what the processes are to share
            with Progress(len(planned.tasks), planned.size) as progress:
                outcome = run(
                    planned, manifest, self.about, self._settings, jobs=jobs, progress=progress
                )
            provenance.complete(manifest, self.layout, mets=mets)
        return planned, outcome
