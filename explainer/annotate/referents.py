"""Say which names of an article mean the same person, place or organization."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Mapping

from msgspec import Struct

from explainer.annotate.gazetteer import Gazetteer
from explainer.annotate.name_spans import NameSpan
from explainer.annotate.owners import People, owner_of, read_people
from explainer.model import Kind

SMALL_WORDS = frozenset("of the and for in on at de la du von van der al el to".split())


class Referent(Struct, frozen=True):
    """One person or thing with every place that names it; ``name`` is the fullest form."""

    name: str
    kind: Kind
    names: tuple[NameSpan, ...]
    known: str = ""

    @property
    def forms(self) -> tuple[str, ...]:
        """Give the other ways it is named, each once, in the order they come."""
        forms = (one.text for one in self.names if not one.means and one.text != self.name)
        return tuple(dict.fromkeys(forms))


def resolve(text: str, names: tuple[NameSpan, ...], gazetteer: Gazetteer) -> tuple[Referent, ...]:
    """Group the names of a text by what they mean, in order of first mention.

    A surname that may be either of two people's is in no group.
    """
    kinds = vote(names, gazetteer)
    plain = [one for one in names if not one.means]
    people = full_names(plain, kinds)
    longer = acronyms(text, plain) | heads(plain, kinds)
    # What everybody knows "US" to mean it means, whatever else has these letters.
    longer = {form: full for form, full in longer.items() if form not in gazetteer.names}
    longer |= halves(plain, gazetteer)
    known = read_people(text, plain, people)
    groups: dict[str, list[NameSpan]] = {}
    for one in names:
        form = one.means or one.text
        if kinds[form] == "person":
            key = _person(one, form, people, longer, known)
        else:
            key = _thing(form, longer, gazetteer)
        if key is not None:
            known.note(key, one)
            groups.setdefault(key, []).append(one)
    return tuple(_referent(key, found, kinds, gazetteer) for key, found in groups.items())


def vote(names: Iterable[NameSpan], gazetteer: Gazetteer) -> dict[str, Kind]:
    """Give each form the kind that most of its places have; what is known needs no vote."""
    ballots: dict[str, Counter[Kind]] = {}
    for one in names:
        if one.means:
            continue
        weight = {"gazetteer": 100, "title": 3, "model": 2, "words": 1}.get(one.by, 0)
        ballots.setdefault(one.text, Counter())[one.kind] += weight
    kinds = {form: _winner(ballot) for form, ballot in ballots.items()}
    # A surname alone is as its owner's full name is.
    for form in kinds:
        if " " not in form and form not in gazetteer.names:
            owners = [full for full in kinds if " " in full and full.split()[-1] == form]
            if any(kinds[full] == "person" for full in owners):
                kinds[form] = "person"
    return kinds


def _winner(ballot: Counter[Kind]) -> Kind:
    return max(sorted(ballot), key=lambda kind: ballot[kind])


def full_names(names: Iterable[NameSpan], kinds: Mapping[str, Kind]) -> tuple[str, ...]:
    """Give the names of people in two words or more, longest first."""
    full = {one.text for one in names if kinds[one.text] == "person" and " " in one.text}
    return tuple(sorted(full, key=lambda one: (-len(one.split()), one)))


def acronyms(text: str, names: Iterable[NameSpan]) -> dict[str, str]:
    """Give what short forms stand for: said in brackets, or made of a name's first letters."""
    forms = {one.text for one in names}
    meaning: dict[str, str] = {}
    for one in names:
        after = re.match(
            r"['’]?s? \((?:the )?([A-Z][A-Za-z0-9.&-]{1,9})\)", text[one.span.end :][:20]
        )
        if after and after[1] != one.text and " " in one.text:
            meaning[after[1]] = one.text
    for form in forms:
        letters = form.replace(".", "")
        if letters.isupper() and 2 <= len(letters) <= 6 and form not in meaning:
            full = [name for name in forms if letters in initials(name)]
            if full:
                meaning[form] = max(full, key=len)
    return meaning


def initials(name: str) -> set[str]:
    words = re.findall(r"\w+", name)
    if len(words) < 2:
        return set()
    big = "".join(word[0] for word in words if word.lower() not in SMALL_WORDS)
    return {big.upper(), "".join(word[0] for word in words).upper()}


def heads(names: Iterable[NameSpan], kinds: Mapping[str, Kind]) -> dict[str, str]:
    """Give the long name of which an organization's or a place's short one is the start or end."""
    forms = sorted({one.text for one in names if kinds[one.text] not in ("person",)}, key=len)
    meaning: dict[str, str] = {}
    for form in forms:
        fits = [
            long
            for long in forms
            if len(long) > len(form) and _same_kind(kinds[form], kinds[long])
            and (_is_start(form, long) or long.endswith(f" of {form}"))
        ]  # fmt: skip
        if len(fits) == 1 and (kinds[form] != "place" or fits[0].endswith(("City", "D.C."))):
            meaning[form] = fits[0]
    return meaning


def halves(names: Iterable[NameSpan], gazetteer: Gazetteer) -> dict[str, str]:
    """Give the country meant by "the North" or "Congo", where the text has only one such."""
    countries = {
        gazetteer.names[one.text].referent
        for one in names
        if one.text in gazetteer.names and gazetteer.names[one.text].role == "country"
    }
    meaning = {}
    for half in ("North", "South", "Korea", "Congo"):
        fits = [one for one in countries if half in one.split() and " " in one]
        if len(fits) == 1:
            meaning[half] = fits[0]
    return meaning


def _same_kind(one: Kind, other: Kind) -> bool:
    return one == other or {one, other} == {"organization", "outlet"}


def _is_start(form: str, long: str) -> bool:
    return long.startswith(f"{form} ")


def _thing(said: str, longer: Mapping[str, str], gazetteer: Gazetteer) -> str:
    """Give the name under which a form of a place or a body is grouped."""
    form = longer.get(said, said)
    known = gazetteer.names.get(form) or gazetteer.names.get(form.removeprefix("The "))
    return known.referent if known else longer.get(form, form)


def _person(
    one: NameSpan, said: str, people: tuple[str, ...], longer: Mapping[str, str], known: People
) -> str | None:
    """Give the full name that a form is short for, None where several people may be meant."""
    if said in people:
        fuller = [name for name in people if name != said and _shortens(said, name)]
        return fuller[0] if fuller else said
    owners = [name for name in people if said in re.split(r"[ -]", name)]
    # Jo Weber and Jo Ann Weber are one.
    owners = [name for name in owners if not any(_shortens(name, o) for o in owners if o != name)]
    return owner_of(known, one, owners) if owners else longer.get(said, said)


def _shortens(short: str, full: str) -> bool:
    """True for "Jo Ann Weber" and "Jo Weber": same ends, and all words in order."""
    few, many = short.split(), full.split()
    if len(few) >= len(many) or few[-1] != many[-1]:
        return False
    rest = iter(many)
    return all(any(_fits(word, other) for other in rest) for word in few)


def _fits(word: str, other: str) -> bool:
    return word == other or (len(word.rstrip(".")) == 1 and other.startswith(word[0]))


def _referent(
    key: str, found: list[NameSpan], kinds: Mapping[str, Kind], gazetteer: Gazetteer
) -> Referent:
    known = gazetteer.names.get(key)
    ballot: Counter[Kind] = Counter()
    for one in found:
        ballot[kinds[one.means or one.text]] += 1
    kind = known.kind if known else kinds.get(key) or _winner(ballot)
    forms = {one.means or one.text for one in found}
    name = key if key in forms or known else max(sorted(forms), key=len)
    return Referent(name, kind, tuple(found), key if known else "")
