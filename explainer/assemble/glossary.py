"""Pages for each entry of the glossary, with all that articles say of it."""

from __future__ import annotations

from collections.abc import Iterator

from markupsafe import Markup
from msgspec.structs import replace

from explainer.assemble.addresses import Addresses
from explainer.assemble.entries import Place, entry_view, summary_links
from explainer.assemble.lists import Archive, EntrySlice, article_line, hash_of, quote_line
from explainer.assemble.maps import Maps
from explainer.assemble.structured import entry_json_ld
from explainer.config import SiteConfig
from explainer.language import Language, language_of
from explainer.model import (
    NOWHERE,
    Entry,
    EntryPage,
    MentionLine,
    MentionRecord,
    QuoteLine,
    Record,
    Side,
)

PER_PAGE = 50
"""Articles, and claims of each sort, on one page of an entry."""


def _place(path: str, addresses: Addresses, language: Language, maps: Maps) -> Place:
    def href_of(entry: str) -> str:
        return addresses.entry(entry, path)

    return Place(addresses.root(path), language, language.tag, maps, href_of, href_of)


def entry_pages(
    entry: Entry, archive: Archive, addresses: Addresses, config: SiteConfig, maps: Maps
) -> Iterator[tuple[str, str, EntryPage | None]]:
    """An entry with every article that mentions it and all it is quoted saying, the newest first.

    Each page with its path, and a key that changes when it does; None where the page that is
    there has that key.
    """
    count = max(1, -(-archive.longest(entry.id) // PER_PAGE))
    links = [addresses.entry(one, "") for one in summary_links(entry)]
    note = hash_of((replace(entry, position=NOWHERE), links))
    for number, part in enumerate(archive.entry_slices(entry.id, PER_PAGE), start=1):
        path = _entry_path(entry.id, number)
        key = f"{note} {number} {count} {part.key}"
        if key == archive.key_of(path):
            yield path, key, None
        else:
            yield path, key, _entry_page(entry, part, addresses, config, maps, (number, count))


def _entry_path(entry: str, number: int) -> str:
    """The first page has the address that all others link to."""
    return Addresses().entry_path(entry) if number == 1 else f"glossary/{entry}/{number}.html"


def _turn(entry: str, number: int, step: int, count: int) -> str:
    if not 1 <= number + step <= count:
        return ""
    return Addresses.way(_entry_path(entry, number), _entry_path(entry, number + step))


def _entry_page(
    entry: Entry,
    part: EntrySlice,
    addresses: Addresses,
    config: SiteConfig,
    maps: Maps,
    turn: tuple[int, int],
) -> EntryPage:
    number, count = turn
    path = _entry_path(entry.id, number)
    language = language_of(config.language)

    def quotes(side: Side) -> tuple[QuoteLine, ...]:
        claims = part.quotes(side)
        return tuple(quote_line(one, claim, path, language) for one, claim in claims)

    canonical = f"{config.base_url}{path}" if config.base_url else ""
    return EntryPage(
        path=path,
        root=addresses.root(path),
        number=number,
        count=count,
        newer=_turn(entry.id, number, -1, count),
        older=_turn(entry.id, number, 1, count),
        entry=entry_view(entry, _place(path, addresses, language, maps)),
        mentions=tuple(_mention_line(one, of, path, language) for one, of in part.mentions),
        quotes=quotes("by"),
        said_of=quotes("of"),
        passed_on=quotes("via"),
        canonical=canonical,
        json_ld=entry_json_ld(entry, config.title, canonical, config.language),
    )


def _mention_line(
    article: Record, mention: MentionRecord, path: str, language: Language
) -> MentionLine:
    line = article_line(article, path, language)
    return MentionLine(
        line, f"{line.href}#mention-{mention.entry}", Markup(mention.excerpt), mention.count
    )
