"""T012: one event told twice in an article, and not alike."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import combinations

from msgspec import Struct

from explainer.check.story import Finding, Story, names_in, shortened
from explainer.model import Span

_EVENTS = {
    "depart": r"left(?![- ](?:wing|hand|behind|over|of|field))|leaves|depart(?:ed|s|ing|ure)"
    r"|set (?:off|out)|send-off",
    "arrive": r"arriv(?:ed|es|ing|al)|landed|touched down",
    "die": r"died|dies|passed away|was pronounced dead",
    "crash": r"crash(?:ed|es)?|collided|collision",
    "explode": r"explo(?:ded|sion)|went off|detonated|blast",
    "arrest": r"arrest(?:ed)?|detained|taken into custody",
    "resign": r"resign(?:ed|s|ation)?|stepped down",
    "sink": r"sank|sinking|capsized",
}
_EVENT = re.compile("|".join(rf"(?P<{name}>\b(?:{forms})\b)" for name, forms in _EVENTS.items()))
_WHEN = re.compile(
    r"\b(?P<weekday>Monday|Tuesday|Wednesday|Thursday|Friday|Saturday|Sunday)"
    r"(?:,? (?:(?:early|late) )?(?P<part>morning|afternoon|evening|night))?\b"
    r"|\b(?P<hour>1?\d)(?:[:.](?P<minute>[0-5]\d))?\s?(?P<half>[ap])\.?\s?m\b\.?"
)
_HOURS = {"morning": (0, 12), "afternoon": (12, 18), "evening": (18, 24), "night": (18, 29)}
"""Hours that a part of the day may cover; night runs on until five the next morning."""

_SLACK = 1.5
"""Hours by which a clock time may miss its part of the day: 5 p.m. may be called evening."""

_PART_ONLY = re.compile(r"morning|afternoon|evening|night")
_NEAR = 90
"""Characters between an event and its time; farther apart they belong to other clauses."""

_STOP = frozenset(
    """about after again against also amid among because been before being between both could
    days during each early from have here into late later local more most much near only other over
    said same says some such than that their them then there these they this those through time
    told under until very were what when where which while will with would your according""".split()
)


class Telling(Struct, frozen=True):
    """An event with its time, in one sentence."""

    event: str
    when: Span
    said: str
    weekday: str
    hours: tuple[float, float] | None
    words: frozenset[str]
    actors: frozenset[str]


def check_tellings(story: Story) -> Iterator[Finding]:
    """T012: the same event on the same day at two times of day that exclude each other.

    Events are the same where their verbs mean the same, someone named before both is the
    same, and their sentences share three words, or two within a paragraph.
    """
    told = [one for sentence in story.sentences for one in _tellings(story, sentence)]
    for first, later in combinations(told, 2):
        if _are_one(first, later, story) and _exclude(first, later, story):
            message = f"'{later.said}' here, and '{first.said}' before, of what seems one event"
            yield Finding("T012", message, later.when)


def _tellings(story: Story, sentence: Span) -> Iterator[Telling]:
    words = sentence.of(story.text)
    events = list(_EVENT.finditer(words))
    times = list(_WHEN.finditer(words))
    for event in events:
        when = min(times, key=lambda one: _distance(event, one), default=None)
        if when is None or _distance(event, when) > _NEAR:
            continue
        if min(events, key=lambda one: _distance(one, when)) is not event:
            continue
        start = sentence.start + when.start()
        yield Telling(
            event=event.lastgroup or "",
            when=Span(start, sentence.start + when.end()),
            said=shortened(when[0]),
            weekday=when["weekday"] or "",
            hours=_hours(when),
            words=_content_words(words, when),
            actors=frozenset(names_in(words[: event.start()])),
        )


def _distance(event: re.Match[str], when: re.Match[str]) -> int:
    return max(event.start() - when.end(), when.start() - event.end(), 0)


def _hours(when: re.Match[str]) -> tuple[float, float] | None:
    if when["part"]:
        return _HOURS[when["part"]]
    if when["hour"] is None:
        return None
    hour = int(when["hour"]) % 12 + (12 if when["half"] == "p" else 0)
    clock = hour + int(when["minute"] or 0) / 60
    return (clock, clock + 1 / 60)


def _content_words(sentence: str, when: re.Match[str]) -> frozenset[str]:
    rest = sentence[: when.start()] + " " + sentence[when.end() :]
    found = re.findall(r"[^\W\d_]{4,}|[A-Z][a-z]+", rest)
    return frozenset(word.lower() for word in found) - _STOP


def _are_one(first: Telling, later: Telling, story: Story) -> bool:
    if first.event != later.event or not first.actors & later.actors:
        return False
    return len(first.words & later.words) >= (2 if _together(first, later, story) else 3)


def _together(first: Telling, later: Telling, story: Story) -> bool:
    return story.paragraph_at(first.when.start) == story.paragraph_at(later.when.start)


def _exclude(first: Telling, later: Telling, story: Story) -> bool:
    if first.hours is None or later.hours is None:
        return False
    same_day = first.weekday == later.weekday and first.weekday
    untold = "" in (first.weekday, later.weekday) and first.weekday != later.weekday
    untold = untold and _together(first, later, story)
    if not (same_day or untold):
        return False
    (one, two), (three, four) = first.hours, later.hours
    slack = 0.0 if bool(_PART_ONLY.search(first.said)) and _PART_ONLY.search(later.said) else _SLACK
    return two + slack <= three or four + slack <= one
