"""Front matter: the YAML at the top of a Markdown article, or beside a plain-text one."""

from __future__ import annotations

import re
from datetime import date, datetime
from zoneinfo import ZoneInfo

from explainer.errors import ArticleError, ExplainerError, raise_all
from explainer.fields import Fields, load_yaml
from explainer.model import Correction, Metadata, Provenance, SourceFile
from explainer.read.glossary import read_url
from explainer.shapes import ARTICLE, SOURCE


def split_front_matter(source: SourceFile) -> tuple[str, str, int]:
    """The front matter, the rest, and the line of the file at which the rest starts.

    Raises:
        ArticleError: A ``---`` opens the file and none closes it.
    """
    lines = source.text.split("\n")
    if lines[0].rstrip() != "---":
        return "", source.text, 1
    for number, line in enumerate(lines[1:], start=1):
        if line.rstrip() in ("---", "..."):
            return "\n".join(lines[1:number]), "\n".join(lines[number + 1 :]), number + 2
    raise ArticleError(
        "front matter starts here and no second '---' line ends it; "
        "close it, or if a rule is meant, write *** instead",
        source.path,
        1,
    )


def parse_metadata(text: str, path: str, first_line: int, time_zone: str = "UTC") -> Metadata:
    """Read the keys of an article's front matter; an absent title stays empty.

    A time that names no zone is one of `time_zone`.

    Raises:
        ArticleError: Not a mapping, an unknown key, a date that can't be; several as `Problems`.
    """
    value = load_yaml(text, path, ArticleError, first_line)
    if value is None:
        return Metadata("")
    if not isinstance(value.content, dict):
        raise ArticleError(
            "what stands between the '---' lines is not front matter (key: value); "
            "if rules are meant, write *** instead",
            path,
            value.position.line,
        )
    problems: list[ExplainerError] = []
    fields = Fields(value.content, value.position, "front matter", ArticleError, problems)
    fields.refuse_unknown(ARTICLE.keys)
    meta = Metadata(
        title=fields.text("title"),
        date=_moment(fields, "date", time_zone),
        updated=_moment(fields, "updated", time_zone),
        authors=fields.texts("authors"),
        summary=fields.text("summary"),
        language=fields.language("language"),
        tags=fields.texts("tags"),
        dateline=fields.text("dateline"),
        source=_provenance(fields),
        corrections=_corrections(fields),
    )
    raise_all(problems)
    return meta


def _moment(fields: Fields, key: str, time_zone: str) -> str:
    """An ISO 8601 day, or day and time; anything else is a problem."""
    text = fields.text(key)
    if not text:
        return ""
    try:
        if re.fullmatch(r"\d{4}-\d\d-\d\d", text):
            return date.fromisoformat(text).isoformat()
        if re.match(r"\d{4}-\d\d-\d\d[T ]\d\d:\d\d", text):
            moment = datetime.fromisoformat(text)
            return (
                moment if moment.tzinfo else moment.replace(tzinfo=ZoneInfo(time_zone))
            ).isoformat()
    except ValueError as fault:
        fields.problem(f"'{key}' can't be '{text}': {fault}", fields.place(key))
        return ""
    fields.problem(
        f"'{key}' must look like 2023-09-12 or 2023-09-12T09:38+09:00, not '{text}'",
        fields.place(key),
    )
    return ""


def _corrections(fields: Fields) -> tuple[Correction, ...]:
    """The oldest first."""

    def read(one: Fields) -> Correction | None:
        day, text = one.text("date", required=True), one.text("text", required=True)
        if not day or not text:
            return None
        try:
            return Correction(date.fromisoformat(day).isoformat(), text)
        except ValueError:
            one.problem(f"'date' must look like 2023-09-12, not '{day}'", one.place("date"))
            return None

    found = fields.records("corrections", read, "a correction", ("date", "text"))
    return tuple(sorted(found, key=lambda one: one.date))


def _provenance(fields: Fields) -> Provenance:
    def read(source: Fields) -> Provenance:
        url = source.text("url")
        return Provenance(
            source.text("publisher"),
            read_url(source, url, source.place("url")) if url else "",
            source.text("license"),
            source.text("file"),
            source.text("note"),
        )

    found = fields.records("source", read, "'source'", SOURCE.keys)
    return found[0] if found else Provenance()
