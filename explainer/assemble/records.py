"""What the site's other pages need of one article, taken from its finished page."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from datetime import UTC, datetime

from markupsafe import Markup, escape

from explainer.assemble.article import Published
from explainer.assemble.sources import (
    Sources,
    said_as,
    speaker_names,
)
from explainer.assemble.words import moment_view
from explainer.language import Language
from explainer.model import (
    Attribution,
    Document,
    Mention,
    MentionRecord,
    MomentRecord,
    Page,
    QuoteRecord,
    Record,
    Span,
)

EXCERPT = 200
"""Characters of an article around a mention, on the entry's page."""


def last_change(published: Published) -> str:
    """When the article was updated or corrected last, ISO 8601; empty where it never was."""
    meta = published.document.meta
    corrected = meta.corrections[-1].date if meta.corrections else ""
    return meta.updated if meta.updated[:10] >= corrected else corrected


def record_of(published: Published, page: Page, language: Language) -> Record:
    """The article as lists, entries' pages and feeds show it.

    Args:
        published: The article.
        page: Its page.
        language: The one that the other pages are in.
    """
    return Record(
        slug=page.slug,
        path=page.path,
        title=page.title,
        language=page.language,
        moment=_instant(published.document.meta.date),
        date=page.date,
        updated=moment_view(last_change(published), language),
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
        quotes=_quotes(published, page, language),
        moments=tuple(
            MomentRecord(f"card-{card.id}", card.title, card.date.text)
            for card in published.cards
            if card.date and card.kind == "history"
        ),
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
        before = "… " + _without_first_piece(before)
    if end < block.end:
        after = _without_last_piece(after) + " …"
    return Markup(f"{escape(before)}<mark>{escape(span.of(text))}</mark>{escape(after)}")


def _without_first_piece(text: str) -> str:
    """From the first word on that is whole; all of it where it is one."""
    piece = "" if text[0].isspace() else text.split(None, 1)[0]
    return text[len(piece) :].lstrip() if len(piece) < len(text) else text


def _without_last_piece(text: str) -> str:
    """To the last word that is whole; all of it where it is one."""
    piece = "" if text[-1].isspace() else text.rsplit(None, 1)[-1]
    return text[: len(text) - len(piece)].rstrip() if len(piece) < len(text) else text


def _quotes(published: Published, page: Page, language: Language) -> tuple[QuoteRecord, ...]:
    spoken = page.language == language.tag
    sources = Sources(
        published.document, published.attributions, published.entries, lambda _: "", language
    )
    return tuple(
        QuoteRecord(
            id=one.id,
            speakers=tuple(dict.fromkeys(one.speaker)),
            via=tuple(dict.fromkeys(one.via)),
            about=_named_in(one, published.mentions),
            name="" if one.speaker else speaker_names(one, sources)[0],
            quote=note.quote,
            mode=one.mode,
            standing=one.standing,
            said_as=note.said_as if spoken else said_as(one, sources),
        )
        for one, note in zip(published.attributions, page.sources, strict=True)
    )


def _named_in(attribution: Attribution, mentions: Sequence[Mention]) -> tuple[str, ...]:
    """The entries that a claim names, but for who makes it."""
    starts = [one.span.start for one in mentions]
    found: dict[str, None] = {}
    for span in attribution.content:
        for mention in mentions[bisect_left(starts, span.start) : bisect_left(starts, span.end)]:
            found[mention.entry] = None
    return tuple(entry for entry in found if entry not in attribution.speaker)
