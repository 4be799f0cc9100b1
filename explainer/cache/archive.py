"""All articles of a site, by the questions that its other pages ask."""

from __future__ import annotations

import hashlib
import sqlite3
from collections.abc import Iterator, Sequence
from pathlib import Path

from explainer.cache.coding import load_quote, load_record
from explainer.model import MentionRecord, MomentRecord, QuoteRecord, Record, Side
from explainer.store import path_text

# The rows of a page are chosen in an index, and only then their articles looked up.
_MENTIONS = """
select record, excerpt, count from mentions join articles using (slug)
where entry = ? order by mentions.moment desc, slug limit ? offset ?"""
_QUOTES = """
select record, quote from quotes join articles using (slug)
where entry = ? and side = ? order by quotes.moment desc, slug, place limit ? offset ?"""


class Archive:
    """All articles of a site, by the questions that its other pages ask."""

    def __init__(self, store: sqlite3.Connection) -> None:
        self._store = store

    @classmethod
    def of_copy(cls, path: Path) -> Archive:
        """Open what `Cache.copy_to` wrote, which nobody changes any more."""
        address = f"{path.as_uri()}?mode=ro&immutable=1"
        return cls(sqlite3.connect(address, uri=True, check_same_thread=False))

    def count(self, tag: str = "") -> int:
        """How many articles there are, or how many of a tag (its address)."""
        query = "select count(*) from articles"
        if tag:
            query = "select count(*) from tags where address = ?"
        return int(self._store.execute(query, (tag,) if tag else ()).fetchone()[0])

    def newest(self, start: int, limit: int, tag: str = "") -> Sequence[Record]:
        """Articles without their mentions and quotes: the newest first, the undated last."""
        query, values = _newest(start, limit, tag)
        return [load_record(text) for (text,) in self._store.execute(query, values)]

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

    def mentioned(self, entry: str) -> int:
        """How many articles mention an entry."""
        query = "select count(*) from mentions where entry = ?"
        return int(self._store.execute(query, (entry,)).fetchone()[0])

    def quoted(self, entry: str, side: Side) -> int:
        """How many claims `quotes` gives."""
        query = "select count(*) from quotes where entry = ? and side = ?"
        return int(self._store.execute(query, (entry, side)).fetchone()[0])

    def mentions(
        self, entry: str, start: int = 0, limit: int = -1
    ) -> Iterator[tuple[Record, MentionRecord]]:
        """Each article that mentions an entry, the newest first."""
        found = self._store.execute(_MENTIONS, (entry, limit, start))
        for record, excerpt, count in found:
            yield load_record(record), MentionRecord(entry, excerpt, count)

    def entry_key(self, entry: str, start: int, limit: int) -> str:
        """What `mentions` and `quotes` give of an entry, as a digest."""
        digest = hashlib.sha256()
        for row in self._store.execute(_MENTIONS, (entry, limit, start)):
            digest.update(repr(row).encode())
        for side in ("by", "of", "via"):
            for row in self._store.execute(_QUOTES, (entry, side, limit, start)):
                digest.update(f"{side}{row!r}".encode())
        return digest.hexdigest()

    def quotes(
        self, entry: str, side: Side = "by", start: int = 0, limit: int = -1
    ) -> Iterator[tuple[Record, QuoteRecord]]:
        """What an entry says, what is said of it, or what came through it; the newest first.

        What sources without an entry say is said by "".
        """
        for record, quote in self._store.execute(_QUOTES, (entry, side, limit, start)):
            yield load_record(record), load_quote(quote)

    def key(self, start: int, limit: int, tag: str = "") -> str:
        """What `newest` gives, as a digest."""
        query, values = _newest(start, limit, tag)
        digest = hashlib.sha256()
        for (text,) in self._store.execute(query, values):
            digest.update(text.encode())
        return digest.hexdigest()

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
            "from quotes where side = 'by' and entry != '' group by entry, standing"
        )
        return iter(self._store.execute(query))

    def unlisted(self) -> int:
        """How many claims are made by sources without an entry."""
        query = "select count(*) from quotes where side = 'by' and entry = ''"
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


def _newest(start: int, limit: int, tag: str) -> tuple[str, tuple[object, ...]]:
    if not tag:
        return (
            "select record from articles order by moment desc, slug limit ? offset ?",
            (limit, start),
        )
    return (
        "select record from tags join articles using (slug) where address = ? "
        "order by tags.moment desc, slug limit ? offset ?",
        (tag, limit, start),
    )
