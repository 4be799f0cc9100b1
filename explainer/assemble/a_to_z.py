"""The glossary A–Z, of all entries and of each kind: on one page, or on one for each letter."""

from __future__ import annotations

import unicodedata
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from itertools import groupby

from msgspec import Struct

from explainer.assemble.addresses import Addresses
from explainer.assemble.entries import Place, entry_view
from explainer.assemble.lists import Archive, hash_of
from explainer.assemble.words import KINDS_WORDS
from explainer.config import SiteConfig
from explainer.language import Language, language_of
from explainer.model import (
    KINDS,
    Entry,
    GlossaryGroup,
    GlossaryPage,
    GlossaryPart,
    Kind,
    Link,
    NameLine,
)
from explainer.read.articles import safe_name

MOST_NOTES = 500
"""Entries up to which the A–Z shows their whole notes; of more, it lists names and roles."""

MOST_NAMES = 2000
"""Names up to which one page lists them all; of more, each letter has pages of its own."""

NAMES_A_PAGE = 1000
"""Names on one page of a letter."""


def shows_notes(addresses: Addresses) -> bool:
    """Whether the A–Z shows notes and no list of names."""
    return len(addresses.entry_pages) <= MOST_NOTES


def glossary_pages(
    entries: Sequence[Entry], archive: Archive, addresses: Addresses, config: SiteConfig
) -> Iterator[tuple[str, str, GlossaryPage | None]]:
    """All entries that have a page, A–Z by name, and where there are several kinds, by kind.

    Each page with its path, and a key that changes when it does; None where the page that is
    there has that key.
    """
    ordered = sorted(((_sort_key(one.name), one.id, one) for one in entries), key=_first_two)
    counts = Counter(entry.kind for entry in entries)
    kinds: list[Kind] = [kind for kind in KINDS if counts[kind]]
    language = language_of(config.language)
    for kind in (None, *(kinds if len(kinds) > 1 else ())):
        those = [(key, one) for key, _, one in ordered if kind in (None, one.kind)]
        section = _Section(kind, kinds, counts, addresses, language, config.base_url)
        yield from section.pages(those, archive)


def _first_two(row: tuple[str, str, Entry]) -> tuple[str, str]:
    return row[0], row[1]


class _Slice(Struct, frozen=True):
    """Entries of one letter that stand on one page: the letter's `number`th of them."""

    letter: str
    number: int
    entries: Sequence[Entry]

    @property
    def name(self) -> str:
        return f"{self.letter} {self.number}" if self.number > 1 else self.letter


class _Section(Struct, frozen=True):
    """The A–Z of all entries, or of a kind."""

    kind: Kind | None
    kinds: Sequence[Kind]
    counts: Mapping[Kind, int]
    addresses: Addresses
    language: Language
    base_url: str

    def pages(
        self, entries: Sequence[tuple[str, Entry]], archive: Archive
    ) -> Iterator[tuple[str, str, GlossaryPage | None]]:
        letters: dict[str, list[Entry]] = defaultdict(list)
        for key, one in entries:
            letters[_letter(key)].append(one)
        if len(entries) <= MOST_NAMES:
            yield self.path, "", self._whole_page(_in_order(letters))
            return
        slices = [
            _Slice(letter, start // NAMES_A_PAGE + 1, those[start : start + NAMES_A_PAGE])
            for letter, those in _in_order(letters)
            for start in range(0, len(those), NAMES_A_PAGE)
        ]
        yield self.path, "", self._overview(slices)
        every = hash_of((self.counts, self.base_url, [one.name for one in slices]))
        for index, part in enumerate(slices):
            path = self._path_of(part)
            key = f"{every} {index} {hash_of(self._names(part.entries, path))}"
            made = None if key == archive.key_of(path) else self._letter_page(slices, index)
            yield path, key, made

    @property
    def path(self) -> str:
        return f"glossary/kinds/{self.kind}.html" if self.kind else "glossary/index.html"

    def _path_of(self, one: _Slice) -> str:
        folder = f"glossary/kinds/{self.kind}" if self.kind else "glossary/letters"
        name = safe_name(one.letter) if one.letter.isalpha() else "other"
        return f"{folder}/{name}-{one.number}.html" if one.number > 1 else f"{folder}/{name}.html"

    def _whole_page(self, letters: Sequence[tuple[str, Sequence[Entry]]]) -> GlossaryPage:
        brief = self.kind is not None or sum(len(those) for _, those in letters) > MOST_NOTES
        place = self._place(self.path)
        groups = tuple(
            GlossaryGroup(letter, _anchor(letter), names=self._names(those, self.path))
            if brief
            else GlossaryGroup(
                letter, _anchor(letter), tuple(entry_view(one, place) for one in those)
            )
            for letter, those in letters
        )
        links = tuple(Link(one.letter, f"#{one.anchor}") for one in groups)
        return self._page(self.path, groups, links)

    def _overview(self, slices: Sequence[_Slice]) -> GlossaryPage:
        groups = tuple(
            GlossaryGroup(
                letter,
                _anchor(letter),
                parts=tuple(
                    GlossaryPart(
                        self.addresses.way(self.path, self._path_of(one)),
                        one.entries[0].name,
                        one.entries[-1].name,
                        len(one.entries),
                    )
                    for one in those
                ),
            )
            for letter, those in groupby(slices, key=lambda one: one.letter)
        )
        links = tuple(Link(one.letter, f"#{one.anchor}") for one in groups)
        return self._page(self.path, groups, links)

    def _letter_page(self, slices: Sequence[_Slice], index: int) -> GlossaryPage:
        one = slices[index]
        path = self._path_of(one)

        def way(to: int) -> str:
            inside = 0 <= to < len(slices)
            return self.addresses.way(path, self._path_of(slices[to])) if inside else ""

        group = GlossaryGroup(one.letter, _anchor(one.letter), names=self._names(one.entries, path))
        return self._page(
            path,
            (group,),
            tuple(
                Link(part.letter, way(number))
                for number, part in enumerate(slices)
                if part.number == 1
            ),
            part=one.name,
            letter=one.letter,
            turn=(way(index - 1), way(index + 1)),
        )

    def _page(
        self,
        path: str,
        groups: tuple[GlossaryGroup, ...],
        letters: tuple[Link, ...],
        *,
        part: str = "",
        letter: str = "",
        turn: tuple[str, str] = ("", ""),
    ) -> GlossaryPage:
        say, way = self.language.say, self.addresses.way
        return GlossaryPage(
            path=path,
            root=self.addresses.root(path),
            groups=groups,
            letters=letters,
            title=say(KINDS_WORDS[self.kind]) if self.kind else "",
            kinds=tuple(
                (Link(say(KINDS_WORDS[one]), way(path, f"glossary/kinds/{one}.html")), many)
                for one, many in self._counted()
            ),
            canonical=f"{self.base_url}{path}" if self.base_url else "",
            part=part,
            letter=letter,
            previous=turn[0],
            next=turn[1],
        )

    def _counted(self) -> Iterator[tuple[Kind, int]]:
        for one in self.kinds if len(self.kinds) > 1 else ():
            yield one, self.counts[one]

    def _names(self, entries: Sequence[Entry], path: str) -> tuple[NameLine, ...]:
        way, site_language = self.addresses.entry, self.language.tag
        return tuple(
            NameLine(
                way(one.id, path), one.name, one.language or site_language, one.original_name,
                one.role,
            )
            for one in entries
        )  # fmt: skip

    def _place(self, path: str) -> Place:
        def href_of(entry: str) -> str:
            return self.addresses.entry(entry, path)

        root = self.addresses.root(path)
        return Place(root, self.language, self.language.tag, None, href_of, href_of)


def _in_order(letters: Mapping[str, Sequence[Entry]]) -> list[tuple[str, Sequence[Entry]]]:
    return sorted(letters.items(), key=lambda one: _sort_key(one[0]))


def _anchor(letter: str) -> str:
    return f"letter-{letter.lower()}" if letter.isalpha() else "letter-other"


def _sort_key(name: str) -> str:
    """Letters without accents or case, the same in every locale."""
    plain = unicodedata.normalize("NFKD", name.removeprefix("The ").lstrip("“‘\"'"))
    return "".join(char for char in plain if not unicodedata.combining(char)).casefold()


def _letter(sort_key: str) -> str:
    first = sort_key[:1].upper()
    return first if first.isalpha() else "#"
