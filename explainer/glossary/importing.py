"""Entries from elsewhere: made to fit, and told where they can't be taken."""

from __future__ import annotations

import re
from collections.abc import Iterable

import yaml
from msgspec import Struct
from msgspec.structs import replace

from explainer.edtf import parse_edtf
from explainer.errors import GlossaryError
from explainer.fields import load_yaml
from explainer.glossary.interchange import read_csv, read_glosario, read_skos
from explainer.model import Entry
from explainer.read import safe_name
from explainer.shapes import MAX_SUMMARY

FORM_OF = {
    ".csv": "csv", ".yml": "glosario", ".yaml": "glosario", ".ttl": "skos", ".jsonld": "json-ld",
    ".json": "json-ld",
}  # fmt: skip


class Imported(Struct, frozen=True):
    """Entries that can be added, and why the others can't."""

    entries: tuple[Entry, ...]
    refused: tuple[str, ...]


def read_foreign(text: str, path: str, form: str, language: str) -> list[Entry]:
    """Entries of a file in one of the forms that `interchange` writes.

    Raises:
        GlossaryError: It can't be read as that.
    """
    if form == "csv":
        return read_csv(text, path)
    if form == "glosario":
        load_yaml(text, path, GlossaryError)  # what can't be read strictly is told with its line
        return read_glosario(yaml.load(text, yaml.BaseLoader), path, language)
    return read_skos(text, path, "turtle" if form == "skos" else "json-ld", language)


def fit(found: Iterable[Entry], existing: tuple[Entry, ...]) -> Imported:
    """Keep the entries that the glossary lacks and can hold; none is ever changed by an import."""
    names = {entry.name for entry in existing}
    names |= {alias.text for entry in existing for alias in entry.aliases if not alias.after_name}
    ids = {entry.id for entry in existing}
    kept: list[Entry] = []
    refused: list[str] = []
    for one in found:
        entry = replace(one, id=safe_name(one.id or one.name))
        why = _refusal(entry, ids, names)
        if why:
            refused.append(f"'{entry.name or entry.id}' {why}")
            continue
        free = tuple(a for a in entry.aliases if a.text not in names and a.text != entry.name)
        kept.append(replace(entry, aliases=free))
        ids.add(entry.id)
        names |= {entry.name, *(alias.text for alias in free if not alias.after_name)}
    known = ids
    return Imported(tuple(_unlinked(entry, known) for entry in kept), tuple(refused))


def _refusal(entry: Entry, ids: set[str], names: set[str]) -> str:
    if not entry.name:
        return "has no name"
    if entry.id in ids:
        return f"is in the glossary already, as '{entry.id}'"
    if entry.name in names:
        return "is a name of another entry already"
    if len(entry.summary) > MAX_SUMMARY:
        return f"has a summary of {len(entry.summary)} characters; {MAX_SUMMARY} is the most"
    try:
        parse_edtf(entry.as_of or "2000")
    except ValueError as fault:
        return str(fault)
    return ""


def _unlinked(entry: Entry, known: set[str]) -> Entry:
    """Links to entries that don't come along become their words."""

    def settle(found: re.Match[str]) -> str:
        return found[0] if found[2] in known else found[1]

    return replace(entry, summary=re.sub(r"\[([^\]]*)\]\(#([^)\s]+)\)", settle, entry.summary))
