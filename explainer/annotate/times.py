"""Find every time expression of an article and say when it is."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date

from msgspec.structs import replace

from explainer.annotate.grammar import Grammar, read_grammar
from explainer.annotate.time_looks import Found, is_time
from explainer.annotate.time_readers import read_time
from explainer.annotate.time_tense import direction_at
from explainer.annotate.time_values import Moment, Reading
from explainer.annotate.time_words import CLOCK_UNITS, PATTERNS
from explainer.model import AnnotatedDocument, Document, Mention, Span, TimeExpression

NAMES_WITH_TIMES = ("person", "organization", "outlet", "work")
"""What has a name of its own in which a season or a holiday is no time: Johnny Winter.

A year is one, but in the name of a person or a work: the Expo 2016 was in 2016.
"""
NEARBY = 3
YEAR = "times: a year"
RULES = {
    name: rule
    for rule, names in {
        "a day of the calendar": ("iso", "date", "holiday"),
        "a month": ("month",),
        "a year": ("year", "spelled year", "short year", "whole year", "era"),
        "a weekday": ("weekday", "weekend"),
        "yesterday, today, tomorrow": ("deictic",),
        "this, last, next": ("which", "later", "edge", "year end", "season", "winter", "span"),
        "so long ago": ("ago",),
        "a quarter of a year": ("quarter", "compared", "latest"),
        "a decade or century": ("decade", "century"),
        "a time of the clock": ("clock", "noon"),
        "a stretch without a number": ("bare",),
        "now, soon, recently": ("adverb",),
    }.items()
    for name in names
}


def annotate_times(annotated: AnnotatedDocument) -> AnnotatedDocument:
    """Fill ``dates``.

    Where the article's date is unknown what is said relative to it has no value, but a
    relation in words.
    """
    if annotated.analysis is None:
        return annotated
    grammar = read_grammar(annotated.analysis, annotated.document.text)
    today = day_of_story(annotated.document)
    named = [one for one in annotated.mentions if one.kind in NAMES_WITH_TIMES]
    dates = [
        one
        for one in read_times(grammar, today)
        if not any(name.span.contains(one.span) and _is_its_own(name, one) for name in named)
    ]
    return replace(annotated, dates=tuple(dates))


def _is_its_own(name: Mention, one: TimeExpression) -> bool:
    """True where the name's words are no time."""
    return name.kind in ("person", "work") or one.evidence != YEAR


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
    year, dated = None, -9
    years: dict[tuple[int, int], int] = {}
    for found in choose_longest(find_shapes(grammar.text)):
        if not is_time(grammar, found):
            continue
        inside = grammar.inside(found.span)
        sentence = grammar.sentence_of[inside[0]] if inside else -9
        spoken_of = quarter if sentence - told <= 1 else ""
        year = year if sentence - dated <= 2 else None
        moment = Moment(today, context, direction_at(grammar, found.span), spoken_of, year, years)
        said = found.span.of(grammar.text)
        reading = read_time(found.name, found.parts, moment, said)
        if reading is None:
            continue
        context = reading.day or context
        if reading.day and found.name in ("date", "iso"):
            years.setdefault((reading.day.month, reading.day.day), reading.day.year)
        if reading.type == "DATE" and (named := re.match(r"\d{4}(?![-\d]*Q)", reading.value or "")):
            year, dated = int(named.group()), sentence
        if found.name in ("quarter", "latest") and "-Q" in (reading.value or ""):
            quarter, told = reading.value or "", sentence
        yield express(found, reading)


def express(found: Found, reading: Reading) -> TimeExpression:
    evidence = f"times: {rule_of(found, reading)}"
    return TimeExpression(found.span, reading.type, reading.value, reading.relation, evidence)


def rule_of(found: Found, reading: Reading) -> str:
    """Say in words what kind of time it is; `confidence.toml` has how sure each is."""
    if reading.type == "SET":
        return "what comes again"
    if reading.type == "DURATION" and found.name != "bare":
        short = found.parts.get("unit") in CLOCK_UNITS
        return "a stretch of hours or less" if short else "a stretch of days or more"
    return RULES[found.name]


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
