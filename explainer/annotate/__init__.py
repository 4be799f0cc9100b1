"""Annotators: pure functions that fill one field of an annotated document each.

The tuples below, in the order they run, are the whole plug-in system.
"""

from __future__ import annotations

from collections.abc import Iterable

from explainer.annotate.mentions import (
    Annotator,
    mention_annotator,
    name_annotator,
    position_of,
)
from explainer.annotate.noted import (
    anchor_diagnostics,
    attribution_annotator,
    card_annotator,
    noted_anchors,
    settle_annotator,
)
from explainer.model import AnnotatedDocument, Document, Notes

__all__ = [
    "Annotator",
    "anchor_diagnostics",
    "annotate",
    "mention_annotator",
    "name_annotator",
    "noted_anchors",
    "noted_annotators",
    "position_of",
]


def noted_annotators(
    notes: Notes, mentions: Annotator, base: Document | None = None
) -> tuple[Annotator, ...]:
    """Everything a build needs: the notes' word first, then the glossary's names.

    Args:
        base: The article as it was when the notes were made, where it has changed since.
    """
    return (
        settle_annotator(notes, base),
        mentions,
        card_annotator(notes, base),
        attribution_annotator(notes, base),
    )


def annotate(annotated: AnnotatedDocument, annotators: Iterable[Annotator]) -> AnnotatedDocument:
    """The document with what each annotator found, one after the other."""
    for one in annotators:
        annotated = one(annotated)
    return annotated
