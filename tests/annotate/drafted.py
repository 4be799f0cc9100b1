"""Drafts for tests: with the language model, or from words tagged by hand."""

from __future__ import annotations

import re

from explainer.analyze import Analyzer, lines_of
from explainer.annotate import mention_annotator
from explainer.annotate.drafting import draft_annotators
from explainer.model import (
    Analysis,
    AnnotatedDocument,
    Document,
    Entry,
    Metadata,
    Span,
    Word,
)


def make_document(text: str, date: str = "") -> Document:
    """A plain-text article, its first line the headline."""
    blocks = lines_of(text)
    meta = Metadata(title=blocks[0].of(text), date=date)
    return Document(
        path="story.txt",
        slug="story",
        meta=meta,
        text=text,
        digest="0" * 64,
        blocks=blocks,
        headline=blocks[0],
    )


def draft(
    analyzer: Analyzer, text: str, date: str = "", entries: tuple[Entry, ...] = ()
) -> AnnotatedDocument:
    document = make_document(text, date)
    annotated = AnnotatedDocument(document, analyzer(text, document.blocks))
    for annotate in (mention_annotator(entries), *draft_annotators(entries)):
        annotated = annotate(annotated)
    return annotated


def tag_words(text: str) -> Analysis:
    """An analysis without a grammar: each word a noun, a capital a name, a line a sentence."""
    words: list[Word] = []
    sentences: list[tuple[int, int]] = []
    for line in lines_of(text):
        start = len(words)
        for match in re.finditer(r"\w+|[^\w\s]", line.of(text)):
            word = match.group()
            span = Span(line.start + match.start(), line.start + match.end())
            tag = "CD" if word.isdigit() else "NNP" if word[0].isupper() else "NN"
            pos = "NOUN" if word.isalnum() else "PUNCT"
            words.append(Word(span, word, word.lower(), tag, pos, "dep", len(words)))
        sentences.append((start, len(words)))
    return Analysis("by hand", tuple(words), tuple(sentences), ())


def words_of(spans: tuple[Span, ...], text: str) -> str:
    return " … ".join(span.of(text) for span in spans)
