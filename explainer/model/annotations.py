"""What is found in an article: by a language model, by rules, and by the notes."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal

from msgspec import Struct

if TYPE_CHECKING:
    from explainer.model.articles import Document, Override
    from explainer.model.glossary import Entry, Kind, Reference, Status
    from explainer.model.notes import Mode, Standing
    from explainer.model.places import Diagnostic, Edtf, Span


class Word(Struct, frozen=True):
    """One token of an analysis: ``head`` is an index into the same analysis."""

    span: Span
    text: str
    lemma: str
    tag: str
    pos: str
    dep: str
    head: int
    morph: str = ""


class NamedSpan(Struct, frozen=True):
    """A named entity, labelled as OntoNotes does: PERSON, GPE, ORG, NORP, DATE …"""

    span: Span
    label: str


class Analysis(Struct, frozen=True):
    """What the model made of a text, in plain data.

    ``sentences`` are half-open ranges of word indexes.
    """

    model: str
    words: tuple[Word, ...]
    sentences: tuple[tuple[int, int], ...]
    names: tuple[NamedSpan, ...]


class Mention(Struct, frozen=True):
    """A span that names an entry; ``by`` says who found it: "glossary", "notes", "text" or a rule.

    ``kind`` is how it is meant here, which may differ from the entry's own.
    """

    span: Span
    entry: str
    kind: Kind
    status: Status = "reviewed"
    by: str = "glossary"


class Attribution(Struct, frozen=True):
    """Who said it: source, cue and content, each as the spans it is made of, in text order.

    ``speaker`` holds entry ids; where it is empty the words of ``antecedent``, else of
    ``source``, name the speaker: "he added" has the professor of two paragraphs ago as its
    antecedent. ``evidence`` says which rule proposed it, empty where a person wrote it;
    ``confidence`` how likely it is right.
    """

    id: str
    content: tuple[Span, ...]
    source: tuple[Span, ...] = ()
    cue: tuple[Span, ...] = ()
    antecedent: tuple[Span, ...] = ()
    speaker: tuple[str, ...] = ()
    via: tuple[str, ...] = ()
    mode: Mode = "indirect"
    standing: Standing = "other"
    disputes: tuple[str, ...] = ()
    status: Status = "reviewed"
    evidence: str = ""
    confidence: float = 1.0


class TimeExpression(Struct, frozen=True):
    """A TIMEX3: ``type`` DATE, TIME, DURATION or SET; ``value`` ISO 8601, None if unresolved.

    ``relation`` keeps in words what can't be resolved ("75 years before the article");
    ``evidence`` says what kind of expression the rules took it for.
    """

    span: Span
    type: Literal["DATE", "TIME", "DURATION", "SET"]
    value: str | None
    relation: str = ""
    evidence: str = ""


class BackgroundCard(Struct, frozen=True):
    """One note of history, and the passages that lean on it.

    ``when`` is the time expression it was proposed for, None where a person wrote it.
    """

    id: str
    title: str
    body: str
    leans_on: tuple[Span, ...]
    date: Edtf | None = None
    kind: Literal["history", "remark"] = "history"
    entries: tuple[str, ...] = ()
    sources: tuple[Reference, ...] = ()
    status: Status = "reviewed"
    when: Span | None = None
    evidence: str = ""


class Rejection(Struct, frozen=True):
    """What a rule found and a later one, or the threshold, took away again, and why."""

    span: Span
    evidence: str
    reason: str


class AnnotatedDocument(Struct, frozen=True):
    """A document with what was found in it, each field sorted by place in the text.

    ``settled`` is what the notes say of single occurrences; ``proposed`` are entries that the
    glossary lacks. Mentions never overlap; ``nested`` are names inside of one: the Oslo of
    "University of Oslo". They are counted, not marked. ``rejected`` is what a draft didn't propose.
    """

    document: Document
    analysis: Analysis | None = None
    settled: tuple[Override, ...] = ()
    mentions: tuple[Mention, ...] = ()
    nested: tuple[Mention, ...] = ()
    attributions: tuple[Attribution, ...] = ()
    cards: tuple[BackgroundCard, ...] = ()
    dates: tuple[TimeExpression, ...] = ()
    proposed: tuple[Entry, ...] = ()
    rejected: tuple[Rejection, ...] = ()
    diagnostics: tuple[Diagnostic, ...] = ()
