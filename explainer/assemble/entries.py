"""Entries as notes, wherever they stand: on an article's page, in the glossary, on their own."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from explainer.assemble.maps import Maps, map_credit
from explainer.assemble.prose import prose_html
from explainer.assemble.words import date_view, dated_references, degrees
from explainer.edtf import edtf_in_words, parse_edtf
from explainer.model import Entry, EntryView


@dataclass(frozen=True, slots=True)
class Place:
    """Where a note is shown, and how one gets from there to others.

    ``maps`` is None where no maps are drawn. ``href_of`` leads to an entry's note or page from
    here, and is empty where it has none; ``page_of`` only to its own page.
    """

    root: str
    maps: Maps | None
    href_of: Callable[[str], str]
    page_of: Callable[[str], str]


def entry_view(entry: Entry, place: Place, *, back: str = "", count: int = 0) -> EntryView:
    """The entry as templates see it; `back` leads to its first of `count` mentions."""
    return EntryView(
        id=entry.id,
        anchor=f"entry-{entry.id}",
        name=entry.name,
        kind=entry.kind,
        role=entry.role,
        summary=prose_html(entry.summary, place.href_of) if entry.summary else "",
        as_of=date_view(parse_edtf(entry.as_of)) if entry.as_of else None,
        original_name=entry.original_name,
        facts=_facts(entry),
        image=entry.image,
        map=place.maps.of(entry) if place.maps else "",
        map_credit=map_credit(entry) if place.maps else "",
        image_href=f"{place.root}static/images/{entry.image.src}" if entry.image else "",
        same_as=entry.same_as,
        sources=dated_references(entry.sources),
        suggested=entry.status == "suggested",
        href=place.page_of(entry.id),
        back=back,
        count=count,
    )


def _facts(entry: Entry) -> tuple[tuple[str, str], ...]:
    facts: list[tuple[str, str]] = []
    if entry.born:
        facts.append(("Born", edtf_in_words(entry.born)))
    if entry.died:
        facts.append(("Died", edtf_in_words(entry.died)))
    if entry.date:
        facts.append(("When", edtf_in_words(entry.date)))
    if entry.owner:
        facts.append(("Owner", entry.owner))
    if entry.location:
        facts.append(("Where", degrees(entry.location)))
    if entry.time_zone:
        facts.append(("Time zone", entry.time_zone.replace("_", " ")))
    return tuple(facts)
