"""A glossary file read with what is known of it is the file read anew, its faults included."""

from __future__ import annotations

from collections.abc import Sequence

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from explainer.cache import Cache
from explainer.cache.entries import dump_entry
from explainer.errors import ExplainerError
from explainer.read.glossary import parse_glossary
from explainer.read.glossary_items import read_items

PATH = "content/glossary/all.yaml"
HEADS = ("", "# a comment\n\n", "---\n", "%YAML 1.2\n---\n", "note: this is no list\n")
PARTS = (
    "- id: ada\n  name: Ada\n  kind: person\n  aliases:\n    - A\n    - {text: Al, after: name}\n",
    "-\n  id: vell\n  name: Vell\n  kind: place\n  senses: {rule: {entry: vell-board}}\n",
    "- {id: orun, name: Orun, kind: term}\n",
    "-\t{id: tab, name: Tab, kind: term}\n",
    "- id: more\n  name: More\n  kind: term\n  summary: |\n    - one\n    - two\n\n",
    '- id: quoted\n  name: Quoted\n  kind: term\n  summary: "one\n- id: two"\n',
    '- id: open\n  name: Open\n  kind: term\n  summary: "one\n',
    '- id: shut\n  name: Shut\n  kind: term\n  summary: one"\n',
    "- [a,\n- b]\n",
    "- id: lacks\n",
    "# a comment between\n",
    "  # another\n  role: of whatever stands before\n",
    "---\n",
    "\n",
)

files = st.tuples(st.sampled_from(HEADS), st.lists(st.sampled_from(PARTS), max_size=5)).map(
    lambda drawn: drawn[0] + "".join(drawn[1])
)


def read(text: str, cache: Cache | None = None) -> tuple[object, ...]:
    """Entries with all their places, and what is wrong."""
    try:
        found, problems, _ = read_items(text, PATH, cache.items() if cache else None)
    except ExplainerError as fault:
        return (str(fault),)
    return repr(found), list(map(str, problems))


def keep(text: str) -> Cache:
    cache = Cache(None)
    try:
        found, _, items = read_items(text, "content/glossary/other.yaml", None)
    except ExplainerError:
        return cache
    cache.keep_entries({one.id: dump_entry(one, items.get(one.id)) for one in found}, (), ())
    return cache


@settings(max_examples=400)
@given(before=files, after=files)
def test_what_is_known_changes_nothing(before: str, after: str) -> None:
    cache = keep(before)
    assert read(after, cache) == read(after)
    cache.close()


@pytest.mark.parametrize("order", [(0, 1, 2, 4), (4, 2, 1, 0), (10, 0, 10, 2), (2, 9, 0)])
def test_each_entry_has_the_lines_that_it_is_read_from(order: Sequence[int]) -> None:
    text = "".join(PARTS[number] for number in order)
    try:
        found, problems, items = read_items(text, PATH, None)
    except ExplainerError:
        return
    for entry in found if not problems else ():
        own = items[entry.id]
        again, _ = parse_glossary(own.text, PATH, own.line)
        assert repr(again) == repr([entry])
    assert bool(items) == (not problems)
    assert read(text, keep("".join(PARTS[:3]))) == read(text)


def test_an_item_that_is_known_is_not_parsed_again() -> None:
    cache = keep(PARTS[0] + PARTS[1])
    known = cache.items()
    _, _, items = read_items("\n" + PARTS[1] + PARTS[2] + PARTS[0], PATH, None)
    assert {one for one, item in items.items() if known.entry_of(item)} == {"ada", "vell"}
    cache.close()
