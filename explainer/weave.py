"""Marks go into an article's HTML, at the very end, between what the parser's renderer writes."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections import defaultdict
from collections.abc import Sequence
from functools import lru_cache
from html import escape
from operator import itemgetter
from sys import maxsize

from markdown_it.common.utils import escapeHtml
from markdown_it.token import Token
from msgspec import Struct

from explainer.model import ClaimMark, Marks, MentionMark, PassageMark, Run, Span
from explainer.parse.markdown import markdown_parser

_CLOSING = ".,;:!?\"'”’)]»…"
"""What a marker's number stands after, as footnote numbers do."""


_Wrap = tuple[int, int, str, str, str]
"""A stretch to be in an element: start, end, the tags that open its first piece and the others,
and the one that closes the first; offsets are the document's."""

_Piece = tuple[int, int, int, str, str, str]
"""A piece of that in one paragraph: start, the end and the rank as negative numbers, so that
those that begin together sort the outer first; then the tags as above, in the order of
first, closing and rest. Where stretches cross, the one of the lower rank stays whole: the
article's own elements come before them all. Those have how deep they are."""

_Tag = tuple[int, int, str]
"""A place, when its turn is among those in the same place, and what is written there."""

_PLACE = itemgetter(0)

_BEFORE_CLOSING, _CLOSES, _MARKER, _OPENS = range(4)


def weave(tokens: Sequence[Token], runs: Sequence[Run], marks: Marks) -> tuple[Token, ...]:
    """The tokens with mentions, claims and passages marked, and a place for each card.

    The given tokens stay as they are. A paragraph with marks is an inline token that holds its
    finished HTML. Where a mark cuts an element in two, its first piece
    carries the link and the id. A card's place is an ``html_block`` token with the card's id
    in ``meta["card"]``, after the top-level block of its first passage.
    """
    by_token: dict[int, list[Run]] = defaultdict(list)
    for run in runs:
        by_token[run.token].append(run)
    starts = [own[0].span.start for own in by_token.values()]
    ends = [own[-1].span.end for own in by_token.values()]
    pieces = _pieces(_wraps(marks), starts, ends)
    markers: list[list[tuple[int, str]]] = [[] for _ in starts]
    for offset, marker in _markers(marks):
        place = bisect_left(starts, offset) - 1
        if place >= 0 and offset <= ends[place]:
            markers[place].append((offset, marker))
    woven = list(tokens)
    for place, (index, own) in enumerate(by_token.items()):
        if pieces[place] or markers[place]:
            html = _paragraph_html(tokens[index], own, pieces[place], markers[place])
            token = Token("html_inline", "", 0, content=html)
            woven[index] = Token("inline", "", 0, children=[token])
    return tuple(_with_card_places(woven, by_token, marks.passages))


def _pieces(
    wraps: Sequence[_Wrap], starts: Sequence[int], ends: Sequence[int]
) -> list[list[_Piece]]:
    """The pieces of each paragraph; `starts` and `ends` are the paragraphs'."""
    pieces: list[list[_Piece]] = [[] for _ in starts]
    for rank, (start, end, first, rest, closing) in enumerate(wraps, start=1):
        place = bisect_right(ends, start)
        while place < len(starts) and starts[place] < end:
            inner = max(start, starts[place]), -min(end, ends[place])
            pieces[place].append((*inner, -rank, first, closing, rest))
            first, closing = rest, "</span>"
            place += 1
    return pieces


# ---- what there is to weave


def _wraps(marks: Marks) -> list[_Wrap]:
    """Mentions first, then the others from the shortest: inner elements before outer."""
    outer = [_claim_wrap(claim, span) for claim in marks.claims for span in claim.spans]
    outer += [_passage_wrap(one, span) for one in marks.passages for span in one.spans]
    outer += [_own_wrap(span, number) for number, span in enumerate(marks.own, start=1)]
    outer.sort(key=lambda wrap: (wrap[1] - wrap[0], wrap[0]))
    return [_mention_wrap(mention) for mention in marks.mentions] + outer


def _mention_wrap(mention: MentionMark) -> _Wrap:
    span, target = mention.span, mention.target
    tags = _mention_tags(mention.entry, mention.kind, mention.suggested, mention.anchor, target)
    return span.start, span.end, *tags, "</a>" if target else "</span>"


@lru_cache(maxsize=16384)
def _mention_tags(
    entry: str, kind: str, suggested: bool, anchor: str, target: str
) -> tuple[str, str]:
    """The tags that open a mention's first piece and the others: the same in every article."""
    attrs = {"class": "mention", "data-entry": entry, "data-kind": kind}
    status = {"data-status": "suggested"} if suggested else {}
    own = {"id": anchor} if anchor else {}
    link = {"href": f"#{target}"} if target else {}
    first = _tag("a" if target else "span", attrs | own | link | status)
    return first, _tag("span", attrs | status)


def _claim_wrap(claim: ClaimMark, span: Span) -> _Wrap:
    attrs = {
        "class": "claim",
        "data-attribution": claim.attribution,
        "data-standing": claim.standing,
    }
    return _same_wrap(span, attrs, claim.suggested)


def _passage_wrap(passage: PassageMark, span: Span) -> _Wrap:
    return _same_wrap(span, {"class": "passage", "data-card": passage.card}, passage.suggested)


def _same_wrap(span: Span, attrs: dict[str, str], suggested: bool) -> _Wrap:
    tag = _tag("span", attrs | {"data-status": "suggested"} if suggested else attrs)
    return span.start, span.end, tag, tag, "</span>"


def _own_wrap(span: Span, number: int) -> _Wrap:
    first = f'<span class="own" id="own-{number}">'
    return span.start, span.end, first, '<span class="own">', "</span>"


def _tag(name: str, attrs: dict[str, str]) -> str:
    said = (f'{key}="{escapeHtml(value)}"' for key, value in attrs.items())
    return f"<{' '.join((name, *said))}>"


def _markers(marks: Marks) -> list[tuple[int, str]]:
    """Each marker's offset and HTML, in the order in which they stand."""
    found = []
    for claim in marks.claims:
        label = escape(claim.label)
        found.append((
            claim.spans[-1].end,
            _marker(
                "claim-marker",
                f'id="claim-{claim.attribution}" href="#source-{claim.attribution}" '
                f'data-attribution-marker="{claim.attribution}" aria-label="{label}"',
                str(claim.number),
            ),
        ))  # fmt: skip
    for passage in marks.passages:
        label = escape(passage.label)
        found.append((
            passage.spans[0].end,
            _marker(
                "passage-marker",
                f'id="passage-{passage.card}" href="#card-{passage.card}" aria-label="{label}"',
                "+",
            ),
        ))  # fmt: skip
    return sorted(found, key=lambda one: one[0])


def _marker(name: str, attributes: str, text: str) -> str:
    return f'<sup class="{name}"><a {attributes}>{text}</a></sup>'


# ---- one paragraph


class _Leaf(Struct):
    """What a paragraph is of; ``html`` is what is written for it where it is no plain text."""

    start: int
    end: int
    text: str = ""
    html: str = ""


class _Paragraph(Struct):
    """Leaves in their order, and the article's own elements around them.

    Places are offsets, with one more for each leaf before that takes no room in the text:
    ``empty`` are the offsets of those. An element without any has one that is nothing.
    """

    leaves: list[_Leaf]
    elements: list[_Piece]
    empty: list[int]

    def start_of(self, offset: int) -> int:
        """The place of what starts at an offset; what can't be cut is behind it or before."""
        return self._uncut(offset + bisect_right(self.empty, offset), after=True)

    def end_of(self, offset: int, *, after: bool = False) -> int:
        """The place of what ends at an offset, before or ``after`` what can't be cut there."""
        return self._uncut(offset + bisect_left(self.empty, offset), after=after)

    def _uncut(self, place: int, *, after: bool) -> int:
        for leaf in self.leaves:
            if leaf.html and leaf.start < place < leaf.end:
                return leaf.end if after else leaf.start
        return place


def _paragraph_html(
    token: Token,
    runs: Sequence[Run],
    pieces: list[_Piece],
    markers: Sequence[tuple[int, str]],
) -> str:
    children = token.children or []
    if len(children) == 1 and children[0].type == "text":
        leaves = [_Leaf(runs[0].span.start, runs[0].span.end, children[0].content)]
    else:
        paragraph = _paragraph(children, runs)
        leaves = paragraph.leaves
        pieces = paragraph.elements + _fitted(pieces, paragraph)
        markers = [(paragraph.end_of(offset, after=True), html) for offset, html in markers]
    pieces.sort()
    tags = _tags(pieces)
    if markers:
        tags += [_marker_tag(place, html, tags, leaves) for place, html in markers]
        tags.sort(key=itemgetter(0, 1))
    return _html(leaves, tags)


def _paragraph(children: Sequence[Token], runs: Sequence[Run]) -> _Paragraph:
    spans = {run.child: run.span for run in runs}
    leaves: list[_Leaf] = []
    elements: list[_Piece] = []
    empty: list[int] = []
    opened: list[tuple[int, str]] = []
    offset = runs[0].span.start
    for index, child in enumerate(children):
        place = offset + len(empty)
        if child.nesting == 1:
            opened.append((place, _written(child)))
        elif child.nesting == -1 and opened:
            start, first = opened.pop()
            if start == place:
                leaves.append(_Leaf(place, place + 1))
                empty.append(offset)
                place += 1
            elements.append((start, -place, len(opened), first, _written(child), first))
        elif span := spans.get(index):
            start, offset = span.start + len(empty), span.end
            text = child.content if child.type == "text" else ""
            leaves.append(_Leaf(start, offset + len(empty), text, "" if text else _written(child)))
        else:
            leaves.append(_Leaf(place, place + 1, "", _written(child)))
            empty.append(offset)
    return _Paragraph(leaves, elements, empty)


def _written(token: Token) -> str:
    """What the renderer writes for one token of a paragraph."""
    parser = markdown_parser()
    return str(parser.renderer.render([token], parser.options, {}))


def _fitted(pieces: Sequence[_Piece], paragraph: _Paragraph) -> list[_Piece]:
    """The pieces with places for offsets, and without leaves that they cover in part."""
    fitted: list[_Piece] = []
    for offset, end, *how in pieces:
        start, last = paragraph.start_of(offset), paragraph.end_of(-end)
        if start < last:
            fitted.append((start, -last, *how))  # type: ignore[arg-type]
    return fitted


def _tags(pieces: Sequence[_Piece]) -> list[_Tag]:
    """The tags of pieces in the order in which they're written."""
    tags: list[_Tag] = []
    opened: list[_Tag] = []
    for start, end, _, first, closing, _ in pieces:
        while opened and opened[-1][0] <= start:
            tags.append(opened.pop())
        if opened and opened[-1][0] < -end:
            return _tags(_uncrossed(pieces))
        tags.append((start, _OPENS, first))
        opened.append((-end, _CLOSES, closing))
    return tags + opened[::-1]


def _uncrossed(pieces: Sequence[_Piece]) -> list[_Piece]:
    """Pieces that nest: each is cut where it crosses one of a lower rank."""
    whole: list[_Piece] = []
    for start, end, rank, first, closing, rest in sorted(pieces, key=lambda one: -one[2]):
        cuts = {-end}
        for other, last, *_ in whole:
            if other < start < -last < -end:
                cuts.add(-last)
            elif start < other < -end < -last:
                cuts.add(other)
        for cut in sorted(cuts):
            whole.append((start, -cut, rank, first, closing, rest))
            start, first, closing = cut, rest, "</span>"
    return sorted(whole)


def _marker_tag(place: int, html: str, tags: Sequence[_Tag], leaves: Sequence[_Leaf]) -> _Tag:
    """A marker in its place: outside of links, and behind punctuation that stands next to it."""
    in_link = False
    end = maxsize
    for where, turn, tag in tags:
        if not in_link and (where > place or (where == place and turn == _OPENS)):
            end = where
            break
        if tag == "</a>":
            in_link = False
            place = max(place, where)
        elif tag.startswith("<a "):
            in_link = True
    for leaf in leaves:
        if leaf.start <= place < leaf.end:
            words = leaf.text[place - leaf.start : end - leaf.start]
            behind = place + len(words) - len(words.lstrip(_CLOSING))
            return (behind, _BEFORE_CLOSING if behind > place else _MARKER, html)
    return (place, _MARKER, html)


def _html(leaves: Sequence[_Leaf], tags: Sequence[_Tag]) -> str:
    """Leaves are written once each and in their order: marks can't change the text."""
    written: list[str] = []
    write = written.append
    done = 0
    for leaf in leaves:
        text, first = leaf.text, leaf.start
        start = 0
        is_plain = escapeHtml(text) == text
        reached = bisect_left(tags, leaf.end, done, key=_PLACE)
        for place, _, tag in tags[done:reached]:
            if place > first + start:
                words = text[start : place - first]
                write(words if is_plain else escapeHtml(words))
                start = place - first
            write(tag)
        words = text[start:]
        write(leaf.html or (words if is_plain else escapeHtml(words)))
        done = reached
    written += [tag for _, _, tag in tags[done:]]
    return "".join(written)


# ---- the places of cards


def _with_card_places(
    tokens: Sequence[Token], runs: dict[int, list[Run]], passages: Sequence[PassageMark]
) -> list[Token]:
    cards: dict[int, list[str]] = defaultdict(list)
    for passage in passages:
        paragraph = _token_of(passage.spans[0], runs)
        if paragraph is not None:
            cards[paragraph].append(passage.card)
    result: list[Token] = []
    start = 0
    waiting: list[str] = []
    for index, token in enumerate(tokens):
        if token.level == 0 and token.nesting == 1:
            start = len(result)
        result.append(token)
        waiting += cards.get(index, [])
        if waiting and token.level == 0 and token.nesting != 1 and token.type != "inline":
            result.insert(start, _block('<div class="carded">\n'))
            result += [_block("", card) for card in waiting]
            result.append(_block("</div>\n"))
            waiting = []
    return result


def _token_of(span: Span, runs: dict[int, list[Run]]) -> int | None:
    for token, own in runs.items():
        if own[0].span.start <= span.start < own[-1].span.end:
            return token
    return None


def _block(html: str, card: str = "") -> Token:
    return Token("html_block", "", 0, content=html, meta={"mark": True, "card": card})
