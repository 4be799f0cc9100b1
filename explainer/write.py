"""A finished site goes to disk: only what differs, all or nothing, and nobody else's files."""

from __future__ import annotations

import contextlib
import hashlib
import json
import os
import shutil
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from importlib import import_module, util
from pathlib import Path

from explainer.errors import OutputError

MANIFEST = ".explainer-manifest.json"
STAGE = ".explainer-stage"
_IGNORED = frozenset((MANIFEST, STAGE, ".git", ".nojekyll", "CNAME", ".DS_Store"))


@dataclass(frozen=True, slots=True)
class Written:
    """What a write did: paths relative to the output, sorted."""

    changed: tuple[str, ...]
    removed: tuple[str, ...]
    kept: int


def write_site(files: Mapping[str, bytes], output: Path, source: Path | None) -> Written:
    """Bring `output` to hold exactly `files`, and leave alone what we didn't write.

    New content is staged in full beside the old before the first file is replaced, so that a
    full disk leaves the old site whole; each file changes in one step. A build that was
    killed is finished by the next.

    Args:
        files: Content by path, relative with forward slashes.
        output: Made if absent.
        source: The site's own folder, which the output must not swallow.

    Raises:
        OutputError: A place that can't be written, that isn't ours, or that another build holds.
    """
    _refuse_unsafe(output, source)
    try:
        output.mkdir(parents=True, exist_ok=True)
        with _locked(output):
            return _write(files, output)
    except OSError as fault:
        raise OutputError(f"can't be written: {fault.strerror}", _name(fault, output)) from fault


def _name(fault: OSError, output: Path) -> str:
    return str(fault.filename) if isinstance(fault.filename, str) else str(output)


def _refuse_unsafe(output: Path, source: Path | None) -> None:
    if output.is_symlink():
        raise OutputError("is a symbolic link; name the folder itself", str(output))
    if output.exists() and not output.is_dir():
        raise OutputError("is a file; name a folder", str(output))
    place = output.resolve()
    forbidden = {Path(place.anchor), Path.home().resolve()}
    if source is not None:
        home = source.resolve()
        forbidden |= {home, *home.parents}
        forbidden |= {home / name for name in ("content", "templates", "static", "seeds")}
        if any(place.is_relative_to(home / name) for name in ("content", "templates", "static")):
            raise OutputError("is part of the site's sources", str(output))
    if place in forbidden:
        raise OutputError("would be overwritten; choose a folder of its own", str(output))


@contextlib.contextmanager
def _locked(output: Path) -> Iterator[None]:
    """Hold the folder; the system lets go of it when the process ends, however it ends."""
    if util.find_spec("fcntl") is None:  # Windows: a second build isn't kept out there
        yield
        return
    fcntl = import_module("fcntl")
    handle = os.open(output, os.O_RDONLY)
    try:
        fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError as fault:
        os.close(handle)
        raise OutputError("another build is writing here; wait for it", str(output)) from fault
    try:
        yield
    finally:
        os.close(handle)


def _write(files: Mapping[str, bytes], output: Path) -> Written:
    stage = output / STAGE
    shutil.rmtree(stage, ignore_errors=True)
    ours = _read_manifest(output)
    _refuse_foreign(files, ours, output)
    changed = [name for name in sorted(files) if not _holds(output / name, files[name])]
    try:
        for name in changed:
            _put(stage / name, files[name])
        # From here on a killed build leaves nothing that the next wouldn't know as ours.
        _write_manifest(output, set(ours) | set(files))
        for name in changed:
            target = output / name
            target.parent.mkdir(parents=True, exist_ok=True)
            (stage / name).replace(target)
    finally:
        shutil.rmtree(stage, ignore_errors=True)
    removed = _remove_orphans(output, ours - set(files))
    _write_manifest(output, set(files))
    return Written(tuple(changed), tuple(removed), len(files) - len(changed))


def _refuse_foreign(files: Mapping[str, bytes], ours: set[str], output: Path) -> None:
    if not ours:
        foreign = sorted(one.name for one in output.iterdir() if one.name not in _IGNORED)
        if foreign:
            raise OutputError(
                f"holds files that aren't ours ({foreign[0]}); choose an empty folder", str(output)
            )
        return
    for name in sorted(set(files) - ours):
        path = output / name
        if path.exists() and not _holds(path, files[name]):
            raise OutputError("stands in the way and isn't ours; move it", str(path))


def _holds(path: Path, content: bytes) -> bool:
    try:
        return path.stat().st_size == len(content) and path.read_bytes() == content
    except (FileNotFoundError, NotADirectoryError, IsADirectoryError):
        return False


def _put(path: Path, content: bytes) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(content)


def _remove_orphans(output: Path, names: set[str]) -> list[str]:
    removed = []
    for name in sorted(names):
        path = output / name
        if path.is_file():
            path.unlink()
            removed.append(name)
        for folder in path.parents:
            if folder == output or not folder.is_dir() or any(folder.iterdir()):
                break
            folder.rmdir()
    return removed


def _read_manifest(output: Path) -> set[str]:
    """The files we wrote; a broken manifest counts as everything that is there."""
    path = output / MANIFEST
    if not path.is_file():
        return set()
    try:
        names = json.loads(path.read_text(encoding="utf-8"))["files"]
        return {name for name in names if isinstance(name, str) and ".." not in name.split("/")}
    except (ValueError, KeyError, TypeError):
        found = (one for one in output.rglob("*") if one.is_file())
        return {one.relative_to(output).as_posix() for one in found} - _IGNORED


def _write_manifest(output: Path, names: set[str]) -> None:
    text = json.dumps({"files": sorted(names)}, ensure_ascii=False, indent=0)
    write_atomically(output / MANIFEST, f"{text}\n".encode())


def write_atomically(path: Path, content: bytes) -> None:
    """Replace one file in a single step, on disk before it shows; nothing if it is the same."""
    if _holds(path, content):
        return
    digest = hashlib.sha256(path.name.encode()).hexdigest()[:8]
    beside = path.with_name(f".{digest}.{os.getpid()}.tmp")
    try:
        with beside.open("wb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        beside.replace(path)
    finally:
        beside.unlink(missing_ok=True)
