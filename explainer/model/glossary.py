"""What is known of names: the entries of the glossary."""

from __future__ import annotations

from typing import Literal

from msgspec import Struct

from explainer.model.places import NOWHERE, Edtf, Position

Status = Literal["suggested", "reviewed", "rejected"]
Kind = Literal["person", "place", "organization", "outlet", "event", "term", "work"]
STATUSES: tuple[Status, ...] = ("suggested", "reviewed", "rejected")
KINDS: tuple[Kind, ...] = ("person", "place", "organization", "outlet", "event", "term", "work")


class Reference(Struct, frozen=True, array_like=True):
    """A work that the reader can check."""

    title: str
    publisher: str = ""
    url: str = ""
    date: str = ""


class Image(Struct, frozen=True, array_like=True):
    """A picture beside the glossary, ``src`` relative to static/images/."""

    src: str
    alt: str
    credit: str
    license: str


class Alias(Struct, frozen=True, array_like=True):
    """Another name; one ``after_name`` counts only once the full name was seen in the article."""

    text: str
    after_name: bool = False
    position: Position = NOWHERE


class Sense(Struct, frozen=True, array_like=True):
    """Another referent of an entry's name: Seoul, as a government, is the entry `entry`."""

    name: str
    entry: str
    position: Position = NOWHERE


class OriginalName(Struct, frozen=True, array_like=True):
    """The name in its own language and script, e.g. 김정은, ko."""

    text: str
    language: str


class Role(Struct, frozen=True, array_like=True):
    """What someone was, and when; None where it isn't said, or still goes on."""

    text: str
    since: Edtf | None = None
    until: Edtf | None = None


class Entry(Struct, frozen=True, array_like=True):
    """A person, place, organization, outlet, event, term or work of the glossary.

    ``summary`` is Markdown; ``location`` is latitude and longitude in degrees; ``language`` is
    empty where it is the site's.
    ``proposed_by`` is empty for what a person wrote, else the rule or model that proposed it.
    """

    id: str
    name: str
    kind: Kind
    aliases: tuple[Alias, ...] = ()
    role: str = ""
    roles: tuple[Role, ...] = ()
    summary: str = ""
    as_of: str = ""
    born: Edtf | None = None
    died: Edtf | None = None
    date: Edtf | None = None
    owner: str = ""
    language: str = ""
    original_name: OriginalName | None = None
    location: tuple[float, float] | None = None
    time_zone: str = ""
    map: Literal["borders", "land", "none"] = "borders"
    senses: tuple[Sense, ...] = ()
    same_as: tuple[str, ...] = ()
    image: Image | None = None
    sources: tuple[Reference, ...] = ()
    status: Status = "reviewed"
    proposed_by: str = ""
    position: Position = NOWHERE
