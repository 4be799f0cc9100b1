"""The data that crosses module borders: frozen, ordered, standard library only.

A module has one subject, and is imported when the first of its names is asked for: to make a
data class takes as long as to read a small file, and few commands need them all.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from explainer.model.annotations import *
    from explainer.model.articles import *
    from explainer.model.builds import *
    from explainer.model.geography import *
    from explainer.model.glossary import *
    from explainer.model.lists import *
    from explainer.model.marks import *
    from explainer.model.notes import *
    from explainer.model.pages import *
    from explainer.model.places import *
    from explainer.model.records import *

_NAMES = {
    "annotations": (
        "Analysis AnnotatedDocument Attribution BackgroundCard Mention NamedSpan Rejection "
        "TimeExpression Word"
    ),
    "articles": "Correction Document Metadata Override Provenance Run SourceFile",
    "builds": "Built Written",
    "geography": "Atlas Country KnownBody KnownPlace Point",
    "glossary": "Alias Entry Image KINDS Kind OriginalName Reference Role STATUSES Sense Status",
    "lists": (
        "ArticleLine CitedLine EntryPage GlossaryGroup GlossaryPage GlossaryPart IndexPage "
        "MentionLine NameLine Period PlainPage QuoteLine SearchPage SiteMoment SourcesPage "
        "TimelinePage UnlistedSources"
    ),
    "marks": "ClaimMark Marks MentionMark PassageMark",
    "notes": (
        "AttributionNote CardNote Knowledge MODES MentionNote Mode Notes STANDINGS Side Standing"
    ),
    "pages": (
        "CardView DateView EntryView Link Moment OwnView Page Site SourceView SpeakerView StoryMap"
    ),
    "places": "Anchor AnchorState Diagnostic Edit Edtf NOWHERE Position Selector Severity Span",
    "records": "MentionRecord MomentRecord QuoteRecord Record",
}
_MODULES = {name: module for module, names in _NAMES.items() for name in names.split()}

if not TYPE_CHECKING:

    def __getattr__(name: str) -> object:
        module = _MODULES.get(name)
        if module is None:
            raise AttributeError(f"the model has no {name}")
        found = globals()[name] = getattr(import_module(f"explainer.model.{module}"), name)
        return found
