"""A: the notes' anchors against the article's text."""

from __future__ import annotations

from collections.abc import Iterator

from explainer.annotate import anchor_diagnostics
from explainer.build import ReadSite
from explainer.model import Diagnostic, Position


def check_anchors(site: ReadSite) -> Iterator[Diagnostic]:
    """A001 orphan, A002 fuzzy: what a build leaves out."""
    for article in site.articles:
        slug = article.document.slug
        yield from anchor_diagnostics(article.document, site.notes[slug], site.bases.get(slug))


def check_text_digest(site: ReadSite) -> Iterator[Diagnostic]:
    """A003: the article has changed since its notes were made."""
    for article in site.articles:
        notes = site.notes[article.document.slug]
        if notes.text and notes.text != f"sha256:{article.document.digest}":
            message = (
                "the article has changed since these notes were made; look its annotations "
                f"over, then set text: sha256:{article.document.digest}"
            )
            yield Diagnostic("A003", message, Position(notes.path, 1))
