"""What was found and what is known become pages: finished data, before any HTML."""

from explainer.assemble.addresses import Addresses
from explainer.assemble.article import Published, assemble_page, publish
from explainer.assemble.site import (
    Finished,
    articles_by_entry,
    entry_page,
    glossary_page,
    index_page,
)

__all__ = [
    "Addresses",
    "Finished",
    "Published",
    "articles_by_entry",
    "assemble_page",
    "entry_page",
    "glossary_page",
    "index_page",
    "publish",
]
