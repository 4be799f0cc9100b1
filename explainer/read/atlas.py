"""The atlas that ships with us: coasts and borders, decoded from TopoJSON."""

from __future__ import annotations

import json
from functools import cache
from itertools import accumulate

from explainer.home import PACKAGE
from explainer.model import Atlas, Country, Point

Arc = tuple[Point, ...]


@cache
def read_atlas() -> Atlas:
    """Land and countries of the world at 1:50 million, in degrees of longitude and latitude.

    The format: https://github.com/topojson/topojson-specification.
    """
    import gzip  # few builds draw a map

    raw = (PACKAGE / "atlas" / "countries-50m.json.gz").read_bytes()
    topology = json.loads(gzip.decompress(raw))
    (scale_x, scale_y), (shift_x, shift_y) = (
        topology["transform"]["scale"], topology["transform"]["translate"],
    )  # fmt: skip
    arcs = []
    for deltas in topology["arcs"]:
        xs = accumulate(delta[0] for delta in deltas)
        ys = accumulate(delta[1] for delta in deltas)
        arcs.append(
            tuple(
                (x * scale_x + shift_x, y * scale_y + shift_y) for x, y in zip(xs, ys, strict=True)
            )
        )
    geometries = topology["objects"]["countries"]["geometries"]
    return Atlas(
        arcs=tuple(arcs),
        boxes=tuple(_box(arc) for arc in arcs),
        land=_rings(topology["objects"]["land"]["geometries"][0]),
        countries=tuple(
            Country(one["properties"]["name"], _rings(one)) for one in geometries if "arcs" in one
        ),
    )


def _rings(geometry: dict[str, object]) -> tuple[tuple[int, ...], ...]:
    """Every ring of a polygon or of several, each as the arcs it is made of."""
    arcs = geometry["arcs"]
    assert isinstance(arcs, list)
    polygons = [arcs] if geometry["type"] == "Polygon" else arcs
    return tuple(tuple(ring) for polygon in polygons for ring in polygon)


def _box(arc: Arc) -> tuple[float, float, float, float]:
    longitudes = [longitude for longitude, _ in arc]
    latitudes = [latitude for _, latitude in arc]
    return min(longitudes), min(latitudes), max(longitudes), max(latitudes)
