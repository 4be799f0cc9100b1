"""S: who says so."""

from __future__ import annotations

import re
from collections.abc import Iterator

from explainer.annotate import position_of
from explainer.build import ReadSite
from explainer.check.codes import doubt
from explainer.check.story import shortened
from explainer.model import (
    AnnotatedDocument,
    Attribution,
    AttributionNote,
    Diagnostic,
    Position,
    Span,
)
from explainer.tally import is_unnamed, single_source_claims

_QUOTATION = re.compile(r"“[^”]*”|\"[^\"\n]*\"|«[^»]*»|„[^“]*“")
MIN_WORDS = 4
"""A shorter stretch in quotation marks is as often a name or a term as a claim."""

_REASON = re.compile(
    r"anonym|not to be (?:named|identified)|(?:declin|refus)\w+ to (?:be (?:named|identified)|give)"
    r"|not (?:authori[sz]ed|allowed|permitted)|fear(?:s|ing|ed)? (?:of|for|retaliation|reprisals?)"
    r"|for security reasons|name (?:has been |was )?(?:changed|withheld)",
    re.IGNORECASE,
)
_DENIAL = re.compile(
    r"\b(?:den(?:y|ies|ied|ying|ials?)|reject(?:s|ed|ing)?|dismiss(?:es|ed|ing)?|refut(?:es?|ed|ing)"
    r"|disput(?:es?|ed|ing)|contradict(?:s|ed)?|rebut(?:s|ted)?)\b",
    re.IGNORECASE,
)
_PRONOUNS = frozenset("i he she they it we who".split())
_NAMED = re.compile(
    r"(?:[Tt]he |[Aa]n? )?(?:(?!(?:at|of|from|in|with|by|for|on) )[a-z-]+ ){0,4}"
    r"[A-Z][\w’'.-]*(?: (?:of |the )?[A-Z][\w’'.-]*)*(?:, .*)?"
)
"""A name, what a person does before it: "the baker Maria Weber", "State Department"."""


def check_quotations(site: ReadSite) -> Iterator[Diagnostic]:
    """S001: words in quotation marks that no attribution gives to anyone."""
    for article in site.articles:
        for span in _unattributed(article):
            quote = shortened(span.of(article.document.text))
            message = f"a quotation with no speaker: {quote}"
            yield doubt("S001", message, position_of(article.document, span.start))


def _unattributed(article: AnnotatedDocument) -> Iterator[Span]:
    claimed = [span for one in article.attributions for span in one.content]
    for block in article.document.blocks:
        if any(block.overlaps(part) for part in article.document.dropped):
            continue
        for found in _QUOTATION.finditer(article.document.text, block.start, block.end):
            span = Span(*found.span())
            if len(found[0].split()) >= MIN_WORDS and not any(
                span.overlaps(one) for one in claimed
            ):
                yield span


def check_attributions(site: ReadSite) -> Iterator[Diagnostic]:
    """S002 neither speaker nor source, S003 a via that is no outlet, S008 a denial of nothing."""
    kinds = {entry.id: entry.kind for entry in site.entries}
    for notes in site.notes.values():
        for one in notes.attributions:
            if one.status == "rejected":
                continue
            if not one.speaker and not one.source and not one.antecedent:
                message = f"the attribution '{one.id}' names neither speaker nor source"
                yield doubt("S002", message, one.position)
            for outlet in one.via:
                if kinds.get(outlet) not in ("outlet", "organization"):
                    message = f"'{outlet}', in via of '{one.id}', is not an outlet"
                    yield doubt("S003", message, one.position)
            if _denies(one) and not one.disputes:
                message = f"'{one.id}' denies something; name it in disputes"
                yield doubt("S008", message, one.position)


def _denies(one: AttributionNote) -> bool:
    return any(_DENIAL.search(cue.exact) for cue in one.cue)


def check_speakers(site: ReadSite) -> Iterator[Diagnostic]:
    """S004 a named speaker with no entry, S005 an unnamed one and no reason, S007 one source."""
    for article in site.articles:
        notes = site.notes[article.document.slug]
        places = {one.id: one.position for one in notes.attributions}
        alone = {one.id for one in single_source_claims(article.attributions, article.document)}
        for one in article.attributions:
            place = places.get(one.id, Position(notes.path))
            if one.speaker or not _named_by(one) or _is_remarked(article, one):
                continue
            words = " ".join(span.of(article.document.text) for span in _named_by(one))
            if one.standing not in ("anonymous", "document") and _names_someone(words):
                message = f"'{words}', who says '{one.id}', has no entry"
                yield doubt("S004", message, place)
            if is_unnamed(one) and not _gives_reason(article, one):
                message = f"the source of '{one.id}' is unnamed, and the article doesn't say why"
                yield doubt("S005", message, place)
            if one.id in alone and is_unnamed(one):
                message = f"the claim '{one.id}' rests on one unnamed source"
                yield doubt("S007", message, place)


def _is_remarked(article: AnnotatedDocument, one: Attribution) -> bool:
    """Say whether a card of kind remark tells the reader of this claim's source already."""
    return any(
        span.overlaps(passage)
        for card in article.cards
        if card.kind == "remark" and card.status != "rejected"
        for passage in card.leans_on
        for span in (*one.content, *one.source, *one.cue)
    )


def _named_by(one: Attribution) -> tuple[Span, ...]:
    return one.antecedent or one.source


def _names_someone(words: str) -> bool:
    return _NAMED.fullmatch(words) is not None and words.lower() not in _PRONOUNS


def _gives_reason(article: AnnotatedDocument, one: Attribution) -> bool:
    text = article.document.text
    around = [
        block.of(text)
        for block in article.document.blocks
        if any(block.overlaps(span) for span in (*one.content, *one.source))
    ]
    return any(_REASON.search(words) for words in around)
