"""S: who says so."""

from __future__ import annotations

import re
from collections.abc import Iterator

from explainer.annotate import position_of
from explainer.build import ReadSite
from explainer.model import AnnotatedDocument, Diagnostic, Span

_QUOTATION = re.compile(r"“[^”]*”|\"[^\"\n]*\"|«[^»]*»|„[^“]*“")
MIN_WORDS = 4
"""A shorter stretch in quotation marks is as often a name or a term as a claim."""


def check_quotations(site: ReadSite) -> Iterator[Diagnostic]:
    """S001: words in quotation marks that no attribution gives to anyone."""
    for article in site.articles:
        for span in _unattributed(article):
            quote = " ".join(span.of(article.document.text).split())
            short = quote if len(quote) <= 60 else f"{quote[:59]}…"
            message = f"a quotation with no speaker: {short}"
            yield Diagnostic("S001", message, position_of(article.document, span.start))


def _unattributed(article: AnnotatedDocument) -> Iterator[Span]:
    claimed = [span for one in article.attributions for span in one.content]
    for block in article.document.blocks:
        if any(block.overlaps(part) for part in article.document.dropped):
            continue
        for found in _QUOTATION.finditer(article.document.text, block.start, block.end):
            span = Span(*found.span())
            if len(found[0].split()) >= MIN_WORDS and not any(
                span.overlaps(one) for one in claimed
            ):
                yield span


def check_attributions(site: ReadSite) -> Iterator[Diagnostic]:
    """S002: an attribution with neither speaker nor source; S003: a via that isn't an outlet."""
    kinds = {entry.id: entry.kind for entry in site.entries}
    for notes in site.notes.values():
        for one in notes.attributions:
            if one.status == "rejected":
                continue
            if not one.speaker and not one.source and not one.antecedent:
                message = f"the attribution '{one.id}' names neither speaker nor source"
                yield Diagnostic("S002", message, one.position)
            for outlet in one.via:
                if kinds.get(outlet) not in ("outlet", "organization"):
                    message = f"'{outlet}', in via of '{one.id}', is not an outlet"
                    yield Diagnostic("S003", message, one.position)
