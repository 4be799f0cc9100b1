"""A story's past in order: its dated cards, the dated events it names, and itself."""

from __future__ import annotations

from collections.abc import Callable, Iterable

from explainer.assemble.words import date_view, moment_view
from explainer.edtf import parse_edtf
from explainer.language import Language
from explainer.model import BackgroundCard, Edtf, Entry, Moment

_NEVER = (10_000, 1, 1)


def timeline(
    cards: Iterable[BackgroundCard],
    events: Iterable[Entry],
    published: str,
    href_of: Callable[[str], str],
    language: Language,
) -> tuple[Moment, ...]:
    """The moments from the earliest on; where two start together the shorter comes first.

    Args:
        cards: Those that the page shows; the undated are left out.
        events: Entries with a date that the page has notes for.
        published: The article's own date, ISO 8601, or empty.
        href_of: Leads to an entry's note.
    """
    found: list[tuple[Edtf, Moment]] = []
    for card in cards:
        view = date_view(card.date, language)
        if card.date and view:
            found.append((card.date, Moment(view, card.title, f"#card-{card.id}", "card")))
    for event in events:
        view = date_view(event.date, language)
        if event.date and view:
            found.append((event.date, Moment(view, event.name, href_of(event.id), "event")))
    view = moment_view(published, language)
    if found and view:
        day = parse_edtf(published[:10])
        found.append((day, Moment(view, language.say("This article"), "", "article")))
    return tuple(moment for _, moment in sorted(found, key=_order))


def _order(dated: tuple[Edtf, Moment]) -> tuple[object, ...]:
    date, moment = dated
    return date.earliest, date.latest or _NEVER, moment.kind, moment.title
