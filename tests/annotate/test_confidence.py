"""How sure a draft is, and what it leaves out because it isn't sure enough."""

from __future__ import annotations

import pytest

from explainer.analyze import Analyzer
from explainer.annotate.confidence import load_confidence
from explainer.annotate.names import BY
from explainer.annotate.speech import RULES
from explainer.annotate.sureness import threshold_annotator
from explainer.model import AnnotatedDocument
from tests.annotate.drafted import draft, words_of

pytestmark = pytest.mark.nlp

STORY = (
    "Bridge fears\n"
    "“The bridge is a danger to us all,” said Ida Brandt, an engineer. The city found cracks. "
    "Does Brandt think that it will fall?"
)


def sure_of(drafted: AnnotatedDocument) -> dict[str, float]:
    text = drafted.document.text
    return {words_of(one.cue, text): one.confidence for one in drafted.attributions}


def test_every_rule_has_its_confidence() -> None:
    table = load_confidence()
    assert set(table.attributions) == set(RULES.values())
    assert set(BY.values()) <= set(table.mentions)
    rates = (*table.attributions.values(), *table.mentions.values(), *table.cards.values())
    assert all(0 < rate < 1 for rate in (*rates, *table.doubts.values()))


def test_words_beside_a_quotation_are_surer_than_a_question(analyzer: Analyzer) -> None:
    sure = sure_of(draft(analyzer, STORY))
    assert sure["said"] > 0.9
    assert sure["think"] < 0.6


def test_what_is_doubtful_stands_in_the_evidence(analyzer: Analyzer) -> None:
    drafted = draft(analyzer, STORY)
    (asked,) = (one for one in drafted.attributions if one.confidence < 0.6)
    assert asked.evidence == "speech: a verb with a clause; it stands in a question"


def test_what_is_below_the_threshold_is_not_proposed_and_says_so(analyzer: Analyzer) -> None:
    drafted = draft(analyzer, STORY)
    strict = threshold_annotator(0.9)(drafted)
    assert list(sure_of(strict)) == ["said"]
    reasons = [one.reason for one in strict.rejected]
    assert "0.52 sure, below the threshold 0.90" in reasons


def test_an_entry_goes_with_its_last_mention(analyzer: Analyzer) -> None:
    drafted = draft(analyzer, STORY)
    assert "ida-brandt" in {one.id for one in drafted.proposed}
    nothing = threshold_annotator(1.0)(drafted)
    assert (nothing.mentions, nothing.attributions, nothing.proposed) == ((), (), ())


def test_a_threshold_of_nothing_changes_nothing(analyzer: Analyzer) -> None:
    drafted = draft(analyzer, STORY)
    assert threshold_annotator(0)(drafted) == drafted


def test_a_card_below_the_threshold_goes(analyzer: Analyzer) -> None:
    text = "The bridge\nThe old bridge fell in 1902. It was built again."
    drafted = draft(analyzer, text, "2023-09-12")
    assert drafted.cards
    strict = threshold_annotator(0.99)(drafted)
    assert not strict.cards
    assert any("a date" in one.evidence for one in strict.rejected)
