"""Places in files and in texts, what is told of them, and dates."""

from __future__ import annotations

from typing import Literal

from msgspec import Struct

AnchorState = Literal["exact", "moved", "fuzzy", "orphan"]
Severity = Literal["error", "warning", "note"]


class Position(Struct, frozen=True, order=True, array_like=True):
    """A place in a file: line and column count from 1, the column in code points."""

    path: str
    line: int = 0
    column: int = 0


NOWHERE = Position("")
"""The place of what no file holds."""


class Span(Struct, frozen=True, order=True):
    """Half-open code-point offsets into ``Document.text``."""

    start: int
    end: int

    def __post_init__(self) -> None:
        if not 0 <= self.start < self.end:
            raise ValueError(f"a span needs 0 <= start < end, not {self.start}, {self.end}")

    def __len__(self) -> int:
        return self.end - self.start

    def overlaps(self, other: Span) -> bool:
        return self.start < other.end and other.start < self.end

    def contains(self, other: Span) -> bool:
        """True also for an equal span."""
        return self.start <= other.start and other.end <= self.end

    def of(self, text: str) -> str:
        return text[self.start : self.end]


class Edit(Struct, frozen=True):
    """What to put into a file in place of what stands from ``start`` up to ``end``.

    Both are offsets in the file's text as it is, line ends and all.
    """

    path: str
    start: int
    end: int
    text: str


class Diagnostic(Struct, frozen=True):
    """What is doubtful, or wrong, in a place; ``code`` is stable and documented in the README.

    ``fix`` puts it right, where that is safe.
    """

    code: str
    message: str
    position: Position
    severity: Severity = "warning"
    fix: tuple[Edit, ...] = ()


class Selector(Struct, frozen=True):
    """A W3C TextQuoteSelector: ``exact`` with what stands right before and after it."""

    exact: str
    prefix: str = ""
    suffix: str = ""
    position: Position = NOWHERE


class Anchor(Struct, frozen=True):
    """Where a selector stands in a text; ``span`` is None exactly for an orphan.

    ``reason`` says in words why a fuzzy or orphan anchor isn't published.
    """

    selector: Selector
    state: AnchorState
    span: Span | None
    reason: str = ""

    @property
    def holds(self) -> bool:
        """True where it may be published."""
        return self.state in ("exact", "moved")


class Edtf(Struct, frozen=True, array_like=True):
    """An EDTF date: ``text`` as written, ``earliest`` and ``latest`` day as (year, month, day).

    ``latest`` is None where the interval is open.
    """

    text: str
    earliest: tuple[int, int, int]
    latest: tuple[int, int, int] | None
