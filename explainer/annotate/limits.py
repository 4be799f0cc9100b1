"""Where what somebody says ends: at the next thing that the same, or another, speaker says."""

from __future__ import annotations

from explainer.annotate.cues import Cues
from explainer.annotate.grammar import Grammar

Words = tuple[int, ...]
FINITE = frozenset({"VBD", "VBZ", "VBP"})
MARKS = frozenset("“”\"''``")


def up_to_next_saying(grammar: Grammar, cues: Cues, verb: int, content: Words) -> Words:
    """Cut a content that follows its verb at a semicolon, or where another thing is said.

    "She said it rains and asked for a coat": the parser hangs the asking on the rain.
    """
    if not content or content[0] < verb:
        return content
    quoted = False
    for place, one in enumerate(content):
        if place and grammar.words[one].text == ";" and not quoted:
            return content[:place]
        if grammar.words[one].text in MARKS:
            quoted = grammar.words[one].text in "“``" or (
                grammar.words[one].text not in "”''" and not quoted
            )
        if place and not quoted and is_next_saying(grammar, cues, verb, one):
            start = min(grammar.subtree(one))
            kept = tuple(i for i in content if i < start)
            return _without_joint(grammar, kept) or content
    return content


def first_saying(grammar: Grammar, cues: Cues, verb: int) -> int:
    """Give the verb whose speaker goes on with this one; the verb itself if there is none."""
    if grammar.child(verb, "nsubj", "nsubjpass") is None:
        for head in grammar.ancestors(verb):
            if cues.says(grammar.lemma(head)) and is_next_saying(grammar, cues, head, verb):
                return head
    return verb


def is_next_saying(grammar: Grammar, cues: Cues, verb: int, other: int) -> bool:
    """True for a verb of saying that hangs on what is said but is no part of it."""
    word, lemma = grammar.words[other], grammar.lemma(other)
    if word.pos != "VERB" or not cues.says(lemma):
        return False
    subject = grammar.child(other, "nsubj")
    before = min(grammar.subtree(other)) - 1
    comma = before > verb and grammar.words[before].text in (",", "-", "–", "—", ";")
    if word.dep == "conj" and subject is None:
        own, side = grammar.words[verb].tag, grammar.words[word.head].tag
        return word.tag == own and (own in FINITE or own == "VBG") and side != own
    if word.dep == "advcl" and word.tag == "VBG" and subject is None:
        return comma and grammar.child(other, "mark") is None
    if word.dep in ("conj", "advcl", "parataxis") and subject is not None:
        return comma and word.tag in FINITE and grammar.child(other, "ccomp") is not None
    return False


def _without_joint(grammar: Grammar, content: Words) -> Words:
    """Drop the conjunction and the punctuation that led to what was cut off."""
    end = len(content)
    while end and grammar.words[content[end - 1]].pos in ("PUNCT", "CCONJ"):
        if grammar.words[content[end - 1]].text in MARKS | {")", "]"}:
            break
        end -= 1
    return content[:end]
