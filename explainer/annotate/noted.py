"""What the notes say of an article, put in its place: three annotators, one field each."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from explainer.annotate.anchoring import Anchoring, ClaimAnchors
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
    Span,
)


def settle_annotator(notes: Notes, base: Document | None = None) -> Annotator:
    """Fills ``settled`` with the single occurrences that the notes decide."""

    def annotate(annotated: AnnotatedDocument) -> AnnotatedDocument:
        places = Anchoring(annotated.document, notes, base)
        settled = []
        for note in notes.mentions:
            anchor = places.find(note.at)
            if anchor.holds and anchor.span:
                settled.append(Override(anchor.span, note.entry, note.at.position, note.status))
        return replace(annotated, settled=tuple(sorted(settled, key=lambda one: one.span)))

    return annotate


def card_annotator(notes: Notes, base: Document | None = None) -> Annotator:
    """Fills ``cards`` with those that have a passage left to lean on."""

    def annotate(annotated: AnnotatedDocument) -> AnnotatedDocument:
        places = Anchoring(annotated.document, notes, base)
        cards = []
        for note in notes.background:
            spans = _spans(places.find(selector) for selector in note.leans_on)
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


def attribution_annotator(notes: Notes, base: Document | None = None) -> Annotator:
    """Fills ``attributions`` with those whose every piece of content still stands."""

    def annotate(annotated: AnnotatedDocument) -> AnnotatedDocument:
        places = Anchoring(annotated.document, notes, base)
        found = []
        for note in notes.attributions:
            anchors = places.claim(note)
            if note.status == "rejected" or not all(one.holds for one in anchors.content):
                continue
            found.append(_attribution(note, anchors))
        return replace(annotated, attributions=tuple(sorted(found, key=lambda one: one.content)))

    return annotate


def _attribution(note: AttributionNote, anchors: ClaimAnchors) -> Attribution:
    return Attribution(
        id=note.id,
        content=_spans(anchors.content),
        source=_spans(anchors.source),
        cue=_spans(anchors.cue),
        antecedent=_spans(anchors.antecedent),
        speaker=note.speaker,
        via=note.via,
        mode=note.mode,
        standing=note.standing,
        disputes=note.disputes,
        status=note.status,
    )


def _spans(anchors: Iterable[Anchor]) -> tuple[Span, ...]:
    return tuple(sorted(anchor.span for anchor in anchors if anchor.holds and anchor.span))


def anchors_of(document: Document, notes: Notes, base: Document | None = None) -> list[Anchor]:
    """The anchor of every selector in the notes that isn't rejected."""
    places = Anchoring(document, notes, base)
    anchors = [places.find(note.at) for note in notes.mentions if note.status != "rejected"]
    for card in notes.background:
        if card.status != "rejected":
            anchors += [places.find(selector) for selector in card.leans_on]
    for one in notes.attributions:
        if one.status != "rejected":
            anchors += places.claim(one)
    return anchors


def anchor_diagnostics(
    document: Document, notes: Notes, base: Document | None = None
) -> list[Diagnostic]:
    """An error for each selector that can't be published, with what stands there instead."""
    anchors = anchors_of(document, notes, base)
    return [_anchor_diagnostic(anchor) for anchor in anchors if not anchor.holds]


def _anchor_diagnostic(anchor: Anchor) -> Diagnostic:
    code = "A002" if anchor.state == "fuzzy" else "A001"
    words = " ".join(anchor.selector.exact.split())
    quote = words if len(words) <= 80 else f"{words[:79]}…"
    message = f"not published: '{quote}' {anchor.reason}"
    return Diagnostic(code, message, anchor.selector.position, "error")
