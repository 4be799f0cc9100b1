"""The walk: a site's files, or a few drafted articles, become a folder of pages."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Sequence
from pathlib import Path

from msgspec import Struct

from explainer.build import site_pages
from explainer.build.articles import page_files
from explainer.build.plan import Plan, begin_plan, settle_all
from explainer.build.progress import Progress
from explainer.build.publishing import make_site_pages, publish_files
from explainer.build.reading import (
    ReadSite,
    find_base,
    list_all,
    plain_pages,
    read_entries,
    read_site,
)
from explainer.build.settling import kept_glossary, known_items, with_kept_names
from explainer.build.site_pages import SitePages
from explainer.build.standby import SetUp, Standby, is_known
from explainer.build.team import Elsewhere, OneMachine, Place, Team
from explainer.build.workers import Crew
from explainer.build.workshop import Workshop, lone_workshop, site_workshop
from explainer.cache import Cache, Kept, rows_of
from explainer.config import SiteConfig
from explainer.errors import ExplainerError, raise_all
from explainer.home import cache_path
from explainer.machine import processors
from explainer.model import AnnotatedDocument, Built, Diagnostic, Document, Entry
from explainer.read import skipped_links
from explainer.survey import Survey, take_survey
from explainer.write import Output, Shelf, open_output

__all__ = [
    "Built",
    "ReadSite",
    "Standby",
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


def build_site(
    config: SiteConfig,
    output: Path,
    *,
    strict: bool = False,
    jobs: int = 0,
    survey: Survey | None = None,
    standby: Standby | None = None,
    tell: Callable[[int, int], None] = lambda done, total: None,
    elsewhere: Elsewhere | None = None,
) -> Built:
    """Build all of a site into `output`; what the last build made and still holds is kept.

    Args:
        strict: Refuse to build with warnings.
        jobs: Processes to share the work; 0 for one a processor, where that pays.
        survey: What lies on disk, if somebody has just looked.
        standby: What this process keeps from one build of this site to the next.
        tell: Hears how many pages are done, of how many.
        elsewhere: Who makes pages instead of this machine, and where they go.

    Raises:
        ExplainerError: Whatever its authors have to fix; several as `Problems`. The output is
            then as it was.
    """
    team: Team = elsewhere.team if elsewhere else OneMachine(Crew(jobs or processors(), tell=tell))
    order = _Order(config, output, strict, team, survey, standby or Standby())
    path = cache_path(config.root, output)
    held = elsewhere.hold() if elsewhere else open_output(output, config.root)
    with held as place:
        cache = Cache(path)
        try:
            return _build(order, place, cache)
        except sqlite3.DatabaseError:
            cache.remove()
        finally:
            cache.close()
        cache = Cache(path)
        try:
            return _build(order, place, cache)
        finally:
            cache.close()


class _Order(Struct, frozen=True):
    """What is asked of a build."""

    config: SiteConfig
    output: Path
    strict: bool
    team: Team
    survey: Survey | None
    standby: Standby

    def look(self, cache: Cache) -> Survey:
        """What lies on disk; all of it, unless what somebody was told is of the last build."""
        given = self.survey
        if given and (given.told is None or is_known(given.told.since, cache)):
            return given
        return take_survey(self.config.root, self.output, int(cache.meta("files") or 0))


def _build(order: _Order, place: Place, cache: Cache) -> Built:
    config, team, done = order.config, order.team, Progress()
    plan = begin_plan(config, cache, order.look(cache))
    articles = list_all(config, done.problems) if plan.must_list else None
    done.diagnostics += _skipped(config, plan.survey)
    made = order.standby.set_up(plan, cache)
    plan.same_base = made is not None
    made = made or _set_up(plan, cache, done)
    shop = made.shop
    if done.problems:
        # Nothing will be published, and all that is wrong is to be told: the cache is left alone.
        everything = articles or list_all(config, [])
        _make_articles(everything, shop, None, place.stage, done, team)
        raise_all(done.problems)
    settle_all(plan, shop, cache, articles, place.stage.found)
    shop = with_kept_names(shop, cache)
    _make_articles(plan.articles, shop, cache, place.stage, done, team)
    raise_all(done.problems)
    cache.index()
    if isinstance(place, Output):
        order.standby.show_articles(plan, place.stage, done.changed)
    done.diagnostics += cache.diagnostics()
    if order.strict:
        done.refuse_doubts()
    plan.settle_due(cache)
    with order.standby.working(shop):
        make_site_pages(SitePages(shop, made.plain, cache), cache, place.stage, done, plan, team)
    built = publish_files(plan, cache, place, done, made.compiled)
    order.standby.keep(made, plan.survey)
    return built


def _set_up(plan: Plan, cache: Cache, done: Progress) -> SetUp:
    glossary = kept_glossary(plan, cache) or read_entries(
        plan.config, done.problems, known_items(cache)
    )
    plain = _plain_pages(plan.config, done)
    compiled = cache.compiled()
    return SetUp(site_workshop(plan.config, glossary, plain, compiled), plain, compiled)


def set_up(config: SiteConfig) -> tuple[Workshop, Sequence[tuple[Document, str]]]:
    """What a build sets up before it makes pages; what is wrong with the site is left to it."""
    done = Progress()
    glossary = read_entries(config, done.problems)
    plain = _plain_pages(config, done)
    return site_workshop(config, glossary, plain, {}), plain


def _skipped(config: SiteConfig, survey: Survey) -> tuple[Diagnostic, ...]:
    if not survey.has_links:
        return ()
    return skipped_links(config.content, config.content.name)


def render_site(config: SiteConfig, shelf: Shelf) -> None:
    """Put every file of a site on a shelf, as a build would write it; nothing goes to disk.

    Raises:
        ExplainerError: Whatever its authors have to fix; several as `Problems`.
    """
    done = Progress()
    glossary = read_entries(config, done.problems)
    cache = Cache(None)
    try:
        plain = _plain_pages(config, done)
        shop = site_workshop(config, glossary, plain, {})
        articles = list_all(config, done.problems)
        _make_articles(articles, shop, cache, shelf, done, OneMachine(Crew(1)))
        raise_all(done.problems)
        pages = SitePages(shop, plain, cache)
        make_site_pages(pages, cache, shelf, done, Plan(config, whole=True), OneMachine(Crew(1)))
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
    shop = lone_workshop(entries, config, alone)
    done = Progress()
    cache = Cache(None)
    with open_output(output, None) as place:
        site_pages.refuse_unusable_images(entries, shop.templates)
        for one in articles:
            record, files = page_files(one, shop, place.stage)
            cache.add(rows_of(record, Kept(one.document.path)))
            done.keep(files)
            done.diagnostics += (*one.document.diagnostics, *one.diagnostics)
        for tag in () if alone else ("", *(tag for tag, _ in cache.tags())):
            pages = site_pages.lists(cache, shop, tag)
            done.keep(place.stage.put(one.name, one.content or b"") for one in pages)
        static = site_pages.static_files(shop)
        done.keep(place.stage.put(one.name, one.content or b"") for one in static)
        written = place.commit(done.changed, done.files)
        return Built(
            output, sum(name.endswith(".html") for name in done.files), written, done.told()
        )


def _make_articles(
    paths: Sequence[Path],
    shop: Workshop,
    cache: Cache | None,
    shelf: Shelf,
    done: Progress,
    team: Team,
) -> None:
    """Make what is to be made; without a `cache` only to hear of problems."""
    for number, made in enumerate(team.make_articles(paths, shop, shelf)):
        done.problems += made.problems
        done.keep(made.files)
        if cache and made.store:
            cache.merge(made.store)
        elif cache and made.rows:
            slug = cache.add(made.rows)
            cache.set_files(f"articles/{slug}", made.file_rows)
            if number % COMMIT_EVERY == COMMIT_EVERY - 1:
                cache.commit()


def _plain_pages(config: SiteConfig, done: Progress) -> list[tuple[Document, str]]:
    try:
        return plain_pages(config)
    except ExplainerError as fault:
        done.problems.append(fault)
        return []
