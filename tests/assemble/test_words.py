"""The program's own words on a page."""

from __future__ import annotations

import pytest

from explainer.assemble.words import degrees, moment_view, shorten
from explainer.language import language_of


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
    ("tag", "location", "words"),
    [("en", (43.1, 131.9), "43.10° N, 131.90° E"), ("en", (0.0, 0.0), "0.00° N, 0.00° E"),
     ("es", (-33.86, -70.0), "33,86° S, 70,00° O"),
     ("ko", (37.57, 127.0), "북위 37.57°, 동경 127.00°")],
)  # fmt: skip
def test_a_place_in_degrees(tag: str, location: tuple[float, float], words: str) -> None:
    assert degrees(location, language_of(tag)) == words


def test_people_are_shown_the_day_and_machines_the_moment() -> None:
    view = moment_view("2023-09-12T09:38:00+09:00", language_of("en"))
    assert view is not None
    assert (view.iso, view.words) == ("2023-09-12T09:38:00+09:00", "September 12, 2023")
    assert moment_view("", language_of("en")) is None
