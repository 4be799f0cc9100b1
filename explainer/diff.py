"""What an edit did to an article: its words, and the annotations that its notes put there."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from difflib import SequenceMatcher
from typing import Literal

from msgspec import Struct

from explainer.annotate.noted import NotedAnchor, noted_anchors
from explainer.model import AnchorState, Document, Notes, Span
from explainer.quoting import scalar

_PARAGRAPH = re.compile(r"[^\n]+\n*|\n+")
_WORD = re.compile(r"\s+|\w+|[^\w\s]")
STATES: tuple[AnchorState, ...] = ("exact", "moved", "fuzzy", "orphan")

Json = dict[str, object]


class Piece(Struct, frozen=True):
    """Consecutive words: of both texts, or of one; offsets are of each text's code points."""

    kind: Literal["kept", "removed", "added"]
    text: str
    old: int
    new: int


class Difference(Struct, frozen=True):
    """An edit: the text in pieces, and every anchor as it was and as it is."""

    old: Document
    new: Document
    pieces: tuple[Piece, ...]
    annotations: tuple[tuple[NotedAnchor, NotedAnchor], ...]

    @property
    def changed(self) -> bool:
        return any(one.kind != "kept" for one in self.pieces)

    @property
    def counts(self) -> dict[AnchorState, int]:
        states = [now.anchor.state for _, now in self.annotations]
        return {state: states.count(state) for state in STATES}


def compare(old: Document, new: Document, notes: Notes) -> Difference:
    """Hold two versions of an article against each other.

    Args:
        notes: Those of the article; their anchors are looked up in `old` and followed.
    """
    made_for_old = Notes(
        notes.path, f"sha256:{old.digest}", notes.mentions, notes.background, notes.attributions
    )
    before = noted_anchors(old, made_for_old)
    after = noted_anchors(new, made_for_old, old)
    pairs = tuple(zip(before, after, strict=True))
    return Difference(old, new, tuple(word_diff(old.text, new.text)), pairs)


def word_diff(old: str, new: str) -> Iterator[Piece]:
    """Both texts as pieces: paragraphs first, then words within those that changed."""
    ours, theirs = _PARAGRAPH.findall(old), _PARAGRAPH.findall(new)
    place = [0, 0]
    for tag, a, b, c, d in SequenceMatcher(None, ours, theirs, autojunk=False).get_opcodes():
        was, now = "".join(ours[a:b]), "".join(theirs[c:d])
        if tag == "equal":
            yield from _pieces(("kept",), (was,), place)
        else:
            yield from _diff_words(was, now, place)


def _diff_words(old: str, new: str, place: list[int]) -> Iterator[Piece]:
    ours, theirs = _WORD.findall(old), _WORD.findall(new)
    match = SequenceMatcher(None, ours, theirs, autojunk=False)
    was, now = "", ""
    for tag, a, b, c, d in match.get_opcodes():
        kept = tag == "equal" and (not (was or now) or any(map(str.strip, ours[a:b])))
        if kept:
            yield from _pieces(("removed", "added"), (was, now), place)
            yield from _pieces(("kept",), ("".join(ours[a:b]),), place)
            was, now = "", ""
        else:  # A space between two changes is part of one change.
            was, now = was + "".join(ours[a:b]), now + "".join(theirs[c:d])
    yield from _pieces(("removed", "added"), (was, now), place)


def _pieces(
    kinds: Sequence[Literal["kept", "removed", "added"]], texts: Sequence[str], place: list[int]
) -> Iterator[Piece]:
    for kind, text in zip(kinds, texts, strict=True):
        if text:
            yield Piece(kind, text, *place)
            place[0] += len(text) if kind != "added" else 0
            place[1] += len(text) if kind != "removed" else 0


# ---- as text


def diff_text(difference: Difference) -> Iterator[str]:
    """Lines for a person: changed paragraphs as ``[-was-]{+is+}``, then the annotations."""
    yield from _changed_paragraphs(difference)
    counts = difference.counts
    said = ", ".join(f"{counts[state]} {state}" for state in STATES)
    yield f"annotations: {said}"
    for was, now in difference.annotations:
        if now.anchor.state == "exact":
            continue
        where = f"{now.kind} {now.id}" + (f" ({now.part})" if now.part else "")
        yield f"{now.anchor.state:6}  {where}"
        yield f"        was: {_shown(was.anchor.span, difference.old)}"
        is_now = _shown(now.anchor.span, difference.new)
        yield f"        is:  {is_now}" + (f"; {now.anchor.reason}" if now.anchor.reason else "")


def _changed_paragraphs(difference: Difference) -> Iterator[str]:
    line, changed, number = "", False, 1
    for piece in difference.pieces:
        mark = {"kept": "{}", "removed": "[-{}-]", "added": "{{+{}+}}"}[piece.kind]
        for part in re.split(r"(\n+)", piece.text):
            if part.startswith("\n"):
                changed |= piece.kind != "kept" and bool(line)
                if changed:
                    yield f"{number}: {line}"
                number += len(part) if piece.kind != "removed" else 0
                line, changed = "", False
            elif part:
                line += mark.format(part)
                changed |= piece.kind != "kept"
    if changed:
        yield f"{number}: {line}"


def _shown(span: Span | None, document: Document) -> str:
    """The words with what stands around them."""
    if span is None:
        return "nothing certain"
    before = document.text[max(0, span.start - 40) : span.start].rsplit("\n", 1)[-1]
    after = document.text[span.end : span.end + 40].split("\n", 1)[0]
    words = " ".join(span.of(document.text).split())
    return f"{before}[{words}]{after}"


# ---- as data


def diff_json(difference: Difference) -> Json:
    return {
        "changes": [
            {"kind": one.kind, "text": one.text, "old": one.old, "new": one.new}
            for one in difference.pieces
            if one.kind != "kept"
        ],
        "annotations": [
            {
                "kind": now.kind,
                "id": now.id,
                "part": now.part,
                "exact": now.anchor.selector.exact,
                "state": now.anchor.state,
                "was": _offsets(was.anchor.span),
                "is": _offsets(now.anchor.span),
                "reason": now.anchor.reason,
            }
            for was, now in difference.annotations
        ],
        "counts": difference.counts,
    }


def _offsets(span: Span | None) -> Json | None:
    return {"start": span.start, "end": span.end} if span else None


def correction(difference: Difference, date: str) -> Iterator[str]:
    """Lines of an entry for ``corrections:``, with what changed above it as comments.

    The words are the editor's: what was wrong, and what is right.
    """
    yield "corrections:"
    for paragraph in _changed_paragraphs(difference):
        yield f"  # {paragraph.partition(': ')[2]}"
    yield f"  - date: {date}"
    yield f"    text: {scalar('')}"
