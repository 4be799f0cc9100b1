from __future__ import annotations

import pytest

from explainer.analyze import lines_of
from explainer.annotate.quotations import find_quotations


def quoted(text: str) -> list[str]:
    return [one.span.of(text) for one in find_quotations(text, lines_of(text))]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("“We go,” she said, “now.”", ["“We go,”", "“now.”"]),
        ('"We go," she said.', ['"We go,"']),
        ("``We go,'' she said.", ["``We go,''"]),
        ("''We go,'' she said.", ["''We go,''"]),
        ("The dogs' food and the cats' bowls", []),
    ],
)
def test_marks_pair_up(text: str, expected: list[str]) -> None:
    assert quoted(text) == expected


def test_a_paragraph_that_never_closes_is_quoted_to_its_end() -> None:
    text = "“We waited for the boat all day long.\n“Then it came,” she said."
    first, second = find_quotations(text, lines_of(text))
    assert not first.closed
    assert second.span.of(text) == "“Then it came,”"


def test_a_word_or_two_are_no_speech() -> None:
    text = "A “warm welcome” awaited them."
    assert not find_quotations(text, lines_of(text))[0].is_speech
