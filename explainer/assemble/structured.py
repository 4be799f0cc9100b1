"""What search engines and other programs read in a page: schema.org as JSON-LD.

Types and properties as in https://schema.org/NewsArticle, /DefinedTerm and /Claim.
"""

from __future__ import annotations

import re

from markupsafe import Markup

from explainer.assemble.article import Published
from explainer.assemble.records import last_change
from explainer.assemble.sources import Sources, quoted_text, speaker_names
from explainer.assemble.things import Json, in_script, json_text, thing
from explainer.language import language_of
from explainer.model import Attribution, Edtf, Entry, Page

_ISO = re.compile(r"\d{4}(-(0\d|1[0-2])(-\d\d)?)?")


def article_json_ld(published: Published, page: Page) -> Markup:
    """The article with what it mentions and who claims what, safe inside a <script> element.

    Ids are fragments, which a reader of JSON-LD sees from the page's own address.
    """
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
        "wordCount": page.words,
        "citation": [
            {"@type": "CreativeWork", "name": one.title, "url": one.url, "publisher": one.publisher}
            for card in page.cards
            for one in card.sources
        ],
        "hasPart": [_claim(one, sources) for one in published.attributions],
    }
    if not page.entries:
        return in_script(json_text(article))
    mentions = ",".join(view.thing for view in page.entries)
    return in_script(f'{json_text(article)[:-1]},"mentions":[{mentions}]}}')


def entry_json_ld(entry: Entry, site: str, canonical: str, language: str) -> Markup:
    """What an entry's own page is about: a person, a place, a term of the glossary and so on."""
    other = [one.text for one in entry.aliases if not one.after_name]
    if entry.original_name:
        other.append(entry.original_name.text)
    about = json_text(
        {
            "@context": "https://schema.org",
            **thing(entry, canonical),
            "alternateName": other,
            "url": canonical,
            "birthDate": _plain_date(entry.born),
            "deathDate": _plain_date(entry.died),
            "startDate": _plain_date(entry.date) if entry.kind == "event" else "",
            "inDefinedTermSet": {"@type": "DefinedTermSet", "name": site, "inLanguage": language}
            if entry.kind == "term"
            else {},
        }
    )
    return in_script(about)


def _plain_date(date: Edtf | None) -> str:
    """A date that ISO 8601 has words for, too: a day, a month or a year that is certain."""
    return date.text if date and _ISO.fullmatch(date.text) else ""


def _publisher(page: Page) -> Json:
    name = page.provenance.publisher
    return {"@type": "NewsMediaOrganization", "name": name} if name else {}


def _claim(attribution: Attribution, sources: Sources) -> Json:
    return {
        "@type": "Claim",
        "@id": f"#source-{attribution.id}",
        "text": quoted_text(attribution, sources.document),
        "claimInterpreter": sources.language.list(
            [sources.entries[one].name for one in attribution.via]
        ),
        "author": [
            {"@id": f"#entry-{one}", "name": sources.entries[one].name}
            for one in attribution.speaker
        ]
        or [{"name": name} for name in speaker_names(attribution, sources)],
    }
