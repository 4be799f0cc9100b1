from __future__ import annotations

import pytest

from explainer.analyze import Analyzer
from explainer.annotate.drafting import draft_annotators
from tests.annotate.drafted import draft
from tests.making import ROOT

pytestmark = pytest.mark.nlp

SEED = next((ROOT / "seeds").glob("*.txt")).read_text(encoding="utf-8")


def test_drafting_twice_changes_nothing(analyzer: Analyzer) -> None:
    drafted = again = draft(analyzer, SEED, "2023-09-12")
    for annotate in draft_annotators(()):
        again = annotate(again)
    assert again == drafted


def test_all_is_suggested_and_says_which_rule_made_it(analyzer: Analyzer) -> None:
    drafted = draft(analyzer, SEED, "2023-09-12")
    assert {one.status for one in drafted.mentions} == {"suggested"}
    assert all(one.by for one in drafted.mentions)
    assert all(one.evidence for one in drafted.attributions)
    assert all(one.evidence for one in drafted.cards)
    assert all(one.proposed_by for one in drafted.proposed)


def test_fields_are_in_the_order_of_the_text(analyzer: Analyzer) -> None:
    drafted = draft(analyzer, SEED, "2023-09-12")
    for spans in (
        [one.span for one in drafted.mentions],
        [one.span for one in drafted.dates],
        [one.leans_on[0] for one in drafted.cards],
    ):
        assert spans == sorted(spans)


def test_the_seed_has_its_eighteen_claims_and_no_other(analyzer: Analyzer) -> None:
    drafted = draft(analyzer, SEED, "2023-09-12")
    assert [one.id for one in drafted.attributions] == [
        "images-showed",
        "novosti-confirmed",
        "peskov-according",
        "experts-according",
        "agency-according",
        "images-showed-2",
        "washington-asserts",
        "putin-celebrated",
        "moscow-denied",
        "professor-said",
        "professor-said-2",
        "professor-added",
        "house-warned",
        "states-depicted",
        "miller-told",
        "washington-stated",
        "lankov-told",
        "lankov-said",
    ]


def test_the_seed_tells_cities_from_governments(analyzer: Analyzer) -> None:
    drafted = draft(analyzer, SEED, "2023-09-12")
    kinds = {
        name: "".join(m.kind[0] for m in drafted.mentions if m.span.of(SEED) == name)
        for name in ("Seoul", "Pyongyang", "Washington", "Moscow")
    }
    assert kinds == {
        "Seoul": "ppooo",
        "Pyongyang": "ppooooo",
        "Washington": "ooo",
        "Moscow": "ooooo",
    }


def test_without_a_date_nothing_relative_is_dated(analyzer: Analyzer) -> None:
    drafted = draft(analyzer, SEED)
    values = {one.span.of(SEED): one.value for one in drafted.dates}
    assert values["75 years ago"] is None
    assert values["Tuesday"] is None
    assert values["2019"] == "2019"
