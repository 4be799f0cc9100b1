"""What a time of the clock means: the hour, and the day it belongs to."""

from __future__ import annotations

from datetime import date, timedelta

from explainer.annotate import time_words as words
from explainer.annotate.time_values import (
    DEICTIC,
    Moment,
    Parts,
    Reading,
    month_number,
    nearest_weekday,
    nearest_year,
)


def read_clock(parts: Parts, moment: Moment, said: str) -> Reading | None:
    hour, minute = int(parts["hour"]), int(parts.get("minute", 0))
    if parts.get("half") == "p" and hour < 12:
        hour += 12
    elif parts.get("half") == "a" and hour == 12:
        hour = 0
    if hour > 24:
        return None
    zone = "Z" if parts.get("zone") in ("gmt", "utc") else ""
    return _clock_reading(parts, moment, f"T{hour:02}:{minute:02}{zone}")


def read_noon(parts: Parts, moment: Moment, said: str) -> Reading | None:
    return _clock_reading(parts, moment, "T12:00" if parts["noon"] == "noon" else "T24:00")


def _clock_reading(parts: Parts, moment: Moment, clock: str) -> Reading:
    day = _day_named(parts, moment)
    value = f"{day.isoformat() if day else ''}{clock}"
    named = "weekday" in parts or "deictic" in parts or "day2" in parts
    return Reading("TIME", value, day=day if named else None)


def _day_named(parts: Parts, moment: Moment) -> date | None:
    """Give the day said beside the clock, else the one last spoken of, else the article's."""
    day: date | None = moment.context or moment.today
    month, number = parts.get("month") or parts.get("month2"), parts.get("day") or parts.get("day2")
    if month and number:
        weekday = words.WEEKDAYS.index(parts["weekday"]) if "weekday" in parts else None
        year = nearest_year(moment, month_number(month), int(number), weekday)
        try:
            return date(year, month_number(month), int(number)) if year else None
        except ValueError:
            return None
    if "weekday" in parts and moment.today:
        return nearest_weekday(moment, words.WEEKDAYS.index(parts["weekday"]), "")
    if "deictic" in parts and moment.today:
        return moment.today + timedelta(days=DEICTIC.get(parts["deictic"], 0))
    return day
