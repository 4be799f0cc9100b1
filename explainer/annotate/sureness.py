"""Leave out of a draft what is less sure than the editor wants it."""

from __future__ import annotations

from msgspec.structs import replace

from explainer.annotate.confidence import Confidence, load_confidence
from explainer.annotate.mentions import Annotator
from explainer.model import AnnotatedDocument, Attribution, Mention, Rejection


def threshold_annotator(threshold: float) -> Annotator:
    """Give the annotator that takes suggestions below the threshold away again.

    An entry that no mention leads to any more is not proposed either.
    """
    confidence = load_confidence()

    def drop_doubtful(annotated: AnnotatedDocument) -> AnnotatedDocument:
        claims, mentions = _split(annotated, threshold, confidence)
        kept = {one.id for one in claims}
        named = {one.entry for one in (*mentions, *annotated.nested)}
        had = {one.entry for one in (*annotated.mentions, *annotated.nested)}
        doubtful = tuple(
            one for one in annotated.cards if confidence.of_card(one.evidence) < threshold
        )
        return replace(
            annotated,
            attributions=tuple(
                replace(one, disputes=tuple(d for d in one.disputes if d in kept)) for one in claims
            ),
            mentions=mentions,
            dates=tuple(
                one for one in annotated.dates if confidence.of_date(one.evidence) >= threshold
            ),
            cards=tuple(one for one in annotated.cards if one not in doubtful),
            proposed=tuple(
                one for one in annotated.proposed if one.id in named or one.id not in had
            ),
            rejected=tuple(
                dict.fromkeys(
                    (
                        *annotated.rejected,
                        *_rejections(annotated, claims, mentions, threshold, confidence),
                    )
                )
            ),
        )

    return drop_doubtful


def _split(
    annotated: AnnotatedDocument, threshold: float, confidence: Confidence
) -> tuple[tuple[Attribution, ...], tuple[Mention, ...]]:
    claims = tuple(one for one in annotated.attributions if one.confidence >= threshold)
    mentions = tuple(
        one
        for one in annotated.mentions
        if one.status != "suggested" or confidence.of_mention(one.by) >= threshold
    )
    return claims, mentions


def _rejections(
    annotated: AnnotatedDocument,
    claims: tuple[Attribution, ...],
    mentions: tuple[Mention, ...],
    threshold: float,
    confidence: Confidence,
) -> list[Rejection]:
    """Say of each that was dropped how sure it was."""
    dropped = [
        (one.cue or one.content, one.evidence, one.confidence)
        for one in annotated.attributions
        if one not in claims
    ]
    dropped += [
        ((one.span,), one.by, confidence.of_mention(one.by))
        for one in annotated.mentions
        if one not in mentions
    ]
    dropped += [
        (one.leans_on, one.evidence, sure)
        for one in annotated.cards
        if (sure := confidence.of_card(one.evidence)) < threshold
    ]
    dropped += [
        ((one.span,), one.evidence, sure)
        for one in annotated.dates
        if (sure := confidence.of_date(one.evidence)) < threshold
    ]
    return [
        Rejection(spans[0], evidence, f"{sure:.2f} sure, below the threshold {threshold:.2f}")
        for spans, evidence, sure in dropped
    ]
