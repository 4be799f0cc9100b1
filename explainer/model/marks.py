"""What weave puts into the text."""

from __future__ import annotations

from typing import TYPE_CHECKING

from msgspec import Struct

if TYPE_CHECKING:
    from explainer.model.glossary import Kind
    from explainer.model.notes import Standing
    from explainer.model.places import Span


class MentionMark(Struct, frozen=True):
    """``target`` is the id of the note it links to; empty for a quiet mention."""

    span: Span
    entry: str
    kind: Kind
    suggested: bool
    anchor: str = ""
    target: str = ""


class ClaimMark(Struct, frozen=True):
    """One attribution's content; the marker with its number stands after the last span."""

    spans: tuple[Span, ...]
    attribution: str
    number: int
    standing: Standing
    suggested: bool
    label: str = ""


class PassageMark(Struct, frozen=True):
    """The passages of one card; the card itself stands after the first one's paragraph."""

    spans: tuple[Span, ...]
    card: str
    label: str
    suggested: bool


class Marks(Struct, frozen=True):
    """``own`` are the passages without a source, numbered in their order from 1."""

    mentions: tuple[MentionMark, ...] = ()
    claims: tuple[ClaimMark, ...] = ()
    passages: tuple[PassageMark, ...] = ()
    own: tuple[Span, ...] = ()
