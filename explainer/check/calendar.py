"""T010, T015: the article's dates against the calendar, and against its own date."""

from __future__ import annotations

import calendar
import re
from collections.abc import Iterator
from datetime import date

from explainer.annotate.time_words import MONTHS, WEEKDAYS
from explainer.check.story import Finding, Story
from explainer.model import Span

_MONTH = (
    r"(?P<month>January|February|March|April|May|June|July|August|September|October|November"
    r"|December|Jan\.?|Feb\.?|Mar\.?|Apr\.?|Jun\.?|Jul\.?|Aug\.?|Sept?\.?|Oct\.?|Nov\.?|Dec\.?)"
)
_WEEKDAY = (
    r"(?P<weekday>Monday|Tuesday|Wednesday|Thursday|Friday|Saturday|Sunday"
    r"|Mon\.|Tues?\.|Wed\.|Thu(?:rs)?\.|Fri\.|Sat\.|Sun\.)"
)
_DAY = r"(?P<day>[0-3]?\d)(?:st|nd|rd|th)?"
_YEAR = r"(?:,? (?P<year>(?:1[5-9]|20)\d\d)(?!\d))?"
_DATED = tuple(
    re.compile(shape)
    for shape in (
        rf"\b{_WEEKDAY},? (?:the )?{_MONTH} {_DAY}(?!\d|:|,\d){_YEAR}",
        rf"\b{_WEEKDAY},? (?:the )?{_DAY}(?: of)? {_MONTH}\b{_YEAR}",
        rf"\b{_MONTH} {_DAY}(?!\d|:|,\d){_YEAR},? (?:\(|which (?:is|was) )?a {_WEEKDAY}",
        rf"\b{_MONTH} {_DAY}(?!\d|:|,\d){_YEAR} \({_WEEKDAY}\)",
        rf"\b{_DAY} {_MONTH}{_YEAR} \({_WEEKDAY}\)",
    )
)
_RELATIVE = re.compile(
    r"\b(?:yesterday|today|tomorrow|tonight"
    r"|(?:last|next|this|past|coming) (?:week|weekend|month|year|night|summer|winter|spring|fall"
    r"|autumn|Monday|Tuesday|Wednesday|Thursday|Friday|Saturday|Sunday)"
    r"|(?:\d+|a|two|three|four|five|six|seven|eight|nine|ten) (?:days?|weeks?|months?) ago"
    r"|(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day)\b"
)
_ANY_YEAR = re.compile(r"\b(?:1[5-9]|20)\d\d\b")
_FULL_DATE = re.compile(
    rf"(?:{_MONTH} {_DAY},? (?:19|20)\d\d|\b[0-3]?\d (?:[A-Z]\w+) (?:19|20)\d\d)"
)


def check_weekdays(story: Story) -> Iterator[Finding]:
    """T010: a date that falls on another day of the week than the one it is given.

    A date without a year is taken to be the nearest to the article's date, and is let be where
    the weekday fits a year that the paragraph names.
    """
    for pattern in _DATED:
        for found in pattern.finditer(story.text):
            wrong = _weekday_fault(found, story)
            if wrong:
                yield Finding("T010", wrong, Span(*found.span()))


def _weekday_fault(found: re.Match[str], story: Story) -> str:
    month, day = _month(found["month"]), int(found["day"])
    said = _weekday(found["weekday"])
    if found["year"]:
        days = [_day(int(found["year"]), month, day)]
    else:
        days = _without_year(month, day, found.start(), story)
    known = [one for one in days if one is not None]
    if not known or any(one.weekday() == said for one in known):
        return ""
    is_ = calendar.day_name[known[0].weekday()]
    written = f"{calendar.month_name[month]} {day}, {known[0].year}"
    return f"{written} is a {is_}, not a {calendar.day_name[said]}"


def _without_year(month: int, day: int, offset: int, story: Story) -> list[date | None]:
    if story.published is None:
        return []
    published = story.published
    years = (published.year, published.year - 1, published.year + 1)
    days = [one for year in years if (one := _day(year, month, day))]
    days.sort(key=lambda one: abs((one - published).days))
    paragraph = story.paragraph_at(offset).of(story.text)
    named = [int(year) for year in _ANY_YEAR.findall(paragraph)]
    return [*days[:1], *(_day(year, month, day) for year in named)]


def _day(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None


def _month(word: str) -> int:
    return next(n for n, name in enumerate(MONTHS, start=1) if name.startswith(word[:3].lower()))


def _weekday(word: str) -> int:
    return next(n for n, name in enumerate(WEEKDAYS) if name.startswith(word[:3].lower()))


def check_relative_dates(story: Story) -> Iterator[Finding]:
    """T015: words such as "on Sunday", in an article that doesn't say when it was written."""
    if story.document.meta.date:
        return
    opening = story.text[: story.paragraphs[1].end if len(story.paragraphs) > 1 else None]
    if _FULL_DATE.search(opening):
        return
    inside = [
        found
        for one in story.paragraphs
        for found in _RELATIVE.finditer(story.text, one.start, one.end)
    ]
    if inside:
        count = f", and {len(inside) - 1} more like it," if len(inside) > 1 else ""
        message = (
            f"'{inside[0][0]}'{count} can't be resolved: the article has no date; "
            "give it one in its front matter"
        )
        yield Finding("T015", message, Span(*inside[0].span()))
