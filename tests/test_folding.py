"""What readers take for the same letters compares as equal, and leads back to where it stood."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from explainer.folding import fold

ODD = "ab Zé '’“”\"-–—\u00a0\u00ad\u200b\u200d\ufeff\u0301\u0327\u1112\u1161\u11ab한\t\n"
texts = st.text(st.sampled_from(ODD) | st.characters(codec="utf-8"), max_size=40)


@pytest.mark.parametrize(
    ("text", "folded"),
    [
        ("Ukraine’s", "Ukraine's"),
        ("Ukraine‘s", "Ukraine's"),
        ("“gentle”", '"gentle"'),
        ("«gentle»", '"gentle"'),
        ("North Korea–Russia", "North Korea-Russia"),
        ("Kim\u00a0Jong\u202fUn", "Kim Jong Un"),
        ("Kim \n  Jong\tUn", "Kim Jong Un"),
        ("Vladi\u00advostok", "Vladivostok"),
        ("Se\u200boul\ufeff", "Seoul"),
        ("Rene\u0301", "René"),
        ("\u1112\u1161\u11ab", "한"),
        ("Kim \u200b Jong", "Kim Jong"),
        ("KIM", "KIM"),
        ("", ""),
        ("\u200b", ""),
        ("\u0301a", "\u0301a"),
    ],
)
def test_folding(text: str, folded: str) -> None:
    assert fold(text).text == folded


@pytest.mark.parametrize(
    ("text", "part", "original"),
    [
        ("to Kim\u00a0Jong\u00adUn’s", "JongUn", "Jong\u00adUn"),
        ("in Rene\u0301’s house", "René", "Rene\u0301"),
        ("a  b", "a b", "a  b"),
        ("the \u200b\u1112\u1161\u11ab", "한", "\u1112\u1161\u11ab"),
    ],
)
def test_a_part_leads_back_to_the_letters_it_came_from(text: str, part: str, original: str) -> None:
    folded = fold(text)
    start = folded.text.index(part)
    first, last = folded.original(start, start + len(part))
    assert text[first:last] == original


@given(texts)
def test_folding_twice_is_folding_once(text: str) -> None:
    once = fold(text).text
    assert fold(once).text == once


@given(texts)
def test_composed_and_decomposed_text_fold_to_the_same(text: str) -> None:
    composed, decomposed = (unicodedata.normalize(form, text) for form in ("NFC", "NFD"))
    assert fold(composed).text == fold(decomposed).text


@given(texts)
def test_every_part_of_a_folded_text_comes_from_a_part_of_the_original(text: str) -> None:
    folded = fold(text)
    places = [folded.original(index, index + 1) for index in range(len(folded.text))]
    assert all(0 <= start < end <= len(text) for start, end in places)
    assert places == sorted(places)


@given(texts)
def test_the_original_of_a_part_folds_to_that_part(text: str) -> None:
    folded = fold(text)
    for index, char in enumerate(folded.text):
        start, end = folded.original(index, index + 1)
        assert char in fold(text[start:end]).text
