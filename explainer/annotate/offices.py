"""Find who is meant by an office or a bare word: the Home Secretary, the Court."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence

from explainer.annotate.gazetteer import Gazetteer
from explainer.annotate.grammar import Grammar
from explainer.annotate.name_spans import NameSpan
from explainer.model import Span

CIVIL = frozenset(
    "Mr Mrs Ms Miss Dr Sir Dame Lord Lady Rev Fr Sr Jr St Former Home Foreign".split()
)

Said = Mapping[str, Sequence[tuple[int, str]]]
"""For a word or two, where it was said of whom, in order."""


def find_offices(
    grammar: Grammar, names: Sequence[NameSpan], gazetteer: Gazetteer
) -> tuple[NameSpan, ...]:
    """Give each "the President" of whom the article has said that he or she is one.

    Of several it is the one so called last.
    """
    titles = gazetteer.titles
    starts = {one.span.start: one for one in names}
    covered = {i for one in names for i in grammar.inside(one.span)}
    called = titles_given(grammar, names, titles)
    bodies = bodies_named(names, gazetteer)
    found = []
    for index, word in enumerate(grammar.words):
        if index in covered or not word.text[0].isupper() or word.text.isupper():
            continue
        if not index or grammar.words[index - 1].text not in ("the", "The"):
            continue
        end = index
        while end < len(grammar.words) and _is_title(grammar, end, titles) and end not in covered:
            end += 1
        end = max(end, index + 1)
        follows = grammar.words[end] if end < len(grammar.words) else None
        if follows and (follows.span.start in starts or follows.tag in ("NNP", "NNPS")):
            continue
        span = Span(word.span.start, grammar.words[end - 1].span.end)
        said = span.of(grammar.text)
        if whom := latest(called.get(said, ()), span.start):
            found.append(NameSpan(span, said, "person", "office", means=whom))
        elif (body := latest(bodies.get(said, ()), span.start)) and end == index + 1:
            found.append(NameSpan(span, said, "organization", "office", means=body))
    return tuple(found)


def _is_title(grammar: Grammar, index: int, titles: frozenset[str]) -> bool:
    word = grammar.words[index].text
    return word[0].isupper() and word.rstrip(".") in titles


def titles_given(
    grammar: Grammar, names: Iterable[NameSpan], titles: frozenset[str]
) -> dict[str, list[tuple[int, str]]]:
    """Give whom each title stands before, in capitals: Home Secretary, and Secretary alone."""
    called: defaultdict[str, list[tuple[int, str]]] = defaultdict(list)
    for one in names:
        inside = grammar.inside(one.span)
        if one.kind != "person" or not inside:
            continue
        start = inside[0]
        while start and _is_title(grammar, start - 1, titles):
            start -= 1
        words = [grammar.words[i].text for i in range(start, inside[0])]
        for first in range(len(words)):
            if not set(words[first:]) <= CIVIL:
                called[" ".join(words[first:])].append((one.span.start, one.text))
    return called


def bodies_named(
    names: Iterable[NameSpan], gazetteer: Gazetteer
) -> dict[str, list[tuple[int, str]]]:
    """Give which body each telling word belongs to: the Court of "Supreme Court"."""
    bodies: defaultdict[str, list[tuple[int, str]]] = defaultdict(list)
    for one in names:
        words = one.text.split()
        if one.kind == "organization" and len(words) > 1 and not one.inner:
            for word in {words[0], words[-1]} & gazetteer.words["organization"]:
                bodies[word].append((one.span.start, one.text))
    return bodies


def latest(said: Sequence[tuple[int, str]], before: int) -> str:
    """Give of whom it was last said; empty where that was nobody."""
    return next((whom for start, whom in reversed(said) if start < before), "")
