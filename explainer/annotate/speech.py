"""Find who says what: attributions with their source, cue and content."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace

from explainer.annotate.claims import Claim, find_claims
from explainer.annotate.credits import find_colons, find_credits
from explainer.annotate.cues import Cues, load_cues
from explainer.annotate.grammar import Grammar, read_grammar
from explainer.annotate.names import slug_of, unique_id
from explainer.annotate.quotations import Quotation, find_quotations
from explainer.annotate.speakers import Voice, find_voices, make_cast, source_heads
from explainer.model import AnnotatedDocument, Attribution, Entry, Mode, Span

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


def speech_annotator(
    entries: tuple[Entry, ...],
) -> Callable[[AnnotatedDocument], AnnotatedDocument]:
    """Give the annotator that adds suggested ``attributions``.

    It reads the mentions: they say who a source is.
    """
    cues = load_cues()

    def annotate_speech(annotated: AnnotatedDocument) -> AnnotatedDocument:
        if annotated.analysis is None:
            return annotated
        grammar = read_grammar(annotated.analysis, annotated.document.text)
        quotations = find_quotations(grammar.text, annotated.document.blocks)
        found = read_speech(grammar, quotations, annotated.document.blocks, cues)
        known = (*entries, *annotated.proposed)
        cast = make_cast(grammar, cues, annotated.mentions, known, annotated.document.blocks)
        voices = find_voices(cast, [said.claim for said in found])
        made = attribute(grammar, cues, found, voices)
        taken = {one.id for one in annotated.attributions}
        return replace(
            annotated,
            attributions=(*annotated.attributions, *(one for one in made if one.id not in taken)),
        )

    return annotate_speech


def read_speech(
    grammar: Grammar, quotations: tuple[Quotation, ...], blocks: tuple[Span, ...], cues: Cues
) -> list[Said]:
    claims = list(find_claims(grammar, cues))
    found = [locate(grammar, claim, quotations) for claim in claims]
    found = [said for said in found if said.content]
    spoken = tuple(q.span for q in quotations if q.is_speech)
    bare = [q for q in spoken if not any(s.overlaps(q) for said in found for s in said.content)]
    extra = (*find_credits(grammar, blocks), *find_colons(grammar, bare, blocks))
    found += [locate(grammar, claim, ()) for claim in extra]
    found = drop_nested(drop_doubles(found), quotations)
    return carry_on(found, quotations, blocks, grammar.text)


def attribute(
    grammar: Grammar, cues: Cues, found: Sequence[Said], voices: Sequence[Voice]
) -> list[Attribution]:
    """Put claims and voices together, with ids that can be read and denials that point."""
    ids: list[str] = []
    for said, voice in zip(found, voices, strict=True):
        ids.append(unique_id(name_of(grammar, said, voice), ids))
    outlets = outer_outlets(found, voices)
    denied = find_denied(grammar, cues, found)
    return [
        Attribution(
            id=ids[n],
            content=said.content,
            source=said.source,
            cue=said.cue,
            antecedent=voices[n].antecedent,
            speaker=voices[n].speaker,
            via=voices[n].via or outlets[n],
            mode=mode_of(grammar.text, said.content),
            standing=voices[n].standing,
            disputes=(ids[denied[n]],) if n in denied else (),
            status="suggested",
            evidence=evidence_of(said, voices[n]),
        )
        for n, said in enumerate(found)
    ]


def name_of(grammar: Grammar, said: Said, voice: Voice) -> str:
    """Give an id like "lankov-told": the speaker's last name, and the cue."""
    heads = source_heads(grammar, said.claim.source)
    if voice.how == "carried" and voice.antecedent:
        words = grammar.inside(voice.antecedent[0])
        heads = source_heads(grammar, list(words)) or heads
    who = grammar.words[heads[0]].text if heads else "unnamed"
    return slug_of(f"{who} {grammar.words[said.claim.verb].text}") or "claim"


def evidence_of(said: Said, voice: Voice) -> str:
    carried = ", the speaker carried over" if voice.how == "carried" else ""
    return f"speech: {RULES[said.claim.rule]}{carried}"


RULES = {
    "clause": "a verb with a clause",
    "parenthesis": "a verb beside the clause",
    "intent": "a verb of wanting",
    "preposition": "a verb with a preposition",
    "judgment": "a verb that judges",
    "showing": "a picture or paper that shows",
    "quotation": "a verb beside a quotation",
    "noun": "a noun with its content",
    "adjective": "an adjective of feeling or knowing",
    "according": "according to",
    "hearsay": "an adverb that names nobody",
    "rest": "a verb of saying, and what follows it",
    "colon": "a colon before the quotation",
    "credit": "a credit line",
    "headline": "a name and a colon",
}


def outer_outlets(found: Sequence[Said], voices: Sequence[Voice]) -> list[tuple[str, ...]]:
    """Give, for a claim within a claim of an outlet, that outlet: KCNA reported that Kim said."""
    result: list[tuple[str, ...]] = []
    for said in found:
        outer = [
            voices[n].speaker
            for n, other in enumerate(found)
            if other is not said and voices[n].standing == "media" and voices[n].speaker
            and any(span.contains(said.cue[0]) for span in other.content)
        ]  # fmt: skip
        result.append(outer[0] if outer else ())
    return result


def find_denied(grammar: Grammar, cues: Cues, found: Sequence[Said]) -> dict[int, int]:
    """Give, for a denial, the claim it denies: the likest one shortly before it."""
    denied = {}
    for n, said in enumerate(found):
        if grammar.lemma(said.claim.verb) not in cues.disputing or not said.source:
            continue
        words = content_words(grammar, said)
        best, score = None, 0.0
        for m, other in enumerate(found[:n]):
            near = grammar.sentence_of[said.claim.verb] - grammar.sentence_of[other.claim.verb]
            asserts = other.claim.rule in ("clause", "quotation", "according", "noun", "parenthesis")
            if not 0 < near <= 4 or not asserts or other.source == said.source:
                continue
            theirs = content_words(grammar, other)
            alike = len(words & theirs) / max(1, min(len(words), len(theirs))) + 1 / near
            if alike > score:
                best, score = m, alike
        if best is not None and score > 0.25:
            denied[n] = best
    return denied


def content_words(grammar: Grammar, said: Said) -> set[str]:
    return {
        grammar.lemma(i)[:5]
        for span in said.content
        for i in grammar.inside(span)
        if grammar.words[i].pos in ("NOUN", "PROPN", "VERB", "ADJ")
    }


# ---- words to spans


def locate(grammar: Grammar, claim: Claim, quotations: tuple[Quotation, ...]) -> Said:
    """Give a claim its spans: quotation marks in, cue and source out."""
    # A dash before a signature is a cue too.
    cue = spans_of(grammar, claim.cue) or (grammar.words[claim.verb].span,)
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


# ---- quotations that go on


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
        if speaker is None and number:
            speaker = _speaker_before(text, result, quotations[number - 1], quotation, blocks)
        if speaker is not None:
            said = result[speaker]
            spans = tuple(sorted({*said.content, quotation.span}))
            result[speaker] = replace(said, content=spans)
    return result


def _speaker_after(
    found: list[Said], quotation: Quotation, blocks: tuple[Span, ...]
) -> int | None:
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
              if said.claim.rule in ("clause", "quotation", "parenthesis", "credit", "colon")
              and any(s.overlaps(last.span) for s in said.content)]  # fmt: skip
    here, there = _block_of(quotation.span, blocks), _block_of(last.span, blocks)
    if not owners or here is None or there is None:
        return None
    follows = blocks.index(here) - blocks.index(there) == 1
    whole = len(here.of(text)) - len(quotation.span) < 4
    return owners[0] if here == there or (follows and whole) else None


def _block_of(span: Span, blocks: tuple[Span, ...]) -> Span | None:
    return next((block for block in blocks if block.overlaps(span)), None)


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
