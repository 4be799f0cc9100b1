"""All names of a glossary found in one pass."""

from __future__ import annotations

from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from explainer.annotate.known_names import all_forms
from explainer.annotate.matching import Candidate, NameMatcher, longest
from explainer.folding import fold
from tests.making import make_entry


def found(text: str, *names: str) -> list[str]:
    matcher = NameMatcher(all_forms(make_entry(name) for name in names))
    folded = fold(text)
    return [folded.text[one.start : one.end] for one in matcher.find(folded.text)]


def test_overlapping_names_are_all_candidates() -> None:
    names = {"North Korea", "North", "Korea"}
    assert set(found("in North Korea now", *names)) == names


def test_a_name_that_several_entries_have_names_them_all() -> None:
    people = [make_entry("Ann Lee", "Lee"), make_entry("Bob Lee", "Lee")]
    (candidate,) = NameMatcher(all_forms(people)).find(fold("Lee").text)
    assert {name.entry for name in candidate.names} == {"ann-lee", "bob-lee"}


def test_one_letter_that_becomes_two_in_lower_case_moves_nothing() -> None:
    assert found("İİİ met Ada in İzmir", "Ada", "İzmir") == ["Ada", "İzmir"]


def test_thai_and_chinese_names_need_no_space_around_them() -> None:
    assert found("我在首尔见金正恩", "首尔", "金正恩") == ["首尔", "金正恩"]


def test_an_empty_glossary_finds_nothing() -> None:
    assert found("Ada") == []


def test_a_name_of_nothing_visible_finds_nothing() -> None:
    assert found("Ada  Lovelace", "\u200b") == []


candidates = st.lists(
    st.builds(
        lambda start, length: Candidate(start, start + length, ()),
        st.integers(0, 40),
        st.integers(1, 8),
    ),
    max_size=20,
)


@given(candidates)
def test_what_remains_never_overlaps(those: list[Candidate]) -> None:
    kept = longest(those)
    assert all(one.end <= other.start for one, other in pairwise(kept))


@given(candidates)
def test_what_goes_makes_room_for_something_longer_or_earlier(those: list[Candidate]) -> None:
    kept = longest(those)
    for one in those:
        if one not in kept:
            rivals = [k for k in kept if one.start < k.end and k.start < one.end]
            assert any((-len(rival), rival.start) <= (-len(one), one.start) for rival in rivals)
