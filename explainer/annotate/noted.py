"""What the notes say of an article, put in its place: three annotators, one field each."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Literal

from msgspec import Struct
from msgspec.structs import replace

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


class NotedAnchor(Struct, frozen=True):
    """One anchor of the notes; ``id`` is a mention's entry where a mention has no id.

    ``number`` counts the notes of one kind from 0, ``part`` names the field of an attribution.
    """

    kind: Literal["mention", "card", "attribution"]
    id: str
    number: int
    part: str
    anchor: Anchor


def noted_anchors(
    document: Document, notes: Notes, base: Document | None = None
) -> list[NotedAnchor]:
    """The anchor of every selector in the notes that isn't rejected, in the notes' order."""
    places = Anchoring(document, notes, base)
    found = []
    for number, note in enumerate(notes.mentions):
        if note.status != "rejected":
            anchor = places.find(note.at)
            found.append(NotedAnchor("mention", note.entry or "no entry", number, "", anchor))
    for number, card in enumerate(notes.background):
        if card.status != "rejected":
            found += [
                NotedAnchor("card", card.id, number, "", places.find(selector))
                for selector in card.leans_on
            ]
    for number, one in enumerate(notes.attributions):
        if one.status != "rejected":
            for part, anchors in places.claim(one).parts():
                found += [NotedAnchor("attribution", one.id, number, part, a) for a in anchors]
    return found


def anchor_diagnostics(
    document: Document, notes: Notes, base: Document | None = None
) -> list[Diagnostic]:
    """An error for each selector that can't be published, with what stands there instead."""
    anchors = [one.anchor for one in noted_anchors(document, notes, base)]
    return [_anchor_diagnostic(anchor) for anchor in anchors if not anchor.holds]


def _anchor_diagnostic(anchor: Anchor) -> Diagnostic:
    code = "A002" if anchor.state == "fuzzy" else "A001"
    words = " ".join(anchor.selector.exact.split())
    quote = words if len(words) <= 80 else f"{words[:79]}…"
    message = f"not published: '{quote}' {anchor.reason}"
    return Diagnostic(code, message, anchor.selector.position, "error")
