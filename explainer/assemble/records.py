"""What the site's other pages need of one article, taken from its finished page."""

from __future__ import annotations

import re
from bisect import bisect_right
from datetime import UTC, datetime

from markupsafe import Markup, escape

from explainer.assemble.article import Published
from explainer.assemble.sources import QUOTE_LENGTH, quoted_text
from explainer.assemble.words import shorten
from explainer.model import Document, MentionRecord, Page, QuoteRecord, Record, Span

EXCERPT = 200
"""Characters of an article around a mention, on the entry's page."""

_FIRST_PIECE = re.compile(r"^\S*\s+")
_LAST_PIECE = re.compile(r"\s+\S*$")


def record_of(published: Published, page: Page) -> Record:
    """The article as lists, entries' pages and feeds show it."""
    return Record(
        slug=page.slug,
        path=page.path,
        title=page.title,
        language=page.language,
        moment=_instant(published.document.meta.date),
        date=page.date,
        updated=page.updated,
        authors=page.authors,
        summary=page.summary,
        tags=page.tags,
        publisher=page.provenance.publisher,
        canonical=page.canonical,
        entries=len(page.entries),
        sources=len(page.speakers),
        cards=len(page.cards),
        unreviewed=page.unreviewed,
        mentions=_mentions(published),
        quotes=_quotes(published, page),
    )


def _instant(moment: str) -> str:
    """The moment in UTC, so that it compares as text; a day starts at midnight UTC."""
    if not moment:
        return ""
    when = datetime.fromisoformat(moment)
    return (when if when.tzinfo else when.replace(tzinfo=UTC)).astimezone(UTC).isoformat()


def _mentions(published: Published) -> tuple[MentionRecord, ...]:
    first: dict[str, Span] = {}
    counts: dict[str, int] = {}
    for mention in published.mentions:
        first.setdefault(mention.entry, mention.span)
        counts[mention.entry] = counts.get(mention.entry, 0) + 1
    document = published.document
    starts = [block.start for block in document.blocks]
    return tuple(
        MentionRecord(entry, excerpt_html(document, span, starts), counts[entry])
        for entry, span in first.items()
    )


def excerpt_html(document: Document, span: Span, starts: list[int]) -> Markup:
    """The words around a span as safe HTML, the span itself in <mark>.

    Args:
        document: The article.
        span: What is marked.
        starts: Where the document's blocks start.
    """
    block = document.blocks[bisect_right(starts, span.start) - 1]
    text = document.text
    start = max(block.start, span.start - EXCERPT // 2)
    end = min(block.end, span.end + EXCERPT // 2)
    before, after = text[start : span.start], text[span.end : end]
    if start > block.start:
        before = "… " + _FIRST_PIECE.sub("", before)
    if end < block.end:
        after = _LAST_PIECE.sub("", after) + " …"
    return Markup(f"{escape(before)}<mark>{escape(span.of(text))}</mark>{escape(after)}")


def _quotes(published: Published, page: Page) -> tuple[QuoteRecord, ...]:
    said_as = {view.id: view.said_as for view in page.sources}
    return tuple(
        QuoteRecord(
            one.id,
            tuple(dict.fromkeys(one.speaker)),
            shorten(quoted_text(one, published.document), QUOTE_LENGTH),
            one.mode,
            said_as[one.id],
        )
        for one in published.attributions
        if one.speaker
    )
