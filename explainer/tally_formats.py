"""Who is cited, as a table for people, and as CSV and JSON for programs."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Mapping, Sequence
from typing import Any

from explainer.model import AnnotatedDocument, Entry
from explainer.tally import CitedSource, single_source_claims, source_words

_COLUMNS = ("name", "entry", "named", "standing", "claims", "words", "direct", "single", "via",
            "articles")  # fmt: skip
_WIDEST = 44


def as_csv(found: Sequence[CitedSource], entries: Mapping[str, Entry]) -> str:
    """A line for each source under a line of names; a cell never starts as a formula would."""
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(_COLUMNS)
    for one in found:
        row = (
            one.name, one.entry, "yes" if one.named else "no", one.standing, one.claims, one.words,
            one.direct, one.single, "; ".join(_chains(one, entries)), "; ".join(one.articles),
        )  # fmt: skip
        writer.writerow([_harmless(cell) for cell in row])
    return out.getvalue()


def _harmless(cell: str | int) -> str | int:
    """A text that a spreadsheet would run is given as the text it is."""
    return f"'{cell}" if isinstance(cell, str) and cell[:1] in ("=", "+", "-", "@", "\t") else cell


def _chains(one: CitedSource, entries: Mapping[str, Entry]) -> list[str]:
    return [
        " < ".join(entries[outlet].name if outlet in entries else outlet for outlet in chain)
        + (f" ({count})" if count > 1 else "")
        for chain, count in one.via
    ]


def as_json(
    found: Sequence[CitedSource],
    articles: Sequence[AnnotatedDocument],
    entries: Mapping[str, Entry],
) -> str:
    """An object: the sources, and the claims of each article that rest on one of them."""
    sources: list[dict[str, Any]] = [
        {
            "name": one.name,
            "entry": one.entry or None,
            "named": one.named,
            "standing": one.standing,
            "claims": one.claims,
            "words": one.words,
            "direct": one.direct,
            "single": one.single,
            "via": [{"outlets": list(chain), "claims": count} for chain, count in one.via],
            "articles": list(one.articles),
        }
        for one in found
    ]
    return json.dumps(
        {"sources": sources, "single_source_claims": _single(articles, entries)},
        ensure_ascii=False,
        indent=2,
    )


def _single(
    articles: Sequence[AnnotatedDocument], entries: Mapping[str, Entry]
) -> list[dict[str, str]]:
    return [
        {
            "article": article.document.slug,
            "claim": one.id,
            "source": ", ".join(entries[speaker].name for speaker in one.speaker)
            or source_words(one, article.document),
            "content": " … ".join(span.of(article.document.text) for span in one.content),
        }
        for article in articles
        for one in single_source_claims(article.attributions, article.document)
    ]


def as_table(
    found: Sequence[CitedSource],
    articles: Sequence[AnnotatedDocument],
    entries: Mapping[str, Entry],
) -> str:
    """A table of plain text, then sums, then the claims that rest on one source."""
    if not found:
        return "nobody is cited\n"
    head = ("source", "standing", "claims", "words", "direct", "single", "by way of")
    rows = [
        (
            _short(one.name if one.named else f"{one.name} (unnamed)"), one.standing,
            str(one.claims), str(one.words), str(one.direct), str(one.single),
            ", ".join(_chains(one, entries)),
        )
        for one in found
    ]  # fmt: skip
    widths = [max(len(row[n]) for row in (head, *rows)) for n in range(len(head))]
    lines = [_line(row, widths) for row in (head, *rows)]
    named = [one for one in found if one.named]
    single = _single(articles, entries)
    lines += [
        "",
        f"{len(named)} named and {len(found) - len(named)} unnamed sources in "
        f"{len(articles)} article{'s' if len(articles) != 1 else ''}",
    ]
    if single:
        lines += ["", "Claims told as fact that rest on one source:"]
        lines += [f"  {one['article']}: {one['claim']} ({_short(one['source'])})" for one in single]
    return "\n".join(lines) + "\n"


def _line(row: Sequence[str], widths: Sequence[int]) -> str:
    """Numbers stand on the right of their column, words on the left."""
    cells = [
        cell.rjust(width) if 2 <= n <= 5 else cell.ljust(width)
        for n, (cell, width) in enumerate(zip(row, widths, strict=True))
    ]
    return "  ".join(cells).rstrip()


def _short(words: str) -> str:
    return words if len(words) <= _WIDEST else f"{words[: _WIDEST - 1]}…"
