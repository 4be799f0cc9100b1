"""An article under review as plain data, for the page that shows it."""

from __future__ import annotations

from collections.abc import Iterator

from msgspec.structs import asdict

from explainer.model import KINDS, MODES, STANDINGS, Entry
from explainer.review.case import Case
from explainer.review.queue import Item, queue_of

Json = dict[str, object]


def text_json(case: Case) -> Json:
    """What stays the same while an article is decided on. Offsets count code points."""
    document = case.document
    headline = document.headline
    return {
        "title": document.meta.title,
        "slug": document.slug,
        "text": document.text,
        "blocks": [[one.start, one.end] for one in document.blocks],
        "headline": [headline.start, headline.end] if headline else None,
        "dropped": [[one.start, one.end] for one in document.dropped],
        "kinds": KINDS,
        "modes": MODES,
        "standings": STANDINGS,
    }


def state_json(case: Case) -> Json:
    """What a decision changes: the queue, the marks, and the entries that may be picked."""
    return {
        "queue": [_item(one) for one in queue_of(case)],
        "marks": list(_marks(case)),
        "entries": [_entry(one) for one in case.entries if one.status != "rejected"],
        "changed": case.base is not None,
    }


def _item(one: Item) -> Json:
    fields = {name: getattr(one, name) for name in Item.__struct_fields__}
    choices = [asdict(choice) for choice in one.choices]
    return {**fields, "choices": choices, "start": one.start}


def _entry(one: Entry) -> Json:
    return {
        "id": one.id,
        "name": one.name,
        "kind": one.kind,
        "role": one.role,
        "names": [alias.text for alias in one.aliases],
        "suggested": one.status == "suggested",
        "path": one.position.path,
        "line": one.position.line,
    }


def _marks(case: Case) -> Iterator[list[object]]:
    """Start, end, what it is, and whether it still waits for an editor."""
    found = case.annotated
    entries = case.entry_by_id
    for mention in found.mentions:
        waits = mention.status == "suggested" or entries[mention.entry].status == "suggested"
        yield [mention.span.start, mention.span.end, "mention", waits]
    for one in found.attributions:
        for span in one.content:
            yield [span.start, span.end, "claim", one.status == "suggested"]
    for card in found.cards:
        for span in card.leans_on:
            yield [span.start, span.end, "passage", card.status == "suggested"]
