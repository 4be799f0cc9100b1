"""What lies on disk: the sources of a site and its output, each told by one number.

The number of a folder is the sum of one number a file, so that it is known after an edit without
looking again. Equal numbers mean equal names, sizes and times; nothing is read.
"""

from __future__ import annotations

import contextlib
import os
import sys
import time
from collections.abc import Collection, Iterable, Iterator, Sequence
from pathlib import Path
from typing import NamedTuple
from zlib import crc32

from explainer.home import PACKAGE, SETTINGS_FILE, theme_folders
from explainer.machine import beside, processors

MANIFEST = ".explainer-manifest.json"
STAGE = ".explainer-stage"
NOT_OURS = frozenset((MANIFEST, STAGE, ".git", ".nojekyll", "CNAME", ".DS_Store"))
"""What may lie in an output beside the site's files."""

CLOCK = 20_000_000
"""Nanoseconds in which a file system's clock has moved on, whichever it is."""

UNKNOWN = 0
"""The stamp of a file that was written just now: one written after it may have the same."""

GROUPS = 256
"""Sources are kept in groups, each with the number of its files: few are looked at one by one."""

MANY = 4_000
"""Files from which on a second process pays that looks at half of them."""

MASK = (1 << 62) - 1


class SourceStat(NamedTuple):
    path: str
    size: int
    written: int
    changed: int
    linked: bool


class Group(NamedTuple):
    """Some of the sources, always the same: the sum of their numbers."""

    number: int
    files: Sequence[SourceStat]


class Told(NamedTuple):
    """What may differ from the survey at `since` (ns): the files called `names`, no other.

    Those of them that are there are ``found``. Of the output nothing differs.
    """

    since: int
    names: frozenset[str]
    found: tuple[SourceStat, ...]


class Survey(NamedTuple):
    """What was seen at `moment` (ns); `output` is -1 where it couldn't be told.

    ``told`` is there where not all files were looked at, but those that somebody named;
    ``groups`` where they were.
    """

    files: Collection[SourceStat]
    sources: int
    output: int
    moment: int
    told: Told | None = None
    groups: Sequence[Group] = ()

    @property
    def is_settled(self) -> bool:
        """False where a file was written so late that the next write may not show."""
        return not any(is_late(one, self.moment) for one in self.looked_at)

    @property
    def has_links(self) -> bool:
        return any(one.linked for one in self.looked_at)

    @property
    def looked_at(self) -> Collection[SourceStat]:
        return self.told.found if self.told else self.files


UNSEEN = Survey([], 0, -1, 0)


def is_late(one: SourceStat, moment: int) -> bool:
    """Whether a file was written so short before `moment` that a later write may not show."""
    late = moment - CLOCK
    return one.written > late or one.changed > late


def stamps_of(files: Iterable[SourceStat], moment: int) -> dict[str, int]:
    """For every source a number that is another one when it was written."""
    return {
        one.path: UNKNOWN if is_late(one, moment) else source_number(one) & MASK for one in files
    }


def _groups(files: Iterable[SourceStat]) -> list[Group]:
    numbers = [0] * GROUPS
    groups: list[list[SourceStat]] = [[] for _ in range(GROUPS)]
    for one in files:
        key = _key_of(one[0])
        numbers[key % GROUPS] += hash((key, *one[1:]))
        groups[key % GROUPS].append(one)
    return [Group(number & MASK, found) for number, found in zip(numbers, groups, strict=True)]


def group_of(path: str) -> int:
    return _key_of(path) % GROUPS


def group_number(stamps: Iterable[int]) -> int | None:
    """What tells whether any file of a group was written; None where that can't be told."""
    found = tuple(stamps)
    return None if UNKNOWN in found else sum_of(found)


def take_survey(root: Path, output: Path, expected: int = 0) -> Survey:
    """Look at all sources of the site in `root` and at its output.

    Args:
        expected: How many files there were the last time.
    """
    moment = time.time_ns()
    two = expected >= MANY and processors() > 1
    answer = beside(lambda: output_number(output)) if two else None
    files = list(_sources(root))
    groups = _groups(files)
    number = answer() if answer else output_number(output)
    return Survey(files, _total(groups), number, moment, groups=groups)


def look_at_sources(root: Path) -> int:
    """The number of all sources of a site."""
    return _total(_groups(_sources(root)))


def _total(groups: Iterable[Group]) -> int:
    return sum_of((one.number for one in groups), crc32(sys.version.encode()))


def source_number(one: SourceStat) -> int:
    """What a source adds to the number of all."""
    return hash((_key_of(one[0]), *one[1:]))


def source_at(path: str) -> SourceStat | None:
    """One file as `files_below` gives it; None where there is none."""
    linked = os.path.islink(path)
    try:
        return _stat_of(path, os.stat(path), linked)
    except OSError:
        return SourceStat(path, 0, 0, 0, True) if linked else None


def _sources(root: Path) -> Iterator[SourceStat]:
    """Every file that a build may read, the program's own among them."""
    folders = [root / "content", PACKAGE]
    for folder in theme_folders(root)[::-1]:
        folders += [folder / "templates", folder / "static"]
    settings = root / SETTINGS_FILE
    if settings.is_file():
        yield _stat_of(os.fspath(settings), os.stat(settings), settings.is_symlink())
    for place in sorted(set(sys.path)):
        if place.endswith(("site-packages", "dist-packages")) and os.path.isdir(place):
            # Its time changes when a package comes, goes or is renewed.
            yield _stat_of(place, os.stat(place), False)
    for folder in folders:
        yield from files_below(folder)


def files_below(folder: Path, suffixes: tuple[str, ...] = ()) -> Iterator[SourceStat]:
    """Every file below a folder but hidden ones, in no order."""
    waiting = [str(folder)]
    while waiting:
        place = waiting.pop()
        with contextlib.suppress(OSError), _children(place) as children:
            for child in children:
                path = f"{place}{os.sep}{child.name}"
                if child.name.startswith((".", "__pycache__")):
                    continue
                if child.is_dir(follow_symlinks=False):
                    waiting.append(path)
                elif not suffixes or child.name.endswith(suffixes):
                    try:
                        yield _stat_of(path, child.stat(), child.is_symlink())
                    except OSError:  # a link that leads nowhere
                        yield SourceStat(path, 0, 0, 0, True)


def _stat_of(path: str, found: os.stat_result, linked: bool) -> SourceStat:
    return SourceStat(path, found.st_size, found.st_mtime_ns, found.st_ctime_ns, linked)


@contextlib.contextmanager
def _children(folder: str) -> Iterator[Iterator[os.DirEntry[str]]]:
    """What lies in a folder; of one that is open no file's path is walked from the root again."""
    if os.scandir not in os.supports_fd:  # Windows
        with os.scandir(folder) as children:
            yield children
        return
    handle = os.open(folder, os.O_RDONLY)
    try:
        with os.scandir(handle) as children:
            yield children
    finally:
        os.close(handle)


def output_number(output: Path) -> int:
    """The number of all files of an output."""
    total = 0
    folders = [""]
    while folders:
        folder = folders.pop()
        with contextlib.suppress(OSError), _children(f"{output}/{folder}") as children:
            for child in children:
                if child.name in NOT_OURS:
                    continue
                name = folder + child.name
                if child.is_dir(follow_symlinks=False):
                    folders.append(f"{name}/")
                else:
                    found = child.stat(follow_symlinks=False)
                    total += file_number(name, found.st_size, found.st_mtime_ns)
    return total & MASK


def file_number(name: str, size: int, written: int) -> int:
    """What a file of the output adds to its number."""
    return hash((_key_of(name), size, written))


def _key_of(name: str) -> int:
    return crc32(name.encode(errors="surrogateescape"))


def sum_of(numbers: Iterable[int], start: int = 0) -> int:
    return sum(numbers, start) & MASK
