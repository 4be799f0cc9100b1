"""What an editor chose, as plain data, and why it may not be done."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from msgspec import Struct, field

Fields = Mapping[str, object]
Spans = Mapping[str, Sequence[tuple[int, int]]]

LISTS = {"mention": "mentions", "card": "background", "attribution": "attributions"}
"""Where in the notes each kind of note stands."""


class Decision(Struct, frozen=True):
    """What an editor chose.

    ``action`` is accept, reject, never, merge (an entry into another), place (a lost anchor), or
    add. ``item`` is an item's id, or for add the kind of note. ``fields`` are values to set,
    ``spans`` places by part, and ``entry`` the fields of a new entry that goes with it.
    ``again`` allows what is decided already to be decided anew.
    """

    action: str
    item: str
    fields: Fields = field(default_factory=dict)
    spans: Spans = field(default_factory=dict)
    entry: Fields = field(default_factory=dict)
    again: bool = False


class Undecidable(Exception):
    """A decision that can't be made now, in a person's words."""


def as_list(value: object) -> list[str]:
    """The words of a list, or of a line with commas."""
    many = value if isinstance(value, (list, tuple)) else str(value).split(",")
    return [str(one).strip() for one in many if str(one).strip()]


def refuse_decided(status: str, decision: Decision) -> None:
    """Raise where another window has decided it, and nobody asked to do so again."""
    if status not in ("", "suggested") and not decision.again:
        raise Undecidable(f"this is {status} already")
