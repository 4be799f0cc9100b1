"""Find who says what: attributions with their source, cue and content."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace

from explainer.annotate.claims import Claim, find_claims
from explainer.annotate.cues import Cues, load_cues
from explainer.annotate.grammar import Grammar, read_grammar
from explainer.annotate.quotations import Quotation, find_quotations
from explainer.model import AnnotatedDocument, Attribution, Mode, Span

OPENING = "“„«\"'‘`"
LOOSE = " \t\n,.;:–—-…"


@dataclass(frozen=True, slots=True)
class Said:
    """A claim with its spans."""

    claim: Claim
    source: tuple[Span, ...]
    cue: tuple[Span, ...]
    content: tuple[Span, ...]

    @property
    def first(self) -> int:
        return min(self.cue[0].start, self.content[0].start if self.content else self.cue[0].start)


def speech_annotator() -> Callable[[AnnotatedDocument], AnnotatedDocument]:
    """Give the annotator that fills ``attributions``."""
    cues = load_cues()

    def annotate_speech(annotated: AnnotatedDocument) -> AnnotatedDocument:
        if annotated.analysis is None:
            return annotated
        grammar = read_grammar(annotated.analysis, annotated.document.text)
        quotations = find_quotations(grammar.text, annotated.document.blocks)
        found = read_speech(grammar, quotations, annotated.document.blocks, cues)
        attributions = tuple(
            Attribution(
                id=f"a{number}",
                content=said.content,
                source=said.source,
                cue=said.cue,
                mode=mode_of(grammar.text, said.content),
                status="suggested",
                evidence=said.claim.rule,
            )
            for number, said in enumerate(found)
        )
        return replace(annotated, attributions=attributions)

    return annotate_speech


def read_speech(
    grammar: Grammar, quotations: tuple[Quotation, ...], blocks: tuple[Span, ...], cues: Cues
) -> list[Said]:
    claims = list(find_claims(grammar, cues))
    found = [locate(grammar, claim, quotations) for claim in claims]
    found = [said for said in found if said.content]
    found = drop_doubles(found)
    return carry_on(grammar, found, quotations, blocks)


# ---- words to spans


def locate(grammar: Grammar, claim: Claim, quotations: tuple[Quotation, ...]) -> Said:
    """Give a claim its spans: quotation marks in, cue and source out."""
    cue = spans_of(grammar, claim.cue)
    source = spans_of(grammar, claim.source)
    around = next((q for q in quotations if q.span.contains(cue[0])), None)
    taken = {*claim.cue, *claim.source}
    content = spans_of(grammar, [i for i in claim.content if i not in taken])
    if around is not None:
        inside = [cut(span, around.span) for span in content]
        content = tidy(grammar.text, [span for span in inside if span is not None])
        return Said(claim, source, cue, content if claim.rule != "quotation" else ())
    if not content and claim.rule == "quotation":
        content = nearby_quotation(grammar, claim, quotations)
    else:
        content = with_quotations(grammar.text, content, quotations, (*cue, *source))
    return Said(claim, source, cue, content)


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


def nearby_quotation(
    grammar: Grammar, claim: Claim, quotations: tuple[Quotation, ...]
) -> tuple[Span, ...]:
    """Give the quotation that a bare "she said" or "he wrote:" belongs to."""
    first, last = grammar.sentences[grammar.sentence_of[claim.verb]]
    sentence = Span(grammar.words[first].span.start, grammar.words[last - 1].span.end)
    inside = [q.span for q in quotations if q.is_speech and q.span.overlaps(sentence)]
    if inside:
        return tuple(inside)
    before = [q for q in quotations if 0 <= sentence.start - q.span.end <= 1]
    if before:
        return (before[-1].span,)
    colon = grammar.text[: sentence.end].rstrip().endswith((":", ","))
    after = [q for q in quotations if 0 <= q.span.start - sentence.end <= 2]
    return (after[0].span,) if colon and after else ()


def drop_doubles(found: list[Said]) -> list[Said]:
    """Keep one of those that share a content: the one that has a source, then the first."""
    best: dict[tuple[Span, ...], Said] = {}
    for said in found:
        other = best.get(said.content)
        if other is None or (said.source and not other.source):
            best[said.content] = said
    return sorted(best.values(), key=lambda said: (said.first, said.content))


# ---- quotations that go on


def carry_on(
    grammar: Grammar,
    found: list[Said],
    quotations: tuple[Quotation, ...],
    blocks: tuple[Span, ...],
) -> list[Said]:
    """Give a quotation that has no cue of its own to whoever spoke right before it."""
    result = list(found)
    for number, quotation in enumerate(quotations):
        covered = any(span.overlaps(quotation.span) for said in result for span in said.content)
        if covered or not quotation.is_speech:
            continue
        speaker = _speaker_before(grammar.text, result, quotations[:number], quotation, blocks)
        if speaker is not None:
            said = result[speaker]
            spans = tuple(sorted({*said.content, quotation.span}))
            result[speaker] = replace(said, content=spans)
    return result


def _speaker_before(
    text: str,
    found: list[Said],
    earlier: tuple[Quotation, ...],
    quotation: Quotation,
    blocks: tuple[Span, ...],
) -> int | None:
    """Give the claim, by its place in ``found``, whose quotation goes on here."""
    if not earlier:
        return None
    last = earlier[-1]
    owners = [n for n, said in enumerate(found) if any(s.overlaps(last.span) for s in said.content)]
    if not owners:
        return None
    here = next((b for b in blocks if b.overlaps(quotation.span)), None)
    there = next((b for b in blocks if b.overlaps(last.span)), None)
    if here is None or there is None:
        return None
    same = here == there
    follows = blocks.index(here) - blocks.index(there) == 1
    opens = not text[here.start : quotation.span.start].strip()
    return owners[0] if same or (follows and opens) else None


def mode_of(text: str, content: tuple[Span, ...]) -> Mode:
    """Say whether a content is quoted whole, in part or not at all."""
    whole = all(
        span.of(text)[0] in OPENING and span.of(text).rstrip(LOOSE)[-1] in "”»\"'’" for span in content
    )
    if whole:
        return "direct"
    return "mixed" if any(mark in span.of(text) for span in content for mark in "“”\"«»") else (
        "indirect"
    )
