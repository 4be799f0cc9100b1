"""An article as the rows that are kept of it, by table, and what other pages show of them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from msgspec import Struct

from explainer.cache.coding import days_of, dump_quote, dump_record, found_by, load_record, sides_of
from explainer.model import Diagnostic, Record
from explainer.read.articles import safe_name
from explainer.store import path_text
from explainer.told import dump_diagnostics

Rows = Mapping[str, Sequence[tuple[Any, ...]]]

COLUMNS = {
    "articles": 8, "words": 2, "inputs": 3, "uses": 2, "tags": 4, "mentions": 5, "quotes": 3,
    "parties": 6, "moments": 6,
}  # fmt: skip
"""The tables that tell of one article, each with its number of columns, the slug the first."""


class Kept(Struct, frozen=True):
    """What is kept of an article beside its record.

    ``digest`` is of its files, which are ``inputs``; ``uses`` are the entries it asked for,
    ``words`` the text in which names are looked for.
    """

    source: str
    digest: str = ""
    inputs: tuple[str, ...] = ()
    uses: tuple[str, ...] = ()
    words: str = ""
    diagnostics: tuple[Diagnostic, ...] = ()


def rows_of(record: Record, kept: Kept) -> Rows:
    """An article's rows; of those with the same key the first counts."""
    slug, moment = record.slug, record.moment
    view = record.updated or record.date
    article = (
        slug, path_text(kept.source), moment, record.path, view.iso[:10] if view else "",
        dump_record(record), kept.digest, dump_diagnostics(kept.diagnostics),
    )  # fmt: skip
    tags = [(slug, safe_name(tag), moment, tag) for tag in record.tags]
    mentioned = {one.entry for one in record.mentions}
    moments = [
        (slug, *days_of(one.date), one.title, one.anchor, one.date) for one in record.moments
    ]
    return {
        "articles": [article],
        "words": [(slug, kept.words)],
        "inputs": [(slug, place, path_text(path)) for place, path in enumerate(kept.inputs)],
        "uses": [(slug, entry) for entry in kept.uses if entry not in mentioned],
        "tags": list({row[1]: row for row in reversed(tags)}.values()),
        "mentions": [
            (slug, one.entry, moment, str(one.excerpt), one.count) for one in record.mentions
        ],
        "quotes": [(slug, place, dump_quote(one)) for place, one in enumerate(record.quotes)],
        "parties": [
            (slug, place, side, entry, moment, one.standing)
            for place, one in enumerate(record.quotes)
            for side, entries in sides_of(one)
            for entry in entries
        ],
        "moments": list({row[:5]: row for row in reversed(moments)}.values()),
    }


def owners_due(before: Rows, after: Rows) -> set[str]:
    """The owners of the other pages that show an article differently, or no longer."""
    if all(set(before[table]) == set(after[table]) for table in _SHOWN):
        return set()
    return {owner for owner, _ in _shown(before) ^ _shown(after)}


_SHOWN = ("articles", "tags", "mentions", "quotes", "parties", "moments")


def _shown(rows: Rows) -> set[tuple[str, tuple[Any, ...]]]:
    """What other pages show of an article, each with the owner of the page."""
    if not rows["articles"]:
        return set()
    record = rows["articles"][0][5]
    found: list[tuple[str, tuple[Any, ...]]] = [
        ("lists/", (record,)),
        ("search", found_by(load_record(record))),
    ]
    found += [(f"lists/{address}", (record, tag)) for _, address, _, tag in rows["tags"]]
    found += [
        (f"entries/{entry}", (record, count, excerpt))
        for _, entry, _, excerpt, count in rows["mentions"]
    ]
    quotes = {place: quote for _, place, quote in rows["quotes"]}
    for _, place, side, entry, _, standing in rows["parties"]:
        if entry:
            found.append((f"entries/{entry}", (record, side, place, quotes[place])))
        if side == "by":
            found.append(("sources", (record, entry, place, standing, quotes[place])))
    found += [
        ("timeline", (record, anchor, date, title))
        for _, _, _, title, anchor, date in rows["moments"]
    ]
    return set(found)
