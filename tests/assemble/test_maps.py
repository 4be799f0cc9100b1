"""Maps: the right part of the world, small, and honest about borders."""

from __future__ import annotations

import math
import re
from itertools import accumulate

import pytest
from msgspec.structs import replace

from explainer.assemble.maps import Maps, map_credit
from explainer.language import language_of
from explainer.model import Entry
from explainer.read import read_atlas

SEOUL = Entry("seoul", "Seoul", "place", location=(37.57, 126.98))
SUVA = Entry("suva", "Suva", "place", location=(-18.14, 178.44))
APIA = Entry("apia", "Apia", "place", location=(-13.83, -171.77))
MOSCOW = Entry("moscow", "Moscow", "place", location=(55.76, 37.62))
ALICE = Entry("alice", "Alice Springs", "place", location=(-23.7, 133.88))
ANADYR = Entry("anadyr", "Anadyr", "place", location=(64.73, 177.5))
ENGLISH = language_of("en")


@pytest.fixture(scope="module")
def maps() -> Maps:
    return Maps(read_atlas)


def labels_of(svg: str) -> set[str]:
    return set(re.findall(r'class="map-label"[^>]*>([^<]+)<', svg))


def points_of(svg: str) -> list[tuple[int, int]]:
    found = re.findall(r'class="map-point" cx="(-?\d+)" cy="(-?\d+)"', svg)
    return [(int(x), int(y)) for x, y in found]


def is_land(svg: str, x: float, y: float) -> bool:
    """Whether a pixel of a map lies in an odd number of its outlines."""
    path = re.findall(r'class="map-land" d="([^"]*)"', svg)[0]
    inside = False
    for outline in re.findall(r"M([^Mz]+)z", path):
        numbers = [int(one) for one in re.findall(r"-?\d+", outline)]
        xs = list(accumulate(numbers[::2]))
        ys = list(accumulate(numbers[1::2]))
        before = (xs[-1], ys[-1])
        for after in zip(xs, ys, strict=True):
            if (before[1] > y) != (after[1] > y):
                share = (y - before[1]) / (after[1] - before[1])
                inside ^= x < before[0] + share * (after[0] - before[0])
            before = after
    return inside


@pytest.mark.parametrize(
    ("middle", "latitude", "longitude", "land"),
    [
        (SEOUL, 38.9, 126.2, True), (SEOUL, 36, 123.9, False), (SEOUL, 40.5, 131, False),
        (MOSCOW, 59, 30, True), (MOSCOW, 61, 48, True), (SUVA, -17.6, 178, True),
        (SUVA, -18, -178, False), (ANADYR, 67, -176, True), (ANADYR, 67, 172, True),
        (ANADYR, 62, -175, False),
    ],
)  # fmt: skip
def test_land_is_where_land_is(
    maps: Maps, middle: Entry, latitude: float, longitude: float, land: bool
) -> None:
    assert middle.location
    scale = 200 / 13
    away = (longitude - middle.location[1] + 180) % 360 - 180
    x = 160 + away * scale * math.cos(math.radians(middle.location[0]))
    y = 100 + (middle.location[0] - latitude) * scale
    assert 0 < x < 320
    assert 0 < y < 200
    assert is_land(maps.of(middle, ENGLISH), x, y) is land


def test_a_map_far_from_every_coast_is_land_all_over(maps: Maps) -> None:
    svg = maps.of(ALICE, ENGLISH)
    assert all(is_land(svg, x, y) for x in range(1, 320, 53) for y in range(1, 200, 33))


def test_a_map_names_the_countries_around_its_place(maps: Maps) -> None:
    assert {"North Korea", "South Korea", "China", "Japan"} <= labels_of(maps.of(SEOUL, ENGLISH))


def test_a_map_has_its_place_in_the_middle_and_names_it(maps: Maps) -> None:
    svg = maps.of(SEOUL, ENGLISH)
    assert points_of(svg) == [(160, 100)]
    assert ">Seoul</text>" in svg
    assert 'aria-label="Map: where Seoul is' in svg


@pytest.mark.parametrize("place", [SEOUL, SUVA, APIA, MOSCOW], ids=lambda place: place.id)
def test_a_map_is_a_few_kilobytes(maps: Maps, place: Entry) -> None:
    assert 400 < len(maps.of(place, ENGLISH).encode()) < 4_000


def test_a_place_without_a_location_or_that_wants_none_has_no_map(maps: Maps) -> None:
    assert not maps.of(replace(SEOUL, location=None), ENGLISH)
    assert not maps.of(replace(SEOUL, map="none"), ENGLISH)
    assert not map_credit(replace(SEOUL, map="none"), ENGLISH)


def test_an_editor_can_leave_borders_out_and_the_credit_says_so(maps: Maps) -> None:
    land = replace(SEOUL, map="land")
    assert "map-border" in maps.of(SEOUL, ENGLISH)
    assert "map-border" not in maps.of(land, ENGLISH)
    assert not labels_of(maps.of(land, ENGLISH))
    assert map_credit(SEOUL, ENGLISH) != map_credit(land, ENGLISH)


def test_a_name_with_markup_in_it_stays_text(maps: Maps) -> None:
    svg = maps.of(replace(SEOUL, name='<b>"Seoul"'), ENGLISH)
    assert "<b>" not in svg
    assert "&lt;b&gt;" in svg


def test_the_places_of_a_story_are_numbered_and_all_in_view(maps: Maps) -> None:
    svg = maps.of_story([MOSCOW, SEOUL], ENGLISH)
    points = points_of(svg)
    assert len(points) == 2
    assert all(0 < x < 320 and 0 < y < 200 for x, y in points)
    assert points[0][0] < points[1][0], "Moscow is west of Seoul"
    assert re.findall(r'class="map-number"[^>]*>(\d)<', svg) == ["1", "2"]


def test_places_on_both_sides_of_the_date_line_are_seen_together(maps: Maps) -> None:
    (suva_x, suva_y), (apia_x, apia_y) = points_of(maps.of_story([SUVA, APIA], ENGLISH))
    assert 0 < suva_x < apia_x < 320
    assert 0 < apia_y < suva_y < 200
    assert apia_x - suva_x < 200
