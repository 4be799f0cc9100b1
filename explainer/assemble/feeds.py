"""What a site tells machines of its pages: Atom, JSON Feed, a sitemap and robots.txt.

RFC 4287, https://jsonfeed.org/version/1.1, https://www.sitemaps.org/protocol.html. All name
absolute addresses, so there are none without a ``base_url``.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from xml.etree import ElementTree

from explainer.assemble.lists import Archive
from explainer.config import SiteConfig
from explainer.model import Record

LATEST = 50
"""Articles in a feed."""

MOST_ADDRESSES = 50_000
"""What the protocol allows in one sitemap."""

_ATOM = "http://www.w3.org/2005/Atom"
_SITEMAP = "http://www.sitemaps.org/schemas/sitemap/0.9"


def machine_files(archive: Archive, paths: Iterable[str], config: SiteConfig) -> dict[str, str]:
    """The files by their path.

    Args:
        archive: The articles.
        paths: Every HTML page of the site.
    """
    if not config.base_url:
        return {}
    dated = [page for page in archive.newest(0, LATEST) if page.date]
    return {
        "atom.xml": _atom(dated, config),
        "feed.json": _json_feed(dated, config),
        **_sitemaps(sorted(set(paths) - {"404.html"}), dict(archive.days()), config),
        "robots.txt": f"User-agent: *\nAllow: /\n\nSitemap: {config.base_url}sitemap.xml\n",
    }


def _moment(page: Record, *, updated: bool = False) -> str:
    """RFC 3339; a day without a time starts at midnight UTC."""
    view = (page.updated if updated else None) or page.date
    iso = view.iso if view else "1970-01-01"
    if "T" not in iso:
        return f"{iso}T00:00:00Z"
    return iso if iso[-6] in "+-" or iso.endswith("Z") else f"{iso}Z"


def _atom(pages: Sequence[Record], config: SiteConfig) -> str:
    feed = ElementTree.Element("feed", {"xmlns": _ATOM, "xml:lang": config.language})
    _add(feed, "title", config.title)
    if config.description:
        _add(feed, "subtitle", config.description)
    _add(feed, "id", config.base_url)
    _add(
        feed,
        "updated",
        max((_moment(page, updated=True) for page in pages), default="1970-01-01T00:00:00Z"),
    )
    _add(feed, "link", "", rel="self", href=f"{config.base_url}atom.xml")
    _add(feed, "link", "", rel="alternate", href=config.base_url)
    author = ElementTree.SubElement(feed, "author")
    _add(author, "name", config.title)
    for page in pages:
        entry = ElementTree.SubElement(feed, "entry")
        _add(entry, "title", page.title)
        _add(entry, "id", page.canonical)
        _add(entry, "link", "", rel="alternate", href=page.canonical)
        _add(entry, "published", _moment(page))
        _add(entry, "updated", _moment(page, updated=True))
        if page.summary:
            _add(entry, "summary", page.summary)
        for name in page.authors:
            _add(ElementTree.SubElement(entry, "author"), "name", name)
        for tag in page.tags:
            _add(entry, "category", "", term=tag)
    return _xml(feed)


def _json_feed(pages: Sequence[Record], config: SiteConfig) -> str:
    feed = {
        "version": "https://jsonfeed.org/version/1.1",
        "title": config.title,
        "description": config.description,
        "home_page_url": config.base_url,
        "feed_url": f"{config.base_url}feed.json",
        "language": config.language,
        "items": [
            {
                "id": page.canonical,
                "url": page.canonical,
                "title": page.title,
                "summary": page.summary,
                "content_text": page.summary or page.title,
                "date_published": _moment(page),
                "date_modified": _moment(page, updated=True),
                "authors": [{"name": name} for name in page.authors],
                "tags": list(page.tags),
                "language": page.language,
            }
            for page in pages
        ],
    }
    return json.dumps(feed, ensure_ascii=False, indent=1) + "\n"


def _sitemaps(paths: Sequence[str], days: Mapping[str, str], config: SiteConfig) -> dict[str, str]:
    """One sitemap, or for a large site several and an index of them."""
    if len(paths) <= MOST_ADDRESSES:
        return {"sitemap.xml": _sitemap(paths, days, config)}
    starts = range(0, len(paths), MOST_ADDRESSES)
    parts = {
        f"sitemaps/{number}.xml": _sitemap(paths[start : start + MOST_ADDRESSES], days, config)
        for number, start in enumerate(starts, 1)
    }
    root = ElementTree.Element("sitemapindex", {"xmlns": _SITEMAP})
    for name in parts:
        _add(ElementTree.SubElement(root, "sitemap"), "loc", f"{config.base_url}{name}")
    return {"sitemap.xml": _xml(root), **parts}


def _sitemap(paths: Sequence[str], days: Mapping[str, str], config: SiteConfig) -> str:
    root = ElementTree.Element("urlset", {"xmlns": _SITEMAP})
    for path in paths:
        url = ElementTree.SubElement(root, "url")
        _add(url, "loc", config.base_url + ("" if path == "index.html" else path))
        if days.get(path):
            _add(url, "lastmod", days[path])
    return _xml(root)


def _add(parent: ElementTree.Element, name: str, text: str, **attributes: str) -> None:
    ElementTree.SubElement(parent, name, attributes).text = text or None


def _xml(root: ElementTree.Element) -> str:
    ElementTree.indent(root, " ")
    text = ElementTree.tostring(root, encoding="unicode")
    return f'<?xml version="1.0" encoding="utf-8"?>\n{text}\n'
