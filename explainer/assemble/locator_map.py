"""A small map that shows where a place is: SVG drawn at build time, with nothing to load."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from itertools import pairwise

from markupsafe import Markup

from explainer.model import Atlas, Entry, Point

WIDTH, HEIGHT = 320, 200
DEGREES_HIGH = 13.0
"""Of latitude, from the map's lower edge to its upper: about 1,450 km."""
TOLERANCE = 0.7
"""Pixels by which a coast may be simplified (Douglas and Peucker 1973)."""
SMALLEST = 3.0
"""Square pixels under which an island is left out."""
LABELS = 5
SMALLEST_NAMED = 900.0
"""Square pixels of a country that gets its name."""
MARGIN = 3.0
"""Pixels beyond the window that are drawn, so that its edge shows no coast."""
CREDIT = "Natural Earth; borders as held on the ground"
CREDIT_LAND = "Natural Earth; no borders drawn"

Ring = list[Point]
Box = tuple[float, float, float, float]


class Maps:
    """Draws each place once, and reads the atlas when the first is asked for."""

    def __init__(self, read_atlas: Callable[[], Atlas]) -> None:
        self._read_atlas = read_atlas
        self._borders: list[int] | None = None
        self._drawn: dict[tuple[str, Point, str], Markup] = {}

    def of(self, entry: Entry) -> Markup:
        """The map of an entry that has a location; empty for one that has none, or wants none.

        Colors are the theme's, by class: map-sea, map-land, map-border, map-point, map-label.
        """
        if entry.location is None or entry.map == "none":
            return Markup("")
        key = (entry.name, entry.location, entry.map)
        if key not in self._drawn:
            atlas = self._read_atlas()
            if self._borders is None:
                self._borders = _border_arcs(atlas)
            borders = self._borders if entry.map == "borders" else []
            self._drawn[key] = _draw(entry.name, _View(*entry.location), atlas, borders)
        return self._drawn[key]


def _draw(name: str, view: _View, atlas: Atlas, border_arcs: Sequence[int]) -> Markup:
    near = [one for one in atlas.land if view.sees(one, atlas)]
    land = [ring for one in near for ring in view.polygon(_points(one, atlas))]
    lines = [atlas.arcs[arc] for arc in border_arcs if view.sees((arc,), atlas)]
    borders = [line for one in lines for line in view.line(one)]
    labels = _labels(atlas, view) if border_arcs else []
    title = f"Map: where {name} is{_near(labels)}"
    parts = [
        Markup('<svg class="map" viewBox="0 0 {} {}" role="img" aria-label="{}">').format(
            WIDTH, HEIGHT, title
        ),
        Markup('<rect class="map-sea" width="{}" height="{}"/>').format(WIDTH, HEIGHT),
        Markup('<path class="map-land" d="{}"/>').format(_path(land, closed=True)),
    ]
    if borders:
        parts.append(Markup('<path class="map-border" d="{}"/>').format(_path(borders)))
    parts += [
        Markup('<text class="map-label" x="{:.0f}" y="{:.0f}">{}</text>').format(x, y, label)
        for label, (x, y) in labels
    ]
    return Markup("").join([*parts, _marker(name), Markup("</svg>")])


def map_credit(entry: Entry) -> str:
    """Whose map it is, and whose borders; empty where there is none."""
    if entry.location is None or entry.map == "none":
        return ""
    return CREDIT_LAND if entry.map == "land" else CREDIT


def _near(labels: Sequence[tuple[str, Point]]) -> str:
    names = [name for name, _ in labels]
    return f", with {', '.join(names)}" if names else ""


def _marker(name: str) -> Markup:
    x, y = WIDTH / 2, HEIGHT / 2
    return Markup(
        '<circle class="map-point" cx="{:.0f}" cy="{:.0f}" r="4"/>'
        '<text class="map-name" x="{:.0f}" y="{:.0f}">{}</text>'
    ).format(x, y, x + 8, y + 4, name)


class _View:
    """The window of one map: equirectangular, true to scale along the middle parallel."""

    def __init__(self, latitude: float, longitude: float) -> None:
        self.latitude, self.longitude = latitude, longitude
        self.scale = HEIGHT / DEGREES_HIGH
        self.squeeze = max(math.cos(math.radians(latitude)), 0.1)

    def sees(self, ring: Sequence[int], atlas: Atlas) -> bool:
        """Whether a ring's extent touches the window; a cheap look before the points."""
        boxes = [atlas.boxes[index if index >= 0 else ~index] for index in ring]
        high = DEGREES_HIGH / 2
        if max(box[3] for box in boxes) < self.latitude - high:
            return False
        if min(box[1] for box in boxes) > self.latitude + high:
            return False
        wide = WIDTH / 2 / self.scale / self.squeeze
        west, east = min(box[0] for box in boxes), max(box[2] for box in boxes)
        return any(
            west + turn <= self.longitude + wide and east + turn >= self.longitude - wide
            for turn in (-360, 0, 360)
        )

    def project(self, points: Iterable[Point]) -> Ring:
        """Pixels from the upper left corner; longitudes run on across the date line."""
        result = []
        for longitude, latitude in points:
            east = (longitude - self.longitude + 180) % 360 - 180
            x = WIDTH / 2 + east * self.squeeze * self.scale
            result.append((x, HEIGHT / 2 + (self.latitude - latitude) * self.scale))
        return result

    def polygon(self, points: Iterable[Point]) -> Iterator[Ring]:
        """The part of a ring that the window shows, simplified."""
        ring = self.project(points)
        if _outside(ring) or _wraps(ring):
            return
        clipped = _simplified(_clip_ring(ring, (-MARGIN, -MARGIN, WIDTH + MARGIN, HEIGHT + MARGIN)))
        if len(clipped) > 2 and abs(_area(clipped)) > SMALLEST:
            yield clipped

    def line(self, points: Iterable[Point]) -> Iterator[Ring]:
        """The parts of a line that run through the window, simplified."""
        line = self.project(points)
        if _outside(line):
            return
        part: Ring = []
        for before, after in pairwise(line):
            if _outside([before, after]) or _wraps([before, after]):
                if len(part) > 1:
                    yield _simplified(part)
                part = []
            else:
                part = part or [before]
                part.append(after)
        if len(part) > 1:
            yield _simplified(part)


def _points(ring: Sequence[int], atlas: Atlas) -> Ring:
    """A ring's points; arc ~i is arc i backwards, and each arc starts where the last ended."""
    points: Ring = []
    for index in ring:
        arc = atlas.arcs[index] if index >= 0 else atlas.arcs[~index][::-1]
        points.extend(arc[1:] if points else arc)
    return points


def _border_arcs(atlas: Atlas) -> list[int]:
    """The arcs that two countries share."""
    uses = Counter(
        index if index >= 0 else ~index
        for country in atlas.countries
        for ring in country.rings
        for index in ring
    )
    return sorted(index for index, count in uses.items() if count > 1)


def _labels(atlas: Atlas, view: _View) -> list[tuple[str, Point]]:
    """Names of the countries that fill most of the window, clear of the place and each other."""
    sized = []
    for country in atlas.countries:
        near = [one for one in country.rings if view.sees(one, atlas)]
        rings = [ring for one in near for ring in view.polygon(_points(one, atlas))]
        if rings:
            largest = max(rings, key=lambda ring: abs(_area(ring)))
            sized.append((abs(_area(largest)), country.name, largest))
    labels: list[tuple[str, Point]] = []
    taken: list[Box] = [(WIDTH / 2 - 12, HEIGHT / 2 - 14, WIDTH / 2 + 90, HEIGHT / 2 + 14)]
    for area, name, ring in sorted(sized, key=lambda one: (-one[0], one[1])):
        if area < SMALLEST_NAMED or len(labels) == LABELS:
            break
        half = len(name) * 3.4
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


def _outside(ring: Sequence[Point]) -> bool:
    """Whether all points lie beyond the same edge."""
    return (
        all(x < 0 for x, _ in ring)
        or all(x > WIDTH for x, _ in ring)
        or all(y < 0 for _, y in ring)
        or all(y > HEIGHT for _, y in ring)
    )


def _wraps(ring: Sequence[Point]) -> bool:
    """Whether a step leaps across the far side of the world, where the projection is cut."""
    return any(abs(after[0] - before[0]) > WIDTH * 4 for before, after in pairwise(ring))


def _clip_ring(ring: Ring, box: Box) -> Ring:
    """Sutherland and Hodgman 1974: against one edge of the window after the other."""
    low_x, low_y, high_x, high_y = box
    for axis, limit, sign in ((0, low_x, 1), (0, high_x, -1), (1, low_y, 1), (1, high_y, -1)):
        clipped: Ring = []
        for index, after in enumerate(ring):
            before = ring[index - 1]
            inside_before = sign * (before[axis] - limit) >= 0
            inside_after = sign * (after[axis] - limit) >= 0
            if inside_before != inside_after:
                share = (limit - before[axis]) / (after[axis] - before[axis])
                clipped.append((
                    before[0] + share * (after[0] - before[0]),
                    before[1] + share * (after[1] - before[1]),
                ))  # fmt: skip
            if inside_after:
                clipped.append(after)
        ring = clipped
        if not ring:
            break
    return ring


def _simplified(points: Ring) -> Ring:
    """Douglas and Peucker's line, without recursion."""
    if len(points) < 3:
        return points
    kept = {0, len(points) - 1}
    stack = [(0, len(points) - 1)]
    while stack:
        first, last = stack.pop()
        farthest, distance = first, 0.0
        for index in range(first + 1, last):
            away = _distance(points[index], points[first], points[last])
            if away > distance:
                farthest, distance = index, away
        if distance > TOLERANCE:
            kept.add(farthest)
            stack += [(first, farthest), (farthest, last)]
    return [points[index] for index in sorted(kept)]


def _distance(point: Point, first: Point, last: Point) -> float:
    dx, dy = last[0] - first[0], last[1] - first[1]
    length = math.hypot(dx, dy)
    if length == 0:
        return math.hypot(point[0] - first[0], point[1] - first[1])
    return abs(dy * (point[0] - first[0]) - dx * (point[1] - first[1])) / length


def _area(ring: Ring) -> float:
    return (
        sum(
            before[0] * after[1] - after[0] * before[1]
            for before, after in zip(ring, [*ring[1:], ring[0]], strict=True)
        )
        / 2
    )


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
