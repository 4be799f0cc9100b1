"""Propose entries for the people, places and bodies that the glossary doesn't know."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterable
from dataclasses import replace

from explainer.annotate.gazetteer import Gazetteer, load_gazetteer
from explainer.annotate.grammar import Grammar, read_grammar
from explainer.annotate.name_spans import (
    NameSpan,
    find_name_spans,
    join_halves,
    propagate,
)
from explainer.annotate.packed import countries_named, fill_entry
from explainer.annotate.referents import Referent, resolve
from explainer.annotate.roles import role_of
from explainer.model import Alias, AnnotatedDocument, Entry, Kind, Mention

BY = {
    "model": "names: the language model",
    "gazetteer": "names: a well-known name",
    "title": "names: a title before it",
    "words": "names: a word that tells",
    "again": "names: named elsewhere in the text",
}


def name_annotator(entries: tuple[Entry, ...]) -> Callable[[AnnotatedDocument], AnnotatedDocument]:
    """Give the annotator that adds suggested ``mentions`` and the ``proposed`` entries for them.

    What the glossary found, or an editor settled, is left as it is.
    """
    gazetteer = load_gazetteer()
    id_by_name = {
        name: entry.id
        for entry in entries
        for name in (entry.name, *(alias.text for alias in entry.aliases if not alias.after_name))
    }
    all_names = frozenset(id_by_name) | {a.text for entry in entries for a in entry.aliases}
    taken = frozenset(entry.id for entry in entries)

    def annotate_names(annotated: AnnotatedDocument) -> AnnotatedDocument:
        if annotated.analysis is None:
            return annotated
        grammar = read_grammar(annotated.analysis, annotated.document.text)
        names = names_in(annotated, grammar, gazetteer)
        referents = resolve(grammar.text, names, gazetteer)
        countries = countries_named(one.name for one in referents if one.kind == "place")
        closed = [one.span for one in annotated.mentions] + [
            one.span for one in (*annotated.document.overrides, *annotated.settled)
        ]
        mentions, proposed = [], []
        ids = set(taken) | {entry.id for entry in annotated.proposed}
        for referent in referents:
            free = [one for one in referent.names if not any(one.span.overlaps(s) for s in closed)]
            if not free:
                continue
            entry_id = known_id(referent, id_by_name)
            if entry_id is not None:
                # Where the glossary's own names were passed over there was a reason.
                free = [one for one in free if one.text not in all_names]
            if entry_id is None:
                after = grammar.text[referent.names[0].span.end :][:60]
                entry = fill_entry(propose_entry(referent, grammar, ids), countries, after)
                ids.add(entry.id)
                proposed.append(entry)
                entry_id = entry.id
            mentions += [_mention(one, entry_id, referent.kind) for one in free]
        return replace(
            annotated,
            mentions=tuple(sorted((*annotated.mentions, *mentions), key=lambda one: one.span)),
            proposed=(*annotated.proposed, *proposed),
        )

    return annotate_names


def names_in(
    annotated: AnnotatedDocument, grammar: Grammar, gazetteer: Gazetteer
) -> tuple[NameSpan, ...]:
    """Give every name of the article, those of its dropped parts left out."""
    assert annotated.analysis is not None
    document = annotated.document
    labelled = [(name.span, name.label) for name in annotated.analysis.names]
    names = find_name_spans(grammar, labelled, gazetteer, document.headline)
    names = tuple(join_halves(grammar, list(propagate(grammar.text, names, surnames(names)))))
    return tuple(
        one for one in names if not any(one.span.overlaps(part) for part in document.dropped)
    )


def surnames(names: Iterable[NameSpan]) -> list[tuple[str, Kind]]:
    """Give the last names of the people named in full, to be found on their own."""
    found: list[tuple[str, Kind]] = []
    for one in names:
        last = one.text.split()[-1]
        if one.kind == "person" and " " in one.text and len(last) > 2 and last[0].isupper():
            found.append((last, "person"))
    return found


def known_id(referent: Referent, id_by_name: dict[str, str]) -> str | None:
    for name in (referent.name, referent.known, *referent.forms):
        if name in id_by_name:
            return id_by_name[name]
    return None


def _mention(one: NameSpan, entry: str, kind: Kind) -> Mention:
    return Mention(one.span, entry, kind, "suggested", BY[one.by])


# ---- entries in the article's own words


def propose_entry(referent: Referent, grammar: Grammar, taken: Iterable[str]) -> Entry:
    """Make an entry that says of somebody only what the article says."""
    aliases = tuple(
        Alias(form, after_name=referent.kind == "person" and " " not in form)
        for form in referent.forms
    )
    return Entry(
        id=unique_id(referent.name, taken),
        name=referent.name,
        kind=referent.kind,
        aliases=aliases,
        role=role_of(grammar, [one.span for one in referent.names], referent.kind),
        status="suggested",
        proposed_by=BY[referent.names[0].by],
    )


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
