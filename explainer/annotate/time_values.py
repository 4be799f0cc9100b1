"""The calendar's arithmetic: from the article's date to the time that is meant."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date, timedelta
from typing import Literal

from msgspec import Struct, field

from explainer.annotate import time_words as words

TimexType = Literal["DATE", "TIME", "DURATION", "SET"]

Direction = Literal["past", "future", "none"]

Parts = dict[str, str]


class Moment(Struct, frozen=True):
    """Where an expression is read from.

    ``today`` is the article's date, None where it has none; ``context`` the day last spoken of;
    ``direction`` is the tense of the clause; ``quarter`` and ``year`` were just spoken of,
    ``years`` are those of each month and day that the article has named.
    """

    today: date | None
    context: date | None
    direction: Direction
    quarter: str = ""
    year: int | None = None
    years: Mapping[tuple[int, int], int] = field(default_factory=dict)


class Reading(Struct, frozen=True):
    """A type and a value; ``day`` is set where the value is a single day."""

    type: TimexType
    value: str | None
    relation: str = ""
    day: date | None = None


def unknown(said: str, type_: TimexType = "DATE") -> Reading:
    """A relative expression in an article without a date."""
    return Reading(type_, None, f"{said}, seen from the article's date")


def month_number(name: str) -> int:
    short = name.rstrip(".")[:3]
    return next(n for n, month in enumerate(words.MONTHS, 1) if month.startswith(short))


def nearest_year(
    moment: Moment, month: int, day: int = 0, weekday: int | None = None
) -> int | None:
    """Give the year of a month or day that is named without one.

    A ``weekday`` beside it fits only some years.
    """
    today = moment.today
    if (month, day) in moment.years and day:
        return moment.years[month, day]
    if today is None:
        return None
    years = (today.year, today.year - 1, today.year + 1)
    fitting = [one for one in years if _falls_on(one, month, day, weekday)]
    if fitting:
        return fitting[0]
    months = (month - today.month) % 12
    ahead = (month, day) > (today.month, today.day if day else 0)
    coming = today.year + (month < today.month or (bool(day) and not ahead))
    if moment.direction == "future":
        return coming
    # Of what lies a year back one says so: what lies just ahead is the near future.
    soon = moment.direction == "none" and 0 < months <= MONTHS_AHEAD
    if soon or (day and 0 < months * 31 + day - today.day <= DAYS_AHEAD):
        return coming
    return today.year - (ahead and (bool(day) or month != today.month))


DAYS_AHEAD, MONTHS_AHEAD = 60, 3
"""How far ahead a day or a month lies that is rather the coming than the past one."""


def _falls_on(year: int, month: int, day: int, weekday: int | None) -> bool:
    if weekday is None:
        return False
    try:
        return date(year, month, day).weekday() == weekday
    except ValueError:
        return False


def nearest_weekday(moment: Moment, number: int, which: str) -> date:
    """Give the day meant by a weekday: the nearest past one, unless the tense looks ahead."""
    assert moment.today is not None
    back = (moment.today.weekday() - number) % 7
    ahead = (number - moment.today.weekday()) % 7
    if which in ("last", "past", "previous"):
        return moment.today - timedelta(days=back or 7)
    if which in ("next", "coming", "following"):
        return moment.today + timedelta(days=ahead or 7)
    if which == "this":
        return moment.today + timedelta(days=number - moment.today.weekday())
    if moment.direction == "future":
        return moment.today + timedelta(days=ahead)
    return moment.today - timedelta(days=back)


def quarter_of(moment: Moment) -> str:
    """Give the quarter that was just spoken of, else the last whole one; empty without a date."""
    if moment.quarter or moment.today is None:
        return moment.quarter
    year, quarter = divmod(moment.today.year * 4 + (moment.today.month - 1) // 3 - 1, 4)
    return f"{year}-Q{quarter + 1}"


def year_before(quarter: str) -> str:
    return f"{int(quarter[:4]) - 1}{quarter[4:]}"


DEICTIC = {"yesterday": -1, "tomorrow": 1}

STEPS = {"last": -1, "past": -1, "previous": -1, "next": 1, "coming": 1, "following": 1}


def shifted(today: date, unit: str, by: float) -> tuple[str, date | None]:
    """Give the ISO value, in the unit's own grain, of the time ``by`` units away."""
    count = round(by)
    if unit in ("day", "night"):
        day = today + timedelta(days=count)
        return day.isoformat(), day
    if unit in ("week", "weekend", "fortnight"):
        iso = (today + timedelta(weeks=count * (2 if unit == "fortnight" else 1))).isocalendar()
        return f"{iso.year}-W{iso.week:02}" + ("-WE" if unit == "weekend" else ""), None
    if unit in ("month", "quarter"):
        months = today.year * 12 + today.month - 1 + count * (3 if unit == "quarter" else 1)
        year, month = divmod(months, 12)
        return (
            f"{year}-Q{month // 3 + 1}" if unit == "quarter" else f"{year}-{month + 1:02}"
        ), None
    if unit in words.CLOCK_UNITS:
        hours = by / {"hour": 1, "minute": 60, "second": 3600}[unit]
        day = today + timedelta(days=int(hours / 24))
        return day.isoformat(), day
    years = {"year": 1, "decade": 10}.get(unit, 100)
    return f"{today.year + round(by * years):04}", None


def season_value(today: date, season: str, by: int, direction: Direction) -> str:
    code = words.SEASONS[season]
    middle = {"SP": 4, "SU": 7, "FA": 10, "WI": 1}[code]
    year = today.year
    if by < 0:
        year -= middle >= today.month
    elif by > 0 or direction == "future":
        year += middle < today.month - 1
    return f"{year - (code == 'WI' and by < 0)}-{code}"


def count_of(text: str) -> float | None:
    """Give the number that words say, None where they name none ("several")."""
    text = text.strip("[] ").lower().replace(",", "")
    if re.fullmatch(r"[\d.]+", text):
        return float(text)
    if text in words.NUMBERS:
        return words.NUMBERS[text]
    ten, _, one = text.replace(" ", "-").partition("-")
    if ten in words.NUMBERS and one in words.NUMBERS:
        return words.NUMBERS[ten] + words.NUMBERS[one]
    return None


def plural(unit: str, number: float) -> str:
    singular = "century" if unit == "centurie" else unit
    if number == 1:
        return singular
    return "centuries" if singular == "century" else f"{singular}s"


HALVES = {"year": "6M", "hour": "30M", "minute": "30S"}
"""What a half more is, in the next smaller unit."""


def period(unit: str, number: float | None) -> str:
    """Give an ISO 8601 duration, X where the count is vague."""
    factor = {"fortnight": 2, "weekend": 2 if number == 1 else 1, "decade": 10}.get(unit, 1)
    factor = 100 if unit in ("century", "centurie") else factor
    letter = {"weekend": "D", "fortnight": "W", "decade": "Y", "century": "Y", "centurie": "Y"}
    code = letter.get(unit, words.UNITS[unit][0])
    start = "PT" if unit in words.CLOCK_UNITS else "P"
    if number is None:
        return f"{start}X{code}"
    if number > 1 and number % 1 == 0.5 and unit in HALVES:
        return f"{start}{int(number)}{code}{HALVES[unit]}"
    return f"{start}{number * factor:g}{code}"
