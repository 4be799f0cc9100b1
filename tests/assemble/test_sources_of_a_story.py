"""Who says so: claims numbered, chains in words, and each source with all it is cited for."""

from __future__ import annotations

import pytest
from msgspec.structs import replace

from explainer.assemble.sources import UNNAMED, Sources, source_views, speaker_views
from explainer.language import language_of
from explainer.model import Attribution, Entry, Span
from tests.making import make_entry, parse_markdown_article

TEXT = "He is tired, Ada told AFP. She is not, said a guard. All is well, Bonn said."
DOCUMENT = parse_markdown_article(TEXT)
ENTRIES = {entry.id: entry for entry in (make_entry("Ada"), make_entry("Bonn"), make_entry("AFP"))}


def span(words: str) -> Span:
    start = TEXT.index(words)
    return Span(start, start + len(words))


TIRED = Attribution("tired", (span("He is tired"),), speaker=("ada",), standing="expert")
NOT = Attribution("not", (span("She is not"),), source=(span("a guard"),), disputes=("tired",))
WELL = Attribution("well", (span("All is"), span("well")), speaker=("bonn",), standing="official")


def sources(*attributions: Attribution, entries: dict[str, Entry] = ENTRIES) -> Sources:
    return Sources(
        DOCUMENT, attributions, entries, lambda entry: f"#entry-{entry}", language_of("en")
    )


def test_claims_are_numbered_in_order_and_lead_back() -> None:
    views = source_views(sources(TIRED, NOT, WELL))
    assert [(view.number, view.anchor, view.back) for view in views] == [
        (1, "source-tired", "#claim-tired"),
        (2, "source-not", "#claim-not"),
        (3, "source-well", "#claim-well"),
    ]


def test_a_denial_and_what_it_denies_lead_to_each_other() -> None:
    tired, denial, _ = source_views(sources(TIRED, NOT, WELL))
    assert [(link.text, link.href) for link in denial.disputes] == [("1, Ada", "#source-tired")]
    assert [(link.text, link.href) for link in tired.disputed_by] == [("2, a guard", "#source-not")]


def test_a_claim_in_pieces_is_quoted_with_what_is_left_out_shown() -> None:
    (view,) = source_views(sources(WELL))
    assert view.quote == "All is … well"


@pytest.mark.parametrize(
    ("attribution", "said_as"),
    [
        (TIRED, "Ada, expert"),
        (replace(TIRED, via=("afp",)), "Ada, expert, as reported by AFP"),
        (replace(TIRED, via=("afp",), cue=(span("told"),)), "Ada, expert, told AFP"),
        (replace(TIRED, via=("afp", "bonn")), "Ada, expert, as reported by AFP, from Bonn"),
        (replace(TIRED, speaker=("ada", "bonn")), "Ada and Bonn, expert"),
        (replace(NOT, standing="witness"), "a guard, witness"),
        (replace(NOT, standing="anonymous"), "a guard"),
        (replace(NOT, antecedent=(span("Ada"),), standing="official"), "Ada, official"),
        (replace(NOT, source=(), standing="anonymous"), UNNAMED),
    ],
)
def test_the_way_a_claim_came_in_words(attribution: Attribution, said_as: str) -> None:
    (view,) = source_views(sources(attribution))
    assert view.said_as == said_as


def test_a_source_is_counted_once_with_all_its_claims_the_most_cited_first() -> None:
    again = replace(WELL, id="again")
    views = speaker_views(sources(TIRED, NOT, WELL, again))
    assert [(view.name, view.count, view.named) for view in views] == [
        ("Bonn", 2, True), ("Ada", 1, True), ("a guard", 1, False),
    ]  # fmt: skip
    assert [link.href for link in views[0].claims] == ["#source-well", "#source-again"]
    assert views[0].words == 6


def test_a_share_is_of_the_most_words_that_anyone_is_given() -> None:
    views = speaker_views(sources(TIRED, NOT, WELL, replace(WELL, id="again")))
    most = max(view.words for view in views)
    assert max(view.share for view in views) == 100
    for view in views:
        assert 0 <= view.share - 100 * view.words / most < 1


def test_a_joint_statement_counts_for_each() -> None:
    views = speaker_views(sources(replace(TIRED, speaker=("ada", "bonn"))))
    assert [(view.name, view.count) for view in views] == [("Ada", 1), ("Bonn", 1)]
