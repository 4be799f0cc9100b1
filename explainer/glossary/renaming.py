"""Give an entry another id, everywhere it is named."""

from __future__ import annotations

import re

from explainer.config import SiteConfig
from explainer.errors import GlossaryError
from explainer.fields import suggest
from explainer.glossary.changes import Change, changed, site_texts
from explainer.glossary.references import definition, references_to
from explainer.model import Entry
from explainer.shapes import ID, MAX_ID
from explainer.yaml_text import field_of, reworded


def rename_entry(old: str, new: str, entries: tuple[Entry, ...], config: SiteConfig) -> Change:
    """Give the change that makes `old` be called `new`.

    Raises:
        GlossaryError: There is no such entry, or there is one called `new`, or it can't be an id.
    """
    texts = site_texts(config)
    known = {entry.id for entry in entries}
    require_entry(old, known)
    require_free_id(new, known)
    found = definition(old, texts)
    node = field_of(found[3], "id") if found else None
    if found is None or node is None:
        raise GlossaryError(f"the file that defines '{old}' can't be edited")
    places = references_to(old, texts, new)
    renamed = reworded(node, texts[found[0]], new, found[0])
    return changed(texts, [renamed, *(one.edit for one in places)])


def require_entry(name: str, known: set[str]) -> None:
    if name not in known:
        raise GlossaryError(f"no entry called '{name}'{suggest(name, known)}")


def require_free_id(name: str, known: set[str]) -> None:
    if not re.fullmatch(ID, name) or len(name) > MAX_ID:
        message = (
            f"'{name[:MAX_ID]}' can't be an id; it is lower-case letters, digits and single "
            f"hyphens, at most {MAX_ID}"
        )
        raise GlossaryError(message)
    if name in known:
        message = f"there is an entry called '{name}' already; to make them one, use merge"
        raise GlossaryError(message)
