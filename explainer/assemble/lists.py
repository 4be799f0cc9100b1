"""Lists of articles: the front page and its older pages, and those of each tag."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime

from explainer.assemble.addresses import Addresses
from explainer.assemble.article import Published
from explainer.model import ArticleLine, IndexPage, Link, Page
from explainer.read.articles import safe_name

PER_PAGE = 40
"""Articles on one page of a list."""


@dataclass(frozen=True, slots=True)
class Finished:
    """One article as the site's other pages refer to it."""

    published: Published
    page: Page


def newest(articles: Sequence[Finished]) -> list[Finished]:
    """The newest first, those without a date last, then by slug."""
    by_slug = sorted(articles, key=lambda one: one.page.slug)
    return sorted(by_slug, key=lambda one: _instant(one.published.document.meta.date), reverse=True)


def _instant(moment: str) -> datetime:
    """When it was, for comparing; a day without a time starts at midnight UTC."""
    if not moment:
        return datetime.min.replace(tzinfo=UTC)
    when = datetime.fromisoformat(moment)
    return when if when.tzinfo else when.replace(tzinfo=UTC)


def list_pages(articles: Sequence[Finished]) -> Iterator[IndexPage]:
    """The front page, its older pages, and the pages of each tag."""
    ordered = newest(articles)
    tagged = by_tag(ordered)
    yield from _pages(ordered, "", _front_path, tagged)
    for tag, those in tagged.items():
        yield from _pages(those, tag, _TagPath(tag).of, {})


def by_tag(articles: Sequence[Finished]) -> Mapping[str, list[Finished]]:
    """Articles by tag, the tags A–Z; spellings that make the same address are one tag."""
    found: dict[str, list[Finished]] = defaultdict(list)
    spelling: dict[str, str] = {}
    for article in articles:
        for tag in article.page.tags:
            found[spelling.setdefault(safe_name(tag), tag)].append(article)
    return dict(sorted(found.items(), key=lambda one: (one[0].casefold(), one[0])))


def _front_path(number: int) -> str:
    return "index.html" if number == 1 else f"page/{number}.html"


@dataclass(frozen=True, slots=True)
class _TagPath:
    tag: str

    def of(self, number: int) -> str:
        return (
            Addresses.tag_path(self.tag)
            if number == 1
            else f"tags/{safe_name(self.tag)}/{number}.html"
        )


def _pages(
    articles: Sequence[Finished],
    tag: str,
    path_of: Callable[[int], str],
    tagged: Mapping[str, list[Finished]],
) -> Iterator[IndexPage]:
    count = max(1, -(-len(articles) // PER_PAGE))
    for number in range(1, count + 1):
        path = path_of(number)
        shown = articles[(number - 1) * PER_PAGE : number * PER_PAGE]
        yield IndexPage(
            path=path,
            root=Addresses.root(path),
            articles=tuple(article_line(one, path) for one in shown),
            tag=tag,
            number=number,
            count=count,
            newer=Addresses.way(path, path_of(number - 1)) if number > 1 else "",
            older=Addresses.way(path, path_of(number + 1)) if number < count else "",
            tags=tuple(
                (Link(one, Addresses.way(path, Addresses.tag_path(one))), len(those))
                for one, those in tagged.items()
            ),
        )


def article_line(article: Finished, seen_from: str) -> ArticleLine:
    page = article.page
    return ArticleLine(
        href=Addresses.way(seen_from, page.path),
        title=page.title,
        date=page.date,
        summary=page.summary,
        publisher=page.provenance.publisher,
        entries=len(page.entries),
        sources=len(page.speakers),
        cards=len(page.cards),
        unreviewed=page.unreviewed,
    )
