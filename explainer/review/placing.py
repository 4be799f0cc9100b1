"""Where notes belong in the article as it is now: lost anchors placed, words quoted."""

from __future__ import annotations

import yaml
from msgspec.structs import replace

from explainer.annotate.anchoring import Anchoring
from explainer.annotate.noted import noted_anchors
from explainer.model import Document, Notes, Selector, Span
from explainer.quoting import Quoter, flow, selector_yaml
from explainer.review.case import Case, notes_of
from explainer.review.decision import LISTS, Decision, Undecidable
from explainer.review.queue import mention_ids
from explainer.yaml_text import YamlText, field_of, items_of, scalar_of, text_of, written

_WIDEST = 400


def decide_anchor(case: Case, decision: Decision, name: str) -> dict[str, str]:
    """Put a lost anchor where the editor says, or reject what hung on it."""
    note, part, index = name.rsplit("/", 2)
    kind = note.partition(":")[0]
    text = YamlText(case.notes_text)
    record = note_record(case, text, note)
    if record is None:
        raise Undecidable("this is gone from the notes")
    key = {"mention": "at", "card": "leans_on"}.get(kind, part)
    nodes = items_of(field_of(record, key))
    if int(index) >= len(nodes):
        raise Undecidable("this is gone from the notes")
    if decision.action == "place":
        places = [place for part in decision.spans.values() for place in part]
        if len(places) != 1:
            raise Undecidable("select the words it is about first")
        text.replace(nodes[int(index)], selector_yaml(quote(case, Span(*places[0]))))
    elif len(nodes) > 1:
        kept = [one for number, one in enumerate(nodes) if number != int(index)]
        raw = [written(one, text.text) for one in kept]
        text.set(record, key, flow(raw))
    elif key in ("source", "cue", "antecedent"):
        text.set(record, key, "[]")
    else:
        text.set(record, "status", "rejected")
    return {case.notes_path: settled(text.done(), case)}


def note_record(case: Case, text: YamlText, item: str) -> yaml.MappingNode | None:
    """The mapping of a note in the notes' text; None where it is gone."""
    kind, _, name = item.partition(":")
    records = text.records(LISTS.get(kind, ""))
    if kind == "mention":
        ids = mention_ids(case.notes)
        return records[ids.index(item)] if item in ids else None
    return next((one for one in records if text_of(one, "id") == name), None)


def quote(case: Case, span: Span) -> Selector:
    """A selector for the words, found again there even while the notes know another text."""
    text = case.document.text
    if span.end > len(text):
        raise Undecidable("these words are no longer in the article")
    selector = Quoter(text).quote(span)
    width = 32
    while case.base is not None and width <= _WIDEST:
        found = Anchoring(case.document, case.notes, case.base).find(selector)
        if found.holds and found.span == span:
            break
        before = text[max(0, span.start - width) : span.start]
        selector = Selector(span.of(text), before, text[span.end : span.end + width])
        width *= 2
    return selector


def settled(notes_text: str, case: Case) -> str:
    """Notes made for the article as it is now, once no anchor in them is lost.

    Selectors that moved are quoted anew; as long as something is lost, all stay as they are.
    """
    document = case.document
    notes = notes_of(notes_text, case.notes_path)
    if notes.text in ("", f"sha256:{document.digest}") or case.base is None:
        return notes_text
    anchors = noted_anchors(document, notes, case.base)
    if not all(one.anchor.holds for one in anchors):
        return notes_text
    text = YamlText(notes_text)
    now = _as_made_for(document, notes)
    for one, again in zip(anchors, noted_anchors(document, now), strict=True):
        if again.anchor.state == "exact" and again.anchor.span == one.anchor.span:
            continue
        node = _selector_node(text, one.kind, one.number, one.part, one.anchor.selector)
        if node is not None and one.anchor.span:
            text.replace(node, selector_yaml(Quoter(document.text).quote(one.anchor.span)))
    text.set_top("text", f"sha256:{document.digest}")
    return text.done()


def _as_made_for(document: Document, notes: Notes) -> Notes:
    return replace(notes, text=f"sha256:{document.digest}")


def _selector_node(
    text: YamlText, kind: str, number: int, part: str, selector: Selector
) -> yaml.Node | None:
    record = text.records(LISTS[kind])[number]
    key = {"mention": "at", "card": "leans_on"}.get(kind, part)
    for node in items_of(field_of(record, key)):
        exact = text_of(node, "exact") if isinstance(node, yaml.MappingNode) else scalar_of(node)
        if exact == selector.exact and text_of(node, "prefix") == selector.prefix:
            return node
    return None
