"""A decision on an article's suggestions becomes the new text of its files, and of no others."""

from __future__ import annotations

from msgspec.structs import replace

from explainer.errors import ExplainerError
from explainer.quoting import flow, scalar
from explainer.read import parse_glossary
from explainer.review.case import NEW_ENTRIES, SETTINGS, Case, notes_of
from explainer.review.decision import Decision, Fields, Undecidable, as_list
from explainer.review.entries import decide_entry, with_entry
from explainer.review.noting import add_note, decide_note
from explainer.review.placing import decide_anchor
from explainer.yaml_text import YamlText, field_of, items_of, scalar_of


def decide(case: Case, decision: Decision) -> dict[str, str]:
    """Give the new text of each file that the decision changes.

    Raises:
        Undecidable: The item is decided or gone, or a value can't be.
    """
    try:
        changes = _changes(case, decision)
        for path, text in changes.items():
            _read_again(path, text)
    except ExplainerError as fault:
        raise Undecidable(next(iter(fault)).message) from fault
    return {path: text for path, text in changes.items() if text != case.files.get(path, "")}


def _changes(case: Case, decision: Decision) -> dict[str, str]:
    changes: dict[str, str] = {}
    fields = decision.fields
    _require_entries(case, fields)
    if decision.entry:
        entry_id, changes[NEW_ENTRIES] = with_entry(case, decision.entry)
        key = "speaker" if decision.item.startswith("attribution") else "entry"
        fields = {**fields, key: [entry_id] if key == "speaker" else entry_id}
    decision = replace(decision, fields=fields)
    kind, _, name = decision.item.partition(":")
    if decision.action == "add":
        changes |= add_note(case, decision)
    elif kind == "entry":
        changes |= decide_entry(case, decision, name)
    elif kind == "anchor":
        changes |= decide_anchor(case, decision, name)
    else:
        changes |= decide_note(case, decision)
    if decision.action == "never":
        changes[SETTINGS] = _with_never(case, decision)
    return changes


def _require_entries(case: Case, fields: Fields) -> None:
    named = [fields.get("entry") or "", *as_list(fields.get("speaker") or ())]
    for name in (*named, *as_list(fields.get("via") or ())):
        if name and name not in case.entry_by_id:
            raise Undecidable(f"there is no entry called '{name}'")


def _read_again(path: str, text: str) -> None:
    """Nothing is written that the program couldn't read again."""
    if path.endswith(".notes.yaml"):
        notes_of(text, path)
    elif path.startswith("content/glossary/"):
        for problem in parse_glossary(text, path)[1]:
            raise problem


def _with_never(case: Case, decision: Decision) -> str:
    """The settings, with a word more that no draft proposes."""
    word = str(decision.fields.get("word", "")).strip()
    if not word:
        raise Undecidable("there is no word to leave out")
    text = YamlText(case.files.get(SETTINGS, ""))
    known = [scalar_of(one) for one in items_of(field_of(text.root, "never"))]
    if word in known:
        return text.text
    text.set_top("never", flow([scalar(one) for one in [*known, word]]))
    return text.done()
