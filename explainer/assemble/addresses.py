"""Where each page lies in the site, and the relative way from one to another."""

from __future__ import annotations

from collections.abc import Set
from functools import lru_cache
from posixpath import relpath

from msgspec import Struct

from explainer.read.articles import safe_name


class Addresses(Struct, frozen=True):
    """A site's layout.

    Args:
        entry_pages: The entries that have a page of their own.
        alone: The slug of the one article there is, which then is the site's index.
    """

    entry_pages: Set[str] = frozenset()
    alone: str = ""

    def article(self, slug: str) -> str:
        return "index.html" if slug == self.alone else f"articles/{slug}.html"

    def annotations(self, slug: str) -> str:
        folder = "" if slug == self.alone else "articles/"
        return f"{folder}{slug}.annotations.json"

    def entry_path(self, entry: str) -> str:
        return f"glossary/{entry}.html"

    def entry(self, entry: str, page: str) -> str:
        """The way from `page` to an entry's own page; empty where it has none."""
        return self.way(page, self.entry_path(entry)) if entry in self.entry_pages else ""

    @staticmethod
    def tag_path(tag: str) -> str:
        return f"tags/{safe_name(tag)}/index.html"

    def tag(self, tag: str, page: str) -> str:
        """The way from `page` to a tag's page; empty where an article stands alone."""
        return "" if self.alone else self.way(page, self.tag_path(tag))

    @staticmethod
    def root(page: str) -> str:
        """The way from `page` to the site's folder: "" or "../" for each level."""
        return "../" * page.count("/")

    @staticmethod
    def way(page: str, target: str) -> str:
        """A relative URL from one page of the site to another."""
        folder, _, name = target.rpartition("/")
        return _between(page.rpartition("/")[0], folder) + name


@lru_cache(maxsize=4096)
def _between(folder: str, wanted: str) -> str:
    """The way from one folder to another, up to the last slash."""
    steps = relpath(f"/{wanted}", f"/{folder}")
    return "" if steps == "." else f"{steps}/"
