"""Find, in the grammar of a sentence, the words that a verb of saying or wanting brings."""

from __future__ import annotations

from explainer.annotate.cues import Cues
from explainer.annotate.grammar import Grammar
from explainer.annotate.sources import agent_of

Words = tuple[int, ...]


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
    addressed = grammar.lemma(verb) in cues.addressed
    if thing is not None and verb < thing < clause and that < 0 and not addressed:
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
    """monday tuesday wednesday thursday friday saturday sunday january february march april may
    june july august september october november december morning afternoon evening week month year
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
