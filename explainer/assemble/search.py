"""What the search looks through: names with their other names, headlines and summaries.

Scripts that the search page loads, and no JSON, since a page from file:// may read no other file.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Sequence

from explainer.assemble.addresses import Addresses
from explainer.assemble.lists import Archive
from explainer.assemble.search_parts import Row
from explainer.assemble.words import KIND_WORDS, moment_view
from explainer.config import SiteConfig
from explainer.language import language_of
from explainer.model import Entry, SearchPage

_PATH = "search/index.html"
_DATA = "search/index.js"
_AT_ONCE = 500

MOST_ROWS = 2000
"""Entries, and articles, up to which all are in one script; of more, the search reads parts."""


def search_page(config: SiteConfig, parts: Sequence[str]) -> SearchPage:
    canonical = f"{config.base_url}{_PATH}" if config.base_url else ""
    full = "../pagefind/pagefind.js" if config.pagefind else ""
    return SearchPage(_PATH, Addresses.root(_PATH), "index.js", full, canonical, bool(parts))


def parts_of(entries: int, articles: int) -> tuple[str, ...]:
    """What isn't in the first script, in the order in which it is found."""
    names = ("entries",) if entries > MOST_ROWS else ()
    return (*names, "articles") if articles > MOST_ROWS else names


def search_data(rows: Iterable[Row], parts: Sequence[str]) -> tuple[str, str]:
    """The first script's path and text: rows, and the names of the parts that hold others."""
    lines = ",\n".join(
        json.dumps(row, ensure_ascii=False, separators=(",", ":")).replace("\u2028", "\\u2028")
        for row in rows
    )
    more = f"window.explainerSearchParts = {json.dumps(parts)};\n" if parts else ""
    return _DATA, f"window.explainerSearch = [\n{lines}\n];\n{more}"


def entry_rows(entries: Sequence[Entry], addresses: Addresses, config: SiteConfig) -> Iterator[Row]:
    """A row for each entry, by name."""
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


def article_rows(archive: Archive, config: SiteConfig) -> Iterator[Row]:
    """A row for each article, the newest first."""
    language = language_of(config.language)
    for start in range(0, archive.count(), _AT_ONCE):
        for one in archive.newest(start, _AT_ONCE):
            date = moment_view(one.date.iso, language) if one.date else None
            way = Addresses.way(_PATH, one.path)
            yield [way, one.title, one.summary, date.words if date else "", one.language]
