"""The past of all stories on one timeline: dated cards of all articles, and dated events."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import groupby
from typing import NamedTuple

from explainer.assemble.addresses import Addresses
from explainer.assemble.lists import Archive
from explainer.assemble.words import date_view
from explainer.config import SiteConfig
from explainer.edtf import parse_edtf
from explainer.language import Language, language_of
from explainer.model import Edtf, Entry, Link, Period, SiteMoment, TimelinePage

PER_PAGE = 200
"""Moments on one page."""

_NEVER = (99_999, 12, 31)


class _Dated(NamedTuple):
    """What stands on the timeline, before it is seen from a page.

    ``target`` is a path and an id, ``articles`` are paths and headlines.
    """

    date: Edtf
    title: str
    is_event: bool
    language: str
    target: tuple[str, str]
    articles: tuple[tuple[str, str], ...]


def timeline_pages(
    archive: Archive, entries: Sequence[Entry], addresses: Addresses, config: SiteConfig
) -> Iterator[TimelinePage]:
    """From the earliest on; there is one page even where nothing has a date."""
    language = language_of(config.language)
    dated = sorted([*_cards(archive), *_events(entries, addresses, language)], key=_order)
    count = max(1, -(-len(dated) // PER_PAGE))
    for number in range(1, count + 1):
        path = _path(number)
        shown = dated[(number - 1) * PER_PAGE : number * PER_PAGE]
        yield TimelinePage(
            path=path,
            root=addresses.root(path),
            periods=tuple(_periods(shown, path, language)),
            number=number,
            count=count,
            newer=addresses.way(path, _path(number + 1)) if number < count else "",
            older=addresses.way(path, _path(number - 1)) if number > 1 else "",
            canonical=f"{config.base_url}{path}" if config.base_url else "",
        )


def _path(number: int) -> str:
    return f"timeline/{'index' if number == 1 else number}.html"


def _order(one: _Dated) -> tuple[object, ...]:
    return one.date.earliest, one.date.latest or _NEVER, one.is_event, one.title, one.target


def _cards(archive: Archive) -> Iterator[_Dated]:
    """Cards of the same date and title are one moment that several articles have."""
    for (date, title), same in groupby(
        archive.moments(), key=lambda one: (one[1].date, one[1].title)
    ):
        found = list(same)
        article, moment = found[0]
        articles = tuple(dict.fromkeys((one.path, one.title) for one, _ in found))
        target = (article.path, moment.anchor)
        yield _Dated(parse_edtf(date), title, False, article.language, target, articles)


def _events(entries: Sequence[Entry], addresses: Addresses, language: Language) -> Iterator[_Dated]:
    for entry in entries:
        if entry.kind == "event" and entry.date:
            target = (addresses.entry_path(entry.id), "")
            spoken = entry.language or language.tag
            yield _Dated(entry.date, entry.name, True, spoken, target, ())


def _periods(shown: Sequence[_Dated], path: str, language: Language) -> Iterator[Period]:
    for name, those in groupby(shown, key=lambda one: _period(one.date)):
        yield Period(
            language.date(parse_edtf(name)),
            f"period-{name.lower()}",
            tuple(_moment(one, path, language) for one in those),
        )


def _period(date: Edtf) -> str:
    """The year of this century, the decade of the last, or the century that a date starts in."""
    year = date.earliest[0]
    if year >= 2000:
        return f"{year:04}"
    if year >= 1900:
        return f"{year // 10:03}X"
    return f"{year // 100:02}XX" if year >= 0 else f"{year:05}"


def _moment(one: _Dated, path: str, language: Language) -> SiteMoment:
    view = date_view(one.date, language)
    assert view
    page, anchor = one.target
    way = Addresses.way(path, page)
    return SiteMoment(
        date=view,
        title=one.title,
        language=one.language,
        href=f"{way}#{anchor}" if anchor else way,
        kind="event" if one.is_event else "card",
        articles=tuple(
            Link(headline, Addresses.way(path, article)) for article, headline in one.articles
        ),
    )
