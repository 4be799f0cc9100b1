"""An article as the rows that are kept of it, by table, and what other pages show of them."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from typing import Any

from msgspec import Struct

from explainer.cache.coding import days_of, dump_quote, dump_record, sides_of
from explainer.model import Diagnostic, Record
from explainer.read.articles import safe_name
from explainer.store import path_text
from explainer.told import dump_diagnostics

Rows = Mapping[str, Sequence[tuple[Any, ...]]]

COLUMNS = {
    "articles": 8, "words": 2, "inputs": 3, "uses": 2, "tags": 4, "mentions": 5, "quotes": 7,
    "moments": 6,
}  # fmt: skip
"""The tables that tell of one article, each with its number of columns."""


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
    inputs = [(path_text(path), slug, place) for place, path in enumerate(kept.inputs)]
    tags = [(safe_name(tag), moment, slug, tag) for tag in record.tags]
    moments = [
        (*days_of(one.date), one.title, slug, one.anchor, one.date) for one in record.moments
    ]
    return {
        "articles": [article],
        "words": [(slug, kept.words)],
        "inputs": list({row[0]: row for row in reversed(inputs)}.values()),
        "uses": [(entry, slug) for entry in kept.uses],
        "tags": list({row[0]: row for row in reversed(tags)}.values()),
        "mentions": [
            (one.entry, moment, slug, str(one.excerpt), one.count) for one in record.mentions
        ],
        "quotes": [
            (entry, side, moment, slug, place, one.standing, dump_quote(one))
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


_SHOWN = ("articles", "tags", "mentions", "quotes", "moments")


def _shown(rows: Rows) -> set[tuple[str, tuple[Any, ...]]]:
    """What other pages show of an article, each with the owner of the page."""
    if not rows["articles"]:
        return set()
    record = rows["articles"][0][5]
    values = json.loads(record)
    found: list[tuple[str, tuple[Any, ...]]] = [
        ("lists/", (record,)),
        ("search", (json.dumps([*values[1:6], values[8]]),)),
    ]
    found += [(f"lists/{address}", (record, tag)) for address, _, _, tag in rows["tags"]]
    found += [
        (f"entries/{entry}", (record, count, excerpt))
        for entry, _, _, excerpt, count in rows["mentions"]
    ]
    for entry, side, _, _, place, standing, quote in rows["quotes"]:
        if entry:
            found.append((f"entries/{entry}", (record, side, place, quote)))
        if side == "by":
            found.append(("sources", (record, entry, place, standing, quote)))
    found += [
        ("timeline", (record, anchor, date, title))
        for _, _, title, _, anchor, date in rows["moments"]
    ]
    return set(found)
