"""Propose entries for the people, places and bodies that the glossary doesn't know."""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping

from msgspec import Struct
from msgspec.structs import replace

from explainer.annotate.gazetteer import Gazetteer, load_gazetteer
from explainer.annotate.grammar import Grammar, read_grammar
from explainer.annotate.inner_names import find_inner_names
from explainer.annotate.mentions import doubt, position_of
from explainer.annotate.name_spans import (
    NameSpan,
    find_name_spans,
    join_halves,
    propagate,
)
from explainer.annotate.offices import find_offices
from explainer.annotate.packed import countries_named, fill_entry
from explainer.annotate.referents import Referent, resolve
from explainer.annotate.roles import role_of
from explainer.model import (
    Alias,
    AnnotatedDocument,
    Diagnostic,
    Document,
    Entry,
    Kind,
    Mention,
    Span,
)

BY = {
    "model": "names: the language model",
    "gazetteer": "names: a well-known name",
    "title": "names: a title before it",
    "words": "names: a word that tells",
    "again": "names: named elsewhere in the text",
    "office": "names: an office or a kind of body, said of the one named before",
    "pack": "names: a place of that name",
}


class Known(Struct, frozen=True):
    """What the glossary knows; ``settles`` are the names and short forms that only one has."""

    ids: frozenset[str]
    id_by_name: Mapping[str, str]
    settles: frozenset[str]


def name_annotator(entries: tuple[Entry, ...]) -> Callable[[AnnotatedDocument], AnnotatedDocument]:
    """Give the annotator that adds suggested ``mentions`` and the ``proposed`` entries for them.

    What the glossary found, or an editor settled, is left as it is. A surname that may be
    either of two people's is told, and stays unmarked.
    """
    gazetteer = load_gazetteer()
    known = Known(
        ids=frozenset(entry.id for entry in entries),
        id_by_name={
            name: entry.id
            for entry in entries
            for name in (entry.name, *(a.text for a in entry.aliases if not a.after_name))
        },
        settles=names_of_one(entries),
    )

    def annotate_names(annotated: AnnotatedDocument) -> AnnotatedDocument:
        if annotated.analysis is None:
            return annotated
        grammar = read_grammar(annotated.analysis, annotated.document.text)
        names = names_in(annotated, grammar, gazetteer)
        return name_referents(annotated, grammar, names, known, gazetteer)

    return annotate_names


def name_referents(
    annotated: AnnotatedDocument,
    grammar: Grammar,
    names: tuple[NameSpan, ...],
    known: Known,
    gazetteer: Gazetteer,
) -> AnnotatedDocument:
    """Add what the names of a text refer to: mentions, and entries where there are none."""
    document = annotated.document
    settled = (*document.overrides, *annotated.settled)
    closed = [one.span for one in annotated.mentions] + [one.span for one in settled]
    referents = resolve(grammar.text, names, gazetteer)
    countries = countries_named(one.name for one in referents if one.kind == "place")
    mentions, nested, proposed = list(annotated.mentions), [], list(annotated.proposed)
    for referent in referents:
        free = [one for one in referent.names if not any(one.span.overlaps(s) for s in closed)]
        marked = [one for one in free if not one.inner]
        entry_id = known_id(referent, known.id_by_name)
        if entry_id is not None:
            # Where the glossary's own names were passed over there was a reason.
            marked = [one for one in marked if one.text not in known.settles]
        elif marked:
            after = grammar.text[referent.names[0].span.end :][:60]
            taken = known.ids | {entry.id for entry in proposed}
            proposed.append(
                fill_entry(propose_entry(referent, grammar, document, taken), countries, after)
            )
            entry_id = proposed[-1].id
        entry_id = entry_id or slug_of(referent.name)
        mentions += [_mention(one, entry_id, referent.kind) for one in marked]
        nested += [_mention(one, entry_id, referent.kind) for one in free if one.inner]
    return replace(
        annotated,
        mentions=tuple(sorted(mentions, key=lambda one: one.span)),
        nested=tuple(sorted(nested, key=lambda one: one.span)),
        proposed=tuple(proposed),
        diagnostics=(*annotated.diagnostics, *doubts(document, names, referents)),
    )


def doubts(
    document: Document, names: Iterable[NameSpan], referents: Iterable[Referent]
) -> Iterator[Diagnostic]:
    """Tell of the surnames that may be either of two people's."""
    grouped = {one.span for referent in referents for one in referent.names}
    for one in names:
        if one.span not in grouped:
            owners = [r.name for r in referents if one.text in r.name.split()]
            yield doubt(document, one.span, owners)


def names_of_one(entries: Iterable[Entry]) -> frozenset[str]:
    """Give the names and short forms that only one entry has."""
    count = Counter(
        name for entry in entries for name in {entry.name, *(alias.text for alias in entry.aliases)}
    )
    return frozenset(name for name, owners in count.items() if owners == 1)


def names_in(
    annotated: AnnotatedDocument, grammar: Grammar, gazetteer: Gazetteer
) -> tuple[NameSpan, ...]:
    """Give every name of the article, those of its dropped parts left out."""
    assert annotated.analysis is not None
    document = annotated.document
    labelled = [(name.span, name.label) for name in annotated.analysis.names]
    names = find_name_spans(grammar, labelled, gazetteer, document.headline)
    names = tuple(join_halves(grammar, list(propagate(grammar.text, names, surnames(names)))))
    inner = find_inner_names(grammar, names, gazetteer)
    offices = find_offices(grammar, names, gazetteer)
    names = tuple(sorted((*names, *inner, *offices), key=_place))
    return tuple(
        one for one in names if not any(one.span.overlaps(part) for part in document.dropped)
    )


def _place(one: NameSpan) -> tuple[int, int]:
    """The longer name comes before those in it."""
    return one.span.start, -one.span.end


def surnames(names: Iterable[NameSpan]) -> list[tuple[str, Kind]]:
    """Give the last names of the people named in full, to be found on their own."""
    found: list[tuple[str, Kind]] = []
    for one in names:
        last = one.text.split()[-1]
        if one.kind == "person" and " " in one.text and len(last) > 2 and last[0].isupper():
            found.append((last, "person"))
    return found


def known_id(referent: Referent, id_by_name: Mapping[str, str]) -> str | None:
    for name in (referent.name, referent.known, *referent.forms):
        if name in id_by_name:
            return id_by_name[name]
    return None


def _mention(one: NameSpan, entry: str, kind: Kind) -> Mention:
    return Mention(one.span, entry, kind, "suggested", BY[one.by])


# ---- entries in the article's own words


def propose_entry(
    referent: Referent, grammar: Grammar, document: Document, taken: Iterable[str]
) -> Entry:
    """Make an entry that says of somebody only what the article says, and where it says so."""
    aliases = tuple(
        Alias(form, after_name=referent.kind == "person" and " " not in form)
        for form in referent.forms
    )
    spans = [one.span for one in referent.names]
    role = role_of(grammar, spans, referent.kind)
    found_by = BY[referent.names[0].by]
    return Entry(
        id=unique_id(referent.name, taken),
        name=referent.name,
        kind=referent.kind,
        aliases=aliases,
        role=role.of(grammar.text) if role else "",
        status="suggested",
        proposed_by=f"{found_by}; {said_at(document, role)}" if role else found_by,
    )


def said_at(document: Document, span: Span) -> str:
    """Quote the words of a place and say where it is: "…", content/articles/story.md:7."""
    place = position_of(document, span.start)
    return f"“{' '.join(span.of(document.text).split())}”, {place.path}:{place.line}"


def unique_id(name: str, taken: Iterable[str]) -> str:
    """Make an id that can be read, and isn't taken."""
    slug = slug_of(name) or "entry"
    number, used = 1, set(taken)
    while (made := slug if number == 1 else f"{slug}-{number}") in used:
        number += 1
    return made


def slug_of(words: str) -> str:
    """Give lower-case ASCII letters and digits with hyphens between."""
    plain = unicodedata.normalize("NFKD", words).encode("ascii", "ignore").decode().lower()
    return re.sub(r"[^a-z0-9]+", "-", plain.replace("'", "").replace(".", "")).strip("-")
