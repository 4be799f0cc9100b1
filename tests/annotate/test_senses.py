from __future__ import annotations

from dataclasses import replace

import pytest

from explainer.analyze import Analyzer
from explainer.model import Mention, Sense
from tests.annotate.drafted import draft
from tests.making import make_entry

pytestmark = pytest.mark.nlp


def sense_of(analyzer: Analyzer, text: str, name: str) -> str:
    drafted = draft(analyzer, f"News\n{text}")
    found = [m for m in drafted.mentions if m.span.of(drafted.document.text) == name]
    return found[0].kind


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("Oslo asserts that the treaty holds.", "Oslo"),
        ("Both Oslo and Madrid have denied the report.", "Madrid"),
        ("The treaty was signed by Norway.", "Norway"),
        ("Norway’s war on fishing fleets has lasted for years.", "Norway"),
        ("The minister warned Madrid that it would pay.", "Madrid"),
        ("They supplied ships to Oslo.", "Oslo"),
        ("There were warnings from Oslo over the treaty.", "Oslo"),
        ("It is a historical ally of Spain.", "Spain"),
    ],
)
def test_a_place_that_acts_is_an_organization(analyzer: Analyzer, text: str, name: str) -> None:
    assert sense_of(analyzer, text, name) == "organization"


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("She teaches at a university in Oslo.", "Oslo"),
        ("The train left the Oslo station.", "Oslo"),
        ("He traveled to Norway on Monday.", "Norway"),
        ("Norway’s coast is long.", "Norway"),
        ("They visited Spain in May.", "Spain"),
        ("Oslo, the capital of Norway, is cold.", "Norway"),
    ],
)
def test_a_place_one_is_in_stays_a_place(analyzer: Analyzer, text: str, name: str) -> None:
    assert sense_of(analyzer, text, name) == "place"


def test_a_sense_of_the_glossary_moves_the_mention_to_its_entry(analyzer: Analyzer) -> None:
    oslo = replace(
        make_entry("Oslo", kind="place"), senses=(Sense("government", "norway-government"),)
    )
    text = "News\nOslo asserts that the treaty holds."
    drafted = draft(analyzer, text, entries=(oslo,))
    (one,) = drafted.mentions
    assert one == Mention(
        one.span, "norway-government", "organization", "suggested", "senses: subject of “asserts”"
    )
