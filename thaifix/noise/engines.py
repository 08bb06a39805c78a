"""Engines as data: how often an engine reads what as what, counted on pages that it has read.

A profile is a JSON file (`Engine.write`). It holds counts of short strings, and no text.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass, replace
from functools import cache
from pathlib import Path
from typing import Any, NamedTuple

from thaifix.errors import ThaifixError
from thaifix.model.families import PROFILES
from thaifix.noise.places import REASONS

FORMAT_VERSION = 1
"""Version of the format of profiles; a profile of another version is refused."""

_EXTENSION = ".json"


class NoiseError(ThaifixError, ValueError):
    """An engine is unknown, its profile cannot be used, or a rate cannot be reached."""


@dataclass(frozen=True, slots=True)
class Margin:
    """What is printed beside a line where the page has specks, borders and shadows.

    Attributes:
        strings: What was read there, and how often; each run of spaces is written as one space.
        gaps: The lengths of such runs in code points, as quantiles.
    """

    strings: Mapping[str, int]
    gaps: tuple[float, ...]


class PageQuality(NamedTuple):
    """How bad a page is.

    Attributes:
        factor: Factor to the odds of an error.
        before, after: Share of lines with something in that margin.
    """

    factor: float
    before: float
    after: float


class Style(NamedTuple):
    """What a document suffers at all places alike.

    Attributes:
        name: For whoever reads the profile.
        times: How often documents have it, against the other styles.
        shares: For each kind of slip (`places.REASONS`) the share of its places where it happens.
    """

    name: str
    times: int
    shares: Mapping[str, float]


@dataclass(frozen=True, slots=True)
class Engine:
    """An engine's noise.

    Attributes:
        name: As `--engine` takes it.
        origin: What was counted.
        rate: The engine's own error rate there, in the default view.
        page_length: Code points of a page there, on average.
        seen: How often each intended string stood there.
        letters: How often an intended string of one or two letters was read as what. What was put
            in between two letters stands behind the letter before it.
        pages: The pages that were counted, best first; if there were many, some of them.
        line: Factors to the odds of an error, as quantiles over the lines of a page.
        garbled: Share of the stretches of a few letters that are hardly legible.
        before, after: What is read in the margins of lines.
        lines: By kind, the share of lines that are lost ("lost_line") or read twice
            ("repeated_line"), or before which there is one out of nothing ("phantom_line",
            "blank_line").
        longest_lost: Code points of a lost line, at most.
        fluent: By kind, the share of known terms that are misread as other words
            ("substitution"), of clauses that are said again ("repeated_clause"), and of those that
            are said again and again ("loop").
        styles: Each document has one of them; none if the engine has no styles.
    """

    name: str
    origin: str
    rate: float
    page_length: int
    seen: Mapping[str, int]
    letters: Mapping[str, Mapping[str, int]]
    pages: tuple[PageQuality, ...]
    line: tuple[float, ...]
    garbled: float
    before: Margin
    after: Margin
    lines: Mapping[str, float]
    longest_lost: int
    fluent: Mapping[str, float]
    styles: tuple[Style, ...] = ()

    def write(self, path: Path) -> None:
        """Write the profile, a fact a line; equal profiles give the same bytes."""
        text = json.dumps({"version": FORMAT_VERSION} | asdict(self), ensure_ascii=False, indent=0)
        path.write_text(text + "\n", encoding="utf-8")


def names() -> list[str]:
    """List the engines that come with thaifix."""
    found = (file.name for file in PROFILES.iterdir())
    return sorted(name.removesuffix(_EXTENSION) for name in found if name.endswith(_EXTENSION))


@cache
def load(name: str) -> Engine:
    """Load an engine by its name, or a profile by the path of its file, which ends in `.json`.

    Raises:
        NoiseError: If there is none, or it cannot be used.
    """
    file = PROFILES.joinpath(name + _EXTENSION)
    if name.endswith(_EXTENSION):
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
    if not isinstance(data, dict) or data.pop("version", None) != FORMAT_VERSION:
        raise NoiseError(
            f"{name}: not a profile of version {FORMAT_VERSION}. Make one from pages again"
        )
    try:
        for side in "before", "after":
            margin = Margin(**data[side])
            data[side] = replace(margin, gaps=tuple(margin.gaps))
        data["pages"] = tuple(PageQuality(*page) for page in data["pages"])
        data["styles"] = tuple(Style(*style) for style in data.get("styles", ()))
        kinds = {kind for style in data["styles"] for kind, _ in style.shares.items()}
        if unknown := kinds - REASONS.keys():
            raise KeyError(*sorted(unknown))
        engine = Engine(**data)
    except (AttributeError, KeyError, TypeError) as error:
        raise NoiseError(f"{name}: damaged profile ({error}). Make one from pages again") from error
    return replace(engine, line=tuple(engine.line))
