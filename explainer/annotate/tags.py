"""Read the words that tag a quotation: "…," she said, and: she said, "…"."""

from __future__ import annotations

from collections.abc import Iterator

from msgspec import Struct

from explainer.annotate.cues import Cues
from explainer.annotate.grammar import Grammar
from explainer.annotate.limits import first_saying
from explainer.annotate.quotations import Quotation
from explainer.annotate.sources import trimmed, verb_source
from explainer.model import Span

Words = tuple[int, ...]
FINITE = frozenset({"VBD", "VBZ", "VBP"})
# The model takes "read" and "put" for the plain form.
SPEAKING = FINITE | {"VBN", "VB"}
NOUNS = frozenset({"NOUN", "PROPN", "PRON", "NUM"})
FAR = 24
NEAR = 4
CLOSING = "”“\"»«’' "
# What a quotation ends in when its tag follows, and what comes before one that stands alone.
_AWAITING = frozenset(",?!—–-…")
_ALONE = frozenset(".!?”\"»:,;—–-')")
_STOPS = frozenset({".", ";", ":", "“", "«", "``", '"', "”"})


class Tag(Struct, frozen=True):
    """A verb and its speaker beside ``quotation``, which is all of what they bring."""

    quotation: Span
    verb: int
    source: Words


def find_tags(
    grammar: Grammar, cues: Cues, quotations: tuple[Quotation, ...], blocks: tuple[Span, ...]
) -> Iterator[Tag]:
    """Give the tag of each quotation that has one; after it, else before it."""
    for number, quotation in enumerate(quotations):
        place = next((n for n, b in enumerate(blocks) if b.overlaps(quotation.span)), None)
        if place is None:
            continue
        block = blocks[place]
        last = quotations[number - 1].span.end if number else 0
        following = quotations[number + 1].span.start if number + 1 < len(quotations) else block.end
        yield from _tag_of(
            grammar, cues, quotation, block,
            (max(last, lead_of(grammar.text, quotation.span, blocks, place)),
             min(following, block.end)),
        )  # fmt: skip


def lead_of(text: str, quoted: Span, blocks: tuple[Span, ...], place: int) -> int:
    """Where the words before a quotation begin: a paragraph sooner, if that ends in a colon."""
    block = blocks[place]
    if quoted.start == block.start and place and text[: blocks[place - 1].end].rstrip()[-1:] == ":":
        return blocks[place - 1].start
    return block.start


def _tag_of(
    grammar: Grammar, cues: Cues, quotation: Quotation, block: Span, room: tuple[int, int]
) -> Iterator[Tag]:
    """Look for a tag behind the quotation, then before it, as far as there is ``room``."""
    tag = None
    if quotation.span.end < room[1]:
        after = Span(quotation.span.end, room[1])
        tag = tag_after(grammar, cues, quotation, after, block)
    if tag is None and _is_sentence(grammar.text, quotation) and room[0] < quotation.span.start:
        tag = tag_before(grammar, cues, quotation, Span(room[0], quotation.span.start))
    if tag is not None:
        yield tag


def stands_alone(text: str, span: Span, block: Span) -> bool:
    """True where no sentence runs into the quotation."""
    before = text[block.start : span.start].rstrip()
    return not before or before[-1] in _ALONE


def _is_sentence(text: str, quotation: Quotation) -> bool:
    """True for some words, or one that is a sentence: "Probably."."""
    return quotation.is_speech or quotation.span.of(text).rstrip(CLOSING)[-1:] in ".!?"


# ---- "…," she said


def tag_after(
    grammar: Grammar, cues: Cues, quotation: Quotation, after: Span, block: Span
) -> Tag | None:
    text = grammar.text
    said = quotation.span.of(text).rstrip(CLOSING)
    awaits = said[-1:] in _AWAITING or text[after.start : after.start + 1] == ","
    if not (quotation.closed and awaits and stands_alone(text, quotation.span, block)):
        return None
    words = _until_stop(grammar, after)
    while words and grammar.words[words[0]].text in (",", "—", "-", "–", "’", "'"):
        words = words[1:]
    if not words:
        return None
    return _inverted(grammar, cues, quotation.span, words) or _plain(
        grammar, cues, quotation.span, words
    )


def _until_stop(grammar: Grammar, after: Span) -> list[int]:
    words = []
    for one in list(grammar.inside(after))[:FAR]:
        if grammar.words[one].text in _STOPS:
            break
        words.append(one)
    return words


def _inverted(grammar: Grammar, cues: Cues, quoted: Span, words: list[int]) -> Tag | None:
    """Read "said Ida Brandt, an engineer"."""
    verb = words[0]
    if len(words) < 2 or not (_speaks(grammar, cues, verb) or _finite(grammar, verb)):
        return None
    named = next((i for i in words[1:] if grammar.words[i].pos in NOUNS), None)
    if named is None or any(
        grammar.words[i].pos in ("VERB", "ADP") for i in range(verb + 1, named)
    ):
        return None
    # The noun's head may lie further on: "said state senator Ida Brandt".
    while grammar.words[named].head in words and grammar.words[named].dep in (
        "compound", "nmod", "poss", "amod", "nummod", "det", "quantmod",
    ):  # fmt: skip
        named = grammar.words[named].head
    allowed = set(words[1:])
    found = [i for i in grammar.subtree(named, lambda c: c in allowed) if i in allowed]
    return Tag(quoted, verb, trimmed(grammar, found))


def _plain(grammar: Grammar, cues: Cues, quoted: Span, words: list[int]) -> Tag | None:
    """Read "Ida Brandt, an engineer, told reporters"."""
    comma = grammar.text[quoted.start : quoted.end].rstrip(CLOSING).endswith(",")
    for place, one in enumerate(words):
        word = grammar.words[one]
        if place and (_speaks(grammar, cues, one) or (comma and _finite(grammar, one))):
            source = before_verb(grammar, words[:place])
            return Tag(quoted, one, source) if source else None
        if word.pos == "VERB" and word.text.islower() and word.dep not in ("relcl", "acl", "pcomp"):
            return None
        joins = word.dep == "cc" and grammar.words[word.head].pos in NOUNS
        if word.text.lower() in ("and", "but", "when", "after", "that") and not (place and joins):
            return None
    return None


def before_verb(grammar: Grammar, words: list[int]) -> Words:
    """Give the noun with all that goes with it that stands before its verb, if there is one."""
    kept = [i for i in words if grammar.words[i].pos not in ("ADV", "AUX")]
    named = [i for i in kept if grammar.words[i].pos in NOUNS or grammar.words[i].text.istitle()]
    if not named:
        return ()
    return trimmed(grammar, kept)


def _speaks(grammar: Grammar, cues: Cues, one: int) -> bool:
    """True for a finite verb that can bring a quotation; the model takes "notes" for a noun."""
    word, known = grammar.words[one], _says(grammar, cues, one)
    if word.pos in ("VERB", "AUX"):
        return known and word.tag in SPEAKING and word.dep not in ("relcl", "acl")
    return known and word.pos in ("NOUN", "PROPN") and word.text.islower()


def _says(grammar: Grammar, cues: Cues, one: int) -> bool:
    lemma = grammar.lemma(one)
    return lemma in cues.manner or lemma in cues.going_on or cues.says(lemma)


def _finite(grammar: Grammar, one: int) -> bool:
    word = grammar.words[one]
    return word.pos == "VERB" and word.tag in FINITE and word.dep not in ("relcl", "acl")


# ---- she said, "…"


def tag_before(grammar: Grammar, cues: Cues, quotation: Quotation, before: Span) -> Tag | None:
    """Read "She went on:", "he added," and "to say": the last verb, and its subject."""
    lead = grammar.text[before.start : before.end].rstrip()
    words = list(grammar.inside(before))
    if not words:
        return None
    first, _ = grammar.sentences[grammar.sentence_of[words[-1]]]
    words = [i for i in words if i >= first]
    bare = not lead.endswith((":", ","))
    reach = 0 if bare else 15 if lead.endswith(":") else 12
    for place in reversed(range(len(words))):
        verb = words[place]
        if len(words) - place - 1 > reach:
            return None
        word = grammar.words[verb]
        if word.pos != "VERB":
            continue
        far = lead.endswith(",") and len(words) - place - 1 > NEAR
        if (far or bare) and not _says(grammar, cues, verb):
            return None
        if word.tag != "VB" or bare or grammar.child(verb, "aux") is not None:
            if bare and word.tag == "VBN" and word.dep == "acl":
                return None
            source = source_before(grammar, cues, words, place)
            return Tag(quotation.span, verb, source) if source else None
    return None


def source_before(grammar: Grammar, cues: Cues, words: list[int], place: int) -> Words:
    """Give who speaks by the verb at ``place``: by the grammar, else by what stands before it."""
    verb = words[place]
    source = verb_source(grammar, first_saying(grammar, cues, verb))
    if not source or source[-1] > verb or source[0] < words[0]:
        source = before_verb(grammar, words[:place])
    if len(source) >= FAR or any(grammar.words[i].pos == "VERB" for i in source[-1:]):
        return ()
    return source
