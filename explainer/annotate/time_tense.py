"""Say by the grammar around a time whether it lies behind or ahead."""

from __future__ import annotations

import re

from explainer.annotate.grammar import VERBAL, Grammar
from explainer.annotate.time_values import Direction
from explainer.model import Span

LOOKING_AHEAD = frozenset(
    """plan expect schedule set due intend prepare aim vow promise agree hope want slate
    bind""".split()
)
SCHEDULING = frozenset("schedule plan slate expect".split())
"""What they name lies ahead even where the deed is done: "has scheduled talks for Friday"."""
PUTTING_OFF = frozenset("adjourn defer delay extend give postpone push put set".split())
PENDING = frozenset({"payable", "due", "effective"})
TIMETABLED = frozenset(
    """open begin start take leave arrive end conclude go run return face""".split()
)
OPEN = frozenset({"could", "may", "might", "would", "should", "can", "must"})
_DEADLINE = ("by", "until", "till")
_SOONEST = re.compile(r"\bas (?:early|soon|late) as $|\bno (?:earlier|later|sooner) than $", re.I)


def direction_at(grammar: Grammar, span: Span) -> Direction:
    """Say whether the clause around a span looks back or ahead."""
    start = grammar.head_of(grammar.inside(span))
    if start is None:
        return "none"
    if _SOONEST.search(grammar.text[max(0, span.start - 20) : span.start]):
        return "future"
    behind = grammar.lemma(grammar.words[start].head)
    for index in (start, *grammar.ancestors(start)):
        if grammar.lemma(index) in PENDING:
            return "past" if _was_pending(grammar, index) else "future"
        if grammar.words[index].pos in VERBAL:
            return _direction_of(grammar, index, behind)
    return "none"


def _direction_of(grammar: Grammar, verb: int, behind: str) -> Direction:
    tense, lemma = tense_of(grammar, verb), grammar.lemma(verb)
    if _is_pluperfect(grammar, verb):
        return "past"
    if lemma in SCHEDULING or (lemma in PUTTING_OFF and behind in ("until", "to", "through")):
        return "future"
    return "future" if behind in _DEADLINE and tense == "none" else tense


def _was_pending(grammar: Grammar, index: int) -> bool:
    return _is_pluperfect(grammar, grammar.words[index].head)


def _is_pluperfect(grammar: Grammar, verb: int) -> bool:
    return any(
        grammar.words[one].text.lower() == "had"
        for one in grammar.all_children(verb, "aux", "auxpass")
    )


def tense_of(grammar: Grammar, verb: int) -> Direction:
    word = grammar.words[verb]
    helpers = {grammar.lemma(one) for one in grammar.all_children(verb, "aux", "auxpass")}
    if helpers & {"will", "shall", "’ll", "'ll", "wo"}:
        return "future"
    if word.tag == "VBD" or helpers & {"have", "did"}:
        return "past"
    head = grammar.lemma(word.head)
    if "to" in helpers and (head in LOOKING_AHEAD or head == "be"):
        was = _is_pluperfect(grammar, word.head) or _was_pending(grammar, word.head)
        return "past" if was else "future"
    if helpers & OPEN:
        return "future"
    if word.tag in ("VBZ", "VBP") and grammar.lemma(verb) in TIMETABLED:
        return "future"
    if word.tag == "VBN" and any(grammar.words[c].tag == "VBD" for c in grammar.children[verb]):
        return "past"
    return "none"
