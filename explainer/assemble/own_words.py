"""What an article asserts in its own name: its text but for claims, their sources and cues."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import groupby
from operator import attrgetter

from msgspec import Struct

from explainer.assemble.words import shorten
from explainer.model import Attribution, Document, OwnView, Span

QUOTE_LENGTH = 140
"""Of a passage in the list of them: what it takes to know it again; the link leads to the whole."""

FEWEST_WORDS = 3
"""What is left of a sentence beside a claim (", as", "in July") asserts nothing."""

_UNSPACED = re.compile(r"[\u3040-\u30ff\u3400-\u9fff]")
_WORD = re.compile(rf"{_UNSPACED.pattern}|\w[\w’'-]*")
"""Where there are no spaces between words each character counts as one."""
_NO_WORDS = frozenset((*"-–—…,;:.،؛、，；", "..."))
_CLOSING = " \t\n.,;:!?…”’»)]—–-"
_LEADING_IN = re.compile(r"(?<=\S)\s*[,;:،؛、，；—–]\s*[^,;:،؛、，；—–.!?]*$")
"""The last clause of what runs into a claim."""


class Own(Struct, frozen=True):
    """The passages without a source, in the order of the text; ``share`` is in percent of words."""

    spans: tuple[Span, ...] = ()
    share: int = 0


def own_words(document: Document, attributions: Sequence[Attribution]) -> Own:
    """What is nobody else's, headings and code left out.

    None where nothing is attributed: the lens has then nothing to tell apart.
    """
    if not attributions:
        return Own()
    taken = sorted(span for one in attributions for span in (*one.content, *one.source, *one.cue))
    found: list[Span] = []
    own = total = 0
    for paragraph in _paragraphs(document):
        all_words = _count(paragraph, document)
        total += all_words
        for gap in _gaps(paragraph, taken):
            span = _trimmed(_let_go(gap, paragraph, document), document.text)
            if span is None:
                continue
            words = all_words if gap == paragraph else _count(span, document)
            if words >= FEWEST_WORDS:
                found.append(span)
                own += words
    return Own(tuple(found), round(100 * own / total) if total else 0)


def own_views(spans: Sequence[Span], document: Document) -> tuple[OwnView, ...]:
    return tuple(
        OwnView(f"own-{number}", shorten(span.of(document.text), QUOTE_LENGTH))
        for number, span in enumerate(spans, start=1)
    )


def _count(span: Span, document: Document) -> int:
    text = span.of(document.text)
    if not text.isascii() and _UNSPACED.search(text):
        return len(_WORD.findall(text))
    words = text.split()
    if _NO_WORDS.isdisjoint(words):
        return len(words)
    return len([one for one in words if one not in _NO_WORDS])


def _paragraphs(document: Document) -> Iterator[Span]:
    """What marks can wrap, paragraph by paragraph."""
    for token, runs in groupby(document.runs, key=attrgetter("token")):
        if token and document.tokens[token - 1].type == "heading_open":
            continue
        first, *others = runs
        yield Span(first.span.start, (others or [first])[-1].span.end)


def _gaps(whole: Span, taken: Sequence[Span]) -> Iterator[Span]:
    """What `taken` leaves of a span; those of them that begin first come first."""
    start, end = whole.start, whole.end
    for span in taken:
        if span.start >= end:
            break
        if span.end > start:
            if start < span.start:
                yield Span(start, span.start)
            start = span.end
    if start < end:
        yield Span(start, end)


def _let_go(gap: Span, paragraph: Span, document: Document) -> Span:
    """Without the word or two that only lead into the claim behind it: ", sparking"."""
    clause = _LEADING_IN.search(gap.of(document.text)) if gap.end < paragraph.end else None
    if not clause:
        return gap
    last = Span(gap.start + clause.start(), gap.end)
    few = 0 < _count(last, document) < FEWEST_WORDS
    return Span(gap.start, last.start) if few else gap


def _trimmed(span: Span, text: str) -> Span | None:
    """Without what closes the claim before it, and the space around it."""
    words = span.of(text)
    start = span.end - len(words.lstrip(_CLOSING))
    end = span.start + len(words.rstrip())
    return Span(start, end) if start < end else None
