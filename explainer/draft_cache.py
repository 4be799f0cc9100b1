"""What drafts keep between runs: analyses, and how far a run came that was stopped."""

from __future__ import annotations

import contextlib
import sqlite3
from collections.abc import Iterable
from pathlib import Path

KEPT = 20_000
"""Analyses that are kept, those used last."""

_SCHEMA = """
create table if not exists analyses (key text primary key, used integer, data blob);
create table if not exists finished (path text primary key, state text);
create table if not exists added (entry text primary key);
"""


class DraftCache:
    """One SQLite file, which several processes may use; what is broken is made anew.

    A run that was stopped leaves which articles it finished, each with the state in which it
    left their files, and which entries it added to the glossary.
    """

    def __init__(self, path: Path | None) -> None:
        """Open the file; without a path, or where it can't be, nothing outlives the program."""
        self._store = _open(path)
        last = self._store.execute("select max(used) from analyses").fetchone()
        self._run = int(last[0] or 0) + 1

    def close(self) -> None:
        self._store.close()

    def analysis(self, key: str) -> bytes | None:
        row = self._store.execute("select data from analyses where key = ?", (key,)).fetchone()
        return bytes(row[0]) if row else None

    def keep_analysis(self, key: str, data: bytes) -> None:
        self._change("insert or replace into analyses values (?, ?, ?)", [(key, self._run, data)])

    # ---- a run

    @property
    def added(self) -> frozenset[str]:
        """The entries that the run has put into the glossary, or was about to."""
        return frozenset(one for (one,) in self._store.execute("select entry from added"))

    def add(self, entries: Iterable[str]) -> None:
        self._change("insert or ignore into added values (?)", [(one,) for one in entries])

    def is_finished(self, path: str, state: str) -> bool:
        row = self._store.execute("select state from finished where path = ?", (path,)).fetchone()
        return row is not None and row[0] == state

    def finish(self, path: str, state: str) -> None:
        self._change("insert or replace into finished values (?, ?)", [(path, state)])

    def end_run(self) -> None:
        """Forget the run, which came to its end, and the analyses that were not used for long."""
        oldest = "select min(used) from (select used from analyses order by used desc limit ?)"
        self._change(f"delete from analyses where used < ({oldest})", [(KEPT,)])
        self._change("delete from finished", [()])
        self._change("delete from added", [()])

    def _change(self, query: str, rows: list[tuple[object, ...]]) -> None:
        # A full disk, or another process that writes for long: then it is not kept.
        with contextlib.suppress(sqlite3.Error), self._store:
            self._store.executemany(query, rows)


def _open(path: Path | None) -> sqlite3.Connection:
    if path is not None:
        for _ in range(2):
            with contextlib.suppress(OSError, sqlite3.OperationalError):
                path.parent.mkdir(parents=True, exist_ok=True)
                try:
                    return _with_tables(sqlite3.connect(path, timeout=30))
                except sqlite3.DatabaseError as fault:
                    if isinstance(fault, sqlite3.OperationalError):
                        raise
                    path.unlink(missing_ok=True)
    return _with_tables(sqlite3.connect(":memory:"))


def _with_tables(store: sqlite3.Connection) -> sqlite3.Connection:
    store.execute("pragma synchronous = normal")
    store.executescript(_SCHEMA)
    return store
