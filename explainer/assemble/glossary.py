"""The glossary A–Z, and a page for each entry with all that articles say of it."""

from __future__ import annotations

import unicodedata
from collections import defaultdict
from collections.abc import Sequence

from markupsafe import Markup

from explainer.assemble.addresses import Addresses
from explainer.assemble.entries import Place, entry_view
from explainer.assemble.lists import Archive, article_line
from explainer.assemble.maps import Maps
from explainer.assemble.words import MODE_WORDS
from explainer.config import SiteConfig
from explainer.language import Language, language_of
from explainer.model import (
    Entry,
    EntryPage,
    GlossaryGroup,
    GlossaryPage,
    MentionLine,
    MentionRecord,
    QuoteLine,
    QuoteRecord,
    Record,
)


def glossary_page(
    entries: Sequence[Entry], addresses: Addresses, language: Language
) -> GlossaryPage:
    """All entries that have a page, A–Z by name."""
    path = "glossary/index.html"
    place = _place(path, addresses, language)
    groups: dict[str, list[Entry]] = defaultdict(list)
    for entry in sorted(entries, key=lambda one: (_sort_key(one.name), one.id)):
        groups[_letter(entry.name)].append(entry)
    return GlossaryPage(
        path,
        addresses.root(path),
        tuple(
            GlossaryGroup(
                letter,
                f"letter-{letter.lower()}" if letter.isalpha() else "letter-other",
                tuple(entry_view(entry, place) for entry in group),
            )
            for letter, group in sorted(groups.items(), key=lambda one: _sort_key(one[0]))
        ),
    )


def _place(path: str, addresses: Addresses, language: Language, maps: Maps | None = None) -> Place:
    def href_of(entry: str) -> str:
        return addresses.entry(entry, path)

    return Place(addresses.root(path), language, language.tag, maps, href_of, href_of)


def _sort_key(name: str) -> str:
    """Letters without accents or case, the same in every locale."""
    plain = unicodedata.normalize("NFKD", name.removeprefix("The ").lstrip("“‘\"'"))
    return "".join(char for char in plain if not unicodedata.combining(char)).casefold()


def _letter(name: str) -> str:
    first = _sort_key(name)[:1].upper()
    return first if first.isalpha() else "#"


def entry_page(
    entry: Entry,
    archive: Archive,
    addresses: Addresses,
    config: SiteConfig,
    maps: Maps,
) -> EntryPage:
    """An entry with every article that mentions it and all it is quoted saying."""
    path = addresses.entry_path(entry.id)
    language = language_of(config.language)
    mentions = tuple(
        _mention_line(one, of, path, language) for one, of in archive.mentions(entry.id)
    )
    return EntryPage(
        path=path,
        root=addresses.root(path),
        entry=entry_view(entry, _place(path, addresses, language, maps)),
        mentions=mentions,
        quotes=tuple(_quote_line(one, of, path, language) for one, of in archive.quotes(entry.id)),
        canonical=f"{config.base_url}{path}" if config.base_url else "",
    )


def _mention_line(
    article: Record, mention: MentionRecord, path: str, language: Language
) -> MentionLine:
    line = article_line(article, path, language)
    return MentionLine(
        line, f"{line.href}#mention-{mention.entry}", Markup(mention.excerpt), mention.count
    )


def _quote_line(article: Record, quote: QuoteRecord, path: str, language: Language) -> QuoteLine:
    line = article_line(article, path, language)
    mode = language.say(MODE_WORDS[quote.mode])
    return QuoteLine(line, f"{line.href}#claim-{quote.id}", quote.quote, mode, quote.said_as)
