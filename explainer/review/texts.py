"""The files under review as text, and the way back to the bytes they had."""

from __future__ import annotations

import hashlib
from pathlib import Path

from msgspec import Struct

from explainer.errors import ExplainerError, GlossaryError
from explainer.read import read_bytes


class RawText(Struct):
    """A file's text with LF line ends, and how to give it back as it was."""

    text: str
    newline: str = "\n"
    mark: str = ""

    def encode(self, text: str) -> bytes:
        return (self.mark + text.replace("\n", self.newline)).encode()

    @property
    def digest(self) -> str:
        return digest_of(self.encode(self.text))


def read_raw(path: Path, name: str) -> RawText:
    """Read one file.

    Raises:
        ExplainerError: It can't be read, or isn't UTF-8.
    """
    content = read_bytes(path, name, GlossaryError)
    try:
        text = content.decode()
    except UnicodeDecodeError as fault:
        raise ExplainerError(f"not UTF-8 at byte {fault.start}", name) from fault
    mark = "\ufeff" if text.startswith("\ufeff") else ""
    text = text.removeprefix(mark)
    if text.count("\r\n") != text.count("\n") or "\r\n" not in text:
        return RawText(text, "\n", mark)
    return RawText(text.replace("\r\n", "\n"), "\r\n", mark)


def digest_of(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()
