"""Sources looked at time and again, for where the system can't tell of changes."""

from __future__ import annotations

import os
import platform
import stat
import threading
from collections.abc import Iterator
from pathlib import Path

_PAUSE = 0.4

Seen = dict[str, tuple[int, int, int]]


def must_poll() -> bool:
    """Whether a user asks for it, in watchfiles' own words, or the system's events can't be had.

    Windows' files give none to the Linux inside it.
    """
    wish = os.environ.get("WATCHFILES_FORCE_POLLING", "")
    if wish:
        return wish.lower() not in ("false", "disable", "disabled")
    return "microsoft" in platform.uname().release.lower()


def poll(
    folders: tuple[Path, ...], stop: threading.Event, *, recursive: bool
) -> Iterator[set[str]]:
    """The paths that changed, every now and then; the first time none, once all were seen.

    Not watchfiles' own polling, which counts time in seconds and so misses a second save.
    """
    seen = _look(folders, recursive=recursive)
    yield set()
    while not stop.wait(_PAUSE):
        now = _look(folders, recursive=recursive)
        yield {path for path in seen.keys() | now.keys() if seen.get(path) != now.get(path)}
        seen = now


def _look(folders: tuple[Path, ...], *, recursive: bool) -> Seen:
    """Every file and folder, with what tells one state of it from the next."""
    seen: Seen = {}
    for top in folders:
        for folder, names, files in os.walk(top):
            for path in (os.path.join(folder, name) for name in (*names, *files)):  # noqa: PTH118
                _note(path, seen)
            # A hidden folder isn't a source, and may hold more files than all that are.
            names[:] = [name for name in names if recursive and not name.startswith(".")]
    return seen


def _note(path: str, seen: Seen) -> None:
    try:
        status = os.stat(path)  # noqa: PTH116
    except OSError:  # went while we looked, or leads nowhere
        return
    if stat.S_ISDIR(status.st_mode):
        seen[path] = (status.st_ino, 0, 0)
    else:
        seen[path] = (status.st_ino, status.st_mtime_ns, status.st_size)
