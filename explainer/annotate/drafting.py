"""The annotators of a draft, in the order they run: this tuple is the whole plug-in system."""

from __future__ import annotations

from explainer.annotate.background import background_annotator
from explainer.annotate.mentions import Annotator
from explainer.annotate.names import name_annotator
from explainer.annotate.senses import sense_annotator
from explainer.annotate.speech import speech_annotator
from explainer.annotate.times import time_annotator
from explainer.model import Entry


def draft_annotators(entries: tuple[Entry, ...], published: str) -> tuple[Annotator, ...]:
    """Give what proposes annotations for an article that has been analyzed.

    Args:
        entries: The glossary; what it knows is not proposed again.
        published: The article's date, ISO 8601; empty where it is unknown.
    """
    return (
        name_annotator(entries),
        sense_annotator(entries),
        time_annotator(published),
        speech_annotator(entries),
        background_annotator(published),
    )
