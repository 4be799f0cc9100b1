"""What the notes say of an article, put in its place or refused with a reason."""

from __future__ import annotations

import pytest

from explainer.annotate import (
    anchor_diagnostics,
    annotate,
    mention_annotator,
    noted_annotators,
)
from explainer.model import AnnotatedDocument, Diagnostic
from explainer.read import parse_notes
from tests.making import make_entry, mark, parse_markdown_article

BODY = """\
Ada Lovelace resigned on Tuesday, Bonn said.

“I am tired,” she said. “And I am old,” she added.

Bonn denied that she was tired.
"""
ADA = make_entry("Ada Lovelace")


def annotated(notes: str) -> AnnotatedDocument:
    return mark(parse_markdown_article(BODY), [ADA], notes)


def told(notes: str) -> list[Diagnostic]:
    return anchor_diagnostics(parse_markdown_article(BODY), parse_notes(notes, "a.notes.yaml"))


CARD = """\
background:
  - id: card
    title: A card
    leans_on: [{lean}]
    status: {status}
"""
CLAIM = """\
attributions:
  - id: tired
    content: [{content}]
    source: {source}
    cue: {cue}
    status: {status}
"""


@pytest.mark.parametrize(("status", "count"), [("reviewed", 1), ("suggested", 1), ("rejected", 0)])
def test_a_card_leans_on_its_passage_unless_it_was_rejected(status: str, count: int) -> None:
    cards = annotated(CARD.format(lean="{exact: resigned on Tuesday}", status=status)).cards
    assert len(cards) == count
    assert [card.leans_on[0].of(BODY) for card in cards] == ["resigned on Tuesday"] * count


@pytest.mark.parametrize(
    ("lean", "code"),
    [
        ("{exact: gave up all of her offices}", "A001"),
        ("{exact: Ada Lovelace resigned on a Tuesday}", "A002"),
        ("{exact: she}", "A001"),
    ],
)
def test_a_card_whose_passage_is_gone_is_left_out_and_told(lean: str, code: str) -> None:
    notes = CARD.format(lean=lean, status="reviewed")
    assert annotated(notes).cards == ()
    (found,) = told(notes)
    assert (found.code, found.severity) == (code, "error")
    assert (found.position.line, found.position.column) == (4, 16)


def test_the_nearest_words_are_told_beside_those_that_are_gone() -> None:
    (found,) = told(CARD.format(lean="{exact: resigned on Monday}", status="reviewed"))
    assert "resigned on Monday" in found.message
    assert "resigned on Tuesday" in found.message


def test_a_card_keeps_the_passages_that_hold() -> None:
    notes = CARD.format(lean="{exact: Bonn denied}, {exact: gone for good}", status="reviewed")
    assert [span.of(BODY) for span in annotated(notes).cards[0].leans_on] == ["Bonn denied"]


def test_a_claim_needs_every_piece_of_its_content() -> None:
    pieces = "{exact: I am tired}, {exact: And I am old}"
    notes = CLAIM.format(content=pieces, source="Bonn", cue="denied", status="reviewed")
    assert len(annotated(notes).attributions[0].content) == 2
    assert annotated(notes.replace("old", "young and well")).attributions == ()


def test_source_and_cue_are_looked_for_beside_what_was_said() -> None:
    notes = CLAIM.format(
        content="{exact: And I am old}", source="she", cue="added", status="reviewed"
    )
    assert annotated(notes).attributions[0].source == ()
    assert [one.message for one in told(notes)] != []
    beside = CLAIM.format(
        content="{exact: she was tired}", source="Bonn", cue="denied", status="reviewed"
    )
    (claim,) = annotated(beside).attributions
    assert claim.source[0].start == BODY.index("Bonn denied")
    assert told(beside) == []


def test_a_source_in_another_paragraph_is_found_there() -> None:
    notes = CLAIM.format(
        content="{exact: I am tired}", source="Ada Lovelace", cue="resigned", status="reviewed"
    )
    (claim,) = annotated(notes).attributions
    assert claim.source[0].of(BODY) == "Ada Lovelace"


def test_what_was_rejected_needs_no_anchor() -> None:
    gone = CLAIM.format(content="{exact: gone}", source="gone", cue="gone", status="rejected")
    assert told(gone) == []
    assert told(CARD.format(lean="{exact: gone}", status="rejected")) == []
    assert told("mentions: [{at: {exact: gone}, entry: ada-lovelace, status: rejected}]") == []


def test_a_mention_that_no_longer_stands_is_told() -> None:
    (found,) = told("mentions: [{at: {exact: Charles Babbage}, entry: ada-lovelace}]")
    assert found.code == "A001"


def test_annotations_come_in_the_order_of_the_text() -> None:
    card = "  - {{id: {0}, title: x, leans_on: [{{exact: {1}}}]}}\n"
    notes = "background:\n" + card.format("b", "Bonn denied") + card.format("a", "Ada Lovelace")
    assert [one.id for one in annotated(notes).cards] == ["a", "b"]


def test_annotators_that_run_twice_change_nothing() -> None:
    notes = parse_notes(
        CARD.format(lean="{exact: on Tuesday}", status="reviewed")
        + CLAIM.format(content="{exact: I am tired}", source="Bonn", cue="x", status="suggested")
        + "mentions: [{at: {exact: she, suffix: ' added'}, entry: ada-lovelace}]\n",
        "a.notes.yaml",
    )
    for one in noted_annotators(notes, mention_annotator((ADA,))):
        once = annotate(AnnotatedDocument(parse_markdown_article(BODY)), [one])
        assert one(once) == once
