"""What an entry stands for, and how data becomes JSON-LD inside a page."""

from __future__ import annotations

from markupsafe import Markup
from msgspec import json

from explainer.model import Entry, Kind

Json = dict[str, object]

_TYPES: dict[Kind, str] = {
    "person": "Person",
    "place": "Place",
    "organization": "Organization",
    "outlet": "NewsMediaOrganization",
    "event": "Event",
    "term": "DefinedTerm",
    "work": "CreativeWork",
}


def thing(entry: Entry, address: str = "") -> Json:
    """An entry as schema.org has it; `address` is that of the page with its note."""
    about: Json = {
        "@type": _TYPES[entry.kind],
        "@id": f"{address}#entry-{entry.id}",
        "name": entry.name,
        "description": entry.role,
        "sameAs": list(entry.same_as),
    }
    if entry.location:
        latitude, longitude = entry.location
        about["geo"] = {
            "@type": "GeoCoordinates", "latitude": latitude, "longitude": longitude,
        }  # fmt: skip
    return about


def json_text(value: Json) -> str:
    """JSON without spaces, and without what is empty."""
    return json.encode(_without_empty(value)).decode()


def in_script(text: str) -> Markup:
    """JSON such that nothing in it can end a <script> element."""
    return Markup(text.replace("<", "\\u003c").replace("\u2028", "\\u2028"))


def _without_empty(value: object) -> object:
    if isinstance(value, dict):
        kept = {}
        for key, one in value.items():
            one = one if type(one) is str else _without_empty(one)
            if one or isinstance(one, int | float):
                kept[key] = one
        return kept
    if isinstance(value, list):
        return [_without_empty(one) for one in value]
    return value
