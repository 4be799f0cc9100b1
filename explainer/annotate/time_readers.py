"""What a time expression means: its TIMEX3 type and value, seen from the article's date."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date, timedelta

from explainer.annotate import time_words as words
from explainer.annotate.holidays import holiday_in
from explainer.annotate.time_clock import read_clock, read_noon
from explainer.annotate.time_stretches import (
    number_of,
    read_bare,
    read_duration,
    read_every,
    read_long,
    read_set,
    read_span,
    read_weekdays,
)
from explainer.annotate.time_values import (
    DEICTIC,
    STEPS,
    Moment,
    Parts,
    Reading,
    TimexType,
    count_of,
    month_number,
    nearest_weekday,
    nearest_year,
    period,
    plural,
    quarter_of,
    season_value,
    shifted,
    unknown,
    year_before,
)


def read_time(name: str, parts: Parts, moment: Moment, said: str) -> Reading | None:
    """Give the meaning of one expression, None where the words mean something else.

    Args:
        name: The pattern of `time_words.PATTERNS` that matched.
        parts: Its named groups, lower case, only those that matched.
        moment: What it is relative to.
        said: The expression as written.
    """
    return _READERS[name](parts, moment, said)


# ---- days and months of the calendar


def read_iso(parts: Parts, moment: Moment, said: str) -> Reading | None:
    return _day_reading(int(parts["year"]), int(parts["number"]), int(parts["day"]))


def _day_reading(year: int, month: int, day: int) -> Reading | None:
    try:
        found = date(year, month, day)
    except ValueError:
        return None
    return Reading("DATE", found.isoformat(), day=found)


def read_date(parts: Parts, moment: Moment, said: str) -> Reading | None:
    month, day = month_number(parts["month"]), int(parts["day"])
    if not 1 <= day <= 31:
        return None
    weekday = words.WEEKDAYS.index(parts["weekday"]) if "weekday" in parts else None
    year = int(parts["year"]) if "year" in parts else nearest_year(moment, month, day, weekday)
    return _day_reading(year, month, day) if year else unknown(said)


def read_month(parts: Parts, moment: Moment, said: str) -> Reading | None:
    month, which = month_number(parts["month"]), parts.get("which", "")
    today = moment.today
    if "year" in parts:
        return Reading("DATE", f"{parts['year']}-{month:02}")
    if today is None:
        return unknown(said)
    if said.lower().endswith("year"):
        year = today.year + {"last": -1, "next": 1}.get(which, 0)
    elif which in ("last", "past", "previous"):
        year = today.year - (month >= today.month)
    elif which in ("next", "coming", "following"):
        year = today.year + (month <= today.month)
    else:
        year = nearest_year(moment, month) or today.year
    return Reading("DATE", f"{year}-{month:02}")


def read_weekday(parts: Parts, moment: Moment, said: str) -> Reading | None:
    number = words.WEEKDAYS.index(parts["weekday"])
    part = words.PARTS.get(parts.get("part", ""), "")
    type_: TimexType = "TIME" if part else "DATE"
    if moment.today is None:
        return unknown(said, type_)
    found = nearest_weekday(moment, number, parts.get("which", ""))
    value = found.isoformat() + (f"T{part}" if part else "")
    return Reading(type_, value, day=found)


def read_deictic(parts: Parts, moment: Moment, said: str) -> Reading | None:
    shift = DEICTIC.get(parts["day"], 0)
    part = words.PARTS.get(parts.get("part") or parts["day"], "")
    type_: TimexType = "TIME" if part else "DATE"
    if moment.today is None:
        return unknown(said, type_)
    day = moment.today + timedelta(days=shift)
    return Reading(type_, day.isoformat() + (f"T{part}" if part else ""), day=day)


# ---- this, last and next; so many units ago


def read_which(parts: Parts, moment: Moment, said: str) -> Reading | None:
    which = parts["which"]
    today: date | None = moment.today
    if which in ("following", "previous", "same", "that"):
        if parts.get("unit") == "year" and moment.year:
            return Reading("DATE", f"{moment.year + STEPS.get(which, 0):04}")
        today = moment.context or (None if which == "that" else today)
        if which in ("same", "that") and "unit" in parts and moment.context is None:
            return Reading("DATE", None, f"{said}, in the passage before")
    by = STEPS.get(which, 0)
    if "part" in parts:
        part = words.PARTS[parts["part"]]
        if today is None:
            return unknown(said, "TIME")
        then = today + timedelta(days=by)
        return Reading("TIME", f"{then.isoformat()}T{part}", day=then)
    if today is None:
        return unknown(said)
    if "season" in parts:
        return Reading("DATE", season_value(today, parts["season"], by, moment.direction))
    if parts["unit"] == "weekend" and which == "this" and moment.direction != "future":
        by = -1 if today.weekday() < 4 else 0
    if parts["unit"] == "decade":
        return Reading("DATE", str(today.year // 10 + by))
    value, day = shifted(today, parts["unit"], by)
    return Reading("DATE", value, day=day)


def read_ago(parts: Parts, moment: Moment, said: str) -> Reading | None:
    which = parts["which"]
    number = number_of(parts)
    unit = parts["unit"]
    if which in ("later", "earlier") and unit in words.CLOCK_UNITS:
        return Reading("DURATION", period(unit, number))
    from_context = which not in ("ago", "from now")
    today = (moment.context or moment.today) if from_context else moment.today
    back = which not in ("later", "from now")
    if number is None:
        return Reading("DATE", "PAST_REF" if back else "FUTURE_REF")
    if today is None:
        side = "before" if back else "after"
        return Reading("DATE", None, f"{parts['number']} {plural(unit, number)} {side} the article")
    if back and unit == "year" and number == 1 and moment.quarter:
        return Reading("DATE", year_before(moment.quarter))
    value, day = shifted(today, unit, -number if back else number)
    return Reading("DATE", value, day=day)


# ---- years, decades, quarters, seasons


def read_year(parts: Parts, moment: Moment, said: str) -> Reading | None:
    return Reading("DATE", parts["year"])


def read_spelled_year(parts: Parts, moment: Moment, said: str) -> Reading | None:
    if "thousand" in parts:
        return Reading("DATE", "2000")
    century = {"eighteen": 18, "nineteen": 19, "twenty": 20}[parts["century"]]
    rest = count_of(parts["rest"])
    return Reading("DATE", f"{century}{rest:02g}") if rest is not None else None


def read_short_year(parts: Parts, moment: Moment, said: str) -> Reading | None:
    """Two digits are of this century, unless that lies ahead of the article."""
    rest = int(next(value for name, value in parts.items() if name.startswith("rest")))
    latest = moment.today.year % 100 + 5 if moment.today and moment.today.year >= 2000 else -1
    return Reading("DATE", f"{20 if rest <= latest else 19}{rest:02}")


def read_whole_year(parts: Parts, moment: Moment, said: str) -> Reading | None:
    return Reading("DATE", str(moment.today.year)) if moment.today else unknown(said)


def read_decade(parts: Parts, moment: Moment, said: str) -> Reading | None:
    return Reading("DATE", parts.get("century", "19") + parts["decade"][0])


def read_century(parts: Parts, moment: Moment, said: str) -> Reading | None:
    number = int(parts["number"]) if "number" in parts else words.ORDINALS[parts["ordinal"]]
    return Reading("DATE", f"{number - 1:02}") if number > 4 else None


def read_quarter(parts: Parts, moment: Moment, said: str) -> Reading | None:
    number = words.ORDINALS[parts["ordinal"]]
    if "year" in parts:
        return Reading("DATE", f"{parts['year']}-Q{number}")
    if moment.today is None:
        return unknown(said)
    year = moment.today.year + {"last": -1, "next": 1}.get(parts.get("which", ""), 0)
    if "which" not in parts and number > (moment.today.month + 2) // 3:
        year -= moment.direction != "future"
    return Reading("DATE", f"{year}-Q{number}")


def read_compared(parts: Parts, moment: Moment, said: str) -> Reading | None:
    """The year-earlier quarter is a year before the one that is spoken of."""
    quarter = quarter_of(moment)
    if not quarter:
        return unknown(said)
    if "ordinal" in parts:
        quarter = f"{quarter[:4]}-Q{words.ORDINALS[parts['ordinal']]}"
    if parts.get("unit") == "year":
        return Reading("DATE", year_before(quarter)[:4])
    return Reading("DATE", year_before(quarter))


def read_latest(parts: Parts, moment: Moment, said: str) -> Reading | None:
    unit = parts.get("unit") or parts.get("unit2") or parts.get("unit3", "")
    if unit in ("quarter", "period"):
        quarter = quarter_of(moment)
        return Reading("DATE", quarter) if quarter else unknown(said)
    return read_which({"which": "last", "unit": unit}, moment, said)


def read_year_end(parts: Parts, moment: Moment, said: str) -> Reading | None:
    return Reading("DATE", str(moment.today.year)) if moment.today else unknown(said)


def read_era(parts: Parts, moment: Moment, said: str) -> Reading | None:
    number = int(parts.get("number") or parts["number2"])
    era = (parts.get("before") or parts["after"]).replace(".", "")
    if not re.search(r"[A-Z]", said) or not number:
        return None
    return Reading("DATE", f"BC{number:04}" if era.startswith("bc") else f"{number:04}")


def read_edge(parts: Parts, moment: Moment, said: str) -> Reading | None:
    if "month" in parts:
        return read_month({"month": parts["month"]}, moment, said)
    if "year" in parts:
        return read_year(parts, moment, said)
    if parts["unit"] in ("day", "night", "quarter", *words.CLOCK_UNITS):
        return None
    return read_which({"which": parts.get("which", "this"), "unit": parts["unit"]}, moment, said)


def read_later(parts: Parts, moment: Moment, said: str) -> Reading | None:
    if moment.today is None or parts["unit"] == "season":
        return unknown(said)
    value, day = shifted(moment.context or moment.today, parts["unit"], 0)
    return Reading("DATE", value, day=day)


def read_season(parts: Parts, moment: Moment, said: str) -> Reading | None:
    code = words.SEASONS[parts["season"]]
    if "year" in parts:
        return Reading("DATE", f"{parts['year']}-{code}")
    if moment.today is None:
        return unknown(said)
    return Reading("DATE", season_value(moment.today, parts["season"], 0, moment.direction))


def read_holiday(parts: Parts, moment: Moment, said: str) -> Reading | None:
    name = parts["holiday"].replace("’", "'")
    if "year" in parts:
        return _day_of(holiday_in(name, int(parts["year"])))
    if moment.today is None:
        return unknown(said)
    days = [holiday_in(name, moment.today.year + step) for step in (-1, 0, 1)]
    if parts.get("which") == "next" or moment.direction == "future":
        return _day_of(next(day for day in days if day >= moment.today))
    if parts.get("which") == "last":
        return _day_of(max(day for day in days if day < moment.today))
    if moment.direction == "past":
        return _day_of(max(day for day in days if day <= moment.today))
    return _day_of(min(days, key=lambda day: abs(day - moment.today)))  # type: ignore[operator]


def _day_of(day: date) -> Reading:
    return Reading("DATE", day.isoformat(), day=day)


def read_weekend(parts: Parts, moment: Moment, said: str) -> Reading | None:
    return read_which({"which": "this", "unit": "weekend"}, moment, said)


def read_adverb(parts: Parts, moment: Moment, said: str) -> Reading | None:
    return Reading("DATE", words.ADVERBS[parts["adverb"]])


_READERS: dict[str, Callable[[Parts, Moment, str], Reading | None]] = {
    "iso": read_iso, "date": read_date, "month": read_month, "weekday": read_weekday,
    "weekdays": read_weekdays, "deictic": read_deictic, "which": read_which, "ago": read_ago,
    "span": read_span, "duration": read_duration, "bare": read_bare, "long": read_long,
    "decade": read_decade, "century": read_century, "quarter": read_quarter, "edge": read_edge,
    "later": read_later, "season": read_season, "winter": read_season, "year": read_year,
    "spelled year": read_spelled_year, "short year": read_short_year,
    "whole year": read_whole_year,
    "clock": read_clock,
    "noon": read_noon, "every": read_every, "per": read_every, "set": read_set,
    "adverb": read_adverb, "compared": read_compared, "latest": read_latest,
    "year end": read_year_end, "era": read_era, "holiday": read_holiday, "weekend": read_weekend,
}  # fmt: skip
