"""Dates as editors write them."""

from __future__ import annotations

import pytest

from explainer.edtf import html_datetime, parse_edtf


@pytest.mark.parametrize(
    ("text", "earliest", "latest"),
    [
        ("2019", (2019, 1, 1), (2019, 12, 31)),
        ("2019-04", (2019, 4, 1), (2019, 4, 30)),
        ("2019-04-25", (2019, 4, 25), (2019, 4, 25)),
        ("2020-02", (2020, 2, 1), (2020, 2, 29)),
        ("1900-02", (1900, 2, 1), (1900, 2, 28)),
        ("194X", (1940, 1, 1), (1949, 12, 31)),
        ("19XX", (1900, 1, 1), (1999, 12, 31)),
        ("2022-XX", (2022, 1, 1), (2022, 12, 31)),
        ("2022-04-XX", (2022, 4, 1), (2022, 4, 30)),
        ("1948~", (1948, 1, 1), (1948, 12, 31)),
        ("2022-21", (2022, 3, 1), (2022, 5, 31)),
        ("-0043", (-43, 1, 1), (-43, 12, 31)),
        ("0000", (0, 1, 1), (0, 12, 31)),
        ("2019-04/2020-02", (2019, 4, 1), (2020, 2, 29)),
        ("1948/2000-01-01", (1948, 1, 1), (2000, 1, 1)),
    ],
)
def test_a_date_keeps_its_precision_and_has_bounds(
    text: str, earliest: tuple[int, int, int], latest: tuple[int, int, int]
) -> None:
    date = parse_edtf(text)
    assert (date.text, date.earliest, date.latest) == (text, earliest, latest)


@pytest.mark.parametrize("text", ["2022-02-24/..", "2022-02-24/"])
def test_an_open_interval_has_no_latest_day(text: str) -> None:
    date = parse_edtf(text)
    assert (date.earliest, date.latest) == ((2022, 2, 24), None)


@pytest.mark.parametrize(
    "text",
    [
        "", "/", "../..", "yesterday", "25 April 2019", "31.2.2023", "2019-4", "19", "2023-13",
        "2023-00", "2023-02-30", "2023-02-00", "2100-02-29", "2023-04-31", "2020/2019", "9" * 4301,
        "2019-04-25T10:00", "2019--04", "²019",
    ],
)  # fmt: skip
def test_what_is_no_date_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match=r"\w"):
        parse_edtf(text)


def test_a_day_that_does_not_exist_is_named() -> None:
    with pytest.raises(ValueError, match="February 2023 has no day 30"):
        parse_edtf("2023-02-30")


def test_dates_of_all_precisions_sort_by_their_first_day() -> None:
    in_order = ["-0043", "0000", "19XX", "194X", "1948~", "2019", "2019-04", "2019-04-25", "2020"]
    dates = [parse_edtf(text) for text in reversed(in_order)]
    by_day = sorted(dates, key=lambda one: (one.earliest, one.text))
    assert [one.text for one in by_day] == in_order


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("2019-04-25", "2019-04-25"),
        ("2019-04", "2019-04"),
        ("2019", "2019"),
        ("1948~", "1948"),
        ("2022-02-24/..", "2022-02-24"),
        ("194X", ""),
        ("2022-21", ""),
        ("-0043", ""),
        ("0000", ""),
        ("../1991", ""),
    ],
)
def test_html_gets_a_date_only_where_it_has_a_form_for_it(text: str, value: str) -> None:
    assert html_datetime(parse_edtf(text)) == value
