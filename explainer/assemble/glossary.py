"""The glossary A–Z, and a page for each entry with all that articles say of it."""

from __future__ import annotations

import unicodedata
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence

from markupsafe import Markup

from explainer.assemble.addresses import Addresses
from explainer.assemble.entries import Place, entry_view
from explainer.assemble.lists import Archive, article_line, quote_line
from explainer.assemble.maps import Maps
from explainer.assemble.words import KINDS_WORDS
from explainer.config import SiteConfig
from explainer.language import Language, language_of
from explainer.model import (
    KINDS,
    Entry,
    EntryPage,
    GlossaryGroup,
    GlossaryPage,
    Kind,
    Link,
    MentionLine,
    MentionRecord,
    QuoteLine,
    Record,
    Side,
)


def glossary_pages(
    entries: Sequence[Entry], addresses: Addresses, config: SiteConfig
) -> Iterator[GlossaryPage]:
    """All entries that have a page, A–Z by name, and where there are several kinds, by kind."""
    language = language_of(config.language)
    counts = Counter(entry.kind for entry in entries)
    kinds = [kind for kind in KINDS if counts[kind]]
    yield _glossary_page(entries, None, counts, addresses, language, config.base_url)
    for kind in kinds if len(kinds) > 1 else ():
        those = [entry for entry in entries if entry.kind == kind]
        yield _glossary_page(those, kind, counts, addresses, language, config.base_url)


def _glossary_page(
    entries: Sequence[Entry],
    kind: Kind | None,
    counts: Mapping[Kind, int],
    addresses: Addresses,
    language: Language,
    base_url: str,
) -> GlossaryPage:
    path = _kind_path(kind)
    place = _place(path, addresses, language)
    groups: dict[str, list[Entry]] = defaultdict(list)
    for entry in sorted(entries, key=lambda one: (_sort_key(one.name), one.id)):
        groups[_letter(entry.name)].append(entry)
    others: list[Kind] = [one for one in KINDS if counts[one]]
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
        title=language.say(KINDS_WORDS[kind]) if kind else "",
        kinds=tuple(
            (
                Link(language.say(KINDS_WORDS[one]), addresses.way(path, _kind_path(one))),
                counts[one],
            )
            for one in (others if len(others) > 1 else ())
        ),
        canonical=f"{base_url}{path}" if base_url else "",
    )


def _kind_path(kind: Kind | None) -> str:
    return f"glossary/kinds/{kind}.html" if kind else "glossary/index.html"


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

    def quotes(side: Side) -> tuple[QuoteLine, ...]:
        found = archive.quotes(entry.id, side)
        return tuple(quote_line(one, claim, path, language) for one, claim in found)

    return EntryPage(
        path=path,
        root=addresses.root(path),
        entry=entry_view(entry, _place(path, addresses, language, maps)),
        mentions=mentions,
        quotes=quotes("by"),
        said_of=quotes("of"),
        passed_on=quotes("via"),
        canonical=f"{config.base_url}{path}" if config.base_url else "",
    )


def _mention_line(
    article: Record, mention: MentionRecord, path: str, language: Language
) -> MentionLine:
    line = article_line(article, path, language)
    return MentionLine(
        line, f"{line.href}#mention-{mention.entry}", Markup(mention.excerpt), mention.count
    )
