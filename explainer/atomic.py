"""One file replaced in a single step: whoever reads it has the old one or the new one, whole."""

from __future__ import annotations

import contextlib
import hashlib
import os
from pathlib import Path


def write_atomically(path: Path, content: bytes) -> None:
    """Replace one file in a single step, on disk before it shows; nothing if it is the same.

    Folders on the way to it are made.
    """
    if holds(path, content):
        return
    path.parent.mkdir(parents=True, exist_ok=True)
    digest = hashlib.sha256(path.name.encode()).hexdigest()[:8]
    _sweep(path.parent, digest)
    beside = path.with_name(f".{digest}.{os.getpid()}.tmp")
    try:
        with beside.open("wb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        beside.replace(path)
        sync_folder(path.parent)
    finally:
        beside.unlink(missing_ok=True)


def holds(path: Path, content: bytes) -> bool:
    """Whether a file is there, with just this content."""
    try:
        return path.stat().st_size == len(content) and path.read_bytes() == content
    except (FileNotFoundError, NotADirectoryError, IsADirectoryError):
        return False


def _sweep(folder: Path, digest: str) -> None:
    """Remove what a process that was killed left of this file."""
    for left in folder.glob(f".{digest}.*.tmp"):
        number = left.name.split(".")[-2]
        if number.isdigit() and not _is_alive(int(number)):
            left.unlink(missing_ok=True)


def _is_alive(process: int) -> bool:
    if os.name != "posix":  # there, a signal 0 would end it
        return True
    try:
        os.kill(process, 0)
    except ProcessLookupError:
        return False
    except OSError:
        return True
    return True


def sync_folder(folder: Path) -> None:
    """Have a folder's new names on disk as well; not every system knows how."""
    with contextlib.suppress(OSError):
        handle = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)
