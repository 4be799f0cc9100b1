"""Plain text as it arrives, with its offsets untouched."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from explainer.errors import ArticleError
from explainer.model import Document
from explainer.parse.plain import LONGEST_HEADLINE
from tests.making import parse_plain_article

LONG = "A sentence that goes on for a good while, as a paragraph on one line does. " * 2


def blocks_of(document: Document) -> list[str]:
    return [block.of(document.text) for block in document.blocks]


def codes_of(document: Document) -> list[str]:
    return [one.code for one in document.diagnostics]


def test_the_first_line_is_the_headline() -> None:
    document = parse_plain_article("Mayor resigns\nAda left.\n\nBonn is calm.\n")
    assert document.meta.title == "Mayor resigns"
    assert blocks_of(document) == ["Mayor resigns", "Ada left.", "Bonn is calm."]


def test_the_text_is_the_file_itself() -> None:
    text = "\n  Mayor resigns \n\n\tAda  left.\u00a0\n\n\n"
    assert parse_plain_article(text).text == text


@pytest.mark.parametrize(
    "again", ["Mayor’s out", "Mayor's out", "  Mayor’s  out", "Mayor’s\u00a0out"]
)
def test_a_headline_that_is_said_again_at_the_end_is_dropped_and_told(again: str) -> None:
    document = parse_plain_article(f"Mayor’s out\nAda left.\n{again}\n")
    assert [span.of(document.text).strip() for span in document.dropped] == [again.strip()]
    assert "Ada left." in blocks_of(document)
    assert again.strip() not in blocks_of(document)[1:]
    assert codes_of(document) == ["T001"]
    assert document.diagnostics[0].position.line == 3


def test_a_last_line_that_is_not_the_headline_stays() -> None:
    document = parse_plain_article("Mayor resigns\nAda left.\nMayor resigns today\n")
    assert document.dropped == ()
    assert len(document.blocks) == 3


def test_an_article_of_only_its_headline_twice_keeps_one_as_text() -> None:
    document = parse_plain_article("Mayor resigns\nMayor resigns\n")
    assert document.dropped == ()
    assert len(document.tokens) == 3


def test_line_breaks_end_paragraphs() -> None:
    document = parse_plain_article(f"Title\n{LONG}\n{LONG}\n{LONG}")
    assert len(document.blocks) == 4


def test_in_hard_wrapped_text_only_a_blank_line_ends_a_paragraph() -> None:
    text = "Title\n\nAda, the mayor of\nBonn, left\nher office.\n\nBonn is\ncalm.\n"
    document = parse_plain_article(text)
    assert blocks_of(document) == [
        "Title", "Ada, the mayor of\nBonn, left\nher office.", "Bonn is\ncalm.",
    ]  # fmt: skip


def test_long_lines_are_paragraphs_even_where_blank_lines_group_them() -> None:
    document = parse_plain_article(f"Title\n\n{LONG}\n{LONG}\n\n{LONG}\n{LONG}\n")
    assert len(document.blocks) == 5


def test_a_title_beside_the_text_is_the_headline() -> None:
    document = parse_plain_article("Ada left.\nBonn is calm.\n", "title: Mayor resigns\n")
    assert document.meta.title == "Mayor resigns"
    assert document.headline is None
    assert blocks_of(document) == ["Ada left.", "Bonn is calm."]


def test_a_title_beside_the_text_may_also_stand_in_it() -> None:
    document = parse_plain_article("Mayor's out\nAda left.\n", "title: Mayor’s out\n")
    assert document.headline is not None
    assert len(document.tokens) == 3


def test_a_first_line_too_long_for_a_headline_is_text_and_told() -> None:
    first = "word " * (LONGEST_HEADLINE // 5 + 1)
    document = parse_plain_article(f"{first}\nAda left.\n")
    assert document.headline is None
    assert document.meta.title.endswith("…")
    assert codes_of(document) == ["T002"]


@pytest.mark.parametrize("text", ["Ada left for Bonn.\n", "\n\nAda left for Bonn."])
def test_a_text_of_one_line_is_all_text_and_no_headline(text: str) -> None:
    document = parse_plain_article(text)
    assert document.headline is None
    assert blocks_of(document) == ["Ada left for Bonn."]
    assert codes_of(document) == ["T002"]


@pytest.mark.parametrize("text", ["", "\n \t\n", "\u00a0"])
def test_an_article_without_text_is_refused(text: str) -> None:
    with pytest.raises(ArticleError, match="no text"):
        parse_plain_article(text)


def test_nothing_in_plain_text_is_markup() -> None:
    text = "Title\n*Ada* <b>left</b> [x](http://y) # `z` {{ 7 * 7 }}\n# No heading\n"
    document = parse_plain_article(text)
    assert blocks_of(document)[1:] == text.splitlines()[1:]
    assert {token.type for token in document.tokens} == {
        "paragraph_open", "inline", "paragraph_close",
    }  # fmt: skip


@given(st.text(st.sampled_from("ab. \n\t\u00a0\u2028é한"), min_size=1, max_size=60))
def test_runs_hold_exactly_the_paragraphs(text: str) -> None:
    document = parse_plain_article(f"Title\nFirst.\n{text}")
    body = [b for b in document.blocks if b != document.headline]
    for block in body:
        runs = [run.span for run in document.runs if block.contains(run.span)]
        assert "".join(run.of(document.text) for run in runs) == block.of(document.text)
    assert all(one.end <= other.start for one, other in pairwise(document.blocks))


@given(st.text(st.sampled_from("ab. \n\t"), min_size=1, max_size=60))
def test_each_block_knows_its_line(text: str) -> None:
    document = parse_plain_article(f"Title\nFirst.\n{text}")
    assert list(document.lines) == [
        (block.start, document.text.count("\n", 0, block.start) + 1) for block in document.blocks
    ]
