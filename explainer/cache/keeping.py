"""The archive as a build writes it, and what the next build goes on from."""

from __future__ import annotations

import contextlib
import os
import sqlite3
from collections.abc import Iterable, Iterator, Mapping, Sequence, Set
from pathlib import Path
from typing import Any

import ahocorasick_rs

from explainer.cache.archive import Archive
from explainer.cache.entries import KeptEntries, KeptItems, Told, keep_entries, told_entries
from explainer.cache.names import KeptNames, keep_names
from explainer.cache.rows import COLUMNS, Rows, owners_due
from explainer.model import Diagnostic, Entry
from explainer.store import (
    drop_indexes,
    fresh_store,
    make_indexes,
    open_store,
    path_text,
    remove_store,
    text_path,
)
from explainer.survey import MASK, file_number, group_number, group_of
from explainer.told import load_diagnostics

_FILES_OF = "select name from files where owner = ?"
_INSERT = {
    table: f"insert into {table} values ({', '.join('?' * columns)})"
    for table, columns in COLUMNS.items()
}
_USING = "select slug from uses where entry = ? union select slug from mentions where entry = ?"


class Cache(Archive):
    """The archive as a build writes it."""

    def __init__(self, path: Path | None) -> None:
        """Open the file; anew where it is broken or another version's, else in memory."""
        self._path = path
        self._owner = os.getpid()
        self._reader: Archive | None = None
        super().__init__(open_store(path) if path else fresh_store(":memory:"))
        self._number = int(self.meta("number") or 0)
        self._dropped: set[str] = set()
        self._added: set[str] = set()

    def close(self) -> None:
        with contextlib.suppress(sqlite3.Error):
            self._store.rollback()
            self._store.close()

    def remove(self) -> None:
        """Close a file that is broken, and delete it."""
        with contextlib.suppress(sqlite3.Error):
            self._store.close()
        if self._path:
            remove_store(self._path)

    def commit(self) -> None:
        """What was kept so far survives the process."""
        self.set_meta("number", str(self._number & MASK))
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

    def entries(self) -> KeptEntries:
        return KeptEntries(lambda: self.reader.store)

    def names(self, entries: Mapping[str, Entry]) -> KeptNames:
        """The names of all entries; those are `entries`."""
        return KeptNames(lambda: self.reader.store, entries)

    def items(self) -> KeptItems:
        return KeptItems(self._store)

    def told_entries(self) -> dict[str, Told]:
        """Every entry as it is kept."""
        return told_entries(self._store)

    def keep_entries(
        self, told: Mapping[str, Told], changed: Iterable[Entry], gone: Iterable[str]
    ) -> None:
        """Keep entries as they are told, names of those that changed, and nothing of `gone`."""
        gone = tuple(gone)
        keep_entries(self._store, told, gone)
        keep_names(self._store, changed, gone)

    def forget_entries(self) -> None:
        """Another program told them."""
        for table in ("entries", "names"):
            self._store.execute(f"delete from {table}")

    def groups(self) -> dict[int, int]:
        """The number of each group of files that were read, see `survey`."""
        return dict(self._store.execute("select place, number from places"))

    def sources_in(self, groups: Iterable[int]) -> dict[str, int]:
        """The files of some groups that were read, with their stamps."""
        query = "select name, stamp from sources where place = ?"
        return {text_path(name): stamp for one in groups for name, stamp in self._rows(query, one)}

    def sources_of(self, names: Iterable[str]) -> dict[str, int]:
        """Those of the files that were read, with their stamps."""
        query = "select stamp from sources where place = ? and name = ?"
        return {
            name: stamp
            for name in names
            for (stamp,) in self._rows(query, group_of(name), path_text(name))
        }

    def set_sources(self, stamps: Mapping[str, int], gone: Iterable[str] = ()) -> None:
        """Keep the stamps of files that are new or were written, and forget those that are gone."""
        run_all = self._store.executemany
        rows = [(group_of(name), path_text(name), stamp) for name, stamp in stamps.items()]
        run_all("insert or replace into sources values (?, ?, ?)", rows)
        names = [(group_of(name), path_text(name)) for name in gone]
        run_all("delete from sources where place = ? and name = ?", names)
        query = "select stamp from sources where place = ?"
        numbers = (
            (place, group_number(stamp for (stamp,) in self._rows(query, place)))
            for place in sorted({row[0] for row in (*rows, *names)})
        )
        run_all("insert or replace into places values (?, ?)", numbers)

    def clear(self) -> None:
        """Keep nothing of the last build but its entries."""
        drop_indexes(self._store)
        for table in (*COLUMNS, "files", "due", "touched", "sources", "places"):
            self._store.execute(f"delete from {table}")
        self.set_meta("looked", "")
        self._number = 0

    def index(self) -> None:
        """Have rows found by what other pages ask for, once those of many articles are there."""
        make_indexes(self._store)

    # ---- articles

    def articles(self) -> dict[str, str]:
        """The slug of each article by its source."""
        rows = self._store.execute("select source, slug from articles")
        return {text_path(source): slug for source, slug in rows}

    def made_of(self, paths: Iterable[str]) -> Iterator[tuple[str, str, Sequence[str]]]:
        """Each article that one of these files has a say in: its slug, digest and files."""
        slugs: dict[str, None] = {}
        for path in paths:
            query = "select slug from inputs where path = ?"
            slugs |= dict.fromkeys(slug for (slug,) in self._rows(query, path_text(path)))
        for slug in sorted(slugs):
            for (digest,) in self._rows("select digest from articles where slug = ?", slug):
                yield slug, digest, self._inputs(slug)

    def _inputs(self, slug: str) -> Sequence[str]:
        query = "select path from inputs where slug = ? order by place"
        return [text_path(path) for (path,) in self._rows(query, slug)]

    def _rows(self, query: str, *values: object) -> list[tuple[Any, ...]]:
        return self._store.execute(query, values).fetchall()

    def using(self, entries: Set[str]) -> Iterator[tuple[str, str]]:
        """The articles that asked for one of `entries`, each with the entry."""
        found: dict[str, str] = {}
        for entry in sorted(entries):
            for (slug,) in self._rows(_USING, entry, entry):
                found.setdefault(slug, entry)
        yield from sorted(found.items())

    def naming(self, names: Sequence[str]) -> Iterator[tuple[str, str]]:
        """The articles in whose words one of `names` stands, each with the first of them."""
        if not names:
            return
        automaton = ahocorasick_rs.AhoCorasick(names)
        for slug, words in self._store.execute("select slug, words from words"):
            found = automaton.find_matches_as_indexes(words, overlapping=True)
            if found:
                yield slug, names[min(index for index, _, _ in found)]

    def diagnostics(self) -> list[Diagnostic]:
        query = "select diagnostics from articles where diagnostics != '[]'"
        return [one for (text,) in self._store.execute(query) for one in load_diagnostics(text)]

    def dropped(self) -> set[str]:
        """The slugs of the articles whose rows no longer hold."""
        return {slug for (slug,) in self._rows("select slug from touched where not holds")}

    def forget(self, slug: str) -> str:
        """An article has to be made anew; until then its rows stay. Give its source."""
        source = self._rows("select source from articles where slug = ?", slug)
        self._store.execute("insert or replace into touched values (?, 0)", (slug,))
        return text_path(source[0][0]) if source else ""

    def remove_article(self, slug: str) -> None:
        self._put(slug, dict.fromkeys(COLUMNS, ()))
        self.drop_files((f"articles/{slug}",))

    def add(self, rows: Rows) -> str:
        """Keep an article, in place of what was kept of it; give its slug."""
        slug = str(rows["articles"][0][0])
        self._put(slug, rows)
        return slug

    def _put(self, slug: str, rows: Rows) -> None:
        """Write the rows that differ from those that are there, and find what has to show them."""
        before = self._rows_by_table(slug)
        for table, insert in _INSERT.items():
            if before[table]:
                if set(before[table]) == set(rows[table]):
                    continue
                self._store.execute(f"delete from {table} where slug = ?", (slug,))
            self._store.executemany(insert, rows[table])
        if self._tells_due:
            self._add_shown(slug, before, rows)
        self._store.execute("insert or replace into touched values (?, 1)", (slug,))

    def _rows_by_table(self, slug: str, schema: str = "main") -> Rows:
        if not self._rows(f"select 1 from {schema}.articles where slug = ?", slug):
            return dict.fromkeys(COLUMNS, ())
        query = "select * from {}.{} where slug = ?"
        return {table: self._rows(query.format(schema, table), slug) for table in COLUMNS}

    @property
    def _tells_due(self) -> bool:
        """False where all pages are due as it is."""
        return self.meta("program") != "" and not self.meta("whole")

    def _add_shown(self, slug: str, before: Rows, after: Rows) -> None:
        self.add_due(owners_due(before, after), f"it shows '{slug}', which has changed")

    def merge(self, part: Path) -> None:
        """Keep the articles that another cache holds, with their files."""
        self.commit()
        self._store.execute("attach ? as part", (str(part),))
        for (slug,) in self._rows("select slug from part.articles"):
            self.drop_files((f"articles/{slug}",))
            if self._tells_due:
                before, after = self._rows_by_table(slug), self._rows_by_table(slug, "part")
                self._add_shown(slug, before, after)
        for table in (*COLUMNS, "touched"):
            self._store.execute(
                f"delete from {table} where slug in (select slug from part.articles)"
            )
        for table in (*COLUMNS, "touched", "files"):
            self._store.execute(f"insert into {table} select * from part.{table}")
        for name, size, time in self._rows("select name, size, time from part.files"):
            self._number += file_number(text_path(name), size, time)
            self._added.add(text_path(name))
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
        return dict(self._store.execute("select owner, reason from due"))

    def add_due(self, owners: Iterable[str], reason: str) -> None:
        rows = ((owner, reason) for owner in owners)
        self._store.executemany("insert or ignore into due values (?, ?)", rows)

    def set_files(self, owner: str, files: Iterable[tuple[str, int, int, str]]) -> None:
        """The files of an article or of other pages, with size, time (ns) and key."""
        rows = {one[0]: (owner, path_text(one[0]), *one[1:]) for one in files}
        before = self._rows("select * from files where owner = ?", owner)
        if set(before) == set(rows.values()):
            return
        if before:
            self.drop_files((owner,))
        for name, (_, _, size, time, _) in rows.items():
            self._number += file_number(name, size, time)
            self._added.add(name)
        self._store.executemany("insert into files values (?, ?, ?, ?, ?)", rows.values())

    def drop_files(self, owners: Iterable[str]) -> None:
        for owner in owners:
            query = "select name, size, time from files where owner = ?"
            for name, size, time in self._rows(query, owner):
                self._number -= file_number(text_path(name), size, time)
                self._dropped.add(text_path(name))
            self._store.execute("delete from files where owner = ?", (owner,))

    def drop_key(self, name: str) -> None:
        """A file is to be made anew, whatever it shows."""
        self._store.execute("update files set key = '' where name = ?", (path_text(name),))

    def drop_strangers(self, owners: Set[str]) -> None:
        """Forget the files of all but articles and `owners`."""
        query = "select distinct owner from files where owner not like 'articles/%'"
        found = {owner for (owner,) in self._store.execute(query)}
        self.drop_files(sorted(found - owners))

    @property
    def names_changed(self) -> bool:
        """Whether this build adds a file to the site or removes one, as far as is known."""
        return self._added != self._dropped

    @property
    def number(self) -> int:
        """What the output adds up to if it holds just these files; see `survey`."""
        # A picture that two articles show belongs to both, and lies there once.
        query = (
            "select name, size, time, count(*) from files "
            "where name between 'media/' and 'media0' or name between '\"media/' and '\"media0' "
            "group by name having count(*) > 1"
        )
        twice = sum(
            (count - 1) * file_number(text_path(name), size, time)
            for name, size, time, count in self._store.execute(query)
        )
        return int(self._number - twice) & MASK

    def counts(self) -> tuple[int, int]:
        """How many files the site has, and how many of them are pages."""
        query = (
            "select count(*), sum(name like '%.html' or name like '%.html\"') "
            "from (select distinct name from files)"
        )
        files, pages = self._store.execute(query).fetchone()
        return int(files), int(pages or 0)

    def files_of(self, owner: str) -> Sequence[str]:
        return [text_path(name) for (name,) in self._rows(_FILES_OF, owner)]

    def files(self) -> dict[str, tuple[int, int]]:
        """Each file of the site with its size and time."""
        query = "select name, size, time from files"
        return {text_path(name): (size, time) for name, size, time in self._store.execute(query)}

    def stamp_of(self, name: str) -> tuple[int, int]:
        """Size and time of a file of the site."""
        ((size, time),) = self._rows(
            "select size, time from files where name = ? limit 1", path_text(name)
        )
        return size, time

    def owned_files(self) -> Sequence[tuple[str, str, int, int]]:
        rows = self._store.execute("select owner, name, size, time from files")
        return [(owner, text_path(name), size, time) for owner, name, size, time in rows]

    @property
    def is_settled(self) -> bool:
        """Whether the last build came to its end."""
        left = "select 1 from touched union all select 1 from due limit 1"
        return not self.meta("whole") and self.meta("program") != "" and not self._rows(left)

    def settle(self) -> None:
        """All that was due is done."""
        self._store.execute("delete from meta where name = 'whole'")
        for table in ("due", "touched"):
            self._store.execute(f"delete from {table}")
        self._added.clear()
        self._dropped.clear()

    # ---- compiled templates

    def compiled(self) -> dict[str, bytes]:
        return dict(self._store.execute("select name, code from compiled"))

    def set_compiled(self, compiled: Mapping[str, bytes]) -> None:
        self._store.executemany("insert or replace into compiled values (?, ?)", compiled.items())
