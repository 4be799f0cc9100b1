"""What is said of single articles: notes as their files have them."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Literal

from msgspec import Struct, field

from explainer.model.places import NOWHERE

if TYPE_CHECKING:
    from explainer.model.glossary import Entry, Reference, Status
    from explainer.model.places import Edtf, Position, Selector

Mode = Literal["direct", "indirect", "mixed"]
Standing = Literal["official", "expert", "witness", "media", "document", "anonymous", "other"]
Side = Literal["by", "of", "via"]
"""An entry's part in a claim: it makes it, it is named in it, it passed it on."""
MODES: tuple[Mode, ...] = ("direct", "indirect", "mixed")
STANDINGS: tuple[Standing, ...] = (
    "official", "expert", "witness", "media", "document", "anonymous", "other",
)  # fmt: skip


class MentionNote(Struct, frozen=True):
    """An editor's word on one occurrence; ``entry`` None means: no entry here."""

    at: Selector
    entry: str | None
    status: Status = "reviewed"


class CardNote(Struct, frozen=True):
    """A background card as the notes file has it; ``kind`` "remark" is the editor's own caution."""

    id: str
    title: str
    body: str
    leans_on: tuple[Selector, ...]
    date: Edtf | None = None
    kind: Literal["history", "remark"] = "history"
    entries: tuple[str, ...] = ()
    sources: tuple[Reference, ...] = ()
    status: Status = "reviewed"
    position: Position = NOWHERE


class AttributionNote(Struct, frozen=True):
    """An attribution as the notes file has it.

    ``via`` is the chain of outlets, nearest the reader first; ``disputes`` names the
    attributions that this one denies; ``antecedent`` is what a pronoun in ``source`` stands for.
    """

    id: str
    content: tuple[Selector, ...]
    source: tuple[Selector, ...] = ()
    cue: tuple[Selector, ...] = ()
    antecedent: tuple[Selector, ...] = ()
    speaker: tuple[str, ...] = ()
    via: tuple[str, ...] = ()
    mode: Mode = "indirect"
    standing: Standing = "other"
    disputes: tuple[str, ...] = ()
    status: Status = "reviewed"
    position: Position = NOWHERE


class Notes(Struct, frozen=True):
    """Everything said about one article; ``text`` is the digest of the text it was said of."""

    path: str
    text: str = ""
    mentions: tuple[MentionNote, ...] = ()
    background: tuple[CardNote, ...] = ()
    attributions: tuple[AttributionNote, ...] = ()


class Knowledge(Struct, frozen=True):
    """The glossary, sorted by id, and the notes by article slug."""

    entries: tuple[Entry, ...] = ()
    notes: Mapping[str, Notes] = field(default_factory=dict)
