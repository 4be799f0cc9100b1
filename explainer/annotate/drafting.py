"""The annotators of a draft, in the order they run: this tuple is the whole plug-in system."""

from __future__ import annotations

from explainer.annotate.background import annotate_background
from explainer.annotate.mentions import Annotator
from explainer.annotate.names import name_annotator
from explainer.annotate.senses import sense_annotator
from explainer.annotate.speech import speech_annotator
from explainer.annotate.times import annotate_times
from explainer.model import Entry


def draft_annotators(entries: tuple[Entry, ...]) -> tuple[Annotator, ...]:
    """Give what proposes annotations for articles that have been analyzed.

    Args:
        entries: The glossary; what it knows is not proposed again.
    """
    return (
        name_annotator(entries),
        sense_annotator(entries),
        annotate_times,
        speech_annotator(entries),
        annotate_background,
    )
