"""One article as the T checks see it: sentences by their punctuation, and no language model."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from datetime import date

from msgspec import Struct

from explainer.annotate import position_of
from explainer.model import AnnotatedDocument, Document, Entry, Position, Span

_ABBREVIATIONS = frozenset(
    """mr mrs ms dr prof gen lt col sgt capt cmdr gov sen rep rev hon st jr sr inc corp co ltd no
    vs etc jan feb mar apr jun jul aug sep sept oct nov dec mon tue tues wed thu thur thurs fri sat
    sun art fig vol pp ca cf approx dept est""".split()
)
_END = re.compile(r"[.!?…][\"”’»)\]]*(?=\s+[\"“‘«(\[]*[^\W_a-z])")
_OPENERS = re.compile(
    r"\s+[\"“‘]?(?:The|A|An|It|He|She|They|We|I|But|And|In|On|At|This|That|These|Those|His|Her|Its"
    r"|Their|There|When|After|Before|As|If|For|With|Some|Many|No)\b"
)
_NAME = re.compile(r"\b[^\W\d_a-z][\w’'-]*")


class Finding(Struct, frozen=True):
    """What a T check has found, and where in the text it is."""

    code: str
    message: str
    span: Span


class Story(Struct, frozen=True):
    """An article's text with its paragraphs and sentences, the headline not among them.

    ``published`` is None where the article gives no date. ``places`` are the entries' own time
    zones by name.
    """

    document: Document
    paragraphs: tuple[Span, ...]
    sentences: tuple[Span, ...]
    published: date | None
    people: tuple[tuple[Entry, Span], ...] = ()
    zones: Mapping[str, str] | None = None

    @property
    def text(self) -> str:
        return self.document.text

    @property
    def headline(self) -> str:
        return self.document.meta.title

    def sentence_at(self, offset: int) -> Span:
        """The sentence around an offset; the paragraph, or the place alone, if there is none."""
        for spans in (self.sentences, self.paragraphs):
            for one in spans:
                if one.start <= offset < one.end:
                    return one
        return Span(offset, offset + 1)

    def paragraph_at(self, offset: int) -> Span:
        found = [one for one in self.paragraphs if one.start <= offset < one.end]
        return found[0] if found else Span(offset, offset + 1)


TextCheck = Callable[[Story], Iterable[Finding]]


def read_story(article: AnnotatedDocument, entries: Iterable[Entry] = ()) -> Story:
    """Give the story of an article; `entries` tell ages and time zones where they know them."""
    document = article.document
    paragraphs = tuple(
        block
        for block in document.blocks
        if block != document.headline and block not in document.dropped
    )
    by_id = {entry.id: entry for entry in entries}
    people = tuple(
        (by_id[one.entry], one.span)
        for one in article.mentions
        if one.entry in by_id and by_id[one.entry].born is not None
    )
    zones = {
        name: entry.time_zone
        for entry in by_id.values()
        if entry.time_zone
        for name in (entry.name, *(alias.text for alias in entry.aliases))
    }
    sentences = tuple(one for block in paragraphs for one in split_sentences(document.text, block))
    return Story(document, paragraphs, sentences, _day(document.meta.date), people, zones)


def split_sentences(text: str, block: Span) -> Iterator[Span]:
    """Give the sentences of one paragraph, by their punctuation."""
    start = block.start
    for found in _END.finditer(text, block.start, block.end):
        if not _is_end(text, found, block.end):
            continue
        yield from _trimmed(text, start, found.end())
        start = found.end()
    yield from _trimmed(text, start, block.end)


def _is_end(text: str, found: re.Match[str], end: int) -> bool:
    if text[found.start()] != ".":
        return True
    word = re.search(r"[\w.]*\Z", text[max(0, found.start() - 12) : found.start()])
    before = word[0] if word else ""
    if "." in before or (len(before) == 1 and before.isalpha()):  # a.m., U.S., an initial
        return _OPENERS.match(text, found.end(), end) is not None and not before.isupper()
    return before.lower() not in _ABBREVIATIONS


def _trimmed(text: str, start: int, end: int) -> Iterator[Span]:
    words = text[start:end]
    start += len(words) - len(words.lstrip())
    end -= len(words) - len(words.rstrip())
    if start < end:
        yield Span(start, end)


def _day(published: str) -> date | None:
    try:
        return date.fromisoformat(published[:10])
    except ValueError:
        return None


def place_of(document: Document, offset: int) -> Position:
    """The line, and in a plain text, which is what its file is, the column as well."""
    place = position_of(document, offset)
    if not document.path.endswith(".txt"):
        return place
    column = offset - document.text.rfind("\n", 0, offset)
    return Position(place.path, place.line, column)


def names_in(words: str) -> set[str]:
    """Give the capitalized words, a possessive’s ending left off."""
    return {re.sub(r"[’']s?\Z", "", found) for found in _NAME.findall(words)}


def shortened(words: str, most: int = 60) -> str:
    words = " ".join(words.split())
    return words if len(words) <= most else f"{words[: most - 1]}…"
