"""The words for kinds, modes and standings, and how dates, places and quotations are shown."""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache

from explainer.edtf import html_datetime, parse_edtf
from explainer.language import Language, message
from explainer.model import DateView, Edtf, Kind, Mode, Reference, Standing

MODE_WORDS: dict[Mode, str] = {
    "direct": message("quoted word for word"),
    "indirect": message("reported in the article’s words"),
    "mixed": message("reported, partly in quotation marks"),
}
STANDING_WORDS: dict[Standing, str] = {
    "official": message("official"),
    "expert": message("expert"),
    "witness": message("witness"),
    "media": message("news outlet"),
    "document": message("document"),
    "anonymous": message("unnamed"),
    "other": message("other source"),
}
KIND_WORDS: dict[Kind, str] = {
    "person": message("Person"),
    "place": message("Place"),
    "organization": message("Organization"),
    "outlet": message("News outlet"),
    "event": message("Event"),
    "term": message("Term"),
    "work": message("Work"),
}

KINDS_WORDS: dict[Kind, str] = {
    "person": message("People"),
    "place": message("Places"),
    "organization": message("Organizations"),
    "outlet": message("News outlets"),
    "event": message("Events"),
    "term": message("Terms"),
    "work": message("Works"),
}


def date_view(date: Edtf | None, language: Language) -> DateView | None:
    return DateView(html_datetime(date), language.date(date)) if date else None


def moment_view(moment: str, language: Language) -> DateView | None:
    """An ISO 8601 day, or day and time, of which people are shown the day."""
    return _moment_view(moment, language) if moment else None


@lru_cache(maxsize=8192)
def _moment_view(moment: str, language: Language) -> DateView:
    return DateView(moment, language.date(parse_edtf(moment[:10])))


def dated_references(references: Sequence[Reference], language: Language) -> tuple[Reference, ...]:
    """The references with their dates in words."""
    return tuple(
        Reference(
            one.title,
            one.publisher,
            one.url,
            language.date(parse_edtf(one.date)) if one.date else "",
        )
        for one in references
    )


def shorten(text: str, limit: int) -> str:
    """One line of at most `limit` characters, cut between words."""
    line = " ".join(text[: limit + 20].split())
    if len(line) <= limit:
        line = " ".join(text.split())
    if len(line) <= limit:
        return line
    return f"{line[: limit - 1].rsplit(' ', 1)[0].rstrip(',;:')} …"


def degrees(location: tuple[float, float], language: Language) -> str:
    latitude, longitude = location
    north = message("{degrees}° N") if latitude >= 0 else message("{degrees}° S")
    east = message("{degrees}° E") if longitude >= 0 else message("{degrees}° W")
    return language.say(
        "{latitude}, {longitude}",
        latitude=language.say(north, degrees=language.decimal(abs(latitude))),
        longitude=language.say(east, degrees=language.decimal(abs(longitude))),
    )
