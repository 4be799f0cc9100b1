"""An article's own pictures: found beside it, and given their place in the site."""

from __future__ import annotations

import copy
from collections.abc import Mapping
from html import escape
from pathlib import Path
from urllib.parse import quote, unquote, urlsplit

from markdown_it.token import Token
from msgspec import Struct
from msgspec.structs import replace

from explainer.errors import ArticleError, ExplainerError, raise_all
from explainer.model import Diagnostic, Document, Position

SUFFIXES = (".jpg", ".jpeg", ".png", ".webp", ".avif", ".gif")
MAX_BYTES = 10_000_000
# What a phone decodes: four bytes a pixel, whatever the file's own size.
MAX_PIXELS = 40_000_000
MEDIA = "media/"


class Illustrated(Struct, frozen=True):
    """A document whose images name their place in the site, and the files to put there."""

    document: Document
    files: Mapping[str, Path]


def find_images(document: Document, content: Path, root: Path) -> Illustrated:
    """Settle each ``![alt](photo.jpg)``; the path is relative to the article.

    A picture on another host becomes a link, with a warning: a page loads nothing from there.

    Raises:
        ArticleError: A picture that is missing, of a kind that can act, damaged, too large, or
            outside content/; several as `Problems`.
    """
    if not any(token.children and "![" in token.content for token in document.tokens):
        return Illustrated(document, {})
    problems: list[ExplainerError] = []
    doubts: list[Diagnostic] = []
    files: dict[str, Path] = {}
    tokens = []
    folder = (root / document.path).parent
    for token in document.tokens:
        children = token.children or []
        if not any(child.type == "image" for child in children):
            tokens.append(token)
            continue
        settled = copy.copy(token)
        settled.children = []
        for child in children:
            if child.type != "image":
                settled.children.append(child)
                continue
            place = Position(document.path, _line(token, document))
            try:
                settled.children.append(_settle(child, folder, content, files, doubts, place))
            except ArticleError as fault:
                problems.append(fault)
        tokens.append(settled)
    raise_all(problems)
    diagnostics = (*document.diagnostics, *doubts)
    return Illustrated(replace(document, tokens=tuple(tokens), diagnostics=diagnostics), files)


def _line(token: Token, document: Document) -> int:
    """The paragraph's line in the file: the first block says how far the front matter reaches."""
    if not token.map or not document.lines:
        return 0
    firsts = [one.map[0] for one in document.tokens if one.type == "inline" and one.map]
    return token.map[0] - min(firsts) + document.lines[0][1]


def _settle(
    image: Token,
    folder: Path,
    content: Path,
    files: dict[str, Path],
    doubts: list[Diagnostic],
    place: Position,
) -> Token:
    src = str(image.attrs.get("src", ""))
    if not image.content.strip():
        message = f"the picture '{src}' has no text for those who can't see it: ![what it shows]"
        doubts.append(Diagnostic("W003", message, place))
    if urlsplit(src).scheme or src.startswith("//"):
        message = f"the picture '{src}' is on another host; it is shown as a link"
        doubts.append(Diagnostic("W004", message, place))
        return _link(image, src)
    path = _find(unquote(src), folder, content, place)
    name = MEDIA + path.relative_to(content.resolve()).as_posix()
    files[name] = path
    settled = copy.copy(image)
    width, height = _size(path)  # given to the page, which then keeps its place for it
    settled.attrs = {
        **image.attrs, "src": quote(name), "width": width, "height": height, "loading": "lazy",
    }  # fmt: skip
    settled.meta = {**image.meta, "media": True}
    return settled


def _find(src: str, folder: Path, content: Path, place: Position) -> Path:
    def refuse(message: str) -> ArticleError:
        return ArticleError(f"the picture '{src}' {message}", place.path, place.line)

    try:
        path = (folder / src).resolve()
        present = path.is_file() and path.name in {one.name for one in path.parent.iterdir()}
    except (OSError, ValueError) as fault:
        raise refuse("can't be found") from fault
    if not path.is_relative_to(content.resolve()):
        raise refuse("is outside content/")
    if not present:
        raise refuse("is missing (names are matched to the letter)")
    if path.suffix.lower() not in SUFFIXES:
        raise refuse(f"is of another kind; use {', '.join(SUFFIXES)}")
    if flaw := picture_fault(path):
        raise refuse(flaw)
    return path


def picture_fault(path: Path) -> str:
    """What keeps a file from being shown, to stand after its name; empty if nothing does."""
    if path.stat().st_size > MAX_BYTES:
        return f"is larger than {MAX_BYTES // 1_000_000} MB"
    width, height = _size(path)
    if width <= 0 or height <= 0:
        return "is damaged or no picture at all"
    if width * height > MAX_PIXELS:
        return f"has {width} × {height} pixels; {MAX_PIXELS // 1_000_000} million are the most"
    return ""


def _size(path: Path) -> tuple[int, int]:
    import imagesize  # brings what talks to other hosts, and takes as long as an article

    width, height = imagesize.get(path)
    return int(width), int(height)


def _link(image: Token, src: str) -> Token:
    """One token, as runs count the children of a paragraph."""
    words = escape(image.content.strip() or src)
    html = words
    if urlsplit(src).scheme in ("http", "https"):
        html = f'<a href="{escape(src)}">{words}</a>'
    return Token("html_inline", "", 0, content=html)
