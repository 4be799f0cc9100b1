"""What a time expression means: its TIMEX3 type and value, seen from the article's date."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date, timedelta

from explainer.annotate import time_words as words
from explainer.annotate.time_values import (
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
    year = int(parts["year"]) if "year" in parts else nearest_year(moment, month, day)
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
    shift = {"yesterday": -1, "tomorrow": 1}.get(parts["day"], 0)
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
    number = count_of(parts["number"]) if "number" in parts else None
    unit = parts["unit"]
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


# ---- stretches of time, and what comes again


def read_span(parts: Parts, moment: Moment, said: str) -> Reading | None:
    if said.endswith(" or so") and "number" not in parts:
        return read_which(parts, moment, said) if parts["which"] in STEPS else None
    plural_unit = said.lower().rstrip().endswith("s") or "number" in parts
    if not plural_unit and parts["which"] not in ("first", "recent"):
        return None
    number = count_of(parts["number"]) if "number" in parts else (None if plural_unit else 1)
    vague = "number" not in parts and plural_unit
    if vague and parts["which"] in ("recent", "coming"):
        return Reading("DATE", "PAST_REF" if parts["which"] == "recent" else "FUTURE_REF")
    return Reading("DURATION", period(parts["unit"], number))


FRACTIONS = frozenset({("second", "a"), ("quarter", "a"), ("quarter", "three")})


def read_duration(parts: Parts, moment: Moment, said: str) -> Reading | None:
    if (parts["unit"], parts["number"]) in FRACTIONS or said.lower() == "one day":
        return None
    if parts["unit"] == "quarter" and said.lower().startswith(("three", "more", "about three")):
        return None
    return Reading("DURATION", period(parts["unit"], count_of(parts["number"])))


def read_bare(parts: Parts, moment: Moment, said: str) -> Reading | None:
    unit = parts.get("unit") or parts.get("many") or parts.get("ages", "")
    if parts.get("which"):
        return Reading("DATE", "FUTURE_REF" if parts["which"] == "later" else "PAST_REF")
    return Reading("DURATION", period(unit, None))


def read_long(parts: Parts, moment: Moment, said: str) -> Reading | None:
    number = None if "s-" in said else 1
    return Reading("DURATION", period(parts["unit"], number))


def read_every(parts: Parts, moment: Moment, said: str) -> Reading | None:
    if "weekday" in parts:
        return Reading("SET", f"XXXX-WXX-{words.WEEKDAYS.index(parts['weekday']) + 1}")
    if "part" in parts:
        return Reading("SET", f"XXXX-XX-XXT{words.PARTS[parts['part']]}")
    if "month" in parts:
        return Reading("SET", f"XXXX-{month_number(parts['month']):02}")
    return Reading("SET", period(parts["unit"], count_of(parts.get("number", "a"))))


def read_weekdays(parts: Parts, moment: Moment, said: str) -> Reading | None:
    return read_every({"weekday": parts["weekday"] + "day"}, moment, said)


def read_set(parts: Parts, moment: Moment, said: str) -> Reading | None:
    return Reading("SET", words.SETS[parts["set"]])


# ---- years, decades, quarters, seasons


def read_year(parts: Parts, moment: Moment, said: str) -> Reading | None:
    return Reading("DATE", parts["year"])


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
    month, day = words.HOLIDAYS[parts["holiday"].replace("’", "'")]
    year = int(parts["year"]) if "year" in parts else nearest_year(moment, month, day)
    return _day_reading(year, month, day) if year else unknown(said)


def read_weekend(parts: Parts, moment: Moment, said: str) -> Reading | None:
    return read_which({"which": "this", "unit": "weekend"}, moment, said)


def read_adverb(parts: Parts, moment: Moment, said: str) -> Reading | None:
    return Reading("DATE", words.ADVERBS[parts["adverb"]])


# ---- the clock


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
    day: date | None = moment.context or moment.today
    if "weekday" in parts and moment.today:
        day = nearest_weekday(moment, words.WEEKDAYS.index(parts["weekday"]), "")
    return Reading("TIME", f"{day.isoformat() if day else ''}{clock}")


_READERS: dict[str, Callable[[Parts, Moment, str], Reading | None]] = {
    "iso": read_iso, "date": read_date, "month": read_month, "weekday": read_weekday,
    "weekdays": read_weekdays, "deictic": read_deictic, "which": read_which, "ago": read_ago,
    "span": read_span, "duration": read_duration, "bare": read_bare, "long": read_long,
    "decade": read_decade, "century": read_century, "quarter": read_quarter, "edge": read_edge,
    "later": read_later, "season": read_season, "winter": read_season, "year": read_year,
    "clock": read_clock,
    "noon": read_noon, "every": read_every, "per": read_every, "set": read_set,
    "adverb": read_adverb, "compared": read_compared, "latest": read_latest,
    "year end": read_year_end, "era": read_era, "holiday": read_holiday, "weekend": read_weekend,
}  # fmt: skip
