"""Summaries and card bodies: an editor's Markdown becomes HTML that can do no harm."""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import cache

import nh3
from markdown_it.token import Token
from markupsafe import Markup

from explainer.parse.markdown import markdown_parser

_TAGS = {
    "a", "abbr", "b", "blockquote", "br", "cite", "code", "del", "em", "i", "ins", "kbd", "li",
    "mark", "ol", "p", "q", "s", "small", "span", "strong", "sub", "sup", "u", "ul",
}  # fmt: skip
_ATTRIBUTES = {"a": {"href"}, "span": {"lang", "dir"}}

_PLAIN = re.compile(r"[^\W\d_][^\\`*_\[\]{}<>&~\x00-\x1f\x7f-\xa0]*")
"""One line without a character that Markdown or HTML could take for a sign; most summaries are."""


def prose_html(text: str, href_of: Callable[[str], str]) -> Markup:
    """Render Markdown; ``[words](#id)`` links to where `href_of` says that entry is.

    Where `href_of` gives nothing, the words stand without a link.
    """
    text = text.strip()
    if _PLAIN.fullmatch(text):
        return Markup(f"<p>{text}</p>")
    tokens = markdown_parser().parse(text, {})
    for token in tokens:
        if token.children:
            token.children = _link_entries(token.children, href_of)
    html = str(markdown_parser().renderer.render(tokens, markdown_parser().options, {}))
    return Markup(_cleaner().clean(html).strip())


@cache
def _cleaner() -> nh3.Cleaner:
    return nh3.Cleaner(
        tags=_TAGS,
        attributes=_ATTRIBUTES,
        url_schemes={"http", "https", "mailto"},
        link_rel=None,
    )


def prose_links(text: str) -> list[str]:
    """The entries that the Markdown links to; what `prose_html` asks `href_of` about."""
    asked: list[str] = []
    if "[" not in text:
        return asked

    def ask(entry: str) -> str:
        asked.append(entry)
        return ""

    prose_html(text, ask)
    return asked


def _link_entries(children: list[Token], href_of: Callable[[str], str]) -> list[Token]:
    kept: list[Token] = []
    open_links: list[bool] = []
    for child in children:
        if child.type == "image":
            continue
        if child.type == "link_open":
            open_links.append(_settle_link(child, href_of))
            if not open_links[-1]:
                continue
        elif child.type == "link_close" and not open_links.pop():
            continue
        kept.append(child)
    return kept


def _settle_link(link: Token, href_of: Callable[[str], str]) -> bool:
    """Point an entry link at its note; False where there is none."""
    href = str(link.attrs.get("href", ""))
    if not href.startswith("#"):
        return True
    target = href_of(href[1:])
    link.attrs = {"href": target}
    return bool(target)
