"""What `draft --explain` says of a word."""

from __future__ import annotations

import pytest

from explainer.analyze import Analyzer, load_analyzer
from explainer.annotate.sureness import threshold_annotator
from explainer.explain import explain_word
from explainer.model import AnnotatedDocument
from tests.annotate.drafted import draft

pytestmark = pytest.mark.nlp

STORY = (
    "Fears\n"
    "Ida Brandt told Reuters that the bridge was unsafe. "
    "“The mayor believes that nothing will happen,” she said. "
    "They know the river. Trains rumbled past."
)


@pytest.fixture(scope="module")
def analyzer() -> Analyzer:
    return load_analyzer()


@pytest.fixture
def drafted(analyzer: Analyzer) -> AnnotatedDocument:
    return draft(analyzer, STORY)


def told(drafted: AnnotatedDocument, word: str) -> str:
    return "\n".join(explain_word(drafted, word))


def test_a_cue_says_its_rule_and_its_words(drafted: AnnotatedDocument) -> None:
    lines = told(drafted, "told").splitlines()
    assert lines[0].startswith("story.txt:")
    assert "Ida Brandt told Reuters" in lines[0]
    assert (
        lines[1].strip().startswith("cue of brandt-told, 0.87 sure; speech: a verb with a clause")
    )
    assert lines[2].strip() == (
        "source “Ida Brandt”; cue “told”; content “the bridge was unsafe”"
    )  # fmt: skip


def test_a_name_says_its_entry(drafted: AnnotatedDocument) -> None:
    assert "mention: “Reuters” is reuters, 0.95 sure; names: a well-known name" in told(
        drafted, "reuters"
    )


def test_what_stands_in_a_quotation_was_rejected(drafted: AnnotatedDocument) -> None:
    text = told(drafted, "believes")
    assert "rejected: speech: a verb with a clause: it stands inside a quotation" in text


def test_what_the_threshold_took_says_so(drafted: AnnotatedDocument) -> None:
    text = told(threshold_annotator(0.9)(drafted), "told")
    assert "rejected: speech: a verb with a clause: 0.87 sure, below the threshold 0.90" in text


def test_a_cue_that_brings_nothing_says_so(drafted: AnnotatedDocument) -> None:
    assert "“know” can be a cue, but here the grammar gives it no words" in told(drafted, "know")


def test_a_word_that_means_nothing_to_us_says_so(drafted: AnnotatedDocument) -> None:
    assert "nothing: the verb “rumble” is in no group" in told(drafted, "rumbled")


def test_each_occurrence_is_told_whatever_its_case(drafted: AnnotatedDocument) -> None:
    assert len([line for line in told(drafted, "THE").splitlines() if line[0] != " "]) == 3


def test_a_word_that_is_not_there_has_no_lines(drafted: AnnotatedDocument) -> None:
    assert list(explain_word(drafted, "ferry")) == []
