"""The walk: a site's files, or a few drafted articles, become a folder of pages."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path

from explainer.annotate import mention_annotator
from explainer.assemble import Addresses
from explainer.assemble.entries import Notes
from explainer.assemble.maps import Maps
from explainer.build import site_pages
from explainer.build.articles import Workshop, make_article, page_files
from explainer.build.reading import (
    Glossary,
    ReadSite,
    find_base,
    list_all,
    plain_pages,
    read_entries,
    read_site,
)
from explainer.cache import Cache
from explainer.config import SiteConfig
from explainer.errors import ExplainerError, raise_all
from explainer.model import AnnotatedDocument, Diagnostic, Document, Entry, Link, Site
from explainer.read import read_atlas, skipped_links
from explainer.theme import Templates, find_theme
from explainer.write import Output, Shelf, Staged, Written, open_output

__all__ = [
    "Built",
    "ReadSite",
    "build_alone",
    "build_site",
    "find_base",
    "plain_pages",
    "read_site",
    "render_site",
]


@dataclass(frozen=True, slots=True)
class Built:
    """What a build made, and what it has doubts about."""

    output: Path
    pages: int
    written: Written
    diagnostics: tuple[Diagnostic, ...]


@dataclass(slots=True)
class _Progress:
    """What a build has come to so far."""

    files: dict[str, bool] = field(default_factory=dict)
    """Every file of the site, and whether it differs from the one in place."""
    diagnostics: list[Diagnostic] = field(default_factory=list)
    problems: list[ExplainerError] = field(default_factory=list)

    def keep(self, staged: Iterable[Staged]) -> None:
        for one in staged:
            self.files[one.name] = one.changed

    def commit(self, place: Output) -> Built:
        written = place.commit([name for name, new in self.files.items() if new], self.files)
        pages = sum(name.endswith(".html") for name in self.files)
        told = sorted(self.diagnostics, key=lambda one: (one.position, one.code))
        return Built(place.folder, pages, written, tuple(told))


def build_site(config: SiteConfig, output: Path, *, strict: bool = False) -> Built:
    """Build all of a site into `output`.

    Args:
        strict: Refuse to build with warnings.

    Raises:
        ExplainerError: Whatever its authors have to fix; several as `Problems`. The output is
            then as it was.
    """
    done = _Progress()
    glossary = read_entries(config, done.problems)
    articles = list_all(config, done.problems)
    done.diagnostics += skipped_links(config.content, config.content.name)
    with open_output(output, config.root) as place:
        cache = Cache(_cache_path(config, output))
        try:
            plain = _plain(config, done)
            shop = _workshop(config, glossary, plain)
            for path in articles:
                made = make_article(path, shop, place.stage)
                done.problems += made.problems
                done.diagnostics += made.diagnostics
                done.keep(made.files)
                if made.record:
                    cache.add(made.record)
            raise_all(done.problems)
            if strict:
                doubts = sorted(done.diagnostics, key=lambda one: (one.position, one.code))
                raise_all([_as_error(one) for one in doubts if one.severity != "note"])
            _make_site_pages(shop, cache, plain, place.stage, done)
            return done.commit(place)
        finally:
            cache.close()


def render_site(config: SiteConfig, shelf: Shelf) -> None:
    """Put every file of a site on a shelf, as a build would write it; nothing goes to disk.

    Raises:
        ExplainerError: Whatever its authors have to fix; several as `Problems`.
    """
    done = _Progress()
    glossary = read_entries(config, done.problems)
    cache = Cache(None)
    try:
        plain = _plain(config, done)
        shop = _workshop(config, glossary, plain)
        for path in list_all(config, done.problems):
            made = make_article(path, shop, shelf)
            done.problems += made.problems
            done.keep(made.files)
            if made.record:
                cache.add(made.record)
        raise_all(done.problems)
        _make_site_pages(shop, cache, plain, shelf, done)
    finally:
        cache.close()


def build_alone(
    articles: Sequence[AnnotatedDocument],
    entries: tuple[Entry, ...],
    config: SiteConfig,
    output: Path,
) -> Built:
    """Build pages of drafted articles that belong to no site, every suggestion shown as one."""
    alone = articles[0].document.slug if len(articles) == 1 else ""
    shop = Workshop(
        config=replace(config, publish="all"),
        glossary=Glossary({entry.id: entry for entry in entries}, mention_annotator(())),
        addresses=Addresses(alone=alone),
        view=_site_view(config, (), has_glossary=False),
        templates=Templates(find_theme(config.root), minify=config.minify),
        notes=Notes(Maps(read_atlas)),
    )
    done = _Progress()
    cache = Cache(None)
    with open_output(output, None) as place:
        site_pages.refuse_unusable_images(entries, shop.templates)
        for one in articles:
            record, files = page_files(one, shop, place.stage)
            cache.add(record)
            done.keep(files)
            done.diagnostics += (*one.document.diagnostics, *one.diagnostics)
        pages = () if alone else site_pages.lists(cache, shop)
        done.keep(place.stage.put(name, content) for name, content in pages)
        static = site_pages.static_files(shop.templates)
        done.keep(place.stage.put(name, content) for name, content in static)
        return done.commit(place)


def _workshop(
    config: SiteConfig, glossary: Glossary, plain: Sequence[tuple[Document, str]]
) -> Workshop:
    shown = [entry.id for entry in glossary.by_id.values() if entry.status in _shown(config)]
    menu = tuple(Link(title, f"{document.slug}.html") for document, title in plain)
    return Workshop(
        config=config,
        glossary=glossary,
        addresses=Addresses(frozenset(shown)),
        view=_site_view(config, menu, has_glossary=bool(shown)),
        templates=Templates(find_theme(config.root), minify=config.minify),
        notes=Notes(Maps(read_atlas)),
    )


def _make_site_pages(
    shop: Workshop,
    cache: Cache,
    plain: Sequence[tuple[Document, str]],
    shelf: Shelf,
    done: _Progress,
) -> None:
    entries = tuple(shop.glossary.by_id.values())
    site_pages.refuse_unusable_images(entries, shop.templates)
    shown = [entry for entry in entries if entry.status in _shown(shop.config)]
    for pages in (
        site_pages.single_pages(plain, shop),
        site_pages.lists(cache, shop),
        site_pages.glossary(shown, shop),
        site_pages.entry_files(shown, cache, shop),
        site_pages.static_files(shop.templates),
    ):
        done.keep(shelf.put(name, content) for name, content in pages)
    machines = site_pages.for_machines(cache, list(done.files), shop.config)
    done.keep(shelf.put(name, content) for name, content in machines)


def _plain(config: SiteConfig, done: _Progress) -> list[tuple[Document, str]]:
    try:
        return plain_pages(config)
    except ExplainerError as fault:
        done.problems.append(fault)
        return []


def _cache_path(config: SiteConfig, output: Path) -> Path:
    """Each output has a cache of its own."""
    digest = hashlib.sha256(str(output.resolve()).encode()).hexdigest()[:12]
    return config.cache / f"{digest}.sqlite"


def _as_error(doubt: Diagnostic) -> ExplainerError:
    place = doubt.position
    error = ExplainerError(doubt.message, place.path, place.line, place.column)
    error.code = doubt.code
    return error


def _site_view(config: SiteConfig, menu: tuple[Link, ...], *, has_glossary: bool) -> Site:
    return Site(
        title=config.title,
        language=config.language,
        base_url=config.base_url,
        description=config.description,
        pages=menu,
        has_glossary=has_glossary,
        footer=config.footer,
    )


def _shown(config: SiteConfig) -> tuple[str, ...]:
    return ("reviewed", "suggested") if config.publish == "all" else ("reviewed",)
