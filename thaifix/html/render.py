"""Pages of HTML that need nothing else: how all reports are rendered, from `templates/`."""

from __future__ import annotations

from collections.abc import Callable
from math import isinf
from typing import Any


def render(template: str, filters: dict[str, Callable[[Any], str]], **values: Any) -> str:
    """Render a template.

    Args:
        template: Its name.
        filters: What it needs besides `number` (1,234) and `percent` (12.34 %, – for None).
        values: What it shows; text is escaped, and nothing may be undefined.
    """
    import jinja2  # an extra: what writes no page does without it

    environment = jinja2.Environment(
        loader=jinja2.PackageLoader("thaifix.html"),
        autoescape=True,
        undefined=jinja2.StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.policies["json.dumps_kwargs"] = {
        "ensure_ascii": False, "allow_nan": False, "separators": (",", ":"),
    }  # fmt: skip
    environment.filters |= {"number": _number, "percent": percent, **filters}
    return environment.get_template(template).render(**values)


def percent(share: float | None) -> str:
    """A share in per cent; of nothing there is none."""
    return "–" if share is None or isinf(share) else f"{100 * share:.2f}\N{NO-BREAK SPACE}%"


def _number(count: int) -> str:
    return f"{count:,}"
