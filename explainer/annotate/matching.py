"""Names found in one pass: an automaton over all of them, whole words only."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

import ahocorasick_rs
from msgspec import Struct

from explainer.folding import fold
from explainer.model import Entry

_PLURAL = re.compile(r"[a-z]+")
_UNSPACED = "\u0e00-\u0eff\u3040-\u30ff\u3400-\u9fff\uac00-\ud7a3"
"""Scripts that write no space between words, or hang particles on names (Hangul)."""
_WORD = re.compile(rf"[{_UNSPACED}]|[^\W_{_UNSPACED}]+")
_unspaced = re.compile(f"[{_UNSPACED}]").search


class Name(Struct, frozen=True):
    """One way to name an entry; ``short`` counts only after the full name."""

    text: str
    entry: str
    short: bool = False


class Candidate(Struct, frozen=True):
    """A place in a folded text that has the letters, case and word borders of some names."""

    start: int
    end: int
    names: tuple[Name, ...]

    def __len__(self) -> int:
        return self.end - self.start


def forms_of(entry: Entry) -> Iterator[tuple[str, Name]]:
    """Every form that an entry is found by, each first as it compares: see `searched`."""
    named = [(entry.name, False)]
    named += [(alias.text, alias.after_name) for alias in entry.aliases]
    for text, short in named:
        name = fold(text.strip()).text
        for form in (name, *_plurals(name)) if name else ():
            yield _lower(form), Name(form, entry.id, short)


def searched(texts: Iterable[str]) -> str:
    """Texts as a matcher sees them: where a form of a name isn't in this, it isn't found."""
    return "\n".join(_lower(fold(text).text) for text in texts)


def words_of(lowered: str) -> set[str]:
    """The words of a text as it is `searched`.

    Where a form of a name is found in it, each word of the form is among them.
    """
    return set(_WORD.findall(lowered))


class NameMatcher:
    """Finds candidates for all of some names, in time that depends on the text alone.

    Matching ignores case; then capitals that the name has must stand in the text, while the
    text may have more ("Sanctions", "KIM JONG UN"). A name whose last word is lower-case
    also matches in its regular plural.
    """

    def __init__(self, forms: Iterable[tuple[str, Name]]) -> None:
        """
        Args:
            forms: What `forms_of` gives of each entry.
        """
        names: dict[str, list[Name]] = {}
        for lowered, name in forms:
            names.setdefault(lowered, []).append(name)
        patterns = sorted(names)
        self._names = [names[one] for one in patterns]
        self._automaton = ahocorasick_rs.AhoCorasick(patterns)

    def find(self, text: str) -> list[Candidate]:
        """All candidates, in the order in which they end.

        Args:
            text: Folded; as names have no line ends, several texts can be lines of one.
        """
        bordered = f"\n{text}\n"  # so that each letter has one before it and one after it
        matches = self._automaton.find_matches_as_indexes(_lower(bordered), overlapping=True)
        found = []
        for index, start, end in matches:
            if _joined(bordered[start - 1 : start + 1]) or _joined(bordered[end - 1 : end + 1]):
                continue
            surface = bordered[start:end]
            fitting = [name for name in self._names[index] if _case_fits(name.text, surface)]
            if fitting:
                found.append(Candidate(start - 1, end - 1, tuple(fitting)))
        return found


def longest(candidates: Iterable[Candidate]) -> list[Candidate]:
    """Those that remain when a longer one, then an earlier one, takes the place of others."""
    ranked = sorted(candidates, key=lambda one: (one.start - one.end, one.start))
    covered = bytearray(max((one.end for one in ranked), default=0))
    taken: list[Candidate] = []
    for one in ranked:
        # What overlaps a candidate is no shorter, and so reaches its first or its last character.
        if covered[one.start] or covered[one.end - 1]:
            continue
        covered[one.start : one.end] = b"\1" * (one.end - one.start)
        taken.append(one)
    return sorted(taken, key=lambda one: one.start)


def _lower(text: str) -> str:
    """Lower case, one character for each."""
    lowered = text.lower()
    if len(lowered) == len(text):
        return lowered
    return "".join(low if len(low := char.lower()) == 1 else char for char in text)


def _plurals(name: str) -> tuple[str, ...]:
    last = name.rsplit(" ", 1)[-1].rsplit("-", 1)[-1]
    if len(last) < 3 or not _PLURAL.fullmatch(last) or last.endswith("s"):
        return ()
    if last.endswith("y") and last[-2] not in "aeiou":
        return (f"{name[:-1]}ies",)
    return (f"{name}es" if last.endswith(("x", "z", "ch", "sh")) else f"{name}s",)


def _case_fits(name: str, surface: str) -> bool:
    """Whether `surface` is `name` with no capital taken away, and added only as a title would."""
    if name == surface:
        return True
    if any(char.isupper() and char != seen for char, seen in zip(name, surface, strict=True)):
        return False
    if surface.isupper():
        return len(name) > 3 and not name.islower()
    added = [
        index for index, (char, seen) in enumerate(zip(name, surface, strict=True)) if char != seen
    ]
    return all(index == 0 or not name[index - 1].isalnum() for index in added)


def _joined(beside: str) -> bool:
    """Whether two letters that stand side by side belong to one word."""
    return beside.isalnum() and (beside.isascii() or not _unspaced(beside))
