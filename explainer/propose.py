"""Write what a draft found into files for an editor: notes beside the article, and entries."""

from __future__ import annotations

import re
from collections.abc import Iterable

from msgspec.structs import replace

from explainer.annotate.anchoring import Anchoring
from explainer.annotate.confidence import load_confidence
from explainer.annotate.names import BY, unique_id
from explainer.annotate.senses import MOVED
from explainer.entry_yaml import entry_yaml
from explainer.model import (
    Anchor,
    AnnotatedDocument,
    Attribution,
    BackgroundCard,
    Document,
    Entry,
    Mention,
    Notes,
    Span,
)
from explainer.quoting import (
    Quoter,
    append_to_section,
    block_item,
    flow,
    scalar,
    selector_yaml,
)
from explainer.read.notes import parse_notes

INDENT = "  "
MEANT_BY_OFFICE = BY["office"]


def propose_notes(
    annotated: AnnotatedDocument, existing: str | None, base: Document | None = None
) -> str:
    """Give the text of an article's notes with the draft's proposals in it.

    Args:
        annotated: The draft.
        existing: The notes as they are. Everything in them stays byte for byte; what
            overlaps an annotation there, a rejected one too, isn't proposed again.
        base: The article as it was when the existing notes were made, where it has changed.

    Raises:
        NotesError: The existing notes can't be read.
    """
    document = annotated.document
    notes = parse_notes(existing or "", "")
    quoter, taken = Quoter(document.text), Taken(document, notes, base)
    text = _with_digest(existing or "", document)
    confidence = load_confidence()
    sections = (
        ("mentions", [
            mention_yaml(one, quoter, confidence.of_mention(one.by))
            for one in unsettled(annotated)
            if not taken.mentions.touches([one.span])
        ]),
        ("background", [
            card_yaml(one, quoter, confidence.of_card(one.evidence))
            for one in named_apart(annotated.cards, taken.card_ids)
            if not taken.cards.touches(one.leans_on)
        ]),
        ("attributions", [
            attribution_yaml(one, quoter) for one in _new_attributions(annotated, taken)
        ]),
    )  # fmt: skip
    for key, items in sections:
        text = append_to_section(text, key, items)
    return text


def _with_digest(text: str, document: Document) -> str:
    """Notes that say which text they are of, below the comments that they open with."""
    if re.search(r"^text:", text, re.MULTILINE):
        return text
    opening = re.match(r"(?:[ \t]*(?:#.*)?\n)*", text)
    head = opening[0] if opening else ""
    return f"{head}text: sha256:{document.digest}\n{text[len(head) :]}"


def propose_entries(proposed: tuple[Entry, ...], existing: str | None) -> str:
    """Give the text of a glossary file with the proposed entries at its end.

    An entry whose id stands in the file already is left out; empty where there is nothing.
    """
    text = existing or ""
    if text and not text.endswith("\n"):
        text += "\n"
    known = set(re.findall(r"^\s*(?:- )?id:\s*[\"']?([\w-]+)", text, re.MULTILINE))
    items = [entry_yaml(entry) for entry in proposed if entry.id not in known]
    return text + "".join(items)


# ---- what is there already


class Places:
    """Spans that are spoken for."""

    def __init__(self, anchors: Iterable[Anchor]) -> None:
        self._spans = [anchor.span for anchor in anchors if anchor.span is not None]

    def touches(self, spans: Iterable[Span]) -> bool:
        return any(span.overlaps(other) for span in spans for other in self._spans)


class Taken:
    """What existing notes speak of."""

    def __init__(self, document: Document, notes: Notes, base: Document | None) -> None:
        find = Anchoring(document, notes, base).find
        self.mentions = Places(find(one.at) for one in notes.mentions)
        self.cards = Places(find(s) for one in notes.background for s in one.leans_on)
        self.claims = Places(find(s) for one in notes.attributions for s in one.content)
        self.card_ids = {one.id for one in notes.background}
        self.claim_ids = {one.id for one in notes.attributions}


def unsettled(annotated: AnnotatedDocument) -> list[Mention]:
    """Give the suggested mentions that the glossary's names alone would not bring about."""
    proposed = {entry.id for entry in annotated.proposed}
    return [
        one
        for one in annotated.mentions
        if one.status == "suggested"
        and (
            one.by.startswith((MOVED, MEANT_BY_OFFICE))
            or (one.by.startswith("names:") and one.entry not in proposed)
        )
    ]


def named_apart(cards: Iterable[BackgroundCard], taken: set[str]) -> list[BackgroundCard]:
    """Give the cards ids that the notes don't have yet."""
    used, renamed = set(taken), []
    for card in cards:
        if card.status == "suggested":
            renamed.append(replace(card, id=unique_id(card.id, used)))
            used.add(renamed[-1].id)
    return renamed


def _new_attributions(annotated: AnnotatedDocument, taken: Taken) -> list[Attribution]:
    new = [
        one
        for one in annotated.attributions
        if one.status == "suggested" and not taken.claims.touches(one.content)
    ]
    used, ids = set(taken.claim_ids), {}
    for one in new:
        ids[one.id] = unique_id(one.id, used)
        used.add(ids[one.id])
    return [
        replace(one, id=ids[one.id], disputes=tuple(ids[d] for d in one.disputes if d in ids))
        for one in new
    ]


# ---- as YAML


def mention_yaml(mention: Mention, quoter: Quoter, sure: float) -> str:
    at, entry = selector_yaml(quoter.quote(mention.span)), scalar(mention.entry)
    evidence = f"evidence: {scalar(mention.by)}, confidence: {sure:g}"
    return f"{INDENT}- {{at: {at}, entry: {entry}, status: suggested, {evidence}}}\n"


def card_yaml(card: BackgroundCard, quoter: Quoter, sure: float) -> str:
    when = f": “{quoter.words(card.when)}”" if card.when else ""
    return block_item(
        [
            ("id", scalar(card.id)),
            ("title", scalar(card.title)),
            ("date", scalar(card.date.text) if card.date else ""),
            ("leans_on", _selectors(card.leans_on, quoter)),
            ("entries", flow(list(map(scalar, card.entries))) if card.entries else ""),
            ("status", "suggested"),
            ("evidence", scalar(f"{card.evidence}{when}") if card.evidence else ""),
            ("confidence", f"{sure:g}" if card.evidence else ""),
        ],
        INDENT,
    )


def attribution_yaml(one: Attribution, quoter: Quoter) -> str:
    return block_item(
        [
            ("id", scalar(one.id)),
            ("content", _selectors(one.content, quoter)),
            ("source", _selectors(one.source, quoter)),
            ("cue", _selectors(one.cue, quoter)),
            ("antecedent", _selectors(one.antecedent, quoter)),
            ("speaker", flow(list(map(scalar, one.speaker))) if one.speaker else ""),
            ("via", flow(list(map(scalar, one.via))) if one.via else ""),
            ("mode", one.mode),
            ("standing", one.standing),
            ("disputes", flow(list(map(scalar, one.disputes))) if one.disputes else ""),
            ("status", "suggested"),
            ("evidence", scalar(one.evidence) if one.evidence else ""),
            ("confidence", f"{one.confidence:g}" if one.evidence else ""),
        ],
        INDENT,
    )


def _selectors(spans: tuple[Span, ...], quoter: Quoter) -> str:
    return flow([selector_yaml(quoter.quote(span)) for span in spans]) if spans else ""
