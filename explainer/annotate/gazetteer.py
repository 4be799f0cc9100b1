"""Names that most newspapers share, as `gazetteer.toml` has them."""

from __future__ import annotations

import tomllib
from collections import defaultdict
from collections.abc import Iterator, Mapping
from importlib import resources
from typing import Any, Literal

from msgspec import Struct

from explainer.model import Kind

Role = Literal["country", "capital", "place", "outlet", "organization"]


class Known(Struct, frozen=True):
    """What a name stands for: ``referent`` is the same for "US" and "United States"."""

    referent: str
    kind: Kind
    role: Role
    country: str = ""


class Gazetteer(Struct, frozen=True):
    """``by_first`` gives the names that begin with a word, longest first."""

    names: Mapping[str, Known]
    by_first: Mapping[str, tuple[str, ...]]
    demonyms: Mapping[str, str]
    titles: frozenset[str]
    words: Mapping[str, frozenset[str]]

    def find(self, text: str, start: int, word: str) -> str | None:
        """Give the longest known name that begins at a word of a text."""
        for name in self.by_first.get(word, ()):
            if text.startswith(name, start) and not text[start + len(name) :][:1].isalnum():
                return name
        return None


def load_gazetteer() -> Gazetteer:
    """Read the names that ship with the program."""
    source = resources.files("explainer.annotate").joinpath("gazetteer.toml").read_text("utf-8")
    table: dict[str, Any] = tomllib.loads(source)
    names = dict(_names(table))
    by_first: defaultdict[str, list[str]] = defaultdict(list)
    for name in sorted(names, key=lambda one: (-len(one), one)):
        by_first[name.split(" ")[0].split("-")[0].split("'")[0].rstrip(",")].append(name)
    demonyms = {
        word: fields[0] for fields in _rows(table["countries"], 4) for word in _list(fields[3])
    }
    return Gazetteer(
        names=names,
        by_first={word: tuple(found) for word, found in by_first.items()},
        demonyms=demonyms,
        titles=frozenset(table["titles"].split()),
        words={kind: frozenset(text.split()) for kind, text in table["words"].items()},
    )


def _names(table: dict[str, Any]) -> Iterator[tuple[str, Known]]:
    groups: tuple[tuple[str, Kind, Role], ...] = (
        ("organizations", "organization", "organization"),
        ("outlets", "outlet", "outlet"),
        ("places", "place", "place"),
    )
    for group, kind, role in groups:
        for name, others in _rows(table[group], 2):
            for one in (name, *_list(others)):
                yield one, Known(name, kind, role)
    for name, others, capitals, _ in _rows(table["countries"], 4):
        for one in _list(capitals):
            yield one, Known(_list(capitals)[0], "place", "capital", name)
        for one in (name, *_list(others)):
            yield one, Known(name, "place", "country", name)


def _rows(text: str, width: int) -> Iterator[list[str]]:
    for line in text.strip().splitlines():
        fields = [field.strip() for field in line.split("|")]
        yield fields + [""] * (width - len(fields))


def _list(field: str) -> list[str]:
    return [one.strip() for one in field.split(",") if one.strip()]
