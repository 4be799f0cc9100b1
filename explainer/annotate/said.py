"""Give a claim its spans in the text: quotation marks in, cue and source out."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from msgspec import Struct
from msgspec.structs import replace

from explainer.annotate.claims import Claim
from explainer.annotate.grammar import Grammar
from explainer.annotate.quotations import Quotation
from explainer.model import Mode, Span

# Some open with the mark that closes, and the other way round.
OPENING = "“„«\"'‘`”»"
CLOSING = "”»\"'’“«"
LOOSE = " \t\n,.;:–—-…"


class Said(Struct, frozen=True):
    """A claim with its spans."""

    claim: Claim
    source: tuple[Span, ...]
    cue: tuple[Span, ...]
    content: tuple[Span, ...]

    @property
    def first(self) -> int:
        return min(self.cue[0].start, self.content[0].start if self.content else self.cue[0].start)


def locate(grammar: Grammar, claim: Claim, quotations: tuple[Quotation, ...]) -> Said:
    """Give a claim its spans: quotation marks in, cue and source out."""
    # A dash before a signature is a cue too.
    cue = spans_of(grammar, claim.cue) or (grammar.words[claim.verb].span,)
    source = spans_of(grammar, claim.source)
    around = next((q for q in quotations if q.span.contains(cue[0])), None)
    taken = {*claim.cue, *claim.source}
    content = spans_of(grammar, without_that(grammar, claim.content, taken))
    if around is not None:
        inside = [cut(span, around.span) for span in content]
        content = tidy(grammar.text, [span for span in inside if span is not None])
        return Said(claim, source, cue, content)
    content = with_quotations(grammar.text, content, quotations, (*cue, *source))
    return Said(claim, source, cue, content)


_DATELINE = re.compile(
    r"[A-Z][A-Z'’.\- ]+(?:,[^\n—–-]{1,40})?(?:\s*\([^)\n]{1,30}\))?\s+(?:—|–|--?)\s+"
)


def without_dateline(grammar: Grammar, said: Said, blocks: tuple[Span, ...]) -> Said:
    """Cut "PARIS (AP) — " off what begins a paragraph: nobody says it, and it is nobody."""
    parts = (*said.content, *said.source)
    block = next((one for one in blocks if any(one.start == part.start for part in parts)), None)
    line = _DATELINE.match(grammar.text, block.start) if block else None
    if block is None or line is None:
        return said
    claim = said.claim
    source = tuple(i for i in claim.source if grammar.words[i].span.start >= line.end())
    # All of the source can stand in the dateline only where that is a mistake.
    if claim.source and not source:
        return said
    return replace(
        said,
        claim=replace(claim, source=source),
        source=_from(said.source, block.start, line.end()),
        content=_from(said.content, block.start, line.end()),
    )


def _from(spans: tuple[Span, ...], start: int, place: int) -> tuple[Span, ...]:
    """Let the span that begins at ``start`` begin at ``place``."""
    return tuple(
        Span(place, one.end) if one.start == start < place < one.end else one for one in spans
    )


def without_that(grammar: Grammar, content: Sequence[int], taken: set[int]) -> list[int]:
    """Leave the cue, the source and an opening "that" out of what is said."""
    kept = [i for i in content if i not in taken]
    if kept and grammar.words[kept[0]].text == "that" and grammar.words[kept[0]].dep == "mark":
        kept = kept[1:]
    return kept


def spans_of(grammar: Grammar, indexes: Iterable[int]) -> tuple[Span, ...]:
    """Give the stretches that some words make up; punctuation alone never splits or ends one."""
    spans: list[Span] = []
    last = -2
    inside = sorted(set(indexes))
    for index in inside:
        word = grammar.words[index]
        gap = range(last + 1, index)
        if spans and all(grammar.words[i].pos == "PUNCT" for i in gap) and len(gap) < 3:
            spans[-1] = Span(spans[-1].start, word.span.end)
        else:
            spans.append(word.span)
        last = index
    return tidy(grammar.text, spans)


def tidy(text: str, spans: Iterable[Span]) -> tuple[Span, ...]:
    """Cut loose punctuation off both ends; what is left without a letter is dropped."""
    kept = []
    for span in spans:
        start, end = span.start, span.end
        while start < end and text[start] in LOOSE:
            start += 1
        while end > start and text[end - 1] in LOOSE:
            end -= 1
        # A bracket that opens inside closes inside.
        if text[end : end + 1] == ")" and text.count("(", start, end) > text.count(")", start, end):
            end += 1
        if any(char.isalnum() for char in text[start:end]):
            kept.append(Span(start, end))
    return tuple(kept)


def cut(span: Span, inside: Span) -> Span | None:
    start, end = max(span.start, inside.start + 1), min(span.end, inside.end)
    return Span(start, end) if start < end else None


def with_quotations(
    text: str,
    content: tuple[Span, ...],
    quotations: tuple[Quotation, ...],
    holes: tuple[Span, ...],
) -> tuple[Span, ...]:
    """Widen spans to the quotations that they touch, leaving out the cue and the source."""
    if not content:
        return content
    spans = list(content)
    for quotation in quotations:
        touching = [span for span in spans if span.overlaps(quotation.span)]
        if not touching or any(quotation.span.overlaps(hole) for hole in holes):
            continue
        start = min(quotation.span.start, *(span.start for span in touching))
        end = max(quotation.span.end, *(span.end for span in touching))
        if any(Span(start, end).overlaps(hole) for hole in holes):
            continue
        spans = [span for span in spans if span not in touching] + [Span(start, end)]
    return tuple(sorted(spans))


def mode_of(text: str, content: tuple[Span, ...]) -> Mode:
    """Say whether a content is quoted whole, in part or not at all."""
    whole = all(
        span.of(text)[0] in OPENING and span.of(text).rstrip(LOOSE)[-1] in CLOSING
        for span in content
    )
    if whole:
        return "direct"
    return (
        "mixed"
        if any(mark in span.of(text) for span in content for mark in '“”"«»')
        else ("indirect")
    )
