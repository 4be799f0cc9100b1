from __future__ import annotations

import pytest
from msgspec.structs import replace

from explainer.annotate.anchors import AnchorFinder
from explainer.model import (
    Alias,
    AnnotatedDocument,
    Attribution,
    BackgroundCard,
    Edtf,
    Entry,
    Mention,
    Span,
)
from explainer.propose import propose_entries, propose_notes
from explainer.read.glossary import parse_glossary
from explainer.read.notes import parse_notes
from tests.annotate.drafted import make_document

TEXT = "Bridge\nBo said that the bridge fell in 1998.\nOslo denied it, Bo said."


def span(words: str) -> Span:
    start = TEXT.index(words)
    return Span(start, start + len(words))


@pytest.fixture
def drafted() -> AnnotatedDocument:
    claim = Attribution(
        id="bo-said",
        content=(span("the bridge fell in 1998"),),
        source=(span("Bo"),),
        cue=(span("said"),),
        speaker=("bo",),
        status="suggested",
        evidence="speech: a verb with a clause",
    )
    second = replace(
        claim, id="bo-said-2", content=(span("Oslo denied it"),), disputes=("bo-said",)
    )
    card = BackgroundCard(
        id="bridge",
        title="Bridge fell",
        body="",
        leans_on=(span("Bo said that the bridge fell in 1998."),),
        date=Edtf("1998", (1998, 1, 1), (1998, 12, 31)),
        entries=("bo",),
        status="suggested",
        when=span("1998"),
    )
    moved = Mention(span("Oslo"), "norway-government", "organization", "suggested", "senses: x")
    return AnnotatedDocument(
        make_document(TEXT),
        mentions=(Mention(span("Bo"), "bo", "person", "suggested", "names: x"), moved),
        attributions=(claim, second),
        cards=(card,),
        proposed=(Entry("bo", "Bo", "person"),),
    )


def test_notes_read_back_and_every_anchor_stands_where_it_was_made(
    drafted: AnnotatedDocument,
) -> None:
    notes = parse_notes(propose_notes(drafted, None), "story.notes.yaml")
    finder = AnchorFinder(TEXT)
    assert notes.text == f"sha256:{drafted.document.digest}"
    assert [finder.find(one.content[0]).span for one in notes.attributions] == [
        one.content[0] for one in drafted.attributions
    ]
    assert [finder.find(one.leans_on[0]).span for one in notes.background] == [
        drafted.cards[0].leans_on[0]
    ]
    assert {one.status for one in notes.attributions} == {"suggested"}
    assert {one.status for one in notes.background} == {"suggested"}
    assert notes.attributions[1].disputes == ("bo-said",)


def test_only_mentions_that_names_do_not_settle_are_listed(drafted: AnnotatedDocument) -> None:
    notes = parse_notes(propose_notes(drafted, None), "")
    assert [one.entry for one in notes.mentions] == ["norway-government"]


def test_proposing_twice_changes_nothing(drafted: AnnotatedDocument) -> None:
    once = propose_notes(drafted, None)
    assert propose_notes(drafted, once) == once


def test_what_an_editor_wrote_stays_and_what_he_rejected_is_not_proposed_again(
    drafted: AnnotatedDocument,
) -> None:
    mine = (
        "# my notes\n"
        "attributions:\n"
        "  - id: mine   # a comment\n"
        "    content: [{exact: bridge fell}]\n"
        "    status: rejected\n"
        "\n"
        "# the end\n"
    )
    text = propose_notes(drafted, mine)
    rest = iter(text.splitlines())
    assert all(line in rest for line in mine.splitlines())
    assert [one.id for one in parse_notes(text, "").attributions] == ["mine", "bo-said-2"]


def test_an_opening_comment_stays_at_the_top_of_the_notes(drafted: AnnotatedDocument) -> None:
    opening = "# Notes of the desk.\n\n# Ask Bo again.\n"
    text = propose_notes(drafted, opening + "mentions: []\n")
    assert text.startswith(f"{opening}text: sha256:")
    assert parse_notes(text, "story.notes.yaml").attributions


def test_an_id_that_is_taken_in_the_notes_gets_a_number(drafted: AnnotatedDocument) -> None:
    mine = "attributions:\n  - {id: bo-said, content: [{exact: Bridge}]}\n"
    ids = [one.id for one in parse_notes(propose_notes(drafted, mine), "").attributions]
    assert ids == ["bo-said", "bo-said-2", "bo-said-2-2"]


def test_entries_go_to_the_end_of_the_file_once() -> None:
    entry = Entry(
        "ida-brandt",
        "Ida Brandt",
        "person",
        aliases=(Alias("Brandt", after_name=True), Alias("I. Brandt")),
        role="engineer: in Bonn",
        status="suggested",
        proposed_by="names: a title before it",
    )
    existing = "# kept\n- id: bo\n  name: Bo\n  kind: person\n"
    text = propose_entries((entry,), existing)
    found, problems = parse_glossary(text, "suggested.yaml")
    assert problems == []
    assert text.startswith(existing)
    read = next(one for one in found if one.id == "ida-brandt")
    assert [(a.text, a.after_name) for a in read.aliases] == [
        ("Brandt", True),
        ("I. Brandt", False),
    ]
    assert (read.role, read.status) == ("engineer: in Bonn", "suggested")
    assert propose_entries((entry,), text) == text


def test_nothing_to_propose_is_an_empty_file() -> None:
    assert propose_entries((), None) == ""
