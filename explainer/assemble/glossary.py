"""The glossary A–Z, and pages for each entry with all that articles say of it."""

from __future__ import annotations

import unicodedata
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace

from markupsafe import Markup

from explainer.assemble.addresses import Addresses
from explainer.assemble.entries import Place, entry_view, summary_links
from explainer.assemble.lists import Archive, EntrySlice, article_line, hash_of, quote_line
from explainer.assemble.maps import Maps
from explainer.assemble.structured import entry_json_ld
from explainer.assemble.words import KINDS_WORDS
from explainer.config import SiteConfig
from explainer.language import Language, language_of
from explainer.model import (
    KINDS,
    NOWHERE,
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

PER_PAGE = 50
"""Articles, and claims of each sort, on one page of an entry."""

MOST_NOTES = 500
"""Entries up to which the A–Z shows their whole notes; of more, it lists names and roles."""


def shows_notes(addresses: Addresses) -> bool:
    """Whether the A–Z shows notes and no list of names."""
    return len(addresses.entry_pages) <= MOST_NOTES


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
    brief = kind is not None or len(entries) > MOST_NOTES
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
                tuple(entry_view(_named(entry) if brief else entry, place) for entry in group),
            )
            for letter, group in sorted(groups.items(), key=lambda one: _sort_key(one[0]))
        ),
        title=language.say(KINDS_WORDS[kind]) if kind else "",
        brief=brief,
        kinds=tuple(
            (
                Link(language.say(KINDS_WORDS[one]), addresses.way(path, _kind_path(one))),
                counts[one],
            )
            for one in (others if len(others) > 1 else ())
        ),
        canonical=f"{base_url}{path}" if base_url else "",
    )


def _named(entry: Entry) -> Entry:
    """What a list of names shows of an entry."""
    return Entry(
        entry.id,
        entry.name,
        entry.kind,
        role=entry.role,
        language=entry.language,
        original_name=entry.original_name,
        status=entry.status,
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
