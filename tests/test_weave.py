"""Marks go into an article's HTML, and come out of it without a trace."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from explainer.model import ClaimMark, Document, Marks, MentionMark, PassageMark, Span
from explainer.render import html_of
from explainer.weave import weave
from tests.making import parse_markdown_article
from tests.pages import without_marks
from tests.parse.test_runs import articles


def html(document: Document, marks: Marks) -> str:
    return html_of(list(weave(document.tokens, document.runs, marks)))


def place(document: Document, words: str) -> Span:
    start = document.text.index(words)
    return Span(start, start + len(words))


def mention(span: Span, entry: str = "kim", target: str = "entry-kim") -> MentionMark:
    return MentionMark(span, entry, "person", False, f"mention-{entry}", target)


def claim(*spans: Span, name: str = "c", number: int = 1) -> ClaimMark:
    return ClaimMark(spans, name, number, "official", False, "Kim")


def passage(*spans: Span, name: str = "p") -> PassageMark:
    return PassageMark(spans, name, "The past", False)


LINK = '<a class="mention" data-entry="kim" data-kind="person" id="mention-kim" href="#entry-kim">'
QUIET = '<span class="mention" data-entry="kim" data-kind="person">'


@pytest.mark.parametrize(
    ("body", "words", "expected"),
    [
        ("Kim left.", "Kim", f"<p>{LINK}Kim</a> left.</p>\n"),
        ("A *Kim* B", "Kim", f"<p>A {LINK}<em>Kim</em></a> B</p>\n"),
        ("**Kim** Jong", "Kim Jong", f"<p>{LINK}<strong>Kim</strong> Jong</a></p>\n"),
        ("Kim\nJong", "Kim\nJong", f"<p>{LINK}Kim\nJong</a></p>\n"),
        (
            "*A Kim* Jong B", "Kim Jong",
            f"<p><em>A {LINK}Kim</a></em>{QUIET} Jong</span> B</p>\n",
        ),
        (
            "Kim **Jong B**", "Kim Jong",
            f"<p>{LINK}Kim </a><strong>{QUIET}Jong</span> B</strong></p>\n",
        ),
        ("Kim & *co*", "Kim & co", f"<p>{LINK}Kim &amp; <em>co</em></a></p>\n"),
        ("- Kim\n- Kim", "Kim", f"<ul>\n<li>{LINK}Kim</a></li>\n<li>Kim</li>\n</ul>\n"),
        ("preKimpost", "Kim", f"<p>pre{LINK}Kim</a>post</p>\n"),
    ],
)  # fmt: skip
def test_a_mention_becomes_one_link(body: str, words: str, expected: str) -> None:
    document = parse_markdown_article(body)
    assert html(document, Marks(mentions=(mention(place(document, words)),))) == expected


def test_a_mention_without_a_target_is_no_link() -> None:
    document = parse_markdown_article("Kim left.")
    found = html(document, Marks(mentions=(mention(place(document, "Kim"), target=""),)))
    assert "<a " not in found
    assert 'data-entry="kim"' in found


@pytest.mark.parametrize(
    ("body", "words", "expected"),
    [
        ("He left, she said.", "He left", "<sup>,"),
        ("He left, she said.", "He left,", ",<sup>"),
        ("“He left.” Then", "He left", ".”<sup>"),
        ("He *left* now", "left", "left</em><sup>"),
        ("He [left](https://x.y) now", "left", "</a><sup>"),
        ("He [has left](https://x.y) now", "He has", "</a><sup>"),
    ],
)
def test_a_marker_stands_behind_punctuation_and_outside_links(
    body: str, words: str, expected: str
) -> None:
    document = parse_markdown_article(body)
    found = html(document, Marks(claims=(claim(place(document, words)),)))
    at = found.index('<sup class="claim-marker">')
    before, after = found[:at].replace("</span>", ""), found[found.index("</sup>") + 6 :]
    if expected.startswith("<sup>"):
        assert after.lstrip().startswith(expected[5:]) or before.endswith(expected[5:])
    else:
        assert before.endswith(expected[:-5])


def test_two_markers_in_one_place_keep_their_order() -> None:
    document = parse_markdown_article("He left.")
    span = place(document, "He left")
    found = html(document, Marks(claims=(claim(span, name="a"), claim(span, name="b", number=2))))
    assert found.index("claim-a") < found.index("claim-b")
    assert found.count("claim-marker") == 2


def test_what_a_label_says_is_escaped() -> None:
    document = parse_markdown_article("He left.")
    mark = ClaimMark((place(document, "He"),), "c", 1, "other", False, '"><script>')
    assert "<script>" not in html(document, Marks(claims=(mark,)))


def test_a_mention_stands_inside_a_claim_inside_a_passage() -> None:
    document = parse_markdown_article("Then Kim left us.")
    found = html(
        document,
        Marks(
            mentions=(mention(place(document, "Kim")),),
            claims=(claim(place(document, "Kim left")),),
            passages=(passage(place(document, "Kim left us")),),
        ),
    )
    assert found.index('"passage"') < found.index('"claim"') < found.index('"mention"')


def test_the_place_of_a_card_is_after_the_whole_block_of_its_first_passage() -> None:
    document = parse_markdown_article("One.\n\n- Two.\n- Three.\n\nFour.\n")
    spans = (place(document, "Two"), place(document, "Four"))
    tokens = weave(document.tokens, document.runs, Marks(passages=(passage(*spans),)))
    cards = [index for index, token in enumerate(tokens) if token.meta.get("card") == "p"]
    assert len(cards) == 1
    assert tokens[cards[0] - 1].type == "bullet_list_close"


def test_marks_reach_across_paragraphs() -> None:
    document = parse_markdown_article("One two.\n\nThree four.\n")
    span = Span(document.text.index("two"), document.text.index("four") + 4)
    found = html(document, Marks(claims=(claim(span),)))
    assert found.count('data-attribution="c"') == 2
    assert found.count("claim-marker") == 1


def test_the_given_tokens_stay_as_they_are() -> None:
    document = parse_markdown_article("Kim *left* Seoul.")
    before = html_of(list(document.tokens))
    html(document, Marks(mentions=(mention(place(document, "Kim left")),)))
    assert html_of(list(document.tokens)) == before


@st.composite
def marked_articles(draw: st.DrawFn) -> tuple[Document, Marks]:
    """Any article with any marks in it, overlapping as they like; mentions stand apart."""
    document = parse_markdown_article(f"Start here now.\n\n{draw(articles())}")
    places = st.builds(
        lambda start, length: Span(start, min(start + length, len(document.text))),
        st.integers(0, len(document.text) - 1),
        st.integers(1, 12),
    )
    apart: list[Span] = []
    for span in sorted(draw(st.lists(places, max_size=6))):
        if not apart or apart[-1].end <= span.start:
            apart.append(span)
    spans = st.lists(places, min_size=1, max_size=3).map(lambda those: tuple(sorted(those)))
    several = st.lists(spans, max_size=4)
    return document, Marks(
        tuple(mention(span, f"e{n}") for n, span in enumerate(apart)),
        tuple(claim(*those, name=f"c{n}", number=n) for n, those in enumerate(draw(several))),
        tuple(passage(*those, name=f"p{n}") for n, those in enumerate(draw(several))),
    )


@given(marked_articles())
def test_marks_taken_out_of_the_html_leave_the_plain_rendering(
    marked: tuple[Document, Marks],
) -> None:
    document, marks = marked
    assert without_marks(html(document, marks)) == html_of(list(document.tokens))


@given(marked_articles())
def test_elements_nest(marked: tuple[Document, Marks]) -> None:
    opened: list[str] = []
    for closing, name in re.findall(r"<(/?)(\w+)[^>]*>", html(*marked)):
        if not closing and name not in ("br", "hr", "img"):
            opened.append(name)
        elif closing:
            assert opened.pop() == name
    assert not opened
