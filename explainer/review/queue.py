"""What waits for an editor in an article: suggestions with their evidence, and lost anchors."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterator, Sequence
from functools import lru_cache
from typing import Literal

import yaml
from msgspec import Struct, field

from explainer.annotate.noted import NotedAnchor, noted_anchors
from explainer.folding import fold
from explainer.model import Anchor, Entry, Notes, Selector, Span
from explainer.review.case import Case
from explainer.yaml_text import YamlText, text_of

ItemKind = Literal["anchor", "entry", "mention", "card", "attribution"]
Offsets = tuple[int, int]

_AROUND = 160


class Choice(Struct, frozen=True):
    """Another way to decide: ``action`` with these ``fields``."""

    label: str
    fields: dict[str, object]
    action: str = "accept"


class Item(Struct, frozen=True):
    """One thing to decide.

    ``id`` stays the same while other things are decided. ``spans`` are by part ("content",
    "source"…); ``fields`` what may be edited. ``was`` and ``now`` are the words around a lost
    anchor, before it, itself, after it; ``now`` holds the nearest place.
    """

    id: str
    kind: ItemKind
    title: str
    fields: dict[str, object] = field(default_factory=dict)
    spans: dict[str, list[Offsets]] = field(default_factory=dict)
    evidence: str = ""
    confidence: str = ""
    choices: tuple[Choice, ...] = ()
    word: str = ""
    reason: str = ""
    was: tuple[str, str, str] | None = None
    now: tuple[str, str, str] | None = None

    @property
    def start(self) -> int:
        return min((start for spans in self.spans.values() for start, _ in spans), default=-1)


def queue_of(case: Case) -> list[Item]:
    """Everything that is undecided: lost anchors first, then suggestions in the text's order."""
    found = [*_entries(case), *_mentions(case), *_cards(case), *_attributions(case)]
    order = {"entry": 0, "mention": 1, "attribution": 2, "card": 3}
    found.sort(key=lambda one: (one.start, order[one.kind], one.id))
    return [*_lost_anchors(case), *found]


def fingerprint(selector: Selector, number: int = 0) -> str:
    """A name for a note that has none: its words and their context."""
    words = "\n".join((selector.exact, selector.prefix, selector.suffix, str(number)))
    return hashlib.sha256(words.encode()).hexdigest()[:10]


def mention_ids(notes: Notes) -> list[str]:
    """The ids of the mentions, in their order; equal ones are numbered."""
    seen: dict[Selector, int] = {}
    ids = []
    for note in notes.mentions:
        plain = Selector(note.at.exact, note.at.prefix, note.at.suffix)
        number = seen[plain] = seen.get(plain, -1) + 1
        ids.append(f"mention:{fingerprint(plain, number)}")
    return ids


# ---- suggestions


def _entries(case: Case) -> Iterator[Item]:
    suggested = {entry.id for entry in case.entries if entry.status == "suggested"}
    if not suggested:
        return
    places: dict[str, list[Offsets]] = {}
    for mention in case.annotated.mentions:
        if mention.entry in suggested:
            places.setdefault(mention.entry, []).append(_offsets(mention.span))
    proofs: dict[str, str] = {}
    for path, text in case.files.items():
        if path.startswith("content/glossary/") and "suggested" in text:
            proofs |= _proofs_in(text)
    for id, spans in places.items():
        entry = case.entry_by_id[id]
        yield Item(
            id=f"entry:{id}",
            kind="entry",
            title=entry.name,
            fields=entry_fields(entry),
            spans={"mentions": spans},
            evidence=entry.proposed_by or proofs.get(id, ""),
            choices=_same_names(entry, case),
            word=entry.name,
        )


def entry_fields(entry: Entry) -> dict[str, object]:
    return {
        "id": entry.id,
        "name": entry.name,
        "kind": entry.kind,
        "role": entry.role,
        "summary": entry.summary,
        "aliases": [one.text for one in entry.aliases],
    }


@lru_cache(maxsize=16)
def _proofs_in(text: str) -> dict[str, str]:
    """What the entries of a file go by, by their ids."""
    return {text_of(one, "id"): _line_comment(one, text) for one in YamlText(text).records()}


def _line_comment(record: yaml.MappingNode, text: str) -> str:
    """The comment after ``status: suggested``, where a draft says what it goes by."""
    for key, value in record.value:
        if key.value == "status":
            rest = text[value.end_mark.index :].split("\n", 1)[0]
            return rest.partition("#")[2].strip()
    return ""


def _same_names(entry: Entry, case: Case) -> tuple[Choice, ...]:
    """Entries with a word of this name in theirs: it may be one of them."""
    words = {word for word in entry.name.split() if word[:1].isupper()}
    near = [
        other
        for other in case.entries
        if other.id != entry.id and other.kind == entry.kind and words & set(other.name.split())
    ]
    return tuple(Choice(f"It is {other.name}", {"into": other.id}, "merge") for other in near[:4])


def _mentions(case: Case) -> Iterator[Item]:
    found = {one.id: one for one in _by_note(case, "mention")}
    records = case.notes_yaml.records("mentions")
    ids = mention_ids(case.notes)
    for number, note in enumerate(case.notes.mentions):
        anchor = found.get(ids[number])
        if note.status != "suggested" or anchor is None:
            continue
        words = note.at.exact
        entry = case.entry_by_id.get(note.entry or "")
        yield Item(
            id=ids[number],
            kind="mention",
            title=f"{words} → {entry.name if entry else 'no entry'}",
            fields={"entry": note.entry or ""},
            spans=anchor.spans,
            evidence=_proof(records, number, "evidence"),
            confidence=_proof(records, number, "confidence"),
            choices=_other_entries(words, note.entry, case),
            word=words,
        )


def _other_entries(words: str, chosen: str | None, case: Case) -> tuple[Choice, ...]:
    """What else the words could mean: by name, by alias, by sense; or nothing."""
    folded = fold(words).text
    found: dict[str, None] = {}
    for entry in case.entries:
        names = (entry.name, *(alias.text for alias in entry.aliases))
        if any(fold(name).text == folded for name in names):
            found.setdefault(entry.id)
            for sense in entry.senses:
                found.setdefault(sense.entry)
    choices = [
        Choice(f"{case.entry_by_id[id].name}, {case.entry_by_id[id].kind}", {"entry": id})
        for id in found
        if id != chosen and id in case.entry_by_id
    ]
    return (*choices[:5], *((Choice("No entry here", {"entry": ""}),) if chosen else ()))


def _cards(case: Case) -> Iterator[Item]:
    found = {one.id: one for one in _by_note(case, "card")}
    records = case.notes_yaml.records("background")
    for number, note in enumerate(case.notes.background):
        anchor = found.get(f"card:{note.id}")
        if note.status == "suggested" and anchor is not None:
            yield Item(
                id=f"card:{note.id}",
                kind="card",
                title=note.title,
                fields={
                    "title": note.title,
                    "date": note.date.text if note.date else "",
                    "body": note.body,
                    "entries": list(note.entries),
                },
                spans=anchor.spans,
                evidence=_proof(records, number, "evidence"),
                confidence=_proof(records, number, "confidence"),
                word="".join(re.findall(r"“(.+)”$", _proof(records, number, "evidence"))),
            )


def _attributions(case: Case) -> Iterator[Item]:
    found = {one.id: one for one in _by_note(case, "attribution")}
    records = case.notes_yaml.records("attributions")
    for number, note in enumerate(case.notes.attributions):
        anchor = found.get(f"attribution:{note.id}")
        if note.status != "suggested" or anchor is None:
            continue
        names = [case.entry_by_id[id].name for id in note.speaker if id in case.entry_by_id]
        source = " … ".join(one.exact for one in note.source)
        yield Item(
            id=f"attribution:{note.id}",
            kind="attribution",
            title=" and ".join(names) or source or "nobody named",
            fields={
                "speaker": list(note.speaker),
                "via": list(note.via),
                "mode": note.mode,
                "standing": note.standing,
            },
            spans=anchor.spans,
            evidence=_proof(records, number, "evidence"),
            confidence=_proof(records, number, "confidence"),
            choices=_other_speakers(anchor.spans, note.speaker, case),
            word=note.cue[0].exact if note.cue else "",
        )


def _other_speakers(
    spans: dict[str, list[Offsets]], chosen: Sequence[str], case: Case
) -> tuple[Choice, ...]:
    """Who else is named in the paragraphs of the claim."""
    place = [Span(*one) for part in spans.values() for one in part]
    near = [one for one in case.document.blocks if any(one.overlaps(span) for span in place)]
    found: dict[str, None] = {}
    for mention in case.annotated.mentions:
        speaks = mention.kind in ("person", "organization", "outlet")
        if speaks and mention.entry not in chosen and any(b.contains(mention.span) for b in near):
            found.setdefault(mention.entry)
    return tuple(
        Choice(f"{case.entry_by_id[id].name} says so", {"speaker": [id]}) for id in list(found)[:4]
    )


def _proof(records: Sequence[yaml.MappingNode], number: int, key: str) -> str:
    return text_of(records[number], key) if number < len(records) else ""


# ---- anchors


class _Placed(Struct, frozen=True):
    id: str
    spans: dict[str, list[Offsets]]


def _by_note(case: Case, kind: str) -> Iterator[_Placed]:
    """Where each note of a kind stands; those with an anchor that doesn't hold are left out."""
    spans: dict[str, dict[str, list[Offsets]]] = {}
    lost = set()
    for one, id in _anchors(case):
        if one.kind != kind:
            continue
        if one.anchor.holds and one.anchor.span:
            parts = spans.setdefault(id, {})
            parts.setdefault(one.part or "at", []).append(_offsets(one.anchor.span))
        else:
            lost.add(id)
    yield from (_Placed(id, parts) for id, parts in spans.items() if id not in lost)


def _anchors(case: Case) -> Iterator[tuple[NotedAnchor, str]]:
    """Each anchor with the id of its note."""
    ids = mention_ids(case.notes)
    for one in case.anchors:
        yield one, ids[one.number] if one.kind == "mention" else f"{one.kind}:{one.id}"


def _lost_anchors(case: Case) -> Iterator[Item]:
    was = _anchors_of_base(case)
    count: dict[tuple[str, str], int] = {}
    for one, id in _anchors(case):
        key = (id, one.part)
        index = count[key] = count.get(key, -1) + 1
        if one.anchor.holds:
            continue
        before = was.get((id, one.part, index))
        span = one.anchor.span
        yield Item(
            id=f"anchor:{id}/{one.part or 'at'}/{index}",
            kind="anchor",
            title=one.anchor.selector.exact,
            spans={"at": [_offsets(span)]} if span else {},
            reason=one.anchor.reason,
            was=_context(before, case) or _quoted(one.anchor),
            now=_around(span, case.document.text) if span else None,
        )


def _anchors_of_base(case: Case) -> dict[tuple[str, str, int], Span]:
    """Where the anchors stood in the article as the notes know it."""
    if case.base is None:
        return {}
    found: dict[tuple[str, str, int], Span] = {}
    count: dict[tuple[str, str], int] = {}
    ids = mention_ids(case.notes)
    for one in noted_anchors(case.base, case.notes):
        id = ids[one.number] if one.kind == "mention" else f"{one.kind}:{one.id}"
        index = count[id, one.part] = count.get((id, one.part), -1) + 1
        if one.anchor.holds and one.anchor.span:
            found[id, one.part, index] = one.anchor.span
    return found


def _context(span: Span | None, case: Case) -> tuple[str, str, str] | None:
    return _around(span, case.base.text) if span and case.base else None


def _quoted(anchor: Anchor) -> tuple[str, str, str]:
    one = anchor.selector
    return one.prefix, one.exact, one.suffix


def _around(span: Span, text: str) -> tuple[str, str, str]:
    """A span's words and its line's before and after, as far as they are near."""
    before = text[max(0, span.start - _AROUND) : span.start].rsplit("\n", 1)[-1]
    after = re.split(r"\n", text[span.end : span.end + _AROUND], maxsplit=1)[0]
    return before, span.of(text), after


def _offsets(span: Span) -> Offsets:
    return span.start, span.end
