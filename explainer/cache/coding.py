"""What a build keeps, as JSON text and back."""

from __future__ import annotations

from collections.abc import Hashable
from functools import lru_cache

from msgspec.json import Decoder, Encoder
from msgspec.structs import replace

from explainer.edtf import parse_edtf
from explainer.model import QuoteRecord, Record, Side

_encode = Encoder().encode
_record = Decoder(Record)
_quote = Decoder(QuoteRecord)


def dump_record(record: Record) -> str:
    """An article without what has rows of its own."""
    return _encode(replace(record, mentions=(), quotes=(), moments=())).decode()


@lru_cache(maxsize=8192)  # an article stands on the pages of all entries that it names
def load_record(text: str) -> Record:
    return _record.decode(text)


def found_by(one: Record) -> tuple[Hashable, ...]:
    """What the search shows of an article."""
    return one.path, one.title, one.language, one.moment, one.date, one.summary


def sides_of(one: QuoteRecord) -> tuple[tuple[Side, tuple[str, ...]], ...]:
    return ("by", one.speakers or ("",)), ("of", one.about), ("via", one.via)


def days_of(date: str) -> tuple[str, str]:
    """A date's first and last day, so that they compare as text; what is open never ends."""
    edtf = parse_edtf(date)
    first, last = edtf.earliest, edtf.latest or (89_999, 12, 31)
    return tuple(f"{year + 10_000:05}-{month:02}-{day:02}" for year, month, day in (first, last))  # type: ignore[return-value]


def dump_quote(one: QuoteRecord) -> str:
    return _encode(one).decode()


def load_quote(text: str) -> QuoteRecord:
    return _quote.decode(text)
