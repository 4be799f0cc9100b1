"""The SQLite file in which a build keeps what the next one goes on from."""

from __future__ import annotations

import contextlib
import json
import sqlite3
from pathlib import Path

SCHEMA = """
create table meta (name text primary key, value text) without rowid;
create table entries (id text primary key, told text, places text, item text, line integer)
    without rowid;
create table names (entry text, place integer, word text, form text, name text, short integer,
    primary key (entry, place)) without rowid;
create index names_of_word on names (word);
create table articles (slug text primary key, source text, moment text, path text, day text,
    record text, digest text, diagnostics text) without rowid;
create index doubtful on articles (slug) where diagnostics != '[]';
create table words (slug text primary key, words text) without rowid;
create table inputs (path text, slug text, place integer,
    primary key (path, slug)) without rowid;
create index inputs_of on inputs (slug);
create table uses (entry text, slug text, primary key (entry, slug)) without rowid;
create index uses_of on uses (slug);
create index newest on articles (moment desc, slug);
create table tags (address text, moment text, slug text, tag text,
    primary key (address, slug)) without rowid;
create index newest_of_tag on tags (address, moment desc, slug);
create index tags_of on tags (slug);
create table mentions (entry text, moment text, slug text, excerpt text, count integer,
    primary key (entry, slug)) without rowid;
create index newest_mentions on mentions (entry, moment desc, slug);
create index mentions_of on mentions (slug);
create table quotes (entry text, side text, moment text, slug text, place integer, standing text,
    quote text, primary key (entry, side, slug, place)) without rowid;
create index newest_quotes on quotes (entry, side, moment desc, slug, place);
create index quotes_of on quotes (slug);
create table moments (earliest text, latest text, title text, slug text, anchor text, date text,
    primary key (earliest, latest, title, slug, anchor)) without rowid;
create index moments_of on moments (slug);
create table files (name text, owner text, size integer, time integer, key text,
    primary key (name, owner)) without rowid;
create index files_of on files (owner);
create table touched (slug text primary key, holds integer) without rowid;
create table due (owner text primary key, reason text) without rowid;
create table sources (name text primary key, stamp text) without rowid;
create table compiled (name text primary key, code blob) without rowid;
"""
VERSION = "8"


def open_store(path: Path) -> sqlite3.Connection:
    """Open the file; made anew where it is broken or another version's, else in memory."""
    with contextlib.suppress(OSError, sqlite3.Error):
        path.parent.mkdir(parents=True, exist_ok=True)
        if path.exists():
            store = sqlite3.connect(path)
            with contextlib.suppress(sqlite3.Error):
                row = store.execute("select value from meta where name = 'version'").fetchone()
                if row == (VERSION,):
                    return _set_up(store)
            store.close()
            remove_store(path)
        return fresh_store(str(path))
    return fresh_store(":memory:")


def remove_store(path: Path) -> None:
    for suffix in ("", "-wal", "-shm", "-journal"):
        path.with_name(path.name + suffix).unlink(missing_ok=True)


def fresh_store(path: str) -> sqlite3.Connection:
    store = _set_up(sqlite3.connect(path))
    store.executescript(SCHEMA)
    store.execute("insert into meta values ('version', ?)", (VERSION,))
    return store


def _set_up(store: sqlite3.Connection) -> sqlite3.Connection:
    store.execute("pragma journal_mode = wal")
    store.execute("pragma synchronous = normal")
    # Rows of an article go to places all over the file: with the usual two megabytes nearly
    # every one was written and read again.
    store.execute("pragma cache_size = -16384")
    return store


def read_meta(path: Path) -> dict[str, str]:
    """What the file says of the last build as a whole; nothing where it can't be read."""
    if not path.is_file():
        return {}
    with contextlib.suppress(sqlite3.Error):
        store = sqlite3.connect(path)
        try:
            found = dict(store.execute("select name, value from meta"))
            return found if found.get("version") == VERSION else {}
        finally:
            store.close()
    return {}


def path_text(path: str) -> str:
    """A path as it can be kept: where the locale isn't UTF-8, Python's is no text."""
    return path if path.isascii() else json.dumps(path)


def text_path(text: str) -> str:
    return str(json.loads(text)) if text.startswith('"') else text
