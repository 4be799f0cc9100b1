"""What was found and what is known become pages: finished data, before any HTML."""

from explainer.assemble.a_to_z import glossary_pages, shows_notes
from explainer.assemble.addresses import Addresses
from explainer.assemble.article import Published, assemble_page, publish
from explainer.assemble.glossary import entry_pages
from explainer.assemble.lists import Archive, list_pages
from explainer.assemble.records import record_of

__all__ = [
    "Addresses",
    "Archive",
    "Published",
    "assemble_page",
    "entry_pages",
    "glossary_pages",
    "list_pages",
    "publish",
    "record_of",
    "shows_notes",
]
