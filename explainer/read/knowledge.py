"""Glossary and notes held against each other: nothing may name an entry that isn't there."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping

from explainer.errors import ArticleError, ExplainerError, GlossaryError, NotesError
from explainer.model import Document, Entry, Notes, Position
from explainer.read.glossary import undefined

_ENTRY_LINK = re.compile(r"\]\(#([^)\s]+)\)")


def entry_links(text: str) -> list[str]:
    """The entry ids that a summary or a card's body links to, in order."""
    return _ENTRY_LINK.findall(text)


def undefined_in_glossary(entries: Mapping[str, Entry]) -> list[ExplainerError]:
    """Summaries that link to an entry there is none of."""
    return [
        undefined(name, entries, entry.position, GlossaryError)
        for entry in entries.values()
        for name in entry_links(entry.summary)
        if name not in entries
    ]


def undefined_in_notes(notes: Notes, entries: Mapping[str, Entry]) -> list[ExplainerError]:
    """Entries and attributions that the notes name and that don't exist."""
    problems = [
        undefined(name, entries, place, NotesError)
        for name, place in _named(notes)
        if name not in entries
    ]
    known = {one.id for one in notes.attributions}
    for one in notes.attributions:
        for name in sorted(set(one.disputes) - known):
            message = f"'{one.id}' disputes '{name}', and no attribution is called that"
            place = one.position
            problems.append(NotesError(message, place.path, place.line, place.column))
    return problems


def undefined_in_article(document: Document, entries: Mapping[str, Entry]) -> list[ExplainerError]:
    """``[words](#entry)`` in the text that lead nowhere."""
    return [
        undefined(one.entry, entries, one.position, ArticleError)
        for one in document.overrides
        if one.entry is not None and one.entry not in entries
    ]


def _named(notes: Notes) -> Iterator[tuple[str, Position]]:
    for mention in notes.mentions:
        if mention.entry is not None and mention.status != "rejected":
            yield mention.entry, mention.at.position
    for card in notes.background:
        yield from _each((*card.entries, *entry_links(card.body)), card.position)
    for one in notes.attributions:
        yield from _each((*one.speaker, *one.via), one.position)


def _each(names: Iterable[str], place: Position) -> Iterator[tuple[str, Position]]:
    for name in names:
        yield name, place
