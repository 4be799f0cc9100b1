from __future__ import annotations

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from explainer.annotate.anchors import AnchorFinder
from explainer.model import Span
from explainer.quoting import Quoter, append_to_section, scalar

TEXT = "Ada met Bo in Bonn.\nBo met Ada in Köln, and Ada left."


@pytest.mark.parametrize(
    ("place", "prefix", "suffix"),
    [
        (TEXT.index("Bonn"), "", ""),
        (TEXT.index("Ada"), "", " met"),
    ],
)
def test_a_quote_has_no_more_around_it_than_it_needs(place: int, prefix: str, suffix: str) -> None:
    selector = Quoter(TEXT).quote(Span(place, place + (4 if TEXT[place] == "B" else 3)))
    assert (selector.prefix, selector.suffix) == (prefix, suffix)


@given(st.lists(st.sampled_from("a b Ada Bo “x” left. it's".split()), min_size=2, max_size=30))
def test_every_word_can_be_quoted_so_that_it_is_found_again(words: list[str]) -> None:
    text, start = " ".join(words), 0
    quoter, finder = Quoter(text), AnchorFinder(text)
    for word in words:
        span = Span(start, start + len(word))
        anchor = finder.find(quoter.quote(span))
        assert (anchor.state, anchor.span) == ("exact", span)
        start += len(word) + 1


@given(st.text(st.characters(codec="utf-8", exclude_categories=["Cc", "Cs"]), min_size=1))
def test_a_scalar_reads_as_it_was_written(text: str) -> None:
    assert yaml.safe_load(scalar(text)) == text


@pytest.mark.parametrize("text", ["no", "2019", "12:30:45", "a: b", "# c", "1.5", "null"])
def test_what_yaml_would_read_otherwise_is_quoted(text: str) -> None:
    assert yaml.safe_load(scalar(text)) == text


def test_items_are_added_at_the_end_of_their_list_and_the_rest_stays() -> None:
    text = "a:\n  # mine\n  - 1\n\n# of b\nb:\n  - 2\n"
    assert append_to_section(text, "a", ["  - 9\n"]) == text.replace("- 1\n", "- 1\n  - 9\n")
    assert append_to_section(text, "c", ["  - 9\n"]) == f"{text}\nc:\n  - 9\n"
    assert append_to_section("a: []\n", "a", ["  - 9\n"]) == "a:\n  - 9\n"
    assert append_to_section("a:\n- 1\n", "a", ["  - 9\n"]) == "a:\n- 1\n- 9\n"
