"""Find sources that punctuation names: "Image: Ann Lee.", "…" — Ann Lee, Lee: "…", "…: police"."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from explainer.annotate.claims import Claim
from explainer.annotate.cues import Cues
from explainer.annotate.grammar import Grammar
from explainer.annotate.sources import verb_source
from explainer.model import Span

_CREDIT = re.compile(
    r"(?P<cue>Image|Photo|Photograph|Picture|Credit|Source|Graphic|Video)(?: by|:) "
    r"(?P<source>[A-Z][^.;:]{1,60})\.?\s*$"
)
_PART = r"[^\W\d_a-z][\w.'’-]*"
_NAME = rf"{_PART}(?: (?:(?:al|bin|da|de|del|der|la|of|van|von) )*{_PART}){{0,4}}"
_SIGNED = re.compile(
    rf"[”»“\"']\s*(?P<cue>[-–—―]+)\s*(?P<source>{_NAME}(?:, [^.:;!?\n]{{1,60}})?)\s*$"
)
_SIGNATURE = re.compile(r"(?P<cue>[-–—―]+)\s*(?P<source>[^\W\d_a-z][^.:;!?]{1,60})\.?\s*$")
_TAIL = re.compile(
    r"(?P<said>\S+(?: \S+){2,}[^\s:])(?P<cue>:) (?P<source>[^\s:.?!]+(?: [^\s:.?!]+){0,4})\s*$"
)
MARKS = tuple("“”„\"«»'")


def find_credits(grammar: Grammar, blocks: tuple[Span, ...]) -> Iterator[Claim]:
    """Give who is named for a picture with its caption, or signs a quotation that stands alone."""
    for before, block in zip((None, *blocks), blocks, strict=False):
        line = block.of(grammar.text)
        signed = _SIGNATURE.match(line) if before and _is_quotation(before, grammar) else None
        if before and signed:
            cue, source = (_words(grammar, block, *signed.span(k)) for k in ("cue", "source"))
            quoted = tuple(grammar.inside(before))
            yield Claim(cue, source, quoted, cue[0] if cue else source[0], "credit")
            continue
        found = _CREDIT.search(line)
        if found is None and line[:1] in MARKS:
            found = _SIGNED.search(line)
        claim = _claim(grammar, block, found) if found is not None else None
        if claim is not None:
            yield claim


def _is_quotation(block: Span, grammar: Grammar) -> bool:
    line = block.of(grammar.text).strip()
    return line[:1] in MARKS and line[-1:] in MARKS


def _claim(grammar: Grammar, block: Span, found: re.Match[str]) -> Claim | None:
    cue = _words(grammar, block, *found.span("cue"))
    source = _words(grammar, block, *found.span("source"))
    before = _words(grammar, block, 0, found.start("cue"))
    if not (cue and source and before):
        return None
    return Claim(cue, source, before, cue[0], "credit")


def _words(grammar: Grammar, block: Span, start: int, end: int) -> tuple[int, ...]:
    if end <= start:
        return ()
    return tuple(grammar.inside(Span(block.start + start, block.start + end)))


def find_tail(grammar: Grammar, cues: Cues, headline: Span | None) -> Iterator[Claim]:
    """Give who a headline ends in: "Bridge to close in May: harbor official"."""
    found = _TAIL.match(headline.of(grammar.text)) if headline else None
    if not headline or not found:
        return
    said, cue, source = (_words(grammar, headline, *found.span(k))
                         for k in ("said", "cue", "source"))  # fmt: skip
    if cue and source and _speaks(grammar.words[source[-1]].lemma.lower(), cues):
        yield Claim(cue, source, said, cue[0], "tail")


def _speaks(lemma: str, cues: Cues) -> bool:
    return lemma == "source" or any(lemma in group for group in cues.standing.values())


def find_colons(
    grammar: Grammar, quotations: Iterable[Span], blocks: tuple[Span, ...]
) -> Iterator[Claim]:
    """Give whoever is named before a colon and a quotation: "She went on: …", "Lee: …"."""
    for quotation in quotations:
        before = grammar.text[: quotation.start].rstrip()
        if not before.endswith(":"):
            continue
        colon = grammar.inside(Span(len(before) - 1, len(before)))
        if not colon:
            continue
        start, _ = grammar.sentences[grammar.sentence_of[colon[0]]]
        block = next((b for b in blocks if b.overlaps(grammar.words[colon[0]].span)), None)
        lead = [i for i in range(start, colon[0])
                if block is None or grammar.words[i].span.start >= block.start]  # fmt: skip
        content = tuple(grammar.inside(quotation))
        claim = _before_colon(grammar, lead, colon[0], content)
        if claim is not None:
            yield claim


def _before_colon(
    grammar: Grammar, lead: list[int], colon: int, content: tuple[int, ...]
) -> Claim | None:
    verbs = [i for i in lead if grammar.words[i].pos == "VERB"]
    for verb in verbs:
        source = verb_source(grammar, verb) if grammar.words[verb].tag != "VBN" else ()
        if source and source[-1] < verb:
            return Claim((verb,), source, content, verb, "colon")
    if lead and not verbs and len(lead) <= 8 and grammar.words[lead[-1]].pos in ("PROPN", "NOUN"):
        return Claim((colon,), tuple(lead), content, colon, "colon")
    return None
