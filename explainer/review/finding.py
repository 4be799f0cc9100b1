"""Where words that an editor typed stand in an article."""

from __future__ import annotations

import re

from explainer.folding import fold
from explainer.model import Document
from explainer.review.decision import Undecidable


def find_words(words: str, document: Document, near: int) -> list[tuple[int, int]]:
    """The places of words, of each piece where an ellipsis parts them.

    Of several places that say the same, the one nearest to the offset `near` is meant.

    Raises:
        Undecidable: They don't stand in the article.
    """
    found = []
    folded = fold(document.text)
    for piece in filter(None, (one.strip() for one in re.split(r"…|\.\.\.", words))):
        wanted = re.escape(fold(piece).text)
        places = [folded.original(*one.span()) for one in re.finditer(wanted, folded.text)]
        if not places:
            raise Undecidable(f"'{piece}' doesn't stand in the article")
        found.append(min(places, key=lambda place: abs(place[0] - near)))
    return found
