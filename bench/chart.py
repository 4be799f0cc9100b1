"""Results as a chart: an SVG drawn by hand, for light and for dark."""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from html import escape
from typing import Any

from msgspec import Struct

WIDTH, HEIGHT = 760, 440
LEFT, RIGHT, TOP, BOTTOM = 70, 190, 56, 52

STYLE = """
text { font: 13px system-ui, sans-serif; fill: #222 }
.title { font-size: 16px; font-weight: 600 }
.grid { stroke: #ddd }
.line { fill: none; stroke-width: 2 }
.line.ours { stroke: #1a5fb4 } .dot.ours, .name.ours { fill: #1a5fb4 }
.line.peer { stroke: #9a4a00; stroke-dasharray: 6 4 } .dot.peer, .name.peer { fill: #9a4a00 }
@media (prefers-color-scheme: dark) {
  text { fill: #ddd } .grid { stroke: #444 }
  .line.ours { stroke: #8ab4f8 } .dot.ours, .name.ours { fill: #8ab4f8 }
  .line.peer { stroke: #f0a868 } .dot.peer, .name.peer { fill: #f0a868 }
}
"""


class Series(Struct, frozen=True):
    """A line of the chart: seconds by articles."""

    name: str
    kind: str
    points: tuple[tuple[float, float], ...]


def growth_chart(results: Mapping[str, Any]) -> str:
    """Cold builds by the number of articles, both scales logarithmic."""
    series = _series(results["sizes"])
    points = [point for one in series for point in one.points]
    across = _Scale([x for x, _ in points], LEFT, WIDTH - RIGHT)
    up = _Scale([y for _, y in points], HEIGHT - BOTTOM, TOP)
    grid = (*_grid_across(across), *_grid_up(up))
    drawn = (part for one in series for part in _line(one, across, up))
    names = _names(series, up)
    machine = results["machine"]
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {HEIGHT}" role="img">\n'
        f"<title>Seconds that a cold build takes, by the number of articles</title>\n"
        f"<style>{STYLE}</style>\n"
        f'<text class="title" x="{LEFT}" y="24">A cold build, in seconds</text>\n'
        f'<text x="{LEFT}" y="43">{escape(_words(machine))}</text>\n'
        + "\n".join((*grid, *drawn, *names))
        + f'\n<text x="{(LEFT + WIDTH - RIGHT) / 2:.0f}" y="{HEIGHT - 12}" '
        'text-anchor="middle">articles</text>\n</svg>\n'
    )


def _words(machine: Mapping[str, Any]) -> str:
    return f"{machine['cpu']}, {machine['cores']} cores, {machine['memory_gib']} GiB"


def _series(sizes: Iterable[Mapping[str, Any]]) -> list[Series]:
    found: dict[tuple[str, str], list[tuple[float, float]]] = defaultdict(list)
    for size in sizes:
        known = f"{size['entries']:,} entries"
        cold = size["builds"]["cold"]
        found["ours", f"explainer, {known}"].append((size["articles"], cold["wall"]))
        for name, peer in size["peers"].items():
            found["peer", f"{name}, {known}"].append((size["articles"], peer["build"]["wall"]))
    return [Series(name, kind, tuple(sorted(points))) for (kind, name), points in found.items()]


class _Scale:
    """Numbers to places, by their logarithm, from one power of ten to another."""

    def __init__(self, numbers: Sequence[float], start: float, end: float) -> None:
        self.low = math.floor(math.log10(min(numbers)))
        self.high = max(self.low + 1, math.ceil(math.log10(max(numbers))))
        self._start, self._end = start, end

    def __call__(self, number: float) -> float:
        share = (math.log10(number) - self.low) / (self.high - self.low)
        return self._start + share * (self._end - self._start)

    @property
    def tens(self) -> list[float]:
        return [10.0**power for power in range(self.low, self.high + 1)]


def _grid_across(across: _Scale) -> list[str]:
    bottom = HEIGHT - BOTTOM
    return [
        f'<path class="grid" d="M{across(ten):.1f} {TOP}V{bottom}"/>'
        f'<text x="{across(ten):.1f}" y="{bottom + 18}" text-anchor="middle">{ten:,.0f}</text>'
        for ten in across.tens
    ]


def _grid_up(up: _Scale) -> list[str]:
    return [
        f'<path class="grid" d="M{LEFT} {up(ten):.1f}H{WIDTH - RIGHT}"/>'
        f'<text x="{LEFT - 8}" y="{up(ten) + 4:.1f}" text-anchor="end">{ten:,g}</text>'
        for ten in up.tens
    ]


def _line(series: Series, across: _Scale, up: _Scale) -> list[str]:
    places = [(across(x), up(y)) for x, y in series.points]
    path = "L".join(f"{x:.1f} {y:.1f}" for x, y in places)
    dots = (
        f'<circle class="dot {series.kind}" cx="{x:.1f}" cy="{y:.1f}" r="3.5"/>' for x, y in places
    )
    return [f'<path class="line {series.kind}" d="M{path}"/>', *dots]


def _names(series: Sequence[Series], up: _Scale) -> list[str]:
    """Each line's name at the height of its end, or as far below the one above as it must be."""
    names, last = [], float(TOP) - 18
    for one in sorted(series, key=lambda one: up(one.points[-1][1])):
        last = max(up(one.points[-1][1]) + 4, last + 16)
        names.append(
            f'<text class="name {one.kind}" x="{WIDTH - RIGHT + 10}" y="{last:.1f}">'
            f"{escape(one.name)}</text>"
        )
    return names
