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
NEAREST = 0.3
"""Pixels between two points that are told apart at all."""
SMALLEST = 3.0
"""Square pixels under which an island is left out."""
MARGIN = 3.0
"""Pixels beyond the window that are drawn, so that its edge shows no coast."""

Ring = list[Point]
Box = tuple[float, float, float, float]


class View:
    """The window of one map: equirectangular, true to scale along its middle parallel.

    Args:
        atlas: What there is to see.
        latitude: Of the middle, in degrees, as is `longitude`.
        high: Degrees of latitude from the lower edge to the upper.
    """

    def __init__(
        self, atlas: Atlas, latitude: float, longitude: float, high: float = DEGREES_HIGH
    ) -> None:
        self._atlas = atlas
        self.latitude = latitude
        self.longitude = (longitude + 180) % 360 - 180
        squeeze = max(math.cos(math.radians(latitude)), 0.1)
        self.scale = HEIGHT / high
        self.scale_x = self.scale * squeeze
        self._around = 360 * self.scale_x
        self._south, self._north = latitude - high / 2, latitude + high / 2
        wide = WIDTH / 2 / self.scale_x
        self._west, self._east = self.longitude - wide, self.longitude + wide
        self._arcs: dict[int, Ring] = {}

    def sees(self, ring: Sequence[int]) -> bool:
        """Whether a ring's extent touches the window; a cheap look before the points."""
        boxes = self._atlas.boxes
        first, *others = [boxes[index if index >= 0 else ~index] for index in ring]
        if not others:
            return self._shows(first)
        wests, souths, easts, norths = zip(first, *others, strict=True)
        return self._shows((min(wests), min(souths), max(easts), max(norths)))

    def _shows(self, box: Box) -> bool:
        west, south, east, north = box
        if north < self._south or south > self._north:
            return False
        left, right = self._west, self._east
        return (
            (west <= right and east >= left)
            or (west - 360 <= right and east - 360 >= left)
            or (west + 360 <= right and east + 360 >= left)
        )

    def project(self, points: Iterable[Point]) -> Ring:
        """Pixels from the upper left corner; a line runs on across the date line."""
        result: Ring = []
        middle, scale_x, scale, top = WIDTH / 2, self.scale_x, self.scale, self.latitude
        east = 0.0
        for longitude, latitude in points:
            away = longitude - self.longitude
            east += (away - east + 180) % 360 - 180
            result.append((middle + east * scale_x, HEIGHT / 2 + (top - latitude) * scale))
        return result

    def polygon(self, ring: Sequence[int]) -> Iterator[Ring]:
        """The parts of a ring that the window shows."""
        window = (-MARGIN, -MARGIN, WIDTH + MARGIN, HEIGHT + MARGIN)
        for copy in self._copies(self._joined(ring)):
            clipped = _clip_ring(copy, window)
            if len(clipped) > 2 and abs(area_of(clipped)) > SMALLEST:
                yield clipped

    def line(self, index: int) -> Iterator[Ring]:
        """The parts of an arc that run through the window."""
        for line in self._copies(self._arc(index)):
            part: Ring = []
            for before, after in pairwise(line):
                if _is_outside([before, after]):
                    if len(part) > 1:
                        yield part
                    part = []
                else:
                    part = part or [before]
                    part.append(after)
            if len(part) > 1:
                yield part

    def _arc(self, index: int) -> Ring:
        """An arc in pixels, simplified: once for all that it bounds, on both of its sides.

        Where the window shows nothing of it, its ends are enough: what lies between is on the
        same side of the window as the line from end to end.
        """
        if index not in self._arcs:
            points, box = self._atlas.arcs[index], self._atlas.boxes[index]
            if box[2] - box[0] > 180:
                self._arcs[index] = _simplified(self._needed(self.project(points)))
            elif self._shows(box):
                self._arcs[index] = _simplified(self._needed(self._straight(points)))
            else:
                self._arcs[index] = self._straight((points[0], points[-1]))
        return self._arcs[index]

    def _straight(self, points: Sequence[Point]) -> Ring:
        """What `project` gives for a line that doesn't cross the date line."""
        west = points[0][0]
        scale_x, scale = self.scale_x, self.scale
        east = (west - self.longitude + 180) % 360 - 180
        left, top = WIDTH / 2 + (east - west) * scale_x, HEIGHT / 2 + self.latitude * scale
        return [(left + x * scale_x, top - y * scale) for x, y in points]

    def _needed(self, points: Ring) -> Ring:
        """Without points that lie as good as on the one before them, or in a stretch out of sight.

        Of a stretch beyond one edge its ends remain, as the line between them is there, too.
        """
        kept = points[:1]
        x, y = points[0]
        beyond = self._beyond(x, y)
        last: Point | None = None
        for point in points[1:]:
            edge = self._beyond(*point)
            if edge and edge == beyond:
                last = point
                continue
            if last:
                kept.append(last)
                last = None
            if edge or beyond or abs(point[0] - x) + abs(point[1] - y) > NEAREST:
                kept.append(point)
                x, y = point
            beyond = edge
        kept.append(points[-1])
        return kept

    def _beyond(self, x: float, y: float) -> int:
        """By which edge a point is out of sight, however often the world is gone around; or 0."""
        if y < -MARGIN:
            return 1
        if y > HEIGHT + MARGIN:
            return 2
        if WIDTH + MARGIN - self._around < x < -MARGIN:
            return 3
        return 4 if WIDTH + MARGIN < x < self._around - MARGIN else 0

    def _joined(self, ring: Sequence[int]) -> Ring:
        """A ring's points; arc ~i is arc i backwards, and each arc starts where the last ended."""
        points: Ring = []
        for index in ring:
            arc = self._arc(index) if index >= 0 else self._arc(~index)[::-1]
            if not points:
                points += arc
                continue
            turns = round((points[-1][0] - arc[0][0]) / self._around)
            points += _moved(arc[1:], turns * self._around)
        return points

    def _copies(self, line: Ring) -> Iterator[Ring]:
        """The line wherever the window meets it: as it is, and once around the world each way."""
        for turn in (-self._around, 0.0, self._around):
            moved = _moved(line, turn)
            if not _is_outside(moved):
                yield moved


def _moved(line: Ring, x: float) -> Ring:
    return [(x + one, y) for one, y in line] if x else line


def _is_outside(ring: Sequence[Point]) -> bool:
    """Whether all points lie beyond the same edge."""
    xs, ys = [x for x, _ in ring], [y for _, y in ring]
    return max(xs) < 0 or min(xs) > WIDTH or max(ys) < 0 or min(ys) > HEIGHT


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
    kept = {0, len(points) - 1}
    stack = [(0, len(points) - 1)]
    while stack:
        first, last = stack.pop()
        (x, y), (end_x, end_y) = points[first], points[last]
        dx, dy = end_x - x, end_y - y
        length = math.hypot(dx, dy)
        between = points[first + 1 : last]
        if length:
            away = [abs(dy * (one_x - x) - dx * (one_y - y)) for one_x, one_y in between]
        else:
            away = [math.hypot(one_x - x, one_y - y) for one_x, one_y in between]
        farthest = max(away, default=0.0)
        if farthest > TOLERANCE * (length or 1):
            index = first + 1 + away.index(farthest)
            kept.add(index)
            stack += [(first, index), (index, last)]
    return [points[index] for index in sorted(kept)]


def area_of(ring: Ring) -> float:
    return (
        sum(
            before[0] * after[1] - after[0] * before[1]
            for before, after in zip(ring, [*ring[1:], ring[0]], strict=True)
        )
        / 2
    )
