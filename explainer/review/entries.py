"""Entries decided on: accepted, rejected, made one with another, made new."""

from __future__ import annotations

from collections.abc import Sequence
from typing import cast

import yaml
from msgspec.structs import replace

from explainer.annotate.names import unique_id
from explainer.glossary.changes import edited_files
from explainer.glossary.merging import merging_edits
from explainer.glossary.references import references_to
from explainer.quoting import flow, scalar
from explainer.read import safe_name
from explainer.review.case import NEW_ENTRIES, Case
from explainer.review.decision import Decision, Fields, Undecidable, as_list, refuse_decided
from explainer.yaml_text import YamlText, text_of


def decide_entry(case: Case, decision: Decision, name: str) -> dict[str, str]:
    if decision.action == "merge":
        return _merge(case, decision, name)
    for path in sorted(case.files):
        if not path.startswith("content/glossary/"):
            continue
        text = YamlText(case.files[path])
        for record in text.records():
            if text_of(record, "id") == name:
                return {path: _decided_entry(text, record, decision)}
    raise Undecidable("this entry is gone from the glossary")


def _merge(case: Case, decision: Decision, name: str) -> dict[str, str]:
    """Let what names an entry name another; unless ``alias`` is false, by its names as well.

    Without them the entry stays, rejected, so that no draft proposes it again.
    """
    into = str(decision.fields.get("into") or "")
    if into not in case.entry_by_id or into == name:
        raise Undecidable(f"there is no other entry called '{into}'")
    if name not in case.entry_by_id:
        raise Undecidable("this entry is gone from the glossary")
    refuse_decided(case.entry_by_id[name].status, decision)
    if decision.fields.get("alias", True):
        return edited_files(case.files, merging_edits(name, into, case.files, names_only=True))
    edits = [one.edit for one in references_to(name, case.files, into)]
    files = edited_files(case.files, edits)
    rejected = replace(case, files={**case.files, **files})
    return files | decide_entry(rejected, Decision("reject", f"entry:{name}", again=True), name)


def _decided_entry(text: YamlText, record: yaml.MappingNode, decision: Decision) -> str:
    refuse_decided(text_of(record, "status"), decision)
    if decision.action in ("reject", "never"):
        text.set(record, "status", "rejected")
        return text.done()
    for key in ("name", "kind", "role", "summary"):
        if key in decision.fields and str(decision.fields[key]) != text_of(record, key):
            text.set(record, key, scalar(str(decision.fields[key]).strip()))
    if "aliases" in decision.fields:
        text.set(
            record, "aliases", flow([scalar(one) for one in as_list(decision.fields["aliases"])])
        )
    text.set(record, "status", "reviewed")
    return text.done()


def with_entry(case: Case, fields: Fields) -> tuple[str, str]:
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
