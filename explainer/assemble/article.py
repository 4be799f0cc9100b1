"""One annotated article and what is known become its page: chosen, ordered, numbered."""

from __future__ import annotations

from bisect import bisect_right
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence

from msgspec import Struct
from msgspec.structs import replace

from explainer.assemble.addresses import Addresses
from explainer.assemble.entries import Notes, Place
from explainer.assemble.maps import map_credit
from explainer.assemble.own_words import Own, own_views, own_words
from explainer.assemble.prose import prose_html
from explainer.assemble.roles import role_at
from explainer.assemble.sources import Sources, source_views, speaker_views
from explainer.assemble.timeline import timeline
from explainer.assemble.words import date_view, dated_references, moment_view
from explainer.config import SiteConfig
from explainer.language import Language, language_of
from explainer.model import (
    AnnotatedDocument,
    Attribution,
    BackgroundCard,
    CardView,
    ClaimMark,
    DateView,
    Document,
    Entry,
    EntryView,
    Link,
    Marks,
    Mention,
    MentionMark,
    Metadata,
    Moment,
    Page,
    PassageMark,
    Run,
    SourceView,
    Span,
    SpeakerView,
    Status,
    StoryMap,
)
from explainer.parse.controls import printable

WORDS_A_MINUTE = 238
"""Silent reading of English non-fiction: Brysbaert 2019, Journal of Memory and Language 109."""


class Published(Struct, frozen=True):
    """The annotations of one article that its page shows, and the entries they name.

    ``mentions`` are those that can be links.
    """

    document: Document
    mentions: tuple[Mention, ...]
    attributions: tuple[Attribution, ...]
    cards: tuple[BackgroundCard, ...]
    entries: Mapping[str, Entry]


def publish(
    annotated: AnnotatedDocument, entry_by_id: Mapping[str, Entry], config: SiteConfig
) -> Published:
    """Leave out what no reader is to see: what is rejected, and what waits for an editor.

    Entries have the role that they had when the article was written.
    """
    shown: tuple[Status, ...] = ("reviewed",)
    if config.publish == "all":
        shown = ("reviewed", "suggested")
    document = annotated.document
    document = replace(document, text=printable(document.text))
    mentions = [one for one in annotated.mentions if one.status in shown]
    attributions = [one for one in annotated.attributions if one.status in shown]
    cards = tuple(one for one in annotated.cards if one.status in shown)
    proposed = {entry.id: entry for entry in annotated.proposed}
    entries = {}
    for name in dict.fromkeys(_named(mentions, attributions, cards)):
        entry = entry_by_id.get(name) or proposed[name]
        role = role_at(entry, document.meta.date)
        entries[name] = entry if role == entry.role else replace(entry, role=role)
    kept = {one.id for one in attributions}
    run_ends = [run.span.end for run in document.runs]
    return Published(
        document=document,
        mentions=tuple(
            one
            for one in mentions
            if entries[one.entry].status in shown
            and _is_linkable(one.span, document.runs, run_ends)
        ),
        attributions=tuple(
            replace(one, disputes=tuple(other for other in one.disputes if other in kept))
            if one.disputes
            else one
            for one in attributions
        ),
        cards=cards,
        entries=entries,
    )


def _named(
    mentions: Iterable[Mention],
    attributions: Iterable[Attribution],
    cards: Iterable[BackgroundCard],
) -> Iterator[str]:
    """The ids of the entries in the order in which a reader meets them, again and again."""
    yield from (mention.entry for mention in mentions)
    for one in attributions:
        yield from one.speaker
        yield from one.via
    for card in cards:
        yield from card.entries


def _is_linkable(span: Span, runs: Sequence[Run], run_ends: Sequence[int]) -> bool:
    """Whether runs that take a mention hold all of the span."""
    held = 0
    for index in range(bisect_right(run_ends, span.start), len(runs)):
        run = runs[index]
        if run.span.start >= span.end:
            break
        if run.linkable:
            held += min(run.span.end, span.end) - max(run.span.start, span.start)
    return held == len(span)


class _Beside(Struct, frozen=True):
    """What a page shows beside its text."""

    place: Place
    order: dict[str, int]
    entries: tuple[EntryView, ...]
    sources: tuple[SourceView, ...]
    speakers: tuple[SpeakerView, ...]
    cards: tuple[CardView, ...]
    own: Own

    @property
    def is_unreviewed(self) -> bool:
        """Whether any of it waits for an editor."""
        return (
            any(view.suggested for view in self.entries)
            or any(view.suggested for view in self.sources)
            or any(view.suggested for view in self.cards)
        )


def assemble_page(
    published: Published, addresses: Addresses, config: SiteConfig, notes: Notes
) -> Page:
    """The article's page, all of it but the HTML of its text."""
    document = published.document
    meta = document.meta
    path = addresses.article(document.slug)
    words = len(document.text.split())
    beside = _beside(published, path, addresses, config, notes)
    language = beside.place.language
    return Page(
        path=path,
        root=beside.place.root,
        slug=document.slug,
        title=meta.title,
        language=language.tag,
        date=moment_view(meta.date, language),
        updated=moment_view(meta.updated, language),
        authors=meta.authors,
        summary=meta.summary,
        tags=meta.tags,
        tag_links=tuple(Link(tag, addresses.tag(tag, path)) for tag in meta.tags),
        dateline=meta.dateline,
        provenance=meta.source,
        words=words,
        minutes=max(1, round(words / WORDS_A_MINUTE)),
        tokens=document.tokens,
        runs=document.runs,
        marks=_marks(published, beside, config),
        entries=beside.entries,
        sources=beside.sources,
        speakers=beside.speakers,
        own=own_views(beside.own.spans, document),
        own_share=beside.own.share,
        cards=beside.cards,
        annotations_href=addresses.annotations(document.slug).rsplit("/", 1)[-1],
        canonical=f"{config.base_url}{path}" if config.base_url else "",
        unreviewed=beside.is_unreviewed,
        corrections=_corrections(meta, language),
        timeline=_timeline(published, beside),
        story_map=_story_map(published, beside.order, beside.place),
    )


def _beside(
    published: Published, path: str, addresses: Addresses, config: SiteConfig, notes: Notes
) -> _Beside:
    document = published.document
    order = _entry_order(published)
    language = language_of(document.meta.language or config.language)
    place = Place(
        root=addresses.root(path),
        language=language,
        site_language=config.language,
        maps=notes.maps,
        href_of=lambda entry: f"#entry-{entry}" if entry in order else addresses.entry(entry, path),
        page_of=lambda entry: addresses.entry(entry, path),
    )
    sources = Sources(document, published.attributions, published.entries, place.href_of, language)
    return _Beside(
        place=place,
        order=order,
        entries=_entry_views(published, order, place, notes),
        sources=source_views(sources),
        speakers=speaker_views(sources),
        cards=_card_views(published, place),
        own=own_words(document, published.attributions),
    )


def _marks(published: Published, beside: _Beside, config: SiteConfig) -> Marks:
    language = beside.place.language
    return Marks(
        mentions=_mention_marks(published, config),
        claims=_claim_marks(published, beside.sources, language),
        passages=_passage_marks(published, language),
        own=beside.own.spans,
    )


def _corrections(meta: Metadata, language: Language) -> tuple[tuple[DateView, str], ...]:
    return tuple(
        (view, one.text) for one in meta.corrections if (view := moment_view(one.date, language))
    )


def _timeline(published: Published, beside: _Beside) -> tuple[Moment, ...]:
    entries = [published.entries[one] for one in beside.order]
    return timeline(
        [card for card in published.cards if card.kind == "history"],
        [entry for entry in entries if entry.kind == "event"],
        published.document.meta.date,
        beside.place.href_of,
        beside.place.language,
    )


def _story_map(published: Published, order: dict[str, int], place: Place) -> StoryMap | None:
    """The located places that the text names, where there are at least two of them."""
    counts = Counter(mention.entry for mention in published.mentions)
    entries = [published.entries[one] for one in order if counts[one]]
    places = [entry for entry in entries if entry.location and entry.map != "none"]
    if place.maps is None or len(places) < 2:
        return None
    return StoryMap(
        svg=place.maps.of_story(places, place.language),
        credit=map_credit(places[0], place.language),
        places=tuple(
            (Link(entry.name, place.href_of(entry.id)), counts[entry.id]) for entry in places
        ),
    )


def _entry_order(published: Published) -> dict[str, int]:
    """The entries with a note on the page, by first appearance; cited ones only come last."""
    order: dict[str, int] = {}
    for entry in _named(published.mentions, published.attributions, published.cards):
        if published.entries[entry].status != "rejected":
            order.setdefault(entry, len(order))
    return order


def _entry_views(
    published: Published, order: dict[str, int], place: Place, notes: Notes
) -> tuple[EntryView, ...]:
    named = {mention.entry for mention in published.mentions}
    return tuple(
        notes.of(
            published.entries[entry], place, back=f"#mention-{entry}" if entry in named else ""
        )
        for entry in order
    )


def _card_views(published: Published, place: Place) -> tuple[CardView, ...]:
    return tuple(
        CardView(
            id=card.id,
            anchor=f"card-{card.id}",
            number=number,
            title=card.title,
            kind=card.kind,
            date=date_view(card.date, place.language),
            body=prose_html(card.body, place.href_of) if card.body else "",
            entries=tuple(
                Link(published.entries[one].name, place.href_of(one)) for one in card.entries
            ),
            sources=dated_references(card.sources, place.language),
            backs=(f"#passage-{card.id}",),
            suggested=card.status == "suggested",
        )
        for number, card in enumerate(published.cards, start=1)
    )


def _claim_marks(
    published: Published, notes: Sequence[SourceView], language: Language
) -> tuple[ClaimMark, ...]:
    return tuple(
        ClaimMark(
            spans=one.content,
            attribution=one.id,
            number=note.number,
            standing=one.standing,
            suggested=note.suggested,
            label=language.say(
                "{number}, who says so: {names}", number=note.number, names=note.said_as
            ),
        )
        for one, note in zip(published.attributions, notes, strict=True)
    )


def _passage_marks(published: Published, language: Language) -> tuple[PassageMark, ...]:
    return tuple(
        PassageMark(
            card.leans_on,
            card.id,
            language.say("Background: {title}", title=card.title),
            card.status == "suggested",
        )
        for card in published.cards
    )


def _mention_marks(published: Published, config: SiteConfig) -> tuple[MentionMark, ...]:
    """Links for first mentions, of the page or of each section; the rest are quiet."""
    sections = published.document.sections
    linked: set[tuple[str, int]] = set()
    anchored: set[str] = set()
    marks = []
    for mention in published.mentions:
        section = bisect_right(sections, mention.span.start)
        key = (mention.entry, section if config.mentions == "section" else 0)
        is_link = config.mentions == "all" or key not in linked
        linked.add(key)
        marks.append(
            MentionMark(
                span=mention.span,
                entry=mention.entry,
                kind=mention.kind,
                suggested="suggested" in (mention.status, published.entries[mention.entry].status),
                anchor="" if mention.entry in anchored else f"mention-{mention.entry}",
                target=f"entry-{mention.entry}" if is_link else "",
            )
        )
        anchored.add(mention.entry)
    return tuple(marks)
