"""The pages that are made of all articles together, as their templates see them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal

from msgspec import Struct

if TYPE_CHECKING:
    from explainer.model.glossary import OriginalName
    from explainer.model.notes import Standing
    from explainer.model.pages import DateView, EntryView, Link


class ArticleLine(Struct, frozen=True):
    """One article in a list."""

    href: str
    title: str
    language: str
    date: DateView | None
    summary: str
    publisher: str
    entries: int
    sources: int
    cards: int
    unreviewed: bool


class MentionLine(Struct, frozen=True):
    """One article that mentions an entry; ``excerpt`` is safe HTML with the name in <mark>."""

    article: ArticleLine
    href: str
    excerpt: str
    count: int


class QuoteLine(Struct, frozen=True):
    """A claim on another page than its article's."""

    article: ArticleLine
    href: str
    quote: str
    mode_words: str
    standing: Standing
    standing_words: str
    said_as: str


class EntryPage(Struct, frozen=True):
    """One of an entry's own pages: the note, where it is mentioned, what it is quoted saying.

    ``said_of`` is what others say of it, ``passed_on`` what an outlet reported of others.
    """

    path: str
    root: str
    number: int
    count: int
    newer: str
    older: str
    entry: EntryView
    mentions: tuple[MentionLine, ...]
    quotes: tuple[QuoteLine, ...]
    said_of: tuple[QuoteLine, ...]
    passed_on: tuple[QuoteLine, ...]
    canonical: str
    json_ld: str


class GlossaryGroup(Struct, frozen=True):
    """The entries under one letter of the A–Z."""

    letter: str
    anchor: str
    entries: tuple[EntryView, ...] = ()
    names: tuple[NameLine, ...] = ()
    parts: tuple[GlossaryPart, ...] = ()


class NameLine(Struct, frozen=True):
    """An entry as a list of names has it."""

    href: str
    name: str
    language: str
    original_name: OriginalName | None
    role: str


class GlossaryPart(Struct, frozen=True):
    """A page of the A–Z that others lead to, by the first and the last name on it."""

    href: str
    first: str
    last: str
    count: int


class GlossaryPage(Struct, frozen=True):
    """Entries A–Z, of all kinds or of one; `kinds` lead to the others' pages, with counts.

    A group has its entries' notes, or where there are many their names, or of very many the
    pages that these are on. Such a page is the ``part`` of a ``letter``. ``title`` names the kind,
    and is empty where all are.
    """

    path: str
    root: str
    groups: tuple[GlossaryGroup, ...]
    letters: tuple[Link, ...]
    title: str = ""
    kinds: tuple[tuple[Link, int], ...] = ()
    canonical: str = ""
    part: str = ""
    letter: str = ""
    previous: str = ""
    next: str = ""


class CitedLine(Struct, frozen=True):
    """One source of the site, with all articles that cite it.

    ``share`` is how many claims it makes, in hundredths of what the most cited does.
    """

    name: str
    language: str
    href: str
    role: str
    standings: tuple[tuple[Standing, str], ...]
    claims: int
    share: int
    articles: int
    first: DateView | None
    last: DateView | None


class UnlistedSources(Struct, frozen=True):
    """The sources of one article that have no entry."""

    article: ArticleLine
    claims: tuple[QuoteLine, ...]


class SourcesPage(Struct, frozen=True):
    """Who is cited on the site: `cited` have entries; on further pages `unlisted` have none."""

    path: str
    root: str
    cited: tuple[CitedLine, ...] = ()
    unlisted: tuple[UnlistedSources, ...] = ()
    other: str = ""
    number: int = 1
    count: int = 1
    newer: str = ""
    older: str = ""
    canonical: str = ""


class SiteMoment(Struct, frozen=True):
    """A card or an event on the site's timeline, with the articles that have it."""

    date: DateView
    title: str
    language: str
    href: str
    kind: Literal["card", "event"]
    articles: tuple[Link, ...] = ()


class Period(Struct, frozen=True):
    """A stretch of the timeline: a year of this century, a decade of the last, or a century."""

    title: str
    anchor: str
    moments: tuple[SiteMoment, ...]


class TimelinePage(Struct, frozen=True):
    path: str
    root: str
    periods: tuple[Period, ...]
    number: int = 1
    count: int = 1
    newer: str = ""
    older: str = ""
    canonical: str = ""


class SearchPage(Struct, frozen=True):
    """The page of the search; `data_href` is the script with all that it looks through.

    ``full_href`` is the one that looks through whole texts, empty where there is none.
    ``in_parts`` is whether there is more than that script has.
    """

    path: str
    root: str
    data_href: str
    full_href: str = ""
    canonical: str = ""
    in_parts: bool = False


class IndexPage(Struct, frozen=True):
    """One page of a list of articles: of all, or of one tag.

    ``newer`` and ``older`` lead to its neighbours, empty where there is none. ``tags`` are
    links to all tags with their counts, on the pages of all articles.
    """

    path: str
    root: str
    articles: tuple[ArticleLine, ...]
    tag: str = ""
    number: int = 1
    count: int = 1
    newer: str = ""
    older: str = ""
    tags: tuple[tuple[Link, int], ...] = ()
    canonical: str = ""


class PlainPage(Struct, frozen=True):
    """A page of content/pages: ``body`` is safe HTML."""

    path: str
    root: str
    title: str
    body: str
    language: str
