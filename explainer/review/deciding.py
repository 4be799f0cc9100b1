"""A decision on an article's suggestions becomes the new text of its files, and of no others."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import cast

import yaml

from explainer.annotate.anchoring import Anchoring
from explainer.annotate.names import unique_id
from explainer.annotate.noted import noted_anchors
from explainer.errors import ExplainerError
from explainer.model import Document, Notes, Selector, Span
from explainer.quoting import Quoter, flow, scalar, selector_yaml
from explainer.read import parse_glossary, safe_name
from explainer.review.case import NEW_ENTRIES, SETTINGS, Case, notes_of
from explainer.review.queue import mention_ids
from explainer.yaml_text import Pair, YamlText, field_of, items_of, text_of

Fields = Mapping[str, object]
Spans = Mapping[str, Sequence[tuple[int, int]]]

_LISTS = {"mention": "mentions", "card": "background", "attribution": "attributions"}
_WIDEST = 400


@dataclass(frozen=True, slots=True)
class Decision:
    """What an editor chose.

    ``action`` is accept, reject, never, place (a lost anchor), or add. ``item`` is an item's id,
    or for add the kind of note. ``fields`` are values to set, ``spans`` places by part, and
    ``entry`` the fields of a new entry that goes with it.
    """

    action: str
    item: str
    fields: Fields = field(default_factory=dict)
    spans: Spans = field(default_factory=dict)
    entry: Fields = field(default_factory=dict)


class Undecidable(Exception):
    """A decision that can't be made now, in a person's words."""


def decide(case: Case, decision: Decision) -> dict[str, str]:
    """Give the new text of each file that the decision changes.

    Raises:
        Undecidable: The item is decided or gone, or a value can't be.
    """
    try:
        changes = _changes(case, decision)
        for path, text in changes.items():
            _read_again(path, text, case)
    except ExplainerError as fault:
        raise Undecidable(next(iter(fault)).message) from fault
    return {path: text for path, text in changes.items() if text != case.files.get(path, "")}


def _changes(case: Case, decision: Decision) -> dict[str, str]:
    changes: dict[str, str] = {}
    fields = decision.fields
    _require_entries(case, fields)
    if decision.entry:
        entry_id, changes[NEW_ENTRIES] = _with_entry(case, decision.entry)
        key = "speaker" if decision.item.startswith("attribution") else "entry"
        fields = {**fields, key: [entry_id] if key == "speaker" else entry_id}
    decision = replace(decision, fields=fields)
    kind, _, name = decision.item.partition(":")
    if decision.action == "add":
        changes |= _add(case, decision)
    elif kind == "entry":
        changes |= _decide_entry(case, decision, name)
    elif kind == "anchor":
        changes |= _decide_anchor(case, decision, name)
    else:
        changes |= _decide_note(case, decision)
    if decision.action == "never":
        changes[SETTINGS] = _with_never(case, decision)
    return changes


def _require_entries(case: Case, fields: Fields) -> None:
    named = [fields.get("entry") or "", *_as_list(fields.get("speaker") or ())]
    for name in (*named, *_as_list(fields.get("via") or ())):
        if name and name not in case.entry_by_id:
            raise Undecidable(f"there is no entry called '{name}'")


def _read_again(path: str, text: str, case: Case) -> None:
    """Nothing is written that the program couldn't read again."""
    if path == case.notes_path:
        notes_of(text, path)
    elif path != SETTINGS:
        for problem in parse_glossary(text, path)[1]:
            raise problem


# ---- entries


def _decide_entry(case: Case, decision: Decision, name: str) -> dict[str, str]:
    for path in sorted(case.files):
        if not path.startswith("content/glossary/"):
            continue
        text = YamlText(case.files[path])
        for record in text.records():
            if text_of(record, "id") == name:
                return {path: _decided_entry(text, record, decision)}
    raise Undecidable("this entry is gone from the glossary")


def _decided_entry(text: YamlText, record: yaml.MappingNode, decision: Decision) -> str:
    _refuse_decided(record)
    if decision.action in ("reject", "never"):
        text.set(record, "status", "rejected")
        return text.done()
    for key in ("name", "kind", "role", "summary"):
        if key in decision.fields and str(decision.fields[key]) != text_of(record, key):
            text.set(record, key, scalar(str(decision.fields[key]).strip()))
    if "aliases" in decision.fields:
        text.set(record, "aliases", _names(decision.fields["aliases"]))
    text.set(record, "status", "reviewed")
    return text.done()


def _with_entry(case: Case, fields: Fields) -> tuple[str, str]:
    """A new entry's id, and the text of the file that it is added to."""
    name = str(fields.get("name", "")).strip()
    if not name:
        raise Undecidable("a new entry needs a name")
    wanted = str(fields.get("id", "")).strip() or safe_name(name)
    id = unique_id(wanted, set(case.entry_by_id))
    pairs = [("id", scalar(id)), ("name", scalar(name)), ("kind", str(fields.get("kind", "term")))]
    for key in ("role", "summary", "as_of", "time_zone", "owner"):
        pairs.append((key, scalar(str(fields[key]).strip()) if fields.get(key) else ""))
    location = cast("Sequence[float]", fields.get("location") or ())
    pairs.append(("location", flow([f"{one:g}" for one in location]) if location else ""))
    pairs.append(("status", "reviewed"))
    lines = [f"{key}: {value}" for key, value in pairs if value]
    before = case.files.get(NEW_ENTRIES, "")
    gap = "" if not before or before.endswith("\n") else "\n"
    return id, f"{before}{gap}- " + "\n  ".join(lines) + "\n"


# ---- notes


def _decide_note(case: Case, decision: Decision) -> dict[str, str]:
    text = YamlText(case.notes_text)
    kind = decision.item.partition(":")[0]
    record = _record(case, text, kind, decision.item)
    if record is None:
        raise Undecidable("this is gone from the notes")
    _refuse_decided(record)
    if decision.action in ("reject", "never"):
        text.set(record, "status", "rejected")
    else:
        _set_fields(text, record, kind, decision.fields)
        _set_spans(case, text, record, kind, decision.spans)
        text.set(record, "status", "reviewed")
    return {case.notes_path: settled(text.done(), case)}


def _record(case: Case, text: YamlText, kind: str, item: str) -> yaml.MappingNode | None:
    records = text.records(_LISTS.get(kind, ""))
    if kind == "mention":
        ids = mention_ids(case.notes)
        return records[ids.index(item)] if item in ids else None
    name = item.partition(":")[2]
    return next((one for one in records if text_of(one, "id") == name), None)


def _refuse_decided(record: yaml.MappingNode) -> None:
    status = text_of(record, "status") or "reviewed"
    if status != "suggested":
        raise Undecidable(f"this is {status} already")


def _set_fields(text: YamlText, record: yaml.MappingNode, kind: str, fields: Fields) -> None:
    for key, value in fields.items():
        if key == "entry" and kind == "mention":
            text.set(record, key, scalar(str(value)) if value else "null")
        elif key in ("speaker", "via", "entries", "disputes"):
            if _as_list(value) != [_scalar(one) for one in items_of(field_of(record, key))]:
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
        now = [selector_yaml(_quote(case, Span(*one))) for one in places]
        if len(nodes) == len(now) and nodes:
            for node, selector in zip(nodes, now, strict=True):
                text.replace(node, selector)
        elif now:
            text.set(record, key, now[0] if kind == "mention" else flow(now))


def _scalar(node: yaml.Node) -> str:
    return str(node.value) if isinstance(node, yaml.ScalarNode) else ""


def _as_list(value: object) -> list[str]:
    many = value if isinstance(value, (list, tuple)) else str(value).split(",")
    return [str(one).strip() for one in many if str(one).strip()]


def _names(value: object) -> str:
    return flow([scalar(one) for one in _as_list(value)])


def _add(case: Case, decision: Decision) -> dict[str, str]:
    kind = decision.item
    if kind not in _LISTS:
        raise Undecidable(f"there is no such note: {kind}")
    if not decision.spans:
        raise Undecidable("select the words it is about first")
    text = YamlText(case.notes_text)
    if not case.notes.text:
        text.set_top("text", f"sha256:{case.document.digest}")
        text = YamlText(text.done())
    text.append(_LISTS[kind], _new_record(case, kind, decision))
    return {case.notes_path: settled(text.done(), case)}


def _new_record(case: Case, kind: str, decision: Decision) -> list[Pair]:
    at = {
        part: [selector_yaml(_quote(case, Span(*one))) for one in places]
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


# ---- anchors


def _decide_anchor(case: Case, decision: Decision, name: str) -> dict[str, str]:
    """Put a lost anchor where the editor says, or reject what hung on it."""
    note, part, index = name.rsplit("/", 2)
    kind = note.partition(":")[0]
    text = YamlText(case.notes_text)
    record = _record(case, text, kind, note)
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
        text.replace(nodes[int(index)], selector_yaml(_quote(case, Span(*places[0]))))
    elif len(nodes) > 1:
        kept = [one for number, one in enumerate(nodes) if number != int(index)]
        raw = [text.text[one.start_mark.index : one.end_mark.index].strip() for one in kept]
        text.set(record, key, flow(raw))
    elif key in ("source", "cue", "antecedent"):
        text.set(record, key, "[]")
    else:
        text.set(record, "status", "rejected")
    return {case.notes_path: settled(text.done(), case)}


def _quote(case: Case, span: Span) -> Selector:
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
    record = text.records(_LISTS[kind])[number]
    key = {"mention": "at", "card": "leans_on"}.get(kind, part)
    for node in items_of(field_of(record, key)):
        exact = text_of(node, "exact") if isinstance(node, yaml.MappingNode) else _scalar(node)
        if exact == selector.exact and text_of(node, "prefix") == selector.prefix:
            return node
    return None


# ---- never again


def _with_never(case: Case, decision: Decision) -> str:
    """The settings, with a word more that no draft proposes."""
    word = str(decision.fields.get("word", "")).strip()
    if not word:
        raise Undecidable("there is no word to leave out")
    text = YamlText(case.files.get(SETTINGS, ""))
    records = field_of(text.root, "never")
    known = [_scalar(one) for one in items_of(records)]
    if word in known:
        return text.text
    text.set_top("never", flow([scalar(one) for one in [*known, word]]))
    return text.done()
