"""The plain text of an article, and what ties it to its tokens."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from explainer.errors import ArticleError
from explainer.model import Document, SourceFile
from explainer.parse import parse_article
from explainer.render import html_of
from tests.making import parse_markdown_article

PIECES = [
    "Kim", " ", "*Kim*", "**Jong", "** ", "`code`", "[link](https://example.org)", "[Kim](#kim)",
    "[Seoul]{.no-entry}", "\n", "\n\n", "# Heading\n", "- item\n", "> quote\n", "&amp;", "\\*",
    "<b>", "</b>", "<script>", "é", "e\u0301", "’", "\u00ad", "![image](x.png)", "    code\n",
    "```\ncode\n```\n", "| a | b |\n|-|-|\n| c | d |\n", "[^1]", "\n\n[^1]: note\n", "  \n",
]  # fmt: skip


@st.composite
def articles(draw: st.DrawFn) -> str:
    return "".join(draw(st.lists(st.sampled_from(PIECES), min_size=1, max_size=14)))


def linkable_text(document: Document) -> list[str]:
    return [run.span.of(document.text) for run in document.runs if run.linkable]


@given(articles())
def test_the_text_under_a_run_is_the_content_of_its_token(body: str) -> None:
    document = parse_markdown_article(f"Start.\n\n{body}")
    for run in document.runs:
        child = (document.tokens[run.token].children or ())[run.child]
        shown = "\n" if child.type in ("softbreak", "hardbreak") else child.content
        assert run.span.of(document.text) == shown


@given(articles())
def test_runs_and_blocks_are_in_order_and_apart(body: str) -> None:
    document = parse_markdown_article(f"Start.\n\n{body}")
    spans = [run.span for run in document.runs]
    assert all(a.end <= b.start for a, b in pairwise(spans))
    assert all(a.end <= b.start for a, b in pairwise(document.blocks))
    assert all(any(block.contains(span) for block in document.blocks) for span in spans)


@given(articles())
def test_override_markup_leaves_no_trace_in_the_html(body: str) -> None:
    document = parse_markdown_article(f"Start.\n\n{body}")
    html = html_of(list(document.tokens))
    assert 'href="#kim"' not in html
    assert "no-entry" not in html


def test_blocks_are_joined_by_a_blank_line() -> None:
    document = parse_markdown_article("# Head\n\nOne *two*\nthree.\n\n- four\n- five\n\n> six\n")
    assert document.text == "Head\n\nOne two\nthree.\n\nfour\n\nfive\n\nsix"


def test_what_a_mention_may_not_wrap() -> None:
    document = parse_markdown_article(
        "## Kim a\n\nKim b `Kim c` [Kim d](https://example.org) *Kim e*\n\n"
        "    Kim f\n\n| Kim g |\n|-|\n"
    )
    text = " ".join(linkable_text(document))
    assert [letter for letter in "abcdefg" if f"Kim {letter}" in text] == ["b", "e", "g"]


def test_a_link_to_the_articles_own_heading_stays_a_link() -> None:
    document = parse_markdown_article("See [below](#section-end).\n\n## End\n\nText.\n")
    assert 'href="#section-end"' in html_of(list(document.tokens))
    assert document.overrides == ()


def test_overrides_keep_words_and_line() -> None:
    document = parse_markdown_article("One.\n\n[Kim *J*](#kim) and [Seoul]{.no-entry}.\n")
    assert [(one.span.of(document.text), one.entry) for one in document.overrides] == [
        ("Kim J", "kim"),
        ("Seoul", None),
    ]
    assert {one.position.line for one in document.overrides} == {6}
    assert html_of(list(document.tokens)).endswith("<p>Kim <em>J</em> and Seoul.</p>\n")


@pytest.mark.parametrize("link", ["[](#kim)", "[]{.no-entry}"])
def test_an_override_of_nothing_is_none(link: str) -> None:
    document = parse_markdown_article(f"One {link} two.\n")
    assert document.overrides == ()


def test_sections_start_at_headings() -> None:
    document = parse_markdown_article("One.\n\n## Two\n\nThree.\n\n## Four\n\nFive.\n")
    assert [document.text[start:].split("\n")[0] for start in document.sections] == [
        "One.", "Two", "Four",
    ]  # fmt: skip


def test_a_heading_at_the_start_opens_no_second_section() -> None:
    assert parse_markdown_article("## Two\n\nThree.\n").sections == (0,)


@pytest.mark.parametrize(
    ("text", "line"), [("One.\n", 4), ("\n\n\nOne.\n", 7), ("x\n\n- a\n- b\n  c\n\n> One.\n", 10)]
)
def test_a_block_knows_its_line_in_the_file(text: str, line: int) -> None:
    document = parse_markdown_article(text)
    start = document.text.index("One")
    assert dict(document.lines)[start] == line


@pytest.mark.parametrize(
    "body", ["", "\n \n", "<!-- only -->\n", "***\n", "[x]: https://y.z\n", "![](a.png)"]
)
def test_an_article_without_text_is_refused(body: str) -> None:
    with pytest.raises(ArticleError, match="no text"):
        parse_markdown_article(body)


def test_the_first_heading_is_the_title_where_the_front_matter_has_none() -> None:
    document = parse_article(SourceFile("a.md", "a", "# Mayor *resigns*\n\nShe left.\n"))
    assert (document.meta.title, document.text) == ("Mayor resigns", "She left.")


def test_an_article_without_any_title_is_refused() -> None:
    with pytest.raises(ArticleError, match="title"):
        parse_article(SourceFile("a.md", "a", "She left.\n"))
