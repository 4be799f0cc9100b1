"""Say what an article calls somebody: "Kremlin spokesman", "a North Korea expert at …"."""

from __future__ import annotations

from collections.abc import Sequence

from explainer.annotate.grammar import Grammar
from explainer.model import Kind, Span

LONGEST = 14
OFFICES = frozenset(
    """chair chairman chairwoman chief coordinator curator deputy dean director editor fellow
    founder general head leader lecturer manager minister ombudsman president professor secretary
    spokesman spokesperson spokeswoman superintendent vice""".split()
)
"""What an office begins with where a name's capitals hide that it is one: "Head of Research"."""


def role_of(grammar: Grammar, spans: Sequence[Span], kind: Kind) -> Span | None:
    """Give the first place that describes a name, None where the article has none.

    What stands after the name, between commas, says more than what stands before it.
    """
    if kind not in ("person", "organization", "outlet"):
        return None
    for span in spans:
        if after := described_after(grammar, span):
            return after
    if kind != "person":
        return None
    for span in spans:
        if before := described_before(grammar, span):
            return before
    return None


def described_after(grammar: Grammar, span: Span) -> Span | None:
    head = grammar.head_of(grammar.inside(span))
    if head is None:
        return None
    for one in grammar.all_children(head, "appos"):
        words = grammar.subtree(one)
        first = grammar.words[words[0]]
        comma = grammar.text[span.end : first.span.start]
        named = grammar.words[one].pos != "NOUN" and not _is_office(grammar, words)
        if words[0] > head and comma == ", " and not named and len(words) <= LONGEST:
            return _without_article(grammar, words)
    return None


def _is_office(grammar: Grammar, words: Sequence[int]) -> bool:
    first = grammar.words[words[0]].text.lower()
    return first in OFFICES and any(grammar.words[i].lemma in ("of", "for", "at") for i in words)


def described_before(grammar: Grammar, span: Span) -> Span | None:
    """Give the title and office that lead up to a name within its own noun phrase."""
    inside = grammar.inside(span)
    head = grammar.head_of(inside)
    if head is None or not inside:
        return None
    before = [i for i in grammar.subtree(head) if i < inside[0]]
    start = inside[0]
    while before and before[-1] == start - 1 and grammar.words[before[-1]].pos in (
        "NOUN", "PROPN", "ADJ",
    ):  # fmt: skip
        start = before.pop()
    words = list(range(start, inside[0]))
    if not words or len(words) > LONGEST or grammar.words[words[-1]].pos not in ("NOUN", "PROPN"):
        return None
    return _without_article(grammar, words)


def _without_article(grammar: Grammar, words: list[int]) -> Span | None:
    while words and grammar.words[words[0]].pos in ("DET", "PUNCT"):
        words = words[1:]
    while words and grammar.words[words[-1]].pos == "PUNCT":
        words = words[:-1]
    span = grammar.cover(words)
    role = span.of(grammar.text) if span else ""
    return None if role in ("", "Mr.", "Mrs.", "Ms.", "Mr", "Mrs", "Ms", "Miss") else span
