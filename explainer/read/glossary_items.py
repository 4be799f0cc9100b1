"""A glossary's files item by item, so that one which was read before isn't parsed again."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterator, Sequence
from itertools import pairwise
from pathlib import Path
from typing import NamedTuple, Protocol

from msgspec.structs import replace

from explainer.errors import ExplainerError, GlossaryError, raise_all
from explainer.model import Entry, Position
from explainer.read.files import Snapshot, display_path, read_text, walk_files
from explainer.read.glossary import conflicts, parse_glossary

_ITEM = re.compile(r"^-(?=[ \n])", re.MULTILINE)
_HEAD = re.compile(r"(?:[ \t]*(?:#.*)?\n)*")

MAX_GLOSSARY_BYTES = 50_000_000
"""Of one file: fifty thousand entries with a short summary each have eleven million."""

MOST_NEW = 500
"""Items that are parsed one by one; of more, the file is parsed as a whole."""


class Item(NamedTuple):
    """An entry's lines in a file: the first of them, and a digest of all."""

    line: int
    digest: str
    text: str = ""


class KnownItems(Protocol):
    """The items that a build keeps."""

    def entry_of(self, item: Item) -> tuple[Entry, int] | None:
        """The entry of an item with the same digest, and the line on which that began."""


def read_entries_and_items(
    folder: Path, root: Path, known: KnownItems | None = None
) -> tuple[tuple[Entry, ...], dict[str, Item]]:
    """All entries below `folder`, sorted by id, and their items.

    Raises:
        GlossaryError: Anything wrong in any file; several as `Problems`.
    """
    entries: list[Entry] = []
    items: dict[str, Item] = {}
    problems: list[ExplainerError] = []
    for path in walk_files(folder, (".yaml", ".yml")):
        name = display_path(path, root)
        try:
            text = read_text(path, name, GlossaryError, Snapshot(MAX_GLOSSARY_BYTES))
            found, faults, own = read_items(text, name, known)
        except GlossaryError as fault:
            problems.append(fault)
            continue
        entries.extend(found)
        items |= own
        problems.extend(faults)
    problems.extend(conflicts(entries))
    raise_all(problems)
    return tuple(sorted(entries, key=lambda entry: entry.id)), items


def read_items(
    text: str, path: str, known: KnownItems | None
) -> tuple[list[Entry], list[ExplainerError], dict[str, Item]]:
    """What `parse_glossary` gives, and the item of each entry that has one of its own.

    An item that parses by itself is one item of the file as well: anchors, which might lead
    from one to another, are refused.

    Raises:
        GlossaryError: The file isn't YAML.
    """
    items = list(_items_of(text))
    found = _with_known(items, path, known) if known and items else None
    if found is not None:
        return found, [], {entry.id: item for entry, item in zip(found, items, strict=True)}
    entries, problems = parse_glossary(text, path)
    if problems or not _matches(items, entries):
        return entries, problems, {}
    return entries, problems, {entry.id: item for entry, item in zip(entries, items, strict=True)}


def _items_of(text: str) -> Iterator[Item]:
    """What begins with a hyphen at a line's start; nothing where something else comes first."""
    starts = [one.start() for one in _ITEM.finditer(text)]
    if not starts or not _HEAD.fullmatch(text, 0, starts[0]):
        return
    line = text.count("\n", 0, starts[0]) + 1
    for start, end in pairwise((*starts, len(text))):
        part = text[start:end]
        yield Item(line, hashlib.blake2b(part.encode(), digest_size=16).hexdigest(), part)
        line += part.count("\n")


def _matches(items: Sequence[Item], entries: Sequence[Entry]) -> bool:
    """Whether each item has one entry, and each entry an item."""
    if not items or len(items) != len(entries):
        return False
    ends = [*(item.line for item in items[1:]), float("inf")]
    return all(
        item.line <= entry.position.line < end
        for item, entry, end in zip(items, entries, ends, strict=True)
    )


def _with_known(items: Sequence[Item], path: str, known: KnownItems) -> list[Entry] | None:
    """The entries of a file of which few are new; None where that needs the file as a whole."""
    found: list[Entry] = []
    new = 0
    for item in items:
        kept = known.entry_of(item)
        if kept is not None:
            found.append(_moved(kept[0], path, item.line - kept[1]))
            continue
        new += 1
        try:
            entries, problems = parse_glossary(item.text, path, item.line)
        except GlossaryError:
            return None
        if new > MOST_NEW or problems or len(entries) != 1:
            return None
        found += entries
    return found


def _moved(entry: Entry, path: str, by: int) -> Entry:
    """The same entry some lines further down, or in another file."""
    if by == 0 and entry.position.path == path:
        return entry

    def moved(place: Position) -> Position:
        return replace(place, path=path, line=place.line + by)

    return replace(
        entry,
        position=moved(entry.position),
        aliases=tuple(replace(one, position=moved(one.position)) for one in entry.aliases),
        senses=tuple(replace(one, position=moved(one.position)) for one in entry.senses),
    )


def read_glossary(folder: Path, root: Path) -> tuple[Entry, ...]:
    """All entries below `folder`, sorted by id; see `read_entries_and_items`."""
    return read_entries_and_items(folder, root)[0]
