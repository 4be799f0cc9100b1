"""The pages that are made of all articles together, and what stands beside them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from explainer.assemble import Addresses, Archive, entry_page, glossary_page, list_pages
from explainer.assemble.feeds import machine_files
from explainer.assemble.prose import prose_html
from explainer.build.articles import Workshop
from explainer.config import SiteConfig
from explainer.errors import ExplainerError, GlossaryError, raise_all
from explainer.language import language_of
from explainer.model import Document, Entry, PlainPage
from explainer.read import picture_fault
from explainer.render import (
    render_entry,
    render_glossary,
    render_index,
    render_missing,
    render_plain,
)
from explainer.theme import Templates


@dataclass(frozen=True, slots=True)
class Part:
    """A file of the site; without ``content`` the one that is there already, by its ``key``."""

    name: str
    content: bytes | None
    key: str = ""


def lists(archive: Archive, shop: Workshop, tag: str = "") -> Iterator[Part]:
    for path, key, page in list_pages(archive, language_of(shop.config.language), tag):
        html = render_index(page, shop.view, shop.templates).encode() if page else None
        yield Part(path, html, key)


def glossary(shown: Sequence[Entry], shop: Workshop) -> Iterator[Part]:
    if shown:
        page = glossary_page(shown, shop.addresses, language_of(shop.config.language))
        yield Part(page.path, render_glossary(page, shop.view, shop.templates).encode())


def entry_files(entry: Entry, archive: Archive, shop: Workshop) -> Iterator[Part]:
    page = entry_page(entry, archive, shop.addresses, shop.config, shop.notes.maps)
    yield Part(page.path, render_entry(page, shop.view, shop.templates).encode())


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
    html = [path for path in paths if path.endswith(".html")]
    for path, text in machine_files(archive, html, config).items():
        yield Part(path, text.encode())


def static_files(templates: Templates) -> Iterator[Part]:
    for name in templates.assets():
        yield Part(f"static/{name}", templates.read_asset(name))


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
