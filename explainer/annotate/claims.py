"""Find, in the grammar of a sentence, words that bring what somebody says, thinks or wants."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace

from explainer.annotate.cues import Cues
from explainer.annotate.grammar import Grammar
from explainer.annotate.limits import first_saying, up_to_next_saying
from explainer.annotate.sources import agent_of, noun_source, verb_source, whole_source

Words = tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Claim:
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
    if lemma in cues.unnamed and grammar.child(verb, "auxpass") is not None:
        unnamed = unnamed_claim(grammar, verb)
        if unnamed is not None:
            return unnamed
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


def _role(grammar: Grammar, verb: int) -> int | None:
    roles = (one for one in grammar.all_children(verb, "prep") if grammar.lemma(one) == "as")
    return next(roles, None)


def clause_content(grammar: Grammar, cues: Cues, verb: int) -> Words:
    clauses = list(grammar.all_children(verb, "ccomp"))
    clause = next((c for c in clauses if c > verb), clauses[0] if clauses else None)
    if clause is None:
        return _said_in_a_statement(grammar, cues, verb)
    thats = (c for c in grammar.all_children(clause, "mark") if grammar.lemma(c) == "that")
    that = next((c for c in thats if c > verb), -1)
    # "reported, citing a diplomat, that": what stands before "that" is no part of it.
    content = [i for i in grammar.subtree(clause) if i >= that]
    if clause < verb and not _set_off(grammar, verb, content):
        return ()
    if clause > verb:
        content = _torn_off(grammar, cues, verb, clause, that) + content
    # "If it rains, they say, …": the condition hangs on the saying but is part of the said.
    subject = grammar.child(verb, "nsubj")
    if subject is not None and clause > verb:
        for one in grammar.all_children(verb, "advcl"):
            mark = grammar.child(one, "mark")
            if one < subject and mark is not None and grammar.lemma(mark) in ("if", "unless"):
                content = grammar.subtree(one) + content
    return tuple(content)


def _set_off(grammar: Grammar, verb: int, content: list[int]) -> bool:
    """True where a comma or a mark, and no colon, stands between what comes first and its verb."""
    before = [i for i in content if i < verb]
    if not before:
        return True
    mark = grammar.words[before[0]]
    between = {grammar.words[i].text for i in range(before[-1] + 1, verb)}
    closing = grammar.words[before[-1]].text in {"”", '"', "''", ",", "?", "!"}
    opens = mark.dep == "mark" and mark.text.lower() not in ("if", "that", "whether")
    return not (between & {";", ":"} or opens) and (closing or bool(between & {",", "”", '"'}))


def _torn_off(grammar: Grammar, cues: Cues, verb: int, clause: int, that: int) -> list[int]:
    """Give what the parser hangs on the saying but belongs to the said, on both its sides."""
    parts = [c for c in grammar.all_children(verb, "ccomp") if c > clause]
    thing = grammar.child(verb, "dobj")
    if thing is not None and verb < thing < clause and that < 0:
        if grammar.lemma(verb) not in cues.addressed:
            parts.append(thing)
    if grammar.child(clause, "nsubj", "nsubjpass", "csubj", "expl") is None:
        parts += [c for c in grammar.all_children(verb, "npadvmod") if verb < c < clause]
    return [i for one in parts for i in grammar.subtree(one)]


def _said_in_a_statement(grammar: Grammar, cues: Cues, verb: int) -> Words:
    """Give the clause that the parser hangs on a noun: said in a letter that …, told him that …

    Where the noun is the object, and nobody who is spoken to, it is said as well.
    """
    for one in grammar.all_children(verb, "prep", "dobj"):
        noun = grammar.child(one, "pobj") if grammar.words[one].dep == "prep" else one
        clause = grammar.child(noun, "acl", "ccomp", "relcl") if noun is not None else None
        if noun is not None and clause is not None:
            content = grammar.subtree(clause)
            if content[0] > verb and grammar.words[content[0]].text.lower() == "that":
                whole = one == noun and grammar.lemma(verb) not in cues.addressed
                return tuple(grammar.subtree(noun) if whole else content)
    return ()


def around_aside(grammar: Grammar, verb: int) -> Words:
    """Give the sentence around "…, officials said, …" or before "…, officials said.".

    Commas say what is an aside, however the parser hangs it up.
    """
    subject = grammar.child(verb, "nsubj")
    if subject is None or grammar.words[verb].tag not in ("VBD", "VBZ", "VBP"):
        return ()
    first, last = grammar.sentences[grammar.sentence_of[verb]]
    aside = set(grammar.subtree(subject)) | {verb}
    start, end = min(aside), max(aside) + 1
    while end < last and grammar.words[end].dep in ASIDE_ENDS and end - verb < 6:
        end += 1
    closed = grammar.words[end].text in (",", ".") if end < last else False
    if start <= first + 1 or grammar.words[start - 1].text != "," or not closed:
        return ()
    if (
        any(i not in aside for i in range(start, max(aside) + 1))
        or max(aside) > max(subject, verb) + 1
    ):
        return ()
    before, after = range(first, start - 1), range(end + 1, last)
    if len(before) + len(after) < 4 or grammar.words[first].text.lower() in ("while", "but"):
        return ()
    return tuple(i for i in (*before, *after))


ASIDE_ENDS = frozenset("npadvmod advmod prep pobj det compound amod poss case nummod".split())


def parenthetical_content(grammar: Grammar, verb: int) -> Words:
    """Give the clause that "…, officials say, …" or "as she put it" stands in."""
    word = grammar.words[verb]
    as_said = word.dep == "advcl" and any(
        grammar.lemma(c) == "as" and c < verb for c in grammar.children[verb]
    )
    # With a complement of its own, the verb is no aside: "as she continues to ask".
    held = [grammar.lemma(c) for c in grammar.all_children(verb, "dobj", "xcomp", "ccomp")]
    full = as_said and held not in ([], ["it"])
    if full or not (word.dep == "parataxis" or as_said):
        return ()
    return tuple(sorted(set(grammar.subtree(word.head)) - set(grammar.subtree(verb))))


def intent_content(grammar: Grammar, verb: int) -> Words:
    for one in grammar.all_children(verb, "xcomp", "ccomp"):
        if grammar.words[one].tag in ("VB", "VBG"):
            asked = grammar.child(verb, "dobj")
            who = grammar.subtree(asked) if asked is not None and verb < asked < one else []
            return tuple(who + grammar.subtree(one))
    return ()


def prepositional_content(grammar: Grammar, cues: Cues, verb: int, lemma: str) -> Words:
    for one in grammar.all_children(verb, "prep"):
        if one > verb and lemma in cues.prepositions.get(grammar.lemma(one), ()):
            if grammar.lemma(one) == "as":
                return _object_and_predicate(grammar, verb, one)
            return _object_between(grammar, verb, one)
    return _for_somebody_to(grammar, verb) if lemma in cues.prepositions["for"] else ()


def _object_between(grammar: Grammar, verb: int, brings: int) -> Words:
    """Give "the mayor of lying" of "accused the mayor of lying", else what the preposition has."""
    content = grammar.subtree(brings)
    thing = grammar.child(verb, "dobj")
    if thing is not None and verb < thing < brings:
        return tuple(grammar.subtree(thing) + content)
    return tuple(i for i in content if i != brings)


def _for_somebody_to(grammar: Grammar, verb: int) -> Words:
    """Give "the court to act" of "called for the court to act"."""
    for one in grammar.all_children(verb, "advcl", "xcomp", "ccomp"):
        mark = grammar.child(one, "mark")
        if mark == verb + 1 and grammar.lemma(mark) == "for":
            return tuple(i for i in grammar.subtree(one) if i != mark)
    return ()


def _object_and_predicate(grammar: Grammar, verb: int, role: int) -> Words:
    thing = grammar.child(verb, "dobj")
    after = [i for c in grammar.children[verb] if c > role and grammar.words[c].dep == "prep"
             for i in grammar.subtree(c)]  # fmt: skip
    first = grammar.subtree(thing) if thing is not None else []
    return tuple(first + grammar.subtree(role) + after)


def object_content(grammar: Grammar, verb: int) -> Words:
    parts = [one for one in grammar.all_children(verb, "dobj", "oprd") if one > verb]
    if not parts:
        passive = grammar.child(verb, "nsubjpass")
        if passive is not None and agent_of(grammar, verb):
            return tuple(grammar.subtree(passive))
        return ()
    ends = {i for one in parts for i in grammar.subtree(one)}
    for one in grammar.all_children(verb, "prep"):
        # "criticized the mayor for the delay": the reason is part of the judgment.
        if one > max(ends) and _completes(grammar, one):
            ends |= set(grammar.subtree(one))
    return tuple(sorted(ends))


def _completes(grammar: Grammar, preposition: int) -> bool:
    """False for what tells when, and on what occasion, the judgment was spoken."""
    if grammar.lemma(preposition) in ("in", "on"):
        named = grammar.child(preposition, "pobj")
        return named is not None and not (
            grammar.words[named].pos == "NUM" or grammar.lemma(named) in OCCASIONS
        )
    return grammar.lemma(preposition) in COMPLETING


COMPLETING = frozenset(
    """for over as of about to with without by against from toward towards between among since
    despite than like""".split()
)
OCCASIONS = frozenset(
    """monday tuesday wednesday thursday friday saturday sunday january february march april may june
    july august september october november december morning afternoon evening week month year
    interview statement speech email letter call conference debate post tweet twitter facebook
    radio television tv""".split()
)


def shown_content(grammar: Grammar, cues: Cues, verb: int) -> Words:
    """Give what a picture or a paper shows: all that follows the verb in its clause."""
    subject = grammar.child(verb, "nsubj")
    if subject is None or grammar.lemma(subject) not in cues.standing["document"]:
        return ()
    after = grammar.all_children(verb, "dobj", "oprd", "prep", "advcl", "xcomp")
    return tuple(i for one in after if one > verb for i in grammar.subtree(one))


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
