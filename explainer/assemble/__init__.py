"""What was found and what is known become pages: finished data, before any HTML."""

from explainer.assemble.addresses import Addresses
from explainer.assemble.article import Published, assemble_page, publish
from explainer.assemble.glossary import articles_by_entry, entry_page, glossary_page
from explainer.assemble.lists import Finished, list_pages, newest

__all__ = [
    "Addresses",
    "Finished",
    "Published",
    "articles_by_entry",
    "assemble_page",
    "entry_page",
    "glossary_page",
    "list_pages",
    "newest",
    "publish",
]
