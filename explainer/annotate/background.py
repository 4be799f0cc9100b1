"""Propose a card for each passage that reaches back before the story."""

from __future__ import annotations

import re
from collections.abc import Iterable

from msgspec.structs import replace

from explainer.annotate.grammar import VERBAL, Grammar, read_grammar
from explainer.annotate.names import slug_of, unique_id
from explainer.annotate.past import Past, find_past
from explainer.annotate.times import parse_day
from explainer.model import AnnotatedDocument, BackgroundCard, Mention, Span

LONGEST_TITLE = 70


def annotate_background(annotated: AnnotatedDocument) -> AnnotatedDocument:
    """Add suggested ``cards``; the body is left to an editor.

    Days of the story itself are no background: a date counts when it lies a month or more
    before the article, a year when the article's date is unknown.
    """
    if annotated.analysis is None:
        return annotated
    grammar = read_grammar(annotated.analysis, annotated.document.text)
    today = parse_day(annotated.document.meta.date)
    closed = [span for card in annotated.cards for span in card.leans_on]
    closed += annotated.document.dropped
    found = [
        past
        for past in find_past(grammar, annotated.dates, today)
        if not any(past.sentence.overlaps(span) for span in closed)
    ]
    cards = make_cards(grammar, found, annotated.mentions, {c.id for c in annotated.cards})
    return replace(annotated, cards=tuple(sorted((*annotated.cards, *cards), key=_place)))


def _place(card: BackgroundCard) -> tuple[Span, str]:
    return card.leans_on[0], card.id


def make_cards(
    grammar: Grammar, found: Iterable[Past], mentions: tuple[Mention, ...], taken: set[str]
) -> list[BackgroundCard]:
    """Make one card an event: what one sentence, or the same date and words, tell is one."""
    groups: dict[object, list[Past]] = {}
    events: dict[tuple[str, frozenset[str]], object] = {}
    for past in found:
        key: object = past.sentence
        told = (past.date.text if past.date else "", event_words(grammar, past))
        if past.sentence not in groups and told[1]:
            key = next((k for (when, words), k in events.items()
                        if when == told[0] and len(words & told[1]) >= 2), key)  # fmt: skip
        groups.setdefault(key, []).append(past)
        events.setdefault(told, key)
    ids = set(taken)
    cards = []
    for group in groups.values():
        # In one sentence the dated expression says more than "for decades".
        lead = min(group, key=lambda past: (past.date is None, past.when))
        card = make_card(grammar, lead, group, mentions, ids)
        ids.add(card.id)
        cards.append(card)
    return cards


def make_card(
    grammar: Grammar, lead: Past, group: list[Past], mentions: tuple[Mention, ...], ids: set[str]
) -> BackgroundCard:
    leans_on = tuple(sorted({past.sentence for past in group}))
    entries = dict.fromkeys(
        one.entry for one in mentions if any(span.contains(one.span) for span in leans_on)
    )
    title = title_of(grammar, lead)
    return BackgroundCard(
        id=unique_id(slug_of(title)[:40].strip("-"), ids),
        title=title,
        body="",
        leans_on=leans_on,
        date=lead.date,
        entries=tuple(entries),
        status="suggested",
        when=lead.when,
        evidence=f"background: {lead.rule}",
    )


def event_words(grammar: Grammar, past: Past) -> frozenset[str]:
    """Give the lemmas that say what happened, to know it when it is told again."""
    return frozenset(
        grammar.lemma(i)
        for i in grammar.inside(past.sentence)
        if grammar.words[i].pos in ("NOUN", "PROPN", "VERB")
        and not grammar.words[i].span.overlaps(past.when)
    )


def title_of(grammar: Grammar, past: Past) -> str:
    """Give a title in the article's own words.

    That is the noun the time hangs on ("North Korea's founding"), else what the clause is
    about; a lone word says too little, so then it is the clause itself.
    """
    for index in grammar.ancestors(past.word):
        word = grammar.words[index]
        if past.when.contains(word.span) or word.dep in ("npadvmod", "prep", "advmod"):
            continue
        owned = index > 0 and grammar.words[index - 1].tag == "POS"
        gerund = word.tag == "VBG" and (owned or word.dep in ("acl", "pobj", "pcomp"))
        tells = word.pos == "NOUN" or gerund
        if tells:
            title = titled(grammar, noun_phrase(grammar, index, past.when))
            if " " in title:
                return title
        if word.pos in VERBAL:
            title = titled(grammar, about(grammar, index, past))
            return title if " " in title else titled(grammar, clause_of(grammar, index, past))
    return titled(grammar, list(grammar.inside(past.sentence)))


def noun_phrase(grammar: Grammar, noun: int, when: Span) -> list[int]:
    """Give a noun with what stands before it and what "of" or "between" adds."""
    words = grammar.words
    start = noun
    while (
        start
        and words[start - 1].head in range(start - 1, noun + 1)
        and (words[start - 1].dep in ("poss", "case", "compound", "amod", "nummod", "det"))
    ):
        start -= 1
    # The parser may hang the owner elsewhere: "North Korea's founding".
    while start > 1 and words[start - 1].tag == "POS":
        start -= 2
        while start and words[start - 1].dep == "compound" and words[start - 1].head >= start:
            start -= 1
    phrase = list(range(start, noun + 1))
    for one in grammar.children[noun]:
        if one > noun and words[one].dep == "prep" and words[one].text in ("of", "between", "for"):
            added = grammar.subtree(one)
            if not any(words[i].span.overlaps(when) for i in added):
                phrase += added
    return phrase


def about(grammar: Grammar, verb: int, past: Past) -> list[int]:
    """Give what a clause tells: its object, or what it says of its subject, or itself."""
    if past.rule == "since an event":
        event = grammar.child(past.word, "pobj")
        if event is not None:
            return grammar.subtree(event)
    thing = grammar.child(verb, "dobj")
    subject = grammar.child(verb, "nsubj", "nsubjpass")
    if thing is not None and grammar.words[thing].pos in ("NOUN", "PROPN"):
        return noun_phrase(grammar, thing, past.when)
    if subject is not None and grammar.words[subject].pos == "NOUN":
        return noun_phrase(grammar, subject, past.when)
    return clause_of(grammar, verb, past)


def clause_of(grammar: Grammar, verb: int, past: Past) -> list[int]:
    """Give a clause without what hangs on it, and without the time where it opens or ends it."""
    clause = grammar.subtree(verb, lambda c: grammar.words[c].dep not in ("advcl", "relcl", "conj"))
    clause = [i for i in clause if not past.when.contains(grammar.words[i].span)] or clause
    while len(clause) > 2 and grammar.words[clause[-1]].pos in ("ADP", "PUNCT", "CCONJ", "SCONJ"):
        clause.pop()
    while len(clause) > 2 and grammar.words[clause[0]].pos in ("ADP", "PUNCT", "CCONJ", "SCONJ"):
        clause.pop(0)
    return clause


def titled(grammar: Grammar, indexes: list[int]) -> str:
    """Give the words as the article has them, without an article, shortened at a word."""
    span = grammar.cover(indexes)
    text = span.of(grammar.text) if span else ""
    text = re.sub(r"^(?:the|a|an|his|her|its|their)\s+", "", text.strip(" ,.;:-–—"), flags=re.I)
    text = re.sub(r"\s+", " ", text)
    text = re.sub(r"^(?:who|which|that|where|when)\s+(?:has|have|had)?\s*", "", text, flags=re.I)
    text = re.sub(r",? according to .*|,? (?:[^\s,]+ )?(?:said|says)(?: on \w+)?$", "", text)
    if text.count("“") != text.count("”") or text.count('"') % 2:
        text = re.sub('[“”"]', "", text)
    if len(text) > LONGEST_TITLE:
        text = text[:LONGEST_TITLE].rsplit(" ", 1)[0].rstrip(",;: ") + "…"
    return text[:1].upper() + text[1:]
