"""Several files of a site changed in one step: all of them, or none, whatever interrupts."""

from __future__ import annotations

import contextlib
import hashlib
import json
import os
from collections.abc import Iterator, Mapping
from importlib import import_module, util
from pathlib import Path

from explainer.atomic import sync_folder
from explainer.errors import OutputError
from explainer.home import JOURNAL

_LOCK = "files.lock"


@contextlib.contextmanager
def holding(cache: Path) -> Iterator[None]:
    """Keep a site's files to ourselves against other programs of ours.

    A step that was interrupted is finished first. Not to be entered twice in a thread.

    Raises:
        OutputError: The cache's folder can't be written.
    """
    try:
        cache.mkdir(parents=True, exist_ok=True)
        handle = os.open(cache / _LOCK, os.O_RDWR | os.O_CREAT, 0o600)
    except OSError as fault:
        raise OutputError(f"can't be written: {fault.strerror}", str(cache)) from fault
    try:
        if util.find_spec("fcntl"):
            fcntl = import_module("fcntl")
            fcntl.flock(handle, fcntl.LOCK_EX)
        _recover(cache)
        yield
    finally:
        os.close(handle)


def rewrite_files(files: Mapping[Path, bytes], before: Mapping[Path, bytes], cache: Path) -> None:
    """Replace files all together.

    Each new content is on disk before a journal says so; from then on `finish_rewrite` brings
    the step to its end, even after a power cut.

    Args:
        files: The new contents, of files below the folder that the cache is in.
        before: What was read; where a file holds something else by now, nothing is written.
        cache: The folder for the journal.

    Raises:
        OutputError: A file was changed meanwhile, or can't be written. Nothing is changed then.
    """
    with holding(cache):
        rewrite_held(files, before, cache)


def rewrite_held(files: Mapping[Path, bytes], before: Mapping[Path, bytes], cache: Path) -> None:
    """Do what `rewrite_files` does, for who is `holding` the files already."""
    root, begun = cache.parent, cache / f"{JOURNAL}.begun"
    plan = {
        Path(os.path.relpath(path, root)).as_posix(): _digest(before.get(path))
        for path in sorted(files)
    }
    try:
        _write(begun, json.dumps(plan).encode())
        for path, content in sorted(files.items()):
            if (path.read_bytes() if path.exists() else None) != before.get(path):
                raise OutputError("was changed meanwhile; nothing is written, try again", str(path))
            path.parent.mkdir(parents=True, exist_ok=True)
            _write(_beside(path), content)
            if path.exists():
                _beside(path).chmod(path.stat().st_mode & 0o777)
        begun.replace(cache / JOURNAL)
        sync_folder(cache)
    except OSError as fault:
        _forget(cache)
        message = f"can't be written: {fault.strerror}; nothing is changed"
        raise OutputError(message, str(fault.filename or "")) from fault
    except OutputError:
        _forget(cache)
        raise
    _recover(cache)


def finish_rewrite(cache: Path) -> None:
    """Bring an interrupted `rewrite_files` to its end; nothing where there is none."""
    if any((cache / name).is_file() for name in (JOURNAL, f"{JOURNAL}.begun")):
        with holding(cache):
            pass


def _recover(cache: Path) -> None:
    """Finish a step that is decided, and leave nothing of one that isn't."""
    journal = cache / JOURNAL
    kept: list[Path] = []
    if journal.is_file():
        try:
            plan = _planned(journal)
            for path, before in plan.items():
                kept += _replace(path, before)
            for folder in sorted({path.parent for path in plan}):
                sync_folder(folder)
            journal.unlink()
        except (OSError, ValueError, AttributeError) as fault:
            message = f"a change of several files was interrupted and can't be finished: {fault}"
            raise OutputError(message, str(journal)) from fault
    _forget(cache)
    for path in kept:
        message = (
            "was edited while a change of several files stood unfinished; that is finished now, "
            f"and the edited file is kept as {path.name}.kept"
        )
        raise OutputError(message, str(path))


def _replace(path: Path, before: str) -> list[Path]:
    """Put a file's new content in its place; give the path if somebody's own was there."""
    if not _beside(path).exists():
        return []
    edited = path.exists() and _digest(path.read_bytes()) != before
    if edited:
        path.replace(path.with_name(f"{path.name}.kept"))
    _beside(path).replace(path)
    return [path] if edited else []


def _planned(journal: Path) -> dict[Path, str]:
    """The files that a journal names, and the digests of what they held; none outside a site."""
    root = journal.parent.parent
    plan = json.loads(journal.read_text("utf-8"))
    for name in plan:
        if Path(name).is_absolute() or ".." in Path(name).parts:
            raise ValueError(f"{name} is outside of {root}")
    return {root / name: str(before) for name, before in plan.items()}


def _forget(cache: Path) -> None:
    begun = cache / f"{JOURNAL}.begun"
    if not begun.is_file():
        return
    with contextlib.suppress(OSError, ValueError, AttributeError):
        for path in _planned(begun):
            _beside(path).unlink(missing_ok=True)
    begun.unlink(missing_ok=True)


def _digest(content: bytes | None) -> str:
    return "" if content is None else hashlib.sha256(content).hexdigest()


def _beside(path: Path) -> Path:
    return path.with_name(f".{path.name}.rewrite.tmp")


def _write(path: Path, content: bytes) -> None:
    with path.open("wb") as file:
        file.write(content)
        file.flush()
        os.fsync(file.fileno())
