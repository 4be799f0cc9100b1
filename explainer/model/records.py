"""What the site's other pages need of an article: all that is kept of it."""

from __future__ import annotations

from msgspec import Struct

from explainer.model.notes import Mode, Standing
from explainer.model.pages import DateView


class MentionRecord(Struct, frozen=True):
    """An entry that an article mentions; ``excerpt`` is safe HTML with the name in <mark>."""

    entry: str
    excerpt: str
    count: int


class QuoteRecord(Struct, frozen=True, array_like=True):
    """A claim of an article as other pages show it.

    ``about`` are the entries that it names, ``name`` is what the article calls a speaker without
    an entry; ``quote`` is plain text, shortened. ``said_as`` is in the site's language.
    """

    id: str
    speakers: tuple[str, ...]
    via: tuple[str, ...]
    about: tuple[str, ...]
    name: str
    quote: str
    mode: Mode
    standing: Standing
    said_as: str


class MomentRecord(Struct, frozen=True):
    """A dated card of an article, for the timeline of the site; `date` is EDTF."""

    anchor: str
    title: str
    date: str


class Record(Struct, frozen=True, array_like=True):
    """One article as the site's other pages refer to it: all that is kept of it.

    ``moment`` is its date in UTC, ISO 8601, or empty; ``entries``, ``sources`` and ``cards`` count
    what its page shows. ``mentions`` are by entry, in the order of the text.
    """

    slug: str
    path: str
    title: str
    language: str
    moment: str
    date: DateView | None
    updated: DateView | None
    authors: tuple[str, ...]
    summary: str
    tags: tuple[str, ...]
    publisher: str
    canonical: str
    entries: int
    sources: int
    cards: int
    unreviewed: bool
    mentions: tuple[MentionRecord, ...] = ()
    quotes: tuple[QuoteRecord, ...] = ()
    moments: tuple[MomentRecord, ...] = ()
