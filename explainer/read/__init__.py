"""Files on disk become source files and knowledge: the walk's first step."""

from explainer.read.articles import (
    base_path,
    list_articles,
    read_article,
    read_base,
    safe_name,
    slug_of,
)
from explainer.read.atlas import read_atlas
from explainer.read.files import (
    Snapshot,
    display_path,
    file_digest,
    read_bytes,
    read_exactly,
    read_text,
    skipped_links,
    walk_files,
)
from explainer.read.glossary import parse_glossary
from explainer.read.glossary_items import (
    Item,
    KnownItems,
    read_entries_and_items,
    read_glossary,
)
from explainer.read.images import find_images, picture_fault
from explainer.read.knowledge import (
    entry_links,
    undefined_in_article,
    undefined_in_glossary,
    undefined_in_notes,
)
from explainer.read.notes import inputs_of, notes_path, parse_notes, read_notes, read_notes_file
from explainer.read.pack import find_bodies, find_places

__all__ = [
    "Item",
    "KnownItems",
    "Snapshot",
    "base_path",
    "display_path",
    "entry_links",
    "file_digest",
    "find_bodies",
    "find_images",
    "find_places",
    "inputs_of",
    "list_articles",
    "notes_path",
    "parse_glossary",
    "parse_notes",
    "picture_fault",
    "read_article",
    "read_atlas",
    "read_base",
    "read_bytes",
    "read_entries_and_items",
    "read_exactly",
    "read_glossary",
    "read_notes",
    "read_notes_file",
    "read_text",
    "safe_name",
    "skipped_links",
    "slug_of",
    "undefined_in_article",
    "undefined_in_glossary",
    "undefined_in_notes",
    "walk_files",
]
