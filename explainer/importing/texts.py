"""Markdown and plain text, as they come: only what a site can't hold is taken out."""

from __future__ import annotations

import re
from typing import Any

import yaml

from explainer.importing.converted import Converted, Raw, counted, decoded
from explainer.shapes import ARTICLE

_PICTURE = re.compile(r"!\[([^\]]*)\]\([^)]*\)(?:\{[^}]*\})?")
_FRONT = re.compile(r"\A---[ \t]*\n(.*?)\n(?:---|\.\.\.)[ \t]*(?:\n|\Z)", re.DOTALL)


def from_text(raw: Raw) -> Converted:
    """A plain text, word for word."""
    text, told = decoded(raw)
    first = next((line.strip() for line in text.split("\n") if line.strip()), "")
    return Converted(text, first[:120], plain=True, dropped=told)


def from_markdown(raw: Raw) -> Converted:
    """Markdown; pictures go, as they aren't there, and keys that no article of ours has."""
    text, told = decoded(raw)
    front = _FRONT.match(text)
    keys = _keys(front[1]) if front else {}
    body = text[front.end() :] if front else text
    body, pictures = without_pictures(body)
    meta: dict[str, str | tuple[str, ...]] = {}
    strange = []
    for key, value in keys.items():
        said = _said(value)
        if key in ARTICLE.keys and key != "source" and said:
            meta[key] = said
        elif said or key == "source":
            strange.append(key)
    title = str(meta.pop("title", ""))
    if not title:
        title, body = take_heading(body)
    dropped = (
        *told,
        *([counted(pictures, "picture")] if pictures else []),
        *([f"from the front matter: {', '.join(strange)}"] if strange else []),
    )
    return Converted(body, title, meta=meta, dropped=dropped)


def without_pictures(markdown: str) -> tuple[str, int]:
    """Markdown with the words for each picture in its place, and how many there were."""
    return _PICTURE.subn(lambda found: found[1], markdown)


def take_heading(markdown: str) -> tuple[str, str]:
    """A first heading as the title, and the rest."""
    found = re.match(r"\s*# +([^\n]+?)(?: #+)?[ \t]*(?:\n|\Z)", markdown)
    return (found[1].strip(), markdown[found.end() :]) if found else ("", markdown)


def _keys(text: str) -> dict[str, Any]:
    try:
        found = yaml.load(text, yaml.BaseLoader)
    except (yaml.YAMLError, RecursionError):
        return {}
    return {str(key): value for key, value in found.items()} if isinstance(found, dict) else {}


def _said(value: Any) -> str | tuple[str, ...]:
    if isinstance(value, str):
        return value.strip()
    if isinstance(value, list) and all(isinstance(one, str) for one in value):
        return tuple(one.strip() for one in value if one.strip())
    return ""
