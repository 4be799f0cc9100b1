"""The glossary as a build keeps it: each entry as JSON, read when somebody asks for it."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Iterable, Iterator, Mapping

from msgspec import json
from msgspec.structs import replace

from explainer.model import NOWHERE, Entry
from explainer.read import Item

Told = tuple[bytes, str, int]
"""An entry, its item's digest and first line."""


class KeptEntries(Mapping[str, Entry]):
    """The entries of a store by id, in its order; each is read once, when it is asked for.

    Args:
        store: Gives the store that this process may read.
    """

    def __init__(self, store: Callable[[], sqlite3.Connection]) -> None:
        self._store = store
        self._read: dict[str, Entry] = {}

    def __getitem__(self, name: str) -> Entry:
        entry = self._read.get(name)
        if entry is None:
            query = "select told, item, line from entries where id = ?"
            row = self._store().execute(query, (name,)).fetchone()
            if row is None:
                raise KeyError(name)
            entry = self._read[name] = load_entry(row)
        return entry

    def __iter__(self) -> Iterator[str]:
        return (one for (one,) in self._store().execute("select id from entries order by id"))

    def __len__(self) -> int:
        return int(self._store().execute("select count(*) from entries").fetchone()[0])


class KeptItems:
    """The items of a glossary's files that were read before, by what they hold."""

    def __init__(self, store: sqlite3.Connection) -> None:
        query = "select told, item, line from entries where item != ''"
        self._told: dict[str, Told] = {row[1]: row for row in store.execute(query)}

    def entry_of(self, item: Item) -> tuple[Entry, int] | None:
        told = self._told.get(item.digest)
        return (load_entry(told), told[2]) if told else None


def told_entries(store: sqlite3.Connection) -> dict[str, Told]:
    query = "select id, told, item, line from entries order by id"
    return {one: (told, *rest) for one, told, *rest in store.execute(query)}


def keep_entries(
    store: sqlite3.Connection, entries: Mapping[str, Told], gone: Iterable[str]
) -> None:
    """Keep entries in place of what was kept of them, and forget those that are gone."""
    rows = ((one, *told) for one, told in entries.items())
    store.executemany("insert or replace into entries values (?, ?, ?, ?)", rows)
    store.executemany("delete from entries where id = ?", ((one,) for one in gone))


def dump_entry(entry: Entry, item: Item | None = None) -> Told:
    return _encode(entry), item.digest if item else "", item.line if item else 0


def load_entry(kept: Told) -> Entry:
    return _decode(kept[0])


_encode = json.Encoder().encode
_decode = json.Decoder(Entry).decode


def unplaced(entry: Entry) -> Entry:
    """The entry without the lines that it stands on."""
    return replace(
        entry,
        position=NOWHERE,
        aliases=tuple(replace(one, position=NOWHERE) for one in entry.aliases),
        senses=tuple(replace(one, position=NOWHERE) for one in entry.senses),
    )
