"""What the notes say of an article, put in its place: three annotators, one field each."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from explainer.annotate.anchors import AnchorFinder, anchor_finder
from explainer.annotate.mentions import Annotator
from explainer.model import (
    Anchor,
    AnnotatedDocument,
    Attribution,
    AttributionNote,
    BackgroundCard,
    Diagnostic,
    Document,
    Notes,
    Override,
    Selector,
    Span,
)


def settle_annotator(notes: Notes) -> Annotator:
    """Fills ``settled`` with the single occurrences that the notes decide."""

    def annotate(annotated: AnnotatedDocument) -> AnnotatedDocument:
        finder = anchor_finder(annotated.document.text)
        settled = []
        for note in notes.mentions:
            anchor = finder.find(note.at)
            if anchor.holds and anchor.span:
                settled.append(Override(anchor.span, note.entry, note.at.position, note.status))
        return replace(annotated, settled=tuple(sorted(settled, key=lambda one: one.span)))

    return annotate


def card_annotator(notes: Notes) -> Annotator:
    """Fills ``cards`` with those that have a passage left to lean on."""

    def annotate(annotated: AnnotatedDocument) -> AnnotatedDocument:
        finder = anchor_finder(annotated.document.text)
        cards = []
        for note in notes.background:
            spans = _spans([finder.find(selector) for selector in note.leans_on])
            if not spans or note.status == "rejected":
                continue
            cards.append(
                BackgroundCard(
                    id=note.id,
                    title=note.title,
                    body=note.body,
                    leans_on=spans,
                    date=note.date,
                    kind=note.kind,
                    entries=note.entries,
                    sources=note.sources,
                    status=note.status,
                )
            )
        return replace(annotated, cards=tuple(sorted(cards, key=lambda one: one.leans_on[0])))

    return annotate


def attribution_annotator(notes: Notes) -> Annotator:
    """Fills ``attributions`` with those whose every piece of content still stands."""

    def annotate(annotated: AnnotatedDocument) -> AnnotatedDocument:
        finder = anchor_finder(annotated.document.text)
        found = []
        for note in notes.attributions:
            content = _spans([finder.find(selector) for selector in note.content])
            if note.status == "rejected" or len(content) < len(note.content):
                continue
            found.append(_attribution(note, content, annotated.document, finder))
        return replace(annotated, attributions=tuple(sorted(found, key=lambda one: one.content)))

    return annotate


def _attribution(
    note: AttributionNote, content: tuple[Span, ...], document: Document, finder: AnchorFinder
) -> Attribution:
    return Attribution(
        id=note.id,
        content=content,
        source=_spans(find_beside(note.source, content, document, finder)),
        cue=_spans(find_beside(note.cue, content, document, finder)),
        antecedent=_spans([finder.find(selector) for selector in note.antecedent]),
        speaker=note.speaker,
        via=note.via,
        mode=note.mode,
        standing=note.standing,
        disputes=note.disputes,
        status=note.status,
    )


def find_beside(
    selectors: Sequence[Selector],
    content: tuple[Span, ...],
    document: Document,
    finder: AnchorFinder,
) -> list[Anchor]:
    """Anchors of sources and cues: first in the content's own paragraphs, then anywhere.

    "said" and "he" stand many times in an article, and once beside what was said.
    """
    paragraphs = [
        block for block in document.blocks if any(block.overlaps(span) for span in content)
    ]
    anchors = []
    for selector in selectors:
        near = finder.find(selector, paragraphs)
        anchors.append(near if near.holds or "times" in near.reason else finder.find(selector))
    return anchors


def _spans(anchors: Sequence[Anchor]) -> tuple[Span, ...]:
    return tuple(sorted(anchor.span for anchor in anchors if anchor.holds and anchor.span))


def anchor_diagnostics(document: Document, notes: Notes) -> list[Diagnostic]:
    """An error for each selector that can't be published, with what stands there instead."""
    finder = anchor_finder(document.text)
    anchors = [finder.find(note.at) for note in notes.mentions if note.status != "rejected"]
    for card in notes.background:
        if card.status != "rejected":
            anchors += [finder.find(selector) for selector in card.leans_on]
    for one in notes.attributions:
        if one.status == "rejected":
            continue
        content = [finder.find(selector) for selector in one.content]
        anchors += content
        anchors += [finder.find(selector) for selector in one.antecedent]
        beside = (*one.source, *one.cue)
        anchors += find_beside(beside, _spans(content), document, finder)
    return [_anchor_diagnostic(anchor) for anchor in anchors if not anchor.holds]


def _anchor_diagnostic(anchor: Anchor) -> Diagnostic:
    code = "A002" if anchor.state == "fuzzy" else "A001"
    words = " ".join(anchor.selector.exact.split())
    quote = words if len(words) <= 80 else f"{words[:79]}…"
    message = f"not published: '{quote}' {anchor.reason}"
    return Diagnostic(code, message, anchor.selector.position, "error")
