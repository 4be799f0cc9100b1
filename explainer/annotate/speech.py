"""Find who says what: attributions with their source, cue and content."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from msgspec.structs import replace

from explainer.annotate.claims import Claim, cue_words, find_claims
from explainer.annotate.confidence import load_confidence, reasons_for
from explainer.annotate.credits import find_colons, find_credits, find_tail
from explainer.annotate.cues import Cues, load_cues
from explainer.annotate.grammar import Grammar, read_grammar
from explainer.annotate.names import slug_of, unique_id
from explainer.annotate.quotations import Quotation, find_quotations
from explainer.annotate.said import Said, locate, mode_of, without_dateline
from explainer.annotate.sifting import carry_on, drop_doubles, drop_nested
from explainer.annotate.speakers import Voice, find_voices, make_cast, source_heads
from explainer.annotate.tags import Tag, find_tags
from explainer.model import AnnotatedDocument, Attribution, Document, Entry, Rejection


def speech_annotator(
    entries: tuple[Entry, ...],
) -> Callable[[AnnotatedDocument], AnnotatedDocument]:
    """Give the annotator that adds suggested ``attributions``.

    It reads the mentions: they say who a source is.
    """
    cues, confidence = load_cues(), load_confidence()

    def annotate_speech(annotated: AnnotatedDocument) -> AnnotatedDocument:
        if annotated.analysis is None:
            return annotated
        grammar = read_grammar(annotated.analysis, annotated.document.text)
        quotations = find_quotations(grammar.text, annotated.document.blocks)
        found, rejected = read_speech(grammar, quotations, annotated.document, cues)
        known = (*entries, *annotated.proposed)
        cast = make_cast(grammar, cues, annotated.mentions, known, annotated.document.blocks)
        voices = find_voices(cast, [said.claim for said in found])
        reasons = [reasons_for(grammar, cues, said) for said in found]
        made = [
            replace(one, confidence=confidence.of_attribution(RULES[said.claim.rule], why),
                    evidence="; ".join((one.evidence, *why)))
            for one, said, why in zip(attribute(grammar, cues, found, voices), found, reasons,
                                      strict=True)
        ]  # fmt: skip
        taken = {one.id for one in annotated.attributions}
        return replace(
            annotated,
            attributions=(*annotated.attributions, *(one for one in made if one.id not in taken)),
            rejected=tuple(dict.fromkeys((*annotated.rejected, *rejected))),
        )

    return annotate_speech


def read_speech(
    grammar: Grammar, quotations: tuple[Quotation, ...], document: Document, cues: Cues
) -> tuple[list[Said], list[Rejection]]:
    """Give the claims of a text, and those that were found and not kept."""
    blocks = document.blocks
    tags = tuple(find_tags(grammar, cues, quotations, blocks))
    located = [
        without_dateline(grammar, locate(grammar, claim, quotations), blocks)
        for claim in find_claims(grammar, cues)
    ]
    found = join_tags(grammar, [said for said in located if said.content], tags)
    spoken = tuple(q.span for q in quotations if q.is_speech)
    bare = [q for q in spoken if not any(s.overlaps(q) for said in found for s in said.content)]
    extra = (*find_tail(grammar, cues, document.headline), *find_credits(grammar, blocks),
             *find_colons(grammar, bare, blocks))  # fmt: skip
    found += [locate(grammar, claim, ()) for claim in extra]
    single = drop_doubles(found)
    kept = drop_nested(single, quotations)
    rejected = [
        *reject(located, [said for said in located if said.content], "it brings no words"),
        *reject(found, single, "another cue brings the same words"),
        *reject(single, kept, "it stands inside a quotation, or inside another claim"),
    ]
    return carry_on(kept, quotations, blocks, grammar.text), rejected


def reject(found: Sequence[Said], kept: Sequence[Said], reason: str) -> list[Rejection]:
    still = {id(said) for said in kept}
    return [
        Rejection(said.cue[0], f"speech: {RULES[said.claim.rule]}", reason)
        for said in found
        if id(said) not in still and said.cue
    ]


def join_tags(grammar: Grammar, found: Sequence[Said], tags: Sequence[Tag]) -> list[Said]:
    """Give each tag its quotation, whatever else the grammar would have its verb bring."""
    tagged = {tag.verb: tag for tag in tags}
    kept = [said for said in found if said.claim.verb not in tagged]
    for verb in sorted(tagged):
        tag = tagged[verb]
        content = tuple(sorted({one.quotation for one in tags if one.verb == verb}))
        words = tuple(i for span in content for i in grammar.inside(span))
        claim = Claim(cue_words(grammar, verb, "tag"), tag.source, words, verb, "tag")
        kept.append(replace(locate(grammar, claim, ()), content=content))
    return kept


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
    named = [one for one in heads if grammar.words[one].pos == "PROPN"]
    who = grammar.words[(named or heads)[0]].text if heads else "unnamed"
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
    "tag": "words beside a quotation",
    "noun": "a noun with its content",
    "adjective": "an adjective of feeling or knowing",
    "according": "according to",
    "unnamed": "a passive that names nobody",
    "seeming": "a verb of seeming",
    "colon": "a colon before the quotation",
    "credit": "a credit line",
    "tail": "a colon at the end of a headline",
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
            if not 0 < near <= 4 or other.claim.rule not in ASSERTING:
                continue
            theirs = content_words(grammar, other)
            shared = len(words & theirs)
            # One word in common is chance, but where the denial has hardly more.
            if other.source == said.source or shared < min(2, max(1, len(words) - 1)):
                continue
            alike = shared / max(1, min(len(words), len(theirs))) + 1 / near
            if alike > score:
                best, score = m, alike
        if best is not None:
            denied[n] = best
    return denied


ASSERTING = frozenset({"clause", "tag", "according", "noun", "parenthesis"})


def content_words(grammar: Grammar, said: Said) -> set[str]:
    return {
        grammar.lemma(i)[:5]
        for span in said.content
        for i in grammar.inside(span)
        if grammar.words[i].pos in ("NOUN", "PROPN", "VERB", "ADJ")
    }
