"""Find, in the grammar of a sentence, who stands behind a cue."""

from __future__ import annotations

from explainer.annotate.grammar import NOMINAL, Grammar

Words = tuple[int, ...]
SUBJECTS = ("nsubj", "csubj")
# Verbs that share the subject of the one they hang on.
SHARING = frozenset("conj xcomp advcl pcomp acl prep dep acomp attr".split())


def verb_source(grammar: Grammar, verb: int) -> Words:
    """Give the words of a verb's subject, if need be that of the verb it depends on."""
    seen = set()
    while verb not in seen:
        seen.add(verb)
        subjects = list(grammar.all_children(verb, *SUBJECTS))
        if not subjects:
            subjects = list(grammar.all_children(verb, "nsubjpass"))
        if subjects:
            return _merged(grammar, verb, subjects)
        word = grammar.words[verb]
        if len(seen) == 1 and (stolen := _stolen(grammar, verb)):
            return stolen
        if word.dep == "acl" and grammar.words[word.head].pos in ("NOUN", "PROPN", "PRON"):
            return whole_source(grammar, word.head, without=verb)
        if word.dep == "relcl":
            return whole_source(grammar, word.head, without=verb)
        if word.dep not in SHARING:
            return ()
        verb = word.head
    return ()


def _stolen(grammar: Grammar, verb: int) -> Words:
    """Give the subject that the parser gave to a preposition: came after Paris and Bonn said …"""
    word, noun = grammar.words[verb], verb - 1
    if word.tag not in ("VBD", "VBZ", "VBP") or word.dep not in ("advcl", "pcomp", "conj"):
        return ()
    while grammar.words[noun].dep == "conj" and grammar.words[noun].pos in NOMINAL:
        noun = grammar.words[noun].head
    if grammar.words[noun].dep != "pobj" or grammar.words[noun].head <= word.head:
        return ()
    timely = grammar.lemma(grammar.words[noun].head) in ("after", "before", "since", "until")
    return whole_source(grammar, noun, without=verb) if timely else ()


def _merged(grammar: Grammar, verb: int, subjects: list[int]) -> Words:
    """Give all of a subject; for "who" also the noun it stands for."""
    last = subjects[-1]
    if grammar.words[last].tag in ("WP", "WDT") and grammar.words[verb].dep == "relcl":
        antecedent = whole_source(grammar, grammar.words[verb].head, without=verb)
        return tuple(sorted({*antecedent, last}))
    # "The agency Ria Novosti": the model sees two subjects side by side.
    found = [i for one in subjects for i in whole_source(grammar, one)]
    return tuple(sorted(set(found)))


def whole_source(grammar: Grammar, noun: int, without: int = -1) -> Words:
    """Give a noun with all that describes it, but for what follows a full stop or ``without``."""
    kept = grammar.subtree(noun, lambda c: c != without)
    return trimmed(grammar, kept)


def trimmed(grammar: Grammar, indexes: list[int]) -> Words:
    """Drop punctuation and a conjunction from both ends; a bracket or mark may close it."""
    start, end = 0, len(indexes)
    while start < end and grammar.words[indexes[start]].pos in ("PUNCT", "CCONJ", "SPACE"):
        start += 1
    while end > start and grammar.words[indexes[end - 1]].pos in ("PUNCT", "CCONJ", "SPACE"):
        if grammar.words[indexes[end - 1]].text in (")", "]", "”", '"'):
            break
        end -= 1
    return tuple(indexes[start:end])


def agent_of(grammar: Grammar, verb: int) -> Words:
    """Give who did what a passive verb says: "was denied by the ministry"."""
    agent = grammar.child(verb, "agent")
    named = grammar.child(agent, "pobj") if agent is not None else None
    return whole_source(grammar, named) if named is not None else ()


def noun_source(grammar: Grammar, noun: int) -> Words:
    """Give whose claim a claim is: its possessor, or who stands behind "by", "from", "of"."""
    owner = grammar.child(noun, "poss")
    if owner is not None:
        return trimmed(grammar, grammar.subtree(owner, lambda c: grammar.words[c].dep != "case"))
    for one in grammar.all_children(noun, "prep", "agent"):
        if grammar.lemma(one) in ("by", "from"):
            named = grammar.child(one, "pobj")
            if named is not None:
                return whole_source(grammar, named)
    return ()
