"""An article as its template sees it: finished, ordered, numbered."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal

from msgspec import Struct

if TYPE_CHECKING:
    from markdown_it.token import Token

    from explainer.model.articles import Provenance, Run
    from explainer.model.glossary import Image, Kind, OriginalName, Reference
    from explainer.model.marks import Marks
    from explainer.model.notes import Mode, Standing


class DateView(Struct, frozen=True, array_like=True):
    """``iso`` for machines (a valid HTML datetime, or empty), ``words`` for people."""

    iso: str
    words: str


class Link(Struct, frozen=True):
    """``href`` is relative to the page it stands on; empty where there is nothing to open."""

    text: str
    href: str


class EntryView(Struct, frozen=True):
    """One entry as a note: on an article page, in the glossary, or on its own page.

    ``summary`` is safe HTML. ``anchor`` is its id in this page ("entry-…"); ``back`` leads to
    its first mention in the text, empty where there is none; ``href`` to its own page, empty
    where it has none. ``map`` is SVG, or empty. ``facts`` are label and text: "Born",
    "January 8, 1984". ``thing`` is JSON: what the page's JSON-LD says of it.
    """

    id: str
    anchor: str
    name: str
    language: str
    kind: Kind
    kind_words: str
    role: str
    summary: str
    as_of: DateView | None
    original_name: OriginalName | None
    facts: tuple[tuple[str, str], ...]
    image: Image | None
    image_href: str
    map: str
    map_credit: str
    same_as: tuple[str, ...]
    sources: tuple[Reference, ...]
    suggested: bool
    href: str
    back: str
    thing: str


class SourceView(Struct, frozen=True):
    """One attribution as a note: who says it, by which way it came, what it says.

    ``anchor`` is its id in this page ("source-…"), ``back`` the claim in the text.
    ``speakers`` and ``via`` link to notes where they have entries. ``said_as`` says it in words:
    "Andrei Lankov, expert, told AFP"; ``chain`` is the last part of it. ``disputes`` and
    ``disputed_by`` link to other notes. ``quote`` is the claim's own words, plain text, shortened.
    """

    id: str
    anchor: str
    number: int
    speakers: tuple[Link, ...]
    via: tuple[Link, ...]
    said_as: str
    chain: str
    mode: Mode
    mode_words: str
    standing: Standing
    standing_words: str
    quote: str
    back: str
    disputes: tuple[Link, ...]
    disputed_by: tuple[Link, ...]
    suggested: bool


class SpeakerView(Struct, frozen=True):
    """One line of "who says so": a source of the story and all that it is cited for.

    ``share`` is how many words it is given, in hundredths of what the most cited is.
    """

    name: str
    href: str
    description: str
    standing: Standing
    standing_words: str
    named: bool
    count: int
    words: int
    share: int
    claims: tuple[Link, ...]


class OwnView(Struct, frozen=True):
    """A passage that the article asserts in its own name; ``anchor`` is its id in the text.

    ``quote`` is how it begins, on one line.
    """

    anchor: str
    quote: str


class CardView(Struct, frozen=True):
    """A background card; ``body`` is safe HTML, ``backs`` lead to its passages."""

    id: str
    anchor: str
    number: int
    title: str
    kind: Literal["history", "remark"]
    date: DateView | None
    body: str
    entries: tuple[Link, ...]
    sources: tuple[Reference, ...]
    backs: tuple[str, ...]
    suggested: bool


class Moment(Struct, frozen=True):
    """One line of a timeline: a card, an event, or the article itself (which has no `href`)."""

    date: DateView
    title: str
    href: str
    kind: Literal["card", "event", "article"]


class StoryMap(Struct, frozen=True):
    """A story's places on one map: `svg` numbers them from 1 in the order of `places`.

    Each place is a link to its note, with the count of its mentions.
    """

    svg: str
    credit: str
    places: tuple[tuple[Link, int], ...]


class Page(Struct, frozen=True):
    """One article, ready for its template.

    ``root`` is the relative way to the site's root: "" or "../". ``tokens`` and ``runs`` are
    the article's, ``marks`` what weave adds to them. ``json_ld`` is safe inside a script
    element. ``tag_links`` are empty links where the site has no pages of tags. ``own_share`` is
    how much of the text ``own`` is, in percent of its ``words``.
    """

    path: str
    root: str
    slug: str
    title: str
    language: str
    date: DateView | None
    updated: DateView | None
    authors: tuple[str, ...]
    summary: str
    tags: tuple[str, ...]
    tag_links: tuple[Link, ...]
    dateline: str
    provenance: Provenance
    words: int
    minutes: int
    tokens: tuple[Token, ...]
    runs: tuple[Run, ...]
    marks: Marks
    entries: tuple[EntryView, ...]
    sources: tuple[SourceView, ...]
    speakers: tuple[SpeakerView, ...]
    own: tuple[OwnView, ...]
    own_share: int
    cards: tuple[CardView, ...]
    annotations_href: str
    canonical: str
    unreviewed: bool
    corrections: tuple[tuple[DateView, str], ...] = ()
    poster: str = ""
    timeline: tuple[Moment, ...] = ()
    story_map: StoryMap | None = None
    json_ld: str = ""


class Site(Struct, frozen=True):
    """What every template sees beside its page; ``pages`` are the links of the menu."""

    title: str
    language: str
    base_url: str
    description: str
    pages: tuple[Link, ...] = ()
    has_glossary: bool = True
    has_lists: bool = True
    footer: str = ""
    poster: str = ""
