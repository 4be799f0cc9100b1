"""Find, in the grammar of a sentence, words that bring what somebody says, thinks or wants."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from msgspec import Struct
from msgspec.structs import replace

from explainer.annotate.contents import (
    around_aside,
    clause_content,
    intent_content,
    object_content,
    parenthetical_content,
    prepositional_content,
    shown_content,
)
from explainer.annotate.cues import Cues
from explainer.annotate.grammar import Grammar
from explainer.annotate.limits import first_saying, up_to_next_saying
from explainer.annotate.sources import agent_of, noun_source, verb_source, whole_source

Words = tuple[int, ...]


class Claim(Struct, frozen=True):
    """One cue with the words of its source and content; ``rule`` is the shape that matched.

    ``through`` is who passed it on: "Reuters reported, citing a diplomat, that …".
    """

    cue: Words
    source: Words
    content: Words
    verb: int
    rule: str
    through: Words = ()


def find_claims(grammar: Grammar, cues: Cues) -> Iterator[Claim]:
    """Give the claims of a text in the order of their cues."""
    for index, word in enumerate(grammar.words):
        claim = None
        if word.pos == "VERB" or (word.pos == "AUX" and word.tag == "VB"):
            claim = verb_claim(grammar, cues, index)
        elif word.pos == "NOUN" and grammar.lemma(index) in cues.nouns:
            claim = noun_claim(grammar, cues, index)
        elif word.pos == "ADJ" and grammar.lemma(index) in cues.adjectives:
            claim = adjective_claim(grammar, index)
        if claim is None and word.text.lower() == "according":
            claim = according_claim(grammar, index)
        if claim is not None:
            yield claim


# ---- verbs


def verb_claim(grammar: Grammar, cues: Cues, verb: int) -> Claim | None:
    word, lemma = grammar.words[verb], grammar.lemma(verb)
    if word.dep == "amod" or lemma == "accord":
        return None
    if word.text.lower() == "citing" and _cites_within(grammar, verb):
        return None
    passive = grammar.child(verb, "auxpass") is not None
    if passive and (lemma in cues.unnamed or (lemma in cues.judge and lemma not in cues.deeds)):
        unnamed = unnamed_claim(grammar, verb)
        if unnamed is not None:
            return unnamed
    if lemma in cues.seem:
        return seeming_claim(grammar, verb)
    for rule, found in _shapes(grammar, cues, verb, lemma):
        content = up_to_next_saying(grammar, cues, verb, tuple(sorted(set(found) - {verb})))
        if content:
            source = verb_source(grammar, first_saying(grammar, cues, verb))
            reduced = word.tag == "VBN" and word.dep in ("acl", "advcl")
            if reduced or grammar.child(verb, "auxpass") is not None:
                source = agent_of(grammar, verb)
            if not source and rule not in ("clause", "parenthesis"):
                return None
            if set(source) & set(content) and rule != "parenthesis":
                content = tuple(i for i in content if i not in set(source))
            return _passed_on(
                grammar, Claim(cue_words(grammar, verb, rule), source, content, verb, rule)
            )
    return None


def _passed_on(grammar: Grammar, claim: Claim) -> Claim:
    """Give the claim to whom its reporter cites: "reported, citing a diplomat, that …"."""
    _, end = grammar.sentences[grammar.sentence_of[claim.verb]]
    for one in range(claim.verb + 1, min(end, claim.verb + FAR)):
        named = grammar.child(one, "dobj", "pobj")
        if grammar.words[one].text.lower() == "citing" and named is not None and claim.source:
            if not (claim.content and named < claim.content[-1] and _cites_within(grammar, one)):
                return claim
            cited = whole_source(grammar, named)
            content = tuple(i for i in claim.content if i != one and i not in cited)
            return replace(claim, source=cited, content=content, through=claim.source)
    return claim


FAR = 12


def _cites_within(grammar: Grammar, citing: int) -> bool:
    """True where a verb of saying stands before it and "that" behind: it speaks for both."""
    _, end = grammar.sentences[grammar.sentence_of[citing]]
    thats = [i for i in range(citing + 1, min(end, citing + FAR))
             if grammar.words[i].text == "that" and grammar.words[i].dep == "mark"]  # fmt: skip
    return bool(thats) and any(
        (clause := grammar.child(i, "ccomp")) is not None and clause > thats[0]
        for i in range(max(0, citing - FAR), citing)
    )


def _shapes(grammar: Grammar, cues: Cues, verb: int, lemma: str) -> Iterator[tuple[str, Words]]:
    """Give what the verb may bring, likeliest first; the first that isn't empty counts."""
    says = lemma in cues.clause
    if says:
        yield "parenthesis", around_aside(grammar, verb)
    if says or lemma in cues.show:
        yield "clause", clause_content(grammar, cues, verb)
    if says:
        yield "parenthesis", parenthetical_content(grammar, verb)
    if lemma in cues.intent:
        yield "intent", intent_content(grammar, verb)
    yield "preposition", prepositional_content(grammar, cues, verb, lemma)
    if lemma in cues.judge or lemma in cues.want:
        thing = object_content(grammar, verb)
        if lemma not in cues.deeds or any(grammar.words[i].text in "“\"''``" for i in thing):
            yield "judgment", thing
    if lemma in cues.show:
        yield "showing", shown_content(grammar, cues, verb)


def unnamed_claim(grammar: Grammar, verb: int) -> Claim | None:
    """Give what is believed or expected by nobody in particular, subject and all."""
    if agent_of(grammar, verb):
        return None
    subject = grammar.child(verb, "nsubjpass")
    deed = grammar.child(verb, "xcomp", "oprd") or _role(grammar, verb)
    if subject is None or deed is None or grammar.words[subject].tag in ("WP", "WDT"):
        return None
    content = tuple(grammar.subtree(subject) + grammar.subtree(deed))
    return Claim(cue_words(grammar, verb, "unnamed"), (), content, verb, "unnamed")


def seeming_claim(grammar: Grammar, verb: int) -> Claim | None:
    """Give what seems so to nobody in particular: "the bridge appears to lean"."""
    subject = grammar.child(verb, "nsubj", "expl")
    seen = grammar.child(verb, "xcomp", "oprd", "ccomp", "acomp", "attr")
    if subject is None or seen is None or grammar.words[subject].tag in ("WP", "WDT"):
        return None
    who = [] if grammar.lemma(subject) in ("it", "there") else grammar.subtree(subject)
    content = tuple(who + grammar.subtree(seen))
    return Claim(cue_words(grammar, verb, "seeming"), (), content, verb, "seeming")


def _role(grammar: Grammar, verb: int) -> int | None:
    roles = (one for one in grammar.all_children(verb, "prep") if grammar.lemma(one) in ROLES)
    return next(roles, None)


def cue_words(grammar: Grammar, verb: int, rule: str) -> Words:
    """Give the verb with its helpers, its "not" and its particle, as far as they touch it."""
    cue = {verb}
    for one in sorted(grammar.children[verb], reverse=True):
        if one == min(cue) - 1 and grammar.words[one].dep in ("aux", "auxpass", "neg", "advmod"):
            cue.add(one)
    for one in grammar.children[verb]:
        brings = rule == "preposition" and grammar.words[one].dep == "prep"
        if one == verb + 1 and (grammar.words[one].dep == "prt" or brings):
            cue.add(one)
    return tuple(sorted(cue))


ROLES = frozenset({"as", "for", "of"})

# ---- nouns, adjectives, according to


def noun_claim(grammar: Grammar, cues: Cues, noun: int) -> Claim | None:
    clause, cue = grammar.child(noun, "acl", "ccomp"), [noun]
    if clause is not None and _is_said(grammar, clause):
        content: Iterable[int] = grammar.subtree(clause)
    else:
        brings = [c for c in grammar.all_children(noun, "prep")
                  if grammar.lemma(c) in cues.noun_prepositions]  # fmt: skip
        content = [i for one in brings[:1] for i in grammar.subtree(one) if i != one]
        cue += brings[:1]
    source = noun_source(grammar, noun) or light_verb_source(grammar, cues, noun)
    if not content or not source:
        return None
    kept = tuple(i for i in content if i not in set(source))
    return Claim(tuple(cue), source, kept, noun, "noun") if kept else None


def light_verb_source(grammar: Grammar, cues: Cues, noun: int) -> Words:
    """Give who makes a claim, raises a doubt, has hopes: the verb adds nothing to the noun."""
    verb = grammar.words[noun].head
    if grammar.words[noun].dep != "dobj" or grammar.lemma(verb) not in cues.light:
        return ()
    return verb_source(grammar, verb)


def _is_said(grammar: Grammar, clause: int) -> bool:
    """True for "the claim that …" and "the promise to …", not for "the claim made by …"."""
    first = grammar.subtree(clause)[0]
    return grammar.words[first].text.lower() in ("that", "to") or grammar.words[clause].dep == (
        "ccomp"
    )


def adjective_claim(grammar: Grammar, adjective: int) -> Claim | None:
    verb = grammar.words[adjective].head
    if grammar.words[adjective].dep != "acomp":
        return None
    clause, cue = grammar.child(adjective, "ccomp", "xcomp"), [verb, adjective]
    if clause is None:
        brings = grammar.child(adjective, "prep")
        if brings is None or grammar.lemma(brings) not in ("about", "of", "with"):
            return None
        clause = brings
        cue.append(brings)
    source = verb_source(grammar, verb)
    if not source or grammar.lemma(source[-1]) in ("it", "there"):
        return None
    content = tuple(i for i in grammar.subtree(clause) if i not in cue)
    return Claim(tuple(cue), source, content, adjective, "adjective")


def according_claim(grammar: Grammar, index: int) -> Claim | None:
    """Give the clause that "according to" vouches for, and who is named behind it."""
    holder = grammar.child(index, "prep")
    if holder is None or grammar.lemma(holder) != "to":
        return None
    named = grammar.child(holder, "pobj")
    if named is None:
        return None
    source = whole_source(grammar, named)
    vouched = _vouched_for(grammar, index)
    content = set(grammar.subtree(vouched)) - set(grammar.subtree(index)) - set(source)
    return Claim((index, holder), source, tuple(sorted(content)), index, "according")


def _vouched_for(grammar: Grammar, index: int) -> int:
    """Climb from the preposition to the clause it belongs to."""
    current = index
    for head in grammar.ancestors(index):
        current, word = head, grammar.words[head]
        # Behind several clauses it vouches for all of them; before one, for that one.
        joined = word.dep in ("conj", "advcl") and head < index
        if word.pos in ("VERB", "AUX") and not (joined or word.dep in BELOW):
            return head
    return current


BELOW = frozenset({"acl", "relcl", "xcomp", "pcomp"})
