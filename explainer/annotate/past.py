"""Tell which passages reach back before the story, and to when."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from datetime import date, timedelta

from msgspec import Struct

from explainer.annotate.grammar import VERBAL, Grammar
from explainer.edtf import parse_edtf
from explainer.model import Edtf, Span, TimeExpression

RECENT = timedelta(days=30)
_SEASONS = {"SP": "21", "SU": "22", "FA": "23", "WI": "24"}
_LONG = re.compile(r"P(?:X|\d+)Y|PXM|P(?:[2-9]|\d\d+)M")
_UNIT_BEFORE = re.compile(r"(\d+) (year|decade|centur)\w* before")


class Past(Struct, frozen=True):
    """A passage that leans on the past: its sentence, and what in it says so."""

    when: Span
    sentence: Span
    word: int
    date: Edtf | None
    rule: str


def find_past(
    grammar: Grammar, dates: Iterable[TimeExpression], today: date | None
) -> Iterator[Past]:
    """Give the passages that reach back, in text order."""
    found = []
    for one in dates:
        rule, edtf = why_past(grammar, one, today)
        inside = grammar.inside(one.span)
        if rule and inside and not is_no_story(grammar, one, inside[0], edtf, today):
            found.append(_past(grammar, one.span, inside[0], edtf, rule))
    taken = [past.sentence for past in found]
    found += [past for past in find_since(grammar, dates) if past.sentence not in taken]
    yield from sorted(found, key=lambda past: past.when)


_FIGURES = re.compile(r"[$€£#]\s?\d|\d\s?%|\bper ?cent\b")


def is_no_story(
    grammar: Grammar, one: TimeExpression, word: int, edtf: Edtf | None, today: date | None
) -> bool:
    """True where a time of the past only measures: a quarter, sales against last year's.

    So are a caption, which has no verb, the year of "2000 levels", the months ended on a day,
    and years that run on beyond the article.
    """
    start, end = grammar.sentences[grammar.sentence_of[word]]
    text = grammar.text[grammar.words[start].span.start : grammar.words[end - 1].span.end]
    if all(grammar.words[i].pos not in VERBAL for i in range(start, end)):
        return True
    if one.evidence == "times: a quarter of a year" or _PERIOD.search(
        grammar.text[max(0, one.span.start - 12) : one.span.start]
    ):
        return True
    if _PERIOD_ENDED.match(grammar.text, one.span.end):
        return True
    if re.search(r"\b(?:next|coming)\b", one.span.of(grammar.text), re.IGNORECASE):
        return True
    if one.evidence in RELATIVE and _FIGURES.search(text):
        return True
    plural = grammar.words[grammar.words[word].head].tag == "NNS"
    if one.evidence == "times: a year" and grammar.words[word].dep == "nummod" and plural:
        return True
    until = _RUNS_ON.match(grammar.text, one.span.end)
    return until is not None and today is not None and int(until[1]) > today.year


_PERIOD_ENDED = re.compile(r"\s+end(?:ed|ing)\b")
_PERIOD = re.compile(r"\bend(?:ed|ing) (?:on )?$")
RELATIVE = frozenset({
    "times: this, last, next", "times: so long ago", "times: a stretch of days or more",
})  # fmt: skip
_RUNS_ON = re.compile(r"\s?(?:[-–—]|to|and|until)\s?(\d{4})\b")


def _past(grammar: Grammar, when: Span, word: int, edtf: Edtf | None, rule: str) -> Past:
    start, end = grammar.sentences[grammar.sentence_of[word]]
    sentence = Span(grammar.words[start].span.start, grammar.words[end - 1].span.end)
    return Past(when, sentence, word, edtf, rule)


def why_past(grammar: Grammar, one: TimeExpression, today: date | None) -> tuple[str, Edtf | None]:
    """Say which rule makes background of a time expression, and its date in EDTF."""
    if one.type == "SET":
        return "", None
    before = grammar.text[max(0, one.span.start - 12) : one.span.start].lower().split()
    if one.type == "DURATION":
        if edtf := years_after(grammar, one, today):
            return "years after an event", edtf
        lasting = (
            bool(before)
            and before[-1] in ("for", "over", "in", "than")
            and bool(_LONG.fullmatch(one.value or ""))
        )
        return ("a long time, up to the story" if lasting else ""), None
    if one.type == "DATE" and re.search(r"\bpast\b", one.span.of(grammar.text), re.I):
        return "", None  # The past year is a stretch that lasts.
    edtf = edtf_of(one.value)
    if edtf is None:
        unknown = one.value is None and _UNIT_BEFORE.match(one.relation)
        return ("years before the article" if unknown else ""), None
    if before[-1:] == ["since"]:
        edtf = parse_edtf(f"{edtf.text}/..") if "/" not in edtf.text else edtf
    if today is None:
        return ("a date, in an article without one", edtf)
    latest = edtf.latest or edtf.earliest
    if edtf.latest is None:
        old = edtf.earliest < day_of(today - RECENT)
    else:
        old = latest < day_of(today - RECENT)
    return ("a date a month or more before the article" if old else ""), edtf


_YEARS = re.compile(r"P(\d+)Y")


def years_after(grammar: Grammar, one: TimeExpression, today: date | None) -> Edtf | None:
    """Give the year of what happened so many years before the story: nine years after …"""
    match = _YEARS.fullmatch(one.value or "")
    after = grammar.text[one.span.end :].lstrip()
    if match is None or today is None or not after.startswith("after "):
        return None
    return parse_edtf(str(today.year - int(match[1]))) if int(match[1]) < today.year else None


def day_of(day: date) -> tuple[int, int, int]:
    return day.year, day.month, day.day


def edtf_of(value: str | None) -> Edtf | None:
    """Give a TIMEX3 value as an EDTF date, None where it names no time in the calendar."""
    if value is None:
        return None
    text = value.split("T")[0]
    if match := re.fullmatch(r"(\d{4})-W(\d\d)(?:-WE)?", text):
        first = date.fromisocalendar(int(match[1]), int(match[2]), 1)
        text = f"{first.isoformat()}/{(first + timedelta(days=6)).isoformat()}"
    elif match := re.fullmatch(r"(\d{4})-Q(\d)", text):
        first_month = int(match[2]) * 3 - 2
        text = f"{match[1]}-{first_month:02}/{match[1]}-{first_month + 2:02}"
    elif match := re.fullmatch(r"(\d{4})-(SP|SU|FA|WI)", text):
        text = f"{match[1]}-{_SEASONS[match[2]]}"
    elif re.fullmatch(r"\d{2,3}", text):
        text = text.ljust(4, "X")
    try:
        return parse_edtf(text)
    except ValueError:
        return None


def find_since(grammar: Grammar, dates: Iterable[TimeExpression]) -> Iterator[Past]:
    """Give what has been so since an event: "since the beginning of the pandemic"."""
    timed = [one.span for one in dates]
    for index, word in enumerate(grammar.words):
        if word.text.lower() != "since" or word.dep not in ("prep", "mark"):
            continue
        event = grammar.child(index, "pobj")
        if event is None:
            continue
        phrase = grammar.subtree(event)
        span = grammar.cover([index, *phrase])
        named = any(grammar.words[i].pos in ("NOUN", "PROPN") for i in phrase)
        if span and named and not any(span.overlaps(one) for one in timed):
            yield _past(grammar, span, index, None, "since an event")
