"""The program's own words on a page."""

from __future__ import annotations

import pytest

from explainer.assemble.words import degrees, list_in_words, moment_view, shorten


@pytest.mark.parametrize(
    ("items", "words"),
    [((), ""), (("a",), "a"), (("a", "b"), "a and b"), (("a", "b", "c"), "a, b and c")],
)
def test_a_list_in_words(items: tuple[str, ...], words: str) -> None:
    assert list_in_words(items) == words


@pytest.mark.parametrize("length", [5, 12, 13, 40, 41, 42, 43, 44])
def test_a_shortened_text_is_one_line_within_its_limit_and_cut_between_words(length: int) -> None:
    text = "A short text,\nof several words; and an end."
    short = shorten(text, length)
    assert len(short) <= max(length, len("A …"))
    assert "\n" not in short
    if length >= len(text):
        assert short == " ".join(text.split())
    else:
        assert short.endswith(" …")
        assert set(short.removesuffix(" …").split()) <= {
            w.rstrip(",;") for w in text.split()
        } | set(text.split())


@pytest.mark.parametrize(
    ("location", "words"),
    [((43.1, 131.9), "43.10° N, 131.90° E"), ((-33.86, -70.0), "33.86° S, 70.00° W"),
     ((0.0, 0.0), "0.00° N, 0.00° E")],
)  # fmt: skip
def test_a_place_in_degrees(location: tuple[float, float], words: str) -> None:
    assert degrees(location) == words


def test_people_are_shown_the_day_and_machines_the_moment() -> None:
    view = moment_view("2023-09-12T09:38:00+09:00")
    assert view is not None
    assert (view.iso, view.words) == ("2023-09-12T09:38:00+09:00", "September 12, 2023")
    assert moment_view("") is None
