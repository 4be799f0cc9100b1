"""The sources of a site, watched: what was saved, moved or deleted, told as it happens."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from pathlib import Path, PurePath

from watchfiles import watch

from explainer.config import SETTINGS_FILE
from explainer.serve.polling import must_poll, poll

FOLDERS = ("content", "templates", "static")

_QUIET_MS = 20
"""A report waits for as long without a further change …"""
_LONGEST_MS = 200
"""… but no longer than this."""
_LOOK_MS = 100

_SCRATCH = (".swp", ".swo", ".swx", ".tmp", ".part", "~", "#")
_SCRATCH_NAMES = ("4913",)  # Vim's, to see whether it may write here


class SourceWatch:
    """Reports changes of a site's sources, from threads of its own, until it is stopped.

    The system watches a directory, not its name, so a folder that is replaced drops out; the
    site's own folder is watched as well, for folders that come and go. Whenever the watch
    begins, at first and anew, an empty report says that anything may have changed before.

    Args:
        root: The site's folder.
        report: Takes the changed paths, relative to `root`, with forward slashes.
    """

    def __init__(self, root: Path, report: Callable[[frozenset[str]], None]) -> None:
        self._root = root
        self._report = report
        self._stopped = threading.Event()
        self._anew = threading.Event()
        self._polling = must_poll()
        self._threads = (
            threading.Thread(target=self._watch_root, name="explainer-root", daemon=True),
            threading.Thread(target=self._watch_folders, name="explainer-sources", daemon=True),
        )

    def start(self) -> None:
        for thread in self._threads:
            thread.start()

    def stop(self) -> None:
        self._stopped.set()
        self._anew.set()
        for thread in self._threads:
            thread.join()

    def _watch_root(self) -> None:
        while not self._stopped.is_set():
            known, started = _identity(self._root), False
            for changed in self._changes((self._root,), self._stopped, recursive=False):
                if not started or changed & set(FOLDERS):
                    self._anew.set()
                started = True
                if SETTINGS_FILE in changed:
                    self._report(changed)
                if _identity(self._root) != known:
                    break
            self._stopped.wait(_LOOK_MS / 1000)

    def _watch_folders(self) -> None:
        while self._anew.wait() and not self._stopped.is_set():
            self._anew.clear()
            folders = tuple(self._root / name for name in FOLDERS if (self._root / name).is_dir())
            started = False
            for changed in self._changes(folders, self._anew, recursive=True):
                if changed or not started:
                    self._report(changed if started else frozenset())
                started = True
            if not started:
                self._report(frozenset())

    def _changes(
        self, folders: tuple[Path, ...], stop: threading.Event, *, recursive: bool
    ) -> Iterator[frozenset[str]]:
        """What changed, time and again; often nothing, the first time once the watch stands."""
        if not folders:
            return
        if self._polling:
            for paths in poll(folders, stop, recursive=recursive):
                yield frozenset(self._name(path) for path in paths if self._is_source(path))
            return
        try:
            yield from self._events(folders, stop, recursive=recursive)
        except FileNotFoundError:  # went before it was watched; its return is seen
            return
        except (OSError, RuntimeError):  # the system has no watches left
            self._polling = True
            self._anew.set()

    def _events(
        self, folders: tuple[Path, ...], stop: threading.Event, *, recursive: bool
    ) -> Iterator[frozenset[str]]:
        for changes in watch(
            *folders,
            watch_filter=lambda _, path: self._is_source(path),
            debounce=_LONGEST_MS,
            step=_QUIET_MS,
            stop_event=stop,
            rust_timeout=_LOOK_MS,
            yield_on_timeout=True,
            force_polling=False,
            recursive=recursive,
            ignore_permission_denied=True,
        ):
            yield frozenset(self._name(path) for _, path in changes)

    def _is_source(self, path: str) -> bool:
        """False for hidden files and for what editors leave beside the file they write."""
        parts = PurePath(self._name(path)).parts
        if any(part.startswith(".") for part in parts):
            return False
        name = parts[-1] if parts else ""
        return not name.endswith(_SCRATCH) and name not in _SCRATCH_NAMES

    def _name(self, path: str) -> str:
        place = Path(path)
        if place.is_relative_to(self._root):
            return place.relative_to(self._root).as_posix()
        return place.name


def _identity(folder: Path) -> tuple[int, int] | None:
    try:
        status = folder.stat()
    except OSError:
        return None
    return status.st_dev, status.st_ino
