"""Lists of articles: the front page and its older pages, and those of each tag."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from functools import partial
from typing import Protocol

from explainer.assemble.addresses import Addresses
from explainer.assemble.words import moment_view
from explainer.language import Language
from explainer.model import ArticleLine, IndexPage, Link, MentionRecord, QuoteRecord, Record
from explainer.read.articles import safe_name

PER_PAGE = 40
"""Articles on one page of a list."""


class Archive(Protocol):
    """All articles, as the site's other pages ask for them; the newest always first.

    Those without a date come last; equal dates are in the order of the slugs.
    """

    def count(self, tag: str = "") -> int: ...
    def newest(self, start: int, limit: int, tag: str = "") -> Sequence[Record]: ...
    def tags(self) -> Sequence[tuple[str, int]]: ...
    def mentions(self, entry: str) -> Iterator[tuple[Record, MentionRecord]]: ...
    def quotes(self, entry: str) -> Iterator[tuple[Record, QuoteRecord]]: ...
    def days(self) -> Iterator[tuple[str, str]]: ...


def list_pages(archive: Archive, language: Language) -> Iterator[IndexPage]:
    """The front page, its older pages, and the pages of each tag.

    Spellings of a tag that make the same address are one tag.
    """
    tags = archive.tags()
    yield from _pages(archive, "", _front_path, tags, language)
    for tag, _ in tags:
        yield from _pages(archive, tag, partial(_tag_path, tag), (), language)


def _front_path(number: int) -> str:
    return "index.html" if number == 1 else f"page/{number}.html"


def _tag_path(tag: str, number: int) -> str:
    return Addresses.tag_path(tag) if number == 1 else f"tags/{safe_name(tag)}/{number}.html"


def _pages(
    archive: Archive,
    tag: str,
    path_of: Callable[[int], str],
    tags: Sequence[tuple[str, int]],
    language: Language,
) -> Iterator[IndexPage]:
    address = safe_name(tag) if tag else ""
    count = max(1, -(-archive.count(address) // PER_PAGE))
    for number in range(1, count + 1):
        path = path_of(number)
        shown = archive.newest((number - 1) * PER_PAGE, PER_PAGE, address)
        yield IndexPage(
            path=path,
            root=Addresses.root(path),
            articles=tuple(article_line(one, path, language) for one in shown),
            tag=tag,
            number=number,
            count=count,
            newer=Addresses.way(path, path_of(number - 1)) if number > 1 else "",
            older=Addresses.way(path, path_of(number + 1)) if number < count else "",
            tags=tuple(
                (Link(one, Addresses.way(path, Addresses.tag_path(one))), many)
                for one, many in tags
            ),
        )


def article_line(article: Record, seen_from: str, language: Language) -> ArticleLine:
    return ArticleLine(
        href=Addresses.way(seen_from, article.path),
        title=article.title,
        language=article.language,
        date=moment_view(article.date.iso, language) if article.date else None,
        summary=article.summary,
        publisher=article.publisher,
        entries=article.entries,
        sources=article.sources,
        cards=article.cards,
        unreviewed=article.unreviewed,
    )
