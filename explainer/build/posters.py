"""Which pictures a site has for those who link to it, and what they say."""

from __future__ import annotations

import hashlib
from collections.abc import MutableMapping
from itertools import chain

from msgspec.structs import replace

from explainer.config import SiteConfig
from explainer.language import language_of
from explainer.model import Page
from explainer.posters import Painter, PosterText, colors_of
from explainer.theme import Templates

SITE_POSTER = "poster.png"
_FONTS = {
    "serif": ("fonts/serif-roman.woff2", "fonts/serif-cyrillic.woff2"),
    "sans": ("fonts/sans.woff2", "fonts/sans-ext.woff2"),
}
_COLORS = ("css/tokens.css", "css/look.css")


def site_poster(
    config: SiteConfig, templates: Templates, kept: MutableMapping[str, bytes]
) -> bytes:
    """The picture of the whole site; empty where there is none.

    Where the fonts lack a letter of its title the address stands for it.

    Args:
        kept: Where the last one is, and this one will be.
    """
    if not config.base_url or config.posters == "none":
        return b""
    address = config.base_url.split("://")[1].rstrip("/")
    text = PosterText(title=config.title, deck=config.description, site=address)
    digest = hashlib.sha256(repr(text).encode(errors="surrogateescape"))
    for name in (*chain.from_iterable(_FONTS.values()), *_COLORS):
        digest.update(templates.read_static(name))
    key = f"{SITE_POSTER} {digest.hexdigest()}"
    if key not in kept:
        painter = _painter(templates)
        named = painter.draw(text) or painter.draw(replace(text, title=address, site=""))
        kept[key] = named or b""
    return kept[key]


def article_painter(config: SiteConfig, templates: Templates) -> Painter | None:
    """What draws a picture for each article, where that is asked for."""
    if not config.base_url or config.posters != "articles":
        return None
    return _painter(templates)


def _painter(templates: Templates) -> Painter:
    """Draws in the theme's own fonts and colors."""
    fonts = {face: [*map(templates.read_static, names)] for face, names in _FONTS.items()}
    tokens = b"".join(map(templates.read_static, _COLORS))
    return Painter(fonts, colors_of(tokens.decode(errors="replace")))


def article_poster(page: Page, site: str, painter: Painter) -> bytes | None:
    """The picture of an article; None where the fonts lack a letter of its headline."""
    language = language_of(page.language)
    below = [
        page.date.words if page.date else "",
        language.counted("{number} note", "{number} notes", len(page.entries)),
        language.counted("{number} source", "{number} sources", len(page.speakers)),
    ]
    return painter.draw(
        PosterText(
            title=page.title,
            kicker=page.tags[0] if page.tags else "",
            site=site,
            notes=" · ".join(filter(None, below)),
        )
    )
