"""Engines as data: how often an engine reads what as what, counted on pages it has read.

A profile is a JSON file (`Engine.write`). It holds counts of short strings, no text.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass, replace
from functools import cache
from importlib.resources import files
from importlib.resources.abc import Traversable
from pathlib import Path
from typing import Any, NamedTuple

from thaifix.errors import ThaifixError

VERSION = 1
"""Of the format of profiles."""

_PROFILES = files("thaifix.noise").joinpath("profiles")


class NoiseError(ThaifixError, ValueError):
    """An engine is unknown, its profile cannot be used, or a rate cannot be reached."""


@dataclass(frozen=True, slots=True)
class Margin:
    """What is printed beside a line where the page has specks, borders and shadows.

    Attributes:
        strings: Noise and how often it was seen, each run of spaces as one space.
        gaps: How long such a run is, in quantiles.
    """

    strings: Mapping[str, int]
    gaps: tuple[float, ...]


class Page(NamedTuple):
    """How bad a page is.

    Attributes:
        factor: To the odds of an error.
        before, after: Share of lines with something in that margin.
    """

    factor: float
    before: float
    after: float


@dataclass(frozen=True, slots=True)
class Engine:
    """An engine's noise.

    Attributes:
        name: As `--engine` takes it.
        origin: What was counted.
        rate: Its own error rate there, in the default view.
        page_length: Code points of a page there, on average.
        seen: How often each intended string stood there.
        letters: Intended string of one or two letters -> observed string -> how often. What is put
            in between letters stands behind the letter before it.
        pages: The pages counted, best first; of many, some.
        line: Factors to the odds of an error, in quantiles over the lines of a page.
        garbled: Share of stretches of a few letters that are hardly legible.
        before, after: Noise at the ends of lines.
        lines: Share of lines that are lost_line, repeated_line, or before which there is a
            phantom_line or blank_line.
        longest_lost: Code points of a lost line, at most.
        fluent: Share of known terms misread as other words (substitution), and of clauses that are
            repeated (repeated_clause).
    """

    name: str
    origin: str
    rate: float
    page_length: int
    seen: Mapping[str, int]
    letters: Mapping[str, Mapping[str, int]]
    pages: tuple[Page, ...]
    line: tuple[float, ...]
    garbled: float
    before: Margin
    after: Margin
    lines: Mapping[str, float]
    longest_lost: int
    fluent: Mapping[str, float]

    def write(self, path: Path) -> None:
        """Write the profile, a fact a line, the same bytes for equal profiles."""
        text = json.dumps({"version": VERSION} | asdict(self), ensure_ascii=False, indent=0)
        path.write_text(text + "\n", encoding="utf-8")


def names() -> list[str]:
    """The engines that come with thaifix."""
    return sorted(f.name[:-5] for f in _PROFILES.iterdir() if f.name.endswith(".json"))


@cache
def load(name: str) -> Engine:
    """Load an engine by name, or a profile by the path of its file, which ends in `.json`.

    Raises:
        NoiseError: If there is none, or it cannot be used.
    """
    file: Traversable = _PROFILES.joinpath(f"{name}.json")
    if name.endswith(".json"):
        file = Path(name)
    elif name not in names():
        raise NoiseError(f"{name}: no such engine. Known are {', '.join(names())}")
    try:
        data = json.loads(file.read_text(encoding="utf-8"))
    except OSError as error:
        raise NoiseError(f"{name}: cannot read the profile: {error.strerror}") from error
    except ValueError as error:
        raise NoiseError(f"{name}: not a profile ({error}). Make one from pages again") from error
    return _parse(name, data)


def _parse(name: str, data: Any) -> Engine:
    if not isinstance(data, dict) or data.pop("version", None) != VERSION:
        raise NoiseError(f"{name}: not a profile of version {VERSION}. Make one from pages again")
    try:
        for side in "before", "after":
            margin = Margin(**data[side])
            data[side] = replace(margin, gaps=tuple(margin.gaps))
        data["pages"] = tuple(Page(*page) for page in data["pages"])
        engine = Engine(**data)
    except (KeyError, TypeError) as error:
        raise NoiseError(f"{name}: damaged profile ({error}). Make one from pages again") from error
    return replace(engine, line=tuple(engine.line))
