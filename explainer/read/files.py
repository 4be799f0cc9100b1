"""Text files as people's programs leave them: found without surprises, read as clean text."""

from __future__ import annotations

import errno
import hashlib
import os
import stat
from collections.abc import Iterator
from pathlib import Path

from explainer.errors import ExplainerError
from explainer.model import Diagnostic, Position

MAX_BYTES = 10_000_000
"""Larger than any article or its notes; a page of it would stop a browser."""

ErrorType = type[ExplainerError]

_FLAGS = os.O_RDONLY | getattr(os, "O_BINARY", 0) | getattr(os, "O_NONBLOCK", 0)


class Snapshot:
    """Small files as they were when first asked for: each is read once, or once found absent.

    So a digest is of the same bytes as what was made of them, whoever writes meanwhile.
    """

    def __init__(self, most: int = MAX_BYTES) -> None:
        """
        Args:
            most: Bytes that a file may have.
        """
        self.most = most
        self._found: dict[str, bytes | OSError] = {}

    def read(self, path: Path) -> bytes:
        """The file as it is.

        Raises:
            OSError: It can't be read, or has more than ``most`` bytes: then it is EFBIG.
        """
        found = self._look(path)
        if isinstance(found, OSError):
            raise found
        return found

    def holds(self, path: Path) -> bool:
        """Whether there is such a file, be it one that can't be read."""
        found = self._look(path)
        if isinstance(found, OSError):
            return not isinstance(found, FileNotFoundError) and path.is_file()
        return True

    def digest(self, path: Path) -> str:
        """See `file_digest`."""
        found = self._look(path)
        return "absent" if isinstance(found, OSError) else hashlib.sha256(found).hexdigest()

    def _look(self, path: Path) -> bytes | OSError:
        name = str(path)
        if name not in self._found:
            try:
                self._found[name] = _read_file(name, self.most)
            except OSError as fault:
                self._found[name] = fault.with_traceback(None)
        return self._found[name]


def _read_file(name: str, most: int) -> bytes:
    handle = os.open(name, _FLAGS)  # which doesn't wait for a pipe
    try:
        found = os.fstat(handle)
        if not stat.S_ISREG(found.st_mode):
            raise _fault(errno.EISDIR if stat.S_ISDIR(found.st_mode) else errno.EINVAL)
        if found.st_size > most:
            raise _fault(errno.EFBIG)
        content = os.read(handle, found.st_size)
        while len(content) < found.st_size and (more := os.read(handle, found.st_size)):
            content += more
        return content
    finally:
        os.close(handle)


def _fault(code: int) -> OSError:
    return OSError(code, os.strerror(code))


def read_text(path: Path, name: str, error: ErrorType, files: Snapshot | None = None) -> str:
    """The file's text with LF line ends and no byte-order mark.

    Args:
        path: What to open.
        name: What to call it in errors.
        error: The class to raise.
        files: Where it may have been read already.

    Raises:
        ExplainerError: Too large, not UTF-8 (the byte and a guess are named), not readable.
    """
    files = files or Snapshot()
    try:
        raw = files.read(path)
    except OSError as fault:
        if fault.errno == errno.EFBIG:
            message = f"too large: more than {files.most // 1_000_000} MB of text"
            raise error(message, name) from fault
        raise error(f"can't be read: {fault.strerror}", name) from fault
    return decode(raw, name, error)


def read_bytes(path: Path, name: str, error: ErrorType, files: Snapshot | None = None) -> bytes:
    """The file as it is; see `read_text`."""
    try:
        return files.read(path) if files else path.read_bytes()
    except OSError as fault:
        raise error(f"can't be read: {fault.strerror}", name) from fault


def read_exactly(path: Path, name: str, error: ErrorType) -> str:
    """The file's text as it is, line ends and byte-order mark included; see `read_text`."""
    raw = read_bytes(path, name, error)
    decode(raw, name, error)
    return raw.decode("utf-8")


def decode(raw: bytes, name: str, error: ErrorType) -> str:
    """UTF-8 bytes as text; see `read_text`."""
    try:
        text = raw.decode("utf-8-sig")
    except UnicodeDecodeError as fault:
        line = raw.count(b"\n", 0, fault.start) + 1
        raise error(
            f"not UTF-8: byte {fault.start} is 0x{raw[fault.start]:02X}{_encoding_hint(raw)}; "
            "save the file as UTF-8",
            name,
            line,
        ) from fault
    return text.replace("\r\n", "\n").replace("\r", "\n")


def _encoding_hint(raw: bytes) -> str:
    if raw[:2] in (b"\xff\xfe", b"\xfe\xff"):
        return " (this looks like UTF-16)"
    return " (this looks like Windows-1252)" if any(0x91 <= byte <= 0x97 for byte in raw) else ""


def walk_files(folder: Path, suffixes: tuple[str, ...]) -> Iterator[Path]:
    """Regular files below `folder` with one of the suffixes, in the order of their names.

    Hidden files, editors' backups, devices and pipes are passed over; a symbolic link is
    followed only to a file inside `folder`.
    """
    try:
        children = sorted(os.scandir(folder), key=lambda one: one.name)
    except OSError:
        return
    for child in children:
        if child.name.startswith((".", "#", "~")) or child.name.endswith("~"):
            continue
        if child.is_dir(follow_symlinks=False):
            yield from walk_files(Path(child.path), suffixes)
        elif child.name.endswith(suffixes):
            path = Path(child.path)
            if child.is_file(follow_symlinks=False) or _is_own_file(path, folder):
                yield path


def _is_own_file(path: Path, folder: Path) -> bool:
    try:
        if path.is_symlink() and not path.resolve(strict=True).is_relative_to(folder.resolve()):
            return False
        return stat.S_ISREG(path.stat().st_mode)
    except (OSError, RuntimeError):
        return False


def skipped_links(folder: Path, name: str) -> tuple[Diagnostic, ...]:
    """A warning for each symbolic link below `folder` that isn't followed."""
    found = []
    for path in sorted(folder.rglob("*")):
        if path.is_symlink() and (path.is_dir() or not _is_own_file(path, folder)):
            place = Position(f"{name}/{path.relative_to(folder).as_posix()}")
            message = "a symbolic link to a folder, or out of this one, is not followed"
            found.append(Diagnostic("T005", message, place))
    return tuple(found)


def file_digest(path: Path) -> str:
    """What a file holds, as a digest; "absent" where it can't be read."""
    try:
        return hashlib.sha256(path.read_bytes()).hexdigest()
    except OSError:
        return "absent"


def display_path(path: Path, root: Path) -> str:
    """The path as a user would name it: from the site's folder, with forward slashes."""
    name, start = str(path), f"{root}{os.sep}"
    if name.startswith(start):
        return name[len(start) :].replace(os.sep, "/")
    try:
        return path.relative_to(root).as_posix()
    except ValueError:
        return path.as_posix()
