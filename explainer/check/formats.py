"""What was found, written for other programs: JSON, GitHub's workflow commands, SARIF."""

from __future__ import annotations

import json
from collections.abc import Sequence
from typing import Any
from urllib.parse import quote

from explainer import __version__
from explainer.check.codes import FAMILIES, Code, all_codes
from explainer.model import Diagnostic, Severity

FORMATS = ("text", "json", "github", "sarif")
SARIF_SCHEMA = (
    "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json"
)
_GITHUB: dict[Severity, str] = {"error": "error", "warning": "warning", "note": "notice"}


def as_json(found: Sequence[Diagnostic]) -> str:
    """A JSON list, an object each."""
    return json.dumps(
        [
            {
                "code": one.code,
                "severity": one.severity,
                "path": one.position.path,
                "line": one.position.line,
                "column": one.position.column,
                "message": one.message,
                "fixable": bool(one.fix),
            }
            for one in found
        ],
        ensure_ascii=False,
        indent=2,
    )


def as_github(found: Sequence[Diagnostic]) -> str:
    """Workflow commands, a line each: GitHub shows them beside the lines of a change."""
    return "\n".join(_workflow_command(one) for one in found)


def _workflow_command(one: Diagnostic) -> str:
    place = one.position
    properties = {
        "file": place.path,
        "line": str(place.line or ""),
        "col": str(place.column or ""),
        "title": one.code,
    }
    said = ",".join(f"{name}={_property(value)}" for name, value in properties.items() if value)
    return f"::{_GITHUB[one.severity]} {said}::{_data(f'{one.code} {one.message}')}"


def _data(text: str) -> str:
    return text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")


def _property(text: str) -> str:
    return _data(text).replace(":", "%3A").replace(",", "%2C")


def as_sarif(found: Sequence[Diagnostic]) -> str:
    """A SARIF 2.1.0 log of one run; its rules are the codes that were told."""
    told = sorted({one.code for one in found})
    rules = [_rule(all_codes()[code]) for code in told if code in all_codes()]
    index = {rule["id"]: number for number, rule in enumerate(rules)}
    driver = {"name": "explainer", "version": __version__, "rules": rules}
    run = {
        "tool": {"driver": driver},
        "columnKind": "unicodeCodePoints",
        "results": [_result(one, index) for one in found],
    }
    log = {"$schema": SARIF_SCHEMA, "version": "2.1.0", "runs": [run]}
    return json.dumps(log, ensure_ascii=False, indent=2)


def _rule(code: Code) -> dict[str, Any]:
    return {
        "id": code.code,
        "shortDescription": {"text": code.title},
        "fullDescription": {"text": f"{code.reason} Example: {code.example}"},
        "help": {"text": code.fix},
        "defaultConfiguration": {"level": code.severity},
        "properties": {"tags": [FAMILIES[code.code[0]]]},
    }


def _result(one: Diagnostic, index: dict[str, int]) -> dict[str, Any]:
    result: dict[str, Any] = {
        "ruleId": one.code,
        "level": one.severity,
        "message": {"text": one.message},
    }
    if one.code in index:
        result["ruleIndex"] = index[one.code]
    place = one.position
    if place.path:
        physical: dict[str, Any] = {"artifactLocation": {"uri": _uri(place.path)}}
        if place.line:
            physical["region"] = {"startLine": place.line}
            if place.column:
                physical["region"]["startColumn"] = place.column
        result["locations"] = [{"physicalLocation": physical}]
    return result


def _uri(path: str) -> str:
    return quote(path)
