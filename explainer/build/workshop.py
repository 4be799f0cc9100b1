"""What every page of a site needs, set up once."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence, Set

from msgspec import Struct
from msgspec.structs import replace

from explainer.annotate.known_names import AllNames
from explainer.assemble import Addresses
from explainer.assemble.entries import Notes
from explainer.assemble.maps import Maps
from explainer.build.posters import SITE_POSTER, article_painter, site_poster
from explainer.build.reading import Glossary
from explainer.config import SiteConfig
from explainer.model import Document, Entry, Link, Site, Status
from explainer.posters import Painter
from explainer.read import read_atlas
from explainer.theme import Templates, find_theme


class Workshop(Struct, frozen=True):
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


class Watched(Mapping[str, Entry]):
    """Entries by id; tells in ``asked`` which were asked for, whether there are such or not."""

    def __init__(self, entries: Mapping[str, Entry]) -> None:
        self._entries = entries
        self.asked: set[str] = set()

    def __getitem__(self, name: str) -> Entry:
        self.asked.add(name)
        return self._entries[name]

    def __iter__(self) -> Iterator[str]:
        return iter(self._entries)

    def __len__(self) -> int:
        return len(self._entries)


class Shown(Set[str]):
    """The ids of the entries that have a page; whether one is among them asks for the entry."""

    def __init__(self, entries: Mapping[str, Entry], statuses: Sequence[Status]) -> None:
        self._entries = entries
        self._statuses = statuses

    def __contains__(self, name: object) -> bool:
        entry = self._entries.get(str(name))
        return entry is not None and entry.status in self._statuses

    def __iter__(self) -> Iterator[str]:
        return (one.id for one in self._entries.values() if one.status in self._statuses)

    def __len__(self) -> int:
        return sum(1 for _ in self)

    def __bool__(self) -> bool:
        return any(True for _ in self)


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
    menu = tuple(Link(title, f"{document.slug}.html") for document, title in plain)
    templates = Templates(find_theme(config.root), compiled, minify=config.minify)
    poster = site_poster(config, templates, compiled)
    view = _site_view(config, menu, has_glossary=False, has_lists=True)
    shop = Workshop(
        config=config,
        glossary=glossary,
        addresses=Addresses(),
        view=replace(view, poster=f"{config.base_url}{SITE_POSTER}" if poster else ""),
        templates=templates,
        notes=Notes(Maps(read_atlas)),
        painter=article_painter(config, templates),
        poster=poster,
    )
    return with_glossary(shop, glossary)


def with_glossary(shop: Workshop, glossary: Glossary) -> Workshop:
    """The same with another glossary, which tells what is asked of it."""
    watched = Watched(glossary.by_id)
    shown = Shown(watched, shown_statuses(shop.config))
    return replace(
        shop,
        glossary=replace(glossary, by_id=watched),
        addresses=Addresses(shown),
        view=replace(shop.view, has_glossary=bool(shown)),
    )


def lone_workshop(entries: Sequence[Entry], config: SiteConfig, alone: str) -> Workshop:
    """For articles that belong to no site; see `Addresses` for `alone`."""
    return Workshop(
        config=replace(config, publish="all"),
        glossary=Glossary({entry.id: entry for entry in entries}, AllNames(())),
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


def shown_statuses(config: SiteConfig) -> tuple[Status, ...]:
    return ("reviewed", "suggested") if config.publish == "all" else ("reviewed",)
