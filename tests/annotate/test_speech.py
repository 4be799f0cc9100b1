from __future__ import annotations

import re

import pytest

from explainer.analyze import Analyzer
from explainer.model import AnnotatedDocument, Attribution
from tests.annotate.drafted import draft, words_of
from tests.making import ROOT

pytestmark = pytest.mark.nlp

CASES = re.findall(
    r"^(\S.*)\n\.\n((?:.+\n)+)\.\n((?:(?!\.\n).+\n)*)\.\n",
    (ROOT / "tests" / "cases" / "speech.md").read_text(encoding="utf-8"),
    re.MULTILINE,
)


def attributions(analyzer: Analyzer, text: str) -> tuple[Attribution, ...]:
    return draft(analyzer, text, "2023-09-12").attributions


def as_line(one: Attribution, text: str) -> str:
    return " | ".join(words_of(spans, text) for spans in (one.source, one.cue, one.content))


def by_cue(drafted: AnnotatedDocument) -> dict[str, Attribution]:
    return {words_of(one.cue, drafted.document.text): one for one in drafted.attributions}


@pytest.mark.parametrize(("title", "text", "expected"), CASES, ids=[case[0] for case in CASES])
def test_a_case(analyzer: Analyzer, title: str, text: str, expected: str) -> None:
    text = text.strip()
    assert [as_line(one, text) for one in attributions(analyzer, text)] == expected.splitlines()


def test_a_pronoun_is_the_speaker_of_the_paragraph_before(analyzer: Analyzer) -> None:
    text = (
        "Bridge fears\n"
        "“The bridge is a danger to us all,” said a professor at Dunmore University.\n"
        "“It should have been closed years ago,” she said.\n"
        "Nobody had listened, she added."
    )
    first, second, third = attributions(analyzer, text)
    source = "a professor at Dunmore University"
    assert words_of(first.source, text) == source
    assert [words_of(one.antecedent, text) for one in (second, third)] == [source, source]
    assert {one.standing for one in (first, second, third)} == {"expert"}
    assert [one.mode for one in (first, second, third)] == ["direct", "direct", "indirect"]


@pytest.mark.parametrize(
    ("headline", "expected"),
    [
        ("Dunmore bridge to close in May: harbor official",
         "harbor official | : | Dunmore bridge to close in May"),
        ("Bridge talks held by phone over new toll: spokesman",
         "spokesman | : | Bridge talks held by phone over new toll"),
        ("How to cross a frozen river: ten tips", ""),
        ("The long way home: a journey in May", ""),
    ],
)  # fmt: skip
def test_a_headline_may_end_in_its_source(analyzer: Analyzer, headline: str, expected: str) -> None:
    text = f"{headline}\nThe river froze on Monday."
    assert "\n".join(as_line(one, text) for one in attributions(analyzer, text)) == expected


def test_the_outlet_that_was_told_is_the_chain(analyzer: Analyzer) -> None:
    text = "Fears\nIda Brandt, an engineer in Bonn, told Reuters that the bridge was unsafe."
    (one,) = attributions(analyzer, text)
    assert (one.speaker, one.via, one.standing) == (("ida-brandt",), ("reuters",), "expert")


def test_a_denial_points_at_what_it_denies(analyzer: Analyzer) -> None:
    text = (
        "Dispute\n"
        "Paris claims that Madrid sold the stolen paintings. It gave no proof.\n"
        "Madrid has denied that it sold any stolen paintings."
    )
    found = by_cue(draft(analyzer, text))
    assert found["has denied"].disputes == (found["claims"].id,)


def test_nobody_in_particular_is_anonymous(analyzer: Analyzer) -> None:
    text = "Talks\nThe talks have failed, according to officials."
    (one,) = attributions(analyzer, text)
    assert (one.standing, one.speaker) == ("anonymous", ())


def test_two_who_speak_together_are_two_speakers(analyzer: Analyzer) -> None:
    text = "Talks\nBoth Paris and Madrid have said that the talks failed."
    (one,) = attributions(analyzer, text)
    assert one.speaker == ("french-government", "spanish-government")
    assert one.standing == "official"


def test_ids_can_be_read_and_each_says_its_rule(analyzer: Analyzer) -> None:
    text = "Fears\nIda Brandt said that it rains today. Brandt said that it snows today."
    found = attributions(analyzer, text)
    assert [one.id for one in found] == ["brandt-said", "brandt-said-2"]
    assert {one.evidence for one in found} == {"speech: a verb with a clause"}
    assert {one.status for one in found} == {"suggested"}


def test_who_is_cited_is_passed_on_by_the_outlet(analyzer: Analyzer) -> None:
    text = "Cracks\nReuters reported on Monday, citing an engineer, that the bridge had cracks."
    (one,) = attributions(analyzer, text)
    assert (words_of(one.source, text), one.via, one.standing) == (
        "an engineer",
        ("reuters",),
        "expert",
    )


def test_a_denial_of_something_else_points_nowhere(analyzer: Analyzer) -> None:
    text = (
        "Canal\n"
        "The lake has lost its water, according to the Water Board. "
        "A minister denied that a canal had been agreed."
    )
    assert not any(one.disputes for one in attributions(analyzer, text))


@pytest.mark.parametrize(
    ("source", "standing"),
    [
        ("An engineer who asked not to be named", "anonymous"),
        ("A minister, on condition of anonymity,", "anonymous"),
        ("The two governments", "official"),
        ("Officials", "anonymous"),
    ],
)
def test_who_hides_and_who_can_be_held_to_it(
    analyzer: Analyzer, source: str, standing: str
) -> None:
    (one,) = attributions(analyzer, f"Talks\n{source} said that the talks had failed.")
    assert one.standing == standing


def test_the_professor_is_the_one_who_was_called_so(analyzer: Analyzer) -> None:
    text = (
        "Lake\n"
        "“It worked for a while,” said Prof. Claire Dubois, a historian in Lyon.\n"
        "“Everybody knows that,” the professor added."
    )
    _, second = attributions(analyzer, text)
    assert second.speaker == ("claire-dubois",)
    assert words_of(second.antecedent, text).startswith("Prof. Claire Dubois")
