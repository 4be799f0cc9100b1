"""The day a holiday falls on: fixed, so many weekdays into a month, or reckoned from Easter."""

from __future__ import annotations

from datetime import date, timedelta

FIXED = {
    "new year's day": (1, 1), "new year's eve": (12, 31), "christmas day": (12, 25),
    "christmas eve": (12, 24), "christmas": (12, 25), "boxing day": (12, 26),
    "halloween": (10, 31), "independence day": (7, 4), "fourth of july": (7, 4),
    "bastille day": (7, 14), "may day": (5, 1), "valentine's day": (2, 14),
    "st. patrick's day": (3, 17), "armistice day": (11, 11), "veterans day": (11, 11),
    "inauguration day": (1, 20),
}  # fmt: skip

FLOATING = {
    "martin luther king day": (1, 0, 3), "presidents day": (2, 0, 3), "memorial day": (5, 0, -1),
    "labor day": (9, 0, 1), "labour day": (9, 0, 1), "columbus day": (10, 0, 2),
    "thanksgiving day": (11, 3, 4), "thanksgiving": (11, 3, 4), "election day": (11, 1, 1),
    "mother's day": (5, 6, 2), "father's day": (6, 6, 3), "black friday": (11, 4, 4),
}  # fmt: skip
"""Month, weekday from Monday as 0, and which of them, -1 for the last; as in the United States."""

FROM_EASTER = {
    "ash wednesday": -46, "palm sunday": -7, "good friday": -2, "easter sunday": 0, "easter": 0,
    "easter monday": 1, "whit monday": 50,
}  # fmt: skip

HOLIDAYS = (*FIXED, *FLOATING, *FROM_EASTER)


def holiday_in(name: str, year: int) -> date:
    """Give a holiday's day in one year; the name in lower case."""
    if name in FIXED:
        return date(year, *FIXED[name])
    if name in FROM_EASTER:
        return easter(year) + timedelta(days=FROM_EASTER[name])
    month, weekday, which = FLOATING[name]
    if which < 0:
        last = date(year, month + 1, 1) - timedelta(days=1)
        return last - timedelta(days=(last.weekday() - weekday) % 7)
    # Election Day is the Tuesday after the first Monday, Black Friday the day after a Thursday.
    first = date(year, month, 2 if name in ("election day", "black friday") else 1)
    return first + timedelta(days=(weekday - first.weekday()) % 7 + 7 * (which - 1))


def easter(year: int) -> date:
    """Give Easter Sunday of the Gregorian calendar, by the anonymous algorithm of 1876."""
    golden, century, rest = year % 19, year // 100, year % 100
    moon = (
        19 * golden + century - century // 4 - (century - (century + 8) // 25 + 1) // 3 + 15
    ) % 30
    day = (32 + 2 * (century % 4) + 2 * (rest // 4) - moon - rest % 4) % 7
    shift = (golden + 11 * moon + 22 * day) // 451
    month, last = divmod(moon + day - 7 * shift + 114, 31)
    return date(year, month, last + 1)
