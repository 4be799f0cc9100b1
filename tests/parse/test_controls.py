"""Characters that have no business in an article."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from explainer.model import Document
from explainer.render import html_of
from tests.making import parse_markdown_article, parse_plain_article

Parser = Callable[[str], Document]

FORBIDDEN = ["\x00", "\x07", "\x1b", "\x7f", "\x85", "\x9f", "\ufffe", "\ufdd0"]
PARSERS = [
    pytest.param(lambda body: parse_plain_article(f"Title\n\n\n{body}"), id="text"),
    pytest.param(parse_markdown_article, id="markdown"),
]


both = pytest.mark.parametrize("parse", PARSERS)


@both
@pytest.mark.parametrize("char", FORBIDDEN, ids=lambda char: f"U+{ord(char):04X}")
def test_what_html_forbids_is_told_and_shown_as_a_replacement(parse: Parser, char: str) -> None:
    document = parse(f"Ada {char}[31mleft.\n")
    assert html_of(list(document.tokens)) == "<p>Ada �[31mleft.</p>\n"
    (told,) = document.diagnostics
    assert (told.code, told.severity) == ("T003", "warning")
    assert (told.position.line, told.position.column) == (4, 5)
    assert f"U+{ord(char):04X}" in told.message


@both
@pytest.mark.parametrize("char", ["\u202e", "\u2066"], ids=lambda char: f"U+{ord(char):04X}")
def test_a_change_of_direction_is_told(parse: Parser, char: str) -> None:
    document = parse(f"Ada {char}left.\n")
    assert [one.code for one in document.diagnostics] == ["T003"]


@both
@pytest.mark.parametrize("char", ["\u00a0", "\u200d", "\u200f", "\ufeff", "😀", "é", "\t"])
def test_other_characters_pass(parse: Parser, char: str) -> None:
    document = parse(f"Ada {char}left.\n")
    assert document.diagnostics == ()
    assert char in document.text


def test_a_headline_with_a_control_character_is_shown_with_a_replacement() -> None:
    assert parse_plain_article("Tit\x1ble\n\nText.\n").meta.title == "Tit�le"
