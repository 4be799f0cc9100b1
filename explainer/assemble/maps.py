"""Maps of one place, or of a story’s places: SVG drawn at build time, with nothing to load."""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence

from markupsafe import Markup

from explainer.assemble.map_drawing import (
    border_arcs_of,
    draw_map,
    named_marker,
    numbered_marker,
)
from explainer.assemble.map_view import DEGREES_HIGH, HEIGHT, WIDTH, Box, View
from explainer.language import Language, message
from explainer.model import Atlas, Entry, Point

CREDIT = message("Natural Earth; borders as held on the ground")
CREDIT_LAND = message("Natural Earth; no borders drawn")


MAX_KEPT = 512
"""Maps of stories that are kept to be shown again; some 8 kB each."""


class Maps:
    """Draws each place once, and reads the atlas when the first is asked for."""

    def __init__(self, read_atlas: Callable[[], Atlas]) -> None:
        self._read_atlas = read_atlas
        self._borders: list[int] | None = None
        self._drawn: dict[tuple[str, Point, str, str], Markup] = {}
        self._stories: dict[tuple[object, str], Markup] = {}

    def of(self, entry: Entry, language: Language) -> Markup:
        """The map of an entry that has a location; empty for one that has none, or wants none.

        Colors are the theme's, by class: map-sea, map-land, map-border, map-point, map-label.
        """
        if entry.location is None or entry.map == "none":
            return Markup("")
        key = (entry.name, entry.location, entry.map, language.interface)
        if key not in self._drawn:
            point = (WIDTH / 2, HEIGHT / 2)
            self._drawn[key] = self._draw(
                language.say("Map: where {place} is", place=entry.name),
                View(self._read_atlas(), *entry.location),
                named_marker(entry.name, point),
                [(WIDTH / 2 - 12, HEIGHT / 2 - 14, WIDTH / 2 + 90, HEIGHT / 2 + 14)],
                language,
                borders=entry.map == "borders",
            )
        return self._drawn[key]

    def of_story(self, places: Sequence[Entry], language: Language) -> Markup:
        """One map of several places, numbered from 1 in the order given; they have locations."""
        key = (tuple((e.name, e.location, e.map) for e in places), language.interface)
        if key not in self._stories:
            if len(self._stories) >= MAX_KEPT:
                self._stories.clear()
            self._stories[key] = self._story(places, language)
        return self._stories[key]

    def _story(self, places: Sequence[Entry], language: Language) -> Markup:
        view = _view_of(self._read_atlas(), [entry.location for entry in places if entry.location])
        points = view.project([(e.location[1], e.location[0]) for e in places if e.location])
        markers = Markup("").join(
            numbered_marker(number, point) for number, point in enumerate(points, start=1)
        )
        names = language.list([f"{number} {e.name}" for number, e in enumerate(places, start=1)])
        taken = [(x - 12, y - 14, x + 12, y + 14) for x, y in points]
        borders = all(entry.map == "borders" for entry in places)
        title = language.say("Map of the story’s places: {places}", places=names)
        return self._draw(title, view, markers, taken, language, borders=borders)

    def _draw(
        self,
        title: str,
        view: View,
        markers: Markup,
        taken: list[Box],
        language: Language,
        *,
        borders: bool,
    ) -> Markup:
        atlas = self._read_atlas()
        if self._borders is None:
            self._borders = border_arcs_of(atlas)
        arcs = self._borders if borders else []
        return draw_map(title, view, atlas, arcs, markers, taken, language)


def _view_of(atlas: Atlas, places: Sequence[Point]) -> View:
    """A window with room around all of them, on the side of the world where they are closest."""
    latitudes = [latitude for latitude, _ in places]
    longitudes = sorted(longitude % 360 for _, longitude in places)
    gaps = [
        ((after - before) % 360, after)
        for before, after in zip(longitudes, [*longitudes[1:], longitudes[0] + 360], strict=True)
    ]
    widest, west = max(gaps) if len(places) > 1 else (360.0, longitudes[0])
    wide = 360 - widest
    middle = (min(latitudes) + max(latitudes)) / 2
    squeeze = max(math.cos(math.radians(middle)), 0.1)
    needed = max(max(latitudes) - min(latitudes), wide * squeeze * HEIGHT / WIDTH)
    return View(atlas, middle, west + wide / 2, min(max(needed * 1.5, DEGREES_HIGH), 170))


def map_credit(entry: Entry, language: Language) -> str:
    """Whose map it is, and whose borders; empty where there is none."""
    if entry.location is None or entry.map == "none":
        return ""
    credit = CREDIT_LAND if entry.map == "land" else CREDIT
    return language.say(credit)
