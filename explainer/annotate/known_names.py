"""The names of a glossary, by what an article asks of them."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator
from functools import cached_property
from itertools import chain
from typing import Protocol

from explainer.annotate.matching import Name, NameMatcher, forms_of
from explainer.folding import fold
from explainer.model import Entry


class KnownNames(Protocol):
    """The names of all entries."""

    def prepare(self, articles: int) -> None:
        """So many articles will ask; processes that are forked after this have what they need."""

    def matcher(self, texts: Iterable[str]) -> NameMatcher:
        """What finds every name that stands in `texts`; in others it may pass over some."""

    def has(self, text: str) -> bool:
        """Whether this is a name of an entry, letter by letter."""


class AllNames:
    """The names of entries that are all at hand; one automaton, made when it is first asked for."""

    def __init__(self, entries: Collection[Entry]) -> None:
        self._entries = entries

    @cached_property
    def _matcher(self) -> NameMatcher:
        return NameMatcher(all_forms(self._entries))

    @cached_property
    def _names(self) -> frozenset[str]:
        return frozenset(chain.from_iterable(map(names_of, self._entries)))

    def prepare(self, articles: int = 1) -> None:
        if articles:
            self._matcher  # noqa: B018

    def matcher(self, texts: Iterable[str]) -> NameMatcher:
        return self._matcher

    def has(self, text: str) -> bool:
        return text in self._names


def all_forms(entries: Iterable[Entry]) -> Iterator[tuple[str, Name]]:
    """What `NameMatcher` takes."""
    return chain.from_iterable(map(forms_of, entries))


def names_of(entry: Entry) -> Iterator[str]:
    """The name and the aliases as they are written, but for those of nothing visible."""
    for text in (entry.name, *(alias.text for alias in entry.aliases)):
        if fold(text).text.strip():
            yield text
