"""A glossary that a build kept is the one it read, and its names are found where they all are."""

from __future__ import annotations

import sys
from collections.abc import Sequence

from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.strategies import DrawFn, SearchStrategy
from msgspec.structs import replace

from explainer.annotate.known_names import AllNames
from explainer.annotate.matching import searched, words_of
from explainer.cache import Cache
from explainer.cache.entries import dump_entry, load_entry
from explainer.folding import fold
from explainer.model import Entry
from explainer.read import parse_glossary
from tests.making import make_entry

FULL = """
- id: ada-orun
  name: Ada Orun
  kind: person
  aliases: [Orun, {text: Ada, after: name}]
  role: Mayor
  roles: [{role: Clerk, from: 2001, until: 2004-05}, {role: Mayor, from: 2004-06}]
  summary: Of [Vell](#vell).
  as_of: 2024-05
  born: 1960~
  died: 2024-01-02/..
  date: 19XX
  owner: nobody
  language: ko
  original_name: {text: 아다, language: ko}
  location: [37.5, -12]
  time_zone: Asia/Seoul
  senses: {government: {entry: vell}}
  same_as: [https://example.org/a]
  image: {src: a.jpg, alt: a, credit: b, license: c}
  sources: [{title: t, publisher: p, url: "https://example.org/", date: 2020}]
  status: suggested
- {id: vell, name: Vell, kind: place}
"""


def test_every_field_of_an_entry_comes_back_as_it_was() -> None:
    entries, problems = parse_glossary(FULL, "content/glossary/g.yaml")
    assert problems == []
    kept = [load_entry(dump_entry(entry)) for entry in entries]
    assert kept == entries
    assert repr(kept) == repr(entries)


# Letters, and what stands between, before, in or instead of words, in scripts with and without
# spaces; words that others begin with, and lower cases that depend on what follows.
PARTS = ("Ada", "ada", "an", "Ann", "Vell", "harbor", "of", "ΣΑΣ", "İz", "ß", "ᾳ", "서울", "은",
         "首尔", "กรุง", "เทพ", "x2", "9", ".NET", "C++", "!", "u\u0308", "\u200b")  # fmt: skip
JOINTS = ("", " ", " ", "-", "’", ".", "_", "\u00ad", "\u00a0", "\n")


def texts_of(parts: Sequence[str], most: int) -> SearchStrategy[str]:
    pieces = st.tuples(st.sampled_from(parts), st.sampled_from(JOINTS)).map("".join)
    return st.lists(pieces, min_size=1, max_size=most).map("".join)


@st.composite
def glossaries(draw: DrawFn) -> list[Entry]:
    names = draw(
        st.lists(st.lists(texts_of(PARTS, 2), min_size=1, max_size=3), min_size=1, max_size=4)
    )
    return [
        replace(make_entry(name, *aliases[:1], short=aliases[1:]), id=f"e{number}")
        for number, (name, *aliases) in enumerate(names)
    ]


def names_in(entries: Sequence[Entry]) -> list[str]:
    return [name for one in entries for name in (one.name, *(a.text for a in one.aliases))]


@settings(max_examples=300)
@given(before=glossaries(), after=glossaries(), data=st.data())
def test_of_the_names_that_an_article_needs_as_much_is_found_as_of_all(
    before: list[Entry], after: list[Entry], data: st.DataObject
) -> None:
    cache, parts = keep(before, after), (*PARTS[-10:], *names_in(after) * 4)
    texts = data.draw(st.lists(texts_of(parts, 6), min_size=1, max_size=3))
    kept, every = cache.names(cache.entries()), AllNames(after)
    for text in texts:
        assert kept.matcher(texts).find(fold(text).text) == every.matcher(texts).find(
            fold(text).text
        )
    for text in (*texts, *names_in(after)):
        assert kept.has(text) == every.has(text)
    kept.prepare(articles=1000)
    for text in texts:
        assert kept.matcher(()).find(fold(text).text) == every.matcher(()).find(fold(text).text)
    cache.close()


def keep(before: Sequence[Entry], after: Sequence[Entry]) -> Cache:
    """A cache of one glossary that another has taken the place of."""
    cache = Cache(None)
    cache.keep_entries({one.id: dump_entry(one) for one in before}, before, ())
    gone = {one.id for one in before} - {one.id for one in after}
    changed = [one for one in after if one not in before]
    cache.keep_entries({one.id: dump_entry(one) for one in changed}, changed, gone)
    return cache


def test_lower_case_has_the_words_that_the_text_has() -> None:
    """What is one word, and where it ends, must be the same whatever the case."""
    for char in map(chr, range(sys.maxunicode + 1)):
        lowered = searched((char,))
        if lowered.strip() and fold(char).text == char:
            assert char.isalnum() == lowered.isalnum(), repr(char)
            assert words_of(lowered) >= ({lowered} if char.isalnum() else set()), repr(char)


def test_entries_that_are_kept_are_read_when_they_are_asked_for() -> None:
    entries, _ = parse_glossary(FULL, "content/glossary/g.yaml")
    kept = keep((), entries).entries()
    assert list(kept) == ["ada-orun", "vell"]
    assert len(kept) == 2
    assert "nobody" not in kept
    assert kept["vell"] is kept["vell"]
    assert dict(kept) == {one.id: one for one in entries}
