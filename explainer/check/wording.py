"""T016, T017: quotation marks that don't pair, and a headline that runs ahead of its article."""

from __future__ import annotations

import re
from collections.abc import Iterator

from explainer.check.story import Finding, Story, names_in
from explainer.model import Span

_MARK = re.compile(r"<[^<>]*>|[“”\"]")
"""A mark, or a tag of some markup whose marks are none."""

_FEET = re.compile(r"\d['’′]\d{1,2}\Z")
_BEFORE_OPENING = frozenset(" \n\t([{—–-/‘'\u00a0")


def check_quotation_marks(story: Story) -> Iterator[Finding]:
    """T016: a quotation opened and not closed, or closed and never opened.

    What stands around a mark says whether it opens. A quotation may run over paragraphs,
    whether each opens it anew or not, as long as the last one closes it; quotations in
    quotations may use the same marks.
    """
    opened: list[int] = []
    for block in story.paragraphs:
        marks = list(_marks(block.of(story.text), inside=bool(opened)))
        if opened and marks and marks[0][1]:
            if marks[0][0] > 0:
                yield _finding("this quotation is never closed", opened[0])
            opened = []
        for place, opens in marks:
            if opens:
                opened.append(block.start + place)
            elif opened:
                opened.pop()
            else:
                yield _finding(
                    "this quotation mark closes what was never opened", block.start + place
                )
    if opened:
        yield _finding("this quotation is never closed", opened[0])


def _marks(text: str, *, inside: bool) -> Iterator[tuple[int, bool]]:
    """Give the place of each mark of a paragraph, and whether it opens a quotation."""
    depth = int(inside)
    for found in _MARK.finditer(text):
        place = found.start()
        inch = _FEET.search(text[max(0, place - 4) : place]) or (
            text[place] == '"' and text[place - 1 : place].isdigit() and not depth
        )
        if len(found[0]) > 1 or inch:
            continue
        opens = _opens(text, place, inside=depth > 0)
        depth = max(0, depth + (1 if opens else -1))
        yield place, opens


def _opens(text: str, place: int, *, inside: bool) -> bool:
    before, after = text[place - 1 : place] or " ", text[place + 1 : place + 2] or " "
    opening, closing = before in _BEFORE_OPENING, after.isspace() or after in ".,;:?!)"
    if opening != closing:
        return opening
    return text[place] == "“" or (text[place] != "”" and not inside)


def _finding(message: str, offset: int) -> Finding:
    return Finding("T016", message, Span(offset, offset + 1))


# ---- the headline

_VERBS = {
    "meets": ("meet", "met", "meeting"),
    "visits": ("visit", "visited", "visit"),
    "signs": ("sign", "signed", "signing"),
    "arrives": ("arrive", "arrived", "arrival"),
    "resigns": ("resign", "resigned", "resignation"),
    "marries": ("marry", "married", "wedding"),
    "opens": ("open", "opened", "opening"),
    "launches": ("launch", "launched", "launch"),
    "approves": ("approve", "approved", "approval"),
    "bans": ("ban", "banned", "ban"),
    "wins": ("win", "won", "win"),
    "defeats": ("defeat", "defeated", "defeat"),
}
_AHEAD = (
    r"\b(?:will|may|might|could|would"
    r"|(?:is|are|was|were) (?:set |expected |due |scheduled |about )?to)"
)
_FUTURE = re.compile(r"\b(?:next|tomorrow|upcoming|later|will|to|set|soon|may|could)\b", re.I)


def check_headline(story: Story) -> Iterator[Finding]:
    """T017: a headline that tells as done what the article only says is to come."""
    headline = story.headline
    if _FUTURE.search(headline.lower()):
        return
    for verb, (base, past, noun) in _VERBS.items():
        found = re.search(rf"\b{verb}\b", headline, re.IGNORECASE)
        if found is None or re.search(rf"\b{past}\b", story.text):
            continue
        subject = names_in(headline[: found.start()])
        object_ = names_in(" ".join(headline[found.end() :].split()[:1]))
        to_come = re.compile(rf"{_AHEAD} {base}\b|\bahead of (?:a|the|their|his|her) {noun}\b")
        for sentence in story.sentences:
            ahead = to_come.search(sentence.of(story.text))
            names = names_in(sentence.of(story.text))
            if ahead and names & subject and (not object_ or names & object_):
                start = sentence.start + ahead.start()
                message = (
                    f"the headline says '{found[0]}', and here it is still to come: '{ahead[0]}'"
                )
                yield Finding("T017", message, Span(start, sentence.start + ahead.end()))
                return
