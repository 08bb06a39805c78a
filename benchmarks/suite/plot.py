"""Plots in SVG: lines over two logarithmic axes, side by side."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from html import escape
from math import ceil, floor, log10
from typing import NamedTuple

_WIDTH, _HEIGHT = 360, 280  # of a panel, in pixels
_LEFT, _RIGHT, _TOP, _BOTTOM = 62, 18, 34, 46  # around what is drawn
_COLOURS = ("#1f6fb4", "#c4552d", "#3a8f4d", "#7a4fa3")


class Panel(NamedTuple):
    """One plot.

    Attributes:
        title: What stands above.
        across, up: What the axes count.
        lines: Points (x, y), all above 0, by the name of the line.
    """

    title: str
    across: str
    up: str
    lines: Mapping[str, Sequence[tuple[float, float]]]


def svg(panels: Sequence[Panel]) -> str:
    """Draw panels in a row.

    Raises:
        ValueError: If one has no points.
    """
    drawn = "".join(
        f'<g transform="translate({number * _WIDTH} 0)">{_panel(panel)}</g>\n'
        for number, panel in enumerate(panels)
    )
    size = f'width="{len(panels) * _WIDTH}" height="{_HEIGHT}"'
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" {size} font-family="sans-serif" font-size="11">\n'
        f'<rect width="100%" height="100%" fill="white"/>\n{drawn}</svg>\n'
    )


class _Axis(NamedTuple):
    """Decades on a stretch of pixels."""

    low: int
    high: int
    start: float
    end: float

    def at(self, value: float) -> float:
        share = (log10(value) - self.low) / (self.high - self.low)
        return self.start + share * (self.end - self.start)

    def decades(self) -> list[int]:
        """Exponents of the powers of ten that are marked: seven, at most."""
        step = ceil((self.high - self.low) / 6)
        return [*range(self.low, self.high + 1, step)]


def _axis(values: Sequence[float], start: float, end: float) -> _Axis:
    low, high = floor(log10(min(values))), ceil(log10(max(values)))
    return _Axis(low, max(high, low + 1), start, end)


def _panel(panel: Panel) -> str:
    points = [point for line in panel.lines.values() for point in line]
    if not points:
        raise ValueError(f"{panel.title}: nothing to draw")
    x = _axis([point[0] for point in points], _LEFT, _WIDTH - _RIGHT)
    y = _axis([point[1] for point in points], _HEIGHT - _BOTTOM, _TOP)
    parts = [_text(_WIDTH / 2, 18, panel.title, "middle", "font-weight='bold'")]
    for power in x.decades():
        at = x.at(10**power)
        parts += [_line(at, y.start, at, y.end), _text(at, y.start + 15, _number(power), "middle")]
    for power in y.decades():
        at = y.at(10**power)
        parts += [_line(x.start, at, x.end, at), _text(x.start - 6, at + 4, _number(power), "end")]
    parts.append(_text((x.start + x.end) / 2, _HEIGHT - 12, panel.across, "middle"))
    parts.append(_text(8, _TOP - 10, panel.up, "start"))
    for number, (name, line) in enumerate(panel.lines.items()):
        colour = _COLOURS[number % len(_COLOURS)]
        path = " ".join(f"{x.at(a):.1f},{y.at(b):.1f}" for a, b in line)
        parts.append(f'<polyline points="{path}" fill="none" stroke="{colour}" stroke-width="2"/>')
        parts += [
            f'<circle cx="{x.at(a):.1f}" cy="{y.at(b):.1f}" r="3" fill="{colour}"/>'
            for a, b in line
        ]
        parts.append(
            _text(x.start + 8, _TOP + 14 * (number + 1), name, "start", f"fill='{colour}'")
        )
    return "".join(parts)


def _line(x1: float, y1: float, x2: float, y2: float) -> str:
    ends = f'x1="{x1:.1f}" y1="{y1:.1f}" x2="{x2:.1f}" y2="{y2:.1f}"'
    return f'<line {ends} stroke="#ddd"/>'


def _text(x: float, y: float, text: str, anchor: str, more: str = "") -> str:
    return f'<text x="{x:.1f}" y="{y:.1f}" text-anchor="{anchor}" {more}>{escape(text)}</text>'


def _number(power: int) -> str:
    """A power of ten, short."""
    for least, sign in ((9, " G"), (6, " M"), (3, " k")):
        if power >= least:
            return f"{10 ** (power - least)}{sign}"
    return f"{10.0**power:g}"
