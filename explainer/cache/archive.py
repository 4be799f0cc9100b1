"""All articles of a site, by the questions that its other pages ask."""

from __future__ import annotations

import hashlib
import sqlite3
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

from msgspec import Struct, msgpack

from explainer.cache.coding import load_quote, load_record
from explainer.model import MentionRecord, MomentRecord, QuoteRecord, Record, Side
from explainer.store import path_text

# The rows of a page are chosen in an index, and only then their articles looked up.
_MENTIONS = """
select record, excerpt, count from mentions join articles using (slug)
where entry = ? order by mentions.moment desc, slug"""
_QUOTES = """
select record, quote from parties join articles using (slug) join quotes using (slug, place)
where entry = ? and side = ? order by parties.moment desc, slug, place"""

SIDES: tuple[Side, ...] = ("by", "of", "via")


class ListSlice(Struct, frozen=True):
    """The articles on one page of a list, as they are kept."""

    rows: Sequence[tuple[Any, ...]]

    @property
    def key(self) -> str:
        return _digest(self.rows)

    @property
    def articles(self) -> Sequence[Record]:
        return [load_record(text) for (text,) in self.rows]


class EntrySlice(Struct, frozen=True):
    """What one page of an entry shows of it, as it is kept."""

    entry: str
    mentioned: Sequence[tuple[Any, ...]]
    by: Sequence[tuple[Any, ...]]
    of: Sequence[tuple[Any, ...]]
    via: Sequence[tuple[Any, ...]]

    @property
    def key(self) -> str:
        return _digest((self.mentioned, self.by, self.of, self.via))

    @property
    def mentions(self) -> Iterator[tuple[Record, MentionRecord]]:
        for record, excerpt, count in self.mentioned:
            yield load_record(record), MentionRecord(self.entry, excerpt, count)

    def quotes(self, side: Side) -> Iterator[tuple[Record, QuoteRecord]]:
        for record, quote in {"by": self.by, "of": self.of, "via": self.via}[side]:
            yield load_record(record), load_quote(quote)


def _digest(rows: object) -> str:
    return hashlib.sha256(msgpack.encode(rows)).hexdigest()


class Archive:
    """All articles of a site, by the questions that its other pages ask."""

    def __init__(self, store: sqlite3.Connection) -> None:
        self._store = store

    @classmethod
    def of_copy(cls, path: Path) -> Archive:
        """Open what `Cache.copy_to` wrote, which nobody changes any more."""
        address = f"{path.as_uri()}?mode=ro&immutable=1"
        return cls(sqlite3.connect(address, uri=True, check_same_thread=False))

    @property
    def store(self) -> sqlite3.Connection:
        return self._store

    def count(self, tag: str = "") -> int:
        """How many articles there are, or how many of a tag (its address)."""
        query = "select count(*) from articles"
        if tag:
            query = "select count(*) from tags where address = ?"
        return int(self._store.execute(query, (tag,) if tag else ()).fetchone()[0])

    def newest(self, start: int, limit: int, tag: str = "") -> Sequence[Record]:
        """Articles without their mentions and quotes: the newest first, the undated last."""
        query, values = _newest(tag)
        found = self._store.execute(f"{query} limit ? offset ?", (*values, limit, start))
        return [load_record(text) for (text,) in found]

    def tags(self) -> Sequence[tuple[str, int]]:
        """Each tag as its newest article spells it, A–Z, with the count of its articles."""
        query = (
            "select address, tag, row_number() over "
            "(partition by address order by moment desc, slug), "
            "count(*) over (partition by address) from tags"
        )
        found = [(tag, count) for _, tag, row, count in self._store.execute(query) if row == 1]
        return sorted(found, key=lambda one: (one[0].casefold(), one[0]))

    def tag_name(self, address: str) -> str:
        """A tag as its newest article spells it; empty where no article has it."""
        query = "select tag from tags where address = ? order by moment desc, slug limit 1"
        row = self._store.execute(query, (address,)).fetchone()
        return str(row[0]) if row else ""

    def list_slices(self, size: int, tag: str = "") -> Iterator[ListSlice]:
        """All that `newest` gives, in slices of `size`; an empty one where there is nothing."""
        query, values = _newest(tag)
        found = self._store.execute(query, values)
        yield ListSlice(found.fetchmany(size))
        while rows := found.fetchmany(size):
            yield ListSlice(rows)

    def longest(self, entry: str) -> int:
        """How many articles mention an entry, or claims it has on one side: the largest."""
        query = "select count(*) from mentions where entry = ?"
        mentioned = self._store.execute(query, (entry,)).fetchone()[0]
        query = "select count(*) from parties where entry = ? group by side"
        return max(
            int(mentioned), *(int(many) for (many,) in self._store.execute(query, (entry,))), 0
        )

    def entry_slices(self, entry: str, size: int) -> Iterator[EntrySlice]:
        """The articles that mention an entry and its claims of each side, the newest first.

        A slice has at most `size` of each; the first may be empty. What sources without an
        entry say is said by "".
        """
        found = [self._store.execute(_MENTIONS, (entry,))]
        found += [self._store.execute(_QUOTES, (entry, side)) for side in SIDES]
        rows = [one.fetchmany(size) for one in found]
        yield EntrySlice(entry, *rows)
        while any(rows := [one.fetchmany(size) for one in found]):
            yield EntrySlice(entry, *rows)

    def key_of(self, path: str) -> str:
        """The key of a file that is part of the site already."""
        row = self._store.execute(
            "select key from files where name = ?", (path_text(path),)
        ).fetchone()
        return str(row[0]) if row else ""

    def cited(self) -> Iterator[tuple[str, str, int, int, str, str]]:
        """Of each entry that is cited, standing by standing: claims, articles, first, last."""
        query = (
            "select entry, standing, count(*), count(distinct slug), "
            "coalesce(min(nullif(moment, '')), ''), max(moment) "
            "from parties where side = 'by' and entry != '' group by entry, standing"
        )
        return iter(self._store.execute(query))

    def unlisted(self) -> int:
        """How many claims are made by sources without an entry."""
        query = "select count(*) from parties where side = 'by' and entry = ''"
        return int(self._store.execute(query).fetchone()[0])

    def moments(self) -> Iterator[tuple[Record, MomentRecord]]:
        """All dated cards, from the earliest on."""
        query = (
            "select record, anchor, title, date from moments join articles using (slug) "
            "order by earliest, latest, title, slug, anchor"
        )
        for record, anchor, title, date in self._store.execute(query):
            yield load_record(record), MomentRecord(anchor, title, date)

    def days(self) -> Iterator[tuple[str, str]]:
        """The path of each article's page and the day of its last change, or empty."""
        return iter(self._store.execute("select path, day from articles order by path"))


def _newest(tag: str) -> tuple[str, tuple[object, ...]]:
    if not tag:
        return "select record from articles order by moment desc, slug", ()
    return (
        "select record from tags join articles using (slug) where address = ? "
        "order by tags.moment desc, slug",
        (tag,),
    )
