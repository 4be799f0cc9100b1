"""What comes with the program: outlines for maps, places and bodies for drafts."""

from __future__ import annotations

from typing import Literal

from msgspec import Struct

Point = tuple[float, float]
"""Longitude and latitude in degrees, or x and y in pixels."""


class Country(Struct, frozen=True):
    """A country's outline: each ring as indexes of arcs, ~i being arc i backwards."""

    name: str
    rings: tuple[tuple[int, ...], ...]


class Atlas(Struct, frozen=True):
    """Coasts and borders as TopoJSON has them: arcs that outlines share.

    ``boxes`` are the arcs' extents: west, south, east, north.
    """

    arcs: tuple[tuple[Point, ...], ...]
    boxes: tuple[tuple[float, float, float, float], ...]
    land: tuple[tuple[int, ...], ...]
    countries: tuple[Country, ...]


class KnownPlace(Struct, frozen=True):
    """A country, capital, division or city of the place pack; ``name`` is the first of ``names``.

    ``division`` is GeoNames' code of the first-level division it is or lies in, ``seats`` the
    cities whose names stand for the government, ``government`` its name in English. What the
    data don't say is empty.
    """

    name: str
    names: tuple[str, ...]
    sort: Literal["country", "capital", "division", "city"]
    country: str
    country_name: str
    role: str = ""
    location: tuple[float, float] | None = None
    time_zone: str = ""
    population: int = 0
    division: str = ""
    government: str = ""
    people: tuple[str, ...] = ()
    seats: tuple[str, ...] = ()


class KnownBody(Struct, frozen=True):
    """An international body or a news agency of the place pack."""

    name: str
    names: tuple[str, ...]
    kind: Literal["organization", "outlet"]
    role: str
    owner: str = ""
