"""Built pages as tests read them: ids, links, words, and the article without our marks."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from html.parser import HTMLParser

VOID = frozenset("area base br col embed hr img input link meta source track wbr".split())
_FOOTNOTE_NUMBERS = ("footnote-ref", "footnote-backref")
_TAG = re.compile(r"<(/?)([a-z][a-z0-9]*)\b([^>]*)>")
_OURS = re.compile(r'class="(?:mention|claim|passage|own|carded)"')
_REMOVED = re.compile(
    r'<sup class="(?:claim|passage)-marker">.*?</sup>|<aside id="card-.*?</aside>\n', re.DOTALL
)


@dataclass
class PageReader(HTMLParser):
    """What a page holds: `links` are tag, attribute and address."""

    ids: list[str] = field(default_factory=list)
    links: list[tuple[str, str, str]] = field(default_factory=list)
    inline: list[str] = field(default_factory=list)
    words: list[str] = field(default_factory=list)
    _skipping: list[str] = field(default_factory=list)

    def __post_init__(self) -> None:
        super().__init__()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        found = {name: value or "" for name, value in attrs}
        if "id" in found:
            self.ids.append(found["id"])
        for name in ("href", "src"):
            if name in found:
                self.links.append((tag, name, found[name]))
        acts = tag == "script" and "src" not in found
        if tag == "style" or (acts and found.get("type") != "application/ld+json"):
            self.inline.append(tag)
        self.inline += [name for name in found if name == "style" or name.startswith("on")]
        unseen = tag in ("script", "style") or found.get("class") in _FOOTNOTE_NUMBERS
        if unseen or (self._skipping and tag not in VOID):
            self._skipping.append(tag)

    def handle_endtag(self, tag: str) -> None:
        if self._skipping and self._skipping[-1] == tag:
            self._skipping.pop()

    def handle_data(self, data: str) -> None:
        if not self._skipping:
            self.words += [data]


def read_page(html: str) -> PageReader:
    reader = PageReader()
    reader.feed(html)
    reader.close()
    return reader


def words_of(html: str) -> list[str]:
    """The words a reader sees, but for the numbers of footnotes; tags may cut a word in two."""
    blocks = re.sub(r"<(/?(?:p|li|td|th|h\d|blockquote|pre|br)\b)", r"\n<\1", html)
    return "".join(read_page(blocks).words).split()


def story_of(html: str) -> str:
    """The article's own part of its page."""
    start = html.index('<div class="story">')
    return html[start : html.index('<div class="apparatus">', start)]


def without_marks(html: str) -> str:
    """HTML of a story with every mark, marker and card of ours taken out."""
    kept: list[str] = []
    ours: list[bool] = []
    position = 0
    html = _REMOVED.sub("", html)
    for tag in _TAG.finditer(html):
        closing, name, attributes = tag.groups()
        is_ours = False
        if closing:
            is_ours = ours.pop()
        elif name not in VOID:
            is_ours = bool(_OURS.search(attributes))
            ours.append(is_ours)
        kept.append(html[position : tag.start() if is_ours else tag.end()])
        # The two tags around a paragraph and its cards stand on lines of their own.
        breaks = is_ours and name == "div"
        position = tag.end() + breaks
    return "".join(kept) + html[position:]
