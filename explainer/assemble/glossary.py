"""The glossary A–Z, and a page for each entry with all that articles say of it."""

from __future__ import annotations

import re
import unicodedata
from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence

from markupsafe import Markup

from explainer.assemble.addresses import Addresses
from explainer.assemble.entries import Place, entry_view
from explainer.assemble.lists import Finished, article_line, newest
from explainer.assemble.maps import Maps
from explainer.assemble.sources import QUOTE_LENGTH, quoted_text
from explainer.assemble.words import MODE_WORDS, shorten
from explainer.model import (
    ArticleLine,
    Attribution,
    Document,
    Entry,
    EntryPage,
    GlossaryGroup,
    GlossaryPage,
    MentionLine,
    QuoteLine,
    Span,
)

EXCERPT = 200
"""Characters of an article around a mention, on the entry's page."""


def glossary_page(entries: Sequence[Entry], addresses: Addresses) -> GlossaryPage:
    """All entries that have a page, A–Z by name."""
    path = "glossary/index.html"
    place = _place(path, addresses)
    groups: dict[str, list[Entry]] = defaultdict(list)
    for entry in sorted(entries, key=lambda one: (_sort_key(one.name), one.id)):
        groups[_letter(entry.name)].append(entry)
    return GlossaryPage(
        path,
        addresses.root(path),
        tuple(
            GlossaryGroup(
                letter,
                f"letter-{letter.lower()}" if letter.isalpha() else "letter-other",
                tuple(entry_view(entry, place) for entry in group),
            )
            for letter, group in sorted(groups.items(), key=lambda one: _sort_key(one[0]))
        ),
    )


def _place(path: str, addresses: Addresses, maps: Maps | None = None) -> Place:
    def href_of(entry: str) -> str:
        return addresses.entry(entry, path)

    return Place(addresses.root(path), maps, href_of, href_of)


def _sort_key(name: str) -> str:
    """Letters without accents or case, the same in every locale."""
    plain = unicodedata.normalize("NFKD", name.removeprefix("The ").lstrip("“‘\"'"))
    return "".join(char for char in plain if not unicodedata.combining(char)).casefold()


def _letter(name: str) -> str:
    first = _sort_key(name)[:1].upper()
    return first if first.isalpha() else "#"


def entry_page(
    entry: Entry,
    articles: Sequence[Finished],
    addresses: Addresses,
    base_url: str,
    maps: Maps,
) -> EntryPage:
    """An entry with every article that mentions it and all it is quoted saying.

    Args:
        articles: Those that mention or quote it, the newest first.
    """
    path = addresses.entry_path(entry.id)
    mentions = [line for one in articles for line in _mention_line(entry, one, path)]
    quotes = [line for one in articles for line in _quote_lines(entry, one, path)]
    count = sum(line.count for line in mentions)
    return EntryPage(
        path=path,
        root=addresses.root(path),
        entry=entry_view(entry, _place(path, addresses, maps), count=count),
        mentions=tuple(mentions),
        quotes=tuple(quotes),
        canonical=f"{base_url}{path}" if base_url else "",
    )


def articles_by_entry(articles: Sequence[Finished]) -> Mapping[str, tuple[Finished, ...]]:
    """For each entry the articles that mention or quote it, the newest first."""
    found: dict[str, list[Finished]] = defaultdict(list)
    for article in newest(articles):
        named = Counter(mention.entry for mention in article.published.mentions)
        named.update(who for one in article.published.attributions for who in one.speaker)
        for entry in named:
            found[entry].append(article)
    return {entry: tuple(those) for entry, those in found.items()}


def _mention_line(entry: Entry, article: Finished, path: str) -> list[MentionLine]:
    spans = [one.span for one in article.published.mentions if one.entry == entry.id]
    if not spans:
        return []
    line = article_line(article, path)
    excerpt = excerpt_html(article.published.document, spans[0])
    return [MentionLine(line, f"{line.href}#mention-{entry.id}", excerpt, len(spans))]


def excerpt_html(document: Document, span: Span) -> Markup:
    """The words around a span as safe HTML, the span itself in <mark>."""
    block = next(block for block in document.blocks if block.contains(span))
    text = document.text
    start = max(block.start, span.start - EXCERPT // 2)
    end = min(block.end, span.end + EXCERPT // 2)
    before, after = text[start : span.start], text[span.end : end]
    if start > block.start:
        before = "… " + re.sub(r"^\S*\s+", "", before)
    if end < block.end:
        after = re.sub(r"\s+\S*$", "", after) + " …"
    return Markup("{}<mark>{}</mark>{}").format(before, span.of(text), after)


def _quote_lines(entry: Entry, article: Finished, path: str) -> list[QuoteLine]:
    published = article.published
    said_as = {view.id: view.said_as for view in article.page.sources}
    line = article_line(article, path)
    return [
        _quote_line(one, line, said_as[one.id], published.document)
        for one in published.attributions
        if entry.id in one.speaker
    ]


def _quote_line(
    attribution: Attribution, article: ArticleLine, said_as: str, document: Document
) -> QuoteLine:
    return QuoteLine(
        article,
        f"{article.href}#claim-{attribution.id}",
        shorten(quoted_text(attribution, document), QUOTE_LENGTH),
        MODE_WORDS[attribution.mode],
        said_as,
    )
