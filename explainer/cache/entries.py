"""The glossary as a build keeps it: each entry as JSON, read when somebody asks for it."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Callable, Iterable, Iterator, Mapping
from operator import attrgetter
from typing import Any

from explainer.model import (
    Alias,
    Edtf,
    Entry,
    Image,
    OriginalName,
    Position,
    Reference,
    Role,
    Sense,
)
from explainer.read import Item

Told = tuple[str, str, str, int]
"""All of an entry but the lines it stands on, and those; its item's digest and first line."""

_NAMES = tuple(name for name in Entry.__struct_fields__ if name != "position")
_values = attrgetter(*_NAMES)


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
            query = "select told, places, item, line from entries where id = ?"
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
        query = "select told, places, item, line from entries where item != ''"
        self._told: dict[str, Told] = {row[2]: row for row in store.execute(query)}

    def entry_of(self, item: Item) -> tuple[Entry, int] | None:
        told = self._told.get(item.digest)
        return (load_entry(told), told[3]) if told else None


def told_entries(store: sqlite3.Connection) -> dict[str, Told]:
    query = "select id, told, places, item, line from entries order by id"
    return {one: (told, *rest) for one, told, *rest in store.execute(query)}


def keep_entries(
    store: sqlite3.Connection, entries: Mapping[str, Told], gone: Iterable[str]
) -> None:
    """Keep entries in place of what was kept of them, and forget those that are gone."""
    rows = ((one, *told) for one, told in entries.items())
    store.executemany("insert or replace into entries values (?, ?, ?, ?, ?)", rows)
    store.executemany("delete from entries where id = ?", ((one,) for one in gone))


def dump_entry(entry: Entry, item: Item | None = None) -> Told:
    told = json.dumps(_values(entry), ensure_ascii=False, separators=(",", ":"), default=_plain)
    places = [entry.position, *(one.position for one in entry.aliases)]
    places += [one.position for one in entry.senses]
    placed = json.dumps(list(map(_place, places)), ensure_ascii=False, separators=(",", ":"))
    return told, placed, item.digest if item else "", item.line if item else 0


_place = attrgetter("path", "line", "column")


def _plain(value: Any) -> list[object]:
    names = value.__struct_fields__
    return [getattr(value, name) for name in names if name != "position"]


def load_entry(kept: Told) -> Entry:
    """The entry that was kept, each of its values put back into what it was."""
    values = dict(zip(_NAMES, json.loads(kept[0]), strict=True))
    places = (Position(*place) for place in json.loads(kept[1]))
    values["position"] = next(places)
    for name in ("born", "died", "date"):
        values[name] = _edtf(values[name])
    for name, placed in _PLACED.items():
        values[name] = tuple(placed(*one, next(places)) for one in values[name])
    for name, read in _LISTS.items():
        values[name] = tuple(map(read, values[name]))
    for name, made in _SINGLE.items():
        values[name] = made(*values[name]) if values[name] is not None else None
    values["same_as"] = tuple(values["same_as"])
    if values["location"] is not None:
        values["location"] = tuple(values["location"])
    return Entry(**values)


def _edtf(values: Any) -> Edtf | None:
    if values is None:
        return None
    text, earliest, latest = values
    return Edtf(text, tuple(earliest), tuple(latest) if latest is not None else None)


_PLACED = {"aliases": Alias, "senses": Sense}
_LISTS = {
    "roles": lambda one: Role(one[0], _edtf(one[1]), _edtf(one[2])),
    "sources": lambda one: Reference(*one),
}
_SINGLE = {"original_name": OriginalName, "image": Image}
