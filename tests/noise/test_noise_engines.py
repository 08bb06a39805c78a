"""Profiles: written and read again they are the same; what is of no use is refused with advice."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from toy_engine import TOY

from thaifix.noise.engines import NoiseError, Style, load, names


def test_engines_that_come_with_thaifix() -> None:
    """The manual lists them."""
    assert names() == [
        "letter-spaced", "paddle", "pdf-layer",
        "tesseract-script-thai", "tesseract-tha", "tesseract-tha+eng", "vlm",
    ]  # fmt: skip
    manual = (Path(__file__).parents[2] / "docs" / "noise.md").read_text(encoding="utf-8")
    for name in names():
        assert load(name).name == name
        assert f"| `{name}` |" in manual


@pytest.mark.parametrize("name", names())
def test_profiles_are_as_their_format_says(name: str) -> None:
    """Strings of one or two letters that were seen at least as often as they were misread."""
    engine = load(name)
    assert set(map(len, engine.seen)) <= {1, 2}
    for intended, read in engine.letters.items():
        assert 0 < sum(read.values()) <= engine.seen[intended]
    assert list(engine.pages) == sorted(engine.pages)
    assert sum(engine.line) / len(engine.line) == pytest.approx(1, abs=0.05)
    shares = [*engine.lines.values(), *engine.fluent.values(), engine.garbled, engine.rate]
    shares += [share for page in engine.pages for share in page[1:]]
    shares += [share for style in engine.styles for share in style.shares.values()]
    assert all(0 <= share <= 1 for share in shares)


def test_written_and_read_again(tmp_path: Path) -> None:
    """A fact a line, so that two profiles can be compared line by line; Thai is readable."""
    path = tmp_path / "toy.json"
    TOY.write(path)
    assert load(str(path)) == TOY
    lines = path.read_text(encoding="utf-8").splitlines()
    assert lines[:4] == ["{", '"version": 1,', '"name": "toy",', '"origin": "made up",']
    assert '"ถ": 1000000' in lines
    assert path.read_bytes().endswith(b"}\n")


def test_styles_are_written_and_read_again(tmp_path: Path) -> None:
    """A profile of a time before styles has none."""
    path = tmp_path / "styles.json"
    styles = Style("one", 1, {"gap": 0.5}), Style("two", 3, {})
    replace(TOY, styles=styles).write(path)
    assert load(str(path)).styles == styles
    assert load(str(profile(tmp_path / "old.json", styles=None))) == TOY


def profile(path: Path, **changes: Any) -> Path:
    """Write the toy engine with some facts changed; None takes one out."""
    TOY.write(path)
    data = json.loads(path.read_text(encoding="utf-8")) | changes
    kept = {key: value for key, value in data.items() if value is not None}
    path.write_text(json.dumps(kept), encoding="utf-8")
    return path


@pytest.mark.parametrize(
    ("changes", "message"),
    [
        ({"version": 2}, "not a profile of version 1. Make one from pages again"),
        ({"version": None}, "not a profile of version 1"),
        ({"garbled": None}, "damaged profile"),
        ({"before": None}, "damaged profile .'before'.. Make one from pages again"),
        ({"pages": [[1.0, 0.0]]}, "damaged profile"),
        ({"after": {"strings": {}}}, "damaged profile"),
        ({"more": 1}, "damaged profile"),
        ({"styles": [["odd", 1, {"gapp": 0.5}]]}, "damaged profile .'gapp'."),
        ({"styles": [["odd", 1]]}, "damaged profile"),
        ({"styles": [["odd", 1, ["gap"]]]}, "damaged profile"),
    ],
)
def test_profiles_that_cannot_be_used(
    changes: dict[str, Any], message: str, tmp_path: Path
) -> None:
    path = profile(tmp_path / "bad.json", **changes)
    with pytest.raises(NoiseError, match=rf"bad\.json: {message}"):
        load(str(path))


def test_files_that_are_no_profiles(tmp_path: Path) -> None:
    """The message says what is wrong and what to do."""
    path = tmp_path / "list.json"
    path.write_text("[]", encoding="utf-8")
    with pytest.raises(NoiseError, match="not a profile of version 1"):
        load(str(path))
    path = tmp_path / "text.json"
    path.write_text("no JSON", encoding="utf-8")
    with pytest.raises(NoiseError, match=r"text\.json: not a profile \(.*\)\. Make one from pages"):
        load(str(path))
    with pytest.raises(NoiseError, match=r"none\.json: cannot read the profile: No such file"):
        load(str(tmp_path / "none.json"))


def test_unknown_engines() -> None:
    with pytest.raises(NoiseError, match=r"tesseract: no such engine\. Known are letter-spaced, "):
        load("tesseract")
