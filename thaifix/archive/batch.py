"""`thaifix archive SOURCE... --to TARGET` as one call."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Mapping, Sequence
from dataclasses import asdict, replace
from typing import Protocol

from thaifix import formats
from thaifix.archive import provenance
from thaifix.archive.execution import Outcome, carry_out
from thaifix.archive.fixity import sha256_of_file
from thaifix.archive.manifest import Manifest
from thaifix.archive.places import Places, escape
from thaifix.archive.plan import Plan, make_plan
from thaifix.archive.progress import Progress
from thaifix.archive.rows import RunRow, now
from thaifix.archive.sources import check_sources
from thaifix.archive.target import open_target
from thaifix.archive.task import TaskSettings
from thaifix.correct.corrector import Corrector
from thaifix.errors import ArchiveError
from thaifix.stream.filter import DocumentSource
from thaifix.text import segmenter
from thaifix.version import __version__

_WARM_UP = "เมือวันที ๕ มิถุนายน พ.ศ. ๒๕๖๐ (คณะกรรมการ) ได้เดินทางไปตรวจเยียมพืนที\n" * 2
"""A text with errors of several kinds: to correct it loads what is loaded when it is needed."""


class StampedSource(DocumentSource, Protocol):
    """A corrector, or what stands in its place."""

    @property
    def stamp(self) -> str:
        """Hexadecimal digits that stand for all that decides what it does."""


class Batch:
    """A batch that was asked for and can be done.

    Attributes:
        places: Places of the target.
        about: What the manifest is to say of the run.
    """

    def __init__(
        self,
        sources: Sequence[str],
        target: str,
        corrector: Corrector,
        *,
        format_: str | None = None,
        encoding: str | None = None,
        options: formats.FormatOptions | None = None,
        files: Mapping[str, object] | None = None,
        decided: StampedSource | None = None,
        overwrite: bool = False,
    ) -> None:
        """Check what was asked for; nothing is written yet.

        Args:
            sources: Files and folders.
            target: Folder of the copies; made if it is not there.
            corrector: Corrects the text.
            format_: Format of all files, instead of the detected ones.
            encoding: That of all files, as Python names it, if it is not UTF-8.
            options: What formats are to do.
            files: What else was chosen, for the record: names of lexicons and the like.
            decided: Changes the text in the corrector's stead, as a person has decided.
            overwrite: Whether copies may be replaced that are out of date or of unknown origin.

        Raises:
            ArchiveError: If the sources and the target do not go together, there is no such format,
                or words are to be merged and PyThaiNLP, which knows them, is not installed.
        """
        if format_ is not None and format_ not in formats.FORMATS:
            known = ", ".join(formats.FORMATS)
            raise ArchiveError(f"no format {format_!r}. The formats are {known}")
        source: StampedSource = decided or corrector
        options = replace(options or formats.FormatOptions(), stamp=source.stamp)
        if options.merge_words and not segmenter.installed():
            raise ArchiveError(
                "whole words (--merge-words) need PyThaiNLP. "
                "Install it: pip install 'thaifix[evaluate]'"
            )
        self.places = Places(target)
        self._sources = check_sources(sources, self.places)
        self._overwrite = overwrite
        identity = repr((source.stamp, format_, encoding, asdict(options)))
        chosen = {
            **asdict(corrector.options),
            **asdict(options),
            "format": format_,
            "encoding": encoding,
            **(files or {}),
        }
        del chosen["stamp"]  # stands for the rest
        self.about = RunRow(
            id=0,
            started=now(),
            finished=None,
            version=__version__,
            model_sha256=sha256_of_file(str(corrector.model.path)),
            corrector=source.stamp,
            stamp=hashlib.sha256(identity.encode()).hexdigest()[:16],
            options=chosen,
        )
        self._corrector = corrector
        self._settings = TaskSettings(self.places, source, format_, options, encoding)

    def plan(self, manifest: Manifest | None) -> Plan:
        """Say what would be done.

        Args:
            manifest: Manifest of the target, if it has one.

        Raises:
            ArchiveError: If the target was begun with other options and `overwrite` is not set.
        """
        if manifest and not self._overwrite:
            _refuse_other_options(manifest.runs(), self.about)
        stamp = self.about.stamp
        return make_plan(self._sources, manifest, self.places, stamp, overwrite=self._overwrite)

    def run(self, *, jobs: int, mets: bool, say: Callable[[str], None]) -> tuple[Plan, Outcome]:
        """Do it.

        Args:
            jobs: How many processes, at least 1.
            mets: Whether METS headers are written beside the PREMIS records.
            say: Called with a line of text for each file that is refused.

        Returns:
            What was planned, and what became of it.

        Raises:
            ArchiveError: See `plan`; also if another run writes to the target.
            OutputError: If nothing more can be written.
            KeyboardInterrupt: At SIGINT and SIGTERM.
        """
        with open_target(self.places) as manifest:
            provenance.complete(manifest, self.places, mets=mets)  # of runs that were killed
            plan = self.plan(manifest)
            for path, reason in plan.refused:
                say(f"{escape(path)}: {reason}")
            if jobs > 1 and len(plan.tasks) > 1:
                self._corrector.correct(_WARM_UP)  # loads what the processes are to share
            with Progress(len(plan.tasks), plan.size) as progress:
                outcome = carry_out(
                    plan, manifest, self.about, self._settings, processes=jobs, progress=progress
                )
            provenance.complete(manifest, self.places, mets=mets)
        return plan, outcome


def _refuse_other_options(runs: list[RunRow], run: RunRow) -> None:
    """See to it that a target is not continued with other options.

    Raises:
        ArchiveError: If the last run had another stamp; says what is different.
    """
    if not runs or runs[-1].stamp == run.stamp:
        return
    last = runs[-1]
    before = {**last.options, "model": last.model_sha256[:16]}
    asked = {**run.options, "model": run.model_sha256[:16]}
    differences = [
        f"{name} {before.get(name)!r}, now {asked.get(name)!r}"
        for name in sorted({*before, *asked})
        if before.get(name) != asked.get(name)
    ] or ["a lexicon or the keep list had other contents"]
    raise ArchiveError(
        f"this target was begun with other options ({'; '.join(differences)}). "
        "Give the same options, name another TARGET, or redo all files with --overwrite"
    )
