"""EDTF dates in words, as the people of a language write them in prose."""

from __future__ import annotations

import datetime
from collections.abc import Callable

from explainer.edtf import DateParts, date_parts
from explainer.language.catalogs import message
from explainer.model import Edtf

Say = Callable[..., str]

_STAND_IN = 2000
"""A leap year that Python's dates have; the date's own year takes its place."""
_SEASONS = {
    21: message("spring {year}"),
    22: message("summer {year}"),
    23: message("autumn {year}"),
    24: message("winter {year}"),
}
_ABOUT = message("about {date}")
_ABOUT_DAY = message("about {day}")
_ROMAN = (
    (1000, "M"), (900, "CM"), (500, "D"), (400, "CD"), (100, "C"), (90, "XC"), (50, "L"),
    (40, "XL"), (10, "X"), (9, "IX"), (5, "V"), (4, "IV"), (1, "I"),
)  # fmt: skip


def date_in_words(date: Edtf, say: Say, language: str, locale: str) -> str:
    """The date with the precision and the doubt that it has.

    Args:
        say: Gives a message in `language`.
        locale: Whose patterns of CLDR are used, as Babel writes it.
    """
    words = _Words(say, language, locale)
    first, slash, last = date.text.partition("/")
    if not slash:
        return words.of(first)
    if first in ("", ".."):
        return words.bound(last, message("until {day}"), message("until {date}"), _UNTIL_PERIOD)
    if last in ("", ".."):
        since = message("since {date}")
        return words.bound(first, message("since {day}"), since, since)
    return f"{words.of(first)} – {words.of(last)}"


_UNTIL_PERIOD = message("until {period}")


class _Words:
    def __init__(self, say: Say, language: str, locale: str) -> None:
        self._say, self._language, self._locale = say, language, locale

    def of(self, text: str) -> str:
        parts = date_parts(text)
        if parts is None:
            return text
        words = self._unqualified(parts)
        if parts.qualifier in ("~", "%"):
            words = self._say(_ABOUT_DAY, day=words) if parts.day else self._say(_ABOUT, date=words)
        if parts.qualifier in ("?", "%"):
            words = self._say("perhaps {date}", date=words)
        return words

    def bound(self, text: str, of_day: str, of_date: str, of_period: str) -> str:
        """An open interval by its one end; languages have an article before some of them."""
        parts = date_parts(text)
        if parts and (parts.qualifier or "X" in parts.year or parts.month in _SEASONS):
            key = "period" if "{period}" in of_period else "date"
            return self._say(of_period, **{key: self.of(text)})
        if parts and parts.day:
            return self._say(of_day, day=self.of(text))
        return self._say(of_date, date=self.of(text))

    def _unqualified(self, parts: DateParts) -> str:
        if "X" in parts.year:
            return self._span_of_years(parts)
        number = int(parts.year)
        year = str(number if number > 0 else 1 - number)
        words = self._in_pattern(parts, year)
        return words if number > 0 else self._say("{date} BCE", date=words)

    def _span_of_years(self, parts: DateParts) -> str:
        if parts.year.count("X") == 1:
            return self._say("the {decade}s", decade=parts.year.replace("X", "0"))
        if parts.year.count("X") == 2:
            century = int(parts.year.rstrip("X")) + 1
            return self._say("the {century} century", century=self._ordinal(century))
        return parts.year

    def _in_pattern(self, parts: DateParts, year: str) -> str:
        if parts.month in _SEASONS:
            return self._say(_SEASONS[parts.month], year=year)
        from babel.dates import format_date, format_skeleton

        day = datetime.date(_STAND_IN, parts.month or 1, parts.day or 1)
        if parts.day:
            words = format_date(day, "long", locale=self._locale)
        else:
            words = format_skeleton("yMMMM" if parts.month else "y", day, locale=self._locale)
        return str(words).replace(str(_STAND_IN), year)

    def _ordinal(self, number: int) -> str:
        """A century's number as the language writes it."""
        if self._language == "en":
            teen = number // 10 % 10 == 1
            return f"{number}{'th' if teen else _ENDINGS.get(number % 10, 'th')}"
        if self._language in ("es", "fr"):
            roman = "".join(_roman(number))
            return roman if self._language == "es" else roman + ("er" if number == 1 else "e")
        return str(number)


_ENDINGS = {1: "st", 2: "nd", 3: "rd"}


def _roman(number: int) -> list[str]:
    digits = []
    for value, digit in _ROMAN:
        digits.append(digit * (number // value))
        number %= value
    return digits
