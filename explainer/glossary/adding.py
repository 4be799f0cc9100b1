"""New entries at the end of the file for their kind."""

from __future__ import annotations

import re
from collections.abc import Sequence

from explainer.annotate.packed import fill_entry
from explainer.config import SiteConfig
from explainer.entry_yaml import entry_yaml
from explainer.errors import GlossaryError
from explainer.glossary.changes import Change
from explainer.model import Entry, Kind
from explainer.read import read_exactly
from explainer.scaffold import with_schema

_FILES: dict[Kind, str] = {
    "person": "people", "place": "places", "organization": "organizations", "outlet": "outlets",
    "event": "events", "term": "terms", "work": "works",
}  # fmt: skip


def file_for(kind: Kind) -> str:
    """The file that an entry of a kind goes to, as one names it from the site's folder."""
    return f"content/glossary/{_FILES[kind]}.yaml"


def add_entries(new: Sequence[Entry], path: str, config: SiteConfig) -> Change:
    """Give the change that puts entries at the end of a glossary file, which may be new.

    Raises:
        GlossaryError: The file is written as a flow, to which nothing can be added below.
    """
    target = config.root / path
    existing = read_exactly(target, path, GlossaryError) if target.is_file() else None
    text = existing or ""
    if re.match(r"(?:\ufeff)?(?:\s*#[^\n]*\n|\s)*\[", text):
        raise GlossaryError("is written as one list in brackets; write a '- id:' a line", path, 1)
    break_ = "\r\n" if "\r\n" in text else "\n"
    if text and not text.endswith(("\n", "\r")):
        text += break_
    added = "\n".join(entry_yaml(entry) for entry in new)
    gap = break_ if text.strip() else ""
    text += gap + added.replace("\n", break_)
    if existing is None:
        text = with_schema(text, "glossary", target, config.root)
    return Change({path: (existing, text)})


def filled(entry: Entry) -> Entry:
    """Give the entry with what the pack knows of it, where that is sure."""
    return fill_entry(entry, frozenset(), "")
