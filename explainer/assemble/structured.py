"""What search engines and other programs read in a page: schema.org as JSON-LD.

Types and properties as in https://schema.org/NewsArticle, /DefinedTerm and /Claim.
"""

from __future__ import annotations

import json

from markupsafe import Markup

from explainer.assemble.article import Published
from explainer.assemble.records import last_change
from explainer.assemble.sources import Sources, quoted_text, speaker_names
from explainer.language import language_of
from explainer.model import Attribution, Entry, Kind, Page

Json = dict[str, object]

_TYPES: dict[Kind, str] = {
    "person": "Person",
    "place": "Place",
    "organization": "Organization",
    "outlet": "NewsMediaOrganization",
    "event": "Event",
    "term": "DefinedTerm",
    "work": "CreativeWork",
}


def article_json_ld(published: Published, page: Page) -> Markup:
    """The article with what it mentions and who claims what, safe inside a <script> element."""
    meta = published.document.meta
    sources = Sources(
        published.document,
        published.attributions,
        published.entries,
        lambda _: "",
        language_of(page.language),
    )
    article: Json = {
        "@context": "https://schema.org",
        "@type": "NewsArticle",
        "headline": page.title,
        "description": page.summary,
        "inLanguage": page.language,
        "datePublished": meta.date,
        "dateModified": last_change(published),
        "correction": [
            {"@type": "CorrectionComment", "text": one.text, "datePublished": one.date}
            for one in meta.corrections
        ],
        "keywords": list(page.tags),
        "image": page.poster,
        "url": page.canonical,
        "mainEntityOfPage": page.canonical,
        "author": [{"@type": "Person", "name": name} for name in page.authors],
        "sourceOrganization": _publisher(page),
        "isBasedOn": page.provenance.url,
        "license": page.provenance.license,
        "wordCount": len(published.document.text.split()),
        "mentions": [_thing(published.entries[view.id], page) for view in page.entries],
        "citation": [
            {"@type": "CreativeWork", "name": one.title, "url": one.url, "publisher": one.publisher}
            for card in page.cards
            for one in card.sources
        ],
        "hasPart": [_claim(one, sources, page) for one in published.attributions],
    }
    text = json.dumps(_without_empty(article), ensure_ascii=False, separators=(",", ":"))
    return Markup(text.replace("<", "\\u003c").replace("\u2028", "\\u2028"))


def _publisher(page: Page) -> Json:
    name = page.provenance.publisher
    return {"@type": "NewsMediaOrganization", "name": name} if name else {}


def _thing(entry: Entry, page: Page) -> Json:
    thing: Json = {
        "@type": _TYPES[entry.kind],
        "@id": f"{page.canonical}#entry-{entry.id}",
        "name": entry.name,
        "description": entry.role,
        "sameAs": list(entry.same_as),
    }
    if entry.location:
        latitude, longitude = entry.location
        thing["geo"] = {
            "@type": "GeoCoordinates", "latitude": latitude, "longitude": longitude,
        }  # fmt: skip
    return thing


def _claim(attribution: Attribution, sources: Sources, page: Page) -> Json:
    return {
        "@type": "Claim",
        "@id": f"{page.canonical}#source-{attribution.id}",
        "text": quoted_text(attribution, sources.document),
        "claimInterpreter": sources.language.list(
            [sources.entries[one].name for one in attribution.via]
        ),
        "author": [
            {"@id": f"{page.canonical}#entry-{one}", "name": sources.entries[one].name}
            for one in attribution.speaker
        ]
        or [{"name": name} for name in speaker_names(attribution, sources)],
    }


def _without_empty(value: object) -> object:
    if isinstance(value, dict):
        pairs = ((key, _without_empty(one)) for key, one in value.items())
        return {key: one for key, one in pairs if one or isinstance(one, int | float)}
    if isinstance(value, list):
        return [_without_empty(one) for one in value]
    return value
