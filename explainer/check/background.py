"""B: background cards."""

from __future__ import annotations

from collections.abc import Iterator

from explainer.build import ReadSite
from explainer.check.codes import doubt
from explainer.edtf import parse_edtf
from explainer.model import CardNote, Diagnostic


def check_background(site: ReadSite) -> Iterator[Diagnostic]:
    """B001 no date, B002 dated after the article, B003 no source, B004 no text."""
    for article in site.articles:
        published = article.document.meta.date[:10]
        for card in site.notes[article.document.slug].background:
            if card.status != "rejected":
                yield from _card(card, published)


def _card(card: CardNote, published: str) -> Iterator[Diagnostic]:
    if not card.body:
        yield doubt("B004", f"the card '{card.id}' has no body", card.position)
    if card.kind == "remark":
        return
    if card.date is None:
        yield doubt("B001", f"the card '{card.id}' has no date", card.position)
    elif published and card.date.earliest > parse_edtf(published).earliest:
        message = f"the card '{card.id}' is of {card.date.text}, after the article ({published})"
        yield doubt("B002", message, card.position)
    if not card.sources:
        message = f"the card '{card.id}' names no source that a reader can check"
        yield doubt("B003", message, card.position)
