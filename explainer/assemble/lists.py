"""Lists of articles: the front page and its older pages, and those of each tag."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from functools import partial
from hashlib import sha256
from typing import Protocol

from explainer.assemble.addresses import Addresses
from explainer.assemble.words import MODE_WORDS, STANDING_WORDS, moment_view
from explainer.config import SiteConfig
from explainer.language import Language, language_of
from explainer.model import (
    ArticleLine,
    IndexPage,
    Link,
    MentionRecord,
    MomentRecord,
    QuoteLine,
    QuoteRecord,
    Record,
    Side,
)
from explainer.read.articles import safe_name

PER_PAGE = 40
"""Articles on one page of a list."""


class ListSlice(Protocol):
    """The articles on one page of a list, with a key that changes when they do."""

    @property
    def key(self) -> str: ...
    @property
    def articles(self) -> Sequence[Record]: ...


class EntrySlice(Protocol):
    """What one page of an entry shows of all articles, with a key that changes when it does."""

    @property
    def key(self) -> str: ...
    @property
    def mentions(self) -> Iterator[tuple[Record, MentionRecord]]: ...
    def quotes(self, side: Side) -> Iterator[tuple[Record, QuoteRecord]]: ...


class Archive(Protocol):
    """All articles, as the site's other pages ask for them; the newest always first.

    Those without a date come last; equal dates are in the order of the slugs. Spellings of a
    tag that make the same address are one tag.
    """

    def count(self, tag: str = "") -> int: ...
    def newest(self, start: int, limit: int, tag: str = "") -> Sequence[Record]: ...
    def list_slices(self, size: int, tag: str = "") -> Iterator[ListSlice]: ...
    def key_of(self, path: str) -> str: ...
    def tags(self) -> Sequence[tuple[str, int]]: ...
    def tag_name(self, address: str) -> str: ...
    def longest(self, entry: str) -> int: ...
    def entry_slices(self, entry: str, size: int) -> Iterator[EntrySlice]: ...
    def cited(self) -> Iterator[tuple[str, str, int, int, str, str]]: ...
    def unlisted(self) -> int: ...
    def moments(self) -> Iterator[tuple[Record, MomentRecord]]: ...
    def days(self) -> Iterator[tuple[str, str]]: ...


def list_pages(
    archive: Archive, config: SiteConfig, tag: str = ""
) -> Iterator[tuple[str, str, IndexPage | None]]:
    """The front page and its older pages, or the pages of a tag as `archive` spells it.

    Each with its path, and a key that changes when it does; None where the page that is there
    has that key.
    """
    if tag:
        yield from _pages(archive, tag, partial(_tag_path, tag), (), config)
    else:
        yield from _pages(archive, "", _front_path, archive.tags(), config)


def _canonical(path: str, base_url: str) -> str:
    """The page's one address; the front page has it without a file's name."""
    return f"{base_url}{'' if path == 'index.html' else path}" if base_url else ""


def _front_path(number: int) -> str:
    return "index.html" if number == 1 else f"page/{number}.html"


def _tag_path(tag: str, number: int) -> str:
    return Addresses.tag_path(tag) if number == 1 else f"tags/{safe_name(tag)}/{number}.html"


def _pages(
    archive: Archive,
    tag: str,
    path_of: Callable[[int], str],
    tags: Sequence[tuple[str, int]],
    config: SiteConfig,
) -> Iterator[tuple[str, str, IndexPage | None]]:
    language = language_of(config.language)
    address = safe_name(tag) if tag else ""
    count = max(1, -(-archive.count(address) // PER_PAGE))
    name = f"{tag} {count} {hash_of(tags)}"
    for number, part in enumerate(archive.list_slices(PER_PAGE, address), start=1):
        path = path_of(number)
        key = f"{name} {number} {part.key}"
        if key == archive.key_of(path):
            yield path, key, None
            continue
        page = IndexPage(
            path=path,
            root=Addresses.root(path),
            canonical=_canonical(path, config.base_url),
            articles=tuple(article_line(one, path, language) for one in part.articles),
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
        yield path, key, page


def hash_of(value: object) -> str:
    return sha256(repr(value).encode()).hexdigest()[:16]


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


def quote_line(
    article: Record, quote: QuoteRecord, seen_from: str, language: Language
) -> QuoteLine:
    """A claim as it is shown on `seen_from`, a page in `language`."""
    line = article_line(article, seen_from, language)
    return QuoteLine(
        line,
        f"{line.href}#claim-{quote.id}",
        quote.quote,
        language.say(MODE_WORDS[quote.mode]),
        quote.standing,
        language.say(STANDING_WORDS[quote.standing]),
        quote.said_as,
    )
