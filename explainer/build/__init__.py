"""The walk: a site's files, or a few drafted articles, become a folder of pages."""

from __future__ import annotations

import hashlib
import os
import sqlite3
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path

from explainer.annotate import mention_annotator
from explainer.assemble import Addresses
from explainer.assemble.entries import Notes
from explainer.assemble.maps import Maps
from explainer.build import site_pages
from explainer.build.articles import (
    Watched,
    WatchedIds,
    Workshop,
    page_files,
)
from explainer.build.plan import (
    Plan,
    is_unchanged,
    program,
    scan_sources,
    settings_of,
    settle_articles,
    settle_base,
    settle_entries,
    settle_files,
)
from explainer.build.posters import SITE_POSTER, article_painter, site_poster
from explainer.build.reading import (
    Glossary,
    ReadSite,
    find_base,
    list_all,
    plain_pages,
    read_entries,
    read_site,
)
from explainer.build.site_pages import Part, SitePages
from explainer.build.team import Elsewhere, OneMachine, Place, Team
from explainer.build.workers import Crew, processors
from explainer.cache import Cache, Kept
from explainer.config import SiteConfig
from explainer.errors import ExplainerError, raise_all
from explainer.model import AnnotatedDocument, Diagnostic, Document, Entry, Link, Site
from explainer.read import read_atlas, skipped_links
from explainer.theme import Templates, find_theme
from explainer.write import Shelf, Staged, Written, open_output

__all__ = [
    "Built",
    "ReadSite",
    "build_alone",
    "build_site",
    "find_base",
    "plain_pages",
    "read_site",
    "render_site",
    "set_up",
]


COMMIT_EVERY = 500
"""Articles after which what was made is sure to survive the process."""


@dataclass(frozen=True, slots=True)
class Built:
    """What a build made, and what it has doubts about.

    ``reasons`` says of each page that was made anew why it was, by its path.
    """

    output: Path
    pages: int
    written: Written
    diagnostics: tuple[Diagnostic, ...]
    reasons: Mapping[str, str] = field(default_factory=dict)


@dataclass(slots=True)
class _Progress:
    """What a build has come to so far."""

    files: dict[str, bool] = field(default_factory=dict)
    """Every file of the site, and whether it differs from the one in place."""
    diagnostics: list[Diagnostic] = field(default_factory=list)
    problems: list[ExplainerError] = field(default_factory=list)

    def keep(self, staged: Iterable[Staged]) -> None:
        for one in staged:
            self.files[one.name] = one.changed or self.files.get(one.name, False)

    def told(self) -> tuple[Diagnostic, ...]:
        return tuple(sorted(self.diagnostics, key=lambda one: (one.position, one.code)))

    def commit(self, place: Place) -> Built:
        written = place.commit([name for name, new in self.files.items() if new], self.files)
        return Built(place.folder, _pages(self.files), written, self.told())


def _pages(files: Iterable[str]) -> int:
    return sum(name.endswith(".html") for name in files)


def build_site(
    config: SiteConfig,
    output: Path,
    *,
    strict: bool = False,
    jobs: int = 0,
    tell: Callable[[int, int], None] = lambda done, total: None,
    elsewhere: Elsewhere | None = None,
) -> Built:
    """Build all of a site into `output`; what the last build made and still holds is kept.

    Args:
        strict: Refuse to build with warnings.
        jobs: Processes to share the work; 0 for one a processor, where that pays.
        tell: Hears how many pages are done, of how many.
        elsewhere: Who makes pages instead of this machine, and where they go.

    Raises:
        ExplainerError: Whatever its authors have to fix; several as `Problems`. The output is
            then as it was.
    """
    team: Team = elsewhere.team if elsewhere else OneMachine(Crew(jobs or processors(), tell=tell))
    order = _Order(config, output, strict, team)
    held = elsewhere.hold() if elsewhere else open_output(output, config.root)
    with held as place:
        cache = Cache(_cache_path(config, output))
        try:
            return _build(order, place, cache)
        except sqlite3.DatabaseError:
            cache.remove()
        finally:
            cache.close()
        cache = Cache(_cache_path(config, output))
        try:
            return _build(order, place, cache)
        finally:
            cache.close()


@dataclass(frozen=True, slots=True)
class _Order:
    """What is asked of a build."""

    config: SiteConfig
    output: Path
    strict: bool
    team: Team


def _build(order: _Order, place: Place, cache: Cache) -> Built:
    config, theme = order.config, find_theme(order.config.root)
    stamps = scan_sources(config, theme.folders)
    found = place.stage.found()
    if _nothing_changed(order, cache, stamps, found):
        return _as_it_was(order, cache, stamps)
    done = _Progress()
    glossary = read_entries(config, done.problems)
    articles = list_all(config, done.problems)
    done.diagnostics += _skipped(config, stamps)
    plain = _plain(config, done)
    compiled = cache.compiled()
    shop = _workshop(config, glossary, plain, compiled)
    if done.problems:
        # Nothing will be published, and all that is wrong is to be told: the cache is left alone.
        _make_articles(articles, shop, None, place.stage, done, order.team)
        raise_all(done.problems)
    plan = Plan()
    settle_base(shop, cache, plan, shop.templates.digest())
    settle_entries(shop, cache, plan)
    settle_files(cache, plan, found)
    settle_articles(articles, config, cache, plan, stamps)
    cache.commit()
    _make_articles(plan.articles, shop, cache, place.stage, done, order.team)
    raise_all(done.problems)
    done.diagnostics += cache.diagnostics()
    _refuse_doubts(order, done)
    plan.settle_due(cache)
    pages = SitePages(shop, plain, cache)
    _make_site_pages(pages, cache, place.stage, done, plan, order.team)
    done.files = {name: done.files.get(name, False) for name in cache.files()}
    built = replace(done.commit(place), reasons=plan.reasons_by_page(cache))
    cache.settle()
    cache.set_sources(stamps)
    cache.set_compiled(compiled)
    cache.commit()
    return built


def set_up(config: SiteConfig) -> tuple[Workshop, Sequence[tuple[Document, str]]]:
    """What a build sets up before it makes pages; what is wrong with the site is left to it."""
    done = _Progress()
    glossary = read_entries(config, done.problems)
    plain = _plain(config, done)
    return _workshop(config, glossary, plain, {}), plain


def _nothing_changed(
    order: _Order, cache: Cache, stamps: Mapping[str, str], found: Mapping[str, tuple[int, int]]
) -> bool:
    if cache.meta("whole") or not is_unchanged(cache.sources(), stamps):
        return False
    if cache.meta("settings") != settings_of(order.config) or cache.meta("program") != program():
        return False
    return all(found.get(name) == stamp for name, stamp in cache.files().items())


def _as_it_was(order: _Order, cache: Cache, stamps: Mapping[str, str]) -> Built:
    done = _Progress()
    done.diagnostics += [*_skipped(order.config, stamps), *cache.diagnostics()]
    _refuse_doubts(order, done)
    files = cache.files()
    return Built(order.output, _pages(files), Written((), (), len(files)), done.told())


def _refuse_doubts(order: _Order, done: _Progress) -> None:
    if order.strict:
        raise_all([_as_error(one) for one in done.told() if one.severity != "note"])


def _skipped(config: SiteConfig, stamps: Mapping[str, str]) -> tuple[Diagnostic, ...]:
    if not any(stamp.startswith(">") for stamp in stamps.values()):
        return ()
    return skipped_links(config.content, config.content.name)


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
        shop = _workshop(config, glossary, plain, {})
        articles = list_all(config, done.problems)
        _make_articles(articles, shop, cache, shelf, done, OneMachine(Crew(1)))
        raise_all(done.problems)
        pages = SitePages(shop, plain, cache)
        _make_site_pages(pages, cache, shelf, done, Plan(whole=True), OneMachine(Crew(1)))
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
        view=_site_view(config, (), has_glossary=False, has_lists=False),
        templates=Templates(find_theme(config.root), minify=config.minify),
        notes=Notes(Maps(read_atlas)),
    )
    done = _Progress()
    cache = Cache(None)
    with open_output(output, None) as place:
        site_pages.refuse_unusable_images(entries, shop.templates)
        for one in articles:
            record, files = page_files(one, shop, place.stage)
            cache.add(record, Kept(one.document.path))
            done.keep(files)
            done.diagnostics += (*one.document.diagnostics, *one.diagnostics)
        for tag in () if alone else ("", *(tag for tag, _ in cache.tags())):
            pages = site_pages.lists(cache, shop, tag)
            done.keep(place.stage.put(one.name, one.content or b"") for one in pages)
        static = site_pages.static_files(shop)
        done.keep(place.stage.put(one.name, one.content or b"") for one in static)
        return done.commit(place)


def _workshop(
    config: SiteConfig,
    glossary: Glossary,
    plain: Sequence[tuple[Document, str]],
    compiled: dict[str, bytes],
) -> Workshop:
    watched = Watched(glossary.by_id)
    shown = WatchedIds(one.id for one in glossary.by_id.values() if one.status in _shown(config))
    shown.watched = watched
    menu = tuple(Link(title, f"{document.slug}.html") for document, title in plain)
    templates = Templates(find_theme(config.root), compiled, minify=config.minify)
    poster = site_poster(config, templates, compiled)
    view = _site_view(config, menu, has_glossary=bool(shown), has_lists=True)
    return Workshop(
        config=config,
        glossary=replace(glossary, by_id=watched),
        addresses=Addresses(shown),
        view=replace(view, poster=f"{config.base_url}{SITE_POSTER}" if poster else ""),
        templates=templates,
        notes=Notes(Maps(read_atlas)),
        painter=article_painter(config, templates),
        poster=poster,
    )


def _make_articles(
    paths: Sequence[Path],
    shop: Workshop,
    cache: Cache | None,
    shelf: Shelf,
    done: _Progress,
    team: Team,
) -> None:
    """Make what is to be made; without a `cache` only to hear of problems."""
    for number, made in enumerate(team.make_articles(paths, shop, shelf)):
        done.problems += made.problems
        done.keep(made.files)
        if cache and made.store:
            cache.merge(made.store)
        elif cache and made.record and made.kept:
            owner = f"articles/{made.record.slug}"
            cache.add(made.record, made.kept)
            cache.set_files(owner, ((one.name, one.size, one.time, "") for one in made.files))
            if number % COMMIT_EVERY == COMMIT_EVERY - 1:
                cache.commit()


def _make_site_pages(
    pages: SitePages,
    cache: Cache,
    shelf: Shelf,
    done: _Progress,
    plan: Plan,
    team: Team,
) -> None:
    shop = pages.shop
    site_pages.refuse_unusable_images(tuple(shop.glossary.by_id.values()), shop.templates)
    owners = pages.owners()
    cache.drop_strangers({"machines", *owners})
    cache.commit()
    before = cache.files()

    def keep(owner: str, parts: Iterable[tuple[Part, Staged | None]]) -> None:
        rows = []
        for part, staged in parts:
            if staged:
                done.keep((staged,))
                rows.append((part.name, staged.size, staged.time, part.key))
            else:
                rows.append((part.name, *before[part.name], part.key))
        cache.set_files(owner, rows)

    due = [one for one in owners if one in ("single", "static") or plan.is_due(one)]
    for owner, parts in team.make_pages(due, pages, cache, shelf):
        keep(owner, parts)
    names = cache.files()
    machines = site_pages.for_machines(cache, list(names), shop.config)
    keep("machines", ((one, shelf.put(one.name, one.content or b"")) for one in machines))


def _plain(config: SiteConfig, done: _Progress) -> list[tuple[Document, str]]:
    try:
        return plain_pages(config)
    except ExplainerError as fault:
        done.problems.append(fault)
        return []


def _cache_path(config: SiteConfig, output: Path) -> Path:
    """Each output has a cache of its own."""
    digest = hashlib.sha256(os.fsencode(output.resolve())).hexdigest()[:12]
    return config.cache / f"{digest}.sqlite"


def _as_error(doubt: Diagnostic) -> ExplainerError:
    place = doubt.position
    error = ExplainerError(doubt.message, place.path, place.line, place.column)
    error.code = doubt.code
    return error


def _site_view(
    config: SiteConfig, menu: tuple[Link, ...], *, has_glossary: bool, has_lists: bool
) -> Site:
    return Site(
        title=config.title,
        language=config.language,
        base_url=config.base_url,
        description=config.description,
        pages=menu,
        has_glossary=has_glossary,
        has_lists=has_lists,
        footer=config.footer,
    )


def _shown(config: SiteConfig) -> tuple[str, ...]:
    return ("reviewed", "suggested") if config.publish == "all" else ("reviewed",)
