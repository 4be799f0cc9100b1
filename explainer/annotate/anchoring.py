"""All selectors of one article's notes, put in their places in its text."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Sequence

from msgspec import Struct

from explainer.annotate.anchors import anchor_finder
from explainer.annotate.following import follower
from explainer.model import Anchor, AttributionNote, Document, Notes, Selector, Span


class ClaimAnchors(Struct, frozen=True):
    """Where an attribution's parts stand."""

    content: tuple[Anchor, ...]
    source: tuple[Anchor, ...]
    cue: tuple[Anchor, ...]
    antecedent: tuple[Anchor, ...]

    def parts(self) -> tuple[tuple[str, tuple[Anchor, ...]], ...]:
        """The anchors by the field that they are in."""
        return (
            ("content", self.content),
            ("source", self.source),
            ("cue", self.cue),
            ("antecedent", self.antecedent),
        )


class Anchoring:
    """Finds in an article what its notes quote.

    Args:
        document: The article as it is.
        notes: Say by ``text`` which text they were made for.
        base: That text, parsed, where it is kept. A passage is then found in it and followed
            into the article. Where the article has changed and no base is at hand, only what
            stands once with all its context is found.
    """

    def __init__(self, document: Document, notes: Notes, base: Document | None = None) -> None:
        self._text = document.text
        same = notes.text == f"sha256:{document.digest}"
        self._here = _Reader(document, whole_only=not same, changed=bool(notes.text) and not same)
        kept = base is not None and not same and notes.text == f"sha256:{base.digest}"
        self._base = _Reader(base, whole_only=False, changed=False) if base and kept else None

    def find(self, selector: Selector) -> Anchor:
        if self._base is None:
            return self._here.find(selector)
        return self._follow(self._base.find(selector))

    def claim(self, note: AttributionNote) -> ClaimAnchors:
        """Where an attribution stands; its source and cue are looked for beside its content."""
        was = self._base.claim(note) if self._base else None
        if was is None or not all(one.holds for one in was.content):
            return self._here.claim(note)
        return ClaimAnchors(
            tuple(map(self._follow, was.content)),
            tuple(map(self._follow, was.source)),
            tuple(map(self._follow, was.cue)),
            tuple(map(self._follow, was.antecedent)),
        )

    def _follow(self, was: Anchor) -> Anchor:
        """The anchor in the article for one in the base."""
        assert self._base is not None
        selector = was.selector
        now = self._here.find(selector)
        if not was.holds or was.span is None:
            # Written since the article changed, or never right.
            return now
        found = follower(self._base.text, self._text).follow(was.span)
        if found.span is not None:
            return Anchor(selector, "exact" if found.kept else "moved", found.span)
        if found.nearest is not None:
            return Anchor(selector, "fuzzy", found.nearest, found.reason)
        if now.state == "fuzzy":
            return now
        return Anchor(selector, "orphan", None, found.reason)


class _Reader:
    """Finds selectors in one text.

    ``whole_only`` is `AnchorFinder.find`'s; ``changed`` is whether the text is known to be
    another than the one that the selectors were made for.
    """

    def __init__(self, document: Document, *, whole_only: bool, changed: bool) -> None:
        self.text = document.text
        self._blocks = document.blocks
        self._finder = anchor_finder(document.text)
        self._whole_only = whole_only
        self._changed = changed

    def find(self, selector: Selector, within: Sequence[Span] = ()) -> Anchor:
        return self._finder.find(selector, within, whole_only=self._whole_only)

    def claim(self, note: AttributionNote) -> ClaimAnchors:
        content = tuple(self.find(one) for one in note.content)
        near = self._around(content) if note.source or note.cue else ()
        return ClaimAnchors(
            content,
            tuple(self._beside(one, near) for one in note.source),
            tuple(self._beside(one, near) for one in note.cue),
            tuple(self.find(one) for one in note.antecedent),
        )

    def _around(self, content: Sequence[Anchor]) -> list[Span]:
        """The paragraphs that the content stands in."""
        spans = [one.span for one in content if one.holds and one.span]
        found: set[Span] = set()
        for span in spans:
            first = bisect_right(self._blocks, span.start, key=lambda block: block.end)
            last = bisect_left(self._blocks, span.end, key=lambda block: block.start)
            found.update(self._blocks[first:last])
        return sorted(found)

    def _beside(self, selector: Selector, near: Sequence[Span]) -> Anchor:
        """The anchor of a source or a cue: first in the content's own paragraphs, then anywhere.

        "said" and "he" stand many times in an article, and once beside what was said.
        """
        if near:
            found = self.find(selector, near)
            if found.holds or "times" in found.reason:
                return found
        if self._changed and not (selector.prefix or selector.suffix):
            # The words may be gone, and what stands elsewhere is then another "said".
            return Anchor(selector, "orphan", None, "no longer stands beside what is said")
        return self.find(selector)
