"""The catalogue of codes: complete, documented, and as the README has it."""

from __future__ import annotations

import re

import pytest

from explainer.check.codes import FAMILIES, all_codes, explain, is_selected, unknown_codes
from tests.making import ROOT

README = (ROOT / "README.md").read_text("utf-8")
SOURCES = [path.read_text("utf-8") for path in sorted((ROOT / "explainer").rglob("*.py"))]


def test_every_code_of_the_program_is_in_the_catalogue_and_every_one_there_is_told() -> None:
    told = {code for text in SOURCES for code in re.findall(r'"([A-Z]\d{3})"', text)}
    assert told == set(all_codes())


def test_every_code_says_what_it_is_with_an_example_a_reason_and_a_fix() -> None:
    for code in all_codes().values():
        said = explain(code)
        assert all(part in said for part in (code.title, code.example, code.reason, code.fix))
        assert code.code[0] in FAMILIES
        assert min(len(code.title), len(code.example), len(code.reason), len(code.fix)) > 5


def test_the_readme_lists_every_code_as_the_catalogue_has_it() -> None:
    rows = re.findall(r"^\| ([A-Z]\d{3}) \| (.*?) \|$", README, re.MULTILINE)
    wanted = [
        (code, one.title + (" (`--fix`)" if one.fixable else ""))
        for code, one in sorted(all_codes().items())
    ]
    assert sorted(rows) == wanted


@pytest.mark.parametrize(
    ("select", "ignore", "told"),
    [
        ([], [], True),
        (["T"], [], True),
        (["S"], [], False),
        (["T012"], [], True),
        ([], ["T"], False),
        ([], ["T01"], False),
        (["T012"], ["T"], True),
        (["T"], ["T012"], False),
        (["T"], ["T"], False),
    ],
)
def test_the_longest_prefix_decides(select: list[str], ignore: list[str], told: bool) -> None:
    assert is_selected("T012", select, ignore) is told


def test_what_can_not_be_used_is_always_told() -> None:
    assert is_selected("G000", ["T"], ["G"])


def test_a_code_there_is_none_of_is_named() -> None:
    assert unknown_codes(["T", "T9", "S001", "X"]) == ["T9", "X"]
