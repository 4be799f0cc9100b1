"""What a build keeps, as JSON text and back."""

from __future__ import annotations

import json
from functools import lru_cache
from operator import attrgetter

from explainer.edtf import parse_edtf
from explainer.model import DateView, QuoteRecord, Record, Side

_FIELDS = (
    "slug", "path", "title", "language", "moment", "date", "updated", "authors", "summary",
    "tags", "publisher", "canonical", "entries", "sources", "cards", "unreviewed",
)  # fmt: skip
"""By their numbers, what the search shows of an article is compared in `rows`."""
_values = attrgetter(*_FIELDS)


def dump_record(record: Record) -> str:
    return json.dumps(_values(record), ensure_ascii=False, default=_pair)


def _pair(view: DateView) -> tuple[str, str]:
    return view.iso, view.words


@lru_cache(maxsize=8192)  # an article stands on the pages of all entries that it names
def load_record(text: str) -> Record:
    values = json.loads(text)
    for place in (5, 6):
        values[place] = DateView(*values[place]) if values[place] else None
    for place in (7, 9):
        values[place] = tuple(values[place])
    return Record(*values)


def sides_of(one: QuoteRecord) -> tuple[tuple[Side, tuple[str, ...]], ...]:
    return ("by", one.speakers or ("",)), ("of", one.about), ("via", one.via)


def days_of(date: str) -> tuple[str, str]:
    """A date's first and last day, so that they compare as text; what is open never ends."""
    edtf = parse_edtf(date)
    first, last = edtf.earliest, edtf.latest or (89_999, 12, 31)
    return tuple(f"{year + 10_000:05}-{month:02}-{day:02}" for year, month, day in (first, last))  # type: ignore[return-value]


_quote_values = attrgetter(*QuoteRecord.__struct_fields__)


def dump_quote(one: QuoteRecord) -> str:
    return json.dumps(_quote_values(one), ensure_ascii=False)


def load_quote(text: str) -> QuoteRecord:
    name, speakers, via, about, *rest = json.loads(text)
    return QuoteRecord(name, tuple(speakers), tuple(via), tuple(about), *rest)
