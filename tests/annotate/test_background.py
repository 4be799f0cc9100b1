from __future__ import annotations

import pytest

from explainer.analyze import Analyzer
from explainer.annotate.past import edtf_of
from explainer.model import BackgroundCard
from tests.annotate.drafted import draft, words_of


@pytest.mark.parametrize(
    ("value", "text"),
    [
        ("2019", "2019"),
        ("2019-04-25", "2019-04-25"),
        ("2023-09-10TEV", "2023-09-10"),
        ("199", "199X"),
        ("18", "18XX"),
        ("2021-Q2", "2021-04/2021-06"),
        ("2022-WI", "2022-24"),
        ("2023-W37", "2023-09-11/2023-09-17"),
    ],
)
def test_a_timex_value_becomes_an_edtf_date(value: str, text: str) -> None:
    found = edtf_of(value)
    assert found is not None
    assert found.text == text


@pytest.mark.parametrize("value", [None, "PAST_REF", "P3D", "XXXX-WXX-1"])
def test_what_names_no_time_in_the_calendar_has_none(value: str | None) -> None:
    assert edtf_of(value) is None


def cards(analyzer: Analyzer, text: str, date: str = "2023-09-12") -> tuple[BackgroundCard, ...]:
    return draft(analyzer, f"News\n{text}", date).cards


@pytest.mark.nlp
@pytest.mark.parametrize(
    ("text", "title", "date"),
    [
        ("The treaty dates back to Norway’s founding 75 years ago.", "Norway’s founding", "1948"),
        ("Her last formal visit was in 2019.", "Last formal visit", "2019"),
        (
            "Nobody has left since the beginning of the great storm.",
            "Beginning of the great storm",
            None,
        ),
    ],
)
def test_a_passage_that_reaches_back_is_a_card(
    analyzer: Analyzer, text: str, title: str, date: str | None
) -> None:
    (card,) = cards(analyzer, text)
    assert (card.title, card.date and card.date.text) == (title, date)
    assert (card.body, card.status) == ("", "suggested")
    assert words_of(card.leans_on, f"News\n{text}") == text


@pytest.mark.nlp
@pytest.mark.parametrize(
    "text",
    [
        "The train left on Sunday evening.",
        "The talks will end next week.",
        "The bridge closed two weeks ago.",
        "It runs every day.",
    ],
)
def test_the_days_of_the_story_are_no_background(analyzer: Analyzer, text: str) -> None:
    assert cards(analyzer, text) == ()


@pytest.mark.nlp
def test_the_same_event_told_twice_is_one_card(analyzer: Analyzer) -> None:
    text = "The harbor bridge collapsed in 1998. The harbor bridge that collapsed in 1998 was new."
    (card,) = cards(analyzer, text)
    assert len(card.leans_on) == 2


@pytest.mark.nlp
def test_without_the_articles_date_years_count_and_relations_stay_undated(
    analyzer: Analyzer,
) -> None:
    first, second = cards(analyzer, "It opened in 1948. It burned down 40 years ago.", date="")
    assert first.date is not None
    assert first.date.text == "1948"
    assert second.date is None


@pytest.mark.nlp
def test_what_happened_so_many_years_before_the_story_is_a_card(analyzer: Analyzer) -> None:
    text = "News\nThe towns will share a bridge, nine years after a ferry sank in the harbor."
    (card,) = draft(analyzer, text, "2024-03-05").cards
    assert card.date is not None
    assert card.date.text == "2015"


@pytest.mark.nlp
def test_a_title_has_no_relative_word_and_no_source(analyzer: Analyzer) -> None:
    text = (
        "News\nThe harbor has lost much of its trade since the 1960s, according to the Dunmore "
        "Board. They praised Otto Ono, who has worked the ferry since 1989."
    )
    titles = [card.title for card in draft(analyzer, text, "2024-03-05").cards]
    assert titles
    assert not any("according" in title or title.startswith("Who ") for title in titles)


@pytest.mark.nlp
@pytest.mark.parametrize(
    "text",
    [
        "The pier of Dunmore on February 8, 2010.",
        "Sales rose to $4 million from $3 million a year ago.",
        "The mill lost money in the fourth quarter of 2021.",
        "The pier would lose a tenth of 2000 levels.",
        "It lost money in the six months ended June 30.",
        "The agreement pays for the next two years.",
        "They studied how the tide will change over 2000 - 2050.",
        "The council has been at odds over the past year.",
    ],
)
def test_what_only_measures_is_no_card(analyzer: Analyzer, text: str) -> None:
    assert cards(analyzer, text) == ()
