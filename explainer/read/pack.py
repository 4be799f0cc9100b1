"""The place pack that ships with us: places and international bodies by name.

Nothing is opened before the first question. What the columns are: explainer/pack/README.md.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from functools import cache
from typing import Literal, cast

from msgspec.structs import replace

from explainer.home import PACKAGE
from explainer.model import KnownBody, KnownPlace

Lines = Mapping[str, tuple[str, ...]]


def find_places(name: str) -> tuple[KnownPlace, ...]:
    """Give the places of this name, letter for letter: countries first, then by population."""
    return _places(name)


def find_bodies(name: str) -> tuple[KnownBody, ...]:
    """Give the international body or news agency of this name, if there is one."""
    return _bodies().get(name, ())


@cache
def _places(name: str) -> tuple[KnownPlace, ...]:
    found = [_place(line) for line in _lines().get(name, ())]
    return tuple(sorted(found, key=lambda one: (one.sort != "country", -one.population)))


def _place(line: str) -> KnownPlace:
    fields = line.split("\t")
    fields += [""] * (13 - len(fields))
    names, sort, country, latitude, longitude, zone, population, role = fields[:8]
    place = KnownPlace(
        name=names.split(";")[0],
        names=tuple(names.split(";")),
        sort=cast(Literal["country", "capital", "division", "city"], sort),
        country=country,
        country_name=_country(country),
        role=role,
        location=(float(latitude), float(longitude)) if latitude else None,
        time_zone=zone,
        population=int(population or 0),
        division="" if sort == "country" else fields[8],
        government=_government(country) if sort != "division" else "",
        people=_split(fields[11]),
        seats=_split(fields[12]),
    )
    return place if role else _with_role(place)


def _with_role(place: KnownPlace) -> KnownPlace:
    """Say of a capital, a city or a division where it is."""
    said = {"capital": "Capital of", "city": "City in", "division": "Administrative division of"}
    if place.sort not in said:
        return place
    return replace(place, role=f"{said[place.sort]} {place.country_name}")


def _country(code: str) -> str:
    """The country's name as a sentence has it: the Philippines."""
    return _country_fields(code)[9]


def _government(code: str) -> str:
    adjective = _country_fields(code)[10]
    return f"{adjective} government" if adjective else ""


@cache
def _country_fields(code: str) -> tuple[str, ...]:
    fields = _lines()[f"={code}"][0].split("\t")
    return (*fields, *[""] * (13 - len(fields)))


def _split(field: str) -> tuple[str, ...]:
    return tuple(one for one in field.split(";") if one)


@cache
def _lines() -> Lines:
    """Each line by each of its names; a country's also by = and its code."""
    import gzip  # only drafts ask for places

    raw = (PACKAGE / "pack" / "places.tsv.gz").read_bytes()
    lines: defaultdict[str, tuple[str, ...]] = defaultdict(tuple)
    for line in gzip.decompress(raw).decode().splitlines():
        names, sort, country, _ = line.split("\t", 3)
        for name in names.split(";"):
            lines[name] += (line,)
        if sort == "country":
            lines[f"={country}"] = (line,)
    return dict(lines)


@cache
def _bodies() -> Mapping[str, tuple[KnownBody, ...]]:
    import tomllib

    source = (PACKAGE / "pack" / "institutions.toml").read_text("utf-8")
    table = tomllib.loads(source)
    bodies: dict[str, tuple[KnownBody, ...]] = {}
    kinds: tuple[tuple[str, Literal["organization", "outlet"]], ...] = (
        ("organizations", "organization"), ("outlets", "outlet"),
    )  # fmt: skip
    for group, kind in kinds:
        for line in table[group].strip().splitlines():
            name, others, role, owner, *_ = [*(part.strip() for part in line.split("|")), "", ""]
            names = (name, *(one.strip() for one in others.split(",") if one.strip()))
            for one in names:
                bodies[one] = (*bodies.get(one, ()), KnownBody(name, names, kind, role, owner))
    return bodies
