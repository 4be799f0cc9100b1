"""What is told of a site, as it is kept for a build that has nothing else to do."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator

from explainer.model import Diagnostic, Position


def dump_diagnostics(told: Iterable[Diagnostic]) -> str:
    return json.dumps([_values(one) for one in told])


def _values(one: Diagnostic) -> tuple[str, str, tuple[str, int, int], str]:
    place = one.position
    return one.code, one.message, (place.path, place.line, place.column), one.severity


def load_diagnostics(text: str) -> Iterator[Diagnostic]:
    for code, message, place, severity in json.loads(text):
        yield Diagnostic(code, message, Position(*place), severity)
