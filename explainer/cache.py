"""What a build keeps of each article, in one SQLite file: for other pages, and for the next build.

Each row of ``articles`` holds for the glossary and the base that the file names, whatever
happens to the process that writes it: what no longer holds is deleted first.
"""

from __future__ import annotations

import contextlib
import hashlib
import json
import os
import sqlite3
from collections.abc import Iterable, Iterator, Mapping, Sequence, Set
from dataclasses import dataclass
from operator import attrgetter
from pathlib import Path

from explainer.edtf import parse_edtf
from explainer.model import (
    DateView,
    Diagnostic,
    MentionRecord,
    MomentRecord,
    Position,
    QuoteRecord,
    Record,
    Side,
)
from explainer.read.articles import safe_name

_SCHEMA = """
create table meta (name text primary key, value text) without rowid;
create table entries (id text primary key, digest text, names text) without rowid;
create table articles (slug text primary key, source text, moment text, path text, day text,
    record text, digest text, inputs text, uses text, words text, diagnostics text) without rowid;
create index newest on articles (moment desc, slug);
create table tags (address text, moment text, slug text, tag text,
    primary key (address, slug)) without rowid;
create index newest_of_tag on tags (address, moment desc, slug);
create index tags_of on tags (slug);
create table mentions (entry text, moment text, slug text, excerpt text, count integer,
    primary key (entry, slug)) without rowid;
create index mentions_of on mentions (slug);
create table quotes (entry text, side text, moment text, slug text, place integer, standing text,
    quote text, primary key (entry, side, slug, place)) without rowid;
create index quotes_of on quotes (slug);
create table moments (earliest text, latest text, title text, slug text, anchor text, date text,
    primary key (earliest, latest, title, slug, anchor)) without rowid;
create index moments_of on moments (slug);
create table files (name text, owner text, size integer, time integer, key text,
    primary key (name, owner)) without rowid;
create index files_of on files (owner);
create table touched (slug text primary key) without rowid;
create table was (slug text, owner text, shown text);
create view shown as
    select slug, 'lists/' as owner, record as shown from articles
    union all select slug, 'lists/' || address, record || tag
        from tags join articles using (slug)
    union all select slug, 'entries/' || entry, record || count || excerpt
        from mentions join articles using (slug)
    union all select slug, 'entries/' || entry, record || side || place || quote
        from quotes join articles using (slug) where entry != ''
    union all select slug, 'across', record from articles
    union all select slug, 'across', entry || side || place || standing || quote from quotes
    union all select slug, 'across', anchor || date || title from moments;
create table due (owner text primary key, reason text) without rowid;
create table sources (name text primary key, stamp text) without rowid;
create table compiled (name text primary key, code blob) without rowid;
"""
_VERSION = "2"

_FIELDS = (
    "slug", "path", "title", "language", "moment", "date", "updated", "authors", "summary",
    "tags", "publisher", "canonical", "entries", "sources", "cards", "unreviewed",
)  # fmt: skip
_values = attrgetter(*_FIELDS)


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
        return [_load(text) for (text,) in self._store.execute(query, values)]

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

    def quotes(
        self, entry: str, side: Side = "by", start: int = 0, limit: int = -1
    ) -> Iterator[tuple[Record, QuoteRecord]]:
        """What an entry says, what is said of it, or what came through it; the newest first.

        What sources without an entry say is said by "".
        """
        query = (
            "select record, quote from quotes join articles using (slug) where entry = ? "
            "and side = ? order by quotes.moment desc, slug, place limit ? offset ?"
        )
        for record, quote in self._store.execute(query, (entry, side, limit, start)):
            yield _load(record), _load_quote(quote)

    def key(self, start: int, limit: int, tag: str = "") -> str:
        """What `newest` gives, as a digest."""
        query, values = _newest(start, limit, tag)
        digest = hashlib.sha256()
        for (text,) in self._store.execute(query, values):
            digest.update(text.encode())
        return digest.hexdigest()

    def key_of(self, path: str) -> str:
        """The key of a file that is part of the site already."""
        row = self._store.execute("select key from files where name = ?", (_text(path),)).fetchone()
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
            yield _load(record), MomentRecord(anchor, title, date)

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


@dataclass(frozen=True, slots=True)
class Kept:
    """What is kept of an article beside its record.

    ``digest`` is of its files, which are ``inputs``; ``uses`` are the entries it asked for,
    ``words`` the text in which names are looked for.
    """

    source: str
    digest: str = ""
    inputs: tuple[str, ...] = ()
    uses: tuple[str, ...] = ()
    words: str = ""
    diagnostics: tuple[Diagnostic, ...] = ()


class Cache(Archive):
    """The archive as a build writes it."""

    def __init__(self, path: Path | None) -> None:
        """Open the file; anew where it is broken or another version's, else in memory."""
        self._path = path
        self._owner = os.getpid()
        self._reader: Archive | None = None
        super().__init__(_open(path) if path else _fresh(":memory:"))

    def close(self) -> None:
        with contextlib.suppress(sqlite3.Error):
            self._store.rollback()
            self._store.close()

    def remove(self) -> None:
        """Close a file that is broken, and delete it."""
        with contextlib.suppress(sqlite3.Error):
            self._store.close()
        if self._path:
            _remove(self._path)

    def commit(self) -> None:
        """What was kept so far survives the process."""
        self._store.commit()

    @property
    def reader(self) -> Archive:
        """The archive as a process may read it that was forked from the one that writes it."""
        if os.getpid() == self._owner or self._path is None:
            return self
        if self._reader is None:
            self._reader = Archive(sqlite3.connect(f"{self._path.as_uri()}?mode=ro", uri=True))
        return self._reader

    # ---- what the rows hold for

    def meta(self, name: str) -> str:
        row = self._store.execute("select value from meta where name = ?", (name,)).fetchone()
        return str(row[0]) if row else ""

    def set_meta(self, name: str, value: str) -> None:
        self._store.execute("insert or replace into meta values (?, ?)", (name, value))

    def entries(self) -> dict[str, tuple[str, str]]:
        """The digest of each entry and its names."""
        query = "select id, digest, names from entries"
        return {one: (digest, names) for one, digest, names in self._store.execute(query)}

    def set_entries(self, entries: Mapping[str, tuple[str, str]]) -> None:
        self._store.execute("delete from entries")
        rows = ((one, digest, names) for one, (digest, names) in entries.items())
        self._store.executemany("insert into entries values (?, ?, ?)", rows)

    def sources(self) -> dict[str, str]:
        """Every file that was read, with its stamp."""
        rows = self._store.execute("select name, stamp from sources")
        return {_path(name): stamp for name, stamp in rows}

    def set_sources(self, stamps: Mapping[str, str]) -> None:
        self._store.execute("delete from sources")
        rows = ((_text(name), stamp) for name, stamp in stamps.items())
        self._store.executemany("insert into sources values (?, ?)", rows)

    def clear(self) -> None:
        tables = "articles tags mentions quotes moments files due touched was sources"
        for table in tables.split():
            self._store.execute(f"delete from {table}")

    # ---- articles

    def articles(self) -> Iterator[tuple[str, str, str, Sequence[str]]]:
        """Each article's source, slug, the digest of its files, and their names."""
        query = "select source, slug, digest, inputs from articles"
        for source, slug, digest, inputs in self._store.execute(query):
            yield _path(source), slug, digest, json.loads(inputs)

    def using(self, entries: Set[str]) -> Iterator[tuple[str, str]]:
        """The articles that asked for one of `entries`, each with the entry."""
        if not entries:
            return
        for slug, uses in self._store.execute("select slug, uses from articles"):
            found = entries & set(json.loads(uses))
            if found:
                yield slug, min(found)

    def naming(self, names: Sequence[str]) -> Iterator[tuple[str, str]]:
        """The articles in whose words one of `names` stands, each with the name."""
        if not names:
            return
        for slug, words in self._store.execute("select slug, words from articles"):
            name = next((one for one in names if one in words), None)
            if name is not None:
                yield slug, name

    def diagnostics(self) -> list[Diagnostic]:
        query = "select diagnostics from articles where diagnostics != '[]'"
        return [
            Diagnostic(code, message, Position(*place), severity)
            for (text,) in self._store.execute(query)
            for code, message, place, severity in json.loads(text)
        ]

    def forget(self, slug: str) -> None:
        """Drop an article; what other pages showed of it is noted, to be compared."""
        self._store.execute(
            "insert into was select * from shown where slug = :slug "
            "and not exists (select * from touched where slug = :slug)",
            {"slug": slug},
        )
        self._store.execute("insert or ignore into touched values (?)", (slug,))
        for table in ("articles", "tags", "mentions", "quotes", "moments"):
            self._store.execute(f"delete from {table} where slug = ?", (slug,))
        self._store.execute("delete from files where owner = ?", (f"articles/{slug}",))

    def add(self, record: Record, kept: Kept) -> None:
        """Keep an article, in place of what was kept of it."""
        slug, moment = record.slug, record.moment
        view = record.updated or record.date
        run, run_all = self._store.execute, self._store.executemany
        run(
            "insert into articles values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
            (
                slug, _text(kept.source), moment, record.path, view.iso[:10] if view else "",
                _dump(record), kept.digest, json.dumps(kept.inputs), json.dumps(kept.uses),
                kept.words,
                json.dumps([_plain(one) for one in kept.diagnostics]),
            ),
        )  # fmt: skip
        run_all(
            "insert or ignore into tags values (?, ?, ?, ?)",
            ((safe_name(tag), moment, slug, tag) for tag in record.tags),
        )
        run_all(
            "insert into mentions values (?, ?, ?, ?, ?)",
            ((one.entry, moment, slug, str(one.excerpt), one.count) for one in record.mentions),
        )
        run_all(
            "insert into quotes values (?, ?, ?, ?, ?, ?, ?)",
            (
                (entry, side, moment, slug, place, one.standing, _dump_quote(one))
                for place, one in enumerate(record.quotes)
                for side, entries in _sides(one)
                for entry in entries
            ),
        )
        run_all(
            "insert or ignore into moments values (?, ?, ?, ?, ?, ?)",
            ((*_days(one.date), one.title, slug, one.anchor, one.date) for one in record.moments),
        )
        run("insert or ignore into touched values (?)", (slug,))

    def merge(self, part: Path) -> None:
        """Keep the articles that another cache holds, with their files."""
        self.commit()
        self._store.execute("attach ? as part", (str(part),))
        for table in ("articles", "tags", "mentions", "quotes", "moments", "files", "touched"):
            self._store.execute(f"insert or replace into {table} select * from part.{table}")
        self.commit()
        self._store.execute("detach part")

    def copy_to(self, path: Path) -> None:
        """Write all that is kept to a file that others may read while this one is written."""
        self.commit()
        target = sqlite3.connect(path)
        self._store.backup(target)
        target.execute("pragma journal_mode = delete")
        target.close()

    # ---- pages that are due, and files

    def due(self) -> dict[str, str]:
        """The pages that have to be made anew, each with the reason."""
        due = dict(self._store.execute("select owner, reason from due"))
        run = self._store.execute
        for (slug,) in run("select slug from touched").fetchall():
            was = set(run("select owner, shown from was where slug = ?", (slug,)))
            now = set(run("select owner, shown from shown where slug = ?", (slug,)))
            for owner in {owner for owner, _ in was ^ now}:
                due.setdefault(owner, f"it shows '{slug}', which has changed")
        return due

    def add_due(self, owners: Iterable[str], reason: str) -> None:
        rows = ((owner, reason) for owner in owners)
        self._store.executemany("insert or ignore into due values (?, ?)", rows)

    def set_files(self, owner: str, files: Iterable[tuple[str, int, int, str]]) -> None:
        """The files of an article or of other pages, with size, time (ns) and key."""
        self._store.execute("delete from files where owner = ?", (owner,))
        rows = ((_text(name), owner, size, time, key) for name, size, time, key in files)
        self._store.executemany("insert or replace into files values (?, ?, ?, ?, ?)", rows)

    def drop_files(self, owners: Iterable[str]) -> None:
        self._store.executemany("delete from files where owner = ?", ((one,) for one in owners))

    def drop_key(self, name: str) -> None:
        """A file is to be made anew, whatever it shows."""
        self._store.execute("update files set key = '' where name = ?", (_text(name),))

    def drop_strangers(self, owners: Set[str]) -> None:
        """Forget the files of all but articles and `owners`."""
        query = "select distinct owner from files where owner not like 'articles/%'"
        found = {owner for (owner,) in self._store.execute(query)}
        self.drop_files(found - owners)

    def files(self) -> dict[str, tuple[int, int]]:
        """Each file of the site with its size and time."""
        query = "select name, size, time from files"
        return {_path(name): (size, time) for name, size, time in self._store.execute(query)}

    def owned_files(self) -> Sequence[tuple[str, str, int, int]]:
        rows = self._store.execute("select owner, name, size, time from files")
        return [(owner, _path(name), size, time) for owner, name, size, time in rows]

    def settle(self) -> None:
        """All that was due is done."""
        self._store.execute("delete from meta where name = 'whole'")
        for table in ("due", "touched", "was"):
            self._store.execute(f"delete from {table}")

    # ---- compiled templates

    def compiled(self) -> dict[str, bytes]:
        return dict(self._store.execute("select name, code from compiled"))

    def set_compiled(self, compiled: Mapping[str, bytes]) -> None:
        self._store.executemany("insert or replace into compiled values (?, ?)", compiled.items())


def _open(path: Path) -> sqlite3.Connection:
    with contextlib.suppress(OSError, sqlite3.Error):
        path.parent.mkdir(parents=True, exist_ok=True)
        if path.exists():
            store = sqlite3.connect(path)
            with contextlib.suppress(sqlite3.Error):
                row = store.execute("select value from meta where name = 'version'").fetchone()
                if row == (_VERSION,):
                    return _set_up(store)
            store.close()
            _remove(path)
        return _fresh(str(path))
    return _fresh(":memory:")


def _remove(path: Path) -> None:
    for suffix in ("", "-wal", "-shm", "-journal"):
        path.with_name(path.name + suffix).unlink(missing_ok=True)


def _fresh(path: str) -> sqlite3.Connection:
    store = _set_up(sqlite3.connect(path))
    store.executescript(_SCHEMA)
    store.execute("insert into meta values ('version', ?)", (_VERSION,))
    return store


def _set_up(store: sqlite3.Connection) -> sqlite3.Connection:
    store.execute("pragma journal_mode = wal")
    store.execute("pragma synchronous = normal")
    return store


def _text(path: str) -> str:
    """A path as it can be kept: where the locale isn't UTF-8, Python's is no text."""
    return path if path.isascii() else json.dumps(path)


def _path(text: str) -> str:
    return str(json.loads(text)) if text.startswith('"') else text


def _plain(one: Diagnostic) -> tuple[str, str, tuple[str, int, int], str]:
    place = one.position
    return one.code, one.message, (place.path, place.line, place.column), one.severity


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


def _sides(one: QuoteRecord) -> tuple[tuple[Side, tuple[str, ...]], ...]:
    return ("by", one.speakers or ("",)), ("of", one.about), ("via", one.via)


def _days(date: str) -> tuple[str, str]:
    """A date's first and last day, so that they compare as text; what is open never ends."""
    edtf = parse_edtf(date)
    first, last = edtf.earliest, edtf.latest or (89_999, 12, 31)
    return tuple(f"{year + 10_000:05}-{month:02}-{day:02}" for year, month, day in (first, last))  # type: ignore[return-value]


_quote_values = attrgetter(*QuoteRecord.__dataclass_fields__)


def _dump_quote(one: QuoteRecord) -> str:
    return json.dumps(_quote_values(one), ensure_ascii=False)


def _load_quote(text: str) -> QuoteRecord:
    name, speakers, via, about, *rest = json.loads(text)
    return QuoteRecord(name, tuple(speakers), tuple(via), tuple(about), *rest)
