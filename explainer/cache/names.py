"""The names of a glossary as a build keeps them: found by a word, so that few need be looked at."""

from __future__ import annotations

import sqlite3
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping
from itertools import chain

from explainer.annotate.known_names import names_of
from explainer.annotate.matching import Name, NameMatcher, forms_of, searched, words_of
from explainer.model import Entry

ENTRIES_AN_ARTICLE = 250
"""Entries for which an automaton of all is made in the time that the names of an article take."""

_AT_ONCE = 500
"""Values of one query; SQLite takes more, older ones 999."""


class KeptNames:
    """The names of a store's entries; an automaton for each article, or one that has them all.

    Args:
        store: Gives the store that this process may read.
        entries: Those whose names they are.
    """

    def __init__(
        self, store: Callable[[], sqlite3.Connection], entries: Mapping[str, Entry]
    ) -> None:
        self._store = store
        self._entries = entries
        self._matcher: NameMatcher | None = None

    def prepare(self, articles: int) -> None:
        if self._matcher is None and articles * ENTRIES_AN_ARTICLE > len(self._entries):
            query = "select form, name, entry, short from names order by entry, place"
            self._matcher = NameMatcher(map(_form, self._store().execute(query)))

    def matcher(self, texts: Iterable[str]) -> NameMatcher:
        return self._matcher or NameMatcher(self._with_words(words_of(searched(texts))))

    def has(self, text: str) -> bool:
        found = self._with_words(words_of(searched((text,))))
        entries = {name.entry for _, name in found}
        return any(text in names_of(self._entries[one]) for one in entries)

    def _with_words(self, words: set[str]) -> Iterator[tuple[str, Name]]:
        """Every form that is kept under one of these words, in the order of the entries."""
        wanted = sorted({*words, ""})
        rows: list[tuple[str, int, str, str, bool]] = []
        for start in range(0, len(wanted), _AT_ONCE):
            some = wanted[start : start + _AT_ONCE]
            query = (
                "select entry, place, form, name, short from names "
                f"where word in ({', '.join('?' * len(some))})"
            )
            rows += self._store().execute(query, some)
        rows.sort()
        return (_form((form, name, entry, short)) for entry, _, form, name, short in rows)


def _form(row: tuple[str, str, str, int | bool]) -> tuple[str, Name]:
    form, name, entry, short = row
    return form, Name(name, entry, bool(short))


def keep_names(store: sqlite3.Connection, entries: Iterable[Entry], gone: Iterable[str]) -> None:
    """Keep the names of entries in place of what was kept of them, and forget those of `gone`.

    A form is kept under the one of its words under which the fewest are: each of them has to
    stand in a text in which it is found.
    """
    entries = tuple(entries)
    named = (*(one.id for one in entries), *gone)
    store.executemany("delete from names where entry = ?", ((one,) for one in named))
    kept = Counter(dict(store.execute("select word, count(*) from names group by word")))
    store.executemany(
        "insert into names values (?, ?, ?, ?, ?, ?)",
        chain.from_iterable(_rows(entry, kept) for entry in entries),
    )


def _rows(entry: Entry, kept: Counter[str]) -> Iterator[tuple[str, int, str, str, str, bool]]:
    for place, (form, name) in enumerate(forms_of(entry)):
        word = min(words_of(form), key=lambda one: (kept[one], one), default="")
        kept[word] += 1
        yield entry.id, place, word, form, name.text, name.short
