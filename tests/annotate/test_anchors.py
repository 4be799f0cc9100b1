"""Words that an editor quoted, found again in the article or refused."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from explainer.annotate.anchors import AnchorFinder
from explainer.model import Selector, Span

TEXT = (
    "Kim left for Russia. “It is a long way,” he said.\n\n"
    "Peskov said that Kim’s train was late, and that nobody had asked why.\n\n"
    "Russia waits."
)


def find(exact: str, prefix: str = "", suffix: str = "", text: str = TEXT) -> tuple[str, str]:
    """The state, and the words found or the reason why none are."""
    anchor = AnchorFinder(text).find(Selector(exact, prefix, suffix))
    return anchor.state, anchor.span.of(text) if anchor.span else anchor.reason


@pytest.mark.parametrize(
    ("exact", "prefix", "suffix"),
    [
        ("a long way", "", ""),
        ("Russia", "left for ", ""),
        ("Russia", "", " waits"),
        ("he said", "way,” ", ".\n\nPeskov"),
        ("Kim", "", " left"),
        ("said", "he ", "."),
        (" said", "he", "."),
    ],
)
def test_words_that_stand_once_with_their_context_are_exact(
    exact: str, prefix: str, suffix: str
) -> None:
    assert find(exact, prefix, suffix) == ("exact", exact.strip())


@pytest.mark.parametrize(
    ("exact", "found"),
    [
        ('"It is a long way,"', "“It is a long way,”"),
        ("Kim's train", "Kim’s train"),
        ("Kim's  train\nwas", "Kim’s train was"),
        ("he said. Peskov", "he said.\n\nPeskov"),
        ("Kim\u2019s\u00a0train", "Kim’s train"),
    ],
)
def test_marks_and_spaces_may_differ(exact: str, found: str) -> None:
    assert find(exact) == ("exact", found)


@pytest.mark.parametrize(
    ("exact", "prefix", "suffix"),
    [
        ("a long way", "It was ", ""),
        ("a long way", "", " to go"),
        ("Russia", "left for ", " now"),
        ("Russia", "went to ", " waits"),
    ],
)
def test_words_that_moved_are_found_where_one_place_fits_best(
    exact: str, prefix: str, suffix: str
) -> None:
    assert find(exact, prefix, suffix) == ("moved", exact)


@pytest.mark.parametrize(
    ("exact", "prefix", "suffix", "count"),
    [("Russia", "", "", 2), ("said", "", "", 2), ("Russia", "in ", " slept", 2)],
)
def test_words_that_stand_twice_are_never_guessed(
    exact: str, prefix: str, suffix: str, count: int
) -> None:
    state, reason = find(exact, prefix, suffix)
    assert state == "orphan"
    assert f"{count} times" in reason


def test_a_part_of_a_word_is_not_the_word() -> None:
    assert find("rain", text="The train left. Rain fell, and rain again fell.")[0] == "exact"


def test_words_that_changed_are_shown_and_not_published() -> None:
    state, found = find("Peskov said that Kim’s train was on time, and that nobody had asked why.")
    assert state == "fuzzy"
    assert "was late" in found


def test_words_that_are_gone_name_the_nearest() -> None:
    state, reason = find("that Putin’s plane was very late in the evening")
    assert state == "orphan"
    assert "Kim’s train was late" in reason


@pytest.mark.parametrize("exact", ["Nothing here is like it at all", "\u200b", "—", "x" * 5000])
def test_words_that_never_stood_there(exact: str) -> None:
    assert find(exact)[0] == "orphan"


@pytest.mark.parametrize("text", ["", " \n", "\u200b", "x"])
def test_a_text_with_nothing_in_it_holds_no_words(text: str) -> None:
    assert find("some words", text=text)[0] == "orphan"


def test_regular_expressions_in_a_quotation_are_text() -> None:
    assert find("a (b|c)* [d", text="He wrote a (b|c)* [d and left.") == ("exact", "a (b|c)* [d")


def test_only_the_given_paragraphs_are_searched() -> None:
    last = TEXT.index("Russia waits")
    anchor = AnchorFinder(TEXT).find(Selector("Russia"), [Span(last, len(TEXT))])
    assert (anchor.state, anchor.span) == ("exact", Span(last, last + len("Russia")))


@given(st.data())
def test_any_words_of_the_text_with_enough_context_are_found_there(data: st.DataObject) -> None:
    words = _words(TEXT)
    first = data.draw(st.integers(0, len(words) - 1))
    last = data.draw(st.integers(first, len(words) - 1))
    span = Span(words[first].start, words[last].end)
    selector = Selector(span.of(TEXT), TEXT[: span.start], TEXT[span.end :])
    anchor = AnchorFinder(TEXT).find(selector)
    assert (anchor.state, anchor.span) == ("exact", span)


def _words(text: str) -> list[Span]:
    spans, start = [], 0
    for word in text.split():
        start = text.index(word, start)
        spans.append(Span(start, start + len(word)))
        start += len(word)
    return spans


def test_a_long_article_is_searched_in_one_pass() -> None:
    text = "Seoul waits, he said. " * 40_000
    assert find("Seoul", suffix=" sleeps", text=text)[0] == "orphan"
    assert find("Busan waits, she said", text=text)[0] == "fuzzy"


@pytest.mark.parametrize("mark", ["", '"', "'"])
def test_quoted_words_in_two_like_sentences_are_refused_as_bare_ones_are(mark: str) -> None:
    words = f"{mark}the bridge is safe{mark}"
    told = f"The mayor of Bonn said on the old quay that {words} for all"
    finder = AnchorFinder(f"{told} cars.\n\n{told} lorries.")
    anchor = finder.find(Selector(words, suffix=" for all cars"), whole_only=True)
    assert anchor.state == "fuzzy"
