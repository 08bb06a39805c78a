"""Pages of HTML."""

from __future__ import annotations

from pathlib import Path

import jinja2
import pytest

from thaifix.html import render as pages


@pytest.fixture(autouse=True)
def templates(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Templates of these tests instead of the package's."""
    monkeypatch.setattr(jinja2, "PackageLoader", lambda _: jinja2.FileSystemLoader(tmp_path))
    return tmp_path


@pytest.mark.parametrize(
    ("template", "page"),
    [
        ("{{ value }}", "&lt;b&gt; &amp; ก"),
        ("{{ count | number }}", "12,345"),
        ("{{ share | percent }} {{ none | percent }}", "12.50\N{NO-BREAK SPACE}% –"),
        ("{{ [value] | tojson }}", '["\\u003cb\\u003e \\u0026 ก"]'),
        ("{{ value | own }}", "ก"),
    ],
)
def test_rendering(templates: Path, template: str, page: str) -> None:
    """Text is escaped, also in data that a script reads; Thai stays Thai."""
    (templates / "page").write_text(template, encoding="utf-8")
    values = {"value": "<b> & ก", "count": 12_345, "share": 0.125, "none": None}
    assert pages.render("page", {"own": lambda text: text[-1]}, **values) == page


def test_what_is_undefined_is_an_error(templates: Path) -> None:
    (templates / "page").write_text("{{ nothing }}", encoding="utf-8")
    with pytest.raises(jinja2.UndefinedError):
        pages.render("page", {})
