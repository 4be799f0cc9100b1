"""A finished site goes to disk: only what differs, all or nothing, and nobody else's files."""

from __future__ import annotations

import contextlib
import json
import os
import shutil
from collections.abc import Collection, Iterator, Mapping, Sequence
from importlib import import_module, util
from pathlib import Path, PurePosixPath
from typing import NamedTuple, Protocol

from msgspec import Struct

from explainer.atomic import holds
from explainer.errors import OutputError
from explainer.model import Written
from explainer.survey import MANIFEST, NOT_OURS, STAGE

_BINARY = getattr(os, "O_BINARY", 0)  # Windows


def write_site(files: Mapping[str, bytes], output: Path, source: Path | None) -> Written:
    """Bring `output` to hold exactly `files`; see `open_output`."""
    with open_output(output, source) as place:
        staged = [place.stage.put(name, content) for name, content in sorted(files.items())]
        return place.commit([one.name for one in staged if one.changed], list(files))


@contextlib.contextmanager
def open_output(output: Path, source: Path | None) -> Iterator[Output]:
    """Hold a folder that is to be brought up to date, and leave alone what we didn't write.

    New content is staged in full beside the old before the first file is replaced, so that a
    full disk leaves the old site whole; each file changes in one step. A build that was
    killed is finished by the next.

    Args:
        output: Made if absent; gone again if nothing was committed to it.
        source: The site's own folder, which the output must not swallow.

    Raises:
        OutputError: A place that can't be written, that isn't ours, or that another build holds.
    """
    _refuse_unsafe(output, source)
    made: list[Path] = []
    try:
        for folder in (output, *output.parents):
            if folder.exists():
                break
            made.append(folder)
        output.mkdir(parents=True, exist_ok=True)
        with _locked(output):
            stage = Stage(str(output))
            shutil.rmtree(output / STAGE, ignore_errors=True)
            try:
                if not (output / MANIFEST).is_file():
                    _refuse_foreign_folder(output)
                yield Output(output, stage)
            finally:
                shutil.rmtree(output / STAGE, ignore_errors=True)
    except OSError as fault:
        raise OutputError(f"can't be written: {fault.strerror}", _name(fault, output)) from fault
    finally:
        with contextlib.suppress(OSError):
            for folder in made:
                folder.rmdir()  # refused, and rightly, where it holds anything


class Staged(NamedTuple):
    """A file of the new site: `size` and `time` (ns) as they are on disk, now or once in place."""

    name: str
    size: int
    time: int
    changed: bool


class Shelf(Protocol):
    """Takes the files of a site, one by one."""

    def put(self, name: str, content: bytes) -> Staged: ...


class Stage:
    """A shelf on disk; several processes may use one folder's stage at once."""

    def __init__(self, output: str, part: str = "") -> None:
        """
        Args:
            output: The folder that the site is for.
            part: What is staged apart from the rest, until it is adopted.
        """
        self._output = output
        self._stage = f"{output}/{STAGE}/{part}".rstrip("/")
        self._folders: set[str] = set()
        self._in_place: dict[str, bool] = {}

    def found(self) -> dict[str, tuple[int, int]]:
        """The files in place, by their names, with size and time (ns)."""
        files: dict[str, tuple[int, int]] = {}
        folders = [""]
        while folders:
            folder = folders.pop()
            for one in os.scandir(f"{self._output}/{folder}"):
                if one.name in NOT_OURS:
                    continue
                if one.is_dir(follow_symlinks=False):
                    folders.append(f"{folder}{one.name}/")
                else:
                    found = one.stat(follow_symlinks=False)
                    files[f"{folder}{one.name}"] = (found.st_size, found.st_mtime_ns)
        return files

    def put(self, name: str, content: bytes) -> Staged:
        """Stage a file, unless the output holds the same already."""
        folder = name.rpartition("/")[0]
        if self._has(folder):
            path = f"{self._output}/{name}"
            with contextlib.suppress(FileNotFoundError, NotADirectoryError, IsADirectoryError):
                found = os.stat(path)
                if found.st_size == len(content) and Path(path).read_bytes() == content:
                    return Staged(name, found.st_size, found.st_mtime_ns, False)
        _make_folder(f"{self._stage}/{folder}", self._folders)
        path = f"{self._stage}/{name}"
        handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_TRUNC | _BINARY, 0o666)
        try:
            rest = content
            while rest:
                rest = rest[os.write(handle, rest) :]
            found = os.fstat(handle)
        finally:
            os.close(handle)
        return Staged(name, found.st_size, found.st_mtime_ns, True)

    def read(self, name: str) -> bytes:
        """A file that is staged."""
        return Path(f"{self._stage}/{name}").read_bytes()

    def _has(self, folder: str) -> bool:
        """Whether the output has a folder; until all is staged, none comes."""
        has = self._in_place.get(folder)
        if has is None:
            has = self._in_place[folder] = os.path.lexists(f"{self._output}/{folder}")
        return has

    def adopt(self, one: Staged, part: str) -> Staged:
        """Take in what somebody else staged apart."""
        if one.changed:
            path = f"{self._stage}/{one.name}"
            _make_folder(path.rpartition("/")[0], self._folders)
            os.replace(f"{self._stage}/{part}/{one.name}", path)
        return one


class Output(Struct, frozen=True):
    """A folder that this build holds, and what is staged for it."""

    folder: Path
    stage: Stage

    def replace(self, changed: Sequence[str]) -> None:
        """Put what is staged in place of files that this folder is known to hold, no other."""
        _refuse_unwritable(set(changed), self.folder)
        for name in sorted(changed):
            os.replace(f"{self.folder}/{STAGE}/{name}", f"{self.folder}/{name}")

    def commit(self, changed: Sequence[str], names: Collection[str]) -> Written:
        """Put what is staged in place, and remove what we wrote once and is no longer there.

        Args:
            changed: The files that are staged.
            names: All files of the site.
        """
        output, ours, wanted = self.folder, _read_manifest(self.folder), set(names)
        if not ours:
            _refuse_foreign_folder(output)
        orphans = ours - wanted
        _refuse_foreign(changed, ours, output)
        _refuse_unwritable({*changed, *orphans}, output)
        # From here on a killed build leaves nothing that the next wouldn't know as ours.
        if changed or orphans:
            _write_manifest(output, ours | wanted)
        removed = _remove_orphans(output, _in_the_way(orphans, changed)) if orphans else []
        _put_in_place(output, changed)
        removed += _remove_orphans(output, orphans)
        if wanted != ours or changed or not (output / MANIFEST).exists():
            _write_manifest(output, wanted)
        return Written(tuple(sorted(changed)), tuple(sorted(removed)), len(wanted) - len(changed))


def _put_in_place(output: Path, changed: Sequence[str]) -> None:
    folders: dict[str, list[str]] = {}
    for name in sorted(changed):
        folder, _, file = name.rpartition("/")
        folders.setdefault(folder, []).append(file)
    for folder, files in folders.items():
        staged, target = f"{output}/{STAGE}/{folder}", f"{output}/{folder}"
        if _moves_whole(staged, target, files):
            continue
        os.makedirs(target, exist_ok=True)
        for file in files:
            os.replace(f"{staged}/{file}", f"{target}/{file}")


def _moves_whole(staged: str, target: str, files: Sequence[str]) -> bool:
    """Put a folder in place in one step, where there's none yet and it holds just these files."""
    if os.path.lexists(target) or set(os.listdir(staged)) != set(files):
        return False
    os.makedirs(os.path.dirname(target), exist_ok=True)
    try:
        os.rename(staged, target)
    except OSError:  # not every file system moves folders
        return False
    return True


def _make_folder(path: str, made: set[str]) -> None:
    if path not in made:
        os.makedirs(path, exist_ok=True)
        made.add(path)


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


def _refuse_foreign_folder(output: Path) -> None:
    foreign = sorted(one.name for one in output.iterdir() if one.name not in NOT_OURS)
    if foreign:
        raise OutputError(
            f"holds files that aren't ours ({foreign[0]}); choose an empty folder", str(output)
        )


def _refuse_foreign(changed: Sequence[str], ours: set[str], output: Path) -> None:
    """Refuse what stands where a file is to be put, and holds something else."""
    if not ours:
        return
    for name in sorted(set(changed) - ours):
        path = output / name
        inside = path.rglob("*") if path.is_dir() else iter((path,))
        for one in inside:
            known = one.is_dir() or one.relative_to(output).as_posix() in ours
            if one.exists() and not known:
                raise OutputError("stands in the way and isn't ours; move it", str(one))


def _refuse_unwritable(names: set[str], output: Path) -> None:
    """Ask for each folder before anything in any of them is changed."""
    home = output.resolve()
    for place in sorted({name.rpartition("/")[0] for name in names}):
        folder = output / place
        while not folder.exists() and folder != output:
            folder = folder.parent
        if not folder.resolve().is_relative_to(home):
            raise OutputError("leads out of the output; remove it", str(folder))
        if folder.is_dir() and not os.access(folder, os.W_OK | os.X_OK):
            raise OutputError("can't be written: Permission denied", str(folder))


def _in_the_way(orphans: set[str], changed: Sequence[str]) -> set[str]:
    """Old files where a new folder has to be, and those of an old folder that becomes a file."""
    folders = {parent.as_posix() for name in changed for parent in PurePosixPath(name).parents}
    files = set(changed)
    return {
        name
        for name in orphans
        if name in folders or files & {one.as_posix() for one in PurePosixPath(name).parents}
    }


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
        if all(_stays_inside(name) for name in names):
            return set(names)
    except (ValueError, KeyError, TypeError, AttributeError):
        pass
    found = (one for one in output.rglob("*") if one.is_file())
    return {one.relative_to(output).as_posix() for one in found} - NOT_OURS


def _stays_inside(name: str) -> bool:
    return name[:1] != "/" and "\\" not in name and ".." not in name.split("/")


def _write_manifest(output: Path, names: set[str]) -> None:
    """Replaced in one step like any other file; what a killed build leaves is in the stage."""
    text = json.dumps({"files": sorted(names)}, ensure_ascii=False, indent=0)
    content = f"{text}\n".encode()
    if holds(output / MANIFEST, content):
        return
    staged = output / STAGE / MANIFEST
    _put(staged, content)
    staged.replace(output / MANIFEST)
