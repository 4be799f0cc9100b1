"""Markdown to tokens: CommonMark with tables and footnotes, and no HTML that could act."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from functools import cache

from markdown_it import MarkdownIt
from markdown_it.rules_block import StateBlock, paragraph
from markdown_it.rules_core import StateCore, normalize
from markdown_it.token import Token
from mdit_py_plugins.attrs import attrs_plugin
from mdit_py_plugins.footnote import footnote_plugin
from msgspec import Struct

_PLAIN_TAGS = frozenset(
    ("abbr", "b", "cite", "del", "em", "i", "ins", "kbd", "mark", "q", "s", "small", "strong",
     "sub", "sup", "u")
)  # fmt: skip
"""HTML without attributes that may stand in an article; all else is shown as the text it is."""

_MARKUP = re.compile(r"[\n\\`~*_\[\]!<>&^{}]")
"""What a rule of inline text may begin or end with."""

_ABBREVIATION = re.compile(r"\*\[([^\]\n]+)\]:[ \t]+(\S.*)")


class ParsedMarkdown(Struct, frozen=True):
    tokens: list[Token]
    abbreviations: tuple[tuple[str, str], ...]


def parse_markdown(text: str) -> ParsedMarkdown:
    """Tokens of an article's body; headings have unique ids and start at level 2."""
    env: dict[str, list[tuple[str, str]]] = {}
    tokens = markdown_parser().parse(text, env)
    _settle_headings(tokens)
    _settle_cells(tokens)
    return ParsedMarkdown(tokens, tuple(env.get("abbreviations", ())))


@cache
def markdown_parser() -> MarkdownIt:
    """The parser of articles, cards and summaries alike."""
    parser = MarkdownIt("commonmark", {"html": True}).enable(["table", "strikethrough"])
    parser.disable("html_block")
    parser.use(footnote_plugin)
    parser.use(attrs_plugin, spans=True, after=("span_close",), allowed=("class", "lang", "dir"))
    parser.block.ruler.before("reference", "abbreviation", _abbreviation, {"alt": ["paragraph"]})
    parser.block.ruler.before("table", "lone_line", _lone_line)
    parser.core.ruler.at("normalize", _normalize)
    parser.core.ruler.at("inline", _inline)
    parser.core.ruler.after("inline", "plain_html", _plain_html)
    return parser


def _normalize(state: StateCore) -> None:
    """Files are read as normal text; an escape in YAML may stand for something else."""
    if "\r" in state.src or "\0" in state.src:
        normalize(state)


def _lone_line(state: StateBlock, start: int, end: int, silent: bool) -> bool:
    """A line of words between empty ones: a paragraph, which no other rule need look at."""
    first = state.src[state.bMarks[start] + state.tShift[start]]
    if not (first.isalpha() or first in '"“‘'):
        return False
    if state.is_code_block(start) or not state.isEmpty(start + 1):
        return False
    return paragraph(state, start, end, silent)


def _inline(state: StateCore) -> None:
    """Words without mark-up are one text; the rules are for the rest."""
    for token in state.tokens:
        if token.type != "inline":
            continue
        token.children = []
        if _MARKUP.search(token.content):
            state.md.inline.parse(token.content, state.md, state.env, token.children)
        elif token.content:
            token.children.append(Token("text", "", 0, content=token.content))


def _abbreviation(state: StateBlock, start: int, end: int, silent: bool) -> bool:
    """``*[KCNA]: Korean Central News Agency`` on a line of its own."""
    line = state.src[state.bMarks[start] + state.tShift[start] : state.eMarks[start]]
    found = _ABBREVIATION.fullmatch(line.rstrip())
    if not found or state.is_code_block(start):
        return False
    if not silent:
        state.env.setdefault("abbreviations", []).append((found[1].strip(), found[2].strip()))
        state.line = start + 1
    return True


def _plain_html(state: StateCore) -> None:
    """Keep harmless tags that are closed in their paragraph, drop comments, show the rest."""
    for token in state.tokens:
        if token.type == "inline" and token.children and "<" in token.content:
            token.children = _plain_children(token.children)


def _plain_children(children: list[Token]) -> list[Token]:
    kept = _paired(children)
    result = []
    for index, child in enumerate(children):
        if child.type != "html_inline":
            result.append(child)
        elif re.fullmatch(r"<br\s*/?>", child.content, re.IGNORECASE):
            result.append(Token("hardbreak", "br", 0))
        elif child.content.startswith("<!--"):
            continue
        elif index in kept:
            result.append(_tag_token(child.content))
        else:
            result.append(Token("text", "", 0, content=child.content))
    return result


def _paired(children: list[Token]) -> set[int]:
    """Indexes of the plain tags that nest properly among themselves and with Markdown's."""
    kept: set[int] = set()
    stack: list[tuple[str, int]] = []
    for index, child in enumerate(children):
        if child.nesting == 1:
            stack.append(("", index))
        elif child.nesting == -1:
            while stack and stack.pop()[0]:
                pass  # an HTML tag left open inside this element stays text
        elif child.type == "html_inline":
            found = re.fullmatch(r"<(/?)([a-z]+)>", child.content.lower())
            if not found or found[2] not in _PLAIN_TAGS:
                continue
            if not found[1]:
                stack.append((found[2], index))
            elif stack and stack[-1][0] == found[2]:
                kept |= {stack.pop()[1], index}
    return kept


def _tag_token(html: str) -> Token:
    closing = html.startswith("</")
    name = html.strip("</>").lower()
    return Token(f"{name}_{'close' if closing else 'open'}", name, -1 if closing else 1)


def _settle_headings(tokens: list[Token]) -> None:
    """The page's title is its only h1, and every heading can be linked to."""
    places = [index for index, token in enumerate(tokens) if token.type == "heading_open"]
    shift = any(tokens[index].tag == "h1" for index in places)
    taken: set[str] = set()
    for index in places:
        opening, words, closing = tokens[index : index + 3]
        if shift:
            opening.tag = closing.tag = f"h{min(int(opening.tag[1]) + 1, 6)}"
        slug = _slug(plain_text(words.children or ()))
        opening.attrSet("id", _unique(f"section-{slug}", taken))


def _settle_cells(tokens: list[Token]) -> None:
    """A cell's alignment as ``data-align``: a page has no inline style."""
    for token in tokens:
        if token.type in ("th_open", "td_open") and "style" in token.attrs:
            align = str(token.attrs.pop("style")).removeprefix("text-align:")
            token.attrSet("data-align", align)


def take_title(tokens: list[Token]) -> tuple[list[Token], str]:
    """The tokens without a first-level heading at their start, and that heading's text."""
    if len(tokens) >= 3 and tokens[0].type == "heading_open" and tokens[0].markup in ("#", "="):
        title = " ".join(plain_text(tokens[1].children or ()).split())
        if title:
            return tokens[3:], title
    return tokens, ""


def plain_text(children: Iterable[Token]) -> str:
    """What a reader sees of inline tokens, as text."""
    return "".join(
        "\n" if child.type in ("softbreak", "hardbreak") else child.content
        for child in children
        if child.type in ("text", "code_inline", "softbreak", "hardbreak")
    )


def _slug(words: str) -> str:
    """Lower-case words in any script, joined by hyphens."""
    folded = unicodedata.normalize("NFC", words).lower()
    return re.sub(r"[^\w]+", "-", folded).strip("-_") or "part"


def _unique(name: str, taken: set[str]) -> str:
    number, candidate = 2, name
    while candidate in taken:
        candidate, number = f"{name}-{number}", number + 1
    taken.add(candidate)
    return candidate
