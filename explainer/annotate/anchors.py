"""Where a selector stands in a text: the words an editor quoted, found again or refused.

The selector is the W3C Web Annotation model's TextQuoteSelector. Quotation marks, hyphens,
white space and Unicode forms compare as `folding.fold` has them.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from difflib import SequenceMatcher
from functools import cached_property, lru_cache
from heapq import nlargest
from itertools import accumulate

from explainer.annotate.following import Sentences, alike, joined
from explainer.folding import Folded, fold
from explainer.model import Anchor, Selector, Span

FUZZY = 0.75
"""Similarity (difflib's ratio) from which a passage counts as the quoted one, changed."""

DOUBLE = 0.8
"""Share of words in common from which two sentences could be taken for each other."""

NEAR = 0.5
"""Similarity from which it is worth showing."""


@lru_cache(maxsize=4)
def anchor_finder(text: str) -> AnchorFinder:
    """The finder of a text; the annotators of one article share it."""
    return AnchorFinder(text)


class AnchorFinder:
    """Resolves selectors against one text."""

    def __init__(self, text: str) -> None:
        self._text = text
        self._folded = fold(text)
        self._found: dict[tuple[Selector, tuple[Span, ...], bool], Anchor] = {}

    @cached_property
    def _plain(self) -> str:
        """The text as `Sentences` has it."""
        return self._folded.text.replace('"', "'")

    @cached_property
    def _sentences(self) -> Sentences:
        return Sentences(self._text)

    def find(
        self, selector: Selector, within: Sequence[Span] = (), *, whole_only: bool = False
    ) -> Anchor:
        """Resolve one selector.

        ``exact``: the words with their prefix and suffix stand once. ``moved``: the words
        stand once, or once where part of the context holds. ``fuzzy``: only something
        like them stands. ``orphan``: nothing does, or several places do equally well.

        Args:
            within: Where to look; the whole text if empty.
            whole_only: For a text that is not the one the selector was made for, which
                nobody has any more: the context must hold, because the words that are left
                may be the very ones it was there to tell them from. Nothing is ``moved``.
        """
        key = (selector, tuple(within), whole_only)
        if key not in self._found:
            self._found[key] = self._find(selector, within, whole_only=whole_only)
        return self._found[key]

    def _find(self, selector: Selector, within: Sequence[Span], *, whole_only: bool) -> Anchor:
        exact = fold(selector.exact.strip()).text
        # Spaces at the quote's edges belong to the context.
        lead = selector.exact[: len(selector.exact) - len(selector.exact.lstrip())]
        trail = selector.exact[len(selector.exact.rstrip()) :]
        prefix = fold(selector.prefix + lead).text
        suffix = fold(trail + selector.suffix).text
        places = self._places(exact, within)
        whole = [p for p in places if self._before(p, prefix) and self._after(p, exact, suffix)]
        if len(whole) == 1 and whole_only and self._has_double(whole[0], exact, prefix, suffix):
            reason = "stands in a sentence much like another, and may have been meant there"
            return Anchor(selector, "fuzzy", self._span(whole[0], exact), reason)
        if len(whole) == 1:
            return Anchor(selector, "exact", self._span(whole[0], exact))
        if whole_only and not whole and places:
            return self._out_of_context(selector, places, exact)
        if not whole and len(places) == 1:
            return Anchor(selector, "moved", self._span(places[0], exact))
        partly = [
            p
            for p in places
            if (prefix and self._before(p, prefix)) or (suffix and self._after(p, exact, suffix))
        ]
        if not whole and len(partly) == 1:
            return Anchor(selector, "moved", self._span(partly[0], exact))
        if places:
            return Anchor(selector, "orphan", None, self._many(len(whole) or len(places)))
        return self._nearest(selector, exact, within)

    def _places(self, exact: str, within: Sequence[Span]) -> list[int]:
        """Where the words stand in the folded text, as whole words."""
        text = self._folded.text
        places = []
        place = text.find(exact) if exact else -1
        while place >= 0:
            if not (joined(text, place) or joined(text, place + len(exact))):
                places.append(place)
            place = text.find(exact, place + 1)
        if not within:
            return places
        return [p for p in places if any(s.contains(self._span(p, exact)) for s in within)]

    def _before(self, place: int, prefix: str) -> bool:
        return self._folded.text.endswith(prefix, 0, place)

    def _after(self, place: int, exact: str, suffix: str) -> bool:
        return self._folded.text.startswith(suffix, place + len(exact))

    def _span(self, place: int, exact: str) -> Span:
        return Span(*self._folded.original(place, place + len(exact)))

    def _has_double(self, place: int, exact: str, prefix: str, suffix: str) -> bool:
        """Whether the words stand elsewhere so that an edit could have brought them here.

        In a sentence much like this one, or anywhere if part of the context is a neighboring
        sentence's, which may have come or gone.
        """
        exact = exact.replace('"', "'")  # as in `_plain`
        if self._plain.find(exact, self._plain.find(exact) + 1) < 0:
            return False
        others = [one for one in self._sentences.find(exact) if one.start != place]
        here = self._sentences.at(place, place + len(exact))
        inside = here.offset >= len(prefix.strip()) and here.offset + len(exact) + len(
            suffix.strip()
        ) <= len(here.cover)
        if not inside and others:
            return True
        return any(alike(here, one) >= DOUBLE for one in others if one.first != here.first)

    def _out_of_context(self, selector: Selector, places: list[int], exact: str) -> Anchor:
        if len(places) > 1:
            return Anchor(selector, "orphan", None, self._many(len(places)))
        reason = "stands once, but not with the prefix and suffix that it had"
        return Anchor(selector, "fuzzy", self._span(places[0], exact), reason)

    @staticmethod
    def _many(count: int) -> str:
        return f"stands {count} times; say which with a prefix or suffix"

    def _nearest(self, selector: Selector, exact: str, within: Sequence[Span]) -> Anchor:
        span, ratio = _most_alike(self._folded, exact, within)
        if span is None or ratio < NEAR:
            return Anchor(selector, "orphan", None, "is no longer in the article")
        reason = f"is not in the article; nearest is '{_short(span.of(self._text))}'"
        if ratio < FUZZY:
            return Anchor(selector, "orphan", None, reason)
        return Anchor(selector, "fuzzy", span, reason)


def _most_alike(folded: Folded, exact: str, within: Sequence[Span]) -> tuple[Span | None, float]:
    """The stretch of as many words that is most like `exact`, and how alike it is."""
    words = [found.span() for found in re.finditer(r"\S+", folded.text)]
    count = len(exact.split())
    if not words or not count:
        return None, 0.0
    wanted = set(exact.split())
    hits = [0, *accumulate(folded.text[start:end] in wanted for start, end in words)]
    last = max(0, len(words) - count)
    windows = (
        (hits[min(first + count, len(words))] - hits[first], -first) for first in range(last + 1)
    )
    best: tuple[float, int, int] = (0.0, 0, 0)
    for _, negative in nlargest(8, windows):
        stretch = words[-negative : count - negative]
        start, end = stretch[0][0], stretch[-1][1]
        ratio = SequenceMatcher(None, folded.text[start:end], exact, autojunk=False).ratio()
        best = max(best, (ratio, -start, end))
    ratio, start, end = best[0], -best[1], best[2]
    if ratio == 0.0:
        return None, 0.0
    span = Span(*folded.original(start, end))
    if within and not any(one.overlaps(span) for one in within):
        return None, 0.0
    return span, ratio


def _short(text: str) -> str:
    line = " ".join(text.split())
    return line if len(line) <= 120 else f"{line[:117]}…"
