"""Who is cited on the site: sources with an entry, and article by article those without."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from itertools import groupby

from msgspec import Struct, field

from explainer.assemble.addresses import Addresses
from explainer.assemble.lists import Archive, EntrySlice, article_line, quote_line
from explainer.assemble.words import STANDING_WORDS, moment_view
from explainer.config import SiteConfig
from explainer.language import Language, language_of
from explainer.model import CitedLine, Entry, SourcesPage, Standing, UnlistedSources

CLAIMS_A_PAGE = 100
"""Claims on one page of the sources without an entry."""

_CITED = "sources/index.html"


class _Tally(Struct):
    standings: list[tuple[int, Standing]] = field(default_factory=list)
    claims: int = 0
    articles: int = 0
    first: str = ""
    last: str = ""


def sources_pages(
    archive: Archive, entries: Mapping[str, Entry], addresses: Addresses, config: SiteConfig
) -> Iterator[SourcesPage]:
    """The page of the sources with entries, then those of the others, the newest articles first."""
    language = language_of(config.language)
    unlisted = archive.unlisted()
    yield SourcesPage(
        path=_CITED,
        root=addresses.root(_CITED),
        cited=_cited(archive, entries, addresses, language),
        other=addresses.way(_CITED, _unlisted_path(1)) if unlisted else "",
        canonical=f"{config.base_url}{_CITED}" if config.base_url else "",
    )
    count = -(-unlisted // CLAIMS_A_PAGE)
    slices = archive.entry_slices("", CLAIMS_A_PAGE) if count else ()
    for number, part in enumerate(slices, start=1):
        path = _unlisted_path(number)
        yield SourcesPage(
            path=path,
            root=addresses.root(path),
            unlisted=_unlisted(part, path, language),
            other=addresses.way(path, _CITED),
            number=number,
            count=count,
            newer=addresses.way(path, _unlisted_path(number - 1)) if number > 1 else "",
            older=addresses.way(path, _unlisted_path(number + 1)) if number < count else "",
            canonical=f"{config.base_url}{path}" if config.base_url else "",
        )


def _unlisted_path(number: int) -> str:
    return f"sources/others/{'index' if number == 1 else number}.html"


def _cited(
    archive: Archive, entries: Mapping[str, Entry], addresses: Addresses, language: Language
) -> tuple[CitedLine, ...]:
    """The most cited first."""
    tallies: dict[str, _Tally] = {}
    for entry, standing, claims, articles, first, last in archive.cited():
        if entry not in entries:
            continue
        tally = tallies.setdefault(entry, _Tally(first=first))
        tally.standings.append((-claims, standing))  # type: ignore[arg-type]
        tally.claims += claims
        tally.articles = max(tally.articles, articles)
        tally.first = min(filter(None, (tally.first, first)), default="")
        tally.last = max(tally.last, last)
    most = max((one.claims for one in tallies.values()), default=1)
    ordered = sorted(tallies, key=lambda one: (-tallies[one].claims, entries[one].name, one))
    return tuple(
        CitedLine(
            name=entries[one].name,
            language=entries[one].language or language.tag,
            href=f"{addresses.entry(one, _CITED)}#quotes" if addresses.entry(one, _CITED) else "",
            role=entries[one].role,
            standings=tuple(
                (standing, language.say(STANDING_WORDS[standing]))
                for _, standing in sorted(tallies[one].standings)
            ),
            claims=tallies[one].claims,
            share=-(-100 * tallies[one].claims // most),
            articles=tallies[one].articles,
            first=moment_view(tallies[one].first, language),
            last=moment_view(tallies[one].last, language),
        )
        for one in ordered
    )


def _unlisted(part: EntrySlice, path: str, language: Language) -> tuple[UnlistedSources, ...]:
    return tuple(
        UnlistedSources(
            article_line(article, path, language),
            tuple(quote_line(article, quote, path, language) for _, quote in those),
        )
        for article, those in groupby(part.quotes("by"), key=lambda one: one[0])
    )
