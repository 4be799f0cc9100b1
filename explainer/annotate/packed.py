"""Fill proposed entries with what the place pack says of a name that can only mean one thing."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from msgspec.structs import replace

from explainer.model import Entry, KnownPlace, Reference
from explainer.read import find_bodies, find_places

BY = "place pack"
CREDIT = Reference("GeoNames", "GeoNames, CC BY 4.0", "https://www.geonames.org/")
MUCH_LARGER = 10
"""How many times the people of the next a place has that is meant without more."""
_AFTER_COMMA = re.compile(r", ((?:[A-Z][\w.]*)(?: [A-Z]\w*)*)")


def countries_named(names: Iterable[str]) -> frozenset[str]:
    """Give the codes of the countries among an article's names."""
    first = [found[0] for name in names if (found := find_places(name))]
    return frozenset(one.country for one in first if one.sort == "country")


def fill_entry(entry: Entry, countries: frozenset[str], after: str) -> Entry:
    """Give the entry with what the pack knows; as it is where that isn't sure.

    Args:
        entry: As the article alone has it.
        countries: Codes of the countries that the article names.
        after: The text behind the first mention: ", Ontario" tells one London from the other.
    """
    if entry.kind == "place":
        place = choose_place(find_places(entry.name), countries, after)
        return entry if place is None else _as_place(entry, place)
    for name in (entry.name, *(alias.text for alias in entry.aliases)):
        for body in find_bodies(name):
            if body.kind == entry.kind:
                return replace(
                    entry,
                    role=body.role,
                    owner=body.owner,
                    proposed_by=f"{entry.proposed_by}; {BY}",
                )
    return entry


def choose_place(
    found: Sequence[KnownPlace], countries: frozenset[str], after: str
) -> KnownPlace | None:
    """Give the one that is meant, None where several may be.

    It is the only one, or much larger than the others, or the only one in a country that the
    article names; and what stands behind a comma doesn't say otherwise.
    """
    # A division of the same name around a city or under a country is no other place.
    larger = {one.country for one in found if one.sort != "division"}
    apart = [one for one in found if one.sort != "division" or one.country not in larger]
    if not apart:
        return None
    first, *others = apart
    sure = first.sort != "division" and all(
        one.sort != "division" and first.population >= MUCH_LARGER * one.population
        for one in others
    )
    if others and not sure:
        near = [one for one in apart if one.country in countries]
        if len(near) != 1 or near[0].sort == "country":
            return None
        first = near[0]
    around = _AFTER_COMMA.match(after)
    wider = find_places(around[1]) if around else ()
    areas = [one for one in wider if one.sort in ("country", "division")]
    inside = [one for one in found if any(_lies_in(one, area) for area in areas)]
    # A country isn't in the next one of a list: Nigeria, Cameroon and Benin.
    agrees = not areas or first in inside or (first.sort == "country" and not inside)
    return first if agrees else None


def _lies_in(place: KnownPlace, area: KnownPlace) -> bool:
    whole = area.sort == "country" or not place.division
    return place.country == area.country and (whole or place.division == area.division)


def _as_place(entry: Entry, place: KnownPlace) -> Entry:
    return replace(
        entry,
        role=entry.role or place.role,
        location=place.location,
        time_zone=place.time_zone,
        sources=(*entry.sources, CREDIT),
        proposed_by=f"{entry.proposed_by}; {BY}",
    )
