from __future__ import annotations

import pytest

from explainer.analyze import Analyzer
from explainer.annotate.times import annotate_times
from explainer.model import AnnotatedDocument, Mention, Span, TimeExpression
from tests.annotate.drafted import draft, make_document, tag_words

TUESDAY = "2023-09-12"


def read(text: str, date: str = TUESDAY) -> tuple[TimeExpression, ...]:
    annotated = AnnotatedDocument(make_document(text, date), tag_words(text))
    return annotate_times(annotated).dates


@pytest.mark.parametrize(
    ("text", "said", "type_", "value"),
    [
        ("It grew in the past two months.", "the past two months", "DURATION", "P2M"),
        ("It opens on Thanksgiving.", "Thanksgiving", "DATE", "2023-11-23"),
        ("It opened on Good Friday.", "Good Friday", "DATE", "2023-04-07"),
        ("It opened last Christmas.", "last Christmas", "DATE", "2022-12-25"),
        ("It opened on Memorial Day.", "Memorial Day", "DATE", "2023-05-29"),
        ("It closed on Easter Monday 2000.", "Easter Monday 2000", "DATE", "2000-04-24"),
        ("It opened on Saturday, April 29: all came.", "Saturday, April 29", "DATE", "2023-04-29"),
        ("It opened on 10-February-2006.", "10-February-2006", "DATE", "2006-02-10"),
        ("It opened in nineteen ninety-six.", "nineteen ninety-six", "DATE", "1996"),
        ("It opened in the year two thousand.", "the year two thousand", "DATE", "2000"),
        ("It opened in 1423.", "1423", "DATE", "1423"),
        ("It is the worst since '82.", "'82", "DATE", "1982"),
        ("It rose in fiscal 2019.", "fiscal 2019", "DATE", "2019"),
        ("It rose in the fiscal year.", "the fiscal year", "DATE", "2023"),
        ("It rained earlier Sunday.", "earlier Sunday", "DATE", "2023-09-10"),
        ("It may rain in the future.", "the future", "DATE", "FUTURE_REF"),
        ("It took two and a half years.", "two and a half years", "DURATION", "P2Y6M"),
        ("It took 2 1/2 hours.", "2 1/2 hours", "DURATION", "PT2H30M"),
        ("It took two to three weeks.", "two to three weeks", "DURATION", "PXW"),
        ("It took 20 more years.", "20 more years", "DURATION", "P20Y"),
        ("It ended an hour later.", "an hour later", "DURATION", "PT1H"),
        ("It closed at 5 p.m., Sept. 6.", "5 p.m., Sept. 6", "TIME", "2023-09-06T17:00"),
        ("The theme of this years fair is tea.", "this years", "DATE", "2023"),
        ("It grew in recent years.", "recent years", "DATE", "PAST_REF"),
        ("It may grow in coming months.", "coming months", "DATE", "FUTURE_REF"),
        ("It fell in the latest quarter.", "the latest quarter", "DATE", "2023-Q2"),
        ("It beat the year-earlier quarter.", "the year-earlier quarter", "DATE", "2022-Q2"),
        ("It fell in the 1988 third quarter.", "the 1988 third quarter", "DATE", "1988-Q3"),
        ("It ends this year’s fourth quarter.", "this year’s fourth quarter", "DATE", "2023-Q4"),
        ("It opens by year end.", "year end", "DATE", "2023"),
        ("It was built in 508 BC.", "508 BC", "DATE", "BC0508"),
        ("It was built in AD 842.", "AD 842", "DATE", "0842"),
        ("It opened on 4 May 2019.", "4 May 2019", "DATE", "2019-05-04"),
        ("It opened on May 4th, 2019.", "May 4th, 2019", "DATE", "2019-05-04"),
        ("It opened on Monday, Aug. 21.", "Monday, Aug. 21", "DATE", "2023-08-21"),
        ("It opened in early March 2020.", "early March 2020", "DATE", "2020-03"),
        ("It opened in July.", "July", "DATE", "2023-07"),
        ("It opened last November.", "last November", "DATE", "2022-11"),
        ("It opened in 2019.", "2019", "DATE", "2019"),
        ("It opened in mid-1996.", "mid-1996", "DATE", "1996"),
        ("It opened in the 1990s.", "the 1990s", "DATE", "199"),
        ("It opened in the 19th century.", "the 19th century", "DATE", "18"),
        ("It opened in the first quarter of 2021.", "the first quarter of 2021", "DATE", "2021-Q1"),
        ("It opened on Sunday evening.", "Sunday evening", "TIME", "2023-09-10TEV"),
        ("It opened on Tuesday.", "Tuesday", "DATE", "2023-09-12"),
        ("It opened yesterday.", "yesterday", "DATE", "2023-09-11"),
        ("It opened earlier this month.", "earlier this month", "DATE", "2023-09"),
        ("It opens this week.", "this week", "DATE", "2023-W37"),
        ("It opened last night.", "last night", "TIME", "2023-09-11TNI"),
        ("It opened last winter.", "last winter", "DATE", "2022-WI"),
        ("It opened 75 years ago.", "75 years ago", "DATE", "1948"),
        ("It opened two months ago.", "two months ago", "DATE", "2023-07"),
        ("It took twenty-one days.", "twenty-one days", "DURATION", "P21D"),
        ("It stood for decades.", "decades", "DURATION", "PXY"),
        ("It took half an hour.", "half an hour", "DURATION", "PT0.5H"),
        ("It runs every day.", "every day", "SET", "P1D"),
        ("It closed at 9:38 a.m.", "9:38 a.m.", "TIME", "2023-09-12T09:38"),
        ("It closed at 1130 IST.", "1130 IST", "TIME", "2023-09-12T11:30"),
        ("It closed at 18:38 GMT.", "18:38 GMT", "TIME", "2023-09-12T18:38Z"),
        ("It closed since the start of the year.", "the start of the year", "DATE", "2023"),
    ],
)
def test_an_expression_has_a_type_and_a_value(text: str, said: str, type_: str, value: str) -> None:
    found = [(one.span.of(text), one.type, one.value) for one in read(text)]
    assert found == [(said, type_, value)]


@pytest.mark.parametrize(
    "text",
    [
        "It may march on.",
        "He told LA Weekly about it.",
        "It cost $2000.",
        "A 14-year-old won.",
        "Wait a second.",
        "It came every now and again.",
        "He was on 60 Minutes.",
        "She is in her 30s.",
        "They joined the March for Peace.",
        "It grew in last years.",
    ],
)
def test_what_only_looks_like_a_time_is_none(text: str) -> None:
    assert read(text) == ()


def test_a_year_that_was_just_named_is_that_year() -> None:
    text = "He fled in 1998 and came back later that year. He left the following year."
    assert [one.value for one in read(text)] == ["1998", "1998", "1999"]


def test_a_day_named_with_its_weekday_is_in_the_year_that_fits() -> None:
    assert [one.value for one in read("On Monday, Sept. 13, it rained.")] == ["2023-09-13"]
    assert [one.value for one in read("On Monday, Sept. 12, it rained.")] == ["2022-09-12"]


def test_one_day_is_in_one_year_all_through_an_article() -> None:
    text = "It opens on November 8, 2023. It closed for November 8."
    assert [one.value for one in read(text)] == ["2023-11-08", "2023-11-08"]


def test_each_says_what_kind_of_time_it_is() -> None:
    text = "It took two hours on Sunday, and rains every day now."
    assert [one.evidence for one in read(text)] == [
        "times: a stretch of hours or less",
        "times: a weekday",
        "times: what comes again",
        "times: now, soon, recently",
    ]


@pytest.mark.nlp
@pytest.mark.parametrize(
    ("said", "value"),
    [
        ("The mayor has scheduled talks for Friday.", "2023-09-15"),
        ("The mayor postponed the talks until Friday.", "2023-09-15"),
        ("The talks could begin as early as Friday.", "2023-09-15"),
        ("The ferry had been due to sail on Friday.", "2023-09-08"),
        ("The ferry is due to sail on Friday.", "2023-09-15"),
        ("The mayor opened the pier on Sept. 18.", "2023-09-18"),
    ],
)
def test_what_lies_ahead_is_told_by_the_grammar(analyzer: Analyzer, said: str, value: str) -> None:
    assert [one.value for one in draft(analyzer, f"Report\n{said}", TUESDAY).dates] == [value]


@pytest.mark.nlp
def test_a_rate_is_no_time(analyzer: Analyzer) -> None:
    assert draft(analyzer, "Report\nIt saves five million a year.", TUESDAY).dates == ()


def test_without_the_articles_date_a_relation_is_kept_and_no_year_invented() -> None:
    text = "It was founded 75 years ago, and rebuilt in 1948."
    ago, year = read(text, date="")
    assert (ago.value, ago.relation) == (None, "75 years before the article")
    assert year.value == "1948"


def test_a_clock_time_belongs_to_the_day_last_spoken_of() -> None:
    text = "It left on Sunday. At 9 p.m. it was seen."
    assert [one.value for one in read(text)] == ["2023-09-10", "2023-09-10T21:00"]


@pytest.mark.nlp
def test_a_weekday_lies_ahead_where_the_tense_does(analyzer: Analyzer) -> None:
    text = "Talks\nThe talks will end on Friday. They began on Monday."
    assert [one.value for one in draft(analyzer, text, TUESDAY).dates] == [
        "2023-09-15",
        "2023-09-11",
    ]


@pytest.mark.parametrize(
    "text",
    [
        "Children aged 8–10 years came.", "It is a 2000 year old custom.",
        "Now that it rains, they left.",
    ],
)  # fmt: skip
def test_ages_and_conjunctions_are_no_times(text: str) -> None:
    assert read(text) == ()


@pytest.mark.nlp
@pytest.mark.parametrize(
    "text",
    ["Report\nThe painter Mary Christmas left.", "Report\nThey sow winter wheat on the hills."],
)
def test_names_and_kinds_of_things_are_no_times(analyzer: Analyzer, text: str) -> None:
    assert draft(analyzer, text, TUESDAY).dates == ()


@pytest.mark.nlp
def test_a_date_alone_on_the_second_line_is_the_day_of_the_story(analyzer: Analyzer) -> None:
    text = "Report\nTuesday, June 19, 2018\nIt ended yesterday."
    for published in ("", "2018-06-18"):
        assert draft(analyzer, text, published).dates[-1].value == "2018-06-18"
    # A date years away is no dateline.
    assert draft(analyzer, text, "2023-06-18").dates[-1].value == "2023-06-17"


@pytest.mark.nlp
def test_what_is_payable_on_a_day_is_ahead(analyzer: Analyzer) -> None:
    text = "Report\nIt declared a dividend payable Dec. 1 in Bonn."
    assert draft(analyzer, text, TUESDAY).dates[-1].value == "2023-12-01"


def test_a_year_earlier_than_a_quarter_is_that_quarter() -> None:
    found = read("It lost in the first quarter. It rose a year earlier.\n\nIt fell a year ago.")
    assert [one.value for one in found] == ["2023-Q1", "2022-Q1", "2022-Q1"]
    far = read("It lost in the first quarter.\nIt rained.\nIt hailed.\nIt fell a year ago.")
    assert far[-1].value == "2022"


def test_the_year_in_the_name_of_a_fair_is_a_year() -> None:
    text = "They met at Grain Fair 2016."
    fair = Mention(Span(12, 27), "grain-fair-2016", "organization")
    annotated = AnnotatedDocument(make_document(text, TUESDAY), tag_words(text), mentions=(fair,))
    assert [one.value for one in annotate_times(annotated).dates] == ["2016"]
