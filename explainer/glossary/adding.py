"""New entries at the end of the file for their kind."""

from __future__ import annotations

import re
from collections.abc import Sequence

from explainer.annotate.packed import fill_entry
from explainer.config import SiteConfig
from explainer.errors import GlossaryError
from explainer.glossary.changes import Change
from explainer.model import Entry, Kind
from explainer.quoting import block_item, flow, scalar
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
    added = "\n".join(entry_text(entry) for entry in new)
    gap = break_ if text.strip() else ""
    text += gap + added.replace("\n", break_)
    if existing is None:
        text = with_schema(text, "glossary", target, config.root)
    return Change({path: (existing, text)})


def filled(entry: Entry) -> Entry:
    """Give the entry with what the pack knows of it, where that is sure."""
    return fill_entry(entry, frozenset(), "")


def entry_text(entry: Entry) -> str:
    """Write an entry as a person would: a key a line, nothing that is empty."""
    aliases = [
        f"{{text: {scalar(alias.text)}, after: name}}" if alias.after_name else scalar(alias.text)
        for alias in entry.aliases
    ]
    references = [
        "{" + ", ".join(
            f"{key}: {scalar(value)}"
            for key, value in (
                ("title", one.title), ("publisher", one.publisher), ("url", one.url),
                ("date", one.date),
            )
            if value
        ) + "}"
        for one in entry.sources
    ]  # fmt: skip
    dates = {"born": entry.born, "died": entry.died, "date": entry.date}
    original = entry.original_name
    fields = [
        ("id", scalar(entry.id)),
        ("name", scalar(entry.name)),
        ("kind", entry.kind),
        ("aliases", flow(aliases) if aliases else ""),
        ("role", scalar(entry.role) if entry.role else ""),
        ("summary", scalar(entry.summary) if entry.summary else ""),
        ("as_of", scalar(entry.as_of) if entry.as_of else ""),
        *((key, scalar(date.text) if date else "") for key, date in dates.items()),
        ("owner", scalar(entry.owner) if entry.owner else ""),
        ("language", scalar(entry.language) if entry.language else ""),
        (
            "original_name",
            f"{{text: {scalar(original.text)}, language: {scalar(original.language)}}}"
            if original
            else "",
        ),
        ("location", flow([f"{one:g}" for one in entry.location]) if entry.location else ""),
        ("time_zone", scalar(entry.time_zone) if entry.time_zone else ""),
        ("same_as", flow([scalar(one) for one in entry.same_as]) if entry.same_as else ""),
        ("sources", flow(references) if references else ""),
        ("status", entry.status),
    ]
    return block_item(fields, "")
