"""The data that crosses module borders: frozen, ordered, standard library only."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    from markdown_it.token import Token

Status = Literal["suggested", "reviewed", "rejected"]
Kind = Literal["person", "place", "organization", "outlet", "event", "term", "work"]
Mode = Literal["direct", "indirect", "mixed"]
Standing = Literal["official", "expert", "witness", "media", "document", "anonymous", "other"]
Side = Literal["by", "of", "via"]
"""An entry's part in a claim: it makes it, it is named in it, it passed it on."""
AnchorState = Literal["exact", "moved", "fuzzy", "orphan"]
Severity = Literal["error", "warning", "note"]

STATUSES: tuple[Status, ...] = ("suggested", "reviewed", "rejected")
KINDS: tuple[Kind, ...] = ("person", "place", "organization", "outlet", "event", "term", "work")
MODES: tuple[Mode, ...] = ("direct", "indirect", "mixed")
STANDINGS: tuple[Standing, ...] = (
    "official", "expert", "witness", "media", "document", "anonymous", "other",
)  # fmt: skip


# ---- places in files and in texts


@dataclass(frozen=True, slots=True, order=True)
class Position:
    """A place in a file: line and column count from 1, the column in code points."""

    path: str
    line: int = 0
    column: int = 0


NOWHERE = Position("")
"""The place of what no file holds."""


@dataclass(frozen=True, slots=True, order=True)
class Span:
    """Half-open code-point offsets into ``Document.text``."""

    start: int
    end: int

    def __post_init__(self) -> None:
        if not 0 <= self.start < self.end:
            raise ValueError(f"a span needs 0 <= start < end, not {self.start}, {self.end}")

    def __len__(self) -> int:
        return self.end - self.start

    def overlaps(self, other: Span) -> bool:
        return self.start < other.end and other.start < self.end

    def contains(self, other: Span) -> bool:
        """True also for an equal span."""
        return self.start <= other.start and other.end <= self.end

    def of(self, text: str) -> str:
        return text[self.start : self.end]


@dataclass(frozen=True, slots=True)
class Edit:
    """What to put into a file in place of what stands from ``start`` up to ``end``."""

    start: Position
    end: Position
    text: str


@dataclass(frozen=True, slots=True)
class Diagnostic:
    """What is doubtful, or wrong, in a place; ``code`` is stable and documented in the README.

    ``fix`` puts it right, where that is safe.
    """

    code: str
    message: str
    position: Position
    severity: Severity = "warning"
    fix: tuple[Edit, ...] = ()


@dataclass(frozen=True, slots=True)
class Selector:
    """A W3C TextQuoteSelector: ``exact`` with what stands right before and after it."""

    exact: str
    prefix: str = ""
    suffix: str = ""
    position: Position = NOWHERE


@dataclass(frozen=True, slots=True)
class Anchor:
    """Where a selector stands in a text; ``span`` is None exactly for an orphan.

    ``reason`` says in words why a fuzzy or orphan anchor isn't published.
    """

    selector: Selector
    state: AnchorState
    span: Span | None
    reason: str = ""

    @property
    def holds(self) -> bool:
        """True where it may be published."""
        return self.state in ("exact", "moved")


@dataclass(frozen=True, slots=True)
class Edtf:
    """An EDTF date: ``text`` as written, ``earliest`` and ``latest`` day as (year, month, day).

    ``latest`` is None where the interval is open.
    """

    text: str
    earliest: tuple[int, int, int]
    latest: tuple[int, int, int] | None


# ---- what is known: glossary and notes


@dataclass(frozen=True, slots=True)
class Reference:
    """A work that the reader can check."""

    title: str
    publisher: str = ""
    url: str = ""
    date: str = ""


@dataclass(frozen=True, slots=True)
class Image:
    """A picture beside the glossary, ``src`` relative to static/images/."""

    src: str
    alt: str
    credit: str
    license: str


@dataclass(frozen=True, slots=True)
class Alias:
    """Another name; one ``after_name`` counts only once the full name was seen in the article."""

    text: str
    after_name: bool = False
    position: Position = NOWHERE


@dataclass(frozen=True, slots=True)
class Sense:
    """Another referent of an entry's name: Seoul, as a government, is the entry `entry`."""

    name: str
    entry: str
    position: Position = NOWHERE


@dataclass(frozen=True, slots=True)
class OriginalName:
    """The name in its own language and script, e.g. 김정은, ko."""

    text: str
    language: str


@dataclass(frozen=True, slots=True)
class Role:
    """What someone was, and when; None where it isn't said, or still goes on."""

    text: str
    since: Edtf | None = None
    until: Edtf | None = None


@dataclass(frozen=True, slots=True)
class Entry:
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


Point = tuple[float, float]
"""Longitude and latitude in degrees, or x and y in pixels."""


@dataclass(frozen=True, slots=True)
class Country:
    """A country's outline: each ring as indexes of arcs, ~i being arc i backwards."""

    name: str
    rings: tuple[tuple[int, ...], ...]


@dataclass(frozen=True, slots=True)
class Atlas:
    """Coasts and borders as TopoJSON has them: arcs that outlines share.

    ``boxes`` are the arcs' extents: west, south, east, north.
    """

    arcs: tuple[tuple[Point, ...], ...]
    boxes: tuple[tuple[float, float, float, float], ...]
    land: tuple[tuple[int, ...], ...]
    countries: tuple[Country, ...]


@dataclass(frozen=True, slots=True)
class KnownPlace:
    """A country, capital, division or city of the place pack; ``name`` is the first of ``names``.

    ``division`` is GeoNames' code of the first-level division it is or lies in, ``seats`` the
    cities whose names stand for the government, ``government`` its name in English. What the
    data don't say is empty.
    """

    name: str
    names: tuple[str, ...]
    sort: Literal["country", "capital", "division", "city"]
    country: str
    country_name: str
    role: str = ""
    location: tuple[float, float] | None = None
    time_zone: str = ""
    population: int = 0
    division: str = ""
    government: str = ""
    people: tuple[str, ...] = ()
    seats: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class KnownBody:
    """An international body or a news agency of the place pack."""

    name: str
    names: tuple[str, ...]
    kind: Literal["organization", "outlet"]
    role: str
    owner: str = ""


@dataclass(frozen=True, slots=True)
class MentionNote:
    """An editor's word on one occurrence; ``entry`` None means: no entry here."""

    at: Selector
    entry: str | None
    status: Status = "reviewed"


@dataclass(frozen=True, slots=True)
class CardNote:
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


@dataclass(frozen=True, slots=True)
class AttributionNote:
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


@dataclass(frozen=True, slots=True)
class Notes:
    """Everything said about one article; ``text`` is the digest of the text it was said of."""

    path: str
    text: str = ""
    mentions: tuple[MentionNote, ...] = ()
    background: tuple[CardNote, ...] = ()
    attributions: tuple[AttributionNote, ...] = ()


@dataclass(frozen=True, slots=True)
class Knowledge:
    """The glossary, sorted by id, and the notes by article slug."""

    entries: tuple[Entry, ...] = ()
    notes: Mapping[str, Notes] = field(default_factory=dict)


# ---- the article


@dataclass(frozen=True, slots=True)
class SourceFile:
    """One article as it lies on disk; ``text`` has LF line ends and no byte-order mark.

    ``sidecar`` is the text of the .yaml beside a plain-text article.
    """

    path: str
    slug: str
    text: str
    format: Literal["markdown", "text"] = "markdown"
    sidecar_path: str = ""
    sidecar: str = ""


@dataclass(frozen=True, slots=True)
class Provenance:
    """Where an article comes from: ``file`` is its raw form in seeds/, ``note`` says the rest."""

    publisher: str = ""
    url: str = ""
    license: str = ""
    file: str = ""
    note: str = ""


@dataclass(frozen=True, slots=True)
class Correction:
    """What was wrong in an article and was put right on `date`, an ISO 8601 day."""

    date: str
    text: str


@dataclass(frozen=True, slots=True)
class Metadata:
    """An article's front matter; dates are ISO 8601 as written, with a zone where one is known."""

    title: str
    date: str = ""
    updated: str = ""
    authors: tuple[str, ...] = ()
    summary: str = ""
    language: str = ""
    tags: tuple[str, ...] = ()
    dateline: str = ""
    source: Provenance = field(default_factory=Provenance)
    corrections: tuple[Correction, ...] = ()


@dataclass(frozen=True, slots=True)
class Run:
    """Text that a mark can wrap: ``span`` is the content of ``tokens[token].children[child]``.

    Claims and passages may wrap any; a mention only what is ``linkable``, which text in a
    link, in code or in a heading is not.
    """

    span: Span
    token: int
    child: int
    linkable: bool = True


@dataclass(frozen=True, slots=True)
class Override:
    """One occurrence settled by hand, in the text or in the notes; ``entry`` None forbids any."""

    span: Span
    entry: str | None
    position: Position = NOWHERE
    status: Status = "reviewed"


@dataclass(frozen=True, slots=True)
class Document:
    """One parsed article.

    ``text`` is all that annotations refer to; for plain text it is the file itself. ``runs``
    tie it to ``tokens``. ``blocks`` are its paragraphs and headings in order, ``sections``
    the offsets where a section starts (the first is 0), ``headline`` and ``dropped`` the
    parts of a plain text that are its title, and the title said again. ``lines`` gives for
    the start of each block its line in the file.
    """

    path: str
    slug: str
    meta: Metadata
    text: str
    digest: str
    tokens: tuple[Token, ...] = ()
    runs: tuple[Run, ...] = ()
    blocks: tuple[Span, ...] = ()
    sections: tuple[int, ...] = (0,)
    headline: Span | None = None
    dropped: tuple[Span, ...] = ()
    overrides: tuple[Override, ...] = ()
    abbreviations: tuple[tuple[str, str], ...] = ()
    lines: tuple[tuple[int, int], ...] = ()
    diagnostics: tuple[Diagnostic, ...] = ()


# ---- what a language model sees


@dataclass(frozen=True, slots=True)
class Word:
    """One token of an analysis: ``head`` is an index into the same analysis."""

    span: Span
    text: str
    lemma: str
    tag: str
    pos: str
    dep: str
    head: int
    morph: str = ""


@dataclass(frozen=True, slots=True)
class NamedSpan:
    """A named entity, labelled as OntoNotes does: PERSON, GPE, ORG, NORP, DATE …"""

    span: Span
    label: str


@dataclass(frozen=True, slots=True)
class Analysis:
    """What the model made of a text, in plain data.

    ``sentences`` are half-open ranges of word indexes.
    """

    model: str
    words: tuple[Word, ...]
    sentences: tuple[tuple[int, int], ...]
    names: tuple[NamedSpan, ...]


# ---- annotations


@dataclass(frozen=True, slots=True)
class Mention:
    """A span that names an entry; ``by`` says who found it: "glossary", "notes", "text" or a rule.

    ``kind`` is how it is meant here, which may differ from the entry's own.
    """

    span: Span
    entry: str
    kind: Kind
    status: Status = "reviewed"
    by: str = "glossary"


@dataclass(frozen=True, slots=True)
class Attribution:
    """Who said it: source, cue and content, each as the spans it is made of, in text order.

    ``speaker`` holds entry ids; where it is empty the words of ``antecedent``, else of
    ``source``, name the speaker: "he added" has the professor of two paragraphs ago as its
    antecedent. ``evidence`` says which rule proposed it, empty where a person wrote it;
    ``confidence`` how likely it is right.
    """

    id: str
    content: tuple[Span, ...]
    source: tuple[Span, ...] = ()
    cue: tuple[Span, ...] = ()
    antecedent: tuple[Span, ...] = ()
    speaker: tuple[str, ...] = ()
    via: tuple[str, ...] = ()
    mode: Mode = "indirect"
    standing: Standing = "other"
    disputes: tuple[str, ...] = ()
    status: Status = "reviewed"
    evidence: str = ""
    confidence: float = 1.0


@dataclass(frozen=True, slots=True)
class TimeExpression:
    """A TIMEX3: ``type`` DATE, TIME, DURATION or SET; ``value`` ISO 8601, None if unresolved.

    ``relation`` keeps in words what can't be resolved ("75 years before the article").
    """

    span: Span
    type: Literal["DATE", "TIME", "DURATION", "SET"]
    value: str | None
    relation: str = ""


@dataclass(frozen=True, slots=True)
class BackgroundCard:
    """One note of history, and the passages that lean on it.

    ``when`` is the time expression it was proposed for, None where a person wrote it.
    """

    id: str
    title: str
    body: str
    leans_on: tuple[Span, ...]
    date: Edtf | None = None
    kind: Literal["history", "remark"] = "history"
    entries: tuple[str, ...] = ()
    sources: tuple[Reference, ...] = ()
    status: Status = "reviewed"
    when: Span | None = None
    evidence: str = ""


@dataclass(frozen=True, slots=True)
class Rejection:
    """What a rule found and a later one, or the threshold, took away again, and why."""

    span: Span
    evidence: str
    reason: str


@dataclass(frozen=True, slots=True)
class AnnotatedDocument:
    """A document with what was found in it, each field sorted by place in the text.

    ``settled`` is what the notes say of single occurrences; ``proposed`` are entries that the
    glossary lacks. Mentions never overlap; ``nested`` are names inside of one: the Oslo of
    "University of Oslo". They are counted, not marked. ``rejected`` is what a draft didn't propose.
    """

    document: Document
    analysis: Analysis | None = None
    settled: tuple[Override, ...] = ()
    mentions: tuple[Mention, ...] = ()
    nested: tuple[Mention, ...] = ()
    attributions: tuple[Attribution, ...] = ()
    cards: tuple[BackgroundCard, ...] = ()
    dates: tuple[TimeExpression, ...] = ()
    proposed: tuple[Entry, ...] = ()
    rejected: tuple[Rejection, ...] = ()
    diagnostics: tuple[Diagnostic, ...] = ()


# ---- what weave puts into the text


@dataclass(frozen=True, slots=True)
class MentionMark:
    """``target`` is the id of the note it links to; empty for a quiet mention."""

    span: Span
    entry: str
    kind: Kind
    suggested: bool
    anchor: str = ""
    target: str = ""


@dataclass(frozen=True, slots=True)
class ClaimMark:
    """One attribution's content; the marker with its number stands after the last span."""

    spans: tuple[Span, ...]
    attribution: str
    number: int
    standing: Standing
    suggested: bool
    label: str = ""


@dataclass(frozen=True, slots=True)
class PassageMark:
    """The passages of one card; the card itself stands after the first one's paragraph."""

    spans: tuple[Span, ...]
    card: str
    label: str
    suggested: bool


@dataclass(frozen=True, slots=True)
class Marks:
    """``own`` are the passages without a source, numbered in their order from 1."""

    mentions: tuple[MentionMark, ...] = ()
    claims: tuple[ClaimMark, ...] = ()
    passages: tuple[PassageMark, ...] = ()
    own: tuple[Span, ...] = ()


# ---- what the templates see: finished, ordered, numbered


@dataclass(frozen=True, slots=True)
class DateView:
    """``iso`` for machines (a valid HTML datetime, or empty), ``words`` for people."""

    iso: str
    words: str


@dataclass(frozen=True, slots=True)
class Link:
    """``href`` is relative to the page it stands on; empty where there is nothing to open."""

    text: str
    href: str


@dataclass(frozen=True, slots=True)
class EntryView:
    """One entry as a note: on an article page, in the glossary, or on its own page.

    ``summary`` is safe HTML. ``anchor`` is its id in this page ("entry-…"); ``back`` leads to
    its first mention in the text, empty where there is none; ``href`` to its own page, empty
    where it has none. ``map`` is SVG, or empty. ``facts`` are label and text: "Born",
    "January 8, 1984".
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


@dataclass(frozen=True, slots=True)
class SourceView:
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


@dataclass(frozen=True, slots=True)
class SpeakerView:
    """One line of "who says so": a source of the story and all that it is cited for."""

    name: str
    href: str
    description: str
    standing: Standing
    standing_words: str
    named: bool
    count: int
    words: int
    claims: tuple[Link, ...]


@dataclass(frozen=True, slots=True)
class OwnView:
    """A passage that the article asserts in its own name; ``anchor`` is its id in the text."""

    anchor: str
    quote: str


@dataclass(frozen=True, slots=True)
class CardView:
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


@dataclass(frozen=True, slots=True)
class Moment:
    """One line of a timeline: a card, an event, or the article itself (which has no `href`)."""

    date: DateView
    title: str
    href: str
    kind: Literal["card", "event", "article"]


@dataclass(frozen=True, slots=True)
class StoryMap:
    """A story's places on one map: `svg` numbers them from 1 in the order of `places`.

    Each place is a link to its note, with the count of its mentions.
    """

    svg: str
    credit: str
    places: tuple[tuple[Link, int], ...]


@dataclass(frozen=True, slots=True)
class Page:
    """One article, ready for its template.

    ``root`` is the relative way to the site's root: "" or "../". ``tokens`` and ``runs`` are
    the article's, ``marks`` what weave adds to them. ``json_ld`` is safe inside a script
    element. ``tag_links`` are empty links where the site has no pages of tags. ``own_share`` is
    how much of the text ``own`` is, in percent of its words.
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


@dataclass(frozen=True, slots=True)
class MentionRecord:
    """An entry that an article mentions; ``excerpt`` is safe HTML with the name in <mark>."""

    entry: str
    excerpt: str
    count: int


@dataclass(frozen=True, slots=True)
class QuoteRecord:
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


@dataclass(frozen=True, slots=True)
class MomentRecord:
    """A dated card of an article, for the timeline of the site; `date` is EDTF."""

    anchor: str
    title: str
    date: str


@dataclass(frozen=True, slots=True)
class Record:
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


@dataclass(frozen=True, slots=True)
class ArticleLine:
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


@dataclass(frozen=True, slots=True)
class MentionLine:
    """One article that mentions an entry; ``excerpt`` is safe HTML with the name in <mark>."""

    article: ArticleLine
    href: str
    excerpt: str
    count: int


@dataclass(frozen=True, slots=True)
class QuoteLine:
    """A claim on another page than its article's."""

    article: ArticleLine
    href: str
    quote: str
    mode_words: str
    standing: Standing
    standing_words: str
    said_as: str


@dataclass(frozen=True, slots=True)
class EntryPage:
    """An entry's own page: the note, where it is mentioned, and what it is quoted saying.

    ``said_of`` is what others say of it, ``passed_on`` what an outlet reported of others.
    """

    path: str
    root: str
    entry: EntryView
    mentions: tuple[MentionLine, ...]
    quotes: tuple[QuoteLine, ...]
    said_of: tuple[QuoteLine, ...]
    passed_on: tuple[QuoteLine, ...]
    canonical: str


@dataclass(frozen=True, slots=True)
class GlossaryGroup:
    """The entries under one letter of the A–Z."""

    letter: str
    anchor: str
    entries: tuple[EntryView, ...]


@dataclass(frozen=True, slots=True)
class GlossaryPage:
    """All entries A–Z, or those of one kind; `kinds` lead to the other pages, with counts.

    ``title`` names the kind, and is empty on the page of all.
    """

    path: str
    root: str
    groups: tuple[GlossaryGroup, ...]
    title: str = ""
    kinds: tuple[tuple[Link, int], ...] = ()
    canonical: str = ""


@dataclass(frozen=True, slots=True)
class CitedLine:
    """One source of the site, with all articles that cite it."""

    name: str
    language: str
    href: str
    role: str
    standings: tuple[tuple[Standing, str], ...]
    claims: int
    articles: int
    first: DateView | None
    last: DateView | None


@dataclass(frozen=True, slots=True)
class UnlistedSources:
    """The sources of one article that have no entry."""

    article: ArticleLine
    claims: tuple[QuoteLine, ...]


@dataclass(frozen=True, slots=True)
class SourcesPage:
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


@dataclass(frozen=True, slots=True)
class SiteMoment:
    """A card or an event on the site's timeline, with the articles that have it."""

    date: DateView
    title: str
    language: str
    href: str
    kind: Literal["card", "event"]
    articles: tuple[Link, ...] = ()


@dataclass(frozen=True, slots=True)
class Period:
    """A stretch of the timeline: a year of this century, a decade of the last, or a century."""

    title: str
    anchor: str
    moments: tuple[SiteMoment, ...]


@dataclass(frozen=True, slots=True)
class TimelinePage:
    path: str
    root: str
    periods: tuple[Period, ...]
    number: int = 1
    count: int = 1
    newer: str = ""
    older: str = ""
    canonical: str = ""


@dataclass(frozen=True, slots=True)
class SearchPage:
    """The page of the search; `data_href` is the script with all that it looks through.

    ``full_href`` is the one that looks through whole texts, empty where there is none.
    """

    path: str
    root: str
    data_href: str
    full_href: str = ""
    canonical: str = ""


@dataclass(frozen=True, slots=True)
class IndexPage:
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


@dataclass(frozen=True, slots=True)
class PlainPage:
    """A page of content/pages: ``body`` is safe HTML."""

    path: str
    root: str
    title: str
    body: str
    language: str


@dataclass(frozen=True, slots=True)
class Site:
    """What every template sees beside its page; ``pages`` are the links of the menu."""

    title: str
    language: str
    base_url: str
    description: str
    pages: tuple[Link, ...] = ()
    has_glossary: bool = True
    has_lists: bool = True
    footer: str = ""
