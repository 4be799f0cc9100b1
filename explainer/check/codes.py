"""Every code that the program tells, with an example, the reason, and what to do."""

from __future__ import annotations

import tomllib
from collections.abc import Iterable, Mapping
from functools import cache
from importlib import resources

from msgspec import Struct

from explainer.model import Diagnostic, Edit, Position, Severity

FAMILIES = {
    "C": "Settings",
    "G": "Glossary",
    "A": "Anchors and notes",
    "S": "Sources",
    "B": "Background",
    "T": "The article against itself",
    "W": "Output",
    "D": "Drafts",
    "E": "Anything else",
}


class Code(Struct, frozen=True):
    """What one code says; ``fixable`` where ``check --fix`` may put it right."""

    code: str
    title: str
    severity: Severity
    example: str
    reason: str
    fix: str
    fixable: bool = False


@cache
def all_codes() -> Mapping[str, Code]:
    """Give all codes, by family and number."""
    text = (resources.files("explainer") / "check" / "codes.toml").read_text("utf-8")
    return {code: Code(code, **fields) for code, fields in tomllib.loads(text).items()}


def doubt(code: str, message: str, position: Position, fix: tuple[Edit, ...] = ()) -> Diagnostic:
    """Give a diagnostic as severe as its code is."""
    return Diagnostic(code, message, position, all_codes()[code].severity, fix)


def explain(code: Code) -> str:
    """Say all there is to say of a code, as a person reads it."""
    fixed = "\n         check --fix does that." if code.fixable else ""
    return (
        f"{code.code}  {code.title} ({code.severity})\n\n"
        f"Example  {code.example}\n"
        f"Why      {code.reason}\n"
        f"Fix      {code.fix}{fixed}"
    )


def unknown_codes(names: Iterable[str]) -> list[str]:
    """Give those that are neither a code nor the start of one."""
    return [one for one in names if not any(code.startswith(one) for code in all_codes())]


def is_selected(code: str, select: Iterable[str], ignore: Iterable[str]) -> bool:
    """Say whether a code is told; the longest prefix that fits decides.

    What can't be used at all (…000) is always told.
    """
    if code.endswith("000"):
        return True
    wanted = max((len(one) for one in select if code.startswith(one)), default=-1)
    unwanted = max((len(one) for one in ignore if code.startswith(one)), default=-1)
    return wanted > unwanted if select else unwanted < 0
