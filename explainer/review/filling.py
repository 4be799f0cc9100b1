"""What an article and the place pack already say of words that are to become an entry."""

from __future__ import annotations

import re

from explainer.annotate.packed import choose_place, countries_named
from explainer.model import Span
from explainer.read import find_bodies, find_places, safe_name
from explainer.review.case import Case

Fields = dict[str, object]

_AFTER = re.compile(r", (?:an? |the )?([a-z][^,.;:“”\n]{3,80})(?=[,.;:])")
_BEFORE = re.compile(r"((?:[A-Z][\w’-]+ )*(?:[a-z][\w-]+ ){0,2}[a-z][\w-]+) $")


def fill(case: Case, span: Span) -> Fields:
    """The fields of a new entry for the words at `span`, as far as they can be known.

    A place is filled only where the words can mean but one.
    """
    words = " ".join(span.of(case.document.text).split())
    name = re.sub(r"[’']s$", "", words)
    fields: Fields = {"id": safe_name(name)[:80], "name": name, "kind": "person", "role": ""}
    for entry in case.entries:
        if entry.status == "suggested" and entry.name == name:
            return {**fields, "kind": entry.kind, "role": entry.role, "summary": entry.summary}
    named = [case.entry_by_id[one.entry].name for one in case.annotated.mentions]
    after = case.document.text[span.end : span.end + 120]
    place = choose_place(find_places(name), countries_named(named), after)
    if place is not None:
        return {
            **fields,
            "kind": "place",
            "role": place.role,
            "location": list(place.location or ()),
            "time_zone": place.time_zone,
        }
    for body in find_bodies(name):
        return {**fields, "kind": body.kind, "role": body.role}
    if name.islower():
        fields["kind"] = "term"
    return {**fields, "role": _called(case.document.text, span)}


def _called(text: str, span: Span) -> str:
    """What the article calls somebody, right after the name or right before it."""
    after = _AFTER.match(text, span.end)
    if after:
        return after[1]
    before = _BEFORE.search(text, max(0, span.start - 60), span.start)
    return before[1] if before and before[1][0].isupper() else ""
