"""Plain text as it arrives: headline first, lines as paragraphs, the headline often again."""

from __future__ import annotations

import re
from itertools import accumulate, pairwise

from markdown_it.token import Token
from msgspec import Struct

from explainer.errors import ArticleError
from explainer.folding import fold
from explainer.model import Diagnostic, Position, Run, Span
from explainer.parse.controls import printable
from explainer.parse.runs import Text

LONGEST_HEADLINE = 200
WIDEST_WRAPPED_LINE = 100


class Plain(Struct, frozen=True):
    """A parsed plain text; `title` is empty where the caller has one already."""

    text: Text
    title: str
    diagnostics: tuple[Diagnostic, ...]


def parse_plain(text: str, path: str, title: str) -> Plain:
    """Find headline and paragraphs; ``text`` itself stays as it is.

    The first line is the headline, unless it is the only one or too long. A blank line or a
    line break ends a paragraph. Where the lines are hard-wrapped (blank
    lines between groups of short lines) only a blank line does.

    Args:
        text: The file's text, LF line ends.
        path: Named in diagnostics.
        title: From the file beside it; empty where the first line is to be the headline.

    Raises:
        ArticleError: The line that the title is taken from, and nothing else.
    """
    lines = _lines(text)
    headline, body = _headline(lines, text, title)
    if not body:
        raise ArticleError("there is a headline and no text below it", path, 1)
    dropped: list[Span] = []
    diagnostics: list[Diagnostic] = []
    if headline and len(body) > 1 and _same(body[-1].of(text), headline.of(text)):
        dropped.append(body.pop())
        place = Position(path, text.count("\n", 0, dropped[0].start) + 1)
        message = "the headline stands here a second time; this line is left out of the page"
        diagnostics.append(Diagnostic("T001", message, place, "note"))
    name = title or (headline.of(text).strip() if headline else _first_words(body[0].of(text)))
    if not title and not headline:
        message = "no line of this text is a headline; give the article a title"
        diagnostics.append(Diagnostic("T002", message, Position(path, 1)))
    paragraphs = _paragraphs(body, text)
    return Plain(_layout(text, paragraphs, headline, tuple(dropped)), name, tuple(diagnostics))


def _lines(text: str) -> list[Span]:
    """The lines that hold something, without the white space around them."""
    return [Span(*found.span()) for found in re.finditer(r"[^\s\n](?:[^\n]*[^\s\n])?", text)]


def _headline(lines: list[Span], text: str, title: str) -> tuple[Span | None, list[Span]]:
    first = lines[0]
    if title:
        named = _same(first.of(text), title)
        return (first, lines[1:]) if named else (None, lines)
    if len(first) > LONGEST_HEADLINE or len(lines) == 1:
        return None, lines
    return first, lines[1:]


def _same(one: str, other: str) -> bool:
    return fold(one.strip()).text == fold(other.strip()).text


def _first_words(text: str) -> str:
    words = text[:80].rsplit(" ", 1)[0] if len(text) > 80 else text
    return f"{words}…"


def _paragraphs(lines: list[Span], text: str) -> list[list[Span]]:
    """Lines grouped as paragraphs: each by itself, or as blank lines group them."""
    groups: list[list[Span]] = [[lines[0]]]
    for before, line in pairwise(lines):
        if text.count("\n", before.end, line.start) > 1:
            groups.append([line])
        else:
            groups[-1].append(line)
    wrapped = sum(len(group) > 1 for group in groups) * 2 >= len(groups) > 1
    narrow = all(len(line) <= WIDEST_WRAPPED_LINE for line in lines)
    return groups if wrapped and narrow else [[line] for line in lines]


def _layout(
    text: str, paragraphs: list[list[Span]], headline: Span | None, dropped: tuple[Span, ...]
) -> Text:
    tokens: list[Token] = []
    runs: list[Run] = []
    blocks: list[Span] = [headline] if headline else []
    for lines in paragraphs:
        blocks.append(Span(lines[0].start, lines[-1].end))
        runs += _runs(lines, text, len(tokens) + 1)
        tokens += _tokens(lines, text)
    starts = [0, *(block.start for block in blocks)]
    breaks = accumulate(text.count("\n", one, other) for one, other in pairwise(starts))
    line_of = [(block.start, before + 1) for block, before in zip(blocks, breaks, strict=True)]
    return Text(
        text, tuple(tokens), tuple(runs), tuple(blocks), (0,), tuple(line_of), (),
        headline, dropped,
    )  # fmt: skip


def _tokens(lines: list[Span], text: str) -> list[Token]:
    children: list[Token] = []
    for line in lines:
        if children:
            children.append(Token("softbreak", "br", 0))
        children.append(Token("text", "", 0, content=printable(line.of(text))))
    content = text[lines[0].start : lines[-1].end]
    return [
        Token("paragraph_open", "p", 1, block=True),
        Token("inline", "", 0, content=content, children=children, block=True),
        Token("paragraph_close", "p", -1, block=True),
    ]


def _runs(lines: list[Span], text: str, token: int) -> list[Run]:
    """One run a line; the line break between two, white space and all, is a run as well."""
    runs: list[Run] = []
    for line in lines:
        if runs:
            runs.append(Run(Span(runs[-1].span.end, line.start), token, len(runs)))
        runs.append(Run(line, token, len(runs)))
    return runs
