"""What a build came to."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

from msgspec import Struct, field

if TYPE_CHECKING:
    from pathlib import Path

    from explainer.model.places import Diagnostic


class Written(Struct, frozen=True):
    """What a write did: paths relative to the output, sorted."""

    changed: tuple[str, ...]
    removed: tuple[str, ...]
    kept: int


class Built(Struct, frozen=True):
    """What a build made, and what it has doubts about.

    ``reasons`` says of each page that was made anew why it was, by its path.
    """

    output: Path
    pages: int
    written: Written
    diagnostics: tuple[Diagnostic, ...]
    reasons: Mapping[str, str] = field(default_factory=dict)
