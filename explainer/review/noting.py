"""Notes decided on, and new ones of words that an editor selected."""

from __future__ import annotations

import re

import yaml

from explainer.annotate.names import unique_id
from explainer.model import Span
from explainer.quoting import flow, scalar, selector_yaml
from explainer.read import safe_name
from explainer.review.case import Case
from explainer.review.decision import (
    LISTS,
    Decision,
    Fields,
    Spans,
    Undecidable,
    as_list,
    refuse_decided,
)
from explainer.review.placing import note_record, quote, settled
from explainer.yaml_text import Pair, YamlText, field_of, items_of, scalar_of, text_of


def decide_note(case: Case, decision: Decision) -> dict[str, str]:
    text = YamlText(case.notes_text)
    kind = decision.item.partition(":")[0]
    record = note_record(case, text, decision.item)
    if record is None:
        raise Undecidable("this is gone from the notes")
    refuse_decided(text_of(record, "status") or "reviewed", decision)
    if decision.action in ("reject", "never"):
        text.set(record, "status", "rejected")
    else:
        _set_fields(text, record, kind, decision.fields)
        _set_spans(case, text, record, kind, decision.spans)
        text.set(record, "status", "reviewed")
    return {case.notes_path: settled(text.done(), case)}


def _set_fields(text: YamlText, record: yaml.MappingNode, kind: str, fields: Fields) -> None:
    for key, value in fields.items():
        if key == "entry" and kind == "mention":
            text.set(record, key, scalar(str(value)) if value else "null")
        elif key in ("speaker", "via", "entries", "disputes"):
            if as_list(value) != [scalar_of(one) for one in items_of(field_of(record, key))]:
                text.set(record, key, _names(value))
        elif key in ("mode", "standing", "title", "date", "body") and (
            str(value).strip() != text_of(record, key).strip()
        ):
            text.set(record, key, scalar(str(value).strip()))


def _set_spans(
    case: Case, text: YamlText, record: yaml.MappingNode, kind: str, spans: Spans
) -> None:
    for part, places in spans.items():
        key = {"mention": "at", "card": "leans_on"}.get(kind, part)
        nodes = items_of(field_of(record, key))
        now = [selector_yaml(quote(case, Span(*one))) for one in places]
        if len(nodes) == len(now) and nodes:
            for node, selector in zip(nodes, now, strict=True):
                text.replace(node, selector)
        elif now or nodes:
            text.set(record, key, now[0] if kind == "mention" and now else flow(now))


def _names(value: object) -> str:
    return flow([scalar(one) for one in as_list(value)])


def add_note(case: Case, decision: Decision) -> dict[str, str]:
    kind = decision.item
    if kind not in LISTS:
        raise Undecidable(f"there is no such note: {kind}")
    if not decision.spans:
        raise Undecidable("select the words it is about first")
    text = YamlText(case.notes_text)
    if not case.notes.text:
        text.set_top("text", f"sha256:{case.document.digest}")
        text = YamlText(text.done())
    text.append(LISTS[kind], _new_record(case, kind, decision))
    return {case.notes_path: settled(text.done(), case)}


def _new_record(case: Case, kind: str, decision: Decision) -> list[Pair]:
    at = {
        part: [selector_yaml(quote(case, Span(*one))) for one in places]
        for part, places in decision.spans.items()
    }
    fields = decision.fields
    first, *_ = at.values()
    if kind == "mention":
        entry = str(fields.get("entry") or "")
        return [("at", first[0]), ("entry", scalar(entry) if entry else "null"), _REVIEWED]
    words = Span(*next(iter(decision.spans.values()))[0]).of(case.document.text)
    short = "-".join(re.findall(r"\w+", words)[:4])
    taken = {one.id for one in case.notes.background} | {one.id for one in case.notes.attributions}
    said = str(fields.get("title") or short) if kind == "card" else short
    id = unique_id(safe_name(said)[:60].strip("-"), taken)
    if kind == "card":
        return [
            ("id", scalar(id)),
            ("title", scalar(str(fields.get("title") or words[:80]).strip())),
            ("date", scalar(str(fields.get("date") or "").strip()) if fields.get("date") else ""),
            ("body", scalar(str(fields.get("body") or "").strip()) if fields.get("body") else ""),
            ("leans_on", flow(first)),
            _REVIEWED,
        ]
    return [
        ("id", scalar(id)),
        ("content", flow(at.get("content", first))),
        ("source", flow(at["source"]) if "source" in at else ""),
        ("cue", flow(at["cue"]) if "cue" in at else ""),
        ("speaker", _names(fields.get("speaker", ())) if fields.get("speaker") else ""),
        ("mode", str(fields.get("mode") or "indirect")),
        ("standing", str(fields.get("standing") or "other")),
        _REVIEWED,
    ]


_REVIEWED = ("status", "reviewed")
