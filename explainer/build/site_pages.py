"""The pages that are made of all articles together, and what stands beside them."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from functools import cached_property

from msgspec import Struct
from msgspec.structs import replace

from explainer.assemble import Addresses, Archive, entry_pages, glossary_pages, list_pages
from explainer.assemble.cited import sources_pages
from explainer.assemble.prose import prose_html
from explainer.assemble.search import (
    article_rows,
    entry_rows,
    parts_of,
    search_data,
    search_page,
)
from explainer.assemble.search_parts import Row, part_files
from explainer.assemble.site_timeline import timeline_pages
from explainer.build.posters import SITE_POSTER
from explainer.build.workshop import Workshop
from explainer.config import SiteConfig
from explainer.errors import ExplainerError, GlossaryError, raise_all
from explainer.model import Document, Entry, PlainPage
from explainer.read import picture_fault
from explainer.read.articles import safe_name
from explainer.render import (
    render_entry,
    render_index,
    render_missing,
    render_page,
    render_plain,
)
from explainer.theme import Templates
from explainer.write import Shelf, Staged


class Part(Struct, frozen=True):
    """A file of the site; without ``content`` the one that is there already, by its ``key``."""

    name: str
    content: bytes | None
    key: str = ""


StagedPages = tuple[str, list[tuple[Part, Staged | None]]]
"""An owner with its files: as they are staged, or None where the one in place still holds."""

TOGETHER = ("single", "static", "glossary", "sources", "timeline", "search", "search-entries")
"""Owners of pages that a site has once."""


class SitePages(Struct, frozen=True, dict=True):
    """All pages but those of articles, each made for its owner: `TOGETHER`, lists/, entries/."""

    shop: Workshop
    plain: Sequence[tuple[Document, str]]
    archive: Archive

    @cached_property
    def shown(self) -> Mapping[str, Entry]:
        """The entries that have a page, by owner."""
        ids = self.shop.addresses.entry_pages
        by_id = self.shop.glossary.by_id
        return {f"entries/{one.id}": one for one in by_id.values() if one.id in ids}

    @cached_property
    def tags(self) -> Mapping[str, str]:
        """What each list is of, by owner: "" for the one of all articles."""
        tags = {f"lists/{safe_name(tag)}": tag for tag, _ in self.archive.tags()}
        return {"lists/": "", **tags}

    def owners(self) -> list[str]:
        """Who has pages, in the order in which they are made."""
        return [*TOGETHER, *self.tags, *self.shown]

    def has(self, owner: str) -> bool:
        """Whether there is anything to be shown on an owner's pages."""
        kind, _, name = owner.partition("/")
        if kind == "lists":
            return not name or bool(self.archive.tag_name(name))
        return name in self.shop.addresses.entry_pages if name else owner in TOGETHER

    def _entry_rows(self) -> Iterator[Row]:
        return entry_rows(tuple(self.shown.values()), self.shop.addresses, self.shop.config)

    def stage(self, owner: str, archive: Archive, shelf: Shelf) -> StagedPages:
        return owner, [
            (replace(one, content=None), shelf.put(one.name, one.content) if one.content else None)
            for one in self._make(owner, archive)
        ]

    def _make(self, owner: str, archive: Archive) -> Iterator[Part]:
        shop = self.shop
        make: Mapping[str, Callable[[], Iterator[Part]]] = {
            "single": lambda: single_pages(self.plain, shop),
            "static": lambda: static_files(shop),
            "glossary": lambda: glossary(archive, tuple(self.shown.values()), shop),
            "sources": lambda: sources(archive, tuple(self.shown.values()), shop),
            "timeline": lambda: timeline(archive, tuple(self.shown.values()), shop),
            "search": lambda: search(archive, self._entry_rows, shop),
            "search-entries": lambda: found_entries(self._entry_rows, shop),
        }
        if owner in make:
            return make[owner]()
        kind, _, name = owner.partition("/")
        if kind == "entries":
            return entry_files(shop.glossary.by_id[name], archive, shop)
        return lists(archive, shop, archive.tag_name(name) if name else "")


def lists(archive: Archive, shop: Workshop, tag: str = "") -> Iterator[Part]:
    for path, key, page in list_pages(archive, shop.config, tag):
        html = render_index(page, shop.view, shop.templates).encode() if page else None
        yield Part(path, html, key)


def glossary(archive: Archive, shown: Sequence[Entry], shop: Workshop) -> Iterator[Part]:
    made = glossary_pages(shown, archive, shop.addresses, shop.config) if shown else ()
    for path, key, page in made:
        html = render_page("glossary.html", page, shop.view, shop.templates) if page else ""
        yield Part(path, html.encode() or None, key)


def sources(archive: Archive, shown: Sequence[Entry], shop: Workshop) -> Iterator[Part]:
    by_id = {entry.id: entry for entry in shown}
    for page in sources_pages(archive, by_id, shop.addresses, shop.config):
        html = render_page("sources.html", page, shop.view, shop.templates)
        yield Part(page.path, html.encode())


def timeline(archive: Archive, shown: Sequence[Entry], shop: Workshop) -> Iterator[Part]:
    for page in timeline_pages(archive, shown, shop.addresses, shop.config):
        html = render_page("timeline.html", page, shop.view, shop.templates)
        yield Part(page.path, html.encode())


def search(
    archive: Archive, entry_rows: Callable[[], Iterable[Row]], shop: Workshop
) -> Iterator[Part]:
    """The page of the search, and what it looks through; entries only where they are few."""
    parts = parts_of(len(shop.glossary.by_id), archive.count())
    page = search_page(shop.config, parts)
    yield Part(page.path, render_page("search.html", page, shop.view, shop.templates).encode())
    rows = [] if "entries" in parts else list(entry_rows())
    articles = article_rows(archive, shop.config)
    if "articles" not in parts:
        rows += articles
    path, data = search_data(rows, parts)
    yield Part(path, data.encode())
    if "articles" in parts:
        for path, data in part_files("articles", articles):
            yield Part(path, data.encode())


def found_entries(entry_rows: Callable[[], Iterable[Row]], shop: Workshop) -> Iterator[Part]:
    """What the search looks through for entries, where they are many."""
    if "entries" in parts_of(len(shop.glossary.by_id), 0):
        for path, data in part_files("entries", entry_rows()):
            yield Part(path, data.encode())


def entry_files(entry: Entry, archive: Archive, shop: Workshop) -> Iterator[Part]:
    made = entry_pages(entry, archive, shop.addresses, shop.config, shop.notes.maps)
    for path, key, page in made:
        html = render_entry(page, shop.view, shop.templates).encode() if page else None
        yield Part(path, html, key)


def single_pages(plain: Sequence[tuple[Document, str]], shop: Workshop) -> Iterator[Part]:
    """The pages of content/pages, and 404.html."""
    missing = PlainPage("404.html", shop.config.base_url or "/", "Not here", "", shop.view.language)
    yield Part(missing.path, render_missing(missing, shop.view, shop.templates).encode())
    for document, title in plain:
        page = _plain_page(document, title, shop.config, shop.addresses)
        yield Part(page.path, render_plain(page, shop.view, shop.templates).encode())


def _plain_page(
    document: Document, title: str, config: SiteConfig, addresses: Addresses
) -> PlainPage:
    path = f"{document.slug}.html"
    body = prose_html(document.text, lambda entry: addresses.entry(entry, path))
    return PlainPage(path, "", title, body, document.meta.language or config.language)


def for_machines(archive: Archive, paths: Sequence[str], config: SiteConfig) -> Iterator[Part]:
    """Feeds and the sitemap; `paths` are all files of the site."""
    from explainer.assemble.feeds import machine_files

    html = [path for path in paths if path.endswith(".html")]
    for path, text in machine_files(archive, html, config).items():
        yield Part(path, text.encode())


def static_files(shop: Workshop) -> Iterator[Part]:
    for name in shop.templates.assets():
        yield Part(f"static/{name}", shop.templates.read_asset(name))
    if shop.poster:
        yield Part(SITE_POSTER, shop.poster)


def refuse_unusable_images(entries: Sequence[Entry], templates: Templates) -> None:
    """
    Raises:
        GlossaryError: An entry's picture isn't in static/images/, or is none that can be shown;
            several as `Problems`.
    """
    static = templates.static_files()
    problems: list[ExplainerError] = []
    for entry in entries:
        if not entry.image:
            continue
        picture = static.get(f"images/{entry.image.src}")
        fault = picture_fault(picture) if picture else "is missing"
        if fault:
            message = f"the image of '{entry.id}' {fault}: static/images/{entry.image.src}"
            problems.append(GlossaryError(message, entry.position.path, entry.position.line))
    raise_all(problems)
