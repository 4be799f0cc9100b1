"""Glossary names become mentions, and nothing else does."""

from __future__ import annotations

import re
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from explainer.annotate import mention_annotator
from explainer.annotate.mentions import position_of
from explainer.model import AnnotatedDocument, Document, Entry, Span
from explainer.read import parse_glossary
from tests.making import (
    ROOT,
    make_entry,
    mark,
    parse_markdown_article,
    parse_plain_article,
)

_CASES = (ROOT / "tests/cases/mentions.md").read_text(encoding="utf-8")
_MARKED = re.compile(r"⟦(.+?) = ([a-z-]+)⟧", re.DOTALL)

KIM = make_entry("Kim Jong Un", short=["Kim"])
SEOUL = make_entry("Seoul", kind="place")


def glossary() -> tuple[Entry, ...]:
    found = re.search(r"```yaml\n(.*?)```", _CASES, re.DOTALL)
    assert found
    entries, problems = parse_glossary(found[1], "mentions.md")
    assert problems == []
    return tuple(entries)


def cases() -> list[object]:
    parts = re.split(r"^## (.+)\n", _CASES, flags=re.MULTILINE)[1:]
    return [
        pytest.param(text, id=title) for title, text in zip(parts[::2], parts[1::2], strict=True)
    ]


def named(document: Document, annotated: AnnotatedDocument) -> list[tuple[str, str]]:
    """Each mention that can be a link, as its words on one line and its entry."""
    linkable = [run.span for run in document.runs if run.linkable]
    return [
        (" ".join(one.span.of(document.text).split()), one.entry)
        for one in annotated.mentions
        if any(span.overlaps(one.span) for span in linkable)
    ]


@pytest.mark.parametrize("case", cases())
def test_names_in_an_article(case: str) -> None:
    expected = [
        (" ".join(words.replace("*", "").split()), entry) for words, entry in _MARKED.findall(case)
    ]
    document = parse_markdown_article(_MARKED.sub(r"\1", case))
    assert named(document, mark(document, glossary())) == expected


@pytest.mark.parametrize(
    "name",
    [
        "Kim\u00a0Jong\u00a0Un",
        "Kim\u202fJong Un",
        "Kim Jo\u00adng Un",
        "Kim\u200b Jong Un",
        "\ufeffKim Jong Un",
        "Kim  Jong   Un",
        "Kim\u200e Jong\u200f Un",
    ],
    ids=ascii,
)
def test_what_readers_do_not_see_keeps_no_name_from_being_found(name: str) -> None:
    document = parse_plain_article(f"Title\n\nThen {name}’s train left.\n")
    (mention,) = mark(document, [KIM]).mentions
    assert mention.entry == "kim-jong-un"
    assert mention.span.of(document.text).endswith("Un")


@pytest.mark.parametrize("written", ["René", "Rene\u0301"], ids=["composed", "decomposed"])
@pytest.mark.parametrize("known", ["René", "Rene\u0301"], ids=["composed", "decomposed"])
def test_an_accent_matches_however_it_is_stored(known: str, written: str) -> None:
    document = parse_plain_article(f"Title\n\nThe door of {written}’s house.\n")
    (mention,) = mark(document, [make_entry(known)]).mentions
    assert mention.span.of(document.text) == written


@pytest.mark.parametrize("known", ["People's Daily", "People’s Daily"])
@pytest.mark.parametrize("written", ["People's Daily", "People’s Daily"])
def test_an_apostrophe_in_a_name_may_be_straight_or_curly(known: str, written: str) -> None:
    document = parse_markdown_article(f"The {written} said so.\n")
    assert len(mark(document, [make_entry(known)]).mentions) == 1


def test_the_title_counts_as_having_named_someone() -> None:
    document = parse_markdown_article("Kim left.\n", title="Kim Jong Un in Russia")
    assert named(document, mark(document, [KIM])) == [("Kim", "kim-jong-un")]


def test_a_headline_said_again_is_not_searched() -> None:
    document = parse_plain_article("Seoul waits\nNothing else.\nMore of it.\nSeoul waits\n")
    assert [one.span.start for one in mark(document, [SEOUL]).mentions] == [0]


def test_a_shared_short_form_is_told_with_its_line() -> None:
    people = [make_entry("Ann Lee", short=["Lee"]), make_entry("Bob Lee", short=["Lee"])]
    document = parse_markdown_article("Ann Lee and Bob Lee met.\n\nThen Lee left.\n")
    annotated = mark(document, people)
    assert [one.entry for one in annotated.mentions] == ["ann-lee", "bob-lee"]
    (doubt,) = annotated.diagnostics
    assert (doubt.code, doubt.position.line) == ("G004", 6)
    assert "ann-lee" in doubt.message
    assert "bob-lee" in doubt.message


NOTED = """\
mentions:
  - {{at: {{exact: Seoul, prefix: "warned "}}, entry: {entry}, status: {status}}}
"""


@pytest.mark.parametrize(
    ("entry", "status", "expected"),
    [
        ("south-korea", "reviewed", ["south-korea", "seoul"]),
        ("null", "reviewed", ["seoul"]),
        ("south-korea", "suggested", ["seoul"]),
        ("null", "suggested", ["seoul"]),
        ("south-korea", "rejected", ["seoul", "seoul"]),
    ],
)
def test_the_notes_settle_one_occurrence(entry: str, status: str, expected: list[str]) -> None:
    document = parse_markdown_article("He warned Seoul. He went to Seoul.\n")
    entries = [SEOUL, make_entry("South Korea", kind="place")]
    annotated = mark(document, entries, NOTED.format(entry=entry, status=status))
    assert [one.entry for one in annotated.mentions] == expected


def test_the_notes_may_mark_words_that_no_name_has() -> None:
    document = parse_markdown_article("The capital waits.\n")
    annotated = mark(
        document,
        [SEOUL],
        "mentions: [{at: {exact: The capital}, entry: seoul, status: reviewed}]\n",
    )
    assert named(document, annotated) == [("The capital", "seoul")]
    assert annotated.mentions[0].by == "notes"


def test_the_text_goes_before_the_notes() -> None:
    document = parse_markdown_article("In [Seoul](#korea) now.\n")
    entries = [SEOUL, make_entry("Korea", kind="place")]
    annotated = mark(document, entries, "mentions: [{at: {exact: Seoul}, entry: null}]\n")
    assert named(document, annotated) == [("Seoul", "korea")]


def test_an_abbreviation_of_the_article_gets_an_entry_of_its_own() -> None:
    document = parse_markdown_article("*[KCNA]: Korean Central News Agency\n\nKCNA said so.\n")
    annotated = mark(document, [SEOUL])
    assert named(document, annotated) == [("KCNA", "abbreviation-kcna")]
    assert [(one.name, one.summary) for one in annotated.proposed] == [
        ("KCNA", "Korean Central News Agency")
    ]


def test_the_glossary_knows_an_abbreviation_better() -> None:
    document = parse_markdown_article("*[KCNA]: Some agency\n\nKCNA said so.\n")
    annotated = mark(document, [make_entry("Korean Central News Agency", "KCNA")])
    assert annotated.proposed == ()
    assert annotated.mentions[0].entry == "korean-central-news-agency"


def test_the_order_of_the_glossary_changes_nothing() -> None:
    document = parse_markdown_article("Kim Jong Un of North Korea left Korea. Kim is in Seoul.\n")
    entries = [KIM, SEOUL, make_entry("North Korea"), make_entry("Korea")]
    assert mark(document, entries) == mark(document, reversed(entries))


def test_no_glossary_means_no_mentions() -> None:
    assert mark(parse_markdown_article("Seoul.\n"), []).mentions == ()


def test_a_position_is_the_line_in_the_file() -> None:
    document = parse_markdown_article("One\ntwo Seoul.\n\nThree Seoul.\n")
    places = [one.span.start for one in mark(document, [SEOUL]).mentions]
    assert [position_of(document, place).line for place in places] == [5, 7]


WORDS = ["Kim", "Jong", "Un", "Seoul", "North", "Korea", "Lee", "Ann", "Bob", "and", "-", " ", " ",
         " ", "’s", ".", "\n", "\n\n", "*", "**", "[Lee](#ann)", "[Seoul]{.no-entry}", "US", "us",
         "\u00ad", "`", "sanctions"]  # fmt: skip


@given(st.lists(st.sampled_from(WORDS), max_size=30).map("".join))
def test_mentions_are_in_order_and_apart_and_found_again(body: str) -> None:
    document = parse_markdown_article(f"Kim Jong Un.\n\n{body}")
    entries = glossary()
    once = mark(document, entries)
    assert all(a.span.end <= b.span.start for a, b in pairwise(once.mentions))
    assert mention_annotator(entries)(once) == once


def test_a_span_must_hold_something() -> None:
    with pytest.raises(ValueError, match="start < end"):
        Span(3, 3)


def test_time_grows_with_the_text_and_no_faster() -> None:
    """A single paragraph of a megabyte, dense with names that need their neighbors looked at."""
    document = parse_plain_article(
        "Title\n" + "Then Kim Jong Un and Kim met Seoul Pact men. " * 20_000
    )
    assert len(mark(document, [KIM, SEOUL]).mentions) == 40_000
