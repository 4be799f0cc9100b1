"""Keep the claims a reader asks about, and give quotations that go on to who began them."""

from __future__ import annotations

from msgspec.structs import replace

from explainer.annotate.quotations import Quotation
from explainer.annotate.said import Said
from explainer.model import Span


def drop_doubles(found: list[Said]) -> list[Said]:
    """Keep one of those that share a content: the one that has a source, then the first."""
    best: dict[tuple[Span, ...], Said] = {}
    for said in found:
        other = best.get(said.content)
        if other is None or (said.source and not other.source):
            best[said.content] = said
    return sorted(best.values(), key=lambda said: (said.first, said.content))


def drop_nested(found: list[Said], quotations: tuple[Quotation, ...]) -> list[Said]:
    """Leave out what somebody says that somebody says: the reader asks who vouches for it all.

    What stands inside a quotation is the speaker's own business, and so is what stands
    inside another claim, but for a source that the claim's own words name.
    """
    kept = []
    for said in found:
        cue = said.cue[0]
        quoted = any(q.span.contains(cue) for q in quotations)
        nested = any(
            other is not said and any(span.contains(cue) for span in other.content)
            for other in found
        )
        if not quoted and not (nested and said.claim.rule not in STANDING_ALONE):
            kept.append(said)
    return kept


STANDING_ALONE = frozenset({"according", "showing", "credit"})


def carry_on(
    found: list[Said], quotations: tuple[Quotation, ...], blocks: tuple[Span, ...], text: str
) -> list[Said]:
    """Give a quotation that has no cue of its own to whoever speaks right beside it."""
    result = list(found)
    for number, quotation in enumerate(quotations):
        covered = any(span.overlaps(quotation.span) for said in result for span in said.content)
        if covered or not quotation.is_speech:
            continue
        speaker = _speaker_after(result, quotation, blocks)
        last = _speech_before(result, quotations[:number])
        if speaker is None and last is not None:
            speaker = _speaker_before(text, result, last, quotation, blocks)
        if speaker is None:
            speaker = _speaker_just_before(text, result, quotation, blocks)
        if speaker is not None:
            said = result[speaker]
            spans = tuple(sorted({*said.content, quotation.span}))
            result[speaker] = replace(said, content=spans)
    return result


def _speech_before(found: list[Said], quotations: tuple[Quotation, ...]) -> Quotation | None:
    """Give the last quotation, but for titles and words in marks that nobody says."""
    for one in reversed(quotations):
        said = any(span.overlaps(one.span) for claim in found for span in claim.content)
        if one.is_speech or said:
            return one
    return None


def _speaker_after(found: list[Said], quotation: Quotation, blocks: tuple[Span, ...]) -> int | None:
    """Give the claim whose cue interrupts: "Before," he said, "after."."""
    here = _block_of(quotation.span, blocks)
    for n, said in enumerate(found):
        gap = said.cue[0].start - quotation.span.end
        goes_on = any(0 < span.start - said.cue[0].end < 80 for span in said.content)
        if 0 <= gap < 80 and goes_on and here is not None and here.contains(said.cue[0]):
            return n
    return None


def _speaker_before(
    text: str,
    found: list[Said],
    last: Quotation,
    quotation: Quotation,
    blocks: tuple[Span, ...],
) -> int | None:
    """Give the claim, by its place in ``found``, whose quotation goes on here.

    In a new paragraph it goes on only where that is quoted from end to end.
    """
    owners = [n for n, said in enumerate(found)
              if said.claim.rule in ("tag", "clause", "parenthesis", "credit", "colon", "tail")
              and any(s.overlaps(last.span) for s in said.content)]  # fmt: skip
    here, there = _block_of(quotation.span, blocks), _block_of(last.span, blocks)
    if not owners or here is None or there is None:
        return None
    follows = blocks.index(here) - blocks.index(there) == 1
    whole = len(here.of(text)) - len(quotation.span) < 4
    return owners[0] if here == there or (follows and whole) else None


def _speaker_just_before(
    text: str, found: list[Said], quotation: Quotation, blocks: tuple[Span, ...]
) -> int | None:
    """Give the claim that the sentence right before the quotation ends in: She denied it. "…"."""
    here = _block_of(quotation.span, blocks)
    for n, said in reversed(list(enumerate(found))):
        if said.claim.rule in GOING_ON and here is not None and here.contains(said.cue[0]):
            end = max(s.end for s in (*said.content, *said.cue, *said.source))
            if end < quotation.span.start:
                return n if text[end : quotation.span.start].strip() in STOPS else None
    return None


GOING_ON = frozenset({"clause", "parenthesis", "judgment", "preposition", "intent"})
STOPS = frozenset({".", "!", "?", '."', ".”"})


def _block_of(span: Span, blocks: tuple[Span, ...]) -> Span | None:
    return next((block for block in blocks if block.overlaps(span)), None)
