"""Find what stands between quotation marks, over paragraphs where need be."""

from __future__ import annotations

import re
from collections.abc import Iterator

from msgspec import Struct

from explainer.model import Span

_MARK = re.compile(r"“|”|„|«|»|\"|``|''")
_OPENING = frozenset({"“", "„", "«", "``"})
_CLOSING = frozenset({"”", "»", "''"})


class Quotation(Struct, frozen=True):
    """``span`` has the marks in it; ``closed`` is False where the next paragraph carries on."""

    span: Span
    closed: bool
    words: int

    @property
    def is_speech(self) -> bool:
        """False for a word or two that are only held at a distance."""
        return self.words >= 4


def find_quotations(text: str, blocks: tuple[Span, ...]) -> tuple[Quotation, ...]:
    """Give the quotations of a text in order.

    A paragraph that opens one and never closes it is quoted to its end: the next paragraph
    opens it again, as typesetters do.
    """
    return tuple(one for block in blocks for one in _in_block(text, block))


def _in_block(text: str, block: Span) -> Iterator[Quotation]:
    start: int | None = None
    for match in _MARK.finditer(text, block.start, block.end):
        mark = match.group()
        if start is None:
            # Some writers close with the mark that opens, and open with the one that closes.
            if mark not in _CLOSING or _opens(text, match):
                start = match.start()
        elif _closes(text, match):
            yield _quotation(text, start, match.end(), closed=True)
            start = None
    # A mark left open near the end is more likely a slip than a quotation.
    if start is not None and block.end - start > 20:
        yield _quotation(text, start, block.end, closed=False)


def _closes(text: str, match: re.Match[str]) -> bool:
    mark = match.group()
    if mark == '"':
        return not _opens_again(text, match)
    before, after = text[match.start() - 1], text[match.end() : match.end() + 1]
    return mark in _CLOSING or (not before.isspace() and not after.strip(" \n,.;:!?)—–-―"))


def _opens(text: str, match: re.Match[str]) -> bool:
    before, after = text[max(0, match.start() - 1) : match.start()], text[match.end() :][:1]
    return (not before or before in " \n(—-–") and bool(after.strip())


def _opens_again(text: str, match: re.Match[str]) -> bool:
    after = text[match.end() : match.end() + 1]
    return after.isalnum() and text[max(0, match.start() - 1) : match.start()] in ("", " ", "\n")


def _quotation(text: str, start: int, end: int, *, closed: bool) -> Quotation:
    return Quotation(Span(start, end), closed, len(text[start:end].split()))
