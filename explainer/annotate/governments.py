"""Propose the government that a capital stands for, where it acts as one."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from msgspec.structs import replace

from explainer.annotate.names import slug_of
from explainer.model import Entry, Mention, Sense
from explainer.read import find_places

BY = "senses: {name} acts as its government; place pack"


SHARED_SEATS = frozenset({"Brussels"})
"""Where another power sits too, so that nobody can say who is meant."""


def government_of(capital: str) -> Entry | None:
    """Give the government whose seat a city is, None where that isn't certain."""
    if capital in SHARED_SEATS:
        return None
    found = [place for place in find_places(capital) if place.sort == "capital"]
    if len(found) != 1 or not found[0].government:
        return None
    name = found[0].government
    return Entry(
        id=slug_of(name),
        name=name,
        kind="organization",
        role=f"Government of {found[0].country_name}",
        status="suggested",
        proposed_by=BY.format(name=found[0].name),
    )


def move_to_governments(
    acting: Iterable[tuple[Mention, str]], id_by_name: Mapping[str, str]
) -> tuple[dict[Mention, Mention], dict[str, str], tuple[Entry, ...]]:
    """Give for mentions of capitals that act those of their governments.

    Args:
        acting: Mentions, each with the capital's name.
        id_by_name: What the glossary has; a government in it is not proposed.

    Returns:
        The new mentions by the old ones; for the entry of each capital its government's; and
        the governments that the glossary lacks, in order of mention.
    """
    moved: dict[Mention, Mention] = {}
    seats: dict[str, str] = {}
    proposed: dict[str, Entry] = {}
    for mention, capital in acting:
        government = government_of(capital)
        if government is None:
            continue
        entry_id = id_by_name.get(government.name, government.id)
        moved[mention] = replace(mention, entry=entry_id)
        seats[mention.entry] = entry_id
        if government.name not in id_by_name:
            proposed[government.id] = government
    return moved, seats, tuple(proposed.values())


def with_seats(proposed: Iterable[Entry], seats: Mapping[str, str]) -> tuple[Entry, ...]:
    """Give the proposed entries, those of capitals with the government as their second sense."""
    return tuple(
        replace(one, senses=(Sense("government", seats[one.id]),)) if one.id in seats else one
        for one in proposed
    )
