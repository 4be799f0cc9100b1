"""W: the pages as they will be, rendered in memory and read again."""

from __future__ import annotations

import posixpath
from collections import Counter
from collections.abc import Iterator
from html.parser import HTMLParser
from urllib.parse import unquote, urlsplit

from msgspec import Struct, field

from explainer.build import ReadSite, render_site
from explainer.check.codes import doubt
from explainer.model import Diagnostic, Position
from explainer.theme import Templates, find_theme
from explainer.write import Staged

_LOADING = {
    "img": ("src", "srcset"), "script": ("src",), "iframe": ("src",), "source": ("src", "srcset"),
    "video": ("src", "poster"), "audio": ("src",), "embed": ("src",), "object": ("data",),
    "track": ("src",), "input": ("src",),
}  # fmt: skip
_LOADING_LINKS = frozenset("stylesheet icon preload prefetch manifest modulepreload".split())


class _Page(HTMLParser):
    """What a page's links and ids are: each with its line in the HTML."""

    def __init__(self) -> None:
        super().__init__()
        self.ids = Counter[str]()
        self.links: list[tuple[str, int]] = []
        self.loads: list[tuple[str, int]] = []
        self.silent: list[tuple[str, int]] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        values = {name: value or "" for name, value in attrs}
        line = self.getpos()[0]
        if "id" in values:
            self.ids[values["id"]] += 1
        if tag in ("a", "area") and "href" in values:
            self.links.append((values["href"], line))
        if tag == "img" and "alt" not in values:
            self.silent.append((values.get("src", ""), line))
        if tag == "link" and _LOADING_LINKS & set(values.get("rel", "").lower().split()):
            self.loads.append((values.get("href", ""), line))
        for name in _LOADING.get(tag, ()):
            if values.get(name):
                sources = values[name].split(",") if name == "srcset" else [values[name]]
                self.loads += [(one.split()[0], line) for one in sources if one.split()]


class _Pages(Struct):
    """A shelf that keeps of each file only what is asked of it."""

    files: set[str] = field(default_factory=set)
    pages: dict[str, _Page] = field(default_factory=dict)

    def put(self, name: str, content: bytes) -> Staged:
        self.files.add(name)
        if name.endswith(".html"):
            self.pages[name] = _Page()
            self.pages[name].feed(content.decode())
        return Staged(name, len(content), 0, True)


def check_output(site: ReadSite) -> Iterator[Diagnostic]:
    """W003 a silent picture, W006 a doubled id, W007 a dead link, W008 what leaves the site."""
    shelf = _Pages()
    render_site(site.config, shelf)
    for name, page in sorted(shelf.pages.items()):
        yield from _of_page(name, page, shelf, site.config.base_url)
    theme = Templates(find_theme(site.config.root))
    for name in theme.static_files():
        if name.endswith(".css"):
            style = theme.read_static(name).decode("utf-8", "replace")
            yield from _of_style(f"static/{name}", style)


def _of_page(name: str, page: _Page, shelf: _Pages, base_url: str) -> Iterator[Diagnostic]:
    here = f"site/{name}"
    for one, count in sorted(page.ids.items()):
        if count > 1:
            message = f"the id '{one}' stands {count} times in this page"
            yield doubt("W006", message, Position(here))
    for src, line in page.silent:
        yield doubt("W003", f"the picture '{src}' has no alt text", Position(here, line))
    for href, line in page.links:
        code, message = _link_fault(href, name, shelf, base_url)
        if code:
            yield doubt(code, message, Position(here, line))
    for src, line in page.loads:
        code, message = _load_fault(src, name, shelf.files, base_url)
        if code:
            yield doubt(code, message, Position(here, line))


def _target(href: str, name: str, base_url: str) -> str | None:
    """Give the file of the site that an address means; None where it means something else."""
    if base_url and href.startswith(base_url):
        href = href[len(base_url) :]
        name = ""
    elif name == "404.html" and href.startswith("/"):
        href, name = href.lstrip("/"), ""
    parts = urlsplit(href)
    if parts.scheme or parts.netloc:
        return None
    path = unquote(parts.path)
    if not path:
        return name
    joined = posixpath.normpath(posixpath.join(posixpath.dirname(name), path))
    return posixpath.join(joined, "index.html") if path.endswith("/") or joined == "." else joined


def _link_fault(href: str, name: str, shelf: _Pages, base_url: str) -> tuple[str, str]:
    target = _target(href, name, base_url)
    if target is None:
        return "", ""
    target = posixpath.normpath(target)
    if target.startswith(("../", "/")) or target == "..":
        return "W008", f"'{href}' leads out of the site"
    if target not in shelf.files:
        return "W007", f"'{href}' leads to {target}, and there is no such page"
    fragment = unquote(urlsplit(href).fragment)
    if fragment and target in shelf.pages and fragment not in shelf.pages[target].ids:
        return "W007", f"'{href}' leads to '#{fragment}', and {target} has no such place"
    return "", ""


def _load_fault(src: str, name: str, files: set[str], base_url: str) -> tuple[str, str]:
    if src.startswith("data:"):
        return "", ""
    target = _target(src, name, base_url)
    if target is None:
        return "W008", f"the page loads '{src}' from another host"
    if target.startswith(("../", "/")):
        return "W008", f"the page loads '{src}' from outside the site"
    if target not in files:
        return "W007", f"the page loads '{src}', and there is no such file"
    return "", ""


def _of_style(name: str, style: str) -> Iterator[Diagnostic]:
    for number, line in enumerate(style.splitlines(), start=1):
        for word in ("//", "http:", "https:"):
            if f"url({word}" in line or f'url("{word}' in line or f"url('{word}" in line:
                message = "the style loads something from another host"
                yield doubt("W008", message, Position(name, number))
                break
