"""Who is cited: counted for one article and for a site, from its attributions alone.

Nothing is inferred of anybody. A source is named where it has an entry; its standing is what
the notes say.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence

from msgspec import Struct

from explainer.folding import fold
from explainer.model import AnnotatedDocument, Attribution, Document, Entry, Standing

UNNAMED = "no source named"
_ALIKE = 0.5
"""Share of content words that two claims have in common when one backs the other."""


class CitedSource(Struct, frozen=True):
    """One source and all that it is cited for; ``entry`` is empty where it has none.

    ``single`` counts the claims that nobody else makes. ``via`` are the chains of outlets,
    nearest the reader first, with how many claims came by each.
    """

    name: str
    entry: str
    named: bool
    standing: Standing
    claims: int
    words: int
    direct: int
    single: int
    articles: tuple[str, ...]
    via: tuple[tuple[tuple[str, ...], int], ...] = ()


class _Cited(Struct, frozen=True):
    article: str
    one: Attribution
    words: int
    single: bool


def tally_sources(
    articles: Iterable[AnnotatedDocument], entries: Mapping[str, Entry]
) -> tuple[CitedSource, ...]:
    """Give every source of the articles, the most cited first, then by words and name.

    A joint statement counts for each of its speakers. Rejected claims aren't counted.
    """
    cited: dict[tuple[str, str], list[_Cited]] = {}
    for article in articles:
        alone = {one.id for one in single_source_claims(article.attributions, article.document)}
        for one in article.attributions:
            if one.status == "rejected":
                continue
            words = sum(len(span.of(article.document.text).split()) for span in one.content)
            claim = _Cited(article.document.slug, one, words, one.id in alone)
            for key in _keys(one, article.document):
                cited.setdefault(key, []).append(claim)
    found = [_source(key, claims, entries) for key, claims in cited.items()]
    return tuple(sorted(found, key=lambda one: (-one.claims, -one.words, one.name, one.entry)))


def _keys(one: Attribution, document: Document) -> list[tuple[str, str]]:
    return [(speaker, "") for speaker in one.speaker] or [("", source_words(one, document))]


def source_words(one: Attribution, document: Document) -> str:
    """Give the article's own words for who says it."""
    spans = one.antecedent or one.source
    words = " ".join(" ".join(span.of(document.text) for span in spans).split())
    return words or UNNAMED


def _source(
    key: tuple[str, str], claims: list[_Cited], entries: Mapping[str, Entry]
) -> CitedSource:
    speaker, words = key
    standing = Counter(claim.one.standing for claim in claims).most_common(1)[0][0]
    chains = Counter(claim.one.via for claim in claims if claim.one.via)
    return CitedSource(
        name=entries[speaker].name if speaker in entries else words or speaker,
        entry=speaker,
        named=bool(speaker) and not all(is_unnamed(claim.one) for claim in claims),
        standing=standing,
        claims=len(claims),
        words=sum(claim.words for claim in claims),
        direct=sum(claim.one.mode == "direct" for claim in claims),
        single=sum(claim.single for claim in claims),
        articles=tuple(sorted({claim.article for claim in claims})),
        via=tuple(sorted(chains.items(), key=lambda pair: (-pair[1], pair[0]))),
    )


def is_unnamed(one: Attribution) -> bool:
    """Say whether the article doesn't name who says it."""
    return one.standing == "anonymous" or (not one.speaker and not one.source
                                           and not one.antecedent)  # fmt: skip


def single_source_claims(
    attributions: Sequence[Attribution], document: Document
) -> tuple[Attribution, ...]:
    """Give the claims of fact that one source makes and no other.

    A claim in the speaker's own words alone is what it is; what is told as fact (indirect or
    mixed) wants another who says so. Another backs it whose words share half of its content
    words; several speakers of one statement are more than one source.
    """
    told = [one for one in attributions if one.status != "rejected"]
    words = {one.id: _content_words(one, document) for one in told}
    return tuple(
        one
        for one in told
        if one.mode != "direct"
        and len(one.speaker) < 2
        and not any(_backs(other, one, words, document) for other in told)
    )


def _backs(
    other: Attribution,
    one: Attribution,
    words: Mapping[str, frozenset[str]],
    document: Document,
) -> bool:
    if other is one or set(_keys(other, document)) & set(_keys(one, document)):
        return False
    if one.id in other.disputes or other.id in one.disputes:
        return False
    least = min(len(words[one.id]), len(words[other.id]))
    return least > 1 and len(words[one.id] & words[other.id]) / least >= _ALIKE


def _content_words(one: Attribution, document: Document) -> frozenset[str]:
    said = " ".join(span.of(document.text) for span in one.content)
    return frozenset(word for word in fold(said).text.lower().split() if len(word) > 4)
