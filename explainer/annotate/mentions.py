"""Glossary names become mentions, under the rules that keep a wrong link from being made."""

from __future__ import annotations

from bisect import bisect_right
from collections import ChainMap
from collections.abc import Callable, Iterable, Iterator, Mapping
from itertools import accumulate
from typing import cast

from msgspec import Struct
from msgspec.structs import replace

from explainer.annotate.known_names import AllNames, KnownNames, all_forms
from explainer.annotate.matching import Candidate, Name, NameMatcher, longest
from explainer.annotate.unknown_names import part_of_longer_name
from explainer.folding import fold
from explainer.model import (
    AnnotatedDocument,
    Diagnostic,
    Document,
    Entry,
    Mention,
    Override,
    Position,
    Span,
)

Annotator = Callable[[AnnotatedDocument], AnnotatedDocument]


class _Found(Struct, frozen=True):
    """A candidate in the document's own offsets."""

    span: Span
    names: tuple[Name, ...]


def mention_annotator(entries: tuple[Entry, ...]) -> Annotator:
    """See `name_annotator`; of entries that are all at hand."""
    names = AllNames(entries)
    names.prepare()
    return name_annotator({entry.id: entry for entry in entries}, names)


def name_annotator(entries: Mapping[str, Entry], names: KnownNames) -> Annotator:
    """An annotator that fills ``mentions`` from the glossary's names.

    The longest name wins. A short form counts only after its full name (the title counts),
    and not where two people share it. An occurrence settled in the text or in the notes is
    as settled; one that waits for an editor's word stays unmarked.
    """

    def annotate(annotated: AnnotatedDocument) -> AnnotatedDocument:
        document = annotated.document
        local = abbreviation_entries(document, names)
        known = entries
        if local:
            own = {entry.id: entry for entry in local}
            known = ChainMap(own, cast(dict[str, Entry], entries))
        matcher = names.matcher(_searched_in(document))
        matchers = (matcher, NameMatcher(all_forms(local))) if local else (matcher,)
        settled = (*document.overrides, *annotated.settled)
        found = _without_settled(_find(document, matchers), settled)
        seen = _names_in_title(document.meta.title, matcher)
        mentions, doubts = _choose(document, found, settled, known, seen)
        return replace(
            annotated,
            mentions=mentions,
            proposed=tuple(dict.fromkeys((*annotated.proposed, *local))),
            diagnostics=tuple(dict.fromkeys((*annotated.diagnostics, *doubts))),
        )

    return annotate


def _searched_in(document: Document) -> Iterator[str]:
    yield document.meta.title
    for block in document.blocks:
        yield block.of(document.text)


def abbreviation_entries(document: Document, names: KnownNames) -> tuple[Entry, ...]:
    """An entry for each ``*[KCNA]: …`` of the article that the glossary doesn't name."""
    made = []
    for short, words in document.abbreviations:
        if not names.has(short):
            slug = "".join(char if char.isalnum() else "-" for char in short.lower()).strip("-")
            made.append(Entry(f"abbreviation-{slug}", short, "term", summary=words))
    return tuple({entry.id: entry for entry in made}.values())


def _find(document: Document, matchers: Iterable[NameMatcher]) -> list[_Found]:
    """The longest names of each paragraph, those inside unknown longer names left out."""
    dropped = document.dropped
    blocks = [one for one in document.blocks if not any(map(one.overlaps, dropped))]
    paragraphs = [fold(block.of(document.text)) for block in blocks]
    text = "\n".join([one.text for one in paragraphs])
    starts = [0, *accumulate(len(one.text) + 1 for one in paragraphs)]
    candidates = longest(one for matcher in matchers for one in matcher.find(text))
    covered = _cover(text, candidates)
    found = []
    for one in candidates:
        if part_of_longer_name(text, one.start, one.end, covered):
            continue
        number = bisect_right(starts, one.start) - 1
        before, offset = starts[number], blocks[number].start
        start, end = paragraphs[number].original(one.start - before, one.end - before)
        found.append(_Found(Span(start + offset, end + offset), one.names))
    return found


def _cover(text: str, candidates: list[Candidate]) -> bytearray:
    """For each character whether a name covers it."""
    covered = bytearray(len(text))
    for one in candidates:
        covered[one.start : one.end] = b"\1" * len(one)
    return covered


def _without_settled(found: list[_Found], settled: tuple[Override, ...]) -> list[_Found]:
    taken = [other.span for other in settled if other.status != "rejected"]
    if not taken:
        return found
    return [one for one in found if not any(one.span.overlaps(other) for other in taken)]


def _names_in_title(title: str, matcher: NameMatcher) -> set[str]:
    names = (name for one in longest(matcher.find(fold(title).text)) for name in one.names)
    return {name.entry for name in names if not name.short}


def _choose(
    document: Document,
    found: list[_Found],
    settled: tuple[Override, ...],
    known: Mapping[str, Entry],
    seen: set[str],
) -> tuple[tuple[Mention, ...], list[Diagnostic]]:
    """One entry for each occurrence, in text order; what two might be named is told instead."""
    mentions: list[Mention] = []
    doubts: list[Diagnostic] = []
    decided: list[_Found | Override] = [*found, *_effective(settled, known)]
    for one in sorted(decided, key=lambda one: one.span):
        if isinstance(one, Override):
            if one.entry is not None and one.status == "reviewed":
                seen.add(one.entry)
                mentions.append(
                    Mention(
                        one.span, one.entry, known[one.entry].kind, known[one.entry].status, "notes"
                    )
                )
            continue
        full = {name.entry for name in one.names if not name.short}
        fits = full | {name.entry for name in one.names if name.short and name.entry in seen}
        if len(fits) > 1:
            doubts.append(doubt(document, one.span, sorted(fits)))
        elif fits:
            entry = known[fits.pop()]
            if full:
                seen.add(entry.id)
            mentions.append(Mention(one.span, entry.id, entry.kind, entry.status))
    return tuple(mentions), doubts


def _effective(settled: tuple[Override, ...], known: Mapping[str, Entry]) -> list[Override]:
    """The overrides that name something, each place once: the text's own word comes first."""
    kept: list[Override] = []
    for one in settled:
        if one.status == "rejected" or (one.entry is not None and one.entry not in known):
            continue
        if not any(one.span.overlaps(other.span) for other in kept):
            kept.append(one)
    return kept


def doubt(document: Document, span: Span, entries: list[str]) -> Diagnostic:
    """Tell that a name may be that of several entries, and so stays unmarked."""
    message = (
        f"'{span.of(document.text)}' may be {' or '.join(entries)}; "
        "it stays unmarked until the notes say which"
    )
    return Diagnostic("G004", message, position_of(document, span.start))


def position_of(document: Document, offset: int) -> Position:
    """The line of the article's file on which a text offset stands."""
    starts = [start for start, _ in document.lines]
    index = bisect_right(starts, offset) - 1
    if index < 0:
        return Position(document.path, 1)
    start, line = document.lines[index]
    return Position(document.path, line + document.text.count("\n", start, offset))
