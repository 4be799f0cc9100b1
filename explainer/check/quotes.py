"""S006: what entries and cards quote from the article, to the letter."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from difflib import SequenceMatcher

from explainer.build import ReadSite
from explainer.check.codes import doubt
from explainer.check.story import shortened
from explainer.folding import fold
from explainer.model import Diagnostic, Position

_QUOTE = re.compile(r"“([^“”]+)”|\"([^\"\n]+)\"")
_LINK = re.compile(r"\[([^\]]*)\]\([^)]*\)")
MIN_WORDS = 3
_NEAR = 0.75
"""Likeness from which on a quotation is meant to be one of this article."""


def check_quoted(site: ReadSite) -> Iterator[Diagnostic]:
    """S006: a quotation in a card or a summary that is nearly, and not quite, in the article.

    What isn't like anything in the article is quoted from elsewhere, and let be.
    """
    for article in site.articles:
        used = {mention.entry for mention in article.mentions}
        texts: list[tuple[str, str, Position]] = [
            (f"the card '{card.id}'", card.body, card.position)
            for card in site.notes[article.document.slug].background
            if card.status != "rejected"
        ]
        texts += [
            (f"the entry '{entry.id}'", entry.summary, entry.position)
            for entry in site.entries
            if entry.id in used and entry.status != "rejected"
        ]
        yield from _differing(texts, article.document.text)


def _differing(texts: Iterable[tuple[str, str, Position]], text: str) -> Iterator[Diagnostic]:
    words = _words(text)
    plain = " ".join(words)
    for what, body, place in texts:
        for found in _QUOTE.finditer(_LINK.sub(r"\1", body)):
            quote = _words(found[1] or found[2])
            if len(quote) < MIN_WORDS or " ".join(quote) in plain:
                continue
            nearest = _nearest(quote, words)
            if nearest:
                message = (
                    f"{what} quotes “{shortened(found[1] or found[2])}”; "
                    f"the article says “{shortened(nearest)}”"
                )
                yield doubt("S006", message, place)


def _words(text: str) -> list[str]:
    return [one for one in (word.strip('.,;:!?“”"()') for word in fold(text).text.split()) if one]


def _nearest(quote: list[str], words: list[str]) -> str:
    """Give the article's words that are most like the quotation; empty where none are."""
    wanted = set(quote)
    best, where = 0.0, ""
    for size in (len(quote) - 1, len(quote), len(quote) + 1):
        for start in range(max(0, len(words) - size + 1)):
            window = words[start : start + size]
            if len(wanted.intersection(window)) * 2 < len(wanted):
                continue
            likeness = SequenceMatcher(None, quote, window, autojunk=False).ratio()
            if likeness > best:
                best, where = likeness, " ".join(window)
    return where if best >= _NEAR else ""
