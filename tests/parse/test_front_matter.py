"""What stands above a Markdown article, or beside a plain text."""

from __future__ import annotations

import pytest

from explainer.errors import ArticleError, ExplainerError
from explainer.model import SourceFile
from explainer.parse import parse_article
from explainer.parse.front_matter import parse_metadata, split_front_matter
from tests.making import parse_plain_article


def source(text: str) -> SourceFile:
    return SourceFile("story.md", "story", text)


def problems_of(text: str) -> list[str]:
    with pytest.raises(ExplainerError) as caught:
        parse_metadata(text, "story.md", 2)
    return [str(problem) for problem in caught.value]


def test_front_matter_and_the_line_on_which_the_text_starts() -> None:
    front, body, line = split_front_matter(source("---\ntitle: x\n---\n\nText.\n"))
    assert (front, body, line) == ("title: x", "\nText.\n", 4)


@pytest.mark.parametrize("text", ["Text.\n", " ---\nx\n---\n", "----\nx\n", "***\n\nText.\n", ""])
def test_an_article_may_have_none(text: str) -> None:
    assert split_front_matter(source(text)) == ("", text, 1)


@pytest.mark.parametrize("text", ["---\ntitle: x\n\nText.\n", "---\n", "---"])
def test_front_matter_that_is_not_closed_is_an_error(text: str) -> None:
    with pytest.raises(ArticleError) as caught:
        parse_article(source(text))
    assert str(caught.value).startswith("story.md:1: ")
    assert "***" in caught.value.message


def test_a_rule_taken_for_front_matter_is_explained() -> None:
    with pytest.raises(ArticleError) as caught:
        parse_article(source("---\n\nSome text.\n\n---\n\nMore.\n"))
    assert caught.value.line == 3
    assert "***" in caught.value.message


@pytest.mark.parametrize(
    ("text", "place", "says"),
    [
        ("titel: x", "story.md:2:1", "did you mean 'title'?"),
        ("title: x\ndate: yesterday", "story.md:3:7", "2023-09-12"),
        ("title: x\ndate: 2023-02-30", "story.md:3:7", "2023-02-30"),
        ("title: x\ndate: 2023-09-12T25:00", "story.md:3:7", "25:00"),
        ("title: x\ndate: 2023", "story.md:3:7", "2023-09-12"),
        ("title: [x]", "story.md:2:8", "text"),
        ("title: x\ntitle: y", "story.md:3:1", "line 2"),
        ("title: a: b", "story.md:2:9", "quotation marks"),
        ("title: x\nlanguage: Korean (North)", "story.md:3:11", "tag"),
        ("title: x\nsource: {url: 'javascript:alert(1)'}", "story.md:3:15", "web address"),
        ("title: x\nsource: {url: 'http://[x'}", "story.md:3:15", "web address"),
        ("title: x\nsource: {publsher: y}", "story.md:3:10", "did you mean 'publisher'?"),
    ],
)
def test_a_mistake_is_told_with_its_place_in_the_file(text: str, place: str, says: str) -> None:
    problem = problems_of(text)[0]
    assert problem.startswith(f"{place}: ")
    assert says in problem


@pytest.mark.parametrize(
    ("text", "iso"),
    [
        ("2023-09-12", "2023-09-12"),
        ("2023-09-12T09:38+09:00", "2023-09-12T09:38:00+09:00"),
        ("2023-09-12 09:38", "2023-09-12T09:38:00+00:00"),
        ("2023-09-12T09:38:07Z", "2023-09-12T09:38:07+00:00"),
    ],
)
def test_a_moment_is_iso_8601(text: str, iso: str) -> None:
    assert parse_metadata(f"title: x\ndate: {text}", "story.md", 2).date == iso


@pytest.mark.parametrize(
    ("text", "iso"),
    [
        ("2023-07-12 09:38", "2023-07-12T09:38:00+02:00"),
        ("2023-01-12 09:38", "2023-01-12T09:38:00+01:00"),
        ("2023-07-12 09:38Z", "2023-07-12T09:38:00+00:00"),
        ("2023-07-12", "2023-07-12"),
    ],
)
def test_a_time_without_a_zone_is_in_the_sites(text: str, iso: str) -> None:
    meta = parse_metadata(f"title: x\nupdated: {text}", "story.md", 2, "Europe/Copenhagen")
    assert meta.updated == iso


def test_one_author_needs_no_list() -> None:
    meta = parse_metadata("title: x\nauthors: Ada\ntags: [a, b]", "story.md", 2)
    assert (meta.authors, meta.tags) == (("Ada",), ("a", "b"))


def test_a_title_is_text_even_where_yaml_sees_a_number() -> None:
    assert parse_metadata("title: 1984", "story.md", 2).title == "1984"


def test_the_sidecar_of_a_plain_text_is_blamed_under_its_own_name() -> None:
    with pytest.raises(ArticleError) as caught:
        parse_plain_article("One\ntwo\n", "titel: x\n")
    assert str(caught.value).startswith("story.yaml:1:1: ")


def test_a_correction_has_a_day_and_says_what_was_wrong() -> None:
    meta = parse_metadata(
        "corrections:\n- {date: 2024-06-02, text: b}\n- {date: 2024-05-01, text: a}", "story.md", 2
    )
    assert [(one.date, one.text) for one in meta.corrections] == [
        ("2024-05-01", "a"),
        ("2024-06-02", "b"),
    ]
    problems = problems_of("corrections:\n- {date: June, text: b}\n- {date: 2024-05-01}")
    assert problems[0].startswith("story.md:3:10: 'date' must look like 2023-09-12, not 'June'")
    assert "text" in problems[1]
