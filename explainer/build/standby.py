"""What a process keeps that builds one site time and again."""

from __future__ import annotations

import contextlib
from collections.abc import Callable, Iterator, Mapping, Sequence
from pathlib import Path

from msgspec import Struct
from msgspec.structs import replace

from explainer.build.articles import make_article
from explainer.build.plan import Plan
from explainer.build.settling import kept_glossary
from explainer.build.workshop import Workshop, with_glossary
from explainer.cache import Cache
from explainer.errors import ExplainerError
from explainer.home import PACKAGE, theme_folders
from explainer.model import Document
from explainer.survey import Survey
from explainer.write import Stage, Staged

FEW = 8
"""Articles up to which their pages are shown before the rest of the site is made."""


class SetUp(Struct, frozen=True):
    """All that is set up before pages are made."""

    shop: Workshop
    plain: Sequence[tuple[Document, str]]
    compiled: dict[str, bytes]


class Standby(Struct):
    """What a build leaves to the next of the same process.

    ``show`` is given the files of articles once they are made, while the rest of the site is not:
    nothing is in place then, and may never be. ``since`` is the moment of the survey of the last
    build that came to its end, and set up what is ``kept``. ``at_work`` is there while pages are
    made of all articles together.
    """

    show: Callable[[Mapping[str, bytes]], None] = lambda files: None
    since: int = 0
    kept: SetUp | None = None
    at_work: Workshop | None = None

    def set_up(self, plan: Plan, cache: Cache) -> SetUp | None:
        """What the last build set up, where all that it was made of is still the same."""
        kept, root = self.kept, plan.config.root
        if kept is None or kept.shop.config != plan.config or not is_known(self.since, cache):
            return None
        folders = [plan.config.content / "glossary", plan.config.content / "pages", PACKAGE]
        for theme in theme_folders(root):
            folders += [theme / "templates", theme / "static"]
        if plan.changes_below(*folders) or plan.packages_changed:
            return None
        glossary = kept_glossary(plan, cache)
        return replace(kept, shop=with_glossary(kept.shop, glossary)) if glossary else None

    def keep(self, made: SetUp, survey: Survey) -> None:
        """Leave to the next build what this one set up; it came to its end."""
        self.kept, self.since = made, survey.moment

    def show_articles(self, plan: Plan, stage: Stage, staged: Sequence[str]) -> None:
        """Let the pages of a few articles be seen that were edited."""
        if staged and not plan.whole and len(plan.articles) <= FEW:
            self.show({name: stage.read(name) for name in staged})

    @contextlib.contextmanager
    def working(self, shop: Workshop) -> Iterator[None]:
        """While the rest of the site is made, articles can be peeked at."""
        self.at_work = shop
        try:
            yield
        finally:
            self.at_work = None

    def peek(self, articles: Sequence[Path]) -> Mapping[str, bytes]:
        """The pages of articles as these are by now; none where one of them has a fault.

        They are in no site; the next build makes them again.
        """
        peeked = _Peeked()
        with contextlib.suppress(ExplainerError, OSError):
            if self.at_work and not any(
                make_article(one, self.at_work, peeked).problems for one in articles
            ):
                return peeked.files
        return {}


class _Peeked:
    """A shelf for files that are only looked at."""

    def __init__(self) -> None:
        self.files: dict[str, bytes] = {}

    def put(self, name: str, content: bytes) -> Staged:
        self.files[name] = content
        return Staged(name, len(content), 0, True)


def is_known(since: int, cache: Cache) -> bool:
    """Whether the survey of that moment is the one that the cache was made from last."""
    return since > 0 and cache.meta("looked") == str(since)
