"""The calendar's arithmetic: from the article's date to the time that is meant."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Literal

from explainer.annotate import time_words as words

TimexType = Literal["DATE", "TIME", "DURATION", "SET"]

Direction = Literal["past", "future", "none"]

Parts = dict[str, str]


@dataclass(frozen=True, slots=True)
class Moment:
    """Where an expression is read from.

    ``today`` is the article's date, None where it has none; ``context`` the day last spoken of;
    ``direction`` is the tense of the clause, ``quarter`` the quarter that was just spoken of.
    """

    today: date | None
    context: date | None
    direction: Direction
    quarter: str = ""


@dataclass(frozen=True, slots=True)
class Reading:
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


def nearest_year(moment: Moment, month: int, day: int = 0) -> int | None:
    """Give the year of a month or day that is named without one."""
    today = moment.today
    if today is None:
        return None
    ahead = (month, day) > (today.month, today.day if day else 0)
    if moment.direction == "future":
        return today.year if ahead or (month, day) == (today.month, 0) else today.year + 1
    if not ahead or (not day and month == today.month):
        return today.year
    # A few weeks ahead is more likely the near future than most of a year ago.
    near = 0 <= month - today.month <= 2 and moment.direction == "none"
    return today.year if near else today.year - 1


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
    text = text.strip("[] ").lower()
    if re.fullmatch(r"[\d.]+", text):
        return float(text)
    if text in words.NUMBERS:
        return words.NUMBERS[text]
    ten, _, one = text.partition("-")
    if ten in words.NUMBERS and one in words.NUMBERS:
        return words.NUMBERS[ten] + words.NUMBERS[one]
    return None


def plural(unit: str, number: float) -> str:
    singular = "century" if unit == "centurie" else unit
    if number == 1:
        return singular
    return "centuries" if singular == "century" else f"{singular}s"


def period(unit: str, number: float | None) -> str:
    """Give an ISO 8601 duration, X where the count is vague."""
    factor = {"fortnight": 2, "weekend": 2 if number == 1 else 1, "decade": 10}.get(unit, 1)
    factor = 100 if unit in ("century", "centurie") else factor
    letter = {"weekend": "D", "fortnight": "W", "decade": "Y", "century": "Y", "centurie": "Y"}
    code = letter.get(unit, words.UNITS[unit][0])
    amount = "X" if number is None else f"{number * factor:g}"
    return f"P{'T' if unit in words.CLOCK_UNITS else ''}{amount}{code}"
