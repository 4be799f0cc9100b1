"""The glossary as a build keeps it: JSON, which is read in a tenth of the time that YAML takes."""

from __future__ import annotations

import json
from collections.abc import Iterable
from operator import attrgetter
from typing import Any

from explainer.model import (
    Alias,
    Edtf,
    Entry,
    Image,
    OriginalName,
    Position,
    Reference,
    Role,
    Sense,
)

_values = attrgetter(*Entry.__dataclass_fields__)


def dump_entries(entries: Iterable[Entry]) -> str:
    return json.dumps([_values(one) for one in entries], ensure_ascii=False, default=_plain)


def _plain(value: Any) -> list[object]:
    return [getattr(value, name) for name in value.__dataclass_fields__]


def load_entries(text: str) -> tuple[Entry, ...]:
    return tuple(_entry(dict(zip(_NAMES, values, strict=True))) for values in json.loads(text))


_NAMES = tuple(Entry.__dataclass_fields__)


def _entry(values: dict[str, Any]) -> Entry:
    """The entry of plain values, each put back into what it was."""
    for name in ("born", "died", "date"):
        values[name] = _edtf(values[name])
    for name, read in _LISTS.items():
        values[name] = tuple(map(read, values[name]))
    for name, made in _SINGLE.items():
        values[name] = made(*values[name]) if values[name] is not None else None
    values["same_as"] = tuple(values["same_as"])
    if values["location"] is not None:
        values["location"] = tuple(values["location"])
    return Entry(**values)


def _edtf(values: Any) -> Edtf | None:
    if values is None:
        return None
    text, earliest, latest = values
    return Edtf(text, tuple(earliest), tuple(latest) if latest is not None else None)


_LISTS = {
    "aliases": lambda one: Alias(one[0], one[1], Position(*one[2])),
    "roles": lambda one: Role(one[0], _edtf(one[1]), _edtf(one[2])),
    "senses": lambda one: Sense(one[0], one[1], Position(*one[2])),
    "sources": lambda one: Reference(*one),
}
_SINGLE = {"original_name": OriginalName, "image": Image, "position": Position}
