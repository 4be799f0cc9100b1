"""The window of a map: degrees become pixels, and only what the window shows remains."""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator, Sequence
from itertools import pairwise

from explainer.model import Atlas, Point

WIDTH, HEIGHT = 320, 200
DEGREES_HIGH = 13.0
"""Of latitude, from a map's lower edge to its upper: about 1,450 km."""
TOLERANCE = 0.7
"""Pixels by which a coast may be simplified (Douglas and Peucker 1973)."""
SMALLEST = 3.0
"""Square pixels under which an island is left out."""
MARGIN = 3.0
"""Pixels beyond the window that are drawn, so that its edge shows no coast."""

Ring = list[Point]
Box = tuple[float, float, float, float]


class View:
    """The window of one map: equirectangular, true to scale along its middle parallel.

    Args:
        high: Degrees of latitude from the lower edge to the upper.
    """

    def __init__(self, latitude: float, longitude: float, high: float = DEGREES_HIGH) -> None:
        self.latitude, self.high = latitude, high
        self.longitude = (longitude + 180) % 360 - 180
        self.scale = HEIGHT / high
        self.squeeze = max(math.cos(math.radians(latitude)), 0.1)

    def sees(self, ring: Sequence[int], atlas: Atlas) -> bool:
        """Whether a ring's extent touches the window; a cheap look before the points."""
        boxes = [atlas.boxes[index if index >= 0 else ~index] for index in ring]
        high = self.high / 2
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
        """Pixels from the upper left corner; a line runs on across the date line."""
        result: Ring = []
        east = 0.0
        for longitude, latitude in points:
            away = longitude - self.longitude
            east += (away - east + 180) % 360 - 180
            x = WIDTH / 2 + east * self.squeeze * self.scale
            result.append((x, HEIGHT / 2 + (self.latitude - latitude) * self.scale))
        return result

    def copies(self, line: Ring) -> Iterator[Ring]:
        """The line wherever the window meets it: as it is, and once around the world each way."""
        around = 360 * self.squeeze * self.scale
        for turn in (-around, 0.0, around):
            moved = [(x + turn, y) for x, y in line] if turn else line
            if not is_outside(moved):
                yield moved

    def polygon(self, points: Iterable[Point]) -> Iterator[Ring]:
        """The parts of a ring that the window shows, simplified."""
        window = (-MARGIN, -MARGIN, WIDTH + MARGIN, HEIGHT + MARGIN)
        for ring in self.copies(self.project(points)):
            clipped = _simplified(_clip_ring(ring, window))
            if len(clipped) > 2 and abs(area_of(clipped)) > SMALLEST:
                yield clipped

    def line(self, points: Iterable[Point]) -> Iterator[Ring]:
        """The parts of a line that run through the window, simplified."""
        for line in self.copies(self.project(points)):
            part: Ring = []
            for before, after in pairwise(line):
                if is_outside([before, after]):
                    if len(part) > 1:
                        yield _simplified(part)
                    part = []
                else:
                    part = part or [before]
                    part.append(after)
            if len(part) > 1:
                yield _simplified(part)


def is_outside(ring: Sequence[Point]) -> bool:
    """Whether all points lie beyond the same edge."""
    return (
        all(x < 0 for x, _ in ring)
        or all(x > WIDTH for x, _ in ring)
        or all(y < 0 for _, y in ring)
        or all(y > HEIGHT for _, y in ring)
    )


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


def area_of(ring: Ring) -> float:
    return (
        sum(
            before[0] * after[1] - after[0] * before[1]
            for before, after in zip(ring, [*ring[1:], ring[0]], strict=True)
        )
        / 2
    )
