"""Overrule the model's guess at what a name names: by words, neighbors and the place pack."""

from __future__ import annotations

import re

from explainer.annotate.gazetteer import Gazetteer
from explainer.model import Kind, Span
from explainer.read import find_places

PLACE_NOUNS = frozenset(
    """region province district city town village peninsula island islands river county prefecture
    oblast territory valley coast border""".split()
)
PLACE_STARTS = frozenset({"Fort", "Mount", "Lake", "Cape", "Gulf"})
POPULOUS = 300_000
"""A city of so many people is meant by its name, whatever the model says."""
_SOMEWHERE = re.compile(r"\b(?:in|at|near|from|around|across|outside) $")
_TITLE = re.compile(r"(?:Mr|Mrs|Ms|Dr)\.? $")


def kind_of(text: str, span: Span, kind: Kind, gazetteer: Gazetteer) -> Kind:
    """Give the kind of a name that the model takes for one of ``kind``."""
    name = span.of(text)
    return kind_by_pack(text, span, kind_by_place(text, span, kind_by_words(name, kind, gazetteer)))


def kind_by_words(name: str, kind: Kind, gazetteer: Gazetteer) -> Kind:
    """Overrule the model where a word of the name says what it is: … University."""
    words = re.findall(r"\w+", name)
    if len(words) < 2:
        return kind
    # "University of Oslo" is told by its first word, "Oslo University" by its last.
    last = words[0] if words[1] == "of" else words[-1]
    if last in gazetteer.words["event"] and kind != "person":
        return "event"
    if last in gazetteer.words["organization"]:
        return "organization"
    if kind == "organization" and last in gazetteer.words["outlet"]:
        return "outlet"
    if last in gazetteer.words["place"] and set(words) & gazetteer.words["organization"]:
        return "organization"
    if words[0] in PLACE_STARTS or (last in gazetteer.words["place"] and kind != "person"):
        return "place"
    if kind == "person" and set(words) & gazetteer.words["organization"]:
        return "organization"
    return kind


def kind_by_place(text: str, span: Span, kind: Kind) -> Kind:
    """Overrule the model where the next word says that it is a place: the Primorsky region."""
    after = re.match(r" (\w+)", text[span.end : span.end + 16])
    return "place" if after and after[1] in PLACE_NOUNS and kind == "organization" else kind


def kind_by_pack(text: str, span: Span, kind: Kind) -> Kind:
    """Overrule the model where the name is a large city's, or a town's and one is in it."""
    if kind not in ("organization", "person"):
        return kind
    places = find_places(span.of(text))
    before = text[max(0, span.start - 10) : span.start]
    if not places or (kind == "person" and _TITLE.search(before)):
        return kind
    if is_populous(span.of(text)):
        return "place"
    return "place" if _SOMEWHERE.search(before) else kind


def is_populous(name: str) -> bool:
    return any(one.sort != "division" and one.population >= POPULOUS for one in find_places(name))
