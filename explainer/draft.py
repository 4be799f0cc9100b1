"""The walk as far as annotate: what the program proposes for an article, with its evidence."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from pathlib import Path

from explainer.analyze import Analyzer
from explainer.annotate import annotate, mention_annotator
from explainer.annotate.drafting import draft_annotators
from explainer.annotate.noted import settle_annotator
from explainer.build import find_base
from explainer.config import SiteConfig
from explainer.errors import ArticleError, NotesError
from explainer.model import AnnotatedDocument, Document, Entry, Mention, Notes, Span
from explainer.parse import parse_article
from explainer.propose import propose_entries, propose_notes
from explainer.read import (
    base_path,
    display_path,
    notes_path,
    read_article,
    read_bytes,
    read_notes,
    read_text,
)
from explainer.write import write_atomically

Json = dict[str, object]


def draft_articles(
    paths: Sequence[Path], root: Path, entries: tuple[Entry, ...], analyzer: Analyzer
) -> Iterator[AnnotatedDocument]:
    """Draft each article, in the order given; what notes settle already stays settled.

    Raises:
        ExplainerError: An article or its notes can't be read.
    """
    sources = [read_article(path, root) for path in paths]
    documents = [parse_article(one) for one in sources]
    notes = [read_notes(path, root) or Notes("") for path in paths]
    bases = [
        find_base(source, note, document, path, root)
        for source, note, document, path in zip(sources, notes, documents, paths, strict=True)
    ]
    names = mention_annotator(entries)
    analyses = analyzer.analyze_all((one.text, one.blocks) for one in documents)
    walk = zip(documents, notes, bases, analyses, strict=True)
    for document, note, base, analysis in walk:
        annotators = (
            settle_annotator(note, base),
            names,
            *draft_annotators(entries, document.meta.date),
        )
        drafted = annotate(AnnotatedDocument(document, analysis), annotators)
        yield _as_suggestions(drafted)


def _as_suggestions(drafted: AnnotatedDocument) -> AnnotatedDocument:
    """The glossary's own mentions stay reviewed; what a rule found waits for an editor."""
    return replace(
        drafted,
        attributions=tuple(replace(one, status="suggested") for one in drafted.attributions),
        cards=tuple(replace(one, status="suggested") for one in drafted.cards),
    )


def draft_json(path: str, drafted: AnnotatedDocument) -> str:
    """One article's draft as one line of JSON; offsets count code points of its ``text``."""
    document = drafted.document
    line: Json = {
        "article": path,
        "text": document.text,
        "mentions": [
            {
                **_place(one.span, document),
                "kind": one.kind,
                "entry": one.entry,
                "status": "suggested",
            }
            for one in sorted((*drafted.mentions, *drafted.nested), key=_outer_first)
        ],
        "attributions": [
            {
                "id": one.id,
                "content": _places(one.content),
                "cue": _places(one.cue),
                "source": _places(one.source),
                "antecedent": _places(one.antecedent),
                "speaker": list(one.speaker),
                "via": list(one.via),
                "mode": one.mode,
                "standing": one.standing,
                "disputes": list(one.disputes),
                "evidence": one.evidence,
            }
            for one in drafted.attributions
        ],
        "dates": [
            {
                **_place(one.span, document),
                "type": one.type,
                "value": one.value,
                "relation": one.relation,
            }
            for one in drafted.dates
        ],
        "background": _background(drafted),
    }
    return json.dumps(line, ensure_ascii=False)


def _background(drafted: AnnotatedDocument) -> list[Json]:
    return [
        {
            **_place(card.when, drafted.document),
            "date": card.date.text if card.date else None,
            "title": card.title,
            "leans_on": _offsets(card.leans_on[0]),
        }
        for card in drafted.cards
        if card.when
    ]


def _outer_first(one: Mention) -> tuple[int, int]:
    return one.span.start, -one.span.end


def _place(span: Span, document: Document) -> Json:
    return {**_offsets(span), "exact": span.of(document.text)}


def _offsets(span: Span) -> Json:
    return {"start": span.start, "end": span.end}


def _places(spans: Iterable[Span]) -> list[Json]:
    return [_offsets(span) for span in spans]


def save_draft(path: Path, drafted: AnnotatedDocument, config: SiteConfig) -> list[str]:
    """Write one article's proposals beside it, and new entries to the glossary.

    What stands in those files already stays, comments and all. The article is kept beside
    its notes as it is now, so that they can be followed when it changes.

    Returns:
        The files that changed, as the user would name them.
    """
    suggested = config.content / "glossary" / "suggested.yaml"
    source = read_article(path, config.root)
    notes = read_notes(path, config.root) or Notes("")
    base = find_base(source, notes, drafted.document, path, config.root)
    changes = [
        (notes_path(path), propose_notes(drafted, _existing(notes_path(path)), base)),
        (suggested, propose_entries(drafted.proposed, _existing(suggested))),
    ]
    written = []
    for target, text in changes:
        if text and text != _existing(target):
            write_atomically(target, text.encode())
            written.append(display_path(target, config.root))
    keep_base(path, drafted.document, config.root)
    return written


def keep_base(path: Path, document: Document, root: Path) -> None:
    """Keep the article beside its notes, if they are notes on its present text."""
    notes = read_notes(path, root)
    if notes and notes.text == f"sha256:{document.digest}":
        write_atomically(base_path(path), read_bytes(path, path.name, ArticleError))


def _existing(path: Path) -> str | None:
    return read_text(path, path.name, NotesError) if path.is_file() else None
