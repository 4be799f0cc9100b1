"""T014: ages against each other, against years of birth, and against the glossary."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date

from explainer.check.story import Finding, Story
from explainer.edtf import Day
from explainer.model import Entry, Span

_NAME = r"[A-Z][\w’'-]+(?: [A-Z]\.)?(?: [A-Z][\w’'-]+){1,2}"
_AGED = re.compile(rf"\b(?P<name>{_NAME}), (?:aged? )?(?P<age>[1-9]\d|10\d),")
_YEAR_OLD = re.compile(rf"\b(?P<age>[1-9]\d|10\d)-year-old (?:[a-z-]+ ){{0,2}}(?P<name>{_NAME})")
_LIFE = re.compile(
    r"\bborn (?:in|on) (?:[A-Z][a-z]+ (?:\d{1,2},? )?)?(?P<born>1[89]\d\d|20\d\d)\b[^.]{0,120}?"
    r"\bdied [^.]{0,60}?(?:in|on) (?:[A-Z][a-z]+ (?:\d{1,2},? )?)?(?P<died>1[89]\d\d|20\d\d)\b"
    r"[^.]{0,60}?\b(?:aged?|at(?: the age of)?) (?P<age>\d{1,3})\b"
)
_BORN = re.compile(
    r", (?:who was )?born (?:in|on) (?:[A-Z][a-z]+ (?:\d{1,2},? )?)?(?P<born>19\d\d|20\d\d)\b"
)
_AFTER_NAME = re.compile(r", (?:aged? )?(?P<age>[1-9]\d|10\d),")


def check_ages(story: Story) -> Iterator[Finding]:
    """T014: two ages of one person, or an age that a year of birth excludes.

    A person is who has the same full name in both places; an age said in a quotation or of
    another time is let be.
    """
    first: dict[str, str] = {}
    for pattern in (_AGED, _YEAR_OLD):
        for found in pattern.finditer(story.text):
            age = first.setdefault(found["name"], found["age"])
            if age != found["age"]:
                message = f"{found['name']} is {found['age']} here and {age} elsewhere"
                yield Finding("T014", message, Span(*found.span()))
            yield from _against_birth(found, story)
    for found in _LIFE.finditer(story.text):
        years = int(found["died"]) - int(found["born"])
        if int(found["age"]) not in (years, years - 1):
            message = (
                f"from {found['born']} to {found['died']} are {years} years, not {found['age']}"
            )
            yield Finding("T014", message, Span(*found.span()))
    for entry, span in story.people:
        yield from _against_entry(entry, span, story)


def _against_birth(found: re.Match[str], story: Story) -> Iterator[Finding]:
    """A year of birth right after an age: "Ann Lee, 40, born in 1990,"."""
    born = _BORN.search(story.text, found.end() - 1, found.end() + 60)
    if born is None or story.published is None or born.start() > found.end() + 1:
        return
    years = story.published.year - int(born["born"])
    if int(found["age"]) not in (years, years - 1):
        message = f"born in {born['born']}, {found['name']} is {years} at most, not {found['age']}"
        yield Finding("T014", message, Span(found.start(), born.end()))


def _against_entry(entry: Entry, span: Span, story: Story) -> Iterator[Finding]:
    found = _AFTER_NAME.match(story.text, span.end)
    if found is None or story.published is None or entry.born is None or entry.born.latest is None:
        return
    today = story.published
    least = _years(entry.born.latest, today)
    most = _years(entry.born.earliest, today)
    if not least <= int(found["age"]) <= most:
        known = f"{least}" if least == most else f"{least} to {most}"
        message = (
            f"{entry.name} is {known} by the glossary (born {entry.born.text}), not {found['age']}"
        )
        yield Finding("T014", message, Span(span.start, found.end()))


def _years(born: Day, today: date) -> int:
    return today.year - born[0] - ((today.month, today.day) < (born[1], born[2]))
