"""One article on an editor's desk: its text, its notes and the glossary, as they are now."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cached_property, lru_cache

from msgspec import Struct

from explainer.annotate import Annotator, annotate, mention_annotator, noted_annotators
from explainer.annotate.noted import NotedAnchor, noted_anchors
from explainer.model import AnnotatedDocument, Document, Entry, Notes
from explainer.read import parse_glossary, parse_notes
from explainer.yaml_text import YamlText

NEW_ENTRIES = "content/glossary/entries.yaml"
SETTINGS = "explainer.yaml"


class Case(Struct, frozen=True, dict=True):
    """``files`` are texts with LF line ends, by their path from the site's folder.

    ``base`` is the article as its notes know it, where it has changed since.
    """

    document: Document
    base: Document | None
    notes_path: str
    files: Mapping[str, str]
    notes: Notes
    entries: tuple[Entry, ...]

    @property
    def notes_text(self) -> str:
        return self.files.get(self.notes_path, "")

    @cached_property
    def entry_by_id(self) -> Mapping[str, Entry]:
        return {entry.id: entry for entry in self.entries}

    @cached_property
    def anchors(self) -> list[NotedAnchor]:
        return noted_anchors(self.document, self.notes, self.base)

    @cached_property
    def notes_yaml(self) -> YamlText:
        return YamlText(self.notes_text)

    @cached_property
    def annotated(self) -> AnnotatedDocument:
        """The article with everything that isn't rejected."""
        annotators = noted_annotators(self.notes, _names_of(self.entries), self.base)
        return annotate(AnnotatedDocument(self.document), annotators)


def make_case(
    document: Document, base: Document | None, notes_path: str, files: Mapping[str, str]
) -> Case:
    """Read the notes and the glossary out of their texts.

    Raises:
        ExplainerError: Something in them can't be read.
    """
    notes = notes_of(files.get(notes_path, ""), notes_path)
    glossary = tuple(
        (path, text) for path, text in sorted(files.items()) if path.startswith("content/glossary/")
    )
    return Case(document, base, notes_path, files, notes, _entries_of(glossary))


@lru_cache(maxsize=8)
def notes_of(text: str, path: str) -> Notes:
    return parse_notes(text, path)


@lru_cache(maxsize=2)
def _entries_of(glossary: tuple[tuple[str, str], ...]) -> tuple[Entry, ...]:
    entries: list[Entry] = []
    for path, text in glossary:
        found, problems = _parsed(path, text)
        if problems:
            raise problems[0]
        entries += found
    return tuple(sorted(entries, key=lambda one: one.id))


@lru_cache(maxsize=64)
def _parsed(path: str, text: str) -> tuple[tuple[Entry, ...], tuple[Exception, ...]]:
    found, problems = parse_glossary(text, path)
    return tuple(found), tuple(problems)


@lru_cache(maxsize=2)
def _names_of(entries: tuple[Entry, ...]) -> Annotator:
    return mention_annotator(entries)
