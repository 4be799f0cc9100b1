"""What a build has come to so far."""

from __future__ import annotations

from collections.abc import Iterable

from msgspec import Struct, field

from explainer.errors import ExplainerError, raise_all
from explainer.model import Diagnostic
from explainer.write import Staged


class Progress(Struct):
    files: dict[str, bool] = field(default_factory=dict)
    """Every file that was made, and whether it differs from the one in place."""
    diagnostics: list[Diagnostic] = field(default_factory=list)
    problems: list[ExplainerError] = field(default_factory=list)

    def keep(self, staged: Iterable[Staged]) -> None:
        for one in staged:
            self.files[one.name] = one.changed or self.files.get(one.name, False)

    @property
    def changed(self) -> list[str]:
        return [name for name, new in self.files.items() if new]

    def told(self) -> tuple[Diagnostic, ...]:
        return tuple(sorted(self.diagnostics, key=lambda one: (one.position, one.code)))

    def refuse_doubts(self) -> None:
        """Make errors of all that is more than a note."""
        raise_all([_as_error(one) for one in self.told() if one.severity != "note"])


def _as_error(doubt: Diagnostic) -> ExplainerError:
    place = doubt.position
    error = ExplainerError(doubt.message, place.path, place.line, place.column)
    error.code = doubt.code
    return error
