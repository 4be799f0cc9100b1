"""The site's settings: explainer.yaml, read once and handed down."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Literal, TypedDict

from msgspec import Struct

from explainer.errors import ConfigError, ExplainerError, raise_all
from explainer.fields import Fields, load_yaml
from explainer.home import SETTINGS_FILE, cache_folder, find_site
from explainer.shapes import (
    BASE_URL,
    CHECK,
    CODE,
    EDITOR,
    MENTIONS,
    POSTERS,
    PUBLISH,
    SETTINGS,
    THEME,
)

__all__ = ["SETTINGS_FILE", "SiteConfig", "find_site", "load_config", "parse_config"]

Publish = Literal["reviewed", "all"]
MentionPolicy = Literal["all", "section", "page"]
Posters = Literal["site", "articles", "none"]


THRESHOLD = 0.3
"""How sure a suggestion must be; of what a draft says above it, more than .80 were right."""


class SiteConfig(Struct, frozen=True):
    """What explainer.yaml says, with defaults for what it doesn't.

    ``root`` is the folder that holds it. ``base_url`` ends in a slash, or is empty. ``select``
    and ``ignore`` are what `check` tells and doesn't, by codes or their starts. ``never`` are
    words that no draft proposes, ``editor`` is the address that opens a place in a file.
    """

    root: Path
    title: str = "Explainer"
    description: str = ""
    base_url: str = ""
    language: str = "en"
    time_zone: str = "UTC"
    publish: Publish = "reviewed"
    mentions: MentionPolicy = "section"
    model: str = ""
    footer: str = ""
    minify: bool = True
    threshold: float = THRESHOLD
    posters: Posters = "site"
    pagefind: bool = False
    select: tuple[str, ...] = ()
    ignore: tuple[str, ...] = ()
    never: tuple[str, ...] = ()
    editor: str = ""

    @property
    def content(self) -> Path:
        return self.root / "content"

    @property
    def cache(self) -> Path:
        return cache_folder(self.root)


def load_config(root: Path) -> SiteConfig:
    """Read ``root/explainer.yaml``; a missing or empty file means defaults.

    Raises:
        ConfigError: An unknown key, or a value that can't be; several as `Problems`.
    """
    path = root / SETTINGS_FILE
    if not path.is_file():
        return SiteConfig(root)
    try:
        text = path.read_text(encoding="utf-8-sig")
    except UnicodeDecodeError as fault:
        raise ConfigError(f"not UTF-8 at byte {fault.start}", SETTINGS_FILE) from fault
    except OSError as fault:
        raise ConfigError(f"can't be read: {fault.strerror}", SETTINGS_FILE) from fault
    return parse_config(text, root)


def parse_config(text: str, root: Path) -> SiteConfig:
    value = load_yaml(text, SETTINGS_FILE, ConfigError)
    if value is None:
        return SiteConfig(root)
    problems: list[ExplainerError] = []
    fields = Fields.of(value, "explainer.yaml", ConfigError, problems)
    if fields is None:
        raise problems[0]
    fields.refuse_unknown(SETTINGS.keys)
    select, ignore = _check(fields)
    config = SiteConfig(
        root=root,
        title=fields.text("title") or "Explainer",
        description=fields.text("description"),
        base_url=_base_url(fields),
        language=fields.language("language") or "en",
        time_zone=fields.time_zone("time_zone") or "UTC",
        publish=fields.choice("publish", PUBLISH, "reviewed"),
        mentions=fields.choice("mentions", MENTIONS, "section"),
        model=fields.text("model"),
        threshold=_threshold(fields),
        **_theme(fields),
        select=select,
        ignore=ignore,
        never=fields.texts("never"),
        editor=_editor(fields),
    )
    raise_all(problems)
    return config


def _threshold(fields: Fields) -> float:
    """``threshold: 0.5``: drafts propose what they are at least so sure of."""
    if not fields.has("threshold"):
        return THRESHOLD
    value = fields.mapping["threshold"]
    number = fields.number(value, 0, 1)
    return THRESHOLD if number is None else number


def _base_url(fields: Fields) -> str:
    url = fields.text("base_url")
    if url and not re.fullmatch(BASE_URL, url):
        fields.problem(
            "'base_url' must look like https://example.org/news/", fields.place("base_url")
        )
        return ""
    return url if not url or url.endswith("/") else f"{url}/"


def _editor(fields: Fields) -> str:
    """An editor's own address for a place in a file: ``vscode://file/{path}:{line}``."""
    address = fields.text("editor")
    if address and not re.fullmatch(EDITOR, address):
        message = "'editor' must be an editor's address with {path} in it"
        fields.problem(f"{message}: vscode://file/{{path}}:{{line}}", fields.place("editor"))
        return ""
    return address


class _Theme(TypedDict, total=False):
    footer: str
    minify: bool
    posters: Posters
    pagefind: bool


def _theme(fields: Fields) -> _Theme:
    """``footer``, a line of plain text at the foot of every page; the rest are switches."""
    if not fields.has("theme"):
        return {}
    theme = Fields.of(fields.mapping["theme"], "'theme'", fields.error, fields.problems)
    if theme is None:
        return {}
    theme.refuse_unknown(THEME.keys)
    return {
        "footer": theme.text("footer"),
        "minify": theme.choice("minify", ("true", "false"), "true") == "true",
        "posters": theme.choice("posters", POSTERS, "site"),
        "pagefind": theme.choice("pagefind", ("true", "false"), "false") == "true",
    }


def _check(fields: Fields) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """``check: {select: […], ignore: […]}``, each a list of codes or their starts."""
    if not fields.has("check"):
        return (), ()
    check = Fields.of(fields.mapping["check"], "'check'", fields.error, fields.problems)
    if check is None:
        return (), ()
    check.refuse_unknown(CHECK.keys)
    for key in CHECK.keys:
        for code, place in check.placed_texts(key):
            if not re.fullmatch(CODE, code):
                check.problem(f"'{code}' is no code, such as T012, nor the start of one", place)
    return check.texts("select"), check.texts("ignore")
