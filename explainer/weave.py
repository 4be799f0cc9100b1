"""Marks go into an article's tokens, at the very end, and can be taken out again."""

from __future__ import annotations

import copy
from bisect import bisect_left, bisect_right
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from html import escape
from itertools import pairwise

from markdown_it.token import Token

from explainer.model import ClaimMark, Marks, MentionMark, PassageMark, Run, Span

_CLOSING = ".,;:!?\"'”’)]»…"
"""What a marker's number stands after, as footnote numbers do."""


@dataclass(slots=True)
class Node:
    """A leaf token, or an element with its own nodes; offsets are the document's.

    What takes no room in the text (a marker, a footnote number) has ``start == end``.
    """

    token: Token
    start: int
    end: int
    close: Token | None = None
    nodes: list[Node] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class _Wrap:
    """One stretch to be wrapped in an element; `first` makes its first piece, `rest` the others."""

    span: Span
    first: Token
    rest: Token


def weave(tokens: Sequence[Token], runs: Sequence[Run], marks: Marks) -> tuple[Token, ...]:
    """The tokens with mentions, claims and passages marked, and a place for each card.

    The given tokens stay as they are. Where a mark cuts an element in two, its first piece
    carries the link and the id. A card's place is an ``html_block`` token with the card's id
    in ``meta["card"]``, after the top-level block of its first passage.

    Raises:
        ValueError: The marks would change the text; our own mistake.
    """
    by_token: dict[int, list[Run]] = defaultdict(list)
    for run in runs:
        by_token[run.token].append(run)
    starts = [own[0].span.start for own in by_token.values()]
    ends = [own[-1].span.end for own in by_token.values()]
    wraps: list[list[tuple[_Wrap, Iterator[Token]]]] = [[] for _ in starts]
    for wrap in _wraps(marks):
        first_piece = iter((wrap.first,))
        for place in range(bisect_right(ends, wrap.span.start), bisect_left(starts, wrap.span.end)):
            wraps[place].append((wrap, first_piece))
    markers: list[list[tuple[int, Token]]] = [[] for _ in starts]
    for offset, marker in _markers(marks):
        place = bisect_left(starts, offset) - 1
        if place >= 0 and offset <= ends[place]:
            markers[place].append((offset, marker))
    woven = list(tokens)
    for place, (index, own) in enumerate(by_token.items()):
        if wraps[place] or markers[place]:
            woven[index] = _weave_inline(tokens[index], own, wraps[place], markers[place])
    return tuple(_with_card_places(woven, by_token, marks.passages))


def with_children(token: Token, children: list[Token]) -> Token:
    """The inline token with other children; `copy.copy` takes ten times as long."""
    return Token(
        token.type, token.tag, token.nesting, token.attrs, token.map, token.level, children,
        token.content, token.markup, token.info, token.meta, token.block, token.hidden,
    )  # fmt: skip


def take_out(children: Iterable[Token]) -> list[Token]:
    """Inline tokens without any mark of ours, text that was cut joined again."""
    plain: list[Token] = []
    for token in children:
        if token.meta.get("mark"):
            continue
        joined = token.meta.get("cut") and plain and plain[-1].meta.get("cut") == token.meta["cut"]
        if joined:
            last = copy.copy(plain[-1])
            last.content += token.content
            plain[-1] = last
        else:
            plain.append(token)
    return plain


# ---- what there is to weave


def _wraps(marks: Marks) -> list[_Wrap]:
    """Mentions first, then the others from the shortest: inner elements before outer."""
    outer = [_claim_wrap(claim, span) for claim in marks.claims for span in claim.spans]
    outer += [_passage_wrap(one, span) for one in marks.passages for span in one.spans]
    outer += [_own_wrap(span, number) for number, span in enumerate(marks.own, start=1)]
    outer.sort(key=lambda wrap: (len(wrap.span), wrap.span.start))
    return [_mention_wrap(mention) for mention in marks.mentions] + outer


def _mention_wrap(mention: MentionMark) -> _Wrap:
    attrs: dict[str, str | int | float] = {
        "class": "mention", "data-entry": mention.entry, "data-kind": mention.kind,
    }  # fmt: skip
    status: dict[str, str | int | float] = {"data-status": "suggested"} if mention.suggested else {}
    own: dict[str, str | int | float] = {"id": mention.anchor} if mention.anchor else {}
    quiet = _open("span", attrs | status)
    if not mention.target:
        return _Wrap(mention.span, _open("span", attrs | own | status), quiet)
    link = attrs | own | {"href": f"#{mention.target}"} | status
    return _Wrap(mention.span, _open("a", link), quiet)


def _claim_wrap(claim: ClaimMark, span: Span) -> _Wrap:
    attrs: dict[str, str | int | float] = {
        "class": "claim",
        "data-attribution": claim.attribution,
        "data-standing": claim.standing,
    }
    if claim.suggested:
        attrs["data-status"] = "suggested"
    token = _open("span", attrs)
    return _Wrap(span, token, token)


def _passage_wrap(passage: PassageMark, span: Span) -> _Wrap:
    attrs: dict[str, str | int | float] = {"class": "passage", "data-card": passage.card}
    if passage.suggested:
        attrs["data-status"] = "suggested"
    token = _open("span", attrs)
    return _Wrap(span, token, token)


def _own_wrap(span: Span, number: int) -> _Wrap:
    first = _open("span", {"class": "own", "id": f"own-{number}"})
    return _Wrap(span, first, _open("span", {"class": "own"}))


def _open(tag: str, attrs: dict[str, str | int | float]) -> Token:
    return Token("mark_open", tag, 1, attrs=attrs, meta={"mark": True})


def _markers(marks: Marks) -> list[tuple[int, Token]]:
    """Each marker's offset and token, in the order in which they stand."""
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


def _marker(name: str, attributes: str, text: str) -> Token:
    html = f'<sup class="{name}"><a {attributes}>{text}</a></sup>'
    return Token("html_inline", "", 0, content=html, meta={"mark": True})


# ---- one paragraph


def _weave_inline(
    token: Token,
    runs: Sequence[Run],
    wraps: Sequence[tuple[_Wrap, Iterator[Token]]],
    markers: Sequence[tuple[int, Token]],
) -> Token:
    children = token.children or []
    nodes = _tree(children, {run.child: run.span for run in runs}, runs[0].span.start)
    for wrap, first_piece in wraps:
        nodes = _wrap(nodes, wrap, first_piece)
    for offset, marker in markers:
        nodes = _insert(nodes, offset, marker)
    woven = with_children(token, list(_flatten(nodes)))
    if not _holds(woven.children or (), children):
        raise ValueError(f"marks would change the text of {token.content[:60]!r}")
    return woven


def _holds(woven: Iterable[Token], children: Sequence[Token]) -> bool:
    """Whether the woven tokens without our marks are `children`, text that was cut joined."""
    place, rest = 0, ""
    for token in woven:
        if "mark" in token.meta:
            continue
        if place == len(children):
            return False
        if not rest and token is children[place]:
            place += 1
            continue
        rest = rest or children[place].content
        if "cut" not in token.meta or not rest.startswith(token.content):
            return False
        rest = rest[len(token.content) :]
        place += not rest
    return place == len(children) and not rest


def _tree(children: Sequence[Token], spans: dict[int, Span], offset: int) -> list[Node]:
    root: list[Node] = []
    stack = [root]
    opened: list[Node] = []
    for index, child in enumerate(children):
        if child.nesting == 1:
            node = Node(child, offset, offset)
            stack[-1].append(node)
            stack.append(node.nodes)
            opened.append(node)
        elif child.nesting == -1 and opened:
            node = opened.pop()
            stack.pop()
            node.close, node.end = child, offset
        else:
            span = spans.get(index)
            start, offset = (span.start, span.end) if span else (offset, offset)
            stack[-1].append(Node(child, start, offset))
    return root


def _wrap(nodes: list[Node], wrap: _Wrap, first: Iterator[Token]) -> list[Node]:
    """Wrap what `wrap.span` covers: whole neighbours in one element, cut elements inside."""
    span = wrap.span
    start = bisect_right(nodes, span.start, key=lambda node: node.end)
    end = bisect_left(nodes, span.end, lo=start, key=lambda node: node.start)
    result: list[Node] = nodes[:start]
    inside: list[Node] = []

    def finish() -> None:
        trailing = []
        while inside and inside[-1].start == inside[-1].end:
            trailing.append(inside.pop())
        if inside:
            opening = next(first, wrap.rest)
            closing = Token("mark_close", opening.tag, -1, meta={"mark": True})
            result.append(Node(opening, inside[0].start, inside[-1].end, closing, inside[:]))
            inside.clear()
        result.extend(reversed(trailing))

    for node in nodes[start:end]:
        for piece in _cut(node, span):
            empty = piece.start == piece.end
            if piece.end <= span.start or piece.start >= span.end:
                if empty and inside and piece.start < span.end:
                    inside.append(piece)
                    continue
                finish()
                result.append(piece)
            elif span.start <= piece.start and piece.end <= span.end:
                if empty and not inside:
                    result.append(piece)
                else:
                    inside.append(piece)
            else:
                finish()
                piece.nodes = _wrap(piece.nodes, wrap, first)
                result.append(piece)
    finish()
    return result + nodes[end:]


def _cut(node: Node, span: Span) -> list[Node]:
    """A text leaf at the borders of `span`; anything else whole."""
    if node.close or node.token.type != "text":
        return [node]
    places = [place for place in (span.start, span.end) if node.start < place < node.end]
    return _cut_at(node, places)


def _cut_at(node: Node, places: Sequence[int]) -> list[Node]:
    if not places:
        return [node]
    borders = [node.start, *places, node.end]
    mark = node.token.meta.get("cut") or f"{node.start}"
    pieces = []
    for start, end in pairwise(borders):
        token = Token("text", "", 0, meta={"cut": mark})
        token.content = node.token.content[start - node.start : end - node.start]
        pieces.append(Node(token, start, end))
    return pieces


def _insert(nodes: list[Node], offset: int, marker: Token) -> list[Node]:
    """Put a marker at `offset`, behind closing punctuation, never inside a link."""
    reached = bisect_left(nodes, offset, key=lambda node: node.end)
    result, rest = nodes[:reached], nodes[reached:]
    while rest:
        node = rest.pop(0)
        if node.end < offset or (node.end == offset and node.start < offset):
            result.append(node)
            if node.end == offset:
                break
        elif node.start >= offset:
            rest.insert(0, node)
            break
        elif node.close and node.token.tag != "a":
            node.nodes = _insert(node.nodes, offset, marker)
            return [*result, node, *rest]
        elif node.close or node.token.type != "text":
            result.append(node)
            break
        else:
            before, after = _cut_at(node, [offset])
            result.append(before)
            rest.insert(0, after)
            break
    return [*result, *_behind_punctuation(rest, Node(marker, offset, offset))]


def _behind_punctuation(rest: list[Node], marker: Node) -> list[Node]:
    """The marker among the nodes that follow it: after other markers, and after "," or ”."""
    before: list[Node] = []
    while rest:
        node = rest[0]
        text = node.token.content if not node.close and node.token.type == "text" else ""
        length = len(text) - len(text.lstrip(_CLOSING))
        if 0 < length < len(text):
            first, rest[0] = _cut_at(node, [node.start + length])
            before.append(first)
            break
        if not length and not (node.start == node.end and node.token.meta.get("mark")):
            break
        before.append(rest.pop(0))
    return [*before, marker, *rest]


def _flatten(nodes: Iterable[Node]) -> Iterable[Token]:
    for node in nodes:
        yield node.token
        if node.close:
            yield from _flatten(node.nodes)
            yield node.close


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
