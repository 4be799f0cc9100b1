from __future__ import annotations

import pytest
from msgspec.structs import replace

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
        ("Norway has the submarine that it wanted.", "Norway"),
        ("The note came after Oslo, Spain and Chile said they were ready.", "Oslo"),
        ("The note came after Oslo, Spain and Chile said they were ready.", "Spain"),
        ("Brussels wants an answer.", "Brussels"),
    ],
)
def test_a_place_that_acts_is_an_organization(analyzer: Analyzer, text: str, name: str) -> None:
    assert sense_of(analyzer, text, name) == "organization"


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("Oslo was hit by rain.", "Oslo"),
        ("Vienna hosted the talks.", "Vienna"),
        ("Norway has long winters.", "Norway"),
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


def test_a_capital_that_acts_is_its_government(analyzer: Analyzer) -> None:
    text = "News\nOslo asserts that the treaty holds.\nShe teaches in Oslo."
    drafted = draft(analyzer, text)
    assert [(m.entry, m.kind) for m in drafted.mentions] == [
        ("norwegian-government", "organization"),
        ("oslo", "place"),
    ]
    assert drafted.mentions[0].by == "senses: subject of “asserts”; not oslo, the place"
    proposed = {one.id: one for one in drafted.proposed}
    assert proposed["norwegian-government"].role == "Government of Norway"
    assert proposed["oslo"].senses == (Sense("government", "norwegian-government"),)


def test_a_government_that_the_glossary_has_is_not_proposed(analyzer: Analyzer) -> None:
    known = make_entry("Norwegian government", kind="organization")
    text = "News\nOslo asserts that the treaty holds."
    drafted = draft(analyzer, text, entries=(replace(known, id="norway-gov"),))
    assert [m.entry for m in drafted.mentions] == ["norway-gov"]
    assert [one.id for one in drafted.proposed] == ["oslo"]


def test_a_country_that_acts_keeps_its_entry(analyzer: Analyzer) -> None:
    drafted = draft(analyzer, "News\nNorway asserts that the treaty holds.")
    assert [(m.entry, m.kind) for m in drafted.mentions] == [("norway", "organization")]
    assert [one.id for one in drafted.proposed] == ["norway"]


def test_a_seat_that_two_powers_share_stands_for_neither(analyzer: Analyzer) -> None:
    drafted = draft(analyzer, "News\nBrussels wants an answer.")
    assert [one.entry for one in drafted.mentions] == ["brussels"]
