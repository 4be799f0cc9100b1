"""Marks go into an article's HTML, at the very end, between what the parser's renderer writes."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from functools import lru_cache
from html import escape

from markdown_it.common.utils import escapeHtml
from markdown_it.token import Token
from msgspec import Struct

from explainer.model import ClaimMark, Marks, MentionMark, PassageMark, Run, Span
from explainer.parse.markdown import markdown_parser

_CLOSING = ".,;:!?\"'”’)]»…"
"""What a marker's number stands after, as footnote numbers do."""


class Node(Struct):
    """A piece of a paragraph; offsets are the document's.

    An element has ``nodes`` between ``first`` and ``last``, its tags. Text has its ``content``
    as well, and can be cut. Anything else is ``first`` alone; where it takes no room in the
    text, ``start == end``.
    """

    start: int
    end: int
    first: str = ""
    last: str = ""
    nodes: list[Node] | None = None
    content: str | None = None
    is_mark: bool = False
    is_link: bool = False


class _Wrap(Struct):
    """A stretch to be wrapped in an element; ``rest`` opens all its pieces but the first."""

    start: int
    end: int
    first: str
    rest: str

    def element(self, nodes: list[Node]) -> Node:
        """The next piece, around nodes that stand side by side."""
        opening, self.first = self.first, self.rest
        is_link = opening.startswith("<a")
        closing = "</a>" if is_link else "</span>"
        start, end = nodes[0].start, nodes[-1].end
        return Node(start, end, opening, closing, nodes, is_mark=True, is_link=is_link)


def weave(tokens: Sequence[Token], runs: Sequence[Run], marks: Marks) -> tuple[Token, ...]:
    """The tokens with mentions, claims and passages marked, and a place for each card.

    The given tokens stay as they are. A paragraph with marks is an inline token that holds its
    finished HTML. Where a mark cuts an element in two, its first piece
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
    wraps: list[list[_Wrap]] = [[] for _ in starts]
    for wrap in _wraps(marks):
        for place in range(bisect_right(ends, wrap.start), bisect_left(starts, wrap.end)):
            wraps[place].append(wrap)
    markers: list[list[tuple[int, str]]] = [[] for _ in starts]
    for offset, marker in _markers(marks):
        place = bisect_left(starts, offset) - 1
        if place >= 0 and offset <= ends[place]:
            markers[place].append((offset, marker))
    woven = list(tokens)
    for place, (index, own) in enumerate(by_token.items()):
        if wraps[place] or markers[place]:
            html = _paragraph_html(tokens[index], own, wraps[place], markers[place])
            token = Token("html_inline", "", 0, content=html)
            woven[index] = Token("inline", "", 0, children=[token])
    return tuple(_with_card_places(woven, by_token, marks.passages))


# ---- what there is to weave


def _wraps(marks: Marks) -> list[_Wrap]:
    """Mentions first, then the others from the shortest: inner elements before outer."""
    outer = [_claim_wrap(claim, span) for claim in marks.claims for span in claim.spans]
    outer += [_passage_wrap(one, span) for one in marks.passages for span in one.spans]
    outer += [_own_wrap(span, number) for number, span in enumerate(marks.own, start=1)]
    outer.sort(key=lambda wrap: (wrap.end - wrap.start, wrap.start))
    return [_mention_wrap(mention) for mention in marks.mentions] + outer


def _mention_wrap(mention: MentionMark) -> _Wrap:
    first, rest = _mention_tags(
        mention.entry, mention.kind, mention.suggested, mention.anchor, mention.target
    )
    return _Wrap(mention.span.start, mention.span.end, first, rest)


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
    return _Wrap(span.start, span.end, tag, tag)


def _own_wrap(span: Span, number: int) -> _Wrap:
    first = f'<span class="own" id="own-{number}">'
    return _Wrap(span.start, span.end, first, '<span class="own">')


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


def _paragraph_html(
    token: Token,
    runs: Sequence[Run],
    wraps: Sequence[_Wrap],
    markers: Sequence[tuple[int, str]],
) -> str:
    children = token.children or []
    written = [_written(one) for one in children]
    cuts = {wrap.start for wrap in wraps} | {wrap.end for wrap in wraps}
    cuts.update(offset for offset, _ in markers)
    nodes = _tree(children, written, runs, sorted(cuts))
    for wrap in wraps:
        nodes = _wrap(nodes, wrap)
    for offset, marker in markers:
        nodes = _insert(nodes, offset, Node(offset, offset, marker, is_mark=True))
    with_marks: list[str] = []
    without: list[str] = []
    _write(nodes, with_marks, without)
    if "".join(without) != "".join(written):
        raise ValueError(f"marks would change the text of {token.content[:60]!r}")
    return "".join(with_marks)


def _written(token: Token) -> str:
    """What the renderer writes for one token of a paragraph; most are text."""
    if token.type == "text":
        return escapeHtml(token.content)
    parser = markdown_parser()
    return str(parser.renderer.render([token], parser.options, {}))


def _tree(
    children: Sequence[Token], written: Sequence[str], runs: Sequence[Run], cuts: Sequence[int]
) -> list[Node]:
    """The paragraph's elements and leaves, with what the renderer wrote for each.

    Text is cut at `cuts`, so that marks have to wrap whole leaves only.
    """
    spans = {run.child: run.span for run in runs}
    offset = runs[0].span.start
    nodes: list[Node] = []
    opened: list[tuple[Node, list[Node]]] = []
    for index, child in enumerate(children):
        if child.nesting == 1:
            inside: list[Node] = []
            node = Node(offset, offset, written[index], nodes=inside, is_link=child.tag == "a")
            nodes.append(node)
            opened.append((node, nodes))
            nodes = inside
        elif child.nesting == -1 and opened:
            node, nodes = opened.pop()
            node.last, node.end = written[index], offset
        elif span := spans.get(index):
            if child.type == "text":
                nodes += _texts(child.content, span, cuts)
            else:
                nodes.append(Node(span.start, span.end, written[index]))
            offset = span.end
        else:
            nodes.append(Node(offset, offset, written[index]))
    return nodes if not opened else opened[0][1]


def _texts(content: str, span: Span, cuts: Sequence[int]) -> Iterator[Node]:
    start = span.start
    inner = cuts[bisect_right(cuts, start) : bisect_left(cuts, span.end)]
    for end in (*inner, span.end):
        yield _text(start, content[start - span.start : end - span.start])
        start = end


def _text(start: int, content: str) -> Node:
    return Node(start, start + len(content), escapeHtml(content), content=content)


def _wrap(nodes: list[Node], wrap: _Wrap) -> list[Node]:
    """Wrap what `wrap` covers: whole neighbors in one element, what it cuts inside."""
    start, end = wrap.start, wrap.end
    result: list[Node] = []
    inside: list[Node] = []
    for node in nodes:
        if node.end <= start:
            result.append(node)
        elif node.start >= end:
            _finish(result, inside, wrap)
            result.append(node)
        elif start <= node.start and node.end <= end:
            # What takes no room, such as a marker, is wrapped only among what does.
            (inside if inside or node.start < node.end else result).append(node)
        else:
            _finish(result, inside, wrap)
            if node.nodes:
                node.nodes = _wrap(node.nodes, wrap)
            result.append(node)
    _finish(result, inside, wrap)
    return result


def _finish(result: list[Node], inside: list[Node], wrap: _Wrap) -> None:
    """Put what has been gathered behind the rest, as one element."""
    if not inside:
        return
    last = len(inside)
    while inside[last - 1].start == inside[last - 1].end:
        last -= 1
    result.append(wrap.element(inside[:last]))
    result += inside[last:]
    inside.clear()


def _cut(node: Node, place: int) -> tuple[Node, Node]:
    """Text before and after a place in it."""
    assert node.content is not None
    length = place - node.start
    return _text(node.start, node.content[:length]), _text(place, node.content[length:])


def _insert(nodes: list[Node], offset: int, marker: Node) -> list[Node]:
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
        elif node.nodes is not None and not node.is_link:
            node.nodes = _insert(node.nodes, offset, marker)
            return [*result, node, *rest]
        elif node.content is None:
            result.append(node)
            break
        else:
            before, after = _cut(node, offset)
            result.append(before)
            rest.insert(0, after)
            break
    return [*result, *_behind_punctuation(rest, marker)]


def _behind_punctuation(rest: list[Node], marker: Node) -> list[Node]:
    """The marker among the nodes that follow it: after other markers, and after "," or ”."""
    before: list[Node] = []
    while rest:
        node = rest[0]
        text = node.content or ""
        length = len(text) - len(text.lstrip(_CLOSING))
        if 0 < length < len(text):
            first, rest[0] = _cut(node, node.start + length)
            before.append(first)
            break
        if not length and not (node.start == node.end and node.is_mark):
            break
        before.append(rest.pop(0))
    return [*before, marker, *rest]


def _write(nodes: Iterable[Node], with_marks: list[str], without: list[str]) -> None:
    for node in nodes:
        first = node.first
        with_marks.append(first)
        if node.nodes is not None:
            if node.is_mark:
                _write(node.nodes, with_marks, without)
            else:
                without.append(first)
                _write(node.nodes, with_marks, without)
                without.append(node.last)
            with_marks.append(node.last)
        elif not node.is_mark:
            without.append(first)


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
