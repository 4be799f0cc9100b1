"""Text files as people's programs leave them: found without surprises, read as clean text."""

from __future__ import annotations

import hashlib
import os
import stat
from collections.abc import Iterator
from pathlib import Path

from explainer.errors import ExplainerError
from explainer.model import Diagnostic, Position

MAX_BYTES = 10_000_000
"""Larger than any article or glossary; a page of it would stop a browser."""

ErrorType = type[ExplainerError]


def read_text(path: Path, name: str, error: ErrorType) -> str:
    """The file's text with LF line ends and no byte-order mark.

    Args:
        path: What to open.
        name: What to call it in errors.
        error: The class to raise.

    Raises:
        ExplainerError: Too large, not UTF-8 (the byte and a guess are named), not readable.
    """
    try:
        if path.stat().st_size > MAX_BYTES:
            raise error(f"too large: more than {MAX_BYTES // 1_000_000} MB of text", name)
    except OSError as fault:
        raise error(f"can't be read: {fault.strerror}", name) from fault
    return decode(read_bytes(path, name, error), name, error)


def read_bytes(path: Path, name: str, error: ErrorType) -> bytes:
    """The file as it is; see `read_text`."""
    try:
        return path.read_bytes()
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
        path = Path(child.path)
        if child.is_dir(follow_symlinks=False):
            yield from walk_files(path, suffixes)
        elif child.name.endswith(suffixes) and _is_own_file(path, folder):
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
    try:
        return path.relative_to(root).as_posix()
    except ValueError:
        return path.as_posix()
