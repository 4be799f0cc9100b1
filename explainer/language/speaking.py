"""One language at work: messages are looked up, and filled in as CLDR says."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import cache, lru_cache

from markupsafe import Markup, escape
from msgspec import Struct

from explainer.language.catalogs import direction_of, interface_of, read_catalog
from explainer.language.dates import date_in_words
from explainer.model import Edtf


class Language(Struct, frozen=True):
    """The language of a page's interface.

    ``tag`` is the page's own language, ``interface`` the one it is spoken to in, which differs
    where no catalog has the page's.
    """

    tag: str
    interface: str
    direction: str

    @property
    def is_foreign(self) -> bool:
        """Whether the interface is in another language than the page."""
        return self.tag.lower().split("-")[0] != self.interface

    @property
    def locale(self) -> str:
        """As Babel writes it; the region is the page's."""
        return "en" if self.is_foreign else self.tag.replace("-", "_")

    def say(self, message: str, **values: object) -> str:
        """The message in this language, with `values` in its braces.

        Where one of the values is HTML, so is the result.
        """
        text = _translated(message, self.interface)
        return _filled(text, values) if values else text

    def counted(self, one: str, many: str, number: int, **values: object) -> str:
        """The message in the form that the language has for `number`, which stands in it."""
        if not values:
            return _counted(one, many, number, self)
        text = read_catalog(self.interface).ngettext(one, many, number)
        return _filled(text, {"number": self.number(number), **values})

    def number(self, number: int) -> str:
        if abs(number) < 1000:
            return str(number)
        from babel.numbers import format_decimal

        return str(format_decimal(number, locale=_known(self.locale)))

    def decimal(self, number: float) -> str:
        """With two decimals."""
        from babel.numbers import format_decimal

        return str(format_decimal(number, format="0.00", locale=_known(self.locale)))

    def percent(self, number: int) -> str:
        return _percent(number, _known(self.locale))

    def list(self, items: Sequence[str]) -> str:
        """ "a", "a and b", "a, b, and c"."""
        between = self.separators(len(items))
        if self.interface == "es" and items and _starts_with_i(items[-1]):
            between = tuple(" e " if one == " y " else one for one in between)
        return between[0] + "".join(
            f"{item}{after}" for item, after in zip(items, between[1:], strict=True)
        )

    def separators(self, number: int) -> tuple[str, ...]:
        """What stands before, between and after the items of a list of that many."""
        if number < 2:
            return ("",) * (number + 1)
        return _separators(number, _known(self.locale))

    def country(self, english: str) -> str:
        """A country's name by its English one, which stands where CLDR doesn't know it."""
        if self.interface == "en":
            return english
        return _countries(_known(self.locale)).get(english, english)

    def date(self, date: Edtf) -> str:
        """ "April 25, 2019", "since February 24, 2022"."""
        return _date(date, self)


def _filled(text: str, values: dict[str, object]) -> str:
    for value in values.values():
        if isinstance(value, Markup):
            return escape(text).format(**values)
    return text.format(**values)


@lru_cache(maxsize=4096)
def _counted(one: str, many: str, number: int, language: Language) -> str:
    text = read_catalog(language.interface).ngettext(one, many, number)
    return text.format(number=language.number(number))


@cache
def _translated(message: str, interface: str) -> str:
    return read_catalog(interface).gettext(message)


def _starts_with_i(item: str) -> bool:
    """Whether a Spanish "y" before it is written "e": Irene, Hidalgo, but not hielo."""
    word = item.lower()
    return word.startswith(("i", "í", "hi", "hí")) and not word.startswith(("hia", "hie", "hio"))


@lru_cache(maxsize=4096)
def _date(date: Edtf, language: Language) -> str:
    return date_in_words(date, language.say, language.interface, _known(language.locale))


@cache
def _percent(number: int, locale: str) -> str:
    from babel.numbers import format_percent

    return str(format_percent(number / 100, locale=locale))


@cache
def _separators(number: int, locale: str) -> tuple[str, ...]:
    from babel.lists import format_list

    listed = format_list(["\0"] * number, "standard", locale)
    return tuple(str(listed).split("\0"))


@cache
def _known(locale: str) -> str:
    """The locale, or the nearest that CLDR has data of."""
    from babel import Locale, UnknownLocaleError

    try:
        return str(Locale.parse(locale))
    except (UnknownLocaleError, ValueError):
        return locale.split("_")[0]


@cache
def _countries(locale: str) -> Mapping[str, str]:
    """The names of countries by the English ones."""
    from babel import Locale

    names = Locale.parse(locale).territories
    english = Locale.parse("en").territories
    return {english[code]: names[code] for code in english if code in names}


@cache
def language_of(tag: str) -> Language:
    """The language of a page whose text is in the language `tag`, such as "ko" or "pt-BR"."""
    return Language(tag, interface_of(tag), direction_of(tag))
