"""What was found, for other programs."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from explainer.check.formats import as_github, as_json, as_sarif
from explainer.model import Diagnostic, Position

FOUND = (
    Diagnostic("T012", "50 % here:\nand there", Position("a,b: c.md", 3, 7)),
    Diagnostic("A001", "“gone”", Position("content/é.yaml", 2), "error"),
    Diagnostic("C000", "nowhere", Position(""), "note"),
)
SCHEMA = (
    Path(__file__).parents[1]
    / "node_modules/@microsoft/jest-sarif/lib/schemas/sarif-2.1.0-rtm.5.json"
)


def test_json_has_an_object_each() -> None:
    first, *_ = json.loads(as_json(FOUND))
    assert first == {
        "code": "T012", "severity": "warning", "path": "a,b: c.md", "line": 3, "column": 7,
        "message": "50 % here:\nand there", "fixable": False,
    }  # fmt: skip
    assert json.loads(as_json(())) == []


def test_github_commands_are_escaped_as_its_rules_have_it() -> None:
    assert as_github(FOUND).split("\n") == [
        "::warning file=a%2Cb%3A c.md,line=3,col=7,title=T012::T012 50 %25 here:%0Aand there",
        "::error file=content/é.yaml,line=2,title=A001::A001 “gone”",
        "::notice title=C000::C000 nowhere",
    ]


def test_sarif_names_rules_and_places() -> None:
    (run,) = json.loads(as_sarif(FOUND))["runs"]
    rules = [rule["id"] for rule in run["tool"]["driver"]["rules"]]
    assert rules == ["A001", "C000", "T012"]
    for result in run["results"]:
        assert rules[result["ruleIndex"]] == result["ruleId"]
    place = run["results"][0]["locations"][0]["physicalLocation"]
    assert place["artifactLocation"]["uri"] == "a%2Cb%3A%20c.md"
    assert place["region"] == {"startLine": 3, "startColumn": 7}
    assert "locations" not in run["results"][2]


@pytest.mark.parametrize("found", [FOUND, ()], ids=["some", "none"])
def test_sarif_is_valid_by_its_own_schema(found: tuple[Diagnostic, ...]) -> None:
    if not SCHEMA.is_file():
        pytest.skip("npm's packages are not installed; ./dev test does it")
    from jsonschema import Draft7Validator

    validator = Draft7Validator(json.loads(SCHEMA.read_text("utf-8")))
    assert [one.message for one in validator.iter_errors(json.loads(as_sarif(found)))] == []
