"""Whose surname a short form is, where an article names two people of one."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence

from msgspec import Struct, field

from explainer.annotate.name_spans import NameSpan

_GENDER_OF: dict[str, str] = {
    **dict.fromkeys("mr sir king prince lord he him his himself".split(), "m"),
    **dict.fromkeys("father son brother husband uncle nephew spokesman chairman".split(), "m"),
    **dict.fromkeys("mrs ms miss dame queen princess lady she her hers herself".split(), "f"),
    **dict.fromkeys("mother daughter sister wife aunt niece spokeswoman chairwoman".split(), "f"),
}
_PRONOUN = re.compile(r"\b(he|him|his|she|her)\b", re.IGNORECASE)
_END = re.compile(r"[.!?][”\"]?\s|\n")
_BEFORE = re.compile(r"(\w+)\.?,? $")
_TITLES = re.compile(r"((?:[A-Z]\w+\.? )+)$")


class People(Struct, frozen=True):
    """What a text tells of the people it names in full, by their names.

    ``last`` is where each was named last, ``used`` how often each had each short form; both
    grow as the text is read.
    """

    text: str
    places: Sequence[NameSpan]
    genders: Mapping[str, str]
    titles: Mapping[str, frozenset[str]]
    last: dict[str, int] = field(default_factory=dict)
    used: Counter[tuple[str, str]] = field(default_factory=Counter)

    def note(self, full: str, one: NameSpan) -> None:
        self.last[full] = one.span.start
        if one.text != full:
            self.used[full, one.text] += 1


def read_people(text: str, names: Iterable[NameSpan], full: Iterable[str]) -> People:
    """Learn the genders and titles that a text gives to people named in full."""
    places = sorted((one for one in names if one.kind == "person"), key=lambda one: one.span)
    known = set(full)
    votes: defaultdict[str, Counter[str]] = defaultdict(Counter)
    titles: defaultdict[str, set[str]] = defaultdict(set)
    for number, one in enumerate(places):
        if one.text not in known:
            continue
        before = _BEFORE.search(text[max(0, one.span.start - 20) : one.span.start])
        if before and before[1].lower() in _GENDER_OF:
            votes[one.text][_GENDER_OF[before[1].lower()]] += 2
        if called := _TITLES.search(text[max(0, one.span.start - 40) : one.span.start]):
            titles[one.text] |= {word.rstrip(".") for word in called[1].split()}
        if pronoun := pronoun_after(text, one, places[number + 1 :]):
            votes[one.text][pronoun] += 1
    genders = {name: max(sorted(vote), key=lambda g: vote[g]) for name, vote in votes.items()}
    return People(text, places, genders, {name: frozenset(said) for name, said in titles.items()})


def pronoun_after(text: str, one: NameSpan, later: Sequence[NameSpan]) -> str:
    """Give the gender of the first pronoun behind a name in its sentence, before the next person.

    Empty where there is none.
    """
    end = _END.search(text, one.span.end)
    stop = end.start() if end else len(text)
    if later:
        stop = min(stop, later[0].span.start)
    found = _PRONOUN.search(text, one.span.end, max(stop, one.span.end))
    return _GENDER_OF[found[1].lower()] if found else ""


def owner_of(people: People, one: NameSpan, owners: Sequence[str]) -> str | None:
    """Give whom of several a short form means, None where that is doubtful.

    A title says it, or a pronoun; else who was named last. Of two who were named in one
    sentence it is the one whom the form has meant before, or the headline names.
    """
    if len(owners) == 1:
        return owners[0]
    left = by_title(people, one, owners) or by_pronoun(people, one, owners)
    if left:
        return left
    seen = sorted(
        (name for name in owners if name in people.last), key=lambda name: -people.last[name]
    )
    if not seen:
        # A headline speaks of whom the text names first.
        return next((other.text for other in people.places if other.text in owners), None)
    if len(seen) > 1 and _in_one_sentence(people, seen[1], seen[0]):
        meant = [name for name in seen if people.used[name, one.text]]
        return meant[0] if len(meant) == 1 else whom_the_headline_names(people, seen)
    return seen[0]


def whom_the_headline_names(people: People, owners: Sequence[str]) -> str | None:
    headline = people.text.partition("\n")[0]
    named = [name for name in owners if name in headline]
    return named[0] if len(named) == 1 else None


def by_title(people: People, one: NameSpan, owners: Sequence[str]) -> str | None:
    before = people.text[max(0, one.span.start - 20) : one.span.start]
    match = _BEFORE.search(before)
    if match is None or "," in match.group():
        return None
    title = match[1]
    called = [name for name in owners if title in people.titles.get(name, ())]
    if len(called) == 1:
        return called[0]
    return by_gender(people, _GENDER_OF.get(title.lower(), ""), owners)


def by_pronoun(people: People, one: NameSpan, owners: Sequence[str]) -> str | None:
    later = [other for other in people.places if other.span.start > one.span.start]
    return by_gender(people, pronoun_after(people.text, one, later), owners)


def by_gender(people: People, gender: str, owners: Sequence[str]) -> str | None:
    """Give the only one who may be of a gender, None for several."""
    if not gender:
        return None
    fits = [name for name in owners if people.genders.get(name) == gender]
    may = [name for name in owners if people.genders.get(name, gender) == gender]
    return fits[0] if len(fits) == 1 and len(may) == 1 else may[0] if len(may) == 1 else None


def _in_one_sentence(people: People, one: str, other: str) -> bool:
    start, end = sorted((people.last[one], people.last[other]))
    return _END.search(people.text, start, end) is None
