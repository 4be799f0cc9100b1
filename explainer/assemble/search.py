"""What the search looks through: names with their other names, headlines and summaries.

A script that the search page loads, and no JSON, since a page from file:// may read no other file.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence

from explainer.assemble.addresses import Addresses
from explainer.assemble.lists import Archive
from explainer.assemble.words import KIND_WORDS, moment_view
from explainer.config import SiteConfig
from explainer.language import language_of
from explainer.model import Entry, SearchPage

_PATH = "search/index.html"
_DATA = "search/index.js"
_AT_ONCE = 500


def search_page(config: SiteConfig) -> SearchPage:
    canonical = f"{config.base_url}{_PATH}" if config.base_url else ""
    full = "../pagefind/pagefind.js" if config.pagefind else ""
    return SearchPage(_PATH, Addresses.root(_PATH), "index.js", full, canonical)


def search_data(
    archive: Archive, entries: Sequence[Entry], addresses: Addresses, config: SiteConfig
) -> tuple[str, str]:
    """The script's path and text: for each page its way, its title, what is said of it, and more.

    Entries come first, by name, then articles, the newest first.
    """
    rows = [*_entries(entries, addresses, config), *_articles(archive, config)]
    lines = ",\n".join(
        json.dumps(row, ensure_ascii=False, separators=(",", ":")).replace("\u2028", "\\u2028")
        for row in rows
    )
    return _DATA, f"window.explainerSearch = [\n{lines}\n];\n"


def _entries(
    entries: Sequence[Entry], addresses: Addresses, config: SiteConfig
) -> Iterator[list[str]]:
    say = language_of(config.language).say
    for entry in sorted(entries, key=lambda one: (one.name.casefold(), one.id)):
        names = [alias.text for alias in entry.aliases]
        if entry.original_name:
            names.append(entry.original_name.text)
        yield [
            addresses.entry(entry.id, _PATH),
            entry.name,
            entry.role,
            say(KIND_WORDS[entry.kind]),
            entry.language or config.language,
            "\n".join(names),
        ]


def _articles(archive: Archive, config: SiteConfig) -> Iterator[list[str]]:
    language = language_of(config.language)
    for start in range(0, archive.count(), _AT_ONCE):
        for one in archive.newest(start, _AT_ONCE):
            date = moment_view(one.date.iso, language) if one.date else None
            way = Addresses.way(_PATH, one.path)
            yield [way, one.title, one.summary, date.words if date else "", one.language]
