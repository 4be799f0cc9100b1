"""Summaries and card bodies: an editor's Markdown, with nothing in it that could act."""

from __future__ import annotations

import pytest

from explainer.assemble.prose import prose_html
from tests.parse.test_markdown import ACTIVE


def prose(text: str) -> str:
    return str(prose_html(text, _href_of))


def _href_of(entry: str) -> str:
    return "#entry-bonn" if entry == "bonn" else ""


@pytest.mark.parametrize(
    ("text", "html"),
    [
        ("A *city*.", "<p>A <em>city</em>.</p>"),
        ("See [Bonn](#bonn).", '<p>See <a href="#entry-bonn">Bonn</a>.</p>'),
        ("See [Köln](#koeln).", "<p>See Köln.</p>"),
        ("See [*Köln*](#koeln) & [Bonn](#bonn)",
         '<p>See <em>Köln</em> &amp; <a href="#entry-bonn">Bonn</a></p>'),
        ("A [map](https://x.example)", '<p>A <a href="https://x.example">map</a></p>'),
        ("![a map](https://x.example/a.png) of it", "<p> of it</p>"),
        ("H<sub>2</sub>O", "<p>H<sub>2</sub>O</p>"),
        ("one\n\ntwo", "<p>one</p>\n<p>two</p>"),
        ("[x](javascript:alert(1))", "<p>[x](javascript:alert(1))</p>"),
    ],
)  # fmt: skip
def test_markdown_becomes_html(text: str, html: str) -> None:
    assert prose(text) == html


@pytest.mark.parametrize("block", range(0, 0x3100, 0x100))
def test_a_plain_line_is_what_the_parser_makes_of_it(block: int) -> None:
    """A line without signs takes a shorter way; "&excl;" at its end takes the long one."""
    for number in range(block, block + 0x100):
        line = f"One {chr(number)}{chr(number)} two {chr(number)}"
        assert prose(f"{line} !") == prose(f"{line} &excl;"), hex(number)


@pytest.mark.parametrize("payload", ACTIVE)
def test_html_that_could_act_is_text_or_gone(payload: str) -> None:
    shown = prose(f"before {payload} after")
    for harm in ("<script", "<img", "<svg", "<iframe", "<style", "<form", "<base", "<object"):
        assert harm not in shown.lower()
    assert "after" in shown
