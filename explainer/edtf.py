"""EDTF dates (ISO 8601-2:2019): read, held to the calendar, and put in order.

Level 0 with what editors need of level 1: qualifiers (1948~, 1948?), unspecified digits
(194X, 2022-XX), open intervals (2022-02-24/..), negative and seasonal years (-0043, 2022-21).
"""

from __future__ import annotations

import calendar
import re
from functools import lru_cache

from msgspec import Struct

from explainer.model import Edtf

Day = tuple[int, int, int]


class DateParts(Struct, frozen=True):
    """``year`` may have an X for each unknown digit; ``month`` is 21 to 24 for a season.

    ``month`` and ``day`` are 0 where they are not said; ``qualifier`` is one of ?, ~ and %.
    """

    year: str
    month: int
    day: int
    qualifier: str


_ONE = re.compile(r"(-?\d{1,3}X{1,3}|-?\d{4})(?:-(\d\d|XX)(?:-(\d\d|XX))?)?([?~%]?)")
_SEASON_MONTHS = {21: (3, 5), 22: (6, 8), 23: (9, 11), 24: (12, 12)}


@lru_cache(maxsize=4096)
def parse_edtf(text: str) -> Edtf:
    """Read an EDTF date or interval.

    Raises:
        ValueError: Not of the form, or no such day; the message says which, for people.
    """
    if "/" not in text:
        return Edtf(text, *_bounds(text))
    first, _, last = text.partition("/")
    if first in ("", ".."):
        if last in ("", ".."):
            raise ValueError(f"'{text}' has neither a start nor an end")
        return Edtf(text, (-9999, 1, 1), _bounds(last)[1])
    earliest = _bounds(first)[0]
    latest = None if last in ("", "..") else _bounds(last)[1]
    if latest is not None and latest < earliest:
        raise ValueError(f"'{text}' ends before it starts")
    return Edtf(text, earliest, latest)


def _bounds(text: str) -> tuple[Day, Day]:
    found = _ONE.fullmatch(text)
    if not found:
        raise ValueError(
            f"'{text}' should look like 2019, 2019-04, 2019-04-25, 1948~ or 2022-02-24/.."
        )
    first, last = (int(found[1].replace("X", digit)) for digit in "09")
    if first > last:
        first, last = last, first
    month, day = found[2], found[3]
    if month is None or month == "XX":
        return (first, 1, 1), (last, 12, 31)
    number = int(month)
    if number in _SEASON_MONTHS and day is None:
        low, high = _SEASON_MONTHS[number]
        return (first, low, 1), (last, high, _last_day(last, high))
    if not 1 <= number <= 12:
        raise ValueError(f"'{text}' has no month {month}")
    end = _last_day(last, number)
    if day is None or day == "XX":
        return (first, number, 1), (last, number, end)
    if not 1 <= int(day) <= end:
        raise ValueError(f"'{text}': {calendar.month_name[number]} {first} has no day {int(day)}")
    return (first, number, int(day)), (last, number, int(day))


def _last_day(year: int, month: int) -> int:
    # The proleptic Gregorian calendar repeats every 400 years, before year 1 as well.
    return calendar.monthrange(year % 400 + 400, month)[1]


def date_parts(text: str) -> DateParts | None:
    """What one date of an EDTF text is made of; None where it isn't one."""
    found = _ONE.fullmatch(text)
    if not found:
        return None
    year, month, day, qualifier = found.groups()
    month_number = int(month) if month and month != "XX" else 0
    day_number = int(day) if month_number and day and day != "XX" else 0
    return DateParts(year, month_number, day_number, qualifier)


def html_datetime(date: Edtf) -> str:
    """The value for an HTML ``datetime`` attribute; empty where HTML has none for it."""
    first = date.text.partition("/")[0].rstrip("?~%")
    if re.fullmatch(r"\d{4}(-(0[1-9]|1[0-2])(-\d\d)?)?", first) and int(first[:4]) > 0:
        return first
    return ""
