"""Tell a time expression from words that only look like one."""

from __future__ import annotations

import re

from msgspec import Struct

from explainer.annotate.grammar import Grammar
from explainer.annotate.time_values import Parts
from explainer.model import Span

YEARLY = frozenset(
    """level price figure election result estimate rate game talk report sale earnings profit
    standard dollar poll championship census olympic olympics season total term""".split()
)


class Found(Struct, frozen=True):
    """A stretch of text that has the shape of a time expression."""

    span: Span
    name: str
    parts: Parts


# Written with a capital in mid-sentence they belong to a name: LA Weekly, "This Week".
SMALL_LETTERS = frozenset({"set", "deictic", "which", "adverb", "span", "winter"})


def begins_sentence(grammar: Grammar, span: Span) -> bool:
    inside = grammar.inside(span)
    if not inside:
        return False
    start, _ = grammar.sentences[grammar.sentence_of[inside[0]]]
    return all(grammar.words[i].pos == "PUNCT" for i in range(start, inside[0]))


def is_time(grammar: Grammar, found: Found) -> bool:
    said = found.span.of(grammar.text)
    if "month" in found.parts:
        return is_month(grammar, found, said)
    if found.name in ("weekday", "weekdays"):
        return re.search(r"[A-Z]", said) is not None
    if found.name in SMALL_LETTERS and re.search(r"\b[A-Z]", said):
        return begins_sentence(grammar, found.span)
    if found.name == "year":
        return is_year(grammar, found.span)
    if found.name == "holiday":
        return not _ends_a_name(grammar, found.span)
    if found.name == "duration":
        return is_stretch(grammar, found, said)
    if found.name == "set":
        return not _names_a_paper(grammar, found.span)
    if found.name == "winter" or found.parts.get("season") in ("fall", "spring"):
        return is_season(grammar, found.span)
    return True


def is_stretch(grammar: Grammar, found: Found, said: str) -> bool:
    """An age is none, nor is the year of "a million a year", nor a program called 60 Minutes."""
    if _OF_AGE.search(grammar.text[max(0, found.span.start - 12) : found.span.start]):
        return False
    if re.search(r"\d [A-Z]", said):
        return False
    if found.parts["number"] not in ("a", "an"):
        return True
    inside = grammar.inside(found.span)
    word = grammar.words[inside[-1]] if inside else None
    if word is None or word.dep != "npadvmod":
        return True
    head = grammar.words[word.head]
    return not (head.span < word.span and head.tag in ("CD", "NNS", "NN"))


def _names_a_paper(grammar: Grammar, span: Span) -> bool:
    """True for "the daily Granma"."""
    inside = grammar.inside(span)
    return bool(inside) and grammar.words[grammar.words[inside[-1]].head].tag == "NNP"


_OF_AGE = re.compile(r"\b(?:aged|ages?|age of)(?: \d+[-–—])? ?$", re.IGNORECASE)


def is_month(grammar: Grammar, found: Found, said: str) -> bool:
    """May and March are also verbs, and months also begin names."""
    month = re.search(rf"\b{re.escape(found.parts['month'])}", said, re.IGNORECASE)
    if month is None or not month.group()[0].isupper():
        return False
    if found.name != "month" or found.parts["month"] not in ("may", "march", "mar.", "mar"):
        return found.parts["month"].rstrip(".") not in ("mar", "jan") or "." in said
    inside = grammar.inside(found.span)
    if re.match(r" (?:for|of) (?:the )?[A-Z]", grammar.text[found.span.end :][:12]):
        return False
    return bool(inside) and all(grammar.words[i].tag.startswith(("NN", "CD", "JJ", "IN", "DT"))
                                for i in inside)  # fmt: skip


def is_year(grammar: Grammar, span: Span) -> bool:
    """A number that counts things is no year; nor is one that is part of a name or code."""
    inside = grammar.inside(span)
    if not inside:
        return False
    word = grammar.words[inside[-1]]
    head = grammar.words[word.head]
    plural = head.tag in ("NNS", "NNPS") and head.lemma.lower() not in YEARLY
    counts = word.dep == "nummod" and plural and head.span > word.span
    before = grammar.text[max(0, span.start - 1) : span.start]
    return (not counts and before not in "#@&") or before == ""


def _ends_a_name(grammar: Grammar, span: Span) -> bool:
    """True for the Christmas of Mary Christmas."""
    inside = grammar.inside(span)
    if not inside or not inside[0]:
        return False
    before = grammar.words[inside[0] - 1]
    return before.tag == "NNP" and before.dep == "compound" and before.head in inside


def is_season(grammar: Grammar, span: Span) -> bool:
    inside = grammar.inside(span)
    if not inside or grammar.words[inside[-1]].pos != "NOUN":
        return False
    # Winter wheat is a kind of wheat.
    return len(inside) > 1 or grammar.words[inside[-1]].dep not in ("compound", "nmod")
