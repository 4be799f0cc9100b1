"""A page's annotations as W3C Web Annotation JSON-LD, for other programs.

https://www.w3.org/TR/annotation-model/, with positions in code points of the article's text.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from msgspec import UNSET, Struct, UnsetType, field, json

from explainer.assemble.article import Published
from explainer.model import BackgroundCard, Entry, Kind, Mode, Span, Standing, Status

CONTEXT = 32
"""Characters of prefix and suffix in a TextQuoteSelector, as annotation tools have them."""

_JOINT = b",\n"


class _Position(Struct, tag_field="type", tag="TextPositionSelector"):
    start: int
    end: int


class _Selector(Struct, tag_field="type", tag="TextQuoteSelector", rename="camel"):
    exact: str
    prefix: str
    suffix: str
    refined_by: _Position


class _Target(Struct):
    source: str
    selector: _Selector


class _Identity(Struct, tag_field="type", tag="SpecificResource"):
    """What a mention names; ``source`` says it to programs that don't know our entries."""

    entry: str = field(name="explainer:entry")
    kind: Kind = field(name="explainer:kind")
    name: str = field(name="explainer:name")
    source: str | UnsetType = UNSET
    purpose: str = "identifying"


class _Claim(Struct, tag_field="type", tag="TextualBody"):
    """Who makes a claim, in the article's words as ``value``."""

    value: str
    speaker: tuple[str, ...] = field(name="explainer:speaker")
    via: tuple[str, ...] = field(name="explainer:via")
    mode: Mode = field(name="explainer:mode")
    standing: Standing = field(name="explainer:standing")
    disputes: tuple[str, ...] = field(name="explainer:disputes")
    source: list[_Selector] = field(name="explainer:source")
    cue: list[_Selector] = field(name="explainer:cue")
    purpose: str = "describing"
    format: str = "text/plain"


class _Card(Struct, tag_field="type", tag="TextualBody"):
    value: str
    title: str = field(name="explainer:title")
    kind: str = field(name="explainer:kind")
    entries: tuple[str, ...] = field(name="explainer:entries")
    date: str | UnsetType = field(name="explainer:date", default=UNSET)
    purpose: str = "commenting"
    format: str = "text/markdown"


class _Annotation(Struct, tag_field="type", tag="Annotation"):
    id: str
    motivation: str
    body: _Identity | _Claim | _Card
    status: Status = field(name="explainer:status")
    target: _Target | list[_Target]


def web_annotations(published: Published, page: str) -> bytes:
    """The JSON, ending in a line break; keys and items in a fixed order.

    Args:
        page: The address of the article's page, which targets name and ids are fragments of.
    """
    found = [*_mentions(published, page), *_attributions(published, page), *_cards(published, page)]
    collection = {
        "@context": ["http://www.w3.org/ns/anno.jsonld", {"explainer": "urn:explainer:"}],
        "id": f"{page}#annotations",
        "type": "AnnotationCollection",
        "label": published.document.meta.title,
        "explainer:textDigest": f"sha256:{published.document.digest}",
        "total": len(found),
        "first": {
            "type": "AnnotationPage",
            "startIndex": 0,
            "items": [],
        },
    }
    head, tail = json.encode(collection).rsplit(b"[]", 1)
    lines = _JOINT.join(map(json.encode, found))
    return b"%b[\n%b\n]%b\n" % (head, lines, tail)


def _selectors(spans: Iterable[Span], text: str) -> list[_Selector]:
    return [
        _Selector(
            text[span.start : span.end],
            text[max(0, span.start - CONTEXT) : span.start],
            text[span.end : span.end + CONTEXT],
            _Position(span.start, span.end),
        )
        for span in spans
    ]


def _target(spans: Sequence[Span], published: Published, page: str) -> _Target | list[_Target]:
    targets = [_Target(page, one) for one in _selectors(spans, published.document.text)]
    return targets[0] if len(targets) == 1 else targets


def _mentions(published: Published, page: str) -> Iterator[_Annotation]:
    bodies: dict[tuple[str, Kind], _Identity] = {}
    for number, mention in enumerate(published.mentions, start=1):
        key = (mention.entry, mention.kind)
        if key not in bodies:
            bodies[key] = _identity(published.entries[mention.entry], mention.kind)
        yield _Annotation(
            f"{page}#annotation-mention-{number}",
            "identifying",
            bodies[key],
            mention.status,
            _target((mention.span,), published, page),
        )


def _identity(entry: Entry, kind: Kind) -> _Identity:
    return _Identity(entry.id, kind, entry.name, entry.same_as[0] if entry.same_as else UNSET)


def _attributions(published: Published, page: str) -> Iterator[_Annotation]:
    text = published.document.text
    for one in published.attributions:
        body = _Claim(
            value=" ".join(span.of(text) for span in (one.antecedent or one.source)),
            speaker=one.speaker,
            via=one.via,
            mode=one.mode,
            standing=one.standing,
            disputes=one.disputes,
            source=_selectors(one.source, text),
            cue=_selectors(one.cue, text),
        )
        target = _target(one.content, published, page)
        yield _Annotation(f"{page}#source-{one.id}", "describing", body, one.status, target)


def _cards(published: Published, page: str) -> Iterator[_Annotation]:
    for card in published.cards:
        target = _target(card.leans_on, published, page)
        yield _Annotation(f"{page}#card-{card.id}", "commenting", _card(card), card.status, target)


def _card(card: BackgroundCard) -> _Card:
    date = card.date.text if card.date else UNSET
    return _Card(card.body, card.title, card.kind, card.entries, date)
