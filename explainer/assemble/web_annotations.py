"""A page's annotations as W3C Web Annotation JSON-LD, for other programs.

https://www.w3.org/TR/annotation-model/, with positions in code points of the article's text.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Sequence

from explainer.assemble.article import Published
from explainer.model import BackgroundCard, Entry, Kind, Span, Status

CONTEXT = 32
"""Characters of prefix and suffix in a TextQuoteSelector, as annotation tools have them."""

Json = dict[str, object]

_text = json.encoder.encode_basestring
"""A text as JSON, quotation marks and all."""


def web_annotations(published: Published, page: str) -> str:
    """The JSON text, ending in a line break; keys and items in a fixed order.

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
    head, tail = json.dumps(collection, ensure_ascii=False).rsplit("[]", 1)
    lines = ",\n".join(found)
    return f"{head}[\n{lines}\n]{tail}\n"


def _annotation(
    published: Published,
    page: str,
    fragment: str,
    motivation: str,
    body: str,
    status: Status,
    spans: Sequence[Span],
) -> str:
    """One annotation as JSON: put together as text, for a page has dozens."""
    source = _text(page)
    targets = [
        f'{{"source": {source}, "selector": {one}}}'
        for one in _selectors(spans, published.document.text)
    ]
    target = targets[0] if len(targets) == 1 else _list(targets)
    return (
        f'{{"id": {_text(f"{page}#{fragment}")}, "type": "Annotation", '
        f'"motivation": "{motivation}", "body": {body}, '
        f'"explainer:status": "{status}", "target": {target}}}'
    )


def _selectors(spans: Iterable[Span], text: str) -> list[str]:
    return [
        f'{{"type": "TextQuoteSelector", "exact": {_text(text[one.start : one.end])}, '
        f'"prefix": {_text(text[max(0, one.start - CONTEXT) : one.start])}, '
        f'"suffix": {_text(text[one.end : one.end + CONTEXT])}, '
        f'"refinedBy": {{"type": "TextPositionSelector", '
        f'"start": {one.start}, "end": {one.end}}}}}'
        for one in spans
    ]


def _mentions(published: Published, page: str) -> Iterator[str]:
    bodies: dict[tuple[str, Kind], str] = {}
    for number, mention in enumerate(published.mentions, start=1):
        key = (mention.entry, mention.kind)
        if key not in bodies:
            bodies[key] = _identity(published.entries[mention.entry], mention.kind)
        fragment = f"annotation-mention-{number}"
        yield _annotation(
            published, page, fragment, "identifying", bodies[key], mention.status, (mention.span,)
        )


def _identity(entry: Entry, kind: Kind) -> str:
    source = f', "source": {_text(entry.same_as[0])}' if entry.same_as else ""
    return (
        f'{{"type": "SpecificResource", "purpose": "identifying", '
        f'"explainer:entry": {_text(entry.id)}, "explainer:kind": "{kind}", '
        f'"explainer:name": {_text(entry.name)}{source}}}'
    )


def _attributions(published: Published, page: str) -> Iterator[str]:
    text = published.document.text
    for one in published.attributions:
        who = " ".join(span.of(text) for span in (one.antecedent or one.source))
        body = (
            f'{{"type": "TextualBody", "purpose": "describing", "format": "text/plain", '
            f'"value": {_text(who)}, '
            f'"explainer:speaker": {_list(map(_text, one.speaker))}, '
            f'"explainer:via": {_list(map(_text, one.via))}, '
            f'"explainer:mode": "{one.mode}", "explainer:standing": "{one.standing}", '
            f'"explainer:disputes": {_list(map(_text, one.disputes))}, '
            f'"explainer:source": {_list(_selectors(one.source, text))}, '
            f'"explainer:cue": {_list(_selectors(one.cue, text))}}}'
        )
        fragment = f"source-{one.id}"
        yield _annotation(published, page, fragment, "describing", body, one.status, one.content)


def _list(items: Iterable[str]) -> str:
    return f"[{', '.join(items)}]"


def _cards(published: Published, page: str) -> Iterator[str]:
    for card in published.cards:
        body = json.dumps(_card_body(card), ensure_ascii=False)
        yield _annotation(
            published, page, f"card-{card.id}", "commenting", body, card.status, card.leans_on
        )


def _card_body(card: BackgroundCard) -> Json:
    body: Json = {
        "type": "TextualBody",
        "purpose": "commenting",
        "format": "text/markdown",
        "value": card.body,
        "explainer:title": card.title,
        "explainer:kind": card.kind,
        "explainer:entries": list(card.entries),
    }
    if card.date:
        body["explainer:date"] = card.date.text
    return body
