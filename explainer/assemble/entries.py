"""Entries as notes, wherever they stand: on an article's page, in the glossary, on their own."""

from __future__ import annotations

from collections.abc import Callable

from msgspec import Struct

from explainer.assemble.maps import Maps, map_credit
from explainer.assemble.prose import prose_html, prose_links
from explainer.assemble.roles import role_facts
from explainer.assemble.things import json_text, thing
from explainer.assemble.words import KIND_WORDS, date_view, dated_references, degrees
from explainer.edtf import parse_edtf
from explainer.language import Language
from explainer.model import Entry, EntryView

MAX_KEPT = 8192
"""Views that are kept to be shown again; some 2 kB each."""


class Place(Struct, frozen=True):
    """Where a note is shown, and how one gets from there to others.

    ``language`` is the page's, ``site_language`` that of entries which don't say their own.
    ``maps`` is None where no maps are drawn. ``href_of`` leads to an entry's note or page from
    here, and is empty where it has none; ``page_of`` only to its own page.
    """

    root: str
    language: Language
    site_language: str
    maps: Maps | None
    href_of: Callable[[str], str]
    page_of: Callable[[str], str]


class Notes:
    """Makes an entry's view once for all the places that show the same; ``maps`` draws theirs."""

    def __init__(self, maps: Maps) -> None:
        self.maps = maps
        self._made: dict[tuple[str, ...], tuple[Entry, EntryView]] = {}
        self._links: dict[str, tuple[str, list[str]]] = {}

    def of(self, entry: Entry, place: Place, *, back: str = "") -> EntryView:
        """See `entry_view`."""
        name = entry.id
        known = self._links.get(name)
        if known is None or known[0] != entry.summary:
            known = self._links[name] = (entry.summary, prose_links(entry.summary))
        links = [place.href_of(one) for one in known[1]]
        key = (name, entry.role, place.language.tag, back, place.root, place.page_of(name), *links)
        kept = self._made.get(key)
        if kept is not None and _same(kept[0], entry):
            return kept[1]
        if len(self._made) >= MAX_KEPT:
            self._made.clear()
        view = entry_view(entry, place, back=back)
        self._made[key] = (entry, view)
        return view


def _same(kept: Entry, entry: Entry) -> bool:
    """Whether it is the entry as it was; one with roles is a new object in each article."""
    return kept is entry or kept == entry


def entry_view(entry: Entry, place: Place, *, back: str = "") -> EntryView:
    """The entry as templates see it; `back` leads to its first mention."""
    return EntryView(
        id=entry.id,
        anchor=f"entry-{entry.id}",
        name=entry.name,
        language=entry.language or place.site_language,
        kind=entry.kind,
        kind_words=place.language.say(KIND_WORDS[entry.kind]),
        role=entry.role,
        summary=prose_html(entry.summary, place.href_of) if entry.summary else "",
        as_of=date_view(parse_edtf(entry.as_of), place.language) if entry.as_of else None,
        original_name=entry.original_name,
        facts=_facts(entry, place.language),
        image=entry.image,
        map=place.maps.of(entry, place.language) if place.maps else "",
        map_credit=map_credit(entry, place.language) if place.maps else "",
        image_href=f"{place.root}static/images/{entry.image.src}" if entry.image else "",
        same_as=entry.same_as,
        sources=dated_references(entry.sources, place.language),
        suggested=entry.status == "suggested",
        href=place.page_of(entry.id),
        back=back,
        thing=json_text(thing(entry)),
    )


def summary_links(entry: Entry) -> list[str]:
    """The entries that an entry's summary links to."""
    return prose_links(entry.summary)


def _facts(entry: Entry, language: Language) -> tuple[tuple[str, str], ...]:
    facts = role_facts(entry, language)
    if entry.born:
        facts.append((language.say("Born"), language.date(entry.born)))
    if entry.died:
        facts.append((language.say("Died"), language.date(entry.died)))
    if entry.date:
        facts.append((language.say("When"), language.date(entry.date)))
    if entry.owner:
        facts.append((language.say("Owner"), entry.owner))
    if entry.location:
        facts.append((language.say("Where"), degrees(entry.location, language)))
    if entry.time_zone:
        facts.append((language.say("Time zone"), entry.time_zone.replace("_", " ")))
    return tuple(facts)
