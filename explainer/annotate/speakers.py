"""Say who the speakers are: their entries, what they stand for, and by which outlet it came."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterable, Iterator, Mapping, Sequence

from msgspec import Struct

from explainer.annotate.claims import Claim
from explainer.annotate.cues import Cues
from explainer.annotate.grammar import Grammar
from explainer.model import Entry, Kind, Mention, Span, Standing

SINGULAR = frozenset({"he", "she", "his", "her"})
PLURAL = frozenset({"they", "their"})
FIRST = frozenset({"i", "we", "my", "our", "you", "your", "us", "me"})
FAR = 3
HEARERS = frozenset("interview reporter statement conversation email letter call article".split())


class Voice(Struct, frozen=True):
    """Who speaks; ``antecedent`` is what a pronoun stands for, ``singular`` one person."""

    speaker: tuple[str, ...] = ()
    antecedent: tuple[Span, ...] = ()
    via: tuple[str, ...] = ()
    standing: Standing = "other"
    singular: bool = False
    how: str = ""


class Cast(Struct, frozen=True):
    """All that an article says of who is who; ``mentions`` are sorted by place."""

    grammar: Grammar
    cues: Cues
    mentions: tuple[Mention, ...]
    starts: tuple[int, ...]
    kinds: Mapping[str, Kind]
    roles: Mapping[str, str]
    blocks: tuple[Span, ...]

    def mention_at(self, index: int) -> Mention | None:
        """Give the mention that a word belongs to."""
        start = self.grammar.words[index].span.start
        number = bisect_right(self.starts, start) - 1
        if number < 0 or self.mentions[number].span.end <= start:
            return None
        return self.mentions[number]

    def block_at(self, index: int) -> int:
        start = self.grammar.words[index].span.start
        return bisect_right([block.start for block in self.blocks], start) - 1

    def kind_of(self, mention: Mention) -> Kind:
        kind = self.kinds.get(mention.entry, mention.kind)
        return mention.kind if kind == "place" else kind


def make_cast(
    grammar: Grammar,
    cues: Cues,
    mentions: tuple[Mention, ...],
    entries: Iterable[Entry],
    blocks: tuple[Span, ...],
) -> Cast:
    known = {entry.id: entry for entry in entries}
    return Cast(
        grammar=grammar,
        cues=cues,
        mentions=mentions,
        starts=tuple(one.span.start for one in mentions),
        kinds={one.id: one.kind for one in known.values()},
        roles={one.id: one.role for one in known.values()},
        blocks=blocks,
    )


def find_voices(cast: Cast, claims: Sequence[Claim]) -> list[Voice]:
    """Give each claim, in text order, its voice; a pronoun takes that of a speaker before it."""
    voices: list[Voice] = []
    for number, claim in enumerate(claims):
        voice = named_voice(cast, claim)
        if voice.how == "pronoun":
            voice = carried_voice(cast, claim, claims[:number], voices) or voice
        elif voice.how == "words":
            voice = described_voice(cast, claim, claims[:number], voices) or voice
        via = () if claim.rule == "according" else tuple(outlets_told(cast, claim))
        via = via or tuple(outlets_among(cast, claim.through))
        voices.append(Voice(voice.speaker, voice.antecedent, via, voice.standing,
                            voice.singular, voice.how))  # fmt: skip
    return voices


def named_voice(cast: Cast, claim: Claim) -> Voice:
    """Give the voice that a source's own words name."""
    grammar = cast.grammar
    heads = source_heads(grammar, claim.source)
    if not heads:
        return Voice()
    said = [grammar.lemma(one) for one in heads]
    if said[0] in SINGULAR | PLURAL and len(heads) == 1:
        return Voice(singular=said[0] in SINGULAR, how="pronoun")
    found = [mention for one in heads if (mention := named_by(cast, one, claim.source))]
    speaker = tuple(dict.fromkeys(one.entry for one in found))
    singular = len(heads) == 1 and not grammar.words[heads[0]].tag.endswith("S")
    standing = standing_of(cast, claim, heads, found)
    return Voice(speaker, singular=singular, standing=standing, how="named" if found else "words")


def source_heads(grammar: Grammar, source: Sequence[int]) -> list[int]:
    """Give the nouns that a source is made of: one, or several that speak together."""
    inside = set(source)
    waiting = [i for i in source if grammar.words[i].head not in inside
               or grammar.words[i].head == i]  # fmt: skip
    heads = []
    while waiting:
        one = waiting.pop(0)
        if grammar.words[one].pos in ("NOUN", "PROPN", "PRON", "NUM", "ADJ", "X"):
            heads.append(one)
            waiting += [c for c in grammar.children[one]
                        if c in inside and grammar.words[c].dep == "conj"]  # fmt: skip
    return sorted(heads)


def named_by(cast: Cast, head: int, source: Sequence[int]) -> Mention | None:
    """Give the mention that is the head, its apposition, or the owner of what speaks."""
    grammar, inside = cast.grammar, set(source)
    direct = cast.mention_at(head)
    if direct is not None:
        return direct
    near = [c for c in grammar.children[head] if c in inside]
    for one in near:
        if grammar.words[one].dep == "appos" and (mention := cast.mention_at(one)):
            return mention
    # KCNA images, the ministry's statement: the owner speaks through the paper.
    if grammar.lemma(head) in cast.cues.standing["document"]:
        for one in near:
            if grammar.words[one].dep in ("compound", "poss", "nmod") and (
                mention := cast.mention_at(one)
            ):
                return mention if cast.kind_of(mention) in ("outlet", "organization", "person") \
                    else None  # fmt: skip
    return None


# ---- pronouns, and what "the professor" refers to


def carried_voice(
    cast: Cast, claim: Claim, earlier: Sequence[Claim], voices: Sequence[Voice]
) -> Voice | None:
    """Give the voice that "he", "she" or "they" takes up, None where none is near.

    The nearest speaker before, of fitting number and not past a few paragraphs, else the
    last person named in the sentence or the one before it.
    """
    here = cast.block_at(claim.verb)
    plural = any(cast.grammar.lemma(i) in PLURAL for i in claim.source)
    for other, voice in zip(reversed(earlier), reversed(voices), strict=True):
        if other.verb >= claim.verb or not other.source or voice.how in ("", "first"):
            continue
        if here - cast.block_at(other.verb) > FAR:
            break
        if voice.singular != plural and _is_human(cast, other, voice):
            spans = voice.antecedent or _spans(cast.grammar, other.source)
            return Voice(voice.speaker, spans, standing=voice.standing,
                         singular=voice.singular, how="carried")  # fmt: skip
    return None if plural else _last_person(cast, claim)


def described_voice(
    cast: Cast, claim: Claim, earlier: Sequence[Claim], voices: Sequence[Voice]
) -> Voice | None:
    """Give the speaker that "the professor" describes: the last one who was called that."""
    grammar = cast.grammar
    (head, *more) = source_heads(grammar, claim.source)
    lemma = grammar.lemma(head)
    human = any(lemma in cast.cues.standing[one] for one in ("expert", "official", "witness"))
    if more or not human or [grammar.words[i].text.lower() for i in claim.source] != ["the", lemma]:
        return None
    here = cast.block_at(claim.verb)
    for other, voice in zip(reversed(earlier), reversed(voices), strict=True):
        if other.verb >= claim.verb or here - cast.block_at(other.verb) > FAR:
            continue
        called = {grammar.lemma(i).strip(".") for i in other.source}
        if voice.speaker and voice.singular and called & {lemma, *SHORT.get(lemma, ())}:
            spans = voice.antecedent or _spans(grammar, other.source)
            return Voice(voice.speaker, spans, standing=voice.standing,
                         singular=True, how="carried")  # fmt: skip
    return None


SHORT = {
    "doctor": ("dr",), "professor": ("prof",), "senator": ("sen",), "governor": ("gov",),
    "general": ("gen",), "captain": ("capt",), "sergeant": ("sgt",), "representative": ("rep",),
}  # fmt: skip


def _is_human(cast: Cast, claim: Claim, voice: Voice) -> bool:
    if voice.speaker:
        return all(cast.kinds.get(one, "person") == "person" for one in voice.speaker)
    head = source_heads(cast.grammar, claim.source)
    lemma = cast.grammar.lemma(head[0]) if head else ""
    if not voice.singular:
        return True
    human = ("expert", "official", "witness")
    return (
        voice.how == "carried"
        or any(lemma in cast.cues.standing[one] for one in human)
        or (bool(head) and cast.grammar.words[head[0]].pos == "PROPN")
    )


def _last_person(cast: Cast, claim: Claim) -> Voice | None:
    grammar = cast.grammar
    sentence = grammar.sentence_of[claim.verb]
    first = grammar.words[grammar.sentences[max(0, sentence - 1)][0]].span.start
    before = [
        one for one in cast.mentions
        if first <= one.span.start < grammar.words[claim.verb].span.start
        and cast.kinds.get(one.entry, one.kind) == "person"
    ]  # fmt: skip
    if not before:
        return None
    # The subject of the sentence before comes to mind sooner than who stands nearer.
    subjects = [
        one
        for one in before
        if any(grammar.words[i].dep == "nsubj" for i in grammar.inside(one.span))
    ]
    chosen = (subjects or before)[-1]
    standing = standing_by_words(cast, cast.roles.get(chosen.entry, "")) or "other"
    return Voice((chosen.entry,), (chosen.span,), standing=standing, singular=True, how="carried")


def _spans(grammar: Grammar, indexes: Sequence[int]) -> tuple[Span, ...]:
    span = grammar.cover(indexes)
    return (span,) if span else ()


# ---- what a source is


def standing_of(
    cast: Cast, claim: Claim, heads: Sequence[int], found: Sequence[Mention]
) -> Standing:
    """Say what a source is: by its words, its role, its kind; unnamed ones are anonymous."""
    grammar = cast.grammar
    if any(cast.kind_of(one) == "outlet" for one in found[:1]):
        return "media"
    lemma = grammar.lemma(heads[0])
    own = _group(cast, [lemma])
    plural = grammar.words[heads[0]].tag in ("NNS", "NNPS")
    if _hides(cast, claim):
        return "anonymous"
    if own == "official" and lemma in INSTITUTIONS:
        return "official"
    if not found and (plural and own in ("expert", "official", "witness", "other", None)):
        # Nobody in particular: "experts", "officials in Oslo".
        return "anonymous"
    if not found and lemma in ("source", "somebody", "someone", "people", "person"):
        return "anonymous"
    words = " ".join(grammar.words[i].text for i in claim.source)
    if own in ("document", "media"):
        beside = {grammar.lemma(c) for c in grammar.children[heads[0]]}
        media = own == "media" or bool(beside & cast.cues.standing["media"])
        return "media" if media or found else "document"
    if own:
        return own
    role = " ".join(cast.roles.get(one.entry, "") for one in found)
    told = standing_by_words(cast, words) or standing_by_words(cast, role)
    person = bool(found) and cast.kind_of(found[0]) == "person"
    if told and not (person and told == "document"):
        return told
    if any(one.by.startswith(("sense", "senses")) for one in found):
        return "official"
    return "other"


INSTITUTIONS = frozenset(
    "army authority cabinet council court government ministry parliament".split()
)
_HIDDEN = re.compile(
    r"not to be (?:named|identified|quoted)|anonym|(?:not|n[’']t) be (?:named|identified)"
    r"|declined to (?:be named|give)"
)


def _hides(cast: Cast, claim: Claim) -> bool:
    """True for a source that asked not to be named."""
    grammar = cast.grammar
    first, end = grammar.sentences[grammar.sentence_of[claim.verb]]
    said = set(claim.content)
    told = " ".join(grammar.words[i].text for i in range(first, end) if i not in said)
    return bool(claim.source) and bool(_HIDDEN.search(told))


def standing_by_words(cast: Cast, words: str) -> Standing | None:
    return _group(cast, [word.lower().strip(".,'’") for word in words.split()])


def _group(cast: Cast, lemmas: Sequence[str]) -> Standing | None:
    groups: tuple[Standing, ...] = ("expert", "official", "witness", "media", "document")
    for group in groups:
        if any(lemma in cast.cues.standing[group] for lemma in lemmas):
            return group
    return None


def outlets_among(cast: Cast, words: Sequence[int]) -> Iterator[str]:
    for one in source_heads(cast.grammar, words):
        mention = cast.mention_at(one)
        if mention is not None and cast.kinds.get(mention.entry, mention.kind) == "outlet":
            yield mention.entry


def outlets_told(cast: Cast, claim: Claim) -> Iterator[str]:
    """Give the outlets that somebody told, or gave an interview."""
    grammar = cast.grammar
    hearers = grammar.all_children(claim.verb, "dobj", "dative", "prep")
    waiting = [one for one in hearers if one not in claim.content]
    for _ in range(4):
        deeper = []
        for one in waiting:
            mention = cast.mention_at(one)
            if mention is not None and cast.kinds.get(mention.entry, mention.kind) == "outlet":
                yield mention.entry
            elif grammar.words[one].dep == "prep" or grammar.lemma(one) in HEARERS:
                deeper += [c for c in grammar.children[one]
                           if grammar.words[c].dep in ("pobj", "prep", "dobj")]  # fmt: skip
        waiting = deeper
