"""A map as SVG: land, borders, names that find room, and the marks of places."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from itertools import pairwise
from unicodedata import east_asian_width

from markupsafe import Markup

from explainer.assemble.map_view import HEIGHT, WIDTH, Box, Ring, View, area_of
from explainer.language import Language
from explainer.model import Atlas, Point

LABELS = 5
SMALLEST_NAMED = 900.0
"""Square pixels of a country that gets its name."""


def draw_map(
    title: str,
    view: View,
    atlas: Atlas,
    border_arcs: Sequence[int],
    markers: Markup,
    taken: list[Box],
    language: Language,
) -> Markup:
    land = [ring for one in atlas.land if view.sees(one) for ring in view.polygon(one)]
    borders = [line for arc in border_arcs if view.sees((arc,)) for line in view.line(arc)]
    labels = _labels(atlas, view, taken, language) if border_arcs else []
    parts = [
        # Without a style it is a drawing in outlines.
        Markup('<svg class="map" viewBox="0 0 {} {}" role="img" aria-label="{}"').format(
            WIDTH, HEIGHT, _with_neighbors(title, labels, language)
        ),
        Markup(' fill="none" stroke="gray">'),
        Markup('<rect class="map-sea" width="{}" height="{}"/>').format(WIDTH, HEIGHT),
        Markup('<path class="map-land" d="{}"/>').format(_path(land, closed=True)),
    ]
    if borders:
        parts.append(Markup('<path class="map-border" d="{}"/>').format(_path(borders)))
    parts += [
        Markup('<text class="map-label" x="{:.0f}" y="{:.0f}">{}</text>').format(x, y, label)
        for label, (x, y) in labels
    ]
    return Markup("").join([*parts, markers, Markup("</svg>")])


def _with_neighbors(title: str, labels: Sequence[tuple[str, Point]], language: Language) -> str:
    if not labels:
        return title
    names = language.list([name for name, _ in labels])
    return language.say("{title}, with {countries}", title=title, countries=names)


def named_marker(name: str, point: Point) -> Markup:
    x, y = point
    return Markup(
        '<circle class="map-point" cx="{:.0f}" cy="{:.0f}" r="4"/>'
        '<text class="map-name" x="{:.0f}" y="{:.0f}">{}</text>'
    ).format(x, y, x + 8, y + 4, name)


def numbered_marker(number: int, point: Point) -> Markup:
    x, y = point
    return Markup(
        '<circle class="map-point" cx="{:.0f}" cy="{:.0f}" r="8"/>'
        '<text class="map-number" x="{:.0f}" y="{:.0f}">{}</text>'
    ).format(x, y, x, y + 4, number)


def border_arcs_of(atlas: Atlas) -> list[int]:
    """The arcs that two countries share."""
    uses = Counter(
        index if index >= 0 else ~index
        for country in atlas.countries
        for ring in country.rings
        for index in ring
    )
    return sorted(index for index, count in uses.items() if count > 1)


def _labels(
    atlas: Atlas, view: View, taken: list[Box], language: Language
) -> list[tuple[str, Point]]:
    """Names of the countries that fill most of the window, clear of the place and each other."""
    sized = []
    for country in atlas.countries:
        near = [one for one in country.rings if view.sees(one)]
        rings = [ring for one in near for ring in view.polygon(one)]
        if rings:
            largest = max(rings, key=lambda ring: abs(area_of(ring)))
            sized.append((abs(area_of(largest)), country.name, largest))
    labels: list[tuple[str, Point]] = []
    taken = list(taken)
    for area, english, ring in sorted(sized, key=lambda one: (-one[0], one[1])):
        if area < SMALLEST_NAMED or len(labels) == LABELS:
            break
        name = language.country(english)
        half = sum(6.0 if east_asian_width(one) == "W" else 3.4 for one in name)
        for x, y in _middles(ring, half):
            box = (x - half, y - 10, x + half, y + 4)
            inside = box[0] > 4 and box[2] < WIDTH - 4 and box[1] > 4 and box[3] < HEIGHT - 4
            if inside and not any(_overlap(box, other) for other in taken):
                labels.append((name, (x, y)))
                taken.append(box)
                break
    return labels


def _middles(ring: Ring, half: float) -> list[Point]:
    """Where a name might stand in a ring: the middles of its stretches, the roomiest first.

    Room counts no further than the name needs, so that a place near the ring's own center wins.
    """
    center = sum(y for _, y in ring) / len(ring)
    found: list[tuple[float, Point]] = []
    for y in range(14, HEIGHT - 4, 6):
        height = y + 0.01
        crossings = sorted(
            before[0] + (height - before[1]) / (after[1] - before[1]) * (after[0] - before[0])
            for before, after in zip(ring, [*ring[1:], ring[0]], strict=True)
            if (before[1] > height) != (after[1] > height)
        )
        for left, right in zip(crossings[::2], crossings[1::2], strict=False):
            room = min(right - left, 3 * half)
            found.append((room - abs(height - center) / 4, ((left + right) / 2, float(y))))
    return [point for _, point in sorted(found, key=lambda one: (-one[0], one[1]))]


def _overlap(one: Box, other: Box) -> bool:
    return one[0] < other[2] and other[0] < one[2] and one[1] < other[3] and other[1] < one[3]


def _path(lines: Iterable[Ring], *, closed: bool = False) -> str:
    """Relative moves in whole pixels: the shortest form an SVG path has."""
    parts = []
    for line in lines:
        whole = [(round(x), round(y)) for x, y in line]
        steps = [
            f"{after[0] - before[0]} {after[1] - before[1]}"
            for before, after in pairwise(whole)
            if after != before
        ]
        if steps:
            start = f"M{whole[0][0]} {whole[0][1]}l"
            parts.append(start + " ".join(steps).replace(" -", "-") + ("z" if closed else ""))
    return "".join(parts)
