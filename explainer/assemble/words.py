"""The program's own words on a page, and how it writes dates, lists and shortened quotations."""

from __future__ import annotations

from collections.abc import Sequence

from explainer.edtf import edtf_in_words, html_datetime, parse_edtf
from explainer.model import DateView, Edtf, Mode, Reference, Standing

MODE_WORDS: dict[Mode, str] = {
    "direct": "quoted word for word",
    "indirect": "reported in the article’s words",
    "mixed": "reported, partly in quotation marks",
}
STANDING_WORDS: dict[Standing, str] = {
    "official": "official",
    "expert": "expert",
    "witness": "witness",
    "media": "news outlet",
    "document": "document",
    "anonymous": "unnamed",
    "other": "other source",
}
KIND_WORDS = {
    "person": "person",
    "place": "place",
    "organization": "organization",
    "outlet": "news outlet",
    "event": "event",
    "term": "term",
    "work": "work",
}


def date_view(date: Edtf | None) -> DateView | None:
    return DateView(html_datetime(date), edtf_in_words(date)) if date else None


def moment_view(moment: str) -> DateView | None:
    """An ISO 8601 day, or day and time, of which people are shown the day."""
    if not moment:
        return None
    day = parse_edtf(moment[:10])
    return DateView(moment, edtf_in_words(day))


def dated_references(references: Sequence[Reference]) -> tuple[Reference, ...]:
    """The references with their dates in words."""
    return tuple(
        Reference(
            one.title,
            one.publisher,
            one.url,
            edtf_in_words(parse_edtf(one.date)) if one.date else "",
        )
        for one in references
    )


def list_in_words(items: Sequence[str]) -> str:
    """ "a", "a and b", "a, b and c"."""
    if len(items) < 2:
        return "".join(items)
    return f"{', '.join(items[:-1])} and {items[-1]}"


def shorten(text: str, limit: int) -> str:
    """One line of at most `limit` characters, cut between words."""
    line = " ".join(text.split())
    if len(line) <= limit:
        return line
    return f"{line[: limit - 1].rsplit(' ', 1)[0].rstrip(',;:')} …"


def degrees(location: tuple[float, float]) -> str:
    latitude, longitude = location
    north = "N" if latitude >= 0 else "S"
    east = "E" if longitude >= 0 else "W"
    return f"{abs(latitude):.2f}° {north}, {abs(longitude):.2f}° {east}"
