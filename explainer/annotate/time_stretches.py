"""What a stretch of time or a time that comes again means: how long it is, or how often."""

from __future__ import annotations

from explainer.annotate import time_words as words
from explainer.annotate.time_values import (
    Moment,
    Parts,
    Reading,
    count_of,
    month_number,
    period,
)

FRACTIONS = frozenset({("second", "a"), ("quarter", "a"), ("quarter", "three")})


def number_of(parts: Parts) -> float | None:
    """Give how many, None where that is vague: of a range nothing is sure but the unit."""
    if "number" not in parts or "range" in parts:
        return None
    number = count_of(parts["number"])
    more = "half_more" in parts or "half_after" in parts
    return number + 0.5 if number is not None and more else number


def read_span(parts: Parts, moment: Moment, said: str) -> Reading | None:
    plural = said.lower().rstrip().endswith("s") or "number" in parts
    if parts["which"] == "last" and "number" not in parts and not said.lower().startswith("the "):
        return None
    if not plural and parts["which"] not in ("first", "recent"):
        return None
    number = number_of(parts) if "number" in parts else (None if plural else 1)
    vague = "number" not in parts and plural
    if vague and parts["which"] in ("recent", "coming"):
        return Reading("DATE", "PAST_REF" if parts["which"] == "recent" else "FUTURE_REF")
    return Reading("DURATION", period(parts["unit"], number))


def read_duration(parts: Parts, moment: Moment, said: str) -> Reading | None:
    if (parts["unit"], parts["number"]) in FRACTIONS or said.lower() == "one day":
        return None
    if parts["unit"] == "quarter" and said.lower().startswith(("three", "more", "about three")):
        return None
    return Reading("DURATION", period(parts["unit"], number_of(parts)))


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
