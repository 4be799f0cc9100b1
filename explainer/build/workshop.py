"""What every page of a site needs, set up once."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from explainer.annotate import mention_annotator
from explainer.assemble import Addresses
from explainer.assemble.entries import Notes
from explainer.assemble.maps import Maps
from explainer.build.posters import SITE_POSTER, article_painter, site_poster
from explainer.build.reading import Glossary
from explainer.config import SiteConfig
from explainer.model import Document, Entry, Link, Site
from explainer.posters import Painter
from explainer.read import read_atlas
from explainer.theme import Templates, find_theme


@dataclass(frozen=True, slots=True)
class Workshop:
    """What every page needs, set up once."""

    config: SiteConfig
    glossary: Glossary
    addresses: Addresses
    view: Site
    templates: Templates
    notes: Notes
    painter: Painter | None = None
    poster: bytes = b""
    """The site's own."""


class Watched(dict[str, Entry]):
    """Entries by id; tells in ``asked`` which were asked for, whether there are such or not."""

    asked: set[str]

    def __init__(self, entries: Mapping[str, Entry]) -> None:
        super().__init__(entries)
        self.asked = set()

    def __getitem__(self, name: str) -> Entry:
        self.asked.add(name)
        return super().__getitem__(name)

    def __contains__(self, name: object) -> bool:
        self.asked.add(str(name))
        return super().__contains__(name)

    def get(self, name: str, default: Entry | None = None) -> Entry | None:  # type: ignore[override]
        self.asked.add(name)
        return super().get(name, default)


class WatchedIds(frozenset[str]):
    """Ids of entries; whether one is among them counts as asking for the entry."""

    watched: Watched

    def __contains__(self, name: object) -> bool:
        self.watched.asked.add(str(name))
        return super().__contains__(name)


def site_workshop(
    config: SiteConfig,
    glossary: Glossary,
    plain: Sequence[tuple[Document, str]],
    compiled: dict[str, bytes],
) -> Workshop:
    """
    Args:
        plain: The site's own pages of text, which the menu leads to.
        compiled: Where templates are kept once they are compiled.
    """
    watched = Watched(glossary.by_id)
    shown = WatchedIds(
        one.id for one in glossary.by_id.values() if one.status in shown_statuses(config)
    )
    shown.watched = watched
    menu = tuple(Link(title, f"{document.slug}.html") for document, title in plain)
    templates = Templates(find_theme(config.root), compiled, minify=config.minify)
    poster = site_poster(config, templates, compiled)
    view = _site_view(config, menu, has_glossary=bool(shown), has_lists=True)
    return Workshop(
        config=config,
        glossary=replace(glossary, by_id=watched),
        addresses=Addresses(shown),
        view=replace(view, poster=f"{config.base_url}{SITE_POSTER}" if poster else ""),
        templates=templates,
        notes=Notes(Maps(read_atlas)),
        painter=article_painter(config, templates),
        poster=poster,
    )


def lone_workshop(entries: Sequence[Entry], config: SiteConfig, alone: str) -> Workshop:
    """For articles that belong to no site; see `Addresses` for `alone`."""
    return Workshop(
        config=replace(config, publish="all"),
        glossary=Glossary({entry.id: entry for entry in entries}, mention_annotator(())),
        addresses=Addresses(alone=alone),
        view=_site_view(config, (), has_glossary=False, has_lists=False),
        templates=Templates(find_theme(config.root), minify=config.minify),
        notes=Notes(Maps(read_atlas)),
    )


def _site_view(
    config: SiteConfig, menu: tuple[Link, ...], *, has_glossary: bool, has_lists: bool
) -> Site:
    return Site(
        title=config.title,
        language=config.language,
        base_url=config.base_url,
        description=config.description,
        pages=menu,
        has_glossary=has_glossary,
        has_lists=has_lists,
        footer=config.footer,
    )


def shown_statuses(config: SiteConfig) -> tuple[str, ...]:
    return ("reviewed", "suggested") if config.publish == "all" else ("reviewed",)
