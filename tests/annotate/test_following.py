"""An article changes, and its annotations follow their sentences or are refused."""

from __future__ import annotations

from random import Random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from explainer.annotate.following import Follower
from explainer.annotate.noted import noted_anchors
from explainer.model import Span
from explainer.read import parse_notes
from tests.edited import KINDS, Edited, Tally, judge, make_article, make_notes, parse_plain

OLD = (
    "Ada Renn told reporters that the pier will close in May. "
    "The council met at noon and said nothing of it. "
    "Jonas Vale told reporters that the pier will open in June."
)


def follow(words: str, new: str, old: str = OLD, nth: int = 0) -> str | None:
    """What the `nth` occurrence of `words` has become, with the text right after it."""
    start = -1
    for _ in range(nth + 1):
        start = old.index(words, start + 1)
    found = Follower(old, new).follow(Span(start, start + len(words)))
    return new[found.span.start : found.span.end + 12] if found.span else None


def test_a_sentence_that_stands_as_it_was_is_followed_wherever_it_went() -> None:
    first, second, third = (f"{one}." for one in OLD.rstrip(".").split(". "))
    assert follow("the pier", f"{third} {second} {first}") == "the pier will close "


def test_words_whose_sentence_is_gone_do_not_slide_to_the_same_words_elsewhere() -> None:
    assert follow("told reporters", OLD.split(". ", 1)[1]) is None


def test_a_look_alike_before_a_sentence_changes_nothing() -> None:
    copy = "Ada Renn told reporters that the pier will close in July. "
    assert follow("told reporters", copy + OLD) == "told reporters that the pi"
    found = Follower(OLD, copy + OLD).follow(Span(9, 23))
    assert found.span == Span(len(copy) + 9, len(copy) + 23)


def test_a_sentence_that_stands_twice_with_nothing_to_tell_them_apart_is_refused() -> None:
    sentence = "The ferry company raised the fares by a tenth. "
    assert follow("the fares", sentence * 3, sentence * 2, nth=1) is None


def test_a_sentence_that_stands_twice_is_told_by_its_neighbors() -> None:
    twice = "The pier is shut now. Ada went home by ferry. The pier is shut now. All waited."
    new = twice.replace("waited", "hoped")
    found = Follower(twice, new).follow(Span(0, 8))
    assert found.span == Span(0, 8)


def test_words_that_stay_in_a_changed_sentence_are_followed() -> None:
    assert follow("the pier", OLD.replace("Renn", "Holt")) == "the pier will close "


def test_words_that_an_inserted_copy_completes_are_refused() -> None:
    old = "He said: “All is well here now. Nobody in Ansel is afraid of it.” Then he left the pier."
    copy = "Nobody in Ansel is afraid of noon.” "
    new = old.replace("Nobody", f"{copy}Nobody")
    assert follow("well here now. Nobody in Ansel", new, old) is None


def test_a_sentence_that_changed_and_moved_is_refused() -> None:
    first, rest = OLD.split(". ", 1)
    filler = " ".join(f"Then number {n} came by and went." for n in "abcdefgh")
    old = f"{first}. {rest} {filler}"
    assert follow("will close", f"{rest} {filler} {first.replace('Renn', 'Holt')}.", old) is None


def test_of_two_equal_words_in_a_changed_sentence_the_right_one_is_followed() -> None:
    old = "In Ansel the mayor of Ansel said on Monday that he would stay."
    new = "In Ansel the mayor of Ansel said that he would stay on."
    assert follow("Ansel", new, old, nth=1) == "Ansel said that h"
    assert follow("Ansel", new, old) == "Ansel the mayor o"
    assert follow("Ansel", new.replace("In Ansel", "In Ansen"), old) is None


@pytest.mark.parametrize("new", ["", " \n", "Nothing of it is left here at all."])
def test_nothing_is_followed_into_a_text_that_has_none_of_it(new: str) -> None:
    assert follow("the pier", new) is None


def test_what_was_written_after_the_edit_is_found_in_the_article_itself() -> None:
    base = parse_plain("A headline\nAda left for the pier.\nShe came back.\n")
    document = parse_plain("A headline\nAda left for the pier.\nShe came back in a new hat.\n")
    notes = parse_notes(
        f"text: sha256:{base.digest}\nmentions:\n  - {{at: {{exact: a new hat}}, entry: hat}}\n", ""
    )
    (noted,) = noted_anchors(document, notes, base)
    assert noted.anchor.state == "exact"


def test_without_the_old_text_words_out_of_their_context_are_refused() -> None:
    document = parse_plain("A headline\nAda left for Ansel.\n")
    old = "0" * 64
    notes = parse_notes(
        f"text: sha256:{old}\n"
        "mentions:\n  - {at: {exact: Ansel, prefix: 'mayor of '}, entry: a}\n",
        "",
    )
    (noted,) = noted_anchors(document, notes)
    assert (noted.anchor.state, noted.anchor.holds) == ("fuzzy", False)


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("with_base", [True, False])
@settings(max_examples=20)
@given(seed=st.integers(0, 10_000))
def test_no_edit_puts_an_annotation_in_a_wrong_place(kind: str, with_base: bool, seed: int) -> None:
    random = Random(seed)
    document = parse_plain(make_article(random, 6))
    notes = make_notes(document, random)
    edited = Edited(tuple(KINDS[kind](document.text, random)))
    _, wrong = judge(document, notes, edited, with_base=with_base)
    assert [(was.span, now.span, now.selector) for was, now in wrong] == []


@pytest.mark.parametrize("kind", KINDS)
def test_what_still_stands_is_nearly_always_found(kind: str) -> None:
    total = Tally()
    for seed in range(12):
        random = Random(seed)
        document = parse_plain(make_article(random))
        edited = Edited(tuple(KINDS[kind](document.text, random)))
        found, _ = judge(document, make_notes(document, random), edited)
        total.stood += found.stood
        total.right += found.right
    assert total.stood > 100
    assert total.right >= 0.95 * total.stood
