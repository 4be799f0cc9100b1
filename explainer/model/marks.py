"""What weave puts into the text."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from explainer.model.glossary import Kind
    from explainer.model.notes import Standing
    from explainer.model.places import Span


@dataclass(frozen=True, slots=True)
class MentionMark:
    """``target`` is the id of the note it links to; empty for a quiet mention."""

    span: Span
    entry: str
    kind: Kind
    suggested: bool
    anchor: str = ""
    target: str = ""


@dataclass(frozen=True, slots=True)
class ClaimMark:
    """One attribution's content; the marker with its number stands after the last span."""

    spans: tuple[Span, ...]
    attribution: str
    number: int
    standing: Standing
    suggested: bool
    label: str = ""


@dataclass(frozen=True, slots=True)
class PassageMark:
    """The passages of one card; the card itself stands after the first one's paragraph."""

    spans: tuple[Span, ...]
    card: str
    label: str
    suggested: bool


@dataclass(frozen=True, slots=True)
class Marks:
    """``own`` are the passages without a source, numbered in their order from 1."""

    mentions: tuple[MentionMark, ...] = ()
    claims: tuple[ClaimMark, ...] = ()
    passages: tuple[PassageMark, ...] = ()
    own: tuple[Span, ...] = ()
