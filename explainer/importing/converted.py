"""What goes into an import and what its readers make of it."""

from __future__ import annotations

from collections.abc import Mapping

from msgspec import Struct, field

from explainer.errors import ArticleError


class Raw(Struct, frozen=True):
    """Bytes as they arrived: ``name`` is what errors call them, ``url`` where they are from."""

    content: bytes
    name: str
    suffix: str = ""
    url: str = ""
    charset: str = ""


class Converted(Struct, frozen=True):
    """An article's text, as Markdown or plain; ``meta`` are keys of its front matter, as texts.

    ``dropped`` says in words what isn't in it any more.
    """

    text: str
    title: str = ""
    plain: bool = False
    meta: Mapping[str, str | tuple[str, ...]] = field(default_factory=dict)
    dropped: tuple[str, ...] = ()


def decoded(raw: Raw) -> tuple[str, tuple[str, ...]]:
    """The text with LF line ends, and a word on its encoding where that had to be guessed."""
    content = raw.content
    wide = content[:2] in (b"\xff\xfe", b"\xfe\xff")
    encoding = "utf-16" if wide else raw.charset or "utf-8-sig"
    told: tuple[str, ...] = ()
    try:
        text = content.decode(encoding)
    except (UnicodeDecodeError, LookupError):
        try:
            text = content.decode("utf-8-sig")
        except UnicodeDecodeError:
            text = content.decode("cp1252", errors="replace")
            told = ("nothing, but the text isn't UTF-8: it was read as Windows-1252; look it over",)
    if "\x00" in text:
        raise ArticleError("isn't a text", raw.name)
    return text.replace("\r\n", "\n").replace("\r", "\n"), told


def counted(count: int, one: str, many: str = "") -> str:
    """A number of things in words; empty where there is none."""
    if not count:
        return ""
    return f"{count} {one if count == 1 else many or f'{one}s'}"
