"""A: the notes' anchors against the article's text."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import combinations

from explainer.annotate import anchor_diagnostics, noted_anchors
from explainer.build import ReadSite
from explainer.check.codes import doubt
from explainer.check.fixes import quoted_anew, with_digest
from explainer.check.story import shortened
from explainer.model import AnnotatedDocument, Diagnostic, Notes, Position, Span


def check_anchors(site: ReadSite) -> Iterator[Diagnostic]:
    """A001 orphan, A002 fuzzy: what a build leaves out. A005 moved: what it still finds."""
    for article in site.articles:
        document = article.document
        notes, base = site.notes[document.slug], site.bases.get(document.slug)
        yield from anchor_diagnostics(document, notes, base)
        if notes.text != f"sha256:{document.digest}":
            continue  # that the article has changed is told once, as A003
        for noted in noted_anchors(document, notes, base):
            selector = noted.anchor.selector
            if noted.anchor.state == "moved":
                message = f"the words around '{shortened(selector.exact)}' are others by now"
                fix = quoted_anew(site.config.root, noted.anchor, document)
                yield doubt("A005", message, selector.position, fix)


def check_text_digest(site: ReadSite) -> Iterator[Diagnostic]:
    """A003: the article has changed since its notes were made."""
    for article in site.articles:
        document = article.document
        notes = site.notes[document.slug]
        if notes.text and notes.text != f"sha256:{document.digest}":
            message = (
                "the article has changed since these notes were made; look its annotations "
                f"over, then set text: sha256:{document.digest}"
            )
            noted = noted_anchors(document, notes, site.bases.get(document.slug))
            whole = all(one.anchor.state == "exact" for one in noted)
            fix = with_digest(site.config.root, notes.path, document) if whole else ()
            yield doubt("A003", message, Position(notes.path, 1), fix)


def check_overlaps(site: ReadSite) -> Iterator[Diagnostic]:
    """A004: two mentions that settle one place, and claims that cross."""
    for article in site.articles:
        notes = site.notes[article.document.slug]
        yield from _mentions(article)
        yield from _claims(article, notes)


def _mentions(article: AnnotatedDocument) -> Iterator[Diagnostic]:
    settled = sorted(article.settled, key=lambda one: one.position)
    for first, second in combinations(settled, 2):
        if first.span.overlaps(second.span) and first.position != second.position:
            words = second.span.of(article.document.text)
            message = f"'{words}' is settled here and in line {first.position.line}"
            yield doubt("A004", message, second.position)


def _claims(article: AnnotatedDocument, notes: Notes) -> Iterator[Diagnostic]:
    places = {one.id: one.position for one in notes.attributions}
    for first, second in combinations(article.attributions, 2):
        if any(_cross(one, two) for one in first.content for two in second.content):
            message = f"the claims '{first.id}' and '{second.id}' cross in the text"
            yield doubt("A004", message, places.get(second.id, Position(notes.path)))


def _cross(one: Span, other: Span) -> bool:
    return one.overlaps(other) and not one.contains(other) and not other.contains(one)
