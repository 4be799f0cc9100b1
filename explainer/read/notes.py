"""Notes files: what editors, and the program before them, say of one article."""

from __future__ import annotations

import re
from pathlib import Path

from explainer.errors import ExplainerError, NotesError, raise_all
from explainer.fields import Fields, Value, load_yaml
from explainer.model import (
    MODES,
    STANDINGS,
    STATUSES,
    AttributionNote,
    CardNote,
    MentionNote,
    Notes,
    Selector,
)
from explainer.read.articles import base_path
from explainer.read.files import Snapshot, display_path, read_text
from explainer.read.glossary import read_id, read_references
from explainer.shapes import ATTRIBUTION, CARD, CARD_KINDS, DIGEST, MENTION, NOTES, SELECTOR


def notes_path(article: Path) -> Path:
    """Where the notes of an article lie: ``<slug>.notes.yaml`` beside it."""
    return article.with_name(f"{article.stem}.notes.yaml")


def inputs_of(article: Path) -> tuple[Path, ...]:
    """The article, and every file beside it that has a say in its page, there or not."""
    beside = (article.with_suffix(".yaml"),) if article.suffix == ".txt" else ()
    return (article, *beside, notes_path(article), base_path(article))


def read_notes(article: Path, root: Path, files: Snapshot | None = None) -> Notes | None:
    """The notes beside an article; None where there are none.

    Args:
        files: Where they may have been read already.

    Raises:
        NotesError: Anything wrong in them; several as `Problems`.
    """
    path, files = notes_path(article), files or Snapshot()
    return read_notes_file(path, root, files) if files.holds(path) else None


def read_notes_file(path: Path | None, root: Path, files: Snapshot | None = None) -> Notes:
    """The notes in a file; without one, none.

    Raises:
        NotesError: See `read_notes`.
    """
    if path is None:
        return Notes("")
    name = display_path(path, root)
    return parse_notes(read_text(path, name, NotesError, files), name)


def parse_notes(text: str, path: str) -> Notes:
    value = load_yaml(text, path, NotesError)
    if value is None:
        return Notes(path)
    problems: list[ExplainerError] = []
    fields = Fields.of(value, "a notes file", NotesError, problems)
    if fields is None:
        raise problems[0]
    fields.refuse_unknown(NOTES.keys)
    notes = Notes(
        path=path,
        text=_digest(fields),
        mentions=fields.records("mentions", _mention, "a mention", MENTION.keys),
        background=fields.records("background", _card, "a background card", CARD.keys),
        attributions=fields.records(
            "attributions", _attribution, "an attribution", ATTRIBUTION.keys
        ),
    )
    _refuse_doubles(fields, notes)
    raise_all(problems)
    return notes


def _digest(fields: Fields) -> str:
    digest = fields.text("text")
    if digest and not re.fullmatch(DIGEST, digest):
        fields.problem("'text' is sha256: and 64 hex digits; draft writes it", fields.place("text"))
    return digest


def _mention(fields: Fields) -> MentionNote | None:
    selectors = _selectors(fields, "at", required=True)
    if not fields.has("entry"):
        fields.problem("a mention needs an 'entry': an id, or null for none")
    if not selectors:
        return None
    entry = fields.text("entry") or None
    return MentionNote(selectors[0], entry, fields.choice("status", STATUSES, "reviewed"))


def _card(fields: Fields) -> CardNote:
    return CardNote(
        id=read_id(fields),
        title=fields.text("title", required=True),
        body=fields.text("body"),
        leans_on=_selectors(fields, "leans_on", required=True),
        date=fields.edtf("date"),
        kind=fields.choice("kind", CARD_KINDS, "history"),
        entries=fields.texts("entries"),
        sources=read_references(fields),
        status=fields.choice("status", STATUSES, "reviewed"),
        position=fields.position,
    )


def _attribution(fields: Fields) -> AttributionNote:
    return AttributionNote(
        id=read_id(fields),
        content=_selectors(fields, "content", required=True),
        source=_selectors(fields, "source"),
        cue=_selectors(fields, "cue"),
        antecedent=_selectors(fields, "antecedent"),
        speaker=fields.texts("speaker"),
        via=fields.texts("via"),
        mode=fields.choice("mode", MODES, "indirect"),
        standing=fields.choice("standing", STANDINGS, "other"),
        disputes=fields.texts("disputes"),
        status=fields.choice("status", STATUSES, "reviewed"),
        position=fields.position,
    )


def _selectors(fields: Fields, key: str, *, required: bool = False) -> tuple[Selector, ...]:
    """Selectors of a list, or of one mapping; a bare text counts as ``exact``."""
    found = []
    for item in fields.items(key):
        selector = _selector(item, key, fields)
        if selector is not None:
            found.append(selector)
    if required and not found and not fields.items(key):
        code = "B005" if key == "leans_on" else ""
        fields.problem(f"{fields.what} needs '{key}': [{{exact: words of the article}}]", code=code)
    return tuple(found)


def _selector(item: Value, key: str, fields: Fields) -> Selector | None:
    if isinstance(item.content, str):
        return Selector(item.content, position=item.position)
    selector = Fields.of(item, f"'{key}'", fields.error, fields.problems)
    if selector is None:
        return None
    selector.refuse_unknown(SELECTOR.keys)
    exact = _raw(selector, "exact")
    if not exact.strip():
        selector.problem(f"'{key}' needs 'exact': words of the article")
        return None
    return Selector(exact, _raw(selector, "prefix"), _raw(selector, "suffix"), item.position)


def _raw(selector: Fields, key: str) -> str:
    """The text as it is: a selector's spaces are part of what it matches."""
    value = selector.mapping.get(key)
    return value.content if value is not None and isinstance(value.content, str) else ""


def _refuse_doubles(fields: Fields, notes: Notes) -> None:
    """Cards and attributions become ids of the page, so each of a kind is named once."""
    _refuse_double_ids(fields, notes.background, "a background card")
    _refuse_double_ids(fields, notes.attributions, "an attribution")


def _refuse_double_ids(
    fields: Fields,
    records: tuple[CardNote, ...] | tuple[AttributionNote, ...],
    what: str,
) -> None:
    first: dict[str, int] = {}
    for record in records:
        line = first.setdefault(record.id, record.position.line)
        if record.id and line != record.position.line:
            fields.problem(
                f"{what} called '{record.id}' stands here a second time; "
                f"the first is in line {line}",
                record.position,
            )
