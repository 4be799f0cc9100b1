"""A page's annotations as W3C Web Annotation JSON-LD, for other programs.

https://www.w3.org/TR/annotation-model/, with positions in code points of the article's text.
"""

from __future__ import annotations

import json
from collections.abc import Iterable

from explainer.assemble.article import Published
from explainer.model import BackgroundCard, Entry, Kind, Span

CONTEXT = 32
"""Characters of prefix and suffix in a TextQuoteSelector, as annotation tools have them."""

Json = dict[str, object]


def web_annotations(published: Published, page: str) -> str:
    """The JSON text, ending in a line break; keys and items in a fixed order.

    Args:
        page: The address of the article's page, which targets name and ids are fragments of.
    """
    found = [*_mentions(published), *_attributions(published), *_cards(published)]
    items = [json.dumps(_annotation(item, page), ensure_ascii=False) for item in found]
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
    lines = ",\n".join(items)
    return f"{head}[\n{lines}\n]{tail}\n"


def _annotation(item: Json, page: str) -> Json:
    selectors = item.pop("selectors")
    assert isinstance(selectors, list)
    targets = [{"source": page, "selector": selector} for selector in selectors]
    return {
        "id": f"{page}#{item.pop('fragment')}",
        "type": "Annotation",
        **item,
        "target": targets[0] if len(targets) == 1 else targets,
    }


def _selectors(spans: Iterable[Span], text: str) -> list[Json]:
    return [
        {
            "type": "TextQuoteSelector",
            "exact": span.of(text),
            "prefix": text[max(0, span.start - CONTEXT) : span.start],
            "suffix": text[span.end : span.end + CONTEXT],
            "refinedBy": {"type": "TextPositionSelector", "start": span.start, "end": span.end},
        }
        for span in spans
    ]


def _mentions(published: Published) -> Iterable[Json]:
    for number, mention in enumerate(published.mentions, start=1):
        entry = published.entries[mention.entry]
        yield {
            "fragment": f"annotation-mention-{number}",
            "motivation": "identifying",
            "body": _identity(entry, mention.kind),
            "explainer:status": mention.status,
            "selectors": _selectors((mention.span,), published.document.text),
        }


def _identity(entry: Entry, kind: Kind) -> Json:
    body: Json = {
        "type": "SpecificResource",
        "purpose": "identifying",
        "explainer:entry": entry.id,
        "explainer:kind": kind,
        "explainer:name": entry.name,
    }
    if entry.same_as:
        body["source"] = entry.same_as[0]
    return body


def _attributions(published: Published) -> Iterable[Json]:
    text = published.document.text
    for one in published.attributions:
        yield {
            "fragment": f"source-{one.id}",
            "motivation": "describing",
            "body": {
                "type": "TextualBody",
                "purpose": "describing",
                "format": "text/plain",
                "value": " ".join(span.of(text) for span in (one.antecedent or one.source)),
                "explainer:speaker": list(one.speaker),
                "explainer:via": list(one.via),
                "explainer:mode": one.mode,
                "explainer:standing": one.standing,
                "explainer:disputes": list(one.disputes),
                "explainer:source": _selectors(one.source, text),
                "explainer:cue": _selectors(one.cue, text),
            },
            "explainer:status": one.status,
            "selectors": _selectors(one.content, text),
        }


def _cards(published: Published) -> Iterable[Json]:
    for card in published.cards:
        yield {
            "fragment": f"card-{card.id}",
            "motivation": "commenting",
            "body": _card_body(card),
            "explainer:status": card.status,
            "selectors": _selectors(card.leans_on, published.document.text),
        }


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
