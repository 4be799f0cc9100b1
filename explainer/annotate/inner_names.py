"""Find the names inside longer names: the Oslo of "University of Oslo"."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from explainer.annotate.gazetteer import Gazetteer
from explainer.annotate.grammar import Grammar
from explainer.annotate.name_spans import NameSpan, choose
from explainer.model import Kind, Span
from explainer.read import find_places

_WORD = re.compile(r"(?<![\w'’-])[^\W\d_][\w'’.-]*")


_BUILDINGS = frozenset(
    "Airport Arena Centre Center Hall Hospital Hotel Library Memorial Stadium Station Tower".split()
)
_DIRECTIONS = frozenset(
    """Central Centre Center East Eastern International National North Northern South Southern
    Union West Western""".split()
)


def find_inner_names(
    grammar: Grammar, names: Iterable[NameSpan], gazetteer: Gazetteer
) -> tuple[NameSpan, ...]:
    """Give what is well known, or named on its own elsewhere, inside names of several words."""
    names = list(names)
    alone = {one.text: one.kind for one in names}
    found: list[NameSpan] = []
    for outer in names:
        if _may_hold_a_name(outer, gazetteer):
            found += choose(_inside(grammar.text, outer, alone, gazetteer))
    return tuple(found)


def _may_hold_a_name(outer: NameSpan, gazetteer: Gazetteer) -> bool:
    """True for a body, an event or a building; an Arkansas River isn't in Arkansas."""
    known = gazetteer.names.get(outer.text)
    if " " not in outer.text or (known is not None and known.role in ("country", "capital")):
        return False
    if outer.kind == "place":
        return outer.text.split()[-1] in _BUILDINGS
    return outer.kind != "person"


def _inside(
    text: str, outer: NameSpan, alone: dict[str, Kind], gazetteer: Gazetteer
) -> Iterator[NameSpan]:
    starts = [match.start() + outer.span.start for match in _WORD.finditer(outer.text)]
    ends = [match.end() + outer.span.start for match in _WORD.finditer(outer.text)]
    for number, start in enumerate(starts):
        known = gazetteer.find(text, start, text[start : ends[number]].split("-")[0])
        if known and len(known) < len(outer.text) and start + len(known) <= outer.span.end:
            kind = gazetteer.names[known].kind
            yield NameSpan(Span(start, start + len(known)), known, kind, "gazetteer", inner=True)
        for end in ends[number : number + 3]:
            said = text[start:end]
            if len(said) >= len(outer.text):
                break
            if said in _DIRECTIONS:
                continue
            if said in alone:
                yield NameSpan(Span(start, end), said, alone[said], "again", inner=True)
            elif (number == 0 or text[:start].endswith(" of ")) and _is_town(said):
                yield NameSpan(Span(start, end), said, "place", "pack", inner=True)


def _is_town(name: str) -> bool:
    return any(place.sort != "division" for place in find_places(name))
