"""Markdown to tokens, with no HTML in it that could act."""

from __future__ import annotations

import re
import string

import pytest
from hypothesis import given
from hypothesis import strategies as st
from markdown_it.rules_core import inline, normalize

from explainer.parse.markdown import markdown_parser, parse_markdown, take_title
from explainer.render import html_of
from tests.making import parse_markdown_article


def html(text: str) -> str:
    return html_of(parse_markdown(text).tokens)


ACTIVE = [
    "<script>alert(1)</script>",
    "<script src=//evil.example/x.js></script>",
    "<img src=x onerror=alert(1)>",
    "<svg onload=alert(1)>",
    "<svg/onload=alert(1)>",
    "<iframe src=javascript:alert(1)></iframe>",
    "<a href=javascript:alert(1)>x</a>",
    "<b onclick=alert(1)>x</b>",
    "<style>*{display:none}</style>",
    "<base href=//evil.example/>",
    "<meta http-equiv=refresh content=0>",
    "<form action=//evil.example><input></form>",
    "<math><mtext><style><img src onerror=alert(1)>",
    "<b/onmouseover=alert(1)>x</b>",
    "<details open ontoggle=alert(1)>",
    "<!--><img src=x onerror=alert(1)>-->",
    "<noscript><p title='</noscript><img src=x onerror=alert(1)>'>",
    "<object data=x></object><embed src=x>",
]


@pytest.mark.parametrize("payload", ACTIVE)
@pytest.mark.parametrize("around", ["{}", "\n\n{}\n\n", "- {}", "> {}", "a {} b", "| {} |\n|-|\n"])
def test_html_that_could_act_is_shown_as_the_text_it_is(payload: str, around: str) -> None:
    tags = set(re.findall(r"<\s*/?\s*([a-z0-9]+)", html(around.format(payload)).lower()))
    assert tags <= {
        "p", "ul", "li", "blockquote", "table", "thead", "tbody", "tr", "th", "td", "b", "h2",
    }  # fmt: skip
    assert not re.search(r"<[^>]*\son\w+=", html(around.format(payload)))


@pytest.mark.parametrize(
    "target",
    [
        "javascript:alert(1)",
        "JaVaScRiPt:alert(1)",
        "javascript&#58;alert(1)",
        "&#x6A;avascript:alert(1)",
        "java&Tab;script:alert(1)",
        "vbscript:x",
        "data:text/html,x",
        "file:///etc/passwd",
        "<javascript:alert(1)>",
    ],
)
@pytest.mark.parametrize("form", ["[x]({})", "![x]({})", "[x]\n\n[x]: {}", "<{}>"])
def test_a_dangerous_address_is_no_link(form: str, target: str) -> None:
    found = html(form.format(target))
    for address in re.findall(r'(?:href|src)="([^"]*)"', found):
        assert not re.match(r"\s*(javascript|vbscript|data|file):", address, re.IGNORECASE)


@pytest.mark.parametrize("tag", ["b", "i", "em", "sub", "sup", "kbd", "mark", "s", "u", "small"])
def test_a_harmless_tag_that_is_closed_stays(tag: str) -> None:
    assert html(f"H<{tag}>2</{tag}>O") == f"<p>H<{tag}>2</{tag}>O</p>\n"


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("<b>open", "<p>&lt;b&gt;open</p>\n"),
        ("</b>closed", "<p>&lt;/b&gt;closed</p>\n"),
        ("*a <b>b* c</b>", "<p><em>a &lt;b&gt;b</em> c&lt;/b&gt;</p>\n"),
        ("<b>a <i>b</b> c</i>", "<p>&lt;b&gt;a <i>b&lt;/b&gt; c</i></p>\n"),
        ("a<br>b<br/>c", "<p>a<br />\nb<br />\nc</p>\n"),
        ("a <!-- hidden --> b", "<p>a  b</p>\n"),
        ("a < b & c > d", "<p>a &lt; b &amp; c &gt; d</p>\n"),
    ],
)
def test_html_is_kept_only_where_it_nests(text: str, shown: str) -> None:
    assert html(text) == shown


@pytest.mark.parametrize("braces", ["{{ 7 * 7 }}", "{% include '/etc/passwd' %}", "{# x #}"])
def test_braces_are_text(braces: str) -> None:
    assert braces.replace("'", "'") in html(braces).replace("&#x27;", "'").replace("&#39;", "'")


def test_headings_get_unique_ids_and_leave_the_first_level_to_the_page() -> None:
    found = html("# One\n\n## One\n\n## One\n\n## 한국 !\n\n## ???\n\n###### Six\n")
    assert re.findall(r'<(h\d) id="([^"]+)"', found) == [
        ("h2", "section-one"),
        ("h3", "section-one-2"),
        ("h3", "section-one-3"),
        ("h3", "section-한국"),
        ("h3", "section-part"),
        ("h6", "section-six"),
    ]


def test_an_id_that_a_heading_would_take_from_another_is_not_given_twice() -> None:
    found = re.findall(r'id="([^"]+)"', html("## One\n\n## One 2\n\n## One\n\n## One\n"))
    assert len(found) == len(set(found)) == 4


@pytest.mark.parametrize("text", ["# Mayor\nText", "Mayor\n=====\nText", "#   Mayor   #\nText"])
def test_a_first_level_heading_at_the_start_is_the_title(text: str) -> None:
    tokens, title = take_title(parse_markdown(text).tokens)
    assert title == "Mayor"
    assert html_of(tokens) == "<p>Text</p>\n"


@pytest.mark.parametrize("text", ["## Mayor\n\nText", "Text\n\n# Mayor\n", "Text", "#\n\nText"])
def test_no_other_heading_is(text: str) -> None:
    tokens = parse_markdown(text).tokens
    assert take_title(tokens) == (tokens, "")


def test_abbreviations_leave_the_text() -> None:
    parsed = parse_markdown("*[KCNA]: Korean Central News Agency\n\nKCNA said so.\n")
    assert parsed.abbreviations == (("KCNA", "Korean Central News Agency"),)
    assert html_of(parsed.tokens) == "<p>KCNA said so.</p>\n"


def test_attributes_are_limited_to_what_can_do_no_harm() -> None:
    found = html('[x]{onclick="alert(1)" style="color:red" id="main" lang=ko .no-entry}')
    assert "onclick" not in found
    assert "style" not in found
    assert 'id="' not in found
    assert 'lang="ko"' in found


def test_parsing_keeps_no_memory_of_the_article_before() -> None:
    parse_markdown("[x]: https://example.org\n\n*[AB]: Alpha\n\na[^1]\n\n[^1]: note\n")
    assert html("[x] AB a[^1]") == "<p>[x] AB a[^1]</p>\n"
    assert markdown_parser() is markdown_parser()


PATHOLOGICAL = {
    "emphasis": "*a **a " * 4_000,
    "brackets": "[" * 4_000 + "a" + "]" * 4_000,
    "links": "[a](" * 4_000,
    "images": "![[]()" * 4_000,
    "quotes": ">" * 4_000 + " a",
    "lists": "\n".join(f"{'  ' * depth}- a" for depth in range(500)),
    "backticks": "".join("`" * n + "a" for n in range(500)),
    "tags": "<b>" * 2_000 + "a" + "</b>" * 3_000,
    "open tags": "<a " * 4_000,
    "comments": "<!-- " * 4_000,
    "footnotes": "[^a" * 4_000,
    "spans": "[a]{.b " * 4_000,
    "quotation marks": "\"'“” " * 13_000,
    "accents": "a" + "\u0301" * 50_000,
    "cells": "|a" * 2_000 + "\n" + "|-" * 2_000 + "\n" + "|a" * 3_000,
}


@pytest.mark.parametrize("text", PATHOLOGICAL.values(), ids=PATHOLOGICAL)
def test_text_made_to_be_slow_is_not(text: str) -> None:
    """It is parsed, or refused as an article with a reason; that it ends at all is the test."""
    document = parse_markdown_article(f"a\n\n{text}")
    assert document.text.startswith("a")


def test_the_alignment_of_a_column_is_no_inline_style() -> None:
    found = html("| a | b |\n|:-:|--:|\n| c | d |\n")
    assert "style=" not in found
    assert found.count('data-align="center"') == 2
    assert found.count('data-align="right"') == 2


PIECES = [
    *string.punctuation, "\n", "\n\n", "  ", "    ", "\t", "\r", "a word", "“q", "é",
    "1. ", "- ", "# ",
    "| a | b |\n|---|---|\n", "```\n", "***", "===", "[l](http://x)", "[^1]", "[^1]: n", "^[n]",
    "*[AB]: c", "{.x}", "<b>", "</b>", "&amp;",
    "A line, of-words; (x) 5% $3 @y +k =v: \"q\" 'r'.",
]  # fmt: skip


@given(st.lists(st.sampled_from(PIECES), max_size=14).map("".join))
def test_the_short_ways_for_plain_words_lead_to_the_same_tokens(text: str) -> None:
    every_rule = markdown_parser.__wrapped__()
    every_rule.disable("lone_line")
    every_rule.core.ruler.at("normalize", normalize)
    every_rule.core.ruler.at("inline", inline)
    short, long = markdown_parser().parse(text), every_rule.parse(text)
    assert [one.as_dict() for one in short] == [one.as_dict() for one in long]
