"""The SQLite file in which a build keeps what the next one goes on from."""

from __future__ import annotations

import contextlib
import json
import sqlite3
from pathlib import Path

SCHEMA = """
create table meta (name text primary key, value text) without rowid;
create table entries (id text primary key, told blob, item text, line integer) without rowid;
create table names (entry text, place integer, word text, form text, name text, short integer,
    primary key (entry, place)) without rowid;
create index names_of_word on names (word);
create table articles (slug text primary key, source text, moment text, path text, day text,
    record text, digest text, diagnostics text) without rowid;
create table words (slug text primary key, words text) without rowid;
create table inputs (slug text, place integer, path text,
    primary key (slug, place)) without rowid;
create table uses (slug text, entry text, primary key (slug, entry)) without rowid;
create table tags (slug text, address text, moment text, tag text,
    primary key (slug, address)) without rowid;
create table mentions (slug text, entry text, moment text, excerpt text, count integer,
    primary key (slug, entry)) without rowid;
create table quotes (slug text, place integer, quote text,
    primary key (slug, place)) without rowid;
create table parties (slug text, place integer, side text, entry text, moment text, standing text,
    primary key (slug, place, side, entry)) without rowid;
create table moments (slug text, earliest text, latest text, title text, anchor text, date text,
    primary key (slug, earliest, latest, title, anchor)) without rowid;
create table files (owner text, name text, size integer, time integer, key text,
    primary key (owner, name)) without rowid;
create table touched (slug text primary key, holds integer) without rowid;
create table due (owner text primary key, reason text) without rowid;
create table sources (place integer, name text, stamp integer, primary key (place, name))
    without rowid;
create table places (place integer primary key, number integer);
create table compiled (name text primary key, code blob) without rowid;
"""
VERSION = "10"

INDEXES = {
    "newest": "articles (moment desc, slug)",
    "doubtful": "articles (slug) where diagnostics != '[]'",
    "inputs_at": "inputs (path)",
    "uses_of": "uses (entry)",
    "newest_of_tag": "tags (address, moment desc, slug)",
    "newest_mentions": "mentions (entry, moment desc, slug)",
    "newest_quotes": "parties (entry, side, moment desc, slug, place)",
    "files_called": "files (name)",
}
"""Of what articles leave. The rows of one lie together, and those of the next behind them; their
places in an index are all over it: where many are new, it is made once they are there."""


def open_store(path: Path) -> sqlite3.Connection:
    """Open the file; made anew where it is broken or another version's, else in memory."""
    with contextlib.suppress(OSError, sqlite3.Error):
        path.parent.mkdir(parents=True, exist_ok=True)
        if path.exists():
            store = sqlite3.connect(path)
            with contextlib.suppress(sqlite3.Error):
                row = store.execute("select value from meta where name = 'version'").fetchone()
                if row == (VERSION,):
                    make_indexes(store)
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
    store.execute("pragma cache_size = -16384")
    return store


def make_indexes(store: sqlite3.Connection) -> None:
    """Make those that there aren't yet."""
    for name, columns in INDEXES.items():
        store.execute(f"create index if not exists {name} on {columns}")


def drop_indexes(store: sqlite3.Connection) -> None:
    for name in INDEXES:
        store.execute(f"drop index if exists {name}")


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
