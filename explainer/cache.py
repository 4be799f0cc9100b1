"""What a build keeps of each article, for the site's other pages: one SQLite file."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterator, Sequence
from operator import attrgetter
from pathlib import Path

from explainer.model import DateView, MentionRecord, QuoteRecord, Record
from explainer.read.articles import safe_name

_SCHEMA = """
create table articles (slug text primary key, moment text, path text, day text, record text)
    without rowid;
create index newest on articles (moment desc, slug);
create table tags (address text, moment text, slug text, tag text,
    primary key (address, slug)) without rowid;
create index newest_of_tag on tags (address, moment desc, slug);
create table mentions (entry text, moment text, slug text, excerpt text, count integer,
    primary key (entry, slug)) without rowid;
create table quotes (entry text, moment text, slug text, place integer, quote text,
    primary key (entry, slug, place)) without rowid;
"""

_FIELDS = (
    "slug", "path", "title", "language", "moment", "date", "updated", "authors", "summary",
    "tags", "publisher", "canonical", "entries", "sources", "cards", "unreviewed",
)  # fmt: skip
_values = attrgetter(*_FIELDS)


class Cache:
    """All articles of a site, by the questions that its other pages ask; memory stays flat."""

    def __init__(self, path: Path | None) -> None:
        """Open the file anew; a cache in memory where there is none or it can't be written."""
        self._store = _open(path) if path else sqlite3.connect(":memory:")
        self._store.executescript(_SCHEMA)

    def close(self) -> None:
        self._store.commit()
        self._store.close()

    # ---- writing

    def add(self, record: Record) -> None:
        """Keep an article, in place of what was kept of it."""
        slug, moment = record.slug, record.moment
        view = record.updated or record.date
        run, run_all = self._store.execute, self._store.executemany
        run(
            "insert or replace into articles values (?, ?, ?, ?, ?)",
            (slug, moment, record.path, view.iso[:10] if view else "", _dump(record)),
        )
        run_all(
            "insert or ignore into tags values (?, ?, ?, ?)",
            ((safe_name(tag), moment, slug, tag) for tag in record.tags),
        )
        run_all(
            "insert into mentions values (?, ?, ?, ?, ?)",
            ((one.entry, moment, slug, str(one.excerpt), one.count) for one in record.mentions),
        )
        run_all(
            "insert into quotes values (?, ?, ?, ?, ?)",
            (
                (entry, moment, slug, place, _dump_quote(one))
                for place, one in enumerate(record.quotes)
                for entry in one.speakers
            ),
        )

    # ---- what the site's other pages ask

    def count(self, tag: str = "") -> int:
        """How many articles there are, or how many of a tag (its address)."""
        query = "select count(*) from articles"
        if tag:
            query = "select count(*) from tags where address = ?"
        return int(self._store.execute(query, (tag,) if tag else ()).fetchone()[0])

    def newest(self, start: int, limit: int, tag: str = "") -> Sequence[Record]:
        """Articles without their mentions and quotes: the newest first, the undated last."""
        query = "select record from articles order by moment desc, slug limit ? offset ?"
        if tag:
            query = (
                "select record from tags join articles using (slug) where address = ? "
                "order by tags.moment desc, slug limit ? offset ?"
            )
        rows = self._store.execute(query, (*((tag,) if tag else ()), limit, start))
        return [_load(text) for (text,) in rows]

    def tags(self) -> Sequence[tuple[str, int]]:
        """Each tag as its newest article spells it, A–Z, with the count of its articles."""
        query = (
            "select address, tag, row_number() over "
            "(partition by address order by moment desc, slug), "
            "count(*) over (partition by address) from tags"
        )
        found = [(tag, count) for _, tag, row, count in self._store.execute(query) if row == 1]
        return sorted(found, key=lambda one: (one[0].casefold(), one[0]))

    def mentions(self, entry: str) -> Iterator[tuple[Record, MentionRecord]]:
        """Each article that mentions an entry, the newest first."""
        query = (
            "select record, excerpt, count from mentions join articles using (slug) "
            "where entry = ? order by mentions.moment desc, slug"
        )
        for record, excerpt, count in self._store.execute(query, (entry,)):
            yield _load(record), MentionRecord(entry, excerpt, count)

    def quotes(self, entry: str) -> Iterator[tuple[Record, QuoteRecord]]:
        """Everything that an entry is quoted saying, the newest first."""
        query = (
            "select record, quote from quotes join articles using (slug) "
            "where entry = ? order by quotes.moment desc, slug, place"
        )
        for record, quote in self._store.execute(query, (entry,)):
            yield _load(record), _load_quote(quote)

    def days(self) -> Iterator[tuple[str, str]]:
        """The path of each article's page and the day of its last change, or empty."""
        return iter(self._store.execute("select path, day from articles order by path"))


def _open(path: Path) -> sqlite3.Connection:
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        path.unlink(missing_ok=True)
        return sqlite3.connect(path)
    except (OSError, sqlite3.Error):
        return sqlite3.connect(":memory:")


def _dump(record: Record) -> str:
    return json.dumps(_values(record), ensure_ascii=False, default=_pair)


def _pair(view: DateView) -> tuple[str, str]:
    return view.iso, view.words


def _load(text: str) -> Record:
    values = json.loads(text)
    for place in (5, 6):
        values[place] = DateView(*values[place]) if values[place] else None
    for place in (7, 9):
        values[place] = tuple(values[place])
    return Record(*values)


def _dump_quote(one: QuoteRecord) -> str:
    return json.dumps((one.id, one.speakers, one.quote, one.mode, one.said_as), ensure_ascii=False)


def _load_quote(text: str) -> QuoteRecord:
    name, speakers, quote, mode, said_as = json.loads(text)
    return QuoteRecord(name, tuple(speakers), quote, mode, said_as)
