"""Find every time expression of an article and say when it is."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date

from explainer.annotate.grammar import VERBAL, Grammar, read_grammar
from explainer.annotate.time_readers import read_time
from explainer.annotate.time_values import Direction, Moment, Parts, Reading
from explainer.annotate.time_words import PATTERNS
from explainer.model import AnnotatedDocument, Document, Span, TimeExpression

LOOKING_AHEAD = frozenset(
    """plan expect schedule set due intend prepare aim vow promise agree hope want slate
    bind""".split()
)
NAMES_WITH_TIMES = ("person", "organization", "outlet", "work")
"""What has a name of its own in which a season or a holiday is no time: Johnny Winter."""
NEARBY = 3
YEARLY = frozenset(
    """level price figure election result estimate rate game talk report sale earnings profit
    standard dollar poll championship census olympic season total term""".split()
)
PENDING = frozenset({"payable", "due", "effective"})
TIMETABLED = frozenset(
    """open begin start take leave arrive end conclude go run return face""".split()
)


@dataclass(frozen=True, slots=True)
class Found:
    """A stretch of text that has the shape of a time expression."""

    span: Span
    name: str
    parts: Parts


def annotate_times(annotated: AnnotatedDocument) -> AnnotatedDocument:
    """Fill ``dates``.

    Where the article's date is unknown what is said relative to it has no value, but a
    relation in words.
    """
    if annotated.analysis is None:
        return annotated
    grammar = read_grammar(annotated.analysis, annotated.document.text)
    today = day_of_story(annotated.document)
    named = [one.span for one in annotated.mentions if one.kind in NAMES_WITH_TIMES]
    dates = [
        one
        for one in read_times(grammar, today)
        if not any(span.contains(one.span) for span in named)
    ]
    return replace(annotated, dates=tuple(dates))


def day_of_story(document: Document) -> date | None:
    """Give the day that "today" is: the second line's, where it is nothing but a date.

    Else the article's own. A date some days off is no dateline.
    """
    published = parse_day(document.meta.date)
    first = next((block for block in document.blocks if block != document.headline), None)
    line = first.of(document.text).strip() if first else ""
    for name, pattern in PATTERNS:
        match = pattern.fullmatch(line) if name in ("date", "iso") else None
        parts = {k: v.lower() for k, v in match.groupdict().items() if v} if match else {}
        if "year" in parts:
            reading = read_time(name, parts, Moment(None, None, "none"), line)
            said = reading.day if reading else None
            if said and (published is None or abs((said - published).days) <= NEARBY):
                return said
    return published


def parse_day(published: str) -> date | None:
    """Give the day of an ISO date or date-time, None where there is none."""
    try:
        return date.fromisoformat(published[:10])
    except ValueError:
        return None


def read_times(grammar: Grammar, today: date | None) -> Iterator[TimeExpression]:
    """Give the time expressions of a text in order; one never overlaps the next."""
    context, quarter, told = None, "", -9
    for found in choose_longest(find_shapes(grammar.text)):
        if not is_time(grammar, found):
            continue
        inside = grammar.inside(found.span)
        sentence = grammar.sentence_of[inside[0]] if inside else -9
        spoken_of = quarter if sentence - told <= 1 else ""
        moment = Moment(today, context, direction_at(grammar, found.span), spoken_of)
        said = found.span.of(grammar.text)
        reading = read_time(found.name, found.parts, moment, said)
        if reading is None:
            continue
        context = reading.day or context
        if found.name in ("quarter", "latest") and "-Q" in (reading.value or ""):
            quarter, told = reading.value or "", sentence
        yield express(found.span, reading)


def express(span: Span, reading: Reading) -> TimeExpression:
    return TimeExpression(span, reading.type, reading.value, reading.relation)


def find_shapes(text: str) -> Iterator[Found]:
    for name, pattern in PATTERNS:
        for match in pattern.finditer(text):
            parts = {k: v.lower() for k, v in match.groupdict().items() if v is not None}
            yield Found(Span(*match.span()), name, parts)


def choose_longest(shapes: Iterator[Found]) -> list[Found]:
    """Keep, of shapes that overlap, the first and longest; ties go to the earlier pattern."""
    chosen: list[Found] = []
    for found in sorted(shapes, key=lambda one: (one.span.start, -one.span.end)):
        if not chosen or found.span.start >= chosen[-1].span.end:
            chosen.append(found)
    return chosen


# ---- words that only look like times

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
        return not _OF_AGE.search(grammar.text[max(0, found.span.start - 12) : found.span.start])
    if found.name == "winter" or found.parts.get("season") in ("fall", "spring"):
        return is_season(grammar, found.span)
    return True


_OF_AGE = re.compile(r"\b(?:aged|ages?|age of)(?: \d+[-–—])? ?$", re.IGNORECASE)


def is_month(grammar: Grammar, found: Found, said: str) -> bool:
    """May and March are also verbs, and months also begin names."""
    month = re.search(rf"\b{re.escape(found.parts['month'])}", said, re.IGNORECASE)
    if month is None or not month.group()[0].isupper():
        return False
    if found.name != "month" or found.parts["month"] not in ("may", "march", "mar.", "mar"):
        return found.parts["month"].rstrip(".") not in ("mar", "jan") or "." in said
    inside = grammar.inside(found.span)
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


# ---- the tense of the clause


def direction_at(grammar: Grammar, span: Span) -> Direction:
    """Say whether the clause around a span looks back or ahead."""
    inside = grammar.inside(span)
    start = grammar.head_of(inside)
    if start is None:
        return "none"
    for index in (start, *grammar.ancestors(start)):
        if grammar.lemma(index) in PENDING:
            return "future"
        if grammar.words[index].pos in VERBAL:
            tense = tense_of(grammar, index)
            deadline = grammar.lemma(grammar.words[start].head) in ("by", "until")
            return "future" if deadline and tense == "none" else tense
    return "none"


def tense_of(grammar: Grammar, verb: int) -> Direction:
    word = grammar.words[verb]
    helpers = {grammar.lemma(one) for one in grammar.all_children(verb, "aux", "auxpass")}
    if helpers & {"will", "shall", "’ll", "'ll", "wo"}:
        return "future"
    if word.tag == "VBD" or helpers & {"have", "did"}:
        return "past"
    head = grammar.lemma(word.head)
    if "to" in helpers and (head in LOOKING_AHEAD or head == "be"):
        return "future"
    if word.tag in ("VBZ", "VBP") and grammar.lemma(verb) in TIMETABLED:
        return "future"
    if word.tag == "VBN" and any(grammar.words[c].tag == "VBD" for c in grammar.children[verb]):
        return "past"
    return "none"
