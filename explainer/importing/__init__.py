"""A text from elsewhere becomes an article: its bytes kept in seeds/, what was dropped told."""

from __future__ import annotations

from pathlib import Path

from msgspec import Struct
from msgspec.structs import replace

from explainer.config import SiteConfig
from explainer.errors import ArticleError, OutputError
from explainer.importing.converted import Raw
from explainer.importing.documents import from_docx
from explainer.importing.pages import from_html
from explainer.importing.texts import from_markdown, from_text
from explainer.importing.writing import article_files
from explainer.model import SourceFile
from explainer.parse import parse_article
from explainer.read import safe_name
from explainer.rewrite import rewrite_files

__all__ = ["Imported", "Raw", "import_article"]

_READERS = {
    ".docx": from_docx,
    ".html": from_html,
    ".md": from_markdown,
    ".txt": from_text,
}
SUFFIXES = tuple(_READERS)


class Imported(Struct, frozen=True):
    """What an import wrote, by paths in the site, and what it left out, in words."""

    article: str
    seed: str
    dropped: tuple[str, ...]


def import_article(raw: Raw, config: SiteConfig, name: str = "") -> Imported:
    """Make an article of a text as it arrived; nothing that is there is overwritten.

    Args:
        raw: The bytes, and what they are said to be.
        config: The site.
        name: What to call it; by default its title.

    Raises:
        ExplainerError: It can't be read as what it is, holds no text, or was imported before.
    """
    known = _same_seed(raw, config)
    if known:
        raise ArticleError(f"was imported before; it is {known}", raw.name)
    suffix = raw.suffix or sniffed(raw.content)
    converted = _READERS[suffix](raw)
    if not converted.text.strip():
        raise ArticleError("there is no text in it", raw.name)
    wanted = safe_name(name or converted.title or Path(raw.name).stem or "article")
    slug = _free(wanted, suffix, config)
    seed = f"seeds/{slug}{suffix}"
    files = article_files(converted, slug, seed, raw)
    _refuse_unreadable(files, raw)
    contents = {config.root / path: text.encode() for path, text in files.items()}
    try:
        rewrite_files({**contents, config.root / seed: raw.content}, {}, config.cache)
    except OutputError as fault:
        raise OutputError(fault.message, fault.path or raw.name) from fault
    return Imported(next(iter(files)), seed, converted.dropped)


def sniffed(content: bytes) -> str:
    """What bytes that nobody names are: a Word document, a page, Markdown or plain text."""
    start = content[:1024].removeprefix(b"\xef\xbb\xbf").lstrip().lower()
    if start.startswith(b"pk\x03\x04"):
        return ".docx"
    if start.startswith((b"<!doctype html", b"<html", b"<head", b"<body", b"<article")):
        return ".html"
    return ".md" if start.startswith((b"---\n", b"---\r\n", b"# ")) else ".txt"


def _same_seed(raw: Raw, config: SiteConfig) -> str:
    folder = config.root / "seeds"
    for path in sorted(folder.glob("*")) if folder.is_dir() else ():
        same_size = path.is_file() and path.stat().st_size == len(raw.content)
        if same_size and path.read_bytes() == raw.content:
            return f"seeds/{path.name}"
    return ""


def _free(slug: str, suffix: str, config: SiteConfig) -> str:
    """A name that no article and no seed has, whatever its suffix."""
    taken = {
        path.name.partition(".")[0].lower()
        for folder in (config.root / "seeds", config.content / "articles")
        for path in (folder.glob("*") if folder.is_dir() else ())
    }
    number, name = 1, slug
    while name in taken:
        number += 1
        name = f"{slug}-{number}"
    return name


def _refuse_unreadable(files: dict[str, str], raw: Raw) -> None:
    """An import that a build then couldn't read would be none."""
    (path, text), *beside = files.items()
    plain = path.endswith(".txt")
    source = SourceFile(path, "x", text, "text" if plain else "markdown")
    if beside:
        source = replace(source, sidecar_path=beside[0][0], sidecar=beside[0][1])
    try:
        parse_article(source)
    except ArticleError as fault:
        raise ArticleError(f"can't become an article: {fault.message}", raw.name) from fault
