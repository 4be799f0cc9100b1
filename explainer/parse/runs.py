"""Tokens to the plain text that all annotations refer to, with the runs that tie them."""

from __future__ import annotations

from markdown_it.token import Token
from msgspec import Struct, field

from explainer.model import Override, Position, Run, Span

BLOCK_JOINT = "\n\n"


class Text(Struct, frozen=True):
    """The text of one article and what ties it to the tokens; fields are as in `Document`."""

    text: str
    tokens: tuple[Token, ...]
    runs: tuple[Run, ...]
    blocks: tuple[Span, ...]
    sections: tuple[int, ...]
    lines: tuple[tuple[int, int], ...]
    overrides: tuple[Override, ...] = ()
    headline: Span | None = None
    dropped: tuple[Span, ...] = ()


class _Writer(Struct):
    """The text as it grows."""

    path: str
    headings: frozenset[str]
    parts: list[str] = field(default_factory=list)
    length: int = 0
    runs: list[Run] = field(default_factory=list)
    overrides: list[Override] = field(default_factory=list)

    def add(self, text: str) -> Span | None:
        if not text:
            return None
        span = Span(self.length, self.length + len(text))
        self.parts.append(text)
        self.length = span.end
        return span


def text_of(tokens: list[Token], first_line: int, path: str) -> Text:
    """Lay out the tokens' text, blocks joined by a blank line.

    ``[words](#entry)`` and ``[words]{.no-entry}`` become overrides and leave the tokens. A
    link to one of the article's own headings stays a link.

    Args:
        first_line: The line of the file that token line 0 is.
    """
    headings = frozenset(str(t.attrs["id"]) for t in tokens if t.type == "heading_open")
    writer = _Writer(path, headings)
    result: list[Token] = []
    blocks: list[Span] = []
    lines: list[tuple[int, int]] = []
    sections: list[int] = [0]
    heading = False
    for token in tokens:
        heading = token.type == "heading_open" or (heading and token.type != "heading_close")
        result.append(token)
        if token.type not in ("inline", "fence", "code_block"):
            continue
        if writer.parts:
            writer.add(BLOCK_JOINT)
        start = writer.length
        line = (token.map[0] if token.map else 0) + first_line
        if token.type == "inline":
            result[-1] = _inline(token, len(result) - 1, writer, heading, line)
        else:
            writer.add(token.content)
        if writer.length > start:
            blocks.append(Span(start, writer.length))
            lines.append((start, line))
            if heading and start:
                sections.append(start)
    return Text(
        "".join(writer.parts), tuple(result), tuple(writer.runs), tuple(blocks),
        tuple(sections), tuple(lines), tuple(writer.overrides),
    )  # fmt: skip


def _inline(token: Token, index: int, writer: _Writer, heading: bool, line: int) -> Token:
    """Write one inline token's text; the token returned has no override mark-up left."""
    children = token.children or []
    kept: list[Token] = []
    open_links: list[tuple[Token, int]] = []
    for child in children:
        if child.type in ("link_open", "span_open"):
            open_links.append((child, writer.length))
            if not _is_override(child, writer.headings):
                kept.append(child)
        elif child.type in ("link_close", "span_close"):
            opened, start = open_links.pop()
            if not _is_override(opened, writer.headings):
                kept.append(child)
            elif writer.length > start:
                place = Position(writer.path, line)
                writer.overrides.append(
                    Override(Span(start, writer.length), _override(opened), place)
                )
        else:
            in_link = bool(open_links) and any(
                opened.type == "link_open" and not _is_override(opened, writer.headings)
                for opened, _ in open_links
            )
            _leaf(child, index, len(kept), writer, linkable=not heading and not in_link)
            kept.append(child)
    if len(kept) == len(children):
        return token
    return Token(
        token.type, token.tag, token.nesting, token.attrs, token.map, token.level, kept,
        token.content, token.markup, token.info, token.meta, token.block, token.hidden,
    )  # fmt: skip


def _leaf(child: Token, token: int, place: int, writer: _Writer, *, linkable: bool) -> None:
    if child.type in ("softbreak", "hardbreak"):
        text = "\n"
    elif child.type in ("text", "code_inline"):
        text = child.content
    else:
        return
    span = writer.add(text)
    if span:
        writer.runs.append(Run(span, token, place, linkable and child.type != "code_inline"))


def _is_override(token: Token, headings: frozenset[str]) -> bool:
    if token.type == "span_open":
        return "no-entry" in str(token.attrs.get("class", "")).split()
    href = str(token.attrs.get("href", ""))
    return href.startswith("#") and len(href) > 1 and href[1:] not in headings


def _override(token: Token) -> str | None:
    return None if token.type == "span_open" else str(token.attrs["href"])[1:]
