"""Find where an article names somebody or something: spans with a guess at their kind."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from msgspec import Struct

from explainer.annotate.gazetteer import Gazetteer
from explainer.annotate.grammar import Grammar
from explainer.annotate.name_kinds import is_populous, kind_of
from explainer.model import Kind, Span

KIND_OF_LABEL: dict[str, Kind] = {
    "PERSON": "person", "GPE": "place", "LOC": "place", "FAC": "place", "ORG": "organization",
    "EVENT": "event",
}  # fmt: skip
NOT_NAMES = frozenset(
    """Monday Tuesday Wednesday Thursday Friday Saturday Sunday January February March April May
    June July August September October November December Covid COVID COVID-19
    GMT UTC EST EDT CST CDT MST MDT PST PDT BST CET CEST EET EEST MSK IST PKT SGT HKT JST KST AEST
    AEDT ACST AWST NZST NZDT SAST
    Christmas Easter Image Photo Mr. Mrs. Ms. Dr. Internet""".split()
)
_LEADING = re.compile(r"^(?:the|a|an|this|that|these|his|her|its|their|our|my)\s+", re.IGNORECASE)
_TRAILING = re.compile(r"(?:['’]s?|[\s,.;:()\"“”‘'-]+)$")
# "Mr. Alder Thursday opened it": the model takes the day for a part of the name.
_SAID_ON = re.compile(r" (?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day\b.*$")
_SEAM = re.compile(r"(?<=\w)-(?=[A-Z][a-z]+\b)|\n| ?/ ?| the | for (?=[A-Z])| (?=Image\b)| (?=\()")
_POINTS = frozenset({"North", "South", "East", "West"})
_DOTTED = re.compile(r"(?:[A-Z]\.)+$|\b(?:Jr|Sr|Inc|Co|Corp|Ltd|Bros)\.$")


class NameSpan(Struct, frozen=True):
    """``by`` says who found it: the model, the gazetteer, a title before it, or another place.

    An ``inner`` one is part of a longer name: the Oslo of "University of Oslo". Where words
    only refer to a name, as "the President" does, ``means`` is that name.
    """

    span: Span
    text: str
    kind: Kind
    by: str
    inner: bool = False
    means: str = ""


def find_name_spans(
    grammar: Grammar,
    labelled: Iterable[tuple[Span, str]],
    gazetteer: Gazetteer,
    headline: Span | None,
) -> tuple[NameSpan, ...]:
    """Give the names of a text in order; one never overlaps the next.

    In a headline, where all words have capitals, a name counts only if the text below has it.
    """
    found = [
        *_known(grammar, gazetteer),
        *_labelled(grammar, labelled, gazetteer),
        *_titled(grammar, gazetteer),
        *_telling(grammar, gazetteer),
        *_packed(grammar),
    ]
    common = {word.text for word in grammar.words if word.text.islower()}
    found = [
        one
        for one in found
        if one.by != "model"
        or (one.text.lower() not in common and not _is_dateline(grammar.text, one))
    ]
    chosen = join_halves(grammar, choose(found))
    if headline is not None and is_title_case(headline.of(grammar.text)):
        below = {one.text for one in chosen if one.span.start >= headline.end}
        parts = {part for name in below for part in name.split()}
        chosen = [
            one
            for one in chosen
            if one.span.start >= headline.end or one.by == "gazetteer" or one.text in below | parts
        ]
    return tuple(chosen)


_AFTER_DATELINE = re.compile(r"(?:, [A-Z][\w. ]*)?(?: \([^()\n]+\))? ?[-–—]")


def _is_dateline(text: str, one: NameSpan) -> bool:
    """True for the city that a report begins with, in capitals: where it was filed."""
    begins = one.span.start == 0 or text[one.span.start - 1] == "\n"
    return begins and one.text.isupper() and bool(_AFTER_DATELINE.match(text, one.span.end))


def choose(found: Iterable[NameSpan]) -> list[NameSpan]:
    """Keep, of names that overlap, the longest; of equals the one that is known for sure."""
    rank = {"gazetteer": 0, "title": 1, "model": 2, "words": 3, "again": 4, "pack": 5}
    order = sorted(found, key=lambda one: (-len(one.span), rank[one.by], one.span.start))
    taken: dict[int, NameSpan] = {}
    chosen = []
    for one in order:
        if not any(offset in taken for offset in range(one.span.start, one.span.end)):
            chosen.append(one)
            taken.update(dict.fromkeys(range(one.span.start, one.span.end), one))
    return sorted(chosen, key=lambda one: one.span)


def join_halves(grammar: Grammar, names: list[NameSpan]) -> list[NameSpan]:
    """Join a first and a last name that the model took for two names."""
    joined: list[NameSpan] = []
    for one in names:
        last = joined[-1] if joined else None
        halves = last is not None and {one.by, last.by} <= {"model", "again"}
        if last is not None and halves and " " not in one.text + last.text:
            head = grammar.head_of(grammar.inside(last.span))
            inside = grammar.inside(one.span)
            if (
                grammar.text[last.span.end : one.span.start] == " "
                and head is not None
                and (grammar.words[head].head in inside and grammar.words[head].dep == "compound")
            ):
                span = Span(last.span.start, one.span.end)
                joined[-1] = NameSpan(span, span.of(grammar.text), one.kind, one.by)
                continue
        joined.append(one)
    return joined


def is_title_case(line: str) -> bool:
    words = [word for word in line.split() if len(word) > 3 and word[0].isalpha()]
    capitals = sum(word[0].isupper() for word in words)
    return len(words) >= 3 and capitals >= 0.8 * len(words)


def _known(grammar: Grammar, gazetteer: Gazetteer) -> Iterator[NameSpan]:
    text = grammar.text
    for index, word in enumerate(grammar.words):
        start = word.span.start
        if not word.text[0].isupper() or (start and text[start - 1].isalnum()):
            continue
        first = word.text.split("-")[0]
        name = gazetteer.find(text, start, first)
        if name is None or _is_inside_name(grammar, index, name):
            continue
        # "Calif." is a state after a comma; "Miss." and "Ore." are other things elsewhere.
        abbreviates = name.endswith(".") and name.count(".") == 1
        if abbreviates and not text[:start].endswith(", "):
            continue
        span = Span(start, start + len(name))
        yield NameSpan(span, name, gazetteer.names[name].kind, "gazetteer")


def _is_inside_name(grammar: Grammar, index: int, name: str) -> bool:
    """True for the Jordan of Michael Jordan: a first name, or another surname, stands before."""
    before = grammar.words[index - 1] if index else None
    if before is None or " " in name or before.span.end + 1 != grammar.words[index].span.start:
        return False
    joined = before.head == index and before.dep == "compound"
    return joined and before.tag == "NNP" and name in ("Jordan", "Chad", "Georgia", "Victoria")


def _labelled(
    grammar: Grammar, labelled: Iterable[tuple[Span, str]], gazetteer: Gazetteer
) -> Iterator[NameSpan]:
    for span, label in labelled:
        kind = KIND_OF_LABEL.get(label)
        if kind is None:
            continue
        for part in _parts(grammar.text, after_country(grammar.text, span, gazetteer)):
            clean = clean_name(grammar.text, part, gazetteer, person=kind == "person")
            if clean is None or not is_name(clean.of(grammar.text), gazetteer):
                continue
            said = clean.of(grammar.text)
            if said not in _POINTS or grammar.text[: clean.start].endswith(("the ", "The ")):
                yield NameSpan(clean, said, kind_of(grammar.text, clean, kind, gazetteer), "model")


def after_country(text: str, span: Span, gazetteer: Gazetteer) -> Span:
    """Leave out the country before a body of its own: US | National Park Service."""
    said = span.of(text)
    article = _LEADING.match(said)
    start = span.start + (article.end() if article else 0)
    country = gazetteer.find(text, start, re.split(r"[ -]", text[start : span.end])[0])
    if country is None or gazetteer.names[country].role != "country":
        return span
    rest = text[start + len(country) : span.end]
    told = set(rest.split()) & (gazetteer.words["organization"] | {"Department", "Service"})
    if told and len(rest.split()) >= 2:
        return Span(span.end - len(rest.lstrip()), span.end)
    return span


def _parts(text: str, span: Span) -> Iterator[Span]:
    """Split what the model runs together: a pair with a hyphen, two lines, a slash."""
    start = span.start
    for match in _SEAM.finditer(span.of(text)):
        before = text[start : span.start + match.start()]
        pair = match.group() == "-" and " " not in span.of(text)
        if match.group() != "-" or (pair and before.isalpha() and before[0].isupper()):
            if span.start + match.start() > start:
                yield Span(start, span.start + match.start())
            start = span.start + match.end()
    if start < span.end:
        yield Span(start, span.end)


def clean_name(text: str, span: Span, gazetteer: Gazetteer, *, person: bool) -> Span | None:
    """Cut articles, possessives, punctuation and titles off a name."""
    start, end = span.start, span.end
    while start < end and not text[start].isalnum():
        start += 1
    if match := _LEADING.match(text[start:end]):
        start += match.end()
    while (match := _TRAILING.search(text[start:end])) and not _DOTTED.search(text[start:end]):
        end = start + match.start()
    if person and (match := _SAID_ON.search(text, start, end)):
        end = match.start()
    while person and (space := text.find(" ", start, end)) > 0:
        word = text[start:space].rstrip(".")
        if word not in gazetteer.titles and not word.islower():
            break
        start = space + 1
    return Span(start, end) if start < end else None


def is_name(text: str, gazetteer: Gazetteer) -> bool:
    words = text.split()
    if text in NOT_NAMES or text in gazetteer.demonyms or text in gazetteer.words["organization"]:
        return False
    if all(word.rstrip(".") in gazetteer.titles for word in words):
        return False
    return len(text) > 1 and any(c.isupper() for c in text) and not text[0].islower()


def _telling(grammar: Grammar, gazetteer: Gazetteer) -> Iterator[NameSpan]:
    """Give runs of capitals that end in a telling word, where the model saw none."""
    index = 0
    while index < len(grammar.words):
        end = index
        while end < len(grammar.words) and _goes_on(grammar, end, first=end == index):
            end += 1
        if end - index >= 2:
            span = Span(grammar.words[index].span.start, grammar.words[end - 1].span.end)
            span = after_country(grammar.text, span, gazetteer)
            said = span.of(grammar.text)
            for kind in ("organization", "outlet"):
                if grammar.words[end - 1].text in gazetteer.words[kind]:
                    yield NameSpan(span, said, kind, "words")
                    break
        index = max(end, index + 1)


def _packed(grammar: Grammar) -> Iterator[NameSpan]:
    """Give large cities by name, where the model saw none."""
    for word in grammar.words:
        if word.tag == "NNP" and word.text[0].isupper() and is_populous(word.text):
            yield NameSpan(word.span, word.text, "place", "pack")


def _titled(grammar: Grammar, gazetteer: Gazetteer) -> Iterator[NameSpan]:
    """Give the person whom a title introduces, where the model saw none: Mayor Ono."""
    for index, word in enumerate(grammar.words[:-1]):
        if word.text.rstrip(".") not in gazetteer.titles or word.tag not in ("NNP", "NN"):
            continue
        if word.text[0].islower() or word.text in ("Former", "Vice", "Deputy", "Prime", "St."):
            continue
        end = index + 1
        while end < len(grammar.words) and _goes_on(grammar, end):
            end += 1
        name = grammar.words[index + 1 : end]
        if name and name[0].text.rstrip(".") not in gazetteer.titles and len(name) <= 3:
            span = Span(name[0].span.start, name[-1].span.end)
            said = span.of(grammar.text)
            if said not in gazetteer.names and not _names_office(said, gazetteer):
                yield NameSpan(span, said, "person", "title")


def _goes_on(grammar: Grammar, index: int, *, first: bool = False) -> bool:
    word, before = grammar.words[index], grammar.words[index - 1]
    follows = first or word.span.start - before.span.end == 1
    return follows and word.tag in ("NNP", "NNPS") and word.text[0].isupper() and len(word.text) > 2


def _names_office(said: str, gazetteer: Gazetteer) -> bool:
    words = said.split()
    return bool(set(words) & gazetteer.words["organization"]) or said in gazetteer.demonyms


def propagate(
    text: str, names: tuple[NameSpan, ...], extra: Iterable[tuple[str, Kind]]
) -> tuple[NameSpan, ...]:
    """Find each name again wherever the text has it: what is a name once is one everywhere."""
    forms = {one.text: one.kind for one in names if len(one.text) > 2 and one.text not in _POINTS}
    for form, kind in extra:
        forms.setdefault(form, kind)
    if not forms:
        return names
    longest = sorted(forms, key=lambda one: (-len(one), one))
    pattern = re.compile(rf"(?<![\w-])(?:{'|'.join(map(re.escape, longest))})(?![\w])")
    again = [
        NameSpan(Span(*match.span()), match.group(), forms[match.group()], "again")
        for match in pattern.finditer(text)
    ]
    # In brackets right after a name stands its short form.
    short = re.compile(r"\s?\((?:the )?([A-Z][A-Z0-9.&-]{1,7})\)")
    for one in names:
        if (match := short.match(text, one.span.end)) and " " in one.text:
            again.append(NameSpan(Span(*match.span(1)), match[1], one.kind, "again"))
    return tuple(choose([*names, *again]))
