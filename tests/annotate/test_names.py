from __future__ import annotations

import re
from itertools import pairwise

import pytest
from msgspec.structs import replace

from explainer.analyze import Analyzer
from explainer.annotate.gazetteer import load_gazetteer
from explainer.annotate.name_kinds import kind_of
from explainer.annotate.name_spans import NameSpan, propagate
from explainer.annotate.names import unique_id
from explainer.annotate.referents import resolve
from explainer.model import Alias, AnnotatedDocument, Kind, Span
from tests.annotate.drafted import draft
from tests.making import make_entry


def names(text: str, *said: tuple[str, Kind]) -> tuple[NameSpan, ...]:
    """Name spans for each of the given words, in turn."""
    spans, place = [], 0
    for words, kind in said:
        place = text.index(words, place)
        spans.append(NameSpan(Span(place, place + len(words)), words, kind, "model"))
        place += len(words)
    return tuple(spans)


def groups(text: str, *said: tuple[str, Kind]) -> dict[str, tuple[str, ...]]:
    referents = resolve(text, names(text, *said), load_gazetteer())
    return {one.name: tuple(name.text for name in one.names) for one in referents}


def test_a_short_form_is_the_person_named_in_full() -> None:
    text = "Ida Brandt spoke. Brandt left. Ida slept."
    said: list[tuple[str, Kind]] = [("Ida Brandt", "person"), ("Brandt", "person")]
    assert groups(text, *said, ("Ida", "person")) == {"Ida Brandt": ("Ida Brandt", "Brandt", "Ida")}


def test_of_two_with_one_surname_the_last_spoken_of_is_meant() -> None:
    text = "Ida Brandt spoke. Then Otto Brandt spoke. Brandt left."
    found = groups(text, ("Ida Brandt", "person"), ("Otto Brandt", "person"), ("Brandt", "person"))
    assert found == {"Ida Brandt": ("Ida Brandt",), "Otto Brandt": ("Otto Brandt", "Brandt")}


def test_an_acronym_in_brackets_is_the_name_before_it() -> None:
    text = "The Dunmore Harbor Trust (DHT) met. DHT closed."
    found = groups(text, ("Dunmore Harbor Trust", "organization"), ("DHT", "organization"))
    assert list(found) == ["Dunmore Harbor Trust"]


def test_all_that_everybody_calls_a_country_is_one_referent() -> None:
    text = "The US spoke. The United States left."
    assert list(groups(text, ("US", "place"), ("United States", "place"))) == ["United States"]


def test_the_majority_decides_what_a_name_is() -> None:
    text = "Alder went. Alder came. Alder slept."
    found = resolve(
        text,
        names(text, ("Alder", "person"), ("Alder", "place"), ("Alder", "person")),
        load_gazetteer(),
    )
    assert [one.kind for one in found] == ["person"]


def test_what_is_a_name_once_is_one_everywhere_but_inside_a_longer_word() -> None:
    text = "Alder spoke. Then Alder left Alderton."
    found = propagate(text, names(text, ("Alder", "person")), [])
    assert [one.span.start for one in found] == [0, 18]


def test_an_id_that_is_taken_gets_a_number() -> None:
    assert unique_id("Émile Zola", []) == "emile-zola"
    assert unique_id("Émile Zola", ["emile-zola"]) == "emile-zola-2"


def mentioned(drafted: AnnotatedDocument) -> list[tuple[str, str]]:
    text = drafted.document.text
    return [(one.span.of(text), one.entry) for one in drafted.mentions]


@pytest.mark.nlp
def test_an_office_in_capitals_behind_a_name_is_a_role(analyzer: Analyzer) -> None:
    text = (
        "Bridge closes\n"
        "“The river is too high,” said Ida Alder, Head of River Research at the Dunmore Office."
    )
    proposed = {one.id: one for one in draft(analyzer, text).proposed}
    assert proposed["ida-alder"].role == "Head of River Research at the Dunmore Office"


@pytest.mark.nlp
def test_an_entry_says_only_what_the_article_says(analyzer: Analyzer) -> None:
    text = (
        "Bridge closes\n"
        "Railway spokesman Otto Brandt met Ida Alder, an engineer at Kookmin University, in Bonn."
    )
    proposed = {one.id: one for one in draft(analyzer, text).proposed}
    assert proposed["otto-brandt"].role == "Railway spokesman"
    assert proposed["ida-alder"].role == "engineer at Kookmin University"
    assert {one.status for one in proposed.values()} == {"suggested"}
    assert all(not one.summary for one in proposed.values())
    assert all(one.proposed_by for one in proposed.values())
    said_by = proposed["ida-alder"].proposed_by
    assert said_by.endswith("“engineer at Kookmin University”, story.txt:1")


@pytest.mark.nlp
def test_a_possessive_and_a_title_are_no_part_of_a_name(analyzer: Analyzer) -> None:
    text = "Visit\nPresident Maria Lindqvist’s train left Sweden."
    assert mentioned(draft(analyzer, text)) == [
        ("Maria Lindqvist", "maria-lindqvist"),
        ("Sweden", "sweden"),
    ]


@pytest.mark.nlp
def test_a_pair_with_a_hyphen_is_two(analyzer: Analyzer) -> None:
    text = (
        "Summit\nMaria Lindqvist met Jonas Keller on Monday. "
        "The Lindqvist-Keller summit ended in Bonn."
    )
    found = mentioned(draft(analyzer, text))
    assert ("Lindqvist", "maria-lindqvist") in found
    assert ("Keller", "jonas-keller") in found


@pytest.mark.nlp
def test_adjectives_of_countries_are_no_mentions(analyzer: Analyzer) -> None:
    text = "Trade\nThe North Korean delegation praised Russian bread."
    assert mentioned(draft(analyzer, text)) == []


@pytest.mark.nlp
def test_what_the_glossary_calls_otherwise_is_its_entry(analyzer: Analyzer) -> None:
    text = "Trade\nShe left the U.S. on Monday."
    entry = make_entry("United States", kind="place")
    drafted = draft(analyzer, text, entries=(entry,))
    assert mentioned(drafted) == [("U.S.", entry.id)]
    assert drafted.proposed == ()


@pytest.mark.nlp
def test_mentions_never_overlap_and_a_second_run_changes_nothing(analyzer: Analyzer) -> None:
    text = "Summit\nMaria Lindqvist of the Bonn Harbor Trust met Lindqvist’s aide in Bonn, Germany."
    drafted = draft(analyzer, text)
    spans = [one.span for one in drafted.mentions]
    assert all(a.end <= b.start for a, b in pairwise(spans))
    assert draft(analyzer, text) == drafted


@pytest.mark.parametrize(
    ("text", "owner"),
    [
        ("Ida Brandt met Otto Brandt. Brandt left.", None),
        ("Ida Brandt met Mr Otto Brandt. Mr Brandt left.", "Otto Brandt"),
        ("Senator Ida Brandt met Otto Brandt. Senator Brandt left.", "Ida Brandt"),
        ("Otto Brandt met his sister, Ida Brandt. Brandt said he was well.", "Otto Brandt"),
        ("Brandt resigns\nIda Brandt, wife of Otto Brandt, spoke. Brandt left.", "Ida Brandt"),
    ],
)
def test_whose_surname_it_is_a_title_or_a_pronoun_says_or_nobody(
    text: str, owner: str | None
) -> None:
    said: list[tuple[str, Kind]] = [
        (match.group(), "person") for match in re.finditer(r"(?:Ida |Otto )?Brandt", text)
    ]
    found = groups(text, *said)
    last = [full for full, forms in found.items() if forms.count("Brandt")]
    assert last == ([owner] if owner else [])


@pytest.mark.nlp
def test_a_doubtful_surname_is_told_and_not_marked(analyzer: Analyzer) -> None:
    text = "Visit\nIda Brandt met Otto Brandt in Bonn. Brandt left on Monday."
    drafted = draft(analyzer, text)
    assert "Brandt" not in [said for said, _ in mentioned(drafted)]
    assert ["Ida Brandt or Otto Brandt" in one.message for one in drafted.diagnostics] == [True]


@pytest.mark.nlp
def test_a_short_form_that_two_entries_share_is_proposed_for_the_one_spoken_of(
    analyzer: Analyzer,
) -> None:
    short = (Alias("Brandt", after_name=True),)
    ida = replace(make_entry("Ida Brandt", kind="person"), aliases=short)
    otto = replace(make_entry("Otto Brandt", kind="person"), aliases=short)
    text = "Visit\nOtto Brandt spoke first.\nThen Ida Brandt spoke.\nBrandt left on Monday."
    drafted = draft(analyzer, text, entries=(ida, otto))
    assert mentioned(drafted)[-1] == ("Brandt", ida.id)
    assert drafted.mentions[-1].status == "suggested"


@pytest.mark.nlp
def test_an_office_is_the_person_of_whom_the_text_said_it(analyzer: Analyzer) -> None:
    text = "Visit\nChancellor Maria Lindqvist met Jonas Keller in Bonn. The Chancellor spoke first."
    drafted = draft(analyzer, text)
    assert ("Chancellor", "maria-lindqvist") in mentioned(drafted)
    entry = next(one for one in drafted.proposed if one.id == "maria-lindqvist")
    assert "Chancellor" not in [alias.text for alias in entry.aliases]


@pytest.mark.nlp
def test_an_office_that_nobody_was_said_to_have_is_no_mention(analyzer: Analyzer) -> None:
    text = "Visit\nMaria Lindqvist met Jonas Keller in Bonn. The Chancellor spoke first."
    assert "Chancellor" not in [said for said, _ in mentioned(draft(analyzer, text))]


@pytest.mark.nlp
def test_a_name_within_a_name_is_nested(analyzer: Analyzer) -> None:
    text = "Study\nShe teaches at the University of Oslo.\nThen she left Oslo."
    drafted = draft(analyzer, text)
    assert mentioned(drafted)[0] == ("University of Oslo", "university-of-oslo")
    assert [(one.span.of(text), one.entry) for one in drafted.nested] == [("Oslo", "oslo")]


@pytest.mark.parametrize(
    ("text", "name", "kind"),
    [
        ("He lives in Kharkiv now.", "Kharkiv", "place"),
        ("He went to Mr Davis now.", "Davis", "person"),
        ("They met at Exeter today.", "Exeter", "place"),
        ("They met Exeter today.", "Exeter", "person"),
        ("They met at Fort Dunmore.", "Fort Dunmore", "place"),
    ],
)
def test_the_pack_and_the_neighbors_overrule_the_model(text: str, name: str, kind: Kind) -> None:
    span = Span(text.index(name), text.index(name) + len(name))
    assert kind_of(text, span, "person", load_gazetteer()) == kind


@pytest.mark.nlp
def test_the_city_that_a_report_is_filed_from_is_no_mention(analyzer: Analyzer) -> None:
    text = "Talks\nBREMEN (Reuters) - Ivan Orlov said on Monday that it rained in Oslo."
    assert "BREMEN" not in {one.name for one in draft(analyzer, text).proposed}
