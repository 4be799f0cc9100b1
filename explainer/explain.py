"""Tell what a draft made of a word: what was proposed, by which rule, and what wasn't, and why."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from explainer.annotate import position_of
from explainer.annotate.confidence import Confidence, load_confidence
from explainer.annotate.cues import Cues, load_cues
from explainer.model import AnnotatedDocument, Span, Word

INDENT = "    "


def explain_word(drafted: AnnotatedDocument, word: str) -> Iterator[str]:
    """Give, line by line, what became of each occurrence of a word or of several in a row."""
    text, confidence, cues = drafted.document.text, load_confidence(), load_cues()
    pattern = r"\s+".join(map(re.escape, word.split()))
    for match in re.finditer(rf"(?<!\w){pattern}(?!\w)", text, re.IGNORECASE):
        here = Span(match.start(), match.end())
        place = position_of(drafted.document, here.start)
        yield f"{place.path}:{place.line}: …{excerpt(text, here)}…"
        told = [*proposals(drafted, here, confidence), *rejections(drafted, here)]
        for line in told or [why_nothing(drafted, here, cues)]:
            yield INDENT + line


def excerpt(text: str, span: Span) -> str:
    """Give the words around a place, on one line."""
    start, end = max(0, span.start - 30), min(len(text), span.end + 30)
    return " ".join(text[start:end].split())


def proposals(drafted: AnnotatedDocument, here: Span, confidence: Confidence) -> Iterator[str]:
    text = drafted.document.text
    for one in (*drafted.mentions, *drafted.nested):
        if one.span.overlaps(here):
            sure = confidence.of_mention(one.by)
            yield f"mention: “{one.span.of(text)}” is {one.entry}, {sure:.2f} sure; {one.by}"
    for claim in drafted.attributions:
        for part, spans in (("source", claim.source), ("cue", claim.cue),
                            ("content", claim.content)):  # fmt: skip
            if any(span.overlaps(here) for span in spans):
                yield f"{part} of {claim.id}, {claim.confidence:.2f} sure; {claim.evidence}"
                yield INDENT + "; ".join(
                    f"{name} {quoted(text, where)}"
                    for name, where in (("source", claim.source), ("cue", claim.cue),
                                        ("content", claim.content))
                    if where
                )  # fmt: skip
                break
    for date in drafted.dates:
        if date.span.overlaps(here):
            value = date.value or date.relation or "of no known value"
            sure = confidence.of_date(date.evidence)
            yield f"date: {date.type} {value}, {sure:.2f} sure; {date.evidence}"
    for card in drafted.cards:
        if any(span.overlaps(here) for span in card.leans_on):
            sure = confidence.of_card(card.evidence)
            yield f"background {card.id}, {sure:.2f} sure; {card.evidence}"


def quoted(text: str, spans: Iterable[Span]) -> str:
    return " … ".join(f"“{' '.join(span.of(text).split())}”" for span in spans)


def rejections(drafted: AnnotatedDocument, here: Span) -> Iterator[str]:
    for one in drafted.rejected:
        if one.span.overlaps(here):
            yield f"rejected: {one.evidence}: {one.reason}"


def why_nothing(drafted: AnnotatedDocument, here: Span, cues: Cues) -> str:
    """Say what a word would have needed to be proposed as anything."""
    words = drafted.analysis.words if drafted.analysis else ()
    word = next((one for one in words if one.span.overlaps(here)), None)
    if word is None:
        return "nothing: the language model doesn't see it as a word"
    lemma = word.lemma.lower()
    if word.pos in ("VERB", "AUX", "NOUN", "ADJ", "ADV") and cues.knows(lemma):
        return f"nothing: “{lemma}” can be a cue, but {_lacking(word)}"
    if word.pos == "VERB":
        return f"nothing: the verb “{lemma}” is in no group of cues.toml"
    if word.pos == "PROPN":
        return "nothing: no rule takes it for a name, or it was settled that it is none"
    return "nothing: no name, no cue, no time, and in nothing that somebody says"


def _lacking(word: Word) -> str:
    if word.pos == "VERB" and word.dep == "amod":
        return "here it only describes a noun"
    return "here the grammar gives it no words that it would bring, or nobody who does"
