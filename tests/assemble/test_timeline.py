"""A story's timeline: what has a date, in order."""

from __future__ import annotations

from explainer.assemble.timeline import timeline
from explainer.edtf import parse_edtf
from explainer.language import language_of
from explainer.model import BackgroundCard, Entry, Span


def card(name: str, date: str) -> BackgroundCard:
    edtf = parse_edtf(date) if date else None
    return BackgroundCard(name, name.title(), "", (Span(0, 1),), date=edtf)


def titles(
    *cards: BackgroundCard, events: tuple[Entry, ...] = (), published: str = ""
) -> list[str]:
    return [
        one.title
        for one in timeline(
            cards, events, published, lambda entry: f"#entry-{entry}", language_of("en")
        )
    ]


def test_moments_run_from_the_earliest_on_whatever_their_precision() -> None:
    cards = [card("visit", "2019-04-25"), card("founding", "1948"), card("war", "2022-02-24/..")]
    assert titles(*cards) == ["Founding", "Visit", "War"]


def test_before_the_common_era_comes_before_it() -> None:
    assert titles(card("after", "0040"), card("before", "-0043")) == ["Before", "After"]


def test_a_card_without_a_date_has_no_place_in_time() -> None:
    assert titles(card("undated", "")) == []


def test_of_two_that_start_together_the_shorter_comes_first() -> None:
    assert titles(card("long", "2020/.."), card("short", "2020-01")) == ["Short", "Long"]


def test_events_and_the_article_itself_stand_among_the_cards() -> None:
    event = Entry("forum", "Forum", "event", date=parse_edtf("2015/.."))
    found = titles(card("visit", "2019"), events=(event,), published="2023-09-12T10:00:00+09:00")
    assert found == ["Forum", "Visit", "This article"]


def test_an_article_alone_is_no_timeline() -> None:
    assert titles(published="2023-09-12") == []
