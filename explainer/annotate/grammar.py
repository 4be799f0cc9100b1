"""The words of an `Analysis` as a tree, and the questions that annotators ask of it."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Callable, Iterable, Iterator

from msgspec import Struct

from explainer.model import Analysis, Span, Word

VERBAL = frozenset({"VERB", "AUX"})
NOMINAL = frozenset({"NOUN", "PROPN", "PRON"})
SUBJECT = frozenset({"nsubj", "nsubjpass", "csubj", "expl"})


class Grammar(Struct, frozen=True):
    """Words with their children, sentence and subtree at hand; indexes are those of ``words``."""

    text: str
    words: tuple[Word, ...]
    sentences: tuple[tuple[int, int], ...]
    children: tuple[tuple[int, ...], ...]
    sentence_of: tuple[int, ...]
    starts: tuple[int, ...]

    def child(self, index: int, *deps: str) -> int | None:
        """Give the first child with one of these relations."""
        for one in self.children[index]:
            if self.words[one].dep in deps:
                return one
        return None

    def all_children(self, index: int, *deps: str) -> Iterator[int]:
        return (one for one in self.children[index] if self.words[one].dep in deps)

    def subtree(self, index: int, keep: Callable[[int], bool] | None = None) -> list[int]:
        """Give a word and all below it, in text order; ``keep`` says where to go on below."""
        found, waiting = [], [index]
        while waiting:
            one = waiting.pop()
            found.append(one)
            waiting += [c for c in self.children[one] if keep is None or keep(c)]
        return sorted(found)

    def ancestors(self, index: int) -> Iterator[int]:
        """Give the heads of a word, nearest first."""
        while (head := self.words[index].head) != index:
            yield head
            index = head

    def lemma(self, index: int) -> str:
        word = self.words[index]
        # The model's tables take "hoping" for a form of "hop".
        mended = word.lemma == "hop" and "hopp" not in word.text
        return "hope" if mended else word.lemma.lower()

    def inside(self, span: Span) -> range:
        """Give the words that lie within a span, whole or in part."""
        first = bisect_right(self.starts, span.start) - 1
        if first < 0 or self.words[first].span.end <= span.start:
            first += 1
        return range(first, bisect_left(self.starts, span.end))

    def head_of(self, indexes: Iterable[int]) -> int | None:
        """Give the word of a stretch whose own head lies outside it."""
        inside = list(indexes)
        for one in inside:
            head = self.words[one].head
            if head == one or not inside[0] <= head <= inside[-1]:
                return one
        return inside[-1] if inside else None

    def cover(self, indexes: Iterable[int]) -> Span | None:
        """Give the span from the first to the last of some words."""
        inside = sorted(indexes)
        if not inside:
            return None
        return Span(self.words[inside[0]].span.start, self.words[inside[-1]].span.end)


def read_grammar(analysis: Analysis, text: str) -> Grammar:
    """Make an analysis ready for questions; costs one pass over its words."""
    children: list[list[int]] = [[] for _ in analysis.words]
    for index, word in enumerate(analysis.words):
        if word.head != index:
            children[word.head].append(index)
    sentence_of = [0] * len(analysis.words)
    for number, (start, end) in enumerate(analysis.sentences):
        for index in range(start, end):
            sentence_of[index] = number
    return Grammar(
        text=text,
        words=analysis.words,
        sentences=analysis.sentences,
        children=tuple(map(tuple, children)),
        sentence_of=tuple(sentence_of),
        starts=tuple(word.span.start for word in analysis.words),
    )
