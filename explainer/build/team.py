"""Who makes a site's pages: the processes of one machine, or whoever takes their place."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from contextlib import AbstractContextManager
from itertools import chain
from pathlib import Path
from typing import Protocol

from msgspec import Struct

from explainer.build.articles import Made, make_article
from explainer.build.site_pages import SitePages, StagedPages
from explainer.build.workers import Crew
from explainer.build.workshop import Workshop
from explainer.cache import Cache
from explainer.language import language_of
from explainer.model import Written
from explainer.write import Shelf


class Team(Protocol):
    """Makes pages, in any order, and puts them on a shelf."""

    def make_articles(
        self, paths: Sequence[Path], shop: Workshop, shelf: Shelf
    ) -> Iterator[Made]: ...

    def make_pages(
        self, owners: Sequence[str], pages: SitePages, cache: Cache, shelf: Shelf
    ) -> Iterator[StagedPages]: ...


class Stage(Shelf, Protocol):
    """A shelf that knows the site in place."""

    def found(self) -> dict[str, tuple[int, int]]: ...


class Place(Protocol):
    """Where a site is brought up to date: a folder, or one of an object store."""

    @property
    def folder(self) -> Path: ...

    @property
    def stage(self) -> Stage: ...

    def commit(self, changed: Sequence[str], names: Collection[str]) -> Written: ...


class Elsewhere(Protocol):
    """A build that isn't this machine's alone."""

    @property
    def team(self) -> Team: ...

    def hold(self) -> AbstractContextManager[Place]: ...


class OneMachine(Struct, frozen=True):
    """Processes of this machine, which inherit all that was set up."""

    crew: Crew

    def make_articles(self, paths: Sequence[Path], shop: Workshop, shelf: Shelf) -> Iterator[Made]:
        def make(path: Path) -> Made:
            return make_article(path, shop, shelf)

        self.crew.total += len(paths)
        shop.glossary.names.prepare(len(paths))
        if not self.crew.shares(paths):
            return self.crew.share(paths, make)
        shop.templates.prepare(language_of(shop.config.language))
        # What the first needs for the first time is set up once, and the processes inherit it.
        return chain(self.crew.share(paths[:1], make), self.crew.share(paths[1:], make))

    def make_pages(
        self, owners: Sequence[str], pages: SitePages, cache: Cache, shelf: Shelf
    ) -> Iterator[StagedPages]:
        self.crew.total += len(owners)
        return self.crew.share(owners, lambda owner: pages.stage(owner, cache.reader, shelf))
